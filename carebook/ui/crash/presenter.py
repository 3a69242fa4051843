"""What the crash page says: a reference number and what to do, and nothing about anybody."""

from __future__ import annotations

from carebook.words import say


def reference(new_id: str) -> str:
    """A short reference from a new id, easy to read out: eight characters in two groups."""
    tail = new_id.replace("-", "")[-8:].upper()
    return f"{tail[:4]}-{tail[4:]}"


TITLE = "carebook made a mistake"


def lines() -> tuple[str, ...]:
    """What happened and what to do, one sentence each."""
    return (
        say("What you saved is safe. Drafts are saved as you type, so at most two seconds of typing are lost."),
        say("Tell the people who look after carebook the reference number. It says nothing about anybody."),
        say("You can go on. If it happens again at the same place, lock carebook and start again."),
    )
