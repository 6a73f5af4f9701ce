"""The check code's QR code, against reportlab's general encoder."""

from __future__ import annotations

import pytest
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from jinan_desk.documents.qr import LONGEST, MODULES, picture


def general(text: str) -> list[str]:
    code = QRCode(1, QRErrorCorrectLevel.M)
    code.addData(text)
    code.makeImpl(False, 2)
    return ["".join("01"[bool(module)] for module in row) for row in code.modules]


@pytest.mark.parametrize("text", ["3f2a9c01b7de", "ffffffffffff", "0123456789ab", "a", "x" * LONGEST])
def test_it_is_what_a_general_encoder_makes(text: str):
    rows = picture(text)
    bits = [f"{int.from_bytes(rows[start : start + 3], 'big'):024b}" for start in range(0, len(rows), 3)]
    assert [row[:MODULES] for row in bits] == general(text)
