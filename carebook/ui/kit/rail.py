"""The rail at the left: pages in words beside pictures, what syncing is doing, and who is signed in.

Used by window.Shell; `set_narrow` leaves the pictures alone.
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from carebook.ui.icons import icon
from carebook.ui.kit.buttons import IconButton
from carebook.ui.kit.chips import Avatar, Icon, badge
from carebook.ui.kit.layout import column, line, row
from carebook.ui.kit.text import Text
from carebook.ui.theme import mark, theme


class RailButton(QPushButton):
    """A page of the rail, with a count at its right where there is something to count."""

    def __init__(self, words: str, icon_name: str, shortcut: str) -> None:
        super().__init__(words)
        self.words = words
        self.setProperty("kind", "rail")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setIcon(icon(icon_name, "text2", "accent"))
        self.setAccessibleName(words)
        if shortcut:  # a QShortcut: a button's own would wait 100 ms
            QShortcut(QKeySequence(shortcut), self).activated.connect(self.click)
        self.setToolTip(f"{words} ({shortcut})" if shortcut else words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._badge: QLabel = badge("")
        self._badge.setParent(self)
        self._badge.hide()
        self._measure()
        theme().changed.connect(self._measure)

    def _measure(self) -> None:
        side = theme().px(20)
        self.setIconSize(QSize(side + (theme().px(4) if self.text() else 0), side))

    def set_narrow(self, is_narrow: bool) -> None:
        """The picture alone, or with its words."""
        self.setText("" if is_narrow else f" {self.words}")
        self._measure()
        self._badge.setVisible(bool(self._badge.text()) and not is_narrow)

    def set_badge(self, count: int, what: str, tone: str) -> None:
        """Count something; `what` says it in words ("3 reviews overdue")."""
        self._badge.setText(str(count) if count else "")
        mark(self._badge, tone=tone)
        self._badge.setVisible(count > 0 and bool(self.text()))
        self.setAccessibleName(f"{self.words}, {what}" if count else self.words)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        size = self._badge.sizeHint()
        self._badge.resize(max(size.width(), size.height()), size.height())
        self._badge.move(self.width() - self._badge.width() - theme().space(2), (self.height() - self._badge.height()) // 2)


class Rail(QFrame):
    """Pages, sync words, worker. chosen: the key of a page. lock_wanted, sync_wanted: their buttons."""

    chosen = Signal(str)
    lock_wanted = Signal()
    sync_wanted = Signal()

    def __init__(self, title: str = "Carebook") -> None:
        super().__init__()
        self.setProperty("surface", "rail")
        self.setAccessibleName("Pages")
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._is_narrow = self._was_marked = False
        self._title = Text(title, "section", may_wrap=False)
        head = row(Icon("heart-handshake", "accent", 24), self._title, None, gap=2)
        head.setContentsMargins(theme().space(2), theme().space(2), 0, theme().space(3))
        self._pages: QVBoxLayout = column(gap=1)
        edge = theme().space(3)
        outer = column(head, self._pages, None, self._sync(), line(), self._worker(), gap=2)
        outer.setContentsMargins(edge, edge, edge, edge)
        self.setLayout(outer)
        self._measure()
        theme().changed.connect(self._measure)

    def _sync(self) -> QWidget:
        self.sync_icon, self.sync_words = Icon("cloud", "text2", 18), Text("", "small")
        made = QWidget()
        made.setProperty("ground", "clear")
        layout = row(self.sync_icon, self.sync_words, gap=2)
        layout.setStretch(1, 1)
        layout.setContentsMargins(theme().space(2), 0, 0, 0)
        made.setLayout(layout)
        self._sync_holder = made
        return made

    def _worker(self) -> QWidget:
        self._avatar, self._name, self._team = Avatar("", 32), Text("", "strong"), Text("", "caption", ink="quiet")
        self._lock = IconButton("lock", "Lock (Ctrl+L)")
        self._lock.setAccessibleName("Lock")
        self._lock.clicked.connect(self.lock_wanted)
        made = QWidget()
        made.setProperty("ground", "clear")
        self._who = QWidget()
        self._who.setProperty("ground", "clear")
        texts = row(self._avatar, column(self._name, self._team, gap=0), gap=2)
        texts.setStretch(1, 1)
        self._who.setLayout(texts)
        layout = row(self._who, self._lock, gap=1)
        layout.setStretch(0, 1)
        made.setLayout(layout)
        return made

    def add_page(self, key: str, words: str, icon_name: str) -> None:
        """Add a page at the end; the first seven have the keys Ctrl+1 to Ctrl+7."""
        number = len(self._buttons) + 1
        button = RailButton(words, icon_name, f"Ctrl+{number}" if number <= 7 else "")
        button.pressed.connect(lambda: setattr(self, "_was_marked", button.isChecked()))
        button.clicked.connect(lambda: self.chosen.emit(key) if self._was_marked else None)
        button.toggled.connect(lambda is_on: self.chosen.emit(key) if is_on else None)
        self._group.addButton(button)
        self._buttons[key] = button
        self._pages.addWidget(button)
        button.set_narrow(self._is_narrow)

    def mark_page(self, key: str) -> None:
        """Mark a page as the one shown, without choosing it; an unknown key marks none."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            was = button.blockSignals(True)
            button.setChecked(name == key)
            button.blockSignals(was)
        self._group.setExclusive(True)

    def button(self, key: str) -> RailButton:
        """The button of a page."""
        return self._buttons[key]

    def set_worker(self, name: str, team: str) -> None:
        """Say who is signed in."""
        self._avatar.show_name(name)
        self._name.setText(name)
        self._team.setText(team)
        self._lock.setToolTip(f"Lock carebook for {name} (Ctrl+L)")

    def set_sync(self, words: str, icon_name: str = "cloud", colour: str = "text2") -> None:
        """Say in words what syncing is doing."""
        self.sync_icon.show_icon(icon_name, colour)
        self.sync_words.setText(words)
        self._sync_holder.setToolTip(words)
        self._sync_holder.setAccessibleName(words)

    def set_narrow(self, is_narrow: bool) -> None:
        """Pictures alone, or with their words."""
        self._is_narrow = is_narrow
        for button in self._buttons.values():
            button.set_narrow(is_narrow)
        for widget in (self._title, self.sync_words, self._who):
            widget.setVisible(not is_narrow)
        self._measure()

    def _measure(self) -> None:
        wide = theme().px(20) + 2 * theme().space(3) + 2 * theme().space(3) if self._is_narrow else theme().px(216)
        self.setFixedWidth(max(64, wide))
