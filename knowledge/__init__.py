"""What the policies say, and how sure we are of it.

Policies are files; this room reads them, finds the clauses that bear on a question and rules by them. It knows
nothing of chat platforms, networks, databases or clocks. Start reading at `library.py`.
"""
