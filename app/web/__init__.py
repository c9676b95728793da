"""The web chat: a server, its page in two languages, and what it asks of the rest of Mustanad."""
