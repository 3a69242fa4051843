"""The copy of a plan as it would be given to the person: its pages, its format, and printing or saving it."""

# ruff: noqa: D102 - what Qt and the presenter call needs no docstring of its own

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from carebook.actions.open_person import PersonRecord
from carebook.actions.show_pages import PageShown
from carebook.ui.contact.person import person_words
from carebook.ui.fields import ChoiceField
from carebook.ui.kit.banner import PersonBanner
from carebook.ui.kit.buttons import Button
from carebook.ui.kit.cards import Card
from carebook.ui.kit.layout import clear, column, row, wrapping
from carebook.ui.kit.notices import NoticeBar
from carebook.ui.kit.pages import Page, ReflowArea
from carebook.ui.kit.preview import PagesPreview
from carebook.ui.kit.states import EmptyState, StateStack
from carebook.ui.kit.text import Heading, Text
from carebook.ui.plan.paper import picture, printer_named, printers, put_on
from carebook.ui.plan.preview_presenter import FORMATS, PreviewPresenter
from carebook.ui.room import Room
from carebook.ui.theme import theme
from carebook.words import local

_SCALE = 1.5


class PlanPreviewView(Page):
    """Looking at the person's copy of one version of their plan, and giving it to them."""

    progressed = Signal(int)

    def __init__(self, room: Room, person_id: str, row_id: str) -> None:
        super().__init__("Preview and print", is_scrolling=False)
        self._room = room
        self.hide_header()
        self.presenter = PreviewPresenter(self, room, person_id, row_id)
        self.banner = PersonBanner()
        self.banner.back.set_words("Back", "Back to the plan")
        self.banner.back_wanted.connect(room.back)
        self.banner.hide()
        self.pages = PagesPreview("Copy of the plan")
        self.format = ChoiceField("format", "Format", FORMATS, empty="")
        self.printer = ChoiceField("printer", "Printer", [], empty="")
        self.heading = Heading("Preview and print", "title")
        self.print = Button("Print", "printer", kind="primary")
        self.save = Button("Save a copy", "download")
        self._told, self._warnings = column(gap=2), column(gap=2)
        self._pages_told = Text("", "small", ink="quiet")
        self._without = Text("No printer is set up on this laptop. Ask your IT desk, or save a copy.", "small", ink="quiet")
        self._without.hide()
        self.states = StateStack(self.pages, EmptyState("file-text", "No pages", "Choose a format to make the copy."))
        self._making = self._making_part()
        self.states.addWidget(self._making)
        self._panel = self._side()
        both = row(self.states, self._panel, gap=0)
        edge = theme().space(4)
        both.setContentsMargins(edge, theme().space(2), 0, 0)
        both.setStretch(0, 1)
        self.body.addWidget(self.banner)
        self.body.addLayout(both, 1)
        self._connect()

    def _making_part(self) -> QWidget:
        made = QWidget()
        made.setProperty("ground", "clear")
        self._bar, self._making_words = QProgressBar(), Text("Making the copy")
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Making the copy")
        self.stop = Button("Stop", "x")
        inner = column(self._making_words, self._bar, wrapping(self.stop), gap=2)
        held = QWidget()
        held.setProperty("ground", "clear")
        held.setMaximumWidth(theme().px(320))
        held.setLayout(inner)
        made.setLayout(column(None, row(None, held, None), None))
        return made

    def _side(self) -> ReflowArea:
        area = ReflowArea()
        layout: QVBoxLayout = area.body
        card = Card("Give a copy")
        self.format.box.setMaximumWidth(16777215)
        self.printer.box.setMaximumWidth(16777215)
        for part in (self._pages_told, self.format, self.printer, self._without, wrapping(self.print, self.save)):
            card.body.addWidget(part)
        layout.addWidget(self.heading)
        layout.addLayout(self._told)
        layout.addLayout(self._warnings)
        layout.addWidget(card)
        words = "Each copy has a number. Printing and saving are noted in the register of documents given out."
        layout.addWidget(Text(words, "small", ink="quiet"))
        return area

    def _connect(self) -> None:
        self.format.changed.connect(lambda: self.presenter.choose(self.format.value()))
        self.print.clicked.connect(self.presenter.print)
        self.save.clicked.connect(lambda: self.presenter.save(self.choose_folder()))
        self.stop.clicked.connect(self.presenter.stop)
        self.progressed.connect(lambda pages: self._making_words.setText(f"Making the copy: page {pages}"))
        for asking in (self.presenter.asking, self.presenter.slow):
            self.destroyed.connect(asking.end)
        theme().changed.connect(self._measure)
        self._measure()
        self.show_busy(False)

    def _measure(self) -> None:
        self._panel.setFixedWidth(min(theme().px(360), max(360, round(self.width() * 0.48))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.stop()

    def opened(self) -> None:
        self.show_printers(printers())
        self.presenter.start()

    def focus_first(self) -> None:
        self.heading.take_focus()

    def show_printers(self, names: Sequence[str]) -> None:
        """Offer these printers, the first one chosen; say so where there is none."""
        self.printer.set_choices([(name, name) for name in names])
        self.printer.setVisible(bool(names))
        self._without.setVisible(not names)
        self.print.setEnabled(bool(names))

    def choose_folder(self) -> str:
        """Ask for a folder; empty when the worker thought better of it."""
        return QFileDialog.getExistingDirectory(self, "Save a copy in this folder")

    # ------------------------------------------------------------ what the presenter tells

    def show_person(self, record: PersonRecord, needed: str) -> None:
        today = local(self._room.desk.clock.now()).date()
        self.banner.show_person(person_words(record, today))
        self.banner.show()
        was = self.format.blockSignals(True)
        self.format.set_value(needed)
        self.format.blockSignals(was)

    def show_warnings(self, warnings: Sequence[tuple[str, str]]) -> None:
        clear(self._warnings)
        for title, words in warnings:
            self._warnings.addWidget(NoticeBar("warn", title, words))

    def show_making(self) -> None:
        self._making_words.setText("Making the copy")
        self._pages_told.setText("")
        self.states.setCurrentWidget(self._making)
        self.save.setEnabled(False)

    def tell_progress(self, pages: int) -> None:
        self.progressed.emit(pages)

    def show_pages(self, pages: Sequence[PageShown], told: str) -> None:
        images = []
        for page in pages:
            image = picture(page)
            image.setDevicePixelRatio(_SCALE)
            images.append(image)
        self.pages.show_pages(images, [page.words for page in pages])
        self._pages_told.setText(told)
        self.states.show_content()
        self.show_busy(False)

    def show_stopped(self, title: str, words: str) -> None:
        self.states.show_error(title, words)
        self.save.setEnabled(False)
        self.print.setEnabled(False)

    def show_busy(self, is_busy: bool) -> None:
        self.save.setEnabled(not is_busy)
        self.print.setEnabled(not is_busy and bool(self.printer.value()))

    def show_notice(self, tone: str, title: str, words: str) -> None:
        clear(self._told)
        self._told.addWidget(NoticeBar(tone, title, words))

    def put_on_paper(self, pages: Sequence[PageShown]) -> bool:
        return put_on(printer_named(self.printer.value()), pages)
