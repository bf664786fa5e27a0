from hashlib import sha256

import pytest

from bot.media.checks import MAX_DOCUMENT_BYTES, check_document
from bot.media.pictures import Document, Picture, Refusal, Refused
from tests.bot.media.specimens import basket, saved

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_pdf_is_kept_as_it_came() -> None:
    document = check_document(PDF)
    assert document == Document(data=PDF, sha256=sha256(PDF).hexdigest())
    assert isinstance(document, Document)
    assert document.mime == "application/pdf"


def test_a_photo_of_a_certificate_is_a_picture() -> None:
    assert isinstance(check_document(saved(basket(), "JPEG")), Picture)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (PDF[:30], Refusal.BROKEN),
        (b"%PDF-1.4" + bytes(MAX_DOCUMENT_BYTES) + b"%%EOF", Refusal.TOO_LARGE_BYTES),
        (b"PK\x03\x04 word/document.xml", Refusal.NOT_A_PICTURE),
        (b"<html>%PDF-1.4 %%EOF", Refusal.NOT_A_PICTURE),
    ],
    ids=["cut short", "over ten mebibytes", "a Word file", "a page that only speaks of PDF"],
)
def test_what_is_neither_pdf_nor_photo_is_refused_with_its_reason(data: bytes, reason: Refusal) -> None:
    assert check_document(data) == Refused(reason)


def test_a_pdf_of_ten_mebibytes_is_taken() -> None:
    filling = bytes(MAX_DOCUMENT_BYTES - len(PDF))
    assert isinstance(check_document(PDF[:9] + filling + PDF[9:]), Document)
