"""Reads the text of a PDF or Word file, in a process of its own whose memory, time and output are bounded.

Run as a script it takes the file on standard input and prints one JSON object: `text`, and `pages` of `of` where only
the first were read; or `fault`, a word of FAULTS. It imports nothing of ours, and gets no environment.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 10
WALL_SECONDS = 15.0
MOST_PAGES = 50
MOST_CHARS = 200_000
MOST_UNPACKED = 100_000_000
"""Bytes that a Word file may take when it is unpacked; a small file that asks for more is a bomb."""

FAULTS = {
    "encrypted": "it is protected by a password",
    "empty": "it holds no text, perhaps only pictures",
    "missing": "the extra `files` is not installed here",
    "broken": "it could not be read",
}
AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a document, `note` about what is left out of it; or the `fault` for which there is none."""

    text: str = ""
    note: str = ""
    fault: str = ""


class Reader:
    """Starts one process a document, a few at once; each may take so many seconds."""

    def __init__(self, seconds: float = WALL_SECONDS) -> None:
        """Start none."""
        self._seconds = seconds
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def read(self, kind: str, data: bytes) -> Document:
        """Return the text of a `pdf` or `docx`; whatever goes wrong in there is a fault."""
        async with self._slots:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-I", str(Path(__file__)), kind, env={},
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
            )  # fmt: skip
            try:
                async with asyncio.timeout(self._seconds):
                    printed, _ = await process.communicate(data)
            except TimeoutError:
                printed = b""
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        return _document(printed)


def _document(printed: bytes) -> Document:
    """Return what the process printed; a process that died of its bounds printed nothing."""
    try:
        found = json.loads(printed)
    except ValueError:
        return Document(fault=FAULTS["broken"])
    if fault := found.get("fault"):
        return Document(fault=FAULTS.get(fault, FAULTS["broken"]))
    pages, of = found.get("pages"), found.get("of")
    return Document(found["text"], f"the first {pages} of {of} pages" if pages and of and pages < of else "")


def _bounded() -> None:
    """Bound this process: memory, processor time, no files written."""
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def _pdf(data: bytes) -> dict[str, Any]:
    """Read the first pages of a PDF."""
    import logging

    from pypdf import PdfReader

    logging.disable()
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"fault": "encrypted"}
    of = len(reader.pages)
    shown = min(of, MOST_PAGES)
    return {"text": _gathered(reader.pages[n].extract_text() for n in range(shown)), "pages": shown, "of": of}


def _docx(data: bytes) -> dict[str, Any]:
    """Read a Word file: paragraphs and tables in their order."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
            return {"fault": "broken"}
    from docx import Document as Word
    from docx.table import Table

    def lines() -> Iterator[str]:
        for block in Word(io.BytesIO(data)).iter_inner_content():
            if isinstance(block, Table):
                yield "\n".join(" | ".join(cell.text for cell in row.cells) for row in block.rows)
            else:
                yield block.text

    return {"text": _gathered(lines())}


def _gathered(pieces: Iterator[str]) -> str:
    """Join pieces until there are enough characters."""
    text = ""
    for piece in pieces:
        text += f"{piece}\n"
        if len(text) > MOST_CHARS:
            break
    return text[:MOST_CHARS].strip()


def main() -> None:
    """Read standard input as the kind of document that the argument names."""
    _bounded()
    try:
        found = {"pdf": _pdf, "docx": _docx}[sys.argv[1]](sys.stdin.buffer.read())
    except ImportError:
        found = {"fault": "missing"}
    except Exception:  # noqa: BLE001 - a broken file breaks in any way, and its text must not get into a log
        found = {"fault": "broken"}
    if not found.get("fault") and not found["text"]:
        found = {"fault": "empty"}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
