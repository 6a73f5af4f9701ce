"""The workbook of a form prints on as many pages as its PDF, in a program that offices have."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from jinan_desk import paths
from jinan_desk.documents.xlsx import write_xlsx
from jinan_desk.services.form_samples import sheets
from jinan_desk.services.forms import Forms
from jinan_desk.services.press import Press

LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PROGRAMMES = ("02B", "18A", "08A", "03S", "")


@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed here: page counts were not compared")
def test_libreoffice_prints_a_workbook_on_as_many_pages(tmp_path: Path):
    forms = Forms(Press((paths.forms_directory(),), paths.resources_directory() / "fonts", tmp_path / "cache"))
    wanted = {}
    for sheet in sheets(forms):
        if sheet.code in PROGRAMMES and sheet.which == "long" and sheet.key != "publicity":
            path = tmp_path / f"{sheet.stem}.xlsx"
            wanted[path] = write_xlsx([sheet.document], path, forms.fonts)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [str(LIBREOFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path / "out"), *wanted],
        check=True,
        capture_output=True,
    )
    found = {}
    for path in wanted:
        with pypdfium2.PdfDocument(tmp_path / "out" / f"{path.stem}.pdf") as pdf:
            found[path] = len(pdf)
    assert found == wanted
