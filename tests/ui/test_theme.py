"""The appearance: contrast of every pair, changes while running, fonts and icons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QFontMetrics, QIcon
from PySide6.QtWidgets import QApplication, QLabel

from carebook.ui import theme_fonts
from carebook.ui.icons import icon, pixmap
from carebook.ui.theme import SCHEMES, Appearance, read_appearance, theme, write_appearance
from carebook.ui.theme_sheet import sheet
from carebook.ui.theme_tokens import RESOURCES, contrast, tokens

REAL_SCHEMES = [scheme for scheme in SCHEMES if scheme != "system"]


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_text_reaches_four_and_a_half_to_one_on_every_ground(scheme: str) -> None:
    colours = tokens().schemes[scheme]
    short = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in tokens().text_pairs}
    assert {pair: ratio for pair, ratio in short.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_shapes_that_carry_meaning_reach_three_to_one(scheme: str) -> None:
    colours = tokens().schemes[scheme]
    short = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in tokens().shape_pairs}
    assert {pair: ratio for pair, ratio in short.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_the_focus_ring_shows_on_every_ground(scheme: str) -> None:
    colours = tokens().schemes[scheme]
    for ground in tokens().ring_grounds:
        seen = max(contrast(colours[ring], colours[ground]) for ring in ("focus", "focus_halo"))
        assert seen >= 3, ground
    assert contrast(colours["focus"], colours["focus_halo"]) >= 3


def test_contrast_agrees_with_known_figures() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_all_schemes_name_the_same_colours() -> None:
    names = {frozenset(colours) for colours in tokens().schemes.values()}
    assert len(names) == 1


@pytest.mark.parametrize("scheme", REAL_SCHEMES)
def test_the_sheet_is_complete_in_every_scheme(dressed: QApplication, scheme: str) -> None:
    theme().apply(Appearance(scheme=scheme, text_percent=150))
    assert "@" not in sheet(theme())
    assert "TONE" not in sheet(theme())


def test_text_size_and_scheme_change_on_a_window_that_is_open(dressed: QApplication) -> None:
    label = QLabel("14-Jul-1945")
    label.setProperty("role", "body")
    label.show()
    before = label.fontInfo().pixelSize()
    theme().apply(Appearance(scheme="dark", text_percent=200))
    assert label.fontInfo().pixelSize() == 2 * before
    assert label.palette().windowText().color().name().upper() == tokens().schemes["dark"]["text"]
    label.close()


def test_a_painted_word_has_the_contrast_the_tokens_promise(dressed: QApplication) -> None:
    theme().apply(Appearance(scheme="light", text_percent=200))
    label = QLabel("████")
    label.setProperty("ground", "page")
    label.setProperty("role", "page")
    label.show()
    colours = {label.grab().toImage().pixelColor(x, label.height() // 2).name() for x in range(label.width())}
    assert max(contrast(one, "#f5f7f8") for one in colours) >= 4.5
    label.close()


def test_the_system_scheme_is_light_where_the_system_says_nothing(dressed: QApplication) -> None:
    theme().apply(Appearance(scheme="system"))
    assert theme().scheme in {"light", "dark", "contrast", "contrast_dark"}


def test_inter_is_bundled_and_its_tabular_figures_have_one_width(dressed: QApplication) -> None:
    assert QFontInfo(theme().font("body")).family().startswith("Inter")
    measure = QFontMetrics(theme().font("body", is_tabular=True))
    assert {measure.horizontalAdvance(figure) for figure in "0123456789"} == {measure.horizontalAdvance("0")}
    assert "inter" in theme_fonts.choices()
    assert (RESOURCES / "fonts" / "inter" / "OFL.txt").is_file()
    assert (RESOURCES / "icons" / "LICENSE").is_file()


def test_an_icon_answers_with_size_times_scale(dressed: QApplication) -> None:
    sharp = icon("house").pixmap(QSize(18, 18), 2.0, QIcon.Mode.Normal, QIcon.State.Off)
    assert (sharp.width(), sharp.height(), sharp.devicePixelRatio()) == (36, 36, 2.0)


def test_an_icon_is_drawn_in_the_colour_of_the_scheme(dressed: QApplication) -> None:
    def inks() -> set[str]:
        image = pixmap("square-check", "danger", 64).toImage()
        return {
            image.pixelColor(x, y).name().upper() for x in range(64) for y in range(64) if image.pixelColor(x, y).alpha() == 255
        }

    assert tokens().schemes["light"]["danger"] in inks()
    theme().apply(Appearance(scheme="dark"))
    assert tokens().schemes["dark"]["danger"] in inks()


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-picture")


def test_an_appearance_is_remembered(tmp_path) -> None:
    file = tmp_path / "home" / "appearance.json"
    chosen = Appearance(scheme="contrast", text_percent=150, font="atkinson", density="compact")
    write_appearance(file, chosen)
    assert read_appearance(file) == chosen


@pytest.mark.parametrize("words", ["", "[]", '{"scheme": "pink"}', '{"text_percent": "wide"}', '{"text_percent": 5000}'])
def test_an_appearance_that_makes_no_sense_is_the_usual_one(tmp_path, words: str) -> None:
    file = tmp_path / "appearance.json"
    file.write_text(words, "utf-8")
    read = read_appearance(file)
    assert read.scheme == "system"
    assert 100 <= read.text_percent <= 200


def test_compact_rows_keep_targets_that_can_be_hit(dressed: QApplication) -> None:
    theme().apply(Appearance(scheme="light", density="compact"))
    assert theme().row_height() == 36
    assert theme().control_height() >= 32
