"""What a PDF carries with it: subsets of its fonts and nothing else, its title, author and language."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2.raw
import pytest

from jinan_desk.documents.fonts import Fonts
from jinan_desk.documents.pdf import write_pdf
from tests.documents import samples
from tests.documents.paper import FORMS, filled, opened

_SUBSET = re.compile(r"[A-Z]{6}\+.+")
_TEXT = pypdfium2.raw.FPDF_PAGEOBJ_TEXT


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"{program} is not installed")


@pytest.fixture
def papers(fonts: Fonts, tmp_path: Path) -> list[Path]:
    """A paper of each form, and one of them all."""
    documents = [filled(name, samples.context(people=40), fonts) for name in FORMS]
    for document, name in zip(documents, FORMS, strict=True):
        write_pdf([document], tmp_path / f"{name}.pdf", fonts)
    write_pdf(documents, tmp_path / "all.pdf", fonts)
    return sorted(tmp_path.glob("*.pdf"))


def test_every_text_is_in_an_embedded_subset(papers: list[Path]):
    for path in papers:
        with opened(path) as pdf:
            used = {font for page in pdf for font in fonts_of(page)}
        assert used
        for name, embedded in used:
            assert embedded, (path.name, name)
            assert _SUBSET.fullmatch(name), (path.name, name)


def fonts_of(page: pypdfium2.PdfPage) -> set[tuple[str, bool]]:
    found = set()
    for part in page.get_objects(filter=[_TEXT]):
        font = pypdfium2.raw.FPDFTextObj_GetFont(part)
        name = ctypes.create_string_buffer(200)
        pypdfium2.raw.FPDFFont_GetBaseFontName(font, name, 200)
        found.add((name.value.decode(), pypdfium2.raw.FPDFFont_GetIsEmbedded(font) == 1))
    return found


@needs("pdffonts")
def test_poppler_finds_only_embedded_subsets_with_a_map_to_unicode(papers: list[Path]):
    for path in papers:
        told = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True)
        assert not told.stderr
        rows = told.stdout.splitlines()[2:]
        assert rows
        assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows), told.stdout


@needs("pdfinfo")
def test_poppler_reads_title_and_author(papers: list[Path]):
    for path in papers:
        told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True)
        assert not told.stderr
        assert re.search(r"^Title: +企业一次性吸纳就业补贴申请表$", told.stdout, re.MULTILINE)
        assert re.search(r"^Author: +济南市历下区人力资源和社会保障局$", told.stdout, re.MULTILINE)


def test_a_reader_speaks_chinese_and_shows_the_title(papers: list[Path]):
    for path in papers:
        content = path.read_bytes()
        assert b"/Lang (zh-CN)" in content
        assert b"/DisplayDocTitle true" in content
