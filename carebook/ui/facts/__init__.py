"""Sheets: small forms that add or change one thing in the record."""
