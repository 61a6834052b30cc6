"""Tests of what goes out by e-mail."""
