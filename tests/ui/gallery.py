"""Shows every component in every state and saves pictures: python tests/ui/gallery.py FOLDER [light-100 dark-150 ...]."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gallery_forms import FormGallery
from gallery_parts import PartsGallery
from gallery_people import PeopleGallery
from gallery_record import RecordGallery
from gallery_today import TodayGallery
from PySide6.QtWidgets import QApplication

from carebook.ui.kit.pages import InterruptionPage
from carebook.ui.theme import Appearance, theme
from carebook.ui.window import Shell


def build() -> Shell:
    shell = Shell()
    shell.add_page("today", "Today", "house", TodayGallery)
    shell.add_page("people", "People", "users", PeopleGallery)
    shell.add_page("form", "New contact", "notebook-pen", FormGallery)
    shell.add_page("sync", "Sync", "refresh-cw", PartsGallery)
    shell.add_page(
        "settings",
        "Settings",
        "settings",
        lambda: InterruptionPage(
            "You have not been allocated to this person",
            "Opening the record is allowed when your work needs it. It is noted who looked and why.",
            ("The person can ask who has read their record.", "Your manager sees a list of these every week."),
            yes="Open the record",
        ),
    )
    shell.set_worker("Amina Bello", "Locality North")
    shell.set_sync("Offline. 3 changes waiting to be sent", "cloud-off", "info")
    shell.set_badge("people", 3, "3 reviews overdue", "danger")
    return shell


def _shot(shell: Shell, folder: Path, name: str) -> None:
    for _ in range(4):
        QApplication.processEvents()
    shell.grab().save(str(folder / f"{name}.png"))


def shoot(folder: Path, look: str) -> None:
    scheme, _, percent = look.partition("-")
    theme().apply(Appearance(scheme=scheme, text_percent=int(percent or 100)))
    shell = build()
    shell.resize(1366, 768)
    shell.show()
    for key in ("today", "people", "form", "sync", "settings"):
        shell.show_page(key)
        _shot(shell, folder, f"{look}-{key}")
    for tab in ("overview", "chronology", "contacts", "plan"):
        shell.open_page(RecordGallery(tab), under="people")
        _shot(shell, folder, f"{look}-record-{tab}")
        shell.back()
    form = shell.show_page("form")
    assert isinstance(form, FormGallery)
    form.wrong()
    _shot(shell, folder, f"{look}-problems")
    people = shell.show_page("people")
    assert isinstance(people, PeopleGallery)
    people.states.show_empty()
    _shot(shell, folder, f"{look}-empty")
    shell.close()
    shell.deleteLater()


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    theme().install(app, Appearance(scheme="light"))
    for look in sys.argv[2:] or ("light-100", "dark-100", "contrast-100", "contrast_dark-100", "light-150", "light-200"):
        shoot(folder, look)


if __name__ == "__main__":
    main()
