"""Readers of documents: a file of text, Markdown, HTML, Word or PDF in, the values of `knowledge.intake` out.

`reading.py` is the door. It hands the file to a process of its own (`__main__.py`), since a file from outside may hang,
crash or swell whatever reads it. A format is a module with one `read`; `formats.py` knows which is for what.
"""
