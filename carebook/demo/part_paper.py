"""Paper and the rest of the afternoon: two sizes of print, someone known already, other colours, larger text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from carebook.demo.hands import DayBroke
from carebook.demo.part_kitchen import open_record
from carebook.demo.part_office import unlock
from carebook.demo.seat import KILL
from carebook.demo.words import told

if TYPE_CHECKING:
    from carebook.demo.seated import Laptop


def afternoon(laptop: Laptop) -> None:
    """Still without a network."""
    unlock(laptop, told("code")["passphrase_one"])
    agree(laptop)
    large_print(laptop)
    known_already(laptop)
    other_looks(laptop)
    waiting(laptop)


def agree(laptop: Laptop) -> None:
    """Dennis agrees to his plan in his own words, and gets a copy in 12 point."""
    hands, words = laptop.hands, told("plan")
    open_record(laptop, "arkwright", "Arkwright")
    hands.tab("Care and support plan")
    hands.press("Record that they agree")
    hands.type_into("What did they say?", words["view"])
    hands.press("Record that they agree")
    hands.shows("Recorded: agreed")
    hands.shows(words["view"], "What he said should stand with the plan.")
    hands.look("14-the-plan-is-agreed")
    _copy(laptop, "", "12")
    laptop.say("16:20 A plan is agreed, with his own view; his copy is in 12 point.")


def large_print(laptop: Laptop) -> None:
    """Maggie's plan is looked at and saved in the 18 point she needs."""
    hands = laptop.hands
    open_record(laptop, "mar 1943", "Okafor-Hale")
    hands.tab("Care and support plan")
    _copy(laptop, "15-the-plan-in-large-print", "18")
    laptop.say("16:30 Another plan is ready in the 18 point that she needs.")


def _copy(laptop: Laptop, picture: str, point: str) -> None:
    """Preview the plan that is shown and save a copy of it, as OUT/12 or OUT/18."""
    hands = laptop.hands
    hands.press("Preview and print")
    hands.shows("Page 1 of", "The preview should show the pages.")
    hands.shows(f"print, {point} point", "The copy should be in the format that the person needs.")
    if picture:
        hands.look(picture)
    QTimer.singleShot(400, lambda: _choose_folder(laptop))
    hands.press("Save a copy")
    hands.shows("was saved as", "The copy should be saved in the folder that was chosen.")
    saved = list(laptop.out.glob("QV*-plan-*-copy-1.pdf"))
    if len(saved) != 1:
        raise DayBroke("One copy should lie in the folder that was chosen.")
    saved[0].rename(laptop.out / point)


def _choose_folder(laptop: Laptop) -> None:
    hands = laptop.hands
    hands.fill_dialog(str(laptop.out))


def known_already(laptop: Laptop) -> None:
    """Someone new is typed who sounds like someone known; the question is seen, and the form left."""
    hands, words = laptop.hands, told("new_person")
    hands.key(Qt.Key.Key_K, ctrl=True)
    hands.press("New person")
    hands.type_into("Given names", words["given"])
    hands.type_into("Family name", words["family"])
    hands.type_into("Date of birth", words["birth"])
    hands.shows("This may be someone already here", "A name that sounds alike should be shown while it is typed.")
    hands.shows("ARKWRIGHT, Dennis")
    hands.to_top()
    hands.look("16-someone-known-already")
    hands.press("Did you ask what they need to be able to read, hear and talk?: Yes, and nothing is needed")
    hands.press("Add this person")
    hands.shows("They are different people: add this person", "Before someone is added twice, the program should ask.")
    hands.press("Go back and look")
    hands.press("Leave it for now")
    hands.key(Qt.Key.Key_1, ctrl=True)
    hands.press("Throw away")
    hands.press("Yes, throw it away")
    hands.is_free_of("New person: ", "The draft should be gone.")
    laptop.say("16:40 A new person who sounds like someone known: asked about, looked at, and left.")


def other_looks(laptop: Laptop) -> None:
    """Dark colours, then text of one and a half times the size."""
    hands = laptop.hands
    _look_like(laptop, "Colours: Dark")
    open_record(laptop, "mar 1943", "Okafor-Hale")
    hands.look("17-dark")
    _look_like(laptop, "Colours: Light")
    _look_like(laptop, "Text size: 150 %")
    open_record(laptop, "mar 1943", "Okafor-Hale")
    hands.look("18-text-of-150-per-cent")
    _look_like(laptop, "Text size: 100 %")
    _look_like(laptop, "Colours: As the computer")


def _look_like(laptop: Laptop, choice: str) -> None:
    laptop.hands.press("Settings")
    laptop.hands.press(choice)


def waiting(laptop: Laptop) -> None:
    """What waits to be sent is listed, row by row."""
    hands = laptop.hands
    hands.press("Sync")
    hands.shows("You are working offline")
    hands.shows("Entry: Margaret Okafor-Hale", "Each row that waits should be listed.")
    hands.shows("Step of the plan: Dennis Arkwright")
    hands.look("19-waiting-to-be-sent")
    laptop.say("16:45 The battery runs out.")
    laptop.say(KILL)
    hands.until(lambda: False, "The laptop should be gone.")
