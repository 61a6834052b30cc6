"""Scores what is said against sets whose right answers are known; each kind of set has a module.

Start with `figures.py`. A set is a file of JSON objects, one a line; every figure is given with its counts.
"""
