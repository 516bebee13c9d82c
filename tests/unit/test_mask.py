"""Masking: atoms for values, exactly undone, and nothing that a user types can pass for an atom or a token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DetectorFailed
from bot.model.plan import ATOM, Entity, Masked, Span, atom
from bot.privacy.kinds import LITERAL
from bot.privacy.mask import mask, unmask


def spans_of(text: str, *values: tuple[str, str]) -> list[Span]:
    """Return a span for the first place of each value."""
    return [Span(text.index(value), text.index(value) + len(value), kind) for value, kind in values]


@st.composite
def texts_with_spans(draw):
    pieces = st.sampled_from(("Maria", "s", "7", "X", "PERSON_1Q7", "\ue000", "\ue0000\ue001", "\u200b", "[", "_", " "))
    text = draw(st.lists(pieces | st.characters(), max_size=30).map("".join))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    kinds = st.sampled_from(("PERSON", "EMAIL", "PASSWORD", "odd type 2"))
    return text, [Span(a, b, draw(kinds)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


def test_values_become_atoms_in_the_order_in_which_they_stand():
    text = "Ask Maria Lopez (maria@x.example) or Maria Lopez."
    spans = [*spans_of(text, ("maria@x.example", "EMAIL"), ("Maria Lopez", "PERSON")), Span(37, 48, "PERSON")]
    masked = mask(text, spans)
    assert masked == Masked(
        f"Ask {atom(0)} ({atom(1)}) or {atom(0)}.",
        (Entity("PERSON", "Maria Lopez"), Entity("EMAIL", "maria@x.example")),
    )
    assert unmask(masked) == text


def test_another_spelling_or_type_is_another_entity():
    masked = mask("Rose ROSE Rose", [Span(0, 4, "PERSON"), Span(5, 9, "PERSON"), Span(10, 14, "ORG")])
    assert masked.entities == (Entity("PERSON", "Rose"), Entity("PERSON", "ROSE"), Entity("ORG", "Rose"))


@pytest.mark.parametrize("spans", [[(0, 0)], [(2, 1)], [(-1, 2)], [(3, 9)], [(0, 3), (2, 4)], [(0, 3), (0, 3)]])
def test_spans_that_cannot_be_stop_the_question(spans):
    with pytest.raises(DetectorFailed):
        mask("abcd", [Span(start, end, "PERSON") for start, end in spans])


@pytest.mark.parametrize(
    "typed",
    [
        "\ue000",
        "\ue0000\ue001",
        "PERSON_1Q7",
        "API_KEY_2XD",
        "FOO_BAR_12C4",
        "ＰＥＲＳＯＮ＿１Ｑ７",
        "PERSON_1AB",
        "PERSON_B_1Q7",
        "PERSON\\_1Q7",
    ],
)
def test_what_imitates_an_atom_or_a_token_is_hidden_itself(typed):
    masked = mask(f"say {typed}, please", [])
    assert masked == Masked(f"say {atom(0)}, please", (Entity(LITERAL, typed),))
    assert unmask(masked) == f"say {typed}, please"


@pytest.mark.parametrize("harmless", ["PERSON_1", "SHA_256", "ERROR_404", "MAX_10MB", "ISO 27001", "Boeing 737", "1Q7"])
def test_ordinary_names_with_digits_stay(harmless):
    assert mask(harmless, []) == Masked(harmless)


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("AcmeClient x", Span(0, 4, "ORG"), "AcmeClient"),
        ("Maria2 x", Span(0, 5, "PERSON"), "Maria2"),
        ("MariaＡ x", Span(0, 5, "PERSON"), "MariaＡ"),
        ("Falcons x", Span(0, 6, "PROJECT"), "Falcon"),
        ("Maria's x", Span(0, 5, "PERSON"), "Maria"),
        ("张伟是谁", Span(0, 2, "PERSON"), "张伟"),
    ],
)
def test_a_word_that_goes_on_with_a_capital_or_digit_is_hidden_to_its_end(text, span, value):
    masked = mask(text, [span])
    assert masked.entities == (Entity(span.type, value),)
    assert unmask(masked) == text


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("PERSON", "EMAIL", "EMAIL"),
        ("PASSWORD", "EMAIL", "PASSWORD"),
        ("PERSON", "PASSWORD", "PASSWORD"),
        (LITERAL, "PERSON", "PERSON"),
    ],
)
def test_values_that_touch_become_one_of_the_stricter_type(first, second, joined):
    masked = mask("abcdefg", [Span(0, 3, first), Span(3, 7, second)])
    assert masked == Masked(atom(0), (Entity(joined, "abcdefg"),))


def test_a_later_value_inside_the_rest_of_a_word_is_taken_in():
    assert mask("aB12c", [Span(0, 1, "PERSON"), Span(2, 3, "PHONE")]).entities == (Entity("PERSON", "aB12c"),)


@given(texts_with_spans())
def test_unmasking_gives_back_any_text(case):
    text, spans = case
    masked = mask(text, spans)
    assert unmask(masked) == text
    assert not set("\ue000\ue001") & set(ATOM.sub("", masked.text))


@given(texts_with_spans())
def test_every_character_of_every_span_is_hidden(case):
    text, spans = case
    masked = mask(text, spans)
    hidden, at = set(), 0
    for place, piece in enumerate(ATOM.split(masked.text)):
        value = masked.entities[int(piece)].value if place % 2 else piece
        hidden |= set(range(at, at + len(value))) if place % 2 else set()
        at += len(value)
    assert all(position in hidden for span in spans for position in range(span.start, span.end))
