"""Whole conversations, as a person has them in the terminal."""
