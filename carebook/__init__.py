"""carebook: the record that adult social care staff carry into people's homes."""

__version__ = "0.1.0"
