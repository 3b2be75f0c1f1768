"""What a run does, and what is said of it."""
