"""The article beside the work: its text, with the words lit up that checks rest on, units and documents."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QTextBrowser

from jinan_desk.core.check import Result
from jinan_desk.core.measure import Programme
from jinan_desk.core.text import N_
from jinan_desk.gui.context import Context
from jinan_desk.gui.even_lines import whole
from jinan_desk.resources import Article

_LIT = {Result.PASS: "good_soft", Result.FAIL: "bad_soft", Result.UNKNOWN: "doubt_soft"}
_STRENGTH = (Result.PASS, Result.UNKNOWN, Result.FAIL)


class ArticleText(QTextBrowser):
    """One article, to be read."""

    def __init__(self, article: Article, context: Context) -> None:
        super().__init__()
        self._article = article
        self._context = context
        self._programme: Programme | None = None
        self._quotes: dict[str, Result] = {}
        self._picked = ""
        title = context.say(article.title)
        self.setAccessibleName(context.say(N_("第 {number} 条 {title}"), number=article.number, title=title))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(8)
        self._draw()

    def show_programme(self, programme: Programme | None) -> None:
        """List the documents this programme asks for below the text."""
        self._programme = programme
        self._draw()

    def light(self, quotes: Mapping[str, Result]) -> None:
        """Light up these words, in the colour of what they came to; a failed one wins."""
        wanted = {quote: result for quote, result in quotes.items() if quote}
        if wanted != self._quotes:
            self._quotes = wanted
            self._draw()

    def pick(self, quote: str) -> None:
        """Underline these words and bring them into sight."""
        self._picked = quote
        self._draw()
        self.find(quote, QTextDocument.FindFlag(0)) if quote else None
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def _draw(self) -> None:
        say, colours = self._context.say, self._context.look.colours
        article = self._article
        number = say(N_("第 {number} 条"), number=article.number)
        place = self.verticalScrollBar().value()
        parts = [
            f"<p style='color:{colours['muted']};font-size:12px;margin:0 0 2px'>{escape(article.chapter)}</p>",
            f"<p style='font-size:16px;font-weight:700;margin:0 0 8px'>{number}　{escape(article.title)}</p>",
            *(f"<p style='line-height:150%;margin:0 0 8px'>{self._lit(text)}</p>" for text in article.text),
            self._heading(say(N_("责任单位"))),
            f"<p style='line-height:140%;margin:0 0 8px'>{escape(article.units)}</p>",
        ]
        if self._programme is not None and self._programme.documents:
            parts.append(self._heading(say(N_("“{name}”应交材料"), name=say(self._programme.name))))
            for count, document in enumerate(self._programme.documents, start=1):
                source = N_("原件 {count} 份") if document.original else N_("{count} 份")
                copies = whole(say(source, count=document.copies))
                name = escape(say(document.name))
                parts.append(
                    f"<p style='margin:0 0 3px'>{count}. {name}"
                    f"<span style='color:{colours['muted']}'>　{copies}</span></p>"
                )
        self.setHtml(f"<body style='color:{colours['text']}'>{''.join(parts)}</body>")
        self.verticalScrollBar().setValue(place)

    def _heading(self, text: str) -> str:
        muted = self._context.look.colours["muted"]
        return f"<p style='color:{muted};font-size:12px;font-weight:700;margin:12px 0 4px'>{escape(text)}</p>"

    def _lit(self, text: str) -> str:
        """The paragraph with every quote's words on their colour; where quotes overlap, each sign has the strongest."""
        strength: list[Result | None] = [None] * len(text)
        under = [False] * len(text)
        for quote, result in sorted(self._quotes.items(), key=lambda pair: _STRENGTH.index(pair[1])):
            start = text.find(quote)
            if start >= 0:
                strength[start : start + len(quote)] = [result] * len(quote)
        start = text.find(self._picked) if self._picked else -1
        if start >= 0:
            under[start : start + len(self._picked)] = [True] * len(self._picked)
        out = []
        begin = 0
        for end in range(1, len(text) + 1):
            if end == len(text) or (strength[end], under[end]) != (strength[begin], under[begin]):
                out.append(self._span(text[begin:end], strength[begin], under[begin]))
                begin = end
        return "".join(out)

    def _span(self, text: str, result: Result | None, underlined: bool) -> str:
        style = ""
        if result is not None:
            style += f"background-color:{self._context.look.colours[_LIT[result]]};"
        if underlined:
            style += "text-decoration:underline;font-weight:600;"
        return f"<span style='{style}'>{escape(text)}</span>" if style else escape(text)
