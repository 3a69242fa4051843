"""Settings: appearance, passphrase, locking, and what this copy of carebook is."""
