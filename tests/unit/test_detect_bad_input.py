"""Bad input: nothing takes for ever, nothing raises, and what cannot be trusted stops the question."""

from __future__ import annotations

import random
import time

import pytest

from bot.privacy.detect import Detectors, Terms
from tests.unit.detecting import PLAIN, found

MOST = 40_000
WORD = "the quick brown fox tells Anna Schmidt that host 10.1.2.3 is down. "


def planes() -> str:
    """Return characters of every Unicode plane, without half surrogates."""
    chosen = random.Random(1)
    blocks = [range(0xA0, 0xD800), range(0xE000, 0x10000), *(range(p << 16, (p + 1) << 16) for p in range(1, 17))]
    return "".join(chr(chosen.choice(block)) for block in blocks for _ in range(MOST // len(blocks)))


LINES = {
    "letters": "a" * MOST,
    "digits": "1234567890" * (MOST // 10),
    "brackets": "([{<" * (MOST // 8) + ">}])" * (MOST // 8),
    "base64": "".join(random.Random(2).choices("ABCDEFabcdef0123456789+/", k=MOST)),
    "planes": planes(),
    "half surrogates": "\ud800a\udc00 " * (MOST // 4),
    "names": "Anna Schmidt, Peter Jones, Maria Lopez, " * (MOST // 40),
    "keys": "-----BEGIN PRIVATE KEY-----" * (MOST // 27),
    "cues": "the password is " * (MOST // 16),
    "combining": "a" + "\u0301" * MOST,
    "nothing": " " * MOST,
    "legal forms": "Ab " * (MOST // 3),
}


def seconds(text: str) -> float:
    """Return what detection spends of the processor: a machine that does other things spends no more."""
    begin = time.process_time()
    PLAIN.detect(text)
    return time.process_time() - begin


@pytest.mark.parametrize("name", LINES)
def test_a_line_of_40_000_characters_is_read_in_time(name):
    text = LINES[name]
    begin = time.process_time()
    spans = PLAIN.detect(text)
    assert time.process_time() - begin < 5
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize("name", LINES)
def test_four_times_the_text_takes_about_four_times_as_long(name):
    quarter = min(seconds(LINES[name][: MOST // 4]) for _ in range(3))
    whole = min(seconds(LINES[name]) for _ in range(2))
    assert whole < 12 * quarter + 0.05


def test_a_thousand_words_take_a_fraction_of_a_second():
    """They took 50 ms when this was written; `tests/bench` measures it, the bound here is for any machine."""
    text = WORD * (1_000 // len(WORD.split()))
    assert min(seconds(text) for _ in range(3)) < 1


def test_a_table_of_5_000_rows_is_hidden_to_its_end():
    text = "name,dob,phone\n" + "Anna Schmidt,1985-06-30,+44 20 7946 0321\n" * 5_000
    values = found(text[:MOST])
    assert {kind for kind, _ in values} == {"PERSON", "BIRTH_DATE", "PHONE"}
    assert sum(kind == "BIRTH_DATE" for kind, _ in values) >= MOST // 42 - 1


def test_a_terms_file_of_100_000_lines_with_a_broken_line_and_a_pattern_in_it(tmp_path):
    path = tmp_path / "terms.txt"
    lines = [f"Customer{i} Holding" for i in range(100_000)]
    lines[7:7] = ["", "   ", "((((", ".*", "[a-z]+ Corp", "\ufffd\ufffd", "# a comment", "x" * 5_000]
    path.write_text("\n".join(lines), encoding="utf-8")
    detectors = Detectors(None, Terms.load(path), tuple)
    assert found("is customer99999 holding late? a corp is not", detectors) == [("TERM", "customer99999 holding")]


def test_a_lone_begin_line_hides_nothing_behind_it():
    text = "My file starts with\n-----BEGIN OPENSSH PRIVATE KEY-----\nIs there any way to convert it?"
    assert found(text) == []
