"""The rows of detection: each finds its hit and leaves its miss; a file that cannot be used is refused at the start."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot.languages
import bot.privacy.detect
from bot import languages
from bot.errors import ConfigurationError
from bot.model.plan import Span
from bot.privacy import kinds
from bot.privacy.detect import engine, rows
from bot.privacy.detect.reading import read
from bot.privacy.detect.zones import looks, parse, zones
from tests.bench.rules import switched_off
from tests.unit.detecting import PLAIN

ROOM = Path(bot.privacy.detect.__file__).parent
RULES = rows.load()


def plain(example: str) -> str:
    """Return an example without the mark that keeps scanners of secrets quiet."""
    return example.replace("\u00a7", "")


def played(rule: rows.Rule, text: str) -> list[str]:
    """Return what one row finds in a text, beside a find of the kind that it needs."""
    beside = [Span(0, 1, rule.beside)] if rule.beside else None
    return [text[span.start : span.end] for span in engine.find(read(text), [rule], beside)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_row_finds_its_hit_and_leaves_its_miss(rule):
    assert played(rule, plain(rule.hit))
    assert not played(rule, plain(rule.miss))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_row_says_its_evidence_without_the_value(rule):
    text = plain(rule.hit)
    beside = [Span(0, 1, rule.beside)] if rule.beside else None
    for span in engine.find(read(text), [rule], beside):
        assert span.why.startswith(rule.id.replace("-", " "))
        assert text[span.start : span.end] not in span.why or "itself" in rule.reach or rule.whole


def test_every_row_has_a_source_and_every_kind_of_a_row_is_in_the_table():
    assert all(rule.source.startswith("https://") for rule in RULES)
    assert {rule.kind for rule in RULES} <= kinds.BY_NAME.keys()


def test_no_pattern_is_longer_than_three_hundred_characters():
    assert max(len(one.pattern) for rule in RULES for one in (rule.pattern, *rule.refused)) <= rows.LONGEST
    for code in sorted(ROOM.glob("*.py")):
        module = __import__(f"bot.privacy.detect.{code.stem}", fromlist=["x"]) if code.stem != "__init__" else None
        for name, value in vars(module).items() if module else ():
            for pattern in value if isinstance(value, tuple) else (value,):
                if isinstance(pattern, re.Pattern):
                    assert len(pattern.pattern) <= rows.LONGEST, (code.name, name, len(pattern.pattern))


def test_no_word_with_an_accent_stands_in_the_code_of_these_rooms():
    rooms = [*ROOM.glob("*.py"), *Path(bot.languages.__file__).parent.glob("*.py"), ROOM.parent / "kinds.py"]
    for code in rooms:
        accented = re.findall(r"\w*[^\W\d_a-zA-Z]\w*", code.read_text(encoding="utf-8"))
        assert not [word for word in accented if len(word) > 1], code.name


def test_every_concept_of_a_row_is_in_a_language_file():
    for rule in RULES:
        for concept in (rule.cue, rule.after, rule.unless, rule.holds, rule.lacks):
            assert not concept or languages.everywhere(concept), (rule.id, concept)


ROW = """
[[rule]]
id = "in-pan"
kind = "NATIONAL_ID"
shape = '[A-Z]{5}\\d{4}[A-Z]'
hit = "PAN ABCPD1234Z"
miss = "ABCDE"
source = "https://example.org"
"""


def test_a_kind_of_number_is_one_row():
    (rule,) = rows.parse({"new.toml": ROW})
    assert played(rule, rule.hit) == ["ABCPD1234Z"]
    assert played(rule, rule.miss) == []


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("[[rule]\n", "it is no TOML"),
        (ROW.replace('hit = "PAN ABCPD1234Z"\n', ""), "it has no hit"),
        (ROW.replace('miss = "ABCDE"\n', ""), "it has no miss"),
        (ROW.replace('source = "https://example.org"\n', ""), "it has no source"),
        (ROW.replace("NATIONAL_ID", "NATIONALITY"), "NATIONALITY is not known"),
        (ROW.replace("[A-Z]{5}", "("), "its pattern cannot be used"),
        (ROW.replace("[A-Z]{5}", "[A-Z]{5}|x" * 60), "more than 300"),
        (ROW + 'reach = ["next"]\n', "has no cue"),
        (ROW + 'cue = "cue_nowhere"\n', "cue_nowhere is not known"),
        (ROW + 'check = "stdnum.nowhere"\n', "stdnum.nowhere is not known"),
        (ROW + 'finder = "phones"\n', "it needs a shape, a finder, or a cue"),
        (ROW + 'weight = "1"\n', "unknown key weight"),
        (ROW + 'needs = "digit"\n', "needs has the wrong type"),
        (ROW + ROW, "it doubles or contradicts the row in-pan"),
        (ROW + ROW.replace("in-pan", "pan").replace("NATIONAL_ID", "ORDER"), "contradicts the row in-pan"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_file_row_and_reason(broken, reason):
    with pytest.raises(ConfigurationError) as refusal:
        rows.parse({"new.toml": broken})
    assert "new.toml" in str(refusal.value)
    assert reason in str(refusal.value)


def test_a_shape_that_two_files_name_is_refused():
    with pytest.raises(ConfigurationError, match=r"new\.toml cannot be used, row town: .* another file"):
        rows.parse({"a.toml": '[shapes]\ntown = "A"\n', "new.toml": '[shapes]\ntown = "B"\n'})


@pytest.mark.parametrize("look", looks(), ids=lambda look: look.id)
def test_every_look_of_a_zone_finds_its_hit_and_leaves_its_miss(look):
    beside = "let x = 1\n" if look.kind == "beside code" else ""
    wanted = "code" if beside else look.kind
    assert any(zone.kind == wanted and zone.end > len(beside) for zone in zones(beside + look.hit))
    assert not any(zone.end > len(beside) for zone in zones(beside + look.miss))
    assert look.source.startswith("https://")
    assert len(look.shape) <= rows.LONGEST


LOOK = "[[look]]\nid = 'log'\nkind = 'log'\nplace = 'begins'\nhit = 'a'\nmiss = 'b'\nsource = 'https://example.org'\n"


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("[[look]\n", "row none"),
        ("", "row none"),
        (LOOK, "row log: .*shape"),
        (LOOK + "shape = '('\n", "row log: .*subpattern"),
        (LOOK + "shape = 'x'\nweight = 1\n", "row log: .*weight"),
    ],
)
def test_a_file_of_looks_that_cannot_be_used_is_refused(broken, reason):
    with pytest.raises(ConfigurationError, match=rf"zones\.toml cannot be used, {reason}"):
        parse(broken)


def test_what_a_row_alone_finds_is_gone_where_the_bench_switches_it_off():
    (email,) = (rule for rule in RULES if rule.id == "email")
    assert [span.type for span in PLAIN.detect(email.hit)] == ["EMAIL"]
    assert switched_off(email, email.hit) == ()
