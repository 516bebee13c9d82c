"""Whatever is written, no detector stops: a stopped one would refuse the question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy.detect import Detectors, Terms

_DETECTORS = Detectors(None, Terms(), tuple)
_NUMBERS = "0123456789" * 2 + " .-/()+,\nx"
_WORDS = st.sampled_from(
    [
        "To:",
        "From:",
        "IBAN",
        "card",
        "Mr",
        "Dr",
        "St.",
        "and",
        "&",
        "GmbH",
        "Inc",
        "Anna",
        "Smith",
        "Rose",
        "O'Neil",
        ">",
        ">>",
        "```",
        "|",
        ";",
        ",",
        ".",
        "(",
        ")",
        "14",
        "Elm",
        "Street",
        "password:",
        "is",
        "=",
        "{",
        "}",
        "[",
        "]",
        "<@U1>",
        "@you",
        "a@b.example",
        "10.0.0.1",
        "+49",
        "30",
        "0221",
        "Best",
        "regards",
        "Dear",
        "wrote:",
        "--",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
    ]
)


@settings(max_examples=1_500)
@given(st.text(alphabet=_NUMBERS, min_size=6, max_size=40))
def test_no_number_stops_a_detector(text):
    _DETECTORS.detect(text)


@settings(max_examples=600)
@given(st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=60))
def test_no_words_stop_a_detector(text):
    found = _DETECTORS.detect(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)


@pytest.mark.parametrize("text", ["52, 826)398155-,0019 685)\n040)7 1", "+0086.)301307(9x9-\n2+90"])
def test_a_number_that_begins_like_a_call_abroad_and_is_none_stops_no_detector(text):
    _DETECTORS.detect(text)
