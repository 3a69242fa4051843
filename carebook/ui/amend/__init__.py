"""The screen on which an entry is amended, with a reason."""
