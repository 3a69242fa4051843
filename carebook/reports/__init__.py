"""Paper: finished values in, tagged PDF out."""
