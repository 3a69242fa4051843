"""Unlocking: who, and their passphrase."""
