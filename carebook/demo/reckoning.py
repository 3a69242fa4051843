"""The end of the day: the server's rows are counted, every byte is searched for people, and an index is written."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import sqlalchemy as sa

from carebook.actions.finish_contact import CHANNELS
from carebook.clock import Clock
from carebook.demo.council import STAFF
from carebook.demo.data import invent
from carebook.demo.hands import DayBroke
from carebook.demo.search import Hit, Needles, search
from carebook.demo.words import everything
from carebook.models.ids import COUNCIL
from carebook.models.ledger import LedgerRow, ledger
from carebook.policy.headings import TITLES
from carebook.server import home
from carebook.server.tables import parked, quarantine

LEAST: Final = 6
"""Letters that a word must have to be looked for: shorter ones stand in encrypted bytes by chance."""
PLANTED: Final = "Wilhelmina Quartermaine-Planted"

_OF_PEOPLE: Final = {
    "name": ("family", "given"), "address": ("lines", "postcode"), "phone": ("number", "note"), "email": ("address",),
    "nhs_number": ("number",), "alert": ("words",), "relationship": ("name", "note"), "involvement": ("name", "phone"),
    "task": ("title", "detail"), "visit": ("purpose", "place"),
}
"""What says who somebody is, by kind of row."""


def count_rows(server: Path, clock: Clock, device_id: str) -> tuple[int, int]:
    """How many rows of a device the server's ledger holds, and how many rows of anybody are held back."""
    made = home.open_home(server, {})
    keeping = made.open(clock)
    mine = sa.select(sa.func.count()).select_from(ledger).where(ledger.c.device_id == device_id)
    aside = (sa.select(sa.func.count()).select_from(table) for table in (quarantine, parked))
    try:
        return keeping.read(lambda session: (session.scalar(mine) or 0, sum(session.scalar(one) or 0 for one in aside)))
    finally:
        keeping.close()


# ------------------------------------------------------------ every byte


def needles() -> Needles:
    """Names, addresses, numbers and notes of everybody in the demonstration, and all that was typed on the day.

    Workers' own names are not among them: a key file says whom to greet.
    """
    rows, _ = invent()
    words = {word for row in rows if row.person_id != COUNCIL for word in _words(row)}
    words -= {*(one.name for one in STAFF), *CHANNELS.values(), *TITLES.values()}
    return Needles(word for word in (*words, *everything(), PLANTED) if len(word) >= LEAST)


def _words(row: LedgerRow) -> Iterable[str]:
    told = msgspec.json.decode(row.body)
    if row.kind == "name":
        yield f"{told.get('given', '')} {told.get('family', '')}"
    for field in _OF_PEOPLE.get(row.kind, ()):
        found = told.get(field)
        yield from (found if isinstance(found, list) else [found or ""])
    if row.kind in {"entry", "plan"}:
        yield from _sentences(told)


def _sentences(told: object) -> Iterable[str]:
    """Every text of a few words or more within a body: notes, reasons, plans."""
    if isinstance(told, str):
        if " " in told:
            yield told
    elif isinstance(told, dict):
        for inner in told.values():
            yield from _sentences(inner)
    elif isinstance(told, list):
        for inner in told:
            yield from _sentences(inner)


def look_everywhere(out: Path, asked_for: Sequence[str], when: str) -> str:
    """Search all below OUT but the pictures and PDFs asked for; what was searched, in a sentence. Raises DayBroke."""
    wanted = needles()
    _prove(wanted)
    spared = {out / name for name in asked_for}
    hits, files, size = search(out, wanted, lambda file: file in spared)
    if hits:
        raise DayBroke(_found(hits, out))
    looked = f"{wanted.count:,} names, addresses and notes looked for in {files} files, {size / 1e6:.0f} MB"
    return f"{when}: {looked}. Found nowhere but in the pictures and PDFs asked for."


def _found(hits: Sequence[Hit], out: Path) -> str:
    places = sorted({f"{hit.file.relative_to(out)} ({hit.writing} {hit.packing})".replace(" )", ")") for hit in hits})
    return f"Words about people were found outside the pictures and PDFs asked for: {'; '.join(places[:8])}"


def _prove(wanted: Needles) -> None:
    """The search finds what is planted, plain and packed; else it proves nothing."""
    with tempfile.TemporaryDirectory() as folder:
        plain, packed = Path(folder) / "plain", Path(folder) / "packed"
        plain.write_bytes(b"\0" * 99 + PLANTED.encode("utf-16-le"))
        packed.write_bytes(b"%" * 99 + zlib.compress(PLANTED.encode()))
        hits, _, _ = search(Path(folder), wanted)
    if {hit.file.name for hit in hits} != {"plain", "packed"}:
        raise DayBroke("The search for people's names did not find what was planted for it.")


# ------------------------------------------------------------ the index

SHOWN: Final = {
    "01-set-up-this-laptop.png": "A laptop is set up with a one-time code from an administrator.",
    "02-today.png": "Today: what is to be done, visits, the caseload.",
    "03-the-ward-rang.png": "10:12: a call is written down, with its marks.",
    "04-unlock-without-a-network.png": "15:51: unlocking without a network.",
    "05-found-by-name-and-year.png": "Somebody found by a part of the name and the year of birth.",
    "06-her-record-offline.png": "The record at a glance: alerts, how to give information, what comes next.",
    "07-chronology.png": "The chronology.",
    "08-people-around-her.png": "The people in a life and in its care.",
    "09-the-draft-is-safe.png": "The program was killed while a visit was written: the draft is announced.",
    "10-writing-under-headings.png": "Writing under headings, with marks.",
    "11-what-is-wrong-is-said.png": "A day that does not exist: what is wrong is said at the top.",
    "12-the-visit-in-the-record.png": "The finished visit, waiting to be sent.",
    "13-amending-with-a-reason.png": "The morning's call is amended, with a reason.",
    "14-the-plan-is-agreed.png": "A care and support plan is agreed, with the person's own view.",
    "15-the-plan-in-large-print.png": "A plan in 18 point, before it is given out.",
    "16-someone-known-already.png": "A new person who sounds like one already known.",
    "17-dark.png": "The record in dark colours.",
    "18-text-of-150-per-cent.png": "The record with text of one and a half times the size.",
    "19-waiting-to-be-sent.png": "What waits to be sent, row by row.",
    "20-everything-sent.png": "17:05: back in the office, the server has answered for every row.",
    "21-the-colleague-reads-the-visit.png": "The visit on a colleague's laptop.",
    "22-plan-in-12-point.pdf": "A care and support plan in 12 point.",
    "23-plan-in-18-point.pdf": "A care and support plan in 18 point.",
}
"""What the day leaves, and what each shows."""


def write_index(out: Path, said: Sequence[str]) -> None:
    """OUT/README.txt: what each picture and PDF shows, and what was said; it names nobody. Raises DayBroke."""
    missing = [name for name in SHOWN if not (out / name).is_file()]
    if missing:
        raise DayBroke(f"The day should have left {', '.join(missing)}.")
    lines = ["A day at the demonstration council. Everybody in it is invented.", ""]
    lines += [f"{name:<42}{words}" for name, words in SHOWN.items()]
    lines += ["", "kept/ is all else that the programs wrote: stores, server, logs, settings. Nobody can be read in it.", ""]
    lines += said
    (out / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
