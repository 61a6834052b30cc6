"""Brings texts in: from a document to passages, to clauses that stand beside them, or to a policy made from it."""
