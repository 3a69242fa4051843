"""The rules of practice: pure functions over small values, each with its source."""
