"""Tests of what delivers."""
