"""What stands there when there is nothing, when one has to wait, and how far saving has come.

Use::

    empty = EmptyState("search", "No one matches that search", "Check the spelling. People whose records you may not
                       see are not listed.", button="Record a new contact")
    stack = StateStack(content, empty); stack.show_empty() / show_loading() / show_content() / show_error(...)
    state = SaveState(); state.show_saved("15:42")
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from carebook.ui.kit.announce import announce
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import Icon
from carebook.ui.kit.layout import column, row
from carebook.ui.kit.text import Text
from carebook.ui.theme import theme
from carebook.ui.theme_tokens import tokens


def _middle(widget: QWidget) -> QHBoxLayout:
    return row(None, widget, None, gap=0)


class EmptyState(QWidget):
    """A picture, one line, what to do, and one button, in the middle of what is empty. pressed: the button."""

    pressed = Signal()

    def __init__(self, icon: str, title: str, words: str, *, button: str = "", button_icon: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._icon, self._title, self._words = Icon(icon, "text2", 44), Text(title, "section"), Text(words, ink="quiet")
        for label in (self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(button, button_icon)
        if not button:
            self.button.hide()
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.pressed)
        held = QWidget()
        held.setProperty("ground", "clear")
        held.setMaximumWidth(theme().px(420))
        held.setLayout(column(_middle(self._icon), self._title, self._words, 1, _middle(self.button), gap=2))
        sideways = row(None, held, None, gap=0)
        sideways.setStretch(1, 1000)
        layout = column(None, sideways, None, gap=0)
        edge = theme().space(4)
        layout.setContentsMargins(edge, edge, edge, edge)
        self.setLayout(layout)
        self.setAccessibleName(f"{title}. {words}")

    def show_words(self, title: str, words: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(f"{title}. {words}")


class LoadingState(QWidget):
    """Says that something is being fetched, but only when it has taken longer than people notice (150 ms)."""

    def __init__(self, words: str = "Loading") -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._bar, self._words = QProgressBar(), Text(words, ink="quiet")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._shown = QWidget()
        self._shown.setProperty("ground", "clear")
        self._shown.setLayout(column(self._words, self._bar, gap=2))
        self._shown.setMaximumWidth(theme().px(280))
        self._shown.hide()
        layout = column(None, row(None, self._shown, None), None)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(tokens().appear_ms)
        self._timer.timeout.connect(self._appear)

    def begin(self) -> None:
        """Something is being fetched."""
        self._timer.start()

    def end(self) -> None:
        """It is there."""
        self._timer.stop()
        self._shown.hide()

    def _appear(self) -> None:
        self._shown.show()
        announce(self, self._words.text())


class StateStack(QStackedWidget):
    """Content, or in its place: the empty state, the loading state, or an error with what to do next.

    retry: the button of the error state was pressed.
    """

    retry = Signal()

    def __init__(self, content: QWidget, empty: EmptyState | None = None, *, loading: str = "Loading") -> None:
        super().__init__()
        self._content, self._empty = content, empty
        self._loading = LoadingState(loading)
        self._error = EmptyState("circle-alert", "", "", button="Try again", button_icon="refresh-cw")
        self._error.pressed.connect(self.retry)
        for widget in (content, empty, self._loading, self._error):
            if widget is not None:
                self.addWidget(widget)

    def _turn(self, widget: QWidget) -> None:
        self._loading.end()
        self.setCurrentWidget(widget)

    def show_content(self) -> None:
        """Show the content."""
        self._turn(self._content)

    def show_empty(self) -> None:
        """Show that there is nothing, and say so."""
        if self._empty is not None:
            self._turn(self._empty)
            announce(self, self._empty.accessibleName())

    def show_loading(self) -> None:
        """Something is being fetched; nothing shows in the first 150 ms."""
        self._turn(self._loading)
        self._loading.begin()

    def show_error(self, title: str, words: str) -> None:
        """Say what happened and what to do next."""
        self._error.show_words(title, words)
        self._turn(self._error)
        announce(self, f"{title}. {words}", is_urgent=True)


class SaveState(QWidget):
    """How far saving has come, in words with an icon: "Draft saved at 15:42"."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self._icon, self._words = Icon("pencil", "text2", 16), Text("", "small", ink="quiet", may_wrap=False)
        self.setLayout(row(self._icon, self._words, gap=1))
        self._show("pencil", "text2", "Not saved yet")

    @property
    def words(self) -> str:
        """The words shown."""
        return self._words.text()

    def _show(self, icon: str, colour: str, words: str) -> None:
        self._icon.show_icon(icon, colour)
        self._words.setText(words)
        self._words.set_ink({"danger": "danger"}.get(colour, "quiet"))
        self.setAccessibleName(words)

    def show_unsaved(self) -> None:
        """Something was typed that is not saved yet."""
        self._show("pencil", "text2", "Saving the draft")

    def show_saved(self, at: str) -> None:
        """The draft was saved at this time of day."""
        self._show("circle-check", "ok", f"Draft saved at {at}")

    def show_finished(self, at: str) -> None:
        """It is part of the record."""
        self._show("circle-check", "ok", f"Saved in the record at {at}")

    def show_failed(self, words: str) -> None:
        """It could not be saved: in words, what to do; spoken at once."""
        self._show("circle-alert", "danger", words)
        announce(self, words, is_urgent=True)
