"""The numbered migrations of a device's store."""
