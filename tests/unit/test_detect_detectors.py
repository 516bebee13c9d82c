"""The detectors as one: overlaps, terms, members, bad input, failure, and the model itself."""

from __future__ import annotations

import sys
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ConfigurationError, DetectorFailed
from bot.model.plan import Span
from bot.privacy import kinds
from bot.privacy.detect import Detectors, Terms, load_ner, resolve
from bot.privacy.detect.reading import read
from tests.data import masking_sets
from tests.unit.detecting import PLAIN, found


def test_overlapping_spans_become_one_of_the_highest_rank():
    assert resolve([Span(0, 5, "PERSON"), Span(3, 9, "EMAIL")]) == (Span(0, 9, "EMAIL"),)
    assert resolve([Span(0, 4, "PERSON"), Span(0, 9, "ORG")]) == (Span(0, 9, "ORG"),)
    assert resolve([Span(0, 9, "PERSON"), Span(4, 9, "ORG")]) == (Span(0, 9, "PERSON"),)
    assert resolve([Span(0, 4, "PERSON"), Span(0, 4, "ORG")]) == (Span(0, 4, "ORG"),)
    assert resolve([Span(4, 6, "IP"), Span(0, 4, "IP")]) == (Span(0, 4, "IP"), Span(4, 6, "IP"))
    assert resolve([Span(0, 2, "NEW"), Span(1, 3, "PLACE")]) == (Span(0, 3, "PLACE"),)
    assert resolve([Span(0, 5, "PERSON", "a"), Span(3, 9, "EMAIL", "b")])[0].why == "b"


