"""Contract tests of the stores."""
