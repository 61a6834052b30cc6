"""What must hold whatever comes: readers of damaged files. `CHAOS_SECONDS` is how long each is tried; 2 by default."""
