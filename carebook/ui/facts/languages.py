"""Languages to choose from, by their ISO 639-1 code, with the codes for Braille, BSL and Makaton beside them."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = (
    ("en", "English"), ("ar", "Arabic"), ("bn", "Bengali"), ("bg", "Bulgarian"), ("zh", "Chinese"), ("cs", "Czech"),
    ("fr", "French"), ("de", "German"), ("el", "Greek"), ("gu", "Gujarati"), ("hi", "Hindi"), ("hu", "Hungarian"),
    ("it", "Italian"), ("ku", "Kurdish"), ("lv", "Latvian"), ("lt", "Lithuanian"), ("ps", "Pashto"), ("fa", "Persian"),
    ("pl", "Polish"), ("pt", "Portuguese"), ("pa", "Punjabi"), ("ro", "Romanian"), ("ru", "Russian"), ("sk", "Slovak"),
    ("so", "Somali"), ("es", "Spanish"), ("ta", "Tamil"), ("ti", "Tigrinya"), ("tr", "Turkish"), ("uk", "Ukrainian"),
    ("ur", "Urdu"), ("vi", "Vietnamese"), ("cy", "Welsh"), ("yo", "Yoruba"), ("q4", "British Sign Language"),
    ("q5", "Makaton"),
)  # fmt: skip
"""Code and name; another language is typed."""

_NAMES: Final = dict(LANGUAGES)


def spoken(code: str) -> str:
    """The name of a language of the list; nothing for any other code."""
    return _NAMES.get(code, "")
