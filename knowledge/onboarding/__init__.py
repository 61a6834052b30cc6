"""Checklists by which somebody is set up to run an account of a society, as data."""
