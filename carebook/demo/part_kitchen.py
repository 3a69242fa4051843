"""The kitchen table: no network, the record at hand, and a visit written down though it is interrupted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from carebook.demo.hands import DayBroke
from carebook.demo.part_office import unlock
from carebook.demo.seat import KILL
from carebook.demo.words import told

if TYPE_CHECKING:
    from carebook.demo.seated import Laptop

HAPPENED = "What happened"


def visit(laptop: Laptop) -> None:
    """Unlock without a network, find Maggie, read her record, begin to write; the process is killed while it is typed."""
    hands = laptop.hands
    hands.shows("Patience Osei", "The laptop should greet its worker.")
    hands.look("04-unlock-without-a-network")
    unlock(laptop, told("code")["passphrase_one"])
    hands.shows("You are working offline", "The top of the page should say that there is no network.")
    _find(laptop)
    _read(laptop)
    hands.key(Qt.Key.Key_1, ctrl=True)
    hands.press("Start contact")
    hands.shows("How Edwin is managing; the new plan", "A planned visit should bring along what it is for.")
    hands.type_into("Time", "15:40", clear=True)
    words = told("visit")
    hands.type_into("Who was there", words["present"])
    hands.type_into(HAPPENED, words["first"] + words["second"].rstrip())
    hands.shows("Draft saved", "What is typed should be kept within two seconds.")
    laptop.say(KILL)
    while True:
        hands.type(words["third"])


def _find(laptop: Laptop) -> None:
    hands = laptop.hands
    hands.key(Qt.Key.Key_K, ctrl=True)
    hands.type("mar 1943")
    hands.shows("1 person", "A part of the name and the year of birth should find one person.")
    hands.shows("11-Feb-1943")
    hands.look("05-found-by-name-and-year")
    hands.open_row("Okafor-Hale")


def _read(laptop: Laptop) -> None:
    hands = laptop.hands
    hands.shows("Falls risk", "Her alerts should stand at the top.")
    hands.shows("Key safe")
    hands.shows("Large print, 18 point", "How she is to be given information should stand at the top.")
    hands.shows("Ask occupational therapy for a second stair rail")
    hands.look("06-her-record-offline")
    hands.tab("Chronology")
    hands.shows("Telephone call", "The morning's call should be in the chronology.")
    hands.look("07-chronology")
    while not hands.can_read("First contact: Edwin rang"):
        hands.press("Show older events")
    hands.tab("People")
    for name in ("Edwin Hale", "Ngozi Okafor", "Dr Samira Anand", "Brightwater Care"):
        hands.shows(name, "The people in her life and her care should be listed.")
    hands.look("08-people-around-her")
    laptop.say("15:52 Without a network: somebody found by part of a name and a year, and what matters read.")


def recovered(laptop: Laptop) -> None:
    """After the kill: the draft is announced and gone on with; then the laptop is locked while it is typed."""
    hands, words = laptop.hands, told("visit")
    unlock(laptop, told("code")["passphrase_one"])
    hands.shows("Your unfinished work is safe", "The draft should be announced after the program was killed.")
    hands.shows("when carebook closed")
    hands.look("09-the-draft-is-safe")
    hands.press("Continue")
    hands.shows("Recovered. You last wrote")
    _go_on(laptop, HAPPENED, words["first"] + words["second"] + words["third"], least=words["first"] + words["second"])
    hands.key(Qt.Key.Key_Y, alt=True)
    hands.type_into("You and your family", words["family"])
    hands.key(Qt.Key.Key_Y, alt=True)
    hands.key(Qt.Key.Key_P, alt=True)
    hands.type(words["family_names"])
    hands.type_into("What we discussed", words["talked"][:30])
    laptop.after_lock = "locked"
    laptop.say("15:58 Killed while writing: no word that was saved is lost. Locked while writing, now.")
    hands.key(Qt.Key.Key_L, ctrl=True)
    hands.until(lambda: False, "The program should begin anew when it is locked.")


def _go_on(laptop: Laptop, name: str, whole: str, least: str) -> None:
    """Type what is missing of `whole` at the end of an editor that must hold `least` already."""
    hands = laptop.hands
    editor = hands.field(name)
    if not isinstance(editor, QPlainTextEdit):
        raise DayBroke(f"“{name}” should be a field of several lines.")
    kept = editor.toPlainText()
    if not kept.startswith(least.rstrip()):
        raise DayBroke(f"Words that were saved under “{name}” are missing after the interruption.")
    common = next((at for at, (a, b) in enumerate(zip(kept, whole, strict=False)) if a != b), min(len(kept), len(whole)))
    hands.click(editor)
    hands.key(Qt.Key.Key_End, ctrl=True)
    for _ in range(len(kept) - common):
        hands.key(Qt.Key.Key_Backspace)
    hands.type(whole[common:])


def finished(laptop: Laptop) -> None:
    """After the lock: everything typed is there; a day that does not exist is told; the visit becomes the record."""
    hands, words = laptop.hands, told("visit")
    hands.shows("Work you had not finished is saved", "The unlock screen should say why it is locked.")
    unlock(laptop, told("code")["passphrase_one"])
    hands.press("Continue")
    hands.shows(words["third"].strip(), "What was typed before the lock should be there.")
    hands.shows(words["family"])
    _go_on(laptop, "What we discussed", words["talked"], least=words["talked"][:30])
    hands.key(Qt.Key.Key_Y, alt=True)
    hands.key(Qt.Key.Key_O, alt=True)
    hands.type_into("Decisions and agreements", words["decided"])
    hands.key(Qt.Key.Key_Y, alt=True)
    hands.type_into("Outcome", words["outcome"])
    hands.press("Did you check who they are?: Yes")
    hands.reveal("The contact")
    hands.shows("Draft saved")
    hands.look("10-writing-under-headings")
    hands.press("Add something to do")
    hands.type_into("Follow-up 1: what is to be done", words["task"])
    hands.type_into("Follow-up 1: by when", words["wrong_day"])
    hands.press("Finish")
    hands.shows("There is a problem", "A day that does not exist should be told at the top.")
    hands.shows("Draft saved")
    hands.look("11-what-is-wrong-is-said")
    hands.type_into("Follow-up 1: by when", words["task_due"], clear=True)
    hands.press("Finish")
    hands.shows("Finished. Waiting to be sent.", "The visit should become part of the record.")
    hands.press("Read it")
    for key in ("first", "second", "third", "talked", "decided"):
        hands.shows(words[key].strip(), "Every word of the visit should be in the record.")
    hands.shows("Waiting to be sent")
    hands.look("12-the-visit-in-the-record")
    laptop.say("16:05 The visit is written: interrupted twice, nothing lost.")
    amend(laptop)


def amend(laptop: Laptop) -> None:
    """The morning's call gets a version that is right, with the reason for it."""
    hands, words = laptop.hands, told("call")
    open_record(laptop, "mar 1943", "Okafor-Hale")
    hands.tab("Chronology")
    hands.press("Read Telephone call")
    hands.press("Amend Telephone call")
    hands.type_into("Why is it amended?", words["amend_reason"])
    hands.type_into(HAPPENED, words["what_right"], clear=True)
    hands.to_top()
    hands.shows("Draft saved")
    hands.look("13-amending-with-a-reason")
    hands.press("Finish the amendment")
    hands.shows("Amended. Waiting to be sent.")
    hands.press("Read it")
    hands.shows(words["what_right"])
    hands.shows("Amended")
    hands.shows(words["amend_reason"])
    laptop.say("16:08 The morning's call is amended, with the reason; the first version stays readable.")


def open_record(laptop: Laptop, search: str, name: str) -> None:
    """Find someone on People and open their record."""
    hands = laptop.hands
    hands.key(Qt.Key.Key_K, ctrl=True)
    hands.type(search)
    hands.open_row(name)
    hands.shows("Print plan", "The record should open.")
