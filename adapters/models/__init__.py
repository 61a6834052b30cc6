"""Encoders: the one that is shipped, and any embedding model that LangChain knows."""
