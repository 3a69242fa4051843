"""Pages: a header with actions, a body that scrolls and reflows, and interruption pages.

Use::

    class TodayView(Page):
        def __init__(self):
            super().__init__("Good afternoon, Amina", second="Monday 23-Nov-2026")
            self.header.add_action(Button("New contact", "plus", kind="primary"))
            self.body.addWidget(card)
"""

# ruff: noqa: D102 - what Qt calls needs no docstring of its own

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from carebook.ui.kit.buttons import Button
from carebook.ui.kit.chips import Icon
from carebook.ui.kit.layout import FlowLayout, column, row, wrapping
from carebook.ui.kit.text import Heading, Text
from carebook.ui.theme import theme


class PageHeader(QWidget):
    """The heading of a page, a quieter line, a way back, and actions at the right that wrap below when narrow.

    back_wanted: the way back was pressed.
    """

    back_wanted = Signal()

    def __init__(self, title: str, *, second: str = "", back: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "clear")
        self.heading = Heading(title)
        self.second = Text(second, ink="quiet")
        if not second:
            self.second.hide()
        self.back = Button(back or "Back", "arrow-left", kind="back", name=f"Back to {back}" if back else "Back")
        if not back:
            self.back.hide()
        self.back.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.back.clicked.connect(self.back_wanted)
        self._actions = FlowLayout(gap=2)
        holder = QWidget()
        holder.setProperty("ground", "clear")
        holder.setLayout(self._actions)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        top = row(column(self.heading, self.second, gap=0), holder, gap=4)
        top.setStretch(0, 1)
        self.setLayout(column(self.back, top, gap=1))

    def add_action(self, button: QWidget) -> None:
        """Put a button at the right; the primary one last."""
        self._actions.addWidget(button)

    def set_title(self, title: str, second: str = "") -> None:
        """Change the heading and the quieter line."""
        self.heading.setText(title)
        self.second.setText(second)
        self.second.setVisible(bool(second))


class _Inner(QWidget):
    """What scrolls: its height follows from its width alone."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class ReflowArea(QScrollArea):
    """Scrolls up and down only; what is in it wraps to the width there is. Put things into `body`.

    width: the widest the content grows, px at 100 % (0: as wide as there is), so that lines stay readable.
    """

    def __init__(self, *, width: int = 0) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = _Inner()
        inner.setProperty("ground", "clear")
        self.body: QVBoxLayout = column(gap=4)
        holder = QWidget()
        holder.setProperty("ground", "clear")
        holder.setLayout(self.body)
        if width:
            holder.setMaximumWidth(theme().px(width))
        outer = QVBoxLayout(inner)
        edge = theme().space(5)
        outer.setContentsMargins(edge, theme().space(4), edge, edge)
        sideways = row(holder, gap=0)
        sideways.setStretch(0, 1000)
        if width:
            sideways.addStretch(1)
        outer.addLayout(sideways)
        outer.addStretch(1)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        inner = self.widget()
        if event.type() is QEvent.Type.StyleChange and inner is not None:
            inner.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(120))


class Page(QWidget):
    """A page of the shell: header, then a body that scrolls. The shell calls `opened` each time it is shown.

    width: the widest the body grows (forms: 760). is_scrolling=False gives a body that fills the height (tables).
    """

    def __init__(self, title: str, *, second: str = "", back: str = "", width: int = 0, is_scrolling: bool = True) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.header = PageHeader(title, second=second, back=back)
        top = self._top = QWidget()
        top.setProperty("ground", "clear")
        above = QVBoxLayout(top)
        edge = theme().space(5)
        above.setContentsMargins(edge, theme().space(4), edge, 0)
        above.addWidget(self.header)
        outer = column(top, gap=0)
        self.setLayout(outer)
        if is_scrolling:
            self.area = ReflowArea(width=width)
            self.body = self.area.body
            outer.addWidget(self.area, 1)
        else:
            self.body = column(gap=3)
            self.body.setContentsMargins(edge, theme().space(3), edge, theme().space(4))
            outer.addLayout(self.body, 1)

    def hide_header(self) -> None:
        """For a page that brings a header of its own (a person's banner): the body begins at the very top."""
        self._top.hide()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def opened(self) -> None:
        """The page is shown: fetch what it shows again. Screens override it."""

    def focus_first(self) -> None:
        """Put the focus where reading begins: the heading. Forms override it with their first field."""
        self.header.heading.take_focus()


class InterruptionPage(Page):
    """Stops before a risky but lawful step: title, words, what it means line by line, and two buttons.

    continued, went_back: the two buttons.
    """

    continued = Signal()
    went_back = Signal()

    def __init__(self, title: str, words: str, lines: tuple[str, ...] = (), *, yes: str, no: str = "Go back") -> None:
        super().__init__(title, width=680)
        self.body.addWidget(Text(words, "lead"))
        for told in lines:
            item = row(Icon("chevron-right", "text2", 18), Text(told, "lead"), gap=2)
            item.setStretch(1, 1)
            self.body.addLayout(item)
        go, back = Button(yes, kind="primary"), Button(no)
        go.clicked.connect(self.continued)
        back.clicked.connect(self.went_back)
        self.body.addSpacing(theme().space(2))
        self.body.addWidget(wrapping(go, back))
