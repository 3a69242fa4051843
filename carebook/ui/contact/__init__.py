"""The screen on which a visit, call or letter is written, and the parts other writing screens share with it."""
