"""The contacts tab: a list of entries, newest first, beside the reading pane; the list alone where it is narrow."""

# ruff: noqa: D102 - what Qt and the presenter call needs no docstring of its own

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from carebook.actions.read_contacts import Entry
from carebook.ui.contacts.presenter import FILTERS, ContactsPresenter
from carebook.ui.entry.pane import EntryPane
from carebook.ui.entry.words import heading_title, title_of
from carebook.ui.kit.chips import FilterChips
from carebook.ui.kit.entries import EntriesList, EntryWords
from carebook.ui.kit.layout import column
from carebook.ui.kit.states import EmptyState, StateStack
from carebook.ui.room import Room
from carebook.ui.theme import theme
from carebook.words import local, on_date

_NARROW = 900


class ContactsTab(QWidget):
    """Contacts and what was written on them, for one person."""

    def __init__(self, room: Room, person_id: str) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.presenter = ContactsPresenter(self, room, person_id)
        self.destroyed.connect(self.presenter.asking.end)
        self.filters = FilterChips(FILTERS, name="Show entries")
        self.entries = EntriesList("Entries, newest first")
        self.pane = EntryPane(room)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.entries)
        self.split.addWidget(self.pane)
        self._is_narrow = False
        self._empty = EmptyState(
            "message-square", "Nothing has been written yet",
            "Write the first contact with this person. What you write is kept on this laptop and sent when it syncs.",
            button="New contact", button_icon="plus",
        )
        self._empty.pressed.connect(self.presenter.write)
        self.states = StateStack(self.split, self._empty, loading="Reading the contacts")
        self.states.retry.connect(self.presenter.fetch)
        layout = column(self.filters, self.states, gap=3)
        layout.setStretch(1, 1)
        edge = theme().space(5)
        layout.setContentsMargins(edge, theme().space(3), edge, theme().space(3))
        self.setLayout(layout)
        self.filters.chosen.connect(self.presenter.keep_to)
        self.entries.chosen.connect(self._chosen)
        self.entries.opened.connect(self._open)

    def showEvent(self, event: QShowEvent) -> None:
        """The tab is shown: read, also what was written since."""
        super().showEvent(event)
        self.presenter.fetch()

    def focus_first(self) -> None:
        """The list, when there is one."""
        (self.entries if self.states.currentWidget() is self.split else self.filters).setFocus()

    def _chosen(self, row_id: str) -> None:
        self.presenter.chose(row_id)
        if not self._is_narrow:
            self.pane.presenter.open(row_id)

    def _open(self, row_id: str) -> None:
        if self._is_narrow:
            self.presenter.read(row_id)
        elif self.pane.heading is not None:
            self.pane.heading.take_focus()

    def show_entries(self, entries: Sequence[Entry], chosen: str) -> None:
        self.entries.show_entries([_words(one) for one in entries])
        self.states.show_content()
        self.entries.mark_entry(chosen)

    def show_empty(self, *, is_filtered: bool) -> None:
        self._empty.button.setVisible(not is_filtered)
        if is_filtered:
            self._empty.show_words("Nothing under this heading", "Choose another heading above to read what was written.")
        else:
            self._empty.show_words("Nothing has been written yet", "Write the first contact with this person.")
        self.states.show_empty()

    def show_loading(self) -> None:
        self.states.show_loading()

    def show_failure(self, title: str, words: str) -> None:
        self.states.show_error(title, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._is_narrow = event.size().width() < theme().px(_NARROW)
        self.pane.setVisible(not self._is_narrow)
        if not self._is_narrow and event.size().width() != event.oldSize().width():
            third = event.size().width() // 3
            self.split.setSizes([third, event.size().width() - third])


def _words(entry: Entry) -> EntryWords:
    day = on_date(local(entry.happened_at).date())
    if entry.is_misplaced:
        return EntryWords(entry.row_id, "Written by mistake", day, "Moved to the right person", entry.author_name, "Moved")
    preview = " ".join(passage.words for passage in entry.passages)
    title = title_of(entry) if entry.heading == "contacts" else heading_title(entry.heading)
    told = "Two versions" if entry.is_clash else ("Amended" if entry.replaces else "")
    return EntryWords(entry.row_id, title, day, preview, entry.author_name, told)
