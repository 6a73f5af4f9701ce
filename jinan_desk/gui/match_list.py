"""What programmes are to one unit or person: those that hold first, then what is possible, then what is excluded."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jinan_desk.core.determination import Outcome
from jinan_desk.core.determine import AMOUNT_LABELS
from jinan_desk.core.measure import Programme
from jinan_desk.core.money import figures
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.control import set_role
from jinan_desk.gui.look import VERDICT_COLOURS, VERDICT_ICONS
from jinan_desk.gui.symbol import Symbol, level
from jinan_desk.gui.words import YUAN
from jinan_desk.services.matching import VERDICT_LABELS, Match, Verdict

VERDICT_OUTCOMES = {
    Verdict.HOLDS: Outcome.ELIGIBLE, Verdict.POSSIBLE: Outcome.INCOMPLETE, Verdict.EXCLUDED: Outcome.INELIGIBLE,
}  # fmt: skip


_MADE_AT_ONCE, _PLACED_AT_ONCE = 6, 12
"""Cards: as many as nobody notices. It is in its place that a card gets its style."""


class MatchList(QScrollArea):
    """The matches with every programme, under a heading a verdict. Cards are made when there is something to show: a
    page with all that one may be asked is enough at a time."""

    needed = Signal(object, str)
    """The programme and the key of a fact, a parameter or a roster that is still needed."""
    begin_wanted = Signal(object)
    """Begin a case of this programme."""

    def __init__(self, programmes: Sequence[Programme], context: Context) -> None:
        super().__init__()
        self._say = context.say
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(0, 0, 6, 0)
        self._box.setSpacing(6)
        self._headings = {verdict: QLabel() for verdict in Verdict}
        self._context = context
        self._programmes = programmes
        self.cards: dict[str, MatchCard] = {}
        for heading in self._headings.values():
            set_role(heading, "section")
            heading.hide()
            self._box.addWidget(heading)
        self._box.addStretch(1)
        self._matches: dict[str, Match] = {}
        self._left: deque[tuple[int, str]] = deque()
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._go_on)
        self.setWidget(inner)

    @property
    def complete(self) -> bool:
        """Whether all that is to be shown is there."""
        return not self._idle.isActive()

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Show these; where less is needed comes first. Cards that are not there yet are made, and then put into their
        places, some at a time."""
        self._matches = {match.programme.code: match for match in matches}
        for code, card in self.cards.items():
            card.show_match(self._matches[code])
        self._left = deque(enumerate(self._arranged()))
        if len(self.cards) < len(self._matches):
            self._idle.start()
        elif not self._idle.isActive():
            self._place(len(self._left))

    def _go_on(self) -> None:
        missing = [code for code in self._matches if code not in self.cards]
        for code in missing[:_MADE_AT_ONCE]:
            self._make_card(code)
        if not missing:
            self._place(_PLACED_AT_ONCE)
            if not self._left:
                self._idle.stop()

    def _arranged(self) -> list[str]:
        """The headings and the codes of the programmes below each."""
        order: list[str] = []
        for verdict, heading in self._headings.items():
            some = [match for match in self._matches.values() if match.verdict is verdict]
            some.sort(key=lambda match: len(match.missing))
            label = self._say(VERDICT_LABELS[verdict])
            heading.setText(self._say(N_("{verdict}（{count}）"), verdict=label, count=len(some)))
            heading.setVisible(bool(some))
            order += [verdict, *(match.programme.code for match in some)]
        return order

    def _place(self, parts: int) -> None:
        for _ in range(min(parts, len(self._left))):
            place, name = self._left.popleft()
            part = self.cards[name] if name in self.cards else self._headings[Verdict(name)]
            if self._box.indexOf(part) != place:
                self._box.insertWidget(place, part)

    def _make_card(self, code: str) -> None:
        programme = next(one for one in self._programmes if one.code == code)
        card = self.cards[code] = MatchCard(programme, self._context, self._inner)
        card.needed.connect(self.needed)
        card.begin_wanted.connect(self.begin_wanted)
        card.show_match(self._matches[code])


class MatchCard(QFrame):
    """One programme: its verdict, its amount, and why not or what is still needed."""

    needed = Signal(object, str)
    begin_wanted = Signal(object)

    def __init__(self, programme: Programme, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._programme = programme
        self._say = say = context.say
        self._look = context.look
        self._match: Match | None = None
        self._symbol = Symbol()
        name = QLabel(f"{programme.code} {say(programme.name)}")
        name.setWordWrap(True)
        set_role(name, "strong")
        self._amount = QLabel()
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        set_role(self._amount, "strong")
        self.begin = QPushButton(say(N_("新建办件")))
        self.begin.setAccessibleName(say(N_("新建办件：{name}"), name=say(programme.name)))
        set_role(self.begin, "link")
        self.begin.clicked.connect(lambda checked: self.begin_wanted.emit(programme))
        self._grounds = QLabel()
        self._grounds.setWordWrap(True)
        self._grounds.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._grounds.linkActivated.connect(lambda key: self.needed.emit(programme, key))
        set_role(self._grounds, "small")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(level(name), 1)
        top.addWidget(level(self._amount), 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 10, 8)
        box.setSpacing(2)
        box.addLayout(top)
        box.addWidget(self._grounds)

    @property
    def verdict(self) -> Verdict | None:
        """What the programme is to who was asked about."""
        return self._match.verdict if self._match is not None else None

    @property
    def grounds(self) -> str:
        """Why not, or what is still needed."""
        return self._grounds.text()

    def show_match(self, match: Match) -> None:
        if match == self._match:
            return
        self._match = match
        outcome = VERDICT_OUTCOMES[match.verdict]
        self._symbol.setPixmap(self._look.pixmap(VERDICT_ICONS[outcome], VERDICT_COLOURS[outcome], 16))
        self._symbol.setAccessibleName(self._say(VERDICT_LABELS[match.verdict]))
        paid = match.verdict is Verdict.HOLDS and match.amount is not None and self._programme.has_amount
        self._amount.setText(f"{figures(match.amount or 0)} {self._say(YUAN)}" if paid else "")
        self._amount.setToolTip(self._say(AMOUNT_LABELS[self._programme.route]) if paid else "")
        self._grounds.setText(self._words(match))
        self._grounds.setVisible(bool(self._grounds.text()))

    def _words(self, match: Match) -> str:
        say = self._say
        if match.verdict is Verdict.EXCLUDED:
            return "<br>".join(escape(say.read(reason)) for reason in match.reasons)
        if match.verdict is Verdict.HOLDS:
            return ""
        colour = self._look.colours["accent_strong"]
        keys = {say.read(match.label(key)): key for key in match.missing}
        links = [
            f'<a href="{escape(key)}" style="color: {colour}">{escape(label)}</a>' for label, key in keys.items()
        ]
        return say(N_("还需要：{facts}"), facts=say.listed(links))
