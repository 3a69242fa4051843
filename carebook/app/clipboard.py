"""Takes away, when carebook locks, what was copied in it: only if the clipboard still holds just that."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication


class Copied(QObject):
    """Notes that something was copied while carebook had the focus, by its hash alone."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours: int | None = None
        self._clipboard.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        is_active = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        if is_active or self._clipboard.ownsClipboard():
            self._ours = hash(self._clipboard.text())

    def clear(self) -> None:
        """The clipboard holds nothing of ours any more."""
        self._clipboard.dataChanged.disconnect(self._changed)
        if self._ours is not None and hash(self._clipboard.text()) == self._ours:
            self._clipboard.clear()
