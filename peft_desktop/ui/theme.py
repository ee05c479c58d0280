"""Light, dark or as the system is: the Fusion style, one accent, no colours set by hand."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
# With white text, and as a link's colour on the window's ground, each passes 4.5:1.
_ACCENT = {False: QColor("#0b62a8"), True: QColor("#1f70ad")}
_LINK = {False: QColor("#0b62a8"), True: QColor("#7ab8ea")}
_GREY = {False: QColor("#6a6a6a"), True: QColor("#a2a2a2")}


class Theme(QObject):
    """Puts a theme in force, and keeps the accent right when the system changes its own."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._name = "system"
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._recolour)

    def use(self, name: str) -> None:
        """`system`, `light` or `dark`."""
        self._name = name if name in _SCHEMES else "system"
        self._app.styleHints().setColorScheme(_SCHEMES[self._name])
        self._recolour()

    @Slot()
    def _recolour(self) -> None:
        self._app.setPalette(palette_for(self._name))


def palette_for(name: str) -> QPalette:
    """What the application's palette changes of the system's: the accent alone where possible.

    Platforms that know no themes (a bare X server, no screen) get a whole palette.
    """
    scheme = QGuiApplication.styleHints().colorScheme()
    wanted = _SCHEMES.get(name, Qt.ColorScheme.Unknown)
    known = wanted in (Qt.ColorScheme.Unknown, scheme)
    dark = (scheme if known else wanted) == Qt.ColorScheme.Dark
    palette = QPalette() if known else _whole(dark)
    roles = QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setColor(group, roles.Highlight, _ACCENT[dark])
        palette.setColor(group, roles.HighlightedText, QColor("white"))
        palette.setColor(group, roles.Accent, _ACCENT[dark])
        palette.setColor(group, roles.Link, _LINK[dark])
        palette.setColor(group, roles.LinkVisited, _LINK[dark])
        palette.setColor(group, roles.PlaceholderText, _GREY[dark])
    return palette


def _whole(dark: bool) -> QPalette:
    text = QColor("#f0f0f0") if dark else QColor("#000000")
    ground = QColor("#323232") if dark else QColor("#efefef")
    base = ground.darker(140) if dark else QColor("#ffffff")
    button = QColor("#3c3c3c") if dark else ground
    palette = QPalette(button, ground)  # which also mixes the shades between them
    roles, disabled = QPalette.ColorRole, QPalette.ColorGroup.Disabled
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.BrightText):
        palette.setColor(role, text)
    palette.setColor(roles.Base, base)
    palette.setColor(roles.AlternateBase, base.lighter(112) if dark else QColor("#f7f7f7"))
    palette.setColor(roles.ToolTipBase, QColor("#454545") if dark else QColor("#ffffdc"))
    palette.setColor(roles.ToolTipText, text)
    palette.setColor(roles.Midlight, ground.lighter(130) if dark else QColor("#dcdcdc"))
    palette.setColor(roles.Shadow, QColor("#141414") if dark else QColor("#767676"))
    faint = QColor("#8c8c8c") if dark else QColor("#8e8e8e")
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        palette.setColor(disabled, role, faint)
    palette.setColor(disabled, roles.Base, ground)
    palette.setColor(disabled, roles.Highlight, ground.darker(120))
    return palette


def is_dark() -> bool:
    """Whether light text stands on a dark ground just now."""
    palette = QGuiApplication.palette()
    return palette.window().color().lightness() < palette.windowText().color().lightness()


def as_title(label: QLabel, scale: float = 1.45) -> QLabel:
    """A heading: the same font, larger and bolder."""
    font = QFont(label.font())
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * scale)
    font.setWeight(QFont.Weight.DemiBold)
    label.setFont(font)
    return label
