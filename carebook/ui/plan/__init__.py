"""The care and support plan: reading it, taking it further, writing it, and giving the person a copy."""
