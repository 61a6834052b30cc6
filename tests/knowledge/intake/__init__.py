"""Tests of bringing texts in."""
