"""A package is just what its sender signed, or it is refused in one sentence; what people read of it is only shown."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from jinan_desk.core.revision import Revision, canonical
from jinan_desk.core.text import Sentence
from jinan_desk.errors import DeskError
from jinan_desk.exchange import envelope, reading
from jinan_desk.exchange.envelope import RECORDS, Sender
from jinan_desk.exchange.package import Package, read_package, write_package
from jinan_desk.exchange.seal import is_sealed_zip
from jinan_desk.exchange.signing import fingerprint, new_key, public_half, same_fingerprint, sign
from tests.store.records import Contents, Maker, firm, roster

SENDER = Sender("370102", "济南市历下区人力资源和社会保障局", "aaaa", bytes(range(32)), ("0000",))
SINCE = {("370102", "aaaa"): 0}
UNTIL = {("370102", "aaaa"): 7, ("370103", "bbbb"): 2}


def cases() -> tuple[list[Revision], Contents]:
    maker = Maker()
    key, contents = roster(("张伟", "370102199001011234"), ("王𬱖", "37010519880312211X"))
    refund = maker.chain("c1", 3, facts=firm("=HYPERLINK(\"http://a\")", "91370104MA3015044M"), stage="received")
    hiring = maker.revision(
        "c2", programme="02B", article=2, roster=key, amount=200000, number="济历下人社受〔2020〕02B-0001号",
        facts=firm("@济南 _x0041_ <泉润>\u000b& \"防护\"用品\n有限公司", "91370112MA30120116"),
    )
    return [*refund, hiring, maker.revision("c3", programme="99Z")], contents


def made() -> Package:
    revisions, contents = cases()
    return Package(
        office="370102",
        name="济南市历下区人力资源和社会保障局",
        incarnation="aaaa",
        lives=("0000",),
        made_at="2020-06-12T08:00:00Z",
        public_key=public_half(SENDER.private_key),
        since=SINCE,
        until=UNTIL,
        revisions=tuple(revisions),
        contents=contents,
    )


def write(path: Path, sender: Sender = SENDER, **options: Any) -> Path:
    write_package(path, sender, made(), **options)
    return path


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write(tmp_path_factory.mktemp("package") / "p.xlsx").read_bytes()


@pytest.fixture
def path(tmp_path: Path, sealed: bytes) -> Path:
    (tmp_path / "p.xlsx").write_bytes(sealed)
    return tmp_path / "p.xlsx"


def edited(path: Path, edit: Callable[[Any], object]) -> Path:
    """The package after somebody has opened, changed and saved it."""
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return path


def refuse(path: Path, why: str) -> None:
    with pytest.raises(DeskError) as refused:
        read_package(path)
    assert why in refused.value.read()


def test_a_package_comes_back_as_it_was_sent(path: Path) -> None:
    package = read_package(path)
    assert replace(package, digest="") == made()
    assert package.digest in {cell.value for row in load_workbook(path)["封面"].iter_rows() for cell in row}


def test_an_empty_package_is_one_too(tmp_path: Path) -> None:
    write_package(tmp_path / "p.xlsx", SENDER, replace(made(), revisions=(), contents={}))
    package = read_package(tmp_path / "p.xlsx")
    assert (package.revisions, package.contents, package.changed) == ((), {}, ())


def test_records_longer_than_a_cell_go_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "_IN_A_CELL", 100)
    revisions, contents = cases()
    package = read_package(write(tmp_path / "p.xlsx"))
    assert package.revisions == tuple(revisions)
    assert package.contents == contents


def test_people_find_what_they_need_on_the_cover(path: Path) -> None:
    book = load_workbook(path)
    cover = {row[0].value: row[1].value for row in book["封面"].iter_rows() if len(row) > 1 and row[1].value}
    assert cover["发送机构"] == "济南市历下区人力资源和社会保障局（370102）"
    assert cover["事项件数"] == "3"
    assert cover["公钥指纹"] == fingerprint(public_half(SENDER.private_key))
    assert book.sheetnames == ["封面", "台账", "02B 一次性吸纳就业补贴", "02B 名单", "06A 稳岗返还", RECORDS]
    assert book[RECORDS].sheet_state == "hidden"
    heads = [cell.value for cell in book["02B 名单"][2]]
    assert dict(zip(heads, [cell.value for cell in book["02B 名单"][4]], strict=True))["姓名"] == "王𬱖"


def test_nothing_in_a_package_is_a_formula(path: Path) -> None:
    book = load_workbook(path)
    assert book["06A 稳岗返还"]["F3"].value == '=HYPERLINK("http://a")'
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


# Damage ---------------------------------------------------------------------------------------------------------------


def test_one_flipped_byte_anywhere_is_refused(path: Path, sealed: bytes) -> None:
    directory = sealed.index(b"PK\x01\x02")
    places = [*range(0, directory, 61), *range(directory, len(sealed) - 110, 5), *range(len(sealed) - 110, len(sealed))]
    for place in places:
        flipped = bytearray(sealed)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        with pytest.raises(DeskError):
            read_package(path)


def test_a_package_that_was_cut_short_is_refused(path: Path, sealed: bytes) -> None:
    for length in [*range(0, len(sealed), 211), *range(len(sealed) - 110, len(sealed))]:
        path.write_bytes(sealed[:length])
        with pytest.raises(DeskError):
            read_package(path)


def test_bytes_after_the_end_are_refused(path: Path, sealed: bytes) -> None:
    path.write_bytes(sealed + b"\0")
    refuse(path, "已损坏")


def test_the_seal_alone_finds_a_change_that_readers_miss(path: Path, sealed: bytes) -> None:
    """The time of a part in the container: no checksum covers it."""
    place = sealed.index(b"PK\x03\x04") + 10
    path.write_bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
    refuse(path, "已损坏")


def record(book: Any, name: str) -> Any:
    return next(row[2] for row in book[RECORDS].iter_rows() if row[0].value == name)


@pytest.mark.parametrize("name", ["manifest", "signature", "revisions", "contents"])
def test_one_changed_sign_in_the_records_is_refused(path: Path, name: str) -> None:
    """Even where the workbook was saved again and has no seal; the last sign before the padding says nothing."""
    text = record(load_workbook(path), name).value
    for place in {0, len(text) // 2, len(text.rstrip("=")) - 1}:
        changed = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]

        def change(book: Any, changed: str = changed) -> None:
            record(book, name).value = changed

        with pytest.raises(DeskError):
            read_package(edited(path, change))
        edited(path, lambda book: setattr(record(book, name), "value", text))
    assert read_package(path).revisions


def test_a_record_that_was_taken_out_is_refused(path: Path) -> None:
    def take_out(book: Any) -> None:
        book[RECORDS].delete_rows(3)

    refuse(edited(path, take_out), "已损坏")


def test_a_package_without_its_records_is_none(path: Path) -> None:
    refuse(edited(path, lambda book: book.remove(book[RECORDS])), "不是数据包")


def resigned(path: Path, change: Callable[[dict[str, Any]], object], key: bytes = SENDER.private_key) -> Path:
    """The package with another manifest, signed anew."""

    def edit(book: Any) -> None:
        cell = record(book, "manifest")
        manifest = json.loads(base64.b64decode(cell.value))
        change(manifest)
        cell.value = base64.b64encode(canonical(manifest)).decode()
        record(book, "signature").value = base64.b64encode(sign(key, canonical(manifest))).decode()

    return edited(path, edit)


def test_another_key_cannot_sign_for_an_office(path: Path) -> None:
    refuse(resigned(path, lambda manifest: manifest.update(made_at="2021-01-01T00:00:00Z"), new_key()), "签名不符")


def test_a_package_of_a_newer_version_is_named(path: Path) -> None:
    refuse(resigned(path, lambda manifest: manifest.update(format=2)), "更新版本")


@pytest.mark.parametrize(
    "change", [{"revisions": 4}, {"contents": 0}, {"since": [1]}, {"until": "x"}, {"records": {}}, {"sheets": None}]
)
def test_a_manifest_that_does_not_fit_its_records_is_refused(path: Path, change: dict[str, Any]) -> None:
    refuse(resigned(path, lambda manifest: manifest.update(change)), "已损坏")


def test_records_that_swell_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(path, lambda book: None)
    monkeypatch.setattr(reading, "UNPACKED_LIMIT", 2**20)
    assert read_package(path)
    monkeypatch.setattr(reading, "_bound", lambda file: None)
    monkeypatch.setattr(reading, "UNPACKED_LIMIT", 100)
    refuse(path, "过大")


class StrangeError(DeskError):
    """Whoever it is, is not admitted."""


def admitting(asked: list[str], known: str = "") -> Callable[[bytes, str, str], None]:
    """Keep who is asked for, and admit the office that is known alone."""

    def admit(_key: bytes, office: str, _name: str) -> None:
        asked.append(office)
        if office != known:
            raise StrangeError(Sentence("尚未登记"))

    return admit


@pytest.mark.parametrize("again", [False, True])
def test_of_a_strangers_package_nothing_is_opened_but_its_beginning(
    path: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """Guard: `_ask_ahead`; a package that was saved again begins alike."""
    if again:
        edited(path, lambda book: None)
    monkeypatch.setattr(envelope, "open_workbook", lambda path: pytest.fail("opened"))
    asked: list[str] = []
    with pytest.raises(StrangeError):
        read_package(path, admit=admitting(asked))
    assert asked == ["370102"]


def test_a_strangers_package_that_was_damaged_is_named_as_such(path: Path, sealed: bytes) -> None:
    """Guard: `is_whole` in `_ask_ahead`."""
    place = sealed.index(b"PK\x03\x04") + 10
    path.write_bytes(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])
    asked: list[str] = []
    with pytest.raises(DeskError, match="已损坏"):
        read_package(path, admit=admitting(asked))
    assert asked == []


def test_who_stands_at_the_beginning_does_not_admit_another(path: Path, tmp_path: Path) -> None:
    """Guard: `admit` in `_read`: the rows of a partner's package before those of a stranger's."""
    (tmp_path / "other").mkdir()
    other = write(tmp_path / "other" / "p.xlsx", replace(SENDER, office="370199", private_key=new_key()))
    stranger = {row[0].value: row[2].value for row in load_workbook(other)[RECORDS].iter_rows()}

    def append(book: Any) -> None:
        for name in ("manifest", "signature"):
            book[RECORDS].append([name, 0, stranger[name]])

    asked: list[str] = []
    with pytest.raises(StrangeError):
        read_package(edited(path, append), admit=admitting(asked, known="370102"))
    assert asked == ["370102", "370199"]


# Readable cells -------------------------------------------------------------------------------------------------------


def test_saving_a_package_again_changes_nothing(path: Path) -> None:
    before = read_package(path)
    assert read_package(edited(path, lambda book: None)) == before


@pytest.mark.parametrize(
    ("sheet", "cell", "now", "was"),
    [
        ("台账", "M4", 999, "0.02"),
        ("台账", "D3", "另一家公司", "@济南 _x0041_ <泉润>& \"防护\"用品\n有限公司"),
        ("02B 名单", "E3", "370102199001011235", "370102199001011234"),
        ("02B 名单", "D9", "赵六", ""),
        ("06A 稳岗返还", "G2", "代码", "统一社会信用代码"),
        ("02B 一次性吸纳就业补贴", "E3", None, "2000"),
    ],
)
def test_a_readable_cell_that_was_changed_is_named_and_not_taken(
    path: Path, sheet: str, cell: str, now: Any, was: str
) -> None:
    before = read_package(path)

    def change(book: Any) -> None:
        book[sheet][cell].value = now

    package = read_package(edited(path, change))
    (changed,) = package.changed
    assert (changed.sheet, changed.cell, changed.was, changed.now) == (sheet, cell, was, str(now or ""))
    assert f"工作表“{sheet}”的 {cell} 被改为" in changed.sentence().read()
    assert package.revisions == before.revisions


def test_a_readable_sheet_that_was_taken_out_is_named(path: Path) -> None:
    package = read_package(edited(path, lambda book: book.remove(book["02B 名单"])))
    assert {changed.sheet for changed in package.changed} == {"02B 名单"}
    assert len(package.changed) > 5


def test_a_changed_sheet_of_a_programme_unknown_here_is_named_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(book: Any) -> None:
        book["06A 稳岗返还"]["F3"].value = "另一家公司"

    monkeypatch.setattr("jinan_desk.exchange.records.find", lambda code: None)
    (changed,) = read_package(edited(path, change)).changed
    assert changed.sentence().read() == "工作表“06A 稳岗返还”被改动过，改动未采用"


# Keys -----------------------------------------------------------------------------------------------------------------


def test_a_fingerprint_can_be_read_out(sealed: bytes) -> None:
    mark = fingerprint(public_half(SENDER.private_key))
    assert re.fullmatch(r"(?:[0-9A-F]{4}-){7}[0-9A-F]{4}", mark)
    assert same_fingerprint(mark, mark.replace("-", " ").lower())
    assert not same_fingerprint(mark, mark[:-1])
    assert not same_fingerprint(mark, "")
    assert sealed


# What is written in more than one way ---------------------------------------------------------------------------------


def unpacked(stream: bytes, length: int = 1000) -> list[bytes]:
    text = base64.b64encode(stream).decode()
    return list(envelope.unpacked(text[start : start + length] for start in range(0, len(text), length)))


@pytest.mark.parametrize("length", [1, 2, 3, 4, 5, 7, 100])
def test_a_record_may_be_parted_anywhere(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelope, "_AT_ONCE", 3)
    for lines in ([], [b"1"], [b"{}", b"[1,2,3,4,5]"], [b"1" * size for size in range(1, 40)]):
        assert unpacked(base64.b64decode(envelope.packed(lines)), length) == lines


def test_a_record_is_padded_at_its_end_only() -> None:
    """Guard: the look for padding in `_bytes`."""
    for text in (["AA==", "AAAA"], ["AA", "==AAAAAA"]):
        with pytest.raises(ValueError, match="padded before its end"):
            list(envelope.unpacked(text))


def test_a_record_is_one_whole_stream_and_nothing_after_it() -> None:
    """Guard: `eof` and `unused_data` in `unpacked`."""
    lines = [b'{"a":1}', b'{"b":2}']
    stream = base64.b64decode(envelope.packed(lines))
    assert unpacked(stream) == lines
    for wrong in (stream + b"x", stream + stream, stream[:-1], stream[: len(stream) // 2]):
        with pytest.raises(ValueError, match="one whole stream"):
            unpacked(wrong)


def test_a_record_is_written_in_one_way_only() -> None:
    """Guard: `_from_base64`: the last sign before the padding has bits that a reader passes over."""
    text = next(text for n in range(9) if (text := envelope.packed([b"1" * n])).endswith("="))
    last = len(text.rstrip("=")) - 1
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = text[:last] + signs[signs.index(text[last]) ^ 1] + text[last + 1 :]
    assert base64.b64decode(other) == base64.b64decode(text)
    with pytest.raises(ValueError, match="as it was written"):
        list(envelope.unpacked([other]))


@pytest.mark.parametrize(
    ("was", "now"),
    [('{"cases"', '{ "cases"'), ('{"cases"', '{"cases":0,"cases"'), ('{"cases"', '{"a":1e400,"cases"'), ('{"cases"', "[" * 5000)],
    ids=["blank", "twice", "endless", "deep"],
)  # fmt: skip
def test_a_manifest_is_written_in_one_way_only(path: Path, was: str, now: str) -> None:
    """Guard: `read_canonical` for what is signed."""

    def edit(book: Any) -> None:
        told = base64.b64decode(record(book, "manifest").value).decode()
        assert told.startswith(was)
        changed = told.replace(was, now, 1).encode()
        record(book, "manifest").value = base64.b64encode(changed).decode()
        record(book, "signature").value = base64.b64encode(sign(SENDER.private_key, changed)).decode()

    refuse(edited(path, edit), "已损坏")


def test_a_part_without_end_is_refused(path: Path) -> None:
    """Guard: ArithmeticError among what `MALFORMED` names: a spreadsheet's 1E+400 is no part's number."""

    def edit(book: Any) -> None:
        book[RECORDS].append(["manifest", 1e308, "x"])
        book[RECORDS].cell(book[RECORDS].max_row, 2).value = "=1E+400"

    with pytest.raises(DeskError):
        read_package(edited(path, edit))
    with pytest.raises(ArithmeticError):
        int(float("inf"))
    assert issubclass(OverflowError, envelope.MALFORMED)


def test_what_hangs_on_to_a_sealed_workbook_is_no_part_of_it(sealed: bytes) -> None:
    """Guard: both halves of the question whether a container has no comment at all, in `is_sealed_zip`."""
    assert is_sealed_zip(io.BytesIO(sealed))
    for wrong in (sealed + b"\0\0", sealed[:-80], sealed[:-81] + b"\1"):
        with pytest.raises(DeskError):
            is_sealed_zip(io.BytesIO(wrong))


def test_external_links_and_formulas_in_a_package_are_neither_followed_nor_taken(path: Path) -> None:
    """Somebody put them into the readable sheets: they are named, and what was signed is what is read."""
    before = read_package(path)

    def edit(book: Any) -> None:
        book["06A 稳岗返还"]["F3"].value = "='file:///etc/[passwd]x'!A1"
        book["06A 稳岗返还"]["F3"].hyperlink = "https://example.invalid/"

    package = read_package(edited(path, edit))
    assert package.revisions == before.revisions
    assert [(changed.sheet, changed.cell) for changed in package.changed] == [("06A 稳岗返还", "F3")]
    assert "passwd" not in package.changed[0].now
