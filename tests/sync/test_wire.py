"""Messages as they were first written are still understood, and what a later version adds is passed over."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from carebook.models.audit import link
from carebook.models.ledger import digest
from carebook.sync import wire

SAMPLES = Path(__file__).parent / "samples"
MESSAGES = {kind.__name__: kind for kind in wire.Message.__subclasses__()}


def test_every_message_has_a_stored_sample() -> None:
    assert {path.stem.split("-")[0] for path in SAMPLES.glob("*.json")} == set(MESSAGES)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_a_stored_sample_is_still_understood(path: Path) -> None:
    stored = path.read_bytes()
    message = msgspec.json.decode(stored, type=MESSAGES[path.stem.split("-")[0]])
    again = msgspec.json.decode(msgspec.json.encode(message))
    assert {name: again[name] for name in msgspec.json.decode(stored)} == msgspec.json.decode(stored)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_what_a_later_version_adds_is_passed_over(name: str) -> None:
    stored = msgspec.json.decode((SAMPLES / f"{name}-1.json").read_bytes())
    later = msgspec.json.encode({**stored, "v": 9, "from_a_later_version": {"a": 1}})
    assert msgspec.json.decode(later, type=MESSAGES[name]).v == 9


def test_a_row_has_the_same_digest_at_both_ends() -> None:
    sample = msgspec.json.decode((SAMPLES / "Pulled-1.json").read_bytes(), type=wire.Pulled).rows[0]
    row = wire.as_ledger(sample)
    assert digest(row) == sample.digest
    assert wire.as_ledger(wire.as_wire(row, digest(row))) == row


def test_an_audit_line_has_the_same_hash_at_both_ends() -> None:
    line = msgspec.json.decode((SAMPLES / "AuditUp-1.json").read_bytes(), type=wire.AuditUp).lines[0]
    assert link(line.row("019cd7a0-6f40-7000-8000-000000000003")) == line.hash
