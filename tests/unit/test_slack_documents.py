"""Documents are read in a process of their own; whatever is wrong with one is a fault, never an error."""

import io
import zipfile

import pytest

from bot.slack import documents
from bot.slack.documents import FAULTS, Document, Reader
from tests.documents import bomb, docx, pdf


async def test_the_text_of_a_pdf_page_by_page() -> None:
    found = await Reader().read("pdf", pdf("Revenue was 12 in May.", "Costs were 7."))
    assert (found.text.split("\n"), found.note, found.fault) == (["Revenue was 12 in May.", "Costs were 7."], "", "")


async def test_of_a_long_pdf_the_first_pages() -> None:
    found = await Reader().read("pdf", pdf(*(f"Page {n}." for n in range(documents.MOST_PAGES + 3))))
    assert found.note == "the first 50 of 53 pages"
    assert "Page 49." in found.text
    assert "Page 50." not in found.text


async def test_paragraphs_and_tables_of_a_word_file_in_order() -> None:
    found = await Reader().read("docx", docx("Dear all,", "see below.", table=(("item", "price"), ("tea", "3"))))
    assert found.text.split("\n") == ["Dear all,", "see below.", "item | price", "tea | 3"]


def entities() -> bytes:
    """Return a Word file whose XML doubles an entity thirty times."""
    out, doubled = io.BytesIO(), "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 30))
    with zipfile.ZipFile(io.BytesIO(docx("x"))) as source, zipfile.ZipFile(out, "w") as packed:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                data = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "lol">{doubled}]><d>&e29;</d>'.encode()
            packed.writestr(entry.filename, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "data", "fault"),
    [
        ("pdf", lambda: pdf("secret", password="swordfish"), "encrypted"),
        ("pdf", lambda: pdf(""), "empty"),
        ("pdf", lambda: b"%PDF-1.7 and then nothing", "broken"),
        ("pdf", lambda: pdf("cut")[:200], "broken"),
        ("docx", lambda: b"PK\x03\x04 no archive", "broken"),
        ("docx", bomb, "broken"),
        ("docx", entities, "broken"),
        ("docx", lambda: docx(""), "empty"),
    ],
)
async def test_what_cannot_be_read_is_a_fault(kind: str, data, fault: str) -> None:
    assert await Reader().read(kind, data()) == Document(fault=FAULTS[fault])


async def test_a_process_that_takes_too_long_is_ended() -> None:
    assert await Reader(0.01).read("pdf", pdf("slow")) == Document(fault=FAULTS["broken"])
