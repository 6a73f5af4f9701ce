"""Colours, icons and fonts: how the window looks, in one place. The style sheet itself stands in `resources`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from jinan_desk.core.determination import Outcome
from jinan_desk.paths import resources_directory
from jinan_desk.resources import icon, style_sheet
from jinan_desk.services.preferences import Colours

LIGHT = {
    "text": "#1c2733", "muted": "#55636f", "hint": "#5f6d7a", "faint": "#828f9b",
    "ground": "#f3f5f7", "surface": "#ffffff", "soft": "#edf1f4", "stripe": "#f9fafb", "head": "#f3f5f7",
    "line": "#dde3e8", "grid": "#e6eaee", "edge": "#c3ccd4", "box": "#7f8c98",
    "accent": "#23648f", "accent_strong": "#1a4f73", "accent_soft": "#e4eff7", "on_accent": "#ffffff",
    "accent_hover": "#1a4f73", "mark": "#23648f", "ring": "#0d3a58", "chart": "#23648f", "chart_second": "#4f9c75",
    "good": "#1b7047", "good_soft": "#e6f4ec", "good_line": "#a9d5bd",
    "bad": "#ad2f24", "bad_soft": "#fbebe9", "bad_line": "#e8b4ae",
    "doubt": "#8a5700", "doubt_soft": "#fdf4e1", "doubt_line": "#e3c88f",
    "side": "#1f2f3d", "side_text": "#b9c6d1", "side_strong": "#ffffff", "side_hover": "#2b4052",
    "side_mark": "#6db3dd",
    "tip": "#26323d", "tip_text": "#ffffff",
}  # fmt: skip
DARK = {
    "text": "#e2e8ed", "muted": "#9dabb7", "hint": "#8896a3", "faint": "#6f7d8a",
    "ground": "#161c22", "surface": "#1e262e", "soft": "#28323c", "stripe": "#222b34", "head": "#232c35",
    "line": "#323d48", "grid": "#2c3641", "edge": "#465361", "box": "#74828f",
    "accent": "#2a78ad", "accent_strong": "#8cc5ea", "accent_soft": "#1f3a4e", "on_accent": "#ffffff",
    "accent_hover": "#23658f", "mark": "#5ba7da", "ring": "#b5dcf5", "chart": "#2a78ad", "chart_second": "#6fcf9b",
    "good": "#6fcf9b", "good_soft": "#18352a", "good_line": "#2f6a4d",
    "bad": "#f0938a", "bad_soft": "#3d2220", "bad_line": "#7a3d37",
    "doubt": "#e6b964", "doubt_soft": "#392d17", "doubt_line": "#75602f",
    "side": "#11171d", "side_text": "#a3b1bd", "side_strong": "#ffffff", "side_hover": "#212c37",
    "side_mark": "#6db3dd",
    "tip": "#e2e8ed", "tip_text": "#161c22",
}  # fmt: skip

COLOURS = {Colours.LIGHT: LIGHT, Colours.DARK: DARK}

VERDICT_ICONS = {Outcome.ELIGIBLE: "eligible", Outcome.INELIGIBLE: "ineligible", Outcome.INCOMPLETE: "incomplete"}
VERDICT_COLOURS = {Outcome.ELIGIBLE: "good", Outcome.INELIGIBLE: "bad", Outcome.INCOMPLETE: "doubt"}

_CHINESE = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC",
            "WenQuanYi Micro Hei", "Noto Sans SC")  # fmt: skip
_PALETTE = {
    QPalette.ColorRole.Window: "ground", QPalette.ColorRole.WindowText: "text", QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "stripe", QPalette.ColorRole.Text: "text", QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text", QPalette.ColorRole.PlaceholderText: "hint",
    QPalette.ColorRole.Highlight: "accent", QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent_strong",
    QPalette.ColorRole.ToolTipBase: "tip", QPalette.ColorRole.ToolTipText: "tip_text",
}  # fmt: skip
_TOKEN = re.compile(r"@([a-z_]+)")


@dataclass(frozen=True)
class Look:
    """One set of colours. Icons are drawn in them, so that no font has to have a tick."""

    colours: Mapping[str, str]

    def colour(self, name: str) -> QColor:
        return QColor(self.colours[name])

    def verdict(self, outcome: Outcome) -> QColor:
        return self.colour(VERDICT_COLOURS[outcome])

    def icon(self, name: str, colour: str = "muted") -> QIcon:
        """An icon that stays sharp at every scale."""
        made = QIcon()
        for extent in (16, 24, 32, 48):
            made.addPixmap(_drawn(name, self.colours[colour], extent))
            made.addPixmap(_drawn(name, self.colours["faint"], extent), QIcon.Mode.Disabled)
        return made

    def pixmap(self, name: str, colour: str, extent: int) -> QPixmap:
        """An icon as a picture of `extent` logical pixels."""
        ratio = max([screen.devicePixelRatio() for screen in QGuiApplication.screens()], default=1.0)
        drawn = _drawn(name, self.colours[colour], round(extent * ratio)).copy()
        drawn.setDevicePixelRatio(ratio)
        return drawn

    def palette(self) -> QPalette:
        """The colours of what the style sheet says nothing about."""
        made = QPalette()
        for role, name in _PALETTE.items():
            made.setColor(role, self.colour(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, role, self.colour("faint"))
        return made

    def sheet(self) -> str:
        icons = resources_directory() / "icons"
        files = {"down_icon": "arrow.svg", "up_icon": "arrow_up.svg", "tick_icon": "tick.svg"}
        names = {**self.colours, **{name: (icons / file).as_posix() for name, file in files.items()}}
        return _TOKEN.sub(lambda match: names[match[1]], style_sheet())


@cache
def _drawn(name: str, colour: str, extent: int) -> QPixmap:
    svg = QSvgRenderer(QByteArray(icon(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(QSize(extent, extent))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    svg.render(painter, QRectF(0, 0, extent, extent))
    painter.end()
    return pixmap


def has_chinese() -> bool:
    """Whether the system has a font for Chinese."""
    return any(QFontDatabase.hasFamily(family) for family in _CHINESE)


def dress(application: QApplication, look: Look, fonts: Iterable[Path] = ()) -> None:
    """Give the application its style sheet and its font. `fonts` are shipped TrueType files that come first."""
    application.setStyle("Fusion")
    shipped = [family for path in fonts for family in _families(path)]
    system = [family for family in _CHINESE if QFontDatabase.hasFamily(family)]
    _set_families([*shipped, *system[:1], *QFont().families()])
    application.setPalette(look.palette())
    application.setStyleSheet(look.sheet())


def undress() -> None:
    """Take the style sheet off the application, before a window is made that is to wear it itself (`wear`).

    As long as the application has one, Qt styles every part of a page anew each time it is put into the next larger
    part, long before anybody sees it: more than half of what it takes to make a page.
    """
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyleSheet("")


def wear(window: QWidget, look: Look) -> None:
    """Let a window have the style sheet; its dialogs, menus and tips have it from there."""
    window.setStyleSheet(look.sheet())


def add_fonts(fonts: Iterable[Path]) -> None:
    """Add shipped fonts at the end of the chain, for characters that the others lack."""
    _set_families([*QApplication.font().families(), *(family for path in fonts for family in _families(path))])


def _set_families(families: list[str]) -> None:
    font = QFont()
    font.setFamilies(list(dict.fromkeys(families)))
    font.setPixelSize(13)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    QApplication.setFont(font)


def _families(path: Path) -> list[str]:
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))


def mark(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and let it look again where the widget is already shown."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
