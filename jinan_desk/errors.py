"""What a person can mend. Everything else that is raised is a bug."""

from __future__ import annotations

from jinan_desk.core.text import Sentence, Translate, chinese


class DeskError(Exception):
    """One sentence for the person at the desk: what is wrong, where, and what is allowed.

    Caught by its type at the edges (window, command line) and shown as it reads; never recognised by its text.
    """

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.source)
        self.sentence = sentence

    def read(self, translate: Translate = chinese) -> str:
        return self.sentence.read(translate)
