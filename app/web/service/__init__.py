"""What the web chat asks of the rest of Mustanad. The door is `service`."""
