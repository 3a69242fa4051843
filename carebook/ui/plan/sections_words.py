"""Choices of the plan's form in words; no Qt in it."""

from __future__ import annotations

MET_BY = (
    ("council", "The council"), ("carer", "A carer"), ("nhs", "The NHS"), ("community", "The community"),
    ("self", "The person themselves"),
)
"""Who meets a need, by key."""

AREAS = (
    "Dignity and respect", "Physical, mental and emotional health", "Protection from abuse and neglect",
    "Control over daily life", "Work, education, training or recreation", "Social and economic well-being",
    "Domestic, family and personal relationships", "Suitability of where I live", "My contribution to society",
)
"""The nine areas of well-being (Care Act 2014 s.1(2))."""
