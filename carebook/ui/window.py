"""The shell: rail, pages, notices at the top, back, and the keys that work everywhere; it knows nothing of the record.

Use::

    shell = Shell()
    shell.add_page("today", "Today", "house", lambda: TodayView(...))       # built when first shown
    shell.lock_wanted.connect(...); shell.new_contact_wanted.connect(...); shell.search_wanted.connect(...)
    shell.show_page("today")
    shell.open_page(RecordView(...), under="people")      # a page that is not on the rail; Alt+Left leads back
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from carebook.ui.kit.announce import announce
from carebook.ui.kit.focus import FocusRing
from carebook.ui.kit.layout import column, row
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page
from carebook.ui.kit.rail import Rail
from carebook.ui.theme import theme

_NARROW = 1120  # px at 100 %: below this the rail is pictures alone


class Shell(QMainWindow):
    """The window. lock_wanted Ctrl+L, new_contact_wanted Ctrl+N, search_wanted Ctrl+K, help_wanted F1 (the key of the page).

    page_shown: the key of the page that is shown, or "" for one opened with `open_page`. closing: the window is about to close.
    """

    lock_wanted = Signal()
    new_contact_wanted = Signal()
    search_wanted = Signal()
    help_wanted = Signal(str)
    page_shown = Signal(str)
    closing = Signal()

    def __init__(self, title: str = "Carebook") -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.rail = Rail(title)
        self._stack = QStackedWidget()
        self._notices: dict[str, NoticeBar] = {}
        self._notice_box: QVBoxLayout = column(gap=2)
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._history: list[tuple[str, QWidget]] = []
        right = column(self._notice_box, self._stack, gap=0)
        right.setStretch(1, 1)
        held = QWidget()
        held.setProperty("ground", "page")
        both = row(self.rail, right, gap=0)
        both.setStretch(1, 1)
        held.setLayout(both)
        self.setCentralWidget(held)
        self.rail.chosen.connect(self.show_page)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self._add_keys()
        inner = self.layout()
        assert inner is not None
        inner.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setMinimumSize(800, 560)
        self._ring = FocusRing(self)
        theme().changed.connect(self._measure)
        self.resize(1366, 768)

    def _add_keys(self) -> None:
        for keys, told in (
            ("Ctrl+L", self.lock_wanted.emit),
            ("Ctrl+N", self.new_contact_wanted.emit),
            ("Ctrl+K", self.search_wanted.emit),
            ("F1", lambda: self.help_wanted.emit(self.key)),
            ("Alt+Left", self.back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(told)

    # ------------------------------------------------------------ pages

    @property
    def key(self) -> str:
        """The key of the page that is shown; empty for one opened with `open_page`."""
        return self._history[-1][0] if self._history else ""

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._history[-1][1] if self._history else None

    def add_page(self, key: str, name: str, icon: str, factory: Callable[[], QWidget]) -> None:
        """Register a page of the rail; `factory` builds it when it is first shown."""
        self._factories[key] = factory
        self.rail.add_page(key, name, icon)

    def show_page(self, key: str) -> QWidget:
        """Show a page of the rail, with the focus where reading begins; the page. Raises KeyError for an unknown key."""
        page = self._pages.get(key)
        if page is None:
            page = self._factories[key]()
            self._pages[key] = page
            self._stack.addWidget(page)
        if self.page is not page:
            self._leave_opened()
            self._history = [entry for entry in self._history if entry[0] != key]
            self._history.append((key, page))
        self._show(page, key)
        return page

    def open_page(self, page: QWidget, *, under: str = "") -> None:
        """Show a page that is not on the rail; `under` is the page of the rail it belongs to. Going back closes it."""
        page.setProperty("under", under)
        self._stack.addWidget(page)
        self._history.append(("", page))
        self._show(page, under)

    def back(self) -> None:
        """Show the page that was shown before; the one that is left is closed if it is not on the rail."""
        if len(self._history) < 2:
            return
        key, left = self._history.pop()
        if not key:
            self._close(left)
        key, page = self._history[-1]
        self._show(page, key or str(page.property("under") or ""))

    def close_page(self, page: QWidget) -> None:
        """Close a page opened with `open_page`; when it is the one shown, the page before is shown."""
        if self.page is page:
            self.back()
            return
        self._history = [entry for entry in self._history if entry[1] is not page]
        self._close(page)

    def _leave_opened(self) -> None:
        for key, page in self._history:
            if not key:
                self._close(page)
        self._history = [entry for entry in self._history if entry[0]]

    def _close(self, page: QWidget) -> None:
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()

    def _show(self, page: QWidget, mark: str) -> None:
        self._stack.setCurrentWidget(page)
        self.rail.mark_page(mark)
        if isinstance(page, Page):
            page.opened()
            page.focus_first()
        else:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.announce(page.accessibleName())
        self.page_shown.emit(self.key)

    def forget_pages(self) -> None:
        """Close every page, so that nothing of a record stays behind when carebook is locked."""
        for page in [*self._pages.values(), *(page for key, page in self._history if not key)]:
            self._close(page)
        self._pages, self._history = {}, []

    # ------------------------------------------------------------ what is told

    def show_notice(self, key: str, notice: NoticeBar) -> NoticeBar:
        """Put a notice at the top of every page in place of the one with the same key; the notice."""
        self.hide_notice(key)
        self._notices[key] = notice
        self._notice_box.addWidget(notice)
        notice.dismissed.connect(lambda: self.hide_notice(key))
        self._measure()
        self.announce(notice.accessibleName())
        return notice

    def hide_notice(self, key: str) -> None:
        """Take a notice away; an unknown key changes nothing."""
        gone = self._notices.pop(key, None)
        if gone is not None:
            self._notice_box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._measure()

    def announce(self, words: str, *, is_urgent: bool = False) -> None:
        """Have `words` spoken by a screen reader."""
        announce(self, words, is_urgent=is_urgent)

    def set_worker(self, name: str, team: str) -> None:
        """Say who is signed in."""
        self.rail.set_worker(name, team)

    def set_sync(self, words: str, icon: str = "cloud", colour: str = "text2") -> None:
        """Say at the foot of the rail what syncing is doing."""
        self.rail.set_sync(words, icon, colour)

    def set_badge(self, key: str, count: int, what: str, tone: str = "") -> None:
        """Count something at a page of the rail; `what` says it in words."""
        self.rail.button(key).set_badge(count, what, tone)

    # ------------------------------------------------------------ size

    def _measure(self) -> None:
        self.rail.set_narrow(self.width() < _NARROW * (1 + (theme().scale - 1) * 0.6))
        edge = theme().space(5)
        top = theme().space(3) if self._notices else 0
        self._notice_box.setContentsMargins(edge, top, edge, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
