"""Mirrors the knowledge room, module by module; `test_unsettled.py` holds the design's rules on the shipped policies."""
