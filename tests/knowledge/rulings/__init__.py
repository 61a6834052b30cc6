"""Tests of what rulings are compared and cleaned by."""
