"""Mirrors the knowledge room; `test_unsettled.py` holds the design's rules, on the shipped policies."""
