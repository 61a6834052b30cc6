"""Tests mirror the three rooms; `scenarios` holds whole conversations, `golden` the questions with a floor."""
