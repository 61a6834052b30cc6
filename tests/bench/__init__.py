"""The benchmark: `python -m tests.bench` prints figures beside their aims; add quality, retrieval or speed."""
