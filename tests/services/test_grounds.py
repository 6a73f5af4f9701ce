"""Grounds: what is too long to be kept and printed, or cannot be shown, is refused everywhere, and nothing is kept."""

from __future__ import annotations

import pytest

from jinan_desk.errors import DeskError
from jinan_desk.services.grounds import written


@pytest.mark.parametrize(("text", "kept"), [("", ""), (" \n", ""), ("\u3000", ""), ("  户名不符\n", "户名不符"), ("一\n二\t三", "一\n二\t三")])
def test_grounds_are_kept_without_blanks_around_them(text, kept):
    assert written(text) == kept


@pytest.mark.parametrize(("text", "allowed"), [("长" * 2001, "文字过长"), ("甲\x00乙", "无法显示"), ("\x1b[2J", "无法显示"), ("\ud800", "无法显示")])
def test_grounds_that_cannot_be_kept_are_refused(text, allowed):
    with pytest.raises(DeskError, match=allowed):
        written(text)
