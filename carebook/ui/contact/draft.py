"""The form a contact's draft is kept in: the contact, and what was typed in its date fields as it stands; no Qt in it."""

from __future__ import annotations

import msgspec

from carebook.actions.finish_contact import ContactForm, WrittenPassage

KNOWN = (("yes", "Yes"), ("no", "No"), ("told", "Told on"))


class ContactDraft(ContactForm, frozen=True, kw_only=True):
    """A contact with its half-typed dates and times, so that nothing typed is lost; reads as a ContactForm too.

    told_typed and due_typed: what stands in the date fields of the passages and of the follow-ups, in their order.
    """

    on_typed: str = ""
    at_typed: str = ""
    told_typed: tuple[str, ...] = ()
    due_typed: tuple[str, ...] = ()

    @property
    def form(self) -> ContactForm:
        """What is handed in when it is finished."""
        return ContactForm(**{name: getattr(self, name) for name in ContactForm.__struct_fields__})


def encode(draft: ContactDraft) -> str:
    """The draft as kept."""
    return msgspec.json.encode(draft).decode()


def decode(body: str) -> ContactDraft:
    """A kept draft; also one that was kept as a plain ContactForm."""
    return msgspec.json.decode(body, type=ContactDraft)


def untouched(heading: str) -> WrittenPassage:
    """A passage as it stands before anything is decided about it: whether the person knows of it is not ticked."""
    return WrittenPassage(heading=heading, words="", known="")
