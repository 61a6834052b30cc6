"""Tests of the accounts that speak in a society's name."""
