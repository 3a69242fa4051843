"""Puts pages on paper from memory, through the printer the worker chose; nothing of it is written to disk by carebook."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from carebook.actions.show_pages import PageShown

JOB_TITLE = "carebook document"
"""What the printer's queue shows: it names nobody."""


def printers() -> list[str]:
    """The printers of this laptop, its usual one first; none where none is set up."""
    usual = QPrinterInfo.defaultPrinterName()
    names = list(QPrinterInfo.availablePrinterNames())
    return sorted(names, key=lambda name: name != usual)


def picture(page: PageShown) -> QImage:
    """A page as an image of its own memory."""
    return QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGBX8888).copy()


def put_on(printer: QPrinter, pages: Sequence[PageShown]) -> bool:
    """Print the pages, each as large as the paper; whether the printer took them all."""
    printer.setDocName(JOB_TITLE)
    printer.setCreator("carebook")
    printer.setFullPage(True)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    painter = QPainter()
    if not painter.begin(printer):
        return False
    took = True
    for number, page in enumerate(pages):
        if number and not printer.newPage():
            took = False
            break
        painter.drawImage(QRectF(painter.viewport()), picture(page))
    return painter.end() and took


def printer_named(name: str) -> QPrinter:
    """The printer of this name, at its own resolution."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setPrinterName(name)
    return made
