"""The components every screen is built from; import each from its own module."""
