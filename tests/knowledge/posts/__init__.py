"""Tests of reading posts and drafts."""
