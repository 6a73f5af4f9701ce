"""Numbers of accounts and telephones are looked at and never refused."""

import pytest

from jinan_desk.core.contact import AccountNumber, PhoneNumber


def doubts(kind, text):
    assert kind.read(text) == text  # whatever somebody writes is kept as it stands
    return [key for key, _ in kind.doubts(text)]


@pytest.mark.parametrize(
    "text", ["6222021602001234567", "6222 0216 0200 1234 567", "1602-0010-0920-0123456", "12345678", "9" * 32, "６２２２０２１６０２００"]
)
def test_an_account_of_usual_digits_is_not_doubted(text):
    assert doubts(AccountNumber(), text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("NRA1602001009200", "account_characters"), ("六二二二", "account_characters"), ("6222O21602", "account_characters"),
        ("1234567", "account_length"), ("9" * 33, "account_length"),
    ],
)  # fmt: skip
def test_an_account_that_no_bank_may_know_is_doubted_and_taken(text, key):
    assert doubts(AccountNumber(), text) == [key]


@pytest.mark.parametrize(
    "text",
    [
        "13800001111", "138 0000 1111", "0531-88886666", "（0531）88886666转802", "+86-13800001111", "8888666", "13800001111、0531-88886666",
        "400-800-8820", "13800001111/13900002222",
    ],
)  # fmt: skip
def test_a_telephone_that_can_be_called_is_not_doubted(text):
    assert doubts(PhoneNumber(), text) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("abc电话", "phone_characters"), ("找王敏", "phone_characters"), ("888866", "phone_length"), ("转", "phone_length"),
        ("1380000111", "mobile_length"), ("138000011112", "mobile_length"),
    ],
)  # fmt: skip
def test_a_telephone_that_cannot_be_called_is_doubted_and_taken(text, key):
    assert doubts(PhoneNumber(), text) == [key]
