"""The bot in a terminal, or at the end of a pipe. Needs no account."""
