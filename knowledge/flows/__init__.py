"""Guided decisions: files that a policy owner can read, and where a list of responses has led in one of them.

Start with `flow.py`; `files.py` says what a file may hold. The flows themselves are in a folder for each society.
"""
