"""Rulings as this room knows them: which of them bears on a question, and what in a text would tell who asked."""
