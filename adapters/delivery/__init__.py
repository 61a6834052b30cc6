"""Delivery: what came in is handled in one unit of work, and what that made is sent, whatever breaks in between."""
