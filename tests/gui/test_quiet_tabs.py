"""What stands in a tab is drawn when it changes, and not when something beside it does."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from jinan_desk.gui.quiet_tabs import QuietTabs


class Watch(QObject):
    """Counts how often a widget is drawn."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def drawn_again(tabs: QTabWidget, qtbot) -> int:
    """How often one part of a tab is drawn because another part has got another text of the same room."""
    page, text, beside = QWidget(), QLabel("1"), QLabel("beside")
    box = QVBoxLayout(page)
    for label in (text, beside):
        label.setMinimumSize(80, 20)
        box.addWidget(label)
    tabs.addTab(page, "page")
    qtbot.addWidget(tabs)
    tabs.show()
    qtbot.waitExposed(tabs)
    text.setText("2")
    for _ in range(5):
        QCoreApplication.processEvents()
    watch = Watch(beside)
    text.setText("3")
    for _ in range(5):
        QCoreApplication.processEvents()
    return watch.count


def test_another_text_in_a_tab_has_nothing_else_drawn(qtbot):
    """The guard: tabs whose own room stays the same let nothing be drawn. Without it Qt draws all that is in them."""
    assert drawn_again(QuietTabs(), qtbot) == 0


def test_tabs_make_room_for_what_needs_more(qtbot):
    window, tabs, text = QWidget(), QuietTabs(), QLabel("short")
    tabs.addTab(text, "page")
    QVBoxLayout(window).addWidget(tabs)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    text.setMinimumWidth(900)
    for _ in range(5):
        QCoreApplication.processEvents()
    assert tabs.width() >= 900
