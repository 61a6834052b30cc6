"""Tests of the figures that sets come to."""
