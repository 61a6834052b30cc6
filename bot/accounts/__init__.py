"""The accounts that speak in a society's name: their register, who is set up to run them, and requests for new ones."""
