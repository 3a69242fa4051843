"""What sync is doing, in words a manager can read."""
