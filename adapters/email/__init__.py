"""Notices by e-mail. Nothing comes in this way."""
