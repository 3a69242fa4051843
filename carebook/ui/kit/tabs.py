"""Tabs that build their page when it is first shown, and bring it up to date each time it is shown again.

Use::

    tabs = LazyTabs()
    tabs.add("overview", "Overview", lambda: OverviewView(record))
    tabs.shown.connect(presenter.tab_shown)        # the key
    tabs.show_tab("overview")
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from carebook.ui.kit.layout import column, row
from carebook.ui.theme import theme


class LazyTabs(QWidget):
    """A row of tabs above their pages. shown: the key of the tab that is shown now."""

    shown = Signal(str)

    def __init__(self, name: str = "Parts of the record") -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.bar, self.stack = QTabBar(), QStackedWidget()
        self.bar.setAccessibleName(name)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.setUsesScrollButtons(True)
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._keys: list[str] = []
        self._factories: dict[str, Callable[[], QWidget]] = {}
        self._pages: dict[str, QWidget] = {}
        self._sideways = row(self.bar, gap=0)
        layout = column(self._sideways, self.stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._measure()
        theme().changed.connect(self._measure)
        self.bar.currentChanged.connect(self._turned)

    def _measure(self) -> None:
        """The first word begins where the page below begins."""
        self._sideways.setContentsMargins(theme().space(5) - theme().space(3), 0, 0, 0)

    def add(self, key: str, words: str, factory: Callable[[], QWidget]) -> None:
        """Add a tab; `factory` builds its page when it is first shown."""
        self._keys.append(key)
        self._factories[key] = factory
        was = self.bar.blockSignals(True)
        self.bar.addTab(words)
        self.bar.blockSignals(was)

    @property
    def key(self) -> str:
        """The key of the tab that is shown."""
        at = self.bar.currentIndex()
        return self._keys[at] if at >= 0 else ""

    def page(self, key: str) -> QWidget:
        """The page of a tab, built now if it was not before."""
        if key not in self._pages:
            self._pages[key] = self._factories[key]()
            self.stack.addWidget(self._pages[key])
        return self._pages[key]

    def show_tab(self, key: str) -> None:
        """Turn to a tab."""
        at = self._keys.index(key)
        if at == self.bar.currentIndex():
            self._turned(at)
        else:
            self.bar.setCurrentIndex(at)

    def _turned(self, at: int) -> None:
        key = self._keys[at]
        self.stack.setCurrentWidget(self.page(key))
        self.shown.emit(key)
