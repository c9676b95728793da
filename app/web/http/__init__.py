"""The server: its routes and the layers of middleware before them. The door is `server`."""
