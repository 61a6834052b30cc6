"""Tests of guided decisions."""
