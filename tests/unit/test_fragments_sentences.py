"""Sentences and coordinated questions: nothing that is one thing is cut."""

import pytest

from bot.fragments.languages import UNKNOWN, detect, load
from bot.fragments.sentences import clauses, protect, sentences
from bot.model import atom


def cut(text: str, code: str = "en") -> list[str]:
    return [text[a:b] for a, b in sentences(protect(text), 0, len(text), load(code))]


@pytest.mark.parametrize(
    "whole",
    [
        f"Ask {atom(0)} about {atom(12)}?",
        "Is https://example.org/a.b?c=d.e the page?",
        "Write to anna.b@example.org today.",
        'He asked "Who is it? Why now?" and left.',
        "Does `a. B? C` work?",
        "Is 3.14 or 1.26.4 newer?",
        "See e.g. Berlin, i.e. the capital, approx. 3 million.",
        "Did Dr. Meier call Ms. Li?",
        "Read <https://example.org/x.y|the page. Now>, please.",
    ],
)
def test_an_atom_is_never_cut(whole):
    assert cut(whole) == [whole]


def test_filler_has_the_same_length():
    text = f'{atom(3)} said "Stop." Then `x.y` at 10:30, e.g. 4.5!'
    assert len(protect(text)) == len(text)


def test_a_quote_that_ends_a_sentence_ends_it():
    assert cut('He said "stop." Then he left.') == ['He said "stop."', "Then he left."]
    assert len(cut('Is "Who are you?" correct?')) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ok. what is x? and how do i do it. vpn is down! who", 5),
        ("What?? Really?! No...", 3),
        ("What is a?How is b?", 2),
        ("From 4 May. What is next?", 2),
        ("wait... then what", 2),
    ],
)
def test_chat_style_is_cut(text, count):
    assert len(cut(text)) == count


def test_other_languages():
    assert cut("Das ist z. B. gut. Am 3. Mai kommt Dr. Meier. und dann?", "de") == [
        "Das ist z. B. gut.",
        "Am 3. Mai kommt Dr. Meier.",
        "und dann?",
    ]
    assert cut("¿Qué es? ¿Quién va? Gracias.", "es") == ["¿Qué es?", "¿Quién va?", "Gracias."]


def split(text: str, code: str = "en") -> tuple[str, list[str]]:
    head, spans = clauses(protect(text), 0, len(text), load(code))
    return text[slice(*head)], [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What is a proxy and how do I set one up?", ["What is a proxy", "how do I set one up?"]),
        ("Who owns the repo; where is the wiki?", ["Who owns the repo", "where is the wiki?"]),
        ("how do i get a locker btw who is on call", ["how do i get a locker", "who is on call"]),
        ("where is the vpn list how do i get a seat", ["where is the vpn list", "how do i get a seat"]),
        ("Summarise the memo and draft a reply to Bo.", ["Summarise the memo", "draft a reply to Bo."]),
    ],
)
def test_coordinated_questions_are_cut(text, parts):
    assert split(text) == ("", parts)


@pytest.mark.parametrize(
    "text",
    [
        "When and where is the meeting?",
        "What is the difference between what we do and how they do it?",
        "Compare apples and pears.",
        "Is it better to rent or to buy?",
        "How do I install it and run the tests?",
        "Write to Bo and tell him why we are late.",
        "Which laptop models do we usually buy?",
        "The weather is nice.",
    ],
)
def test_one_question_stays_whole(text):
    assert split(text) == ("", [text])


def test_what_stands_before_the_first_question_is_told_apart():
    assert split("Can you tell me who pays and when the shop opens?") == (
        "Can you tell me",
        ["who pays", "when the shop opens?"],
    )
    assert split("For the fair, what is the budget and who goes there?")[0] == "For the fair,"
    assert split("My bike is gone, what do I do?") == ("My bike is gone,", ["what do I do?"])


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Wie heißt das WLAN und wo kann ich parken?"),
        ("fr", "Comment aller à Nice et quel est le prix du train ?"),
        ("es", "¿Dónde está la sala y quién tiene la llave?"),
    ],
)
def test_coordinated_questions_of_other_languages(code, text):
    assert len(split(text, code)[1]) == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("How do I get to the station from here?", "en"),
        ("Wie komme ich von hier zum Bahnhof?", "de"),
        ("Comment aller à la gare depuis le bureau ?", "fr"),
        ("¿Cómo llego a la estación desde aquí?", "es"),
        ("reset password", "en"),
        ("", "en"),
    ],
)
def test_languages_are_told_by_their_small_words(text, code):
    assert detect(text) is load(code)


def test_a_language_that_nobody_taught_us_is_unknown():
    assert detect("Missä voin ladata sähköpyöräni ja kuinka kauan lataaminen yleensä kestää?") is UNKNOWN
    assert detect("会議室はどこですか") is UNKNOWN
    assert not UNKNOWN.known
