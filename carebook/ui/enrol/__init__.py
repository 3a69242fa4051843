"""Setting this laptop up."""
