"""Tests of the encoders that a setting names."""
