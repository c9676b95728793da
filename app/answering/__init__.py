"""From a question to an Answer. The door is `assistant`."""
