"""The record of one person: who they are, what a visitor must know, and the parts of their record."""
