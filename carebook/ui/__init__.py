"""The screens: they show, and say what was clicked; they decide nothing about the record."""
