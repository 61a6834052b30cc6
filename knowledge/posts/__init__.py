"""What can be read off a post or a draft: signs of what a clause speaks of, and what a linter would find.

Start with `reading.py`. `signals/` holds a file for each sign; nothing in a post is ever followed.
"""
