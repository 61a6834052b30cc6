"""What the chat platforms have in common: how a reply is laid out, what can be pressed, and what a form asks."""
