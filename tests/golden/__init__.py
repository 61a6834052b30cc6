"""The questions whose right answers are known, and the floors that are held on them."""