@given(st.lists(st.builds(Span, st.integers(0, 40), st.integers(41, 60), st.sampled_from(sorted(kinds.BY_NAME)))))
def test_nothing_that_any_rule_found_is_left_in_clear(spans):
    result = resolve(spans)
    assert {i for s in spans for i in range(s.start, s.end)} == {i for s in result for i in range(s.start, s.end)}
    assert all(a.end <= b.start for a, b in pairwise(result))


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_any_text_gives_sorted_spans_inside_it(text):
    spans = PLAIN.detect(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_reading_leads_back_to_the_original():
    reading = read("a\u200bb ﬁ e\u0301 “x”")
    assert reading.text == "ab fi \xe9 “x”"
    assert reading.back([Span(0, 2, "X"), Span(3, 5, "X"), Span(6, 7, "X")]) == [
        Span(0, 3, "X"),
        Span(4, 5, "X"),
        Span(6, 8, "X"),
    ]


def test_terms_are_found_in_any_case_with_plurals_possessives_and_gaps():
    terms = Terms.of(["Blue Heron", "Acme Rockets", "C++ Guild", "Weißbach", "东方公司", "Policy", "  ", "Bus"])
    detectors = Detectors(None, terms, tuple)
    text = "the blue heron's wing; ACME-Rocket, acme  rockets; BLUE\nHERONS; weißbach; c++ guild; 东方公司"
    text += "; policies; buses"
    assert [value for kind, value in found(text, detectors) if kind == "TERM"] == [
        "blue heron",
        "acme  rockets",
        "BLUE\nHERONS",
        "weißbach",
        "c++ guild",
        "东方公司",
        "policies",
        "buses",
    ]
    assert found("blue, heron-like; c guild; blue or heron", detectors) == []


def test_a_list_of_50_000_terms_loads_and_is_found(tmp_path):
    path = tmp_path / "terms.txt"
    lines = [f"Customer{i} Holding{i % 7}" for i in range(50_000)]
    path.write_text("# customers\n" + "\n".join(lines), encoding="utf-8")
    terms = Terms.load(path)
    text = "where is customer49999 holding5? " + "customer12 holding nothing " * 1_500
    assert [text[s.start : s.end] for s in terms.find(text)] == ["customer49999 holding5"]


def test_no_list_and_an_unreadable_one(tmp_path):
    assert list(Terms.load(None).find("anything")) == []
    with pytest.raises(ConfigurationError, match="TESSERA_TERMS_FILE"):
        Terms.load(tmp_path / "missing.txt")


def test_members_are_found_by_name_handle_and_part_and_the_list_may_change():
    members = ["Rhonda Fitzwater", "@rfitz.x", "Will"]
    detectors = Detectors(None, Terms(), lambda: members)
    assert found("rhonda fitzwater or rfitz.x, fitzwater?", detectors) == [
        ("PERSON", "rhonda fitzwater"),
        ("PERSON", "rfitz.x"),
        ("PERSON", "fitzwater"),
    ]
    assert found("will it work?", detectors) == []
    members.append("Quorbleen")
    assert found("is quorbleen in?", detectors) == [("PERSON", "quorbleen")]


def test_500_identifiers_in_one_message_are_all_found():
    mails = [f"user{i}@host{i}.com" for i in range(500)]
    assert found(" ".join(mails)) == [("EMAIL", mail) for mail in mails]


def test_a_paste_of_40_000_characters_is_read_to_its_end():
    text = ("Abc-Def a.b.c 12-34 x/y ```z``` password login " * 900)[:39_970] + " mail jane@lex.io"
    assert ("EMAIL", "jane@lex.io") in found(text)


@pytest.mark.parametrize("piece", ["a.", "Ab-", "12-", "Ab, ", "1.1.", "a::", "password ", "```", "Maria Lopez, ", "'"])
def test_no_pattern_takes_for_ever_on_repetition(piece):
    PLAIN.detect(piece * (12_000 // len(piece)))


def _fail(_text: str) -> list[Span]:
    raise RuntimeError("secret words of a message")


def test_a_rule_that_fails_stops_everything_and_says_nothing_of_the_text():
    with pytest.raises(DetectorFailed) as caught:
        Detectors(_fail, Terms(), tuple).detect("hello")
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    with pytest.raises(DetectorFailed, match="members"):
        Detectors(None, Terms(), lambda: 1 / 0).detect("hello")


def test_a_detector_that_says_so_itself_is_heard():
    def refuse(_text: str) -> list[Span]:
        raise DetectorFailed("Its own sentence.")

    with pytest.raises(DetectorFailed, match="Its own sentence"):
        Detectors(refuse, Terms(), tuple).detect("hello Bob")


class _Analyzer:
    """As much of Presidio's interface as the adapter uses."""

    def __init__(self, nlp_engine: str) -> None:
        assert nlp_engine == "engine of some_model"

    def analyze(self, text: str, language: str, entities: list[str], score_threshold: float) -> list[SimpleNamespace]:
        assert (language, score_threshold) == ("en", 0.4)
        assert "US_DRIVER_LICENSE" not in entities
        return [SimpleNamespace(start=text.index("QQ"), end=text.index("QQ") + 4, entity_type="UK_NHS")]


def test_presidio_takes_the_recognisers_place(monkeypatch):
    def provider(nlp_configuration: dict) -> SimpleNamespace:
        name = nlp_configuration["models"][0]["model_name"]
        return SimpleNamespace(create_engine=lambda: f"engine of {name}")

    monkeypatch.setitem(sys.modules, "presidio_analyzer", SimpleNamespace(AnalyzerEngine=_Analyzer))
    engine = SimpleNamespace(NlpEngineProvider=provider)
    monkeypatch.setitem(sys.modules, "presidio_analyzer.nlp_engine", engine)
    recognise = load_ner("presidio:some_model")
    assert found("is QQQQ right?", Detectors(recognise, Terms(), tuple)) == [("NATIONAL_ID", "QQQQ")]


def test_presidio_that_is_not_installed_is_a_matter_of_configuration(monkeypatch):
    monkeypatch.setitem(sys.modules, "presidio_analyzer", None)
    with pytest.raises(ConfigurationError, match="presidio"):
        load_ner("presidio:en_core_web_sm")


def test_a_model_that_cannot_be_loaded_stops_everything(monkeypatch):
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(DetectorFailed, match="cannot be loaded"):
        load_ner()


def test_the_model_finds_names_and_skips_lines_without_any():
    ner = load_ner()
    text = "nothing here\nI met Barbara Quimby in the hall.\n" + "word " * 300 + "\n"
    names = [text[s.start : s.end] for s in ner(text) if s.type == "PERSON"]
    assert names == ["Barbara Quimby"]
    assert ner("no capital word at all") == []


def test_the_kept_aside_set_reaches_the_numbers_without_the_recogniser():
    messages = masking_sets.aside(fills=1)
    hidden = total = 0
    for message in messages:
        covered = {i for s in PLAIN.detect(message.text) for i in range(s.start, s.end)}
        for start, end, kind in message.labels:
            places = [i for i in range(start, end) if not message.text[i].isspace()]
            clear = sum(i in covered for i in places) < 0.9 * len(places)
            assert not (clear and kind in {"EMAIL", "PHONE", "CREDIT_CARD", "IBAN", "NATIONAL_ID", "IP", "API_KEY"})
            total += 1
            hidden += not clear
    assert hidden >= 0.95 * total


def test_harmless_messages_are_left_alone():
    messages = masking_sets.harmless(aside=False) + masking_sets.harmless(aside=True)
    alarms = [message.text for message in messages if PLAIN.detect(message.text)]
    assert len(alarms) <= 0.05 * len(messages), alarms
