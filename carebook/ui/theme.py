"""The appearance of every screen: colours, type, sizes and icons of one theme that can change while carebook runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from carebook.ui import theme_fonts
from carebook.ui.theme_sheet import sheet
from carebook.ui.theme_tokens import tokens

SCHEMES = ("system", "light", "dark", "contrast", "contrast_dark")
TEXT_SIZES = (100, 110, 125, 150, 175, 200)


@dataclass(frozen=True)
class Appearance:
    """What a worker chose: scheme (SCHEMES), text size (100 to 200 per cent), reading font, density ("normal", "compact")."""

    scheme: str = "system"
    text_percent: int = 100
    font: str = "inter"
    density: str = "normal"


def read_appearance(file: Path) -> Appearance:
    """The appearance remembered in `file`; the usual one where there is none or it makes no sense."""
    try:
        told = json.loads(file.read_text("utf-8"))
        found = Appearance(**{key: told[key] for key in asdict(Appearance()) if key in told})
        percent = max(100, min(200, int(found.text_percent)))
    except (OSError, ValueError, TypeError):
        return Appearance()
    known = found.scheme in SCHEMES and found.font in theme_fonts.FAMILIES and found.density in tokens().row
    return replace(found, text_percent=percent) if known else Appearance(text_percent=percent)


def write_appearance(file: Path, appearance: Appearance) -> None:
    """Remember `appearance` in `file`; it holds nothing about people. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(appearance)), "utf-8")


class Theme(QObject):
    """The one theme of the program: `theme()` gives it, `install(app)` starts it, `apply(appearance)` changes it.

    `changed` is emitted after every change; widgets that paint themselves connect it to their `update`.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.appearance = Appearance()
        self.scheme = "light"
        self._app: QApplication | None = None
        self._worn = ("", "")

    def install(self, app: QApplication, appearance: Appearance | None = None) -> None:
        """Dress `app`: Fusion, palette, font and style sheet; follow the system where the worker chose "system"."""
        app.setStyle("Fusion")
        if self._app is not app:
            self._app, self._worn = app, ("", "")
            hints = app.styleHints()
            hints.colorSchemeChanged.connect(self._system_changed)
            hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self.apply(appearance or self.appearance)

    def apply(self, appearance: Appearance) -> None:
        """Change to `appearance` at once, on every window."""
        self.appearance = appearance
        self.scheme = self._system_scheme() if appearance.scheme == "system" else appearance.scheme
        if self._app is None:
            return
        written = sheet(self)
        if (written, appearance.font) == self._worn:
            return
        self._worn = (written, appearance.font)
        self._app.setPalette(self.palette())
        self._app.setFont(self.font("body"))
        self._app.setStyleSheet(written)
        self.changed.emit()

    def _system_changed(self) -> None:
        if self.appearance.scheme == "system":
            self.apply(self.appearance)

    def _system_scheme(self) -> str:
        if self._app is None:
            return "light"
        hints = self._app.styleHints()
        dark = hints.colorScheme() is Qt.ColorScheme.Dark
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return "contrast_dark" if dark else "contrast"
        return "dark" if dark else "light"

    # ------------------------------------------------------------ figures

    @property
    def scale(self) -> float:
        """Text size as a factor, 1.0 to 2.0."""
        return self.appearance.text_percent / 100

    def hex(self, name: str) -> str:
        """A colour of the present scheme as #RRGGBB."""
        return tokens().schemes[self.scheme][name]

    def colour(self, name: str) -> QColor:
        """A colour of the present scheme."""
        return QColor(self.hex(name))

    def px(self, size: float) -> int:
        """A length that grows with the text (fields, icons, columns)."""
        return round(size * self.scale)

    def space(self, step: int) -> int:
        """White space by step (0 to 7); it grows a third as fast as the text, so that large text still fits."""
        return round(tokens().space[step] * (1 + (self.scale - 1) / 3))

    def row_height(self) -> int:
        """The height of a row in a table or list."""
        return self.px(tokens().row[self.appearance.density])

    def control_height(self) -> int:
        """The height of a button or field; never under the least target."""
        usual = tokens().control if self.appearance.density == "normal" else tokens().target
        return max(tokens().target, self.px(usual))

    def font(self, role: str, *, is_tabular: bool = False) -> QFont:
        """The font of a role: caption, small, body, strong, lead, section, title, page, figure.

        is_tabular: figures of one width, for tables and lists.
        """
        px, weight = tokens().type[role]
        return theme_fonts.make(self.appearance.font, self.px(px), weight, is_tabular=is_tabular)

    def palette(self) -> QPalette:
        """Qt's palette in the colours of the scheme, for what the style sheet does not reach."""
        made = QPalette()
        roles = QPalette.ColorRole
        for role, name in (
            (roles.Window, "bg"), (roles.WindowText, "text"), (roles.Base, "surface"), (roles.AlternateBase, "surface2"),
            (roles.Text, "text"), (roles.Button, "surface"), (roles.ButtonText, "text"), (roles.ToolTipBase, "surface"),
            (roles.ToolTipText, "text"), (roles.PlaceholderText, "placeholder"), (roles.Highlight, "accent"),
            (roles.HighlightedText, "on_accent"), (roles.Link, "link"), (roles.LinkVisited, "purple"),
            (roles.Accent, "accent"), (roles.Mid, "border"), (roles.Light, "surface"), (roles.Dark, "field_border"),
        ):  # fmt: skip
            made.setColor(role, self.colour(name))
        for role in (roles.WindowText, roles.Text, roles.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text2"))
        return made


_theme: list[Theme] = []


def theme() -> Theme:
    """The program's theme."""
    if not _theme:
        _theme.append(Theme())
    return _theme[0]


def mark(widget: QWidget, **properties: str | bool) -> None:
    """Set properties the style sheet looks at (kind, role, tone, problem ...) and dress the widget again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
