"""What to do with a message. One door: `assistant.Assistant.handle`, a message in and a list of replies out.

May import `knowledge`; never an adapter, a network, a database or the environment. Start reading at `assistant.py`.
"""
