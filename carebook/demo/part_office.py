"""The office: setting a laptop up with a code, the call from the ward, and in the evening the server again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from carebook.actions.read_sync_status import read_sync_status
from carebook.demo.data import PASSWORD
from carebook.demo.seat import KEPT
from carebook.demo.words import told

if TYPE_CHECKING:
    from carebook.demo.seated import Laptop

ADDRESS = "CAREBOOK_DAY_ADDRESS"
CODE = "CAREBOOK_DAY_CODE"


def set_up(laptop: Laptop, worker: str, passphrase: str, picture: str = "") -> None:
    """Enrol the laptop at its screen, with the code an administrator read out, until the first sync is done."""
    hands = laptop.hands
    hands.press("Set up this laptop")
    hands.type_into("Server address", os.environ[ADDRESS])
    hands.type_into("Enrolment code", os.environ[CODE])
    hands.type_into("Your name on the server", worker)
    hands.type_into("Server password", PASSWORD)
    if picture:
        hands.look(picture)
    hands.key(Qt.Key.Key_Return)
    hands.shows("Choose a passphrase for this laptop", "The server should know the worker by name, password and code.")
    is_there = laptop.program.settings.keyring != "none"
    where = "Two halves of one key" if is_there else "No keyring on this computer"
    hands.shows(where, "The screen should say where the key is.")
    hands.type_into("Passphrase", passphrase)
    hands.type_into("Passphrase again", passphrase)
    hands.key(Qt.Key.Key_Return)
    hands.until(lambda: laptop.program.sitting is not None, "The first sync should end with Today.", patience=90)


def unlock(laptop: Laptop, passphrase: str) -> None:
    """Type the passphrase and wait for Today."""
    hands = laptop.hands
    hands.shows("Unlock")
    hands.type_into("Passphrase", passphrase)
    hands.key(Qt.Key.Key_Return)
    hands.until(lambda: laptop.program.sitting is not None, "The passphrase should open the store.")
    hands.shows("My caseload", "Today should be shown after unlocking.")


def morning(laptop: Laptop) -> None:
    """Patience Osei's laptop is set up, and she reads her day."""
    hands = laptop.hands
    set_up(laptop, "p.osei", told("code")["passphrase_one"], picture="01-set-up-this-laptop")
    hands.shows("Good morning, Patience")
    hands.shows("Ring Brightwater about the new call times", "What is to be done today should be on Today.")
    hands.shows("Ask occupational therapy for a second stair rail")
    hands.shows("Okafor-Hale", "Today should show the visit that is planned for the afternoon.")
    hands.shows("Up to date")
    hands.look("02-today")
    laptop.say("Patience Osei's laptop is set up and holds her people.")


def colleague_morning(laptop: Laptop) -> None:
    """Tom Ferris's laptop is set up as well."""
    set_up(laptop, "t.ferris", told("code")["passphrase_two"])
    laptop.hands.shows("Good morning, Tom")
    laptop.hands.shows("Up to date")
    laptop.say("Tom Ferris's laptop is set up too.")


def call(laptop: Laptop) -> None:
    """At 10:12 the ward rang; the call is written down while the server is there."""
    hands, words = laptop.hands, told("call")
    unlock(laptop, told("code")["passphrase_one"])
    hands.key(Qt.Key.Key_K, ctrl=True)
    hands.type("okafor")
    hands.open_row("Okafor-Hale")
    hands.press("New contact")
    hands.choose("How was it made?", "Telephone call")
    hands.type_into("Day", "today")
    hands.type_into("Time", "10:12")
    hands.type_into("Where", words["place"])
    hands.type_into("Who was there", words["who"])
    hands.type_into("Why was this contact made?", words["why"])
    hands.press("Did you check who they are?: Yes")
    hands.type_into("What happened", words["what"])
    hands.key(Qt.Key.Key_Y, alt=True)
    hands.key(Qt.Key.Key_H, alt=True)
    hands.key(Qt.Key.Key_P, alt=True)
    hands.type(words["names"])
    hands.type_into("Decisions and agreements", words["decision"])
    hands.key(Qt.Key.Key_Y, alt=True)
    hands.type_into("Outcome", words["outcome"])
    hands.to_top()
    hands.shows("Saved", "The draft should be kept while it is typed.")
    hands.look("03-the-ward-rang")
    hands.press("Finish")
    hands.shows("Finished. Waiting to be sent.")
    hands.press("Read it")
    hands.shows("Nina Achebe")
    hands.press("Sync")
    hands.shows("The server has them", "The call should be sent by itself while the server is there.")
    hands.shows("Nothing waits.")
    laptop.say("10:12 The ward rang. The call is written down and the server has it.")


def evening(laptop: Laptop) -> None:
    """Back in the office: the server answers for everything that was written."""
    hands = laptop.hands
    unlock(laptop, told("code")["passphrase_one"])
    hands.shows("Up to date", "With the server there again, everything should be sent.")
    hands.press("Sync")
    hands.shows("The server has answered for everything that was written on this laptop.")
    hands.shows("The server has them")
    hands.shows("Nothing waits.", "Nothing should be left to send.")
    hands.look("20-everything-sent")
    sitting = laptop.program.sitting
    assert sitting is not None
    status = sitting.desk.do(read_sync_status)
    laptop.say(f"{KEPT}{sitting.desk.identity.device_id} {dict(status.outcomes).get('accepted', 0)} {len(status.waiting)}")
    laptop.say("17:05 Back in the office. The server has answered for every row.")


def colleague_evening(laptop: Laptop) -> None:
    """Tom Ferris unlocks, syncs and reads the visit."""
    hands, visit = laptop.hands, told("visit")
    unlock(laptop, told("code")["passphrase_two"])
    hands.shows("Up to date")
    hands.key(Qt.Key.Key_K, ctrl=True)
    hands.type("mar 1943")
    hands.open_row("Okafor-Hale")
    hands.tab("Chronology")
    hands.shows("Home visit", "The visit should be in the chronology on the colleague's laptop.")
    hands.shows("Written by Patience Osei")
    hands.press("Read Home visit")
    for key in ("first", "second", "third", "decided"):
        hands.shows(visit[key].strip(), "Every word of the visit should have reached the colleague's laptop.")
    hands.look("21-the-colleague-reads-the-visit")
    laptop.say("17:12 Tom Ferris's laptop has the visit, word for word.")
