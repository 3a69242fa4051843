"""People: finding someone among those this laptop holds."""
