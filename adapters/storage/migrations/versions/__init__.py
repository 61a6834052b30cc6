"""The steps. Each names the one before it, and can be taken back."""
