"""Numbers at which people are paid and called. Nothing is decided by them and none is refused: accounts abroad have
letters, extensions have words. But a digit too few sends money back, so a person is asked to look again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinan_desk.core.identity import compact
from jinan_desk.core.kind import Text
from jinan_desk.core.text import N_, Sentence

_SHORTEST_ACCOUNT, _LONGEST_ACCOUNT = 8, 32
"""Digits; cards have 16 to 19, accounts of units 9 to 30 by bank."""
_SHORTEST_PHONE = 7
_MOBILE = 11
_BETWEEN = re.compile(r"[-－—]")
_MANY = re.compile(r"[0-9+\-()/、，,;；转]+")


@dataclass(frozen=True, slots=True)
class AccountNumber(Text):
    """A number of a bank account."""

    def doubts(self, value: str) -> Iterator[tuple[str, Sentence]]:
        number = _BETWEEN.sub("", compact(value))
        if not (number.isascii() and number.isdigit()):
            yield "account_characters", Sentence(N_("银行账号中有数字以外的字符，请对照银行卡或开户证明核对"))
        elif not _SHORTEST_ACCOUNT <= len(number) <= _LONGEST_ACCOUNT:
            words = N_("银行账号有 {count} 位，通常为 {least} 至 {most} 位，请核对")
            yield "account_length", Sentence(words, count=len(number), least=_SHORTEST_ACCOUNT, most=_LONGEST_ACCOUNT)


@dataclass(frozen=True, slots=True)
class PhoneNumber(Text):
    """A number of a telephone, or several."""

    def doubts(self, value: str) -> Iterator[tuple[str, Sentence]]:
        number = compact(value)
        digits = sum(sign.isdigit() for sign in number)
        if not _MANY.fullmatch(number):
            yield "phone_characters", Sentence(N_("联系电话中有数字以外的字符，请核对"))
        elif digits < _SHORTEST_PHONE:
            words = N_("联系电话只有 {count} 位，少于 {least} 位，请核对")
            yield "phone_length", Sentence(words, count=digits, least=_SHORTEST_PHONE)
        elif number.isdigit() and number.startswith("1") and digits != _MOBILE:
            words = N_("手机号应为 {digits} 位，现为 {count} 位，请核对")
            yield "mobile_length", Sentence(words, digits=_MOBILE, count=digits)
