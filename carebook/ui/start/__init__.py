"""The first window: unlock, or set this laptop up."""
