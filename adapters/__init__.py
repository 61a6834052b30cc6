"""Everything that touches the world: the command, the terminal, settings and stores.

`bootstrap.py` is where the parts are put together; `command.py` is where a person comes in.
"""
