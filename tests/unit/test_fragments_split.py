"""Fragments: one piece unless the message itself shows that its questions stand apart."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import ConfigurationError
from bot.fragments import STRATEGIES, split
from bot.languages import everywhere
from bot.model.plan import atom
from tests.data.splitting_sets import load


def texts(message: str, **options: object) -> list[str]:
    return [fragment.text for fragment in split(message, **options).fragments]


TOLD = {
    "dashes": ("Why is the sky blue?\n---\nhow do i boil an egg", "Two parts, divided by lines of three dashes."),
    "numbered": ("1. What is a good name for a bakery?\n2. How do I file a tax return?", "Two numbered questions."),
    "listed": (
        "I have some questions about Rust:\n- Can it produce shared libraries?\n- Which editors know its macros?",
        "Two listed questions.",
    ),
    "inline": (
        "Two things please: (1) which vaccines do I need for Kenya? (2) who sells second-hand cellos in Graz?",
        "Two numbered questions.",
    ),
    "announced": (
        "How can I discover which channels exist here? Also, what editor do you use for Clojure?",
        "Two questions; words such as \u201calso\u201d announce another matter.",
    ),
    "another": (
        "Draft an invitation to our summer party. Another question: is tap water in Lisbon safe?",
        "Two questions; words such as \u201calso\u201d announce another matter.",
    ),
    "paragraphs": (
        "Which hotel in Porto has a meeting room? We arrive by train.\n\nHow do I export calendars from Outlook?",
        "Two paragraphs, each with a question of its own.",
    ),
    "evident": (
        "Hi all! How do I reset a forgotten laptop password? Which three cities suit a meeting in spring? Thanks",
        "Two questions, each of its own matter.",
    ),
    "tasks": (
        "Two unrelated things. Write a haiku about autumn leaves. Translate good morning into Spanish.",
        "Two questions, each of its own matter.",
    ),
}


@pytest.mark.parametrize(("message", "why"), TOLD.values(), ids=TOLD)
def test_it_splits_where_the_message_shows_it_and_says_why(message, why):
    found = split(message)
    assert len(found.fragments) == 2
    assert found.why == why


WHOLE = {
    "constraints": "Draft a mail to our landlord about the broken lift. Ask about the repair date. Keep it short.",
    "format": "Name good books about negotiation. Give me the list as a table with the year.",
    "paste": "Make this note sound friendlier:\n\nOlga,\n\nthe slides are late. Can you send them?\n\nPiotr",
    "chat": "Summarise what she wants.\n\nCustomer: I need a bag.\nAgent: What size?\nCustomer: A small one?",
    "code": "What is wrong here?\n```\nprint(1/0)\n```\nHow do I catch it?",
    "code without a fence": "Why does it loop?\nwhile x > 0:\n    y = f(x)\nWhat does f return?",
    "list of facts": "Turn these changes into release notes:\n\n- added a login page\n- fixed the search\n- moved help",
    "requirements": "Write a profile.\n\nMain points:\n- lawyer\n- likes chess\nUse a casual tone",
    "questions to sort": "Which of these is the best opening?\n1. How are you?\n2. What brings you here?",
    "exercise": "A fund pays 300 a month for 5 years.\na) What is it worth at the end?\nb) What is it worth today?",
    "choices": "Which gas is lightest?\nA. Helium\nB. Neon\nC. Argon",
    "pronoun": "What is a service mesh? How much latency does it add?",
    "ellipsis": "Is tap water safe in Lisbon? And in Porto?",
    "comparison": "How fast is a cheetah? Which is faster, a falcon?",
    "condition": "Can we terminate the office lease early? If not, what does staying in Hamburg cost?",
    "why": "Is the moon moving away? Why?",
    "one matter": "How do I scale a web server? Will the server support clustering?",
    "story": "I live by a lake. My boat leaks at the stern. Where do I begin? Which resin would hold?",
    "statement": "When I run the job, it hangs. Where there is snow, it is cold. What now?",
    "an identifier with a mark": "Does anybody know how to use nil? with a list of strings?",
    "also, a wish": "Write an email to Bo. Also, could you include the date?",
    "steps": "Please do the following tasks:\n1. Create a table of planets.\n2. Sort the table of planets by mass.",
    "asked as one": "What is the difference between gross and net margin ?\ngive answer in two full sentences",
    "a quotation": 'Is "What is life? Who am I?" a good title for a talk on birds?',
}


@pytest.mark.parametrize("message", WHOLE.values(), ids=WHOLE)
def test_it_leaves_whole_what_belongs_together(message):
    found = split(message)
    assert [fragment.text for fragment in found.fragments] == [message]
    assert re.fullmatch(r"One piece: [a-z][^.]+\.", found.why)


def test_what_stands_around_a_list_travels_with_every_item():
    message = (
        "Hello! I read the docs of Rust and have two questions:\n\n"
        "1. Can it call C?\n   I use GCC.\n2. Can C call it?\n\nI am on Debian."
    )
    head, tail = "I read the docs of Rust and have two questions:", "I am on Debian."
    assert texts(message) == [
        f"{head}\n\n1. Can it call C?\n   I use GCC.\n\n{tail}",
        f"{head}\n\n2. Can C call it?\n\n{tail}",
    ]


def test_a_statement_between_the_items_travels_with_every_item():
    message = "My questions:\n\n1. Who sells cellos in Graz?\n\nI live in a boat.\n\n2. Which lamp needs no mains?"
    assert all("I live in a boat." in text for text in texts(message))
    assert len(texts(message)) == 2


def test_how_to_answer_travels_with_every_question():
    message = "How do I descale a kettle? What is the tallest tower in Peru? Answer in one sentence each."
    assert all(text.endswith("Answer in one sentence each.") for text in texts(message))
    assert len(texts(message)) == 2


def test_a_heading_is_what_the_part_asks():
    found = split("Questions:\n1. The lamp flickers. Which bulb does it need?\n2. Who sells cellos in Graz?")
    assert [fragment.heading for fragment in found.fragments] == [
        "Which bulb does it need?",
        "Who sells cellos in Graz?",
    ]


def test_dashes_in_code_divide_nothing():
    message = "Is this valid?\n```yaml\na: 1\n---\nb: 2\n```"
    assert texts(message) == [message]


def test_empty_parts_between_dashes_are_none():
    assert texts("---\nWhy is it red?\n---\n---\nWho sells cellos?\n---") == ["Why is it red?", "Who sells cellos?"]


def test_a_part_with_code_is_code():
    found = split("Sort these three\n---\n```\nx = 1\n```")
    assert [fragment.kind for fragment in found.fragments] == ["question", "code"]
    assert split("Explain\n```\nx = 1\n```").fragments[0].kind == "code"


def test_a_hidden_value_is_never_cut():
    message = f"Who is {atom(0)}? How do I descale a kettle?"
    assert "".join(texts(message)).count(atom(0)) == 1


def test_fragments_are_numbered():
    fragments = split("How do I descale a kettle? What is the capital of Peru?").fragments
    assert [(f.number, f.of, f.kind) for f in fragments] == [(1, 2, "question"), (2, 2, "question")]


def test_too_many_parts_are_put_together():
    found = split("\n---\n".join(f"How high is mountain {n}?" for n in range(30)), limit=12)
    assert len(found.fragments) == 12
    assert found.notices == ("This message has 30 parts; neighbours were put together into 12.",)


def test_a_list_of_two_hundred_questions_is_planned():
    message = "Questions:\n" + "\n".join(f"{n}. What does error E{n:03} of the pump mean?" for n in range(1, 201))
    found = split(message, limit=12)
    assert len(found.fragments) == 12
    assert sum(len(re.findall(r"error E\d", f.text)) for f in found.fragments) == 200


@pytest.mark.parametrize("limit", [0, 1])
def test_a_limit_of_one_leaves_it_whole(limit):
    message = "Why is the sky blue?\n---\nHow do I boil an egg?"
    assert texts(message, limit=limit) == [message]


def test_the_strategy_whole_never_splits():
    message = "Why is the sky blue?\n---\nHow do I boil an egg?"
    assert texts(message, strategy="whole") == [message]


def test_an_unknown_strategy_says_which_there_are():
    with pytest.raises(ConfigurationError, match="structure, whole"):
        split("What?", strategy="guess")


BAD = {
    "nested": "My questions:\n- Which bulb fits?\n  - warm\n  - cold\n- Who sells cellos in Graz?",
    "list in code": "Explain:\n```\n1. What?\n2. Who?\n```",
    "list in a quotation": "Translate:\n> 1. What is it?\n> 2. Who is it?",
    "numbers that look like marks": "Version\n3.5 is out.\n2024. Was it late?",
    "right to left": "\u05de\u05d4 \u05d4\u05e9\u05e2\u05d4? \u05d0\u05d9\u05e4\u05d4 \u05d4\u05ea\u05d7\u05e0\u05d4?",
    "chinese": "\u51e0\u70b9\u4e86\uff1f\u8f66\u7ad9\u5728\u54ea\u91cc\uff1f",
    "mixed": "What is \u0443\u0442\u0440\u043e? Wie sagt man good night? \u00bfQu\u00e9?",
    "only marks": "?!?! ... --- ???",
    "no marks": "how do i boil an egg what is the capital of peru who sells cellos",
    "one mark": "?",
    "brackets": "(" * 3000 + ")" * 3000,
    "dashes and nothing": "---\n---\n---",
}


@pytest.mark.parametrize("message", BAD.values(), ids=BAD)
def test_bad_input_loses_nothing_and_says_why(message):
    found = split(message)
    assert covered(message, found.fragments)
    assert found.why.endswith(".")


BITS = (
    "What who is the a pump Also, unrelated: Thanks! Hi \n \n\n \n---\n 1. 2. - ? . : ``` > it this Kenya cellos Write",
    "a haiku Zwei Fragen: Otra | From: Please answer briefly. (1) (2) \u00bf \u4f60 \u0645\u0627",
    f"{atom(0)} {atom(1)}",
)
LONG = (
    "What is the pump for? ",
    "1. What is up?\n",
    "- a\n",
    "(",
    '"',
    "`",
    "```\n",
    "---\n",
    "a: b\n",
    "a",
    " ",
    "\n",
)


@pytest.mark.parametrize("unit", LONG)
def test_forty_thousand_characters_are_planned_whole(unit):
    message = (unit * (40_000 // len(unit) + 1))[:40_000]
    found = split(message)
    assert covered(message, found.fragments)
    assert 1 <= len(found.fragments) <= 12


WORDS = st.sampled_from(" ".join(BITS).split(" "))
POLITE = everywhere("courtesy") | everywhere("stop")


MARK = r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]"
EMPTY_ITEM = re.compile(rf"(?<!\S)(?:{MARK}|[-*])[^\w\n]*?(?=\s*$|\s{MARK}(?!\S))", re.MULTILINE)
"""A mark of a list as `layout` knows them, with nothing but the next one behind it."""


def covered(message: str, fragments) -> bool:
    """Tell whether every word is in a fragment, but for greetings and marks of empty items, and pieces are in order."""
    if len(fragments) == 1:
        return fragments[0].text == message
    said = {word for fragment in fragments for word in re.findall(r"\w+", fragment.text)}
    lost = {word for word in re.findall(r"\w+", EMPTY_ITEM.sub("", message)) if word not in said}
    polite = all(word.casefold() in POLITE for word in lost)
    return polite and all(_in_order(message, fragment.text) for fragment in fragments)


def _in_order(message: str, text: str) -> bool:
    at = 0
    for piece in text.split("\n\n"):
        at = message.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


@settings(max_examples=400)
@given(st.lists(WORDS, max_size=60).map(" ".join))
@example("What \n---\n (1) - \n---\n What")
@example("(1) (2) What \n---\n What")
def test_a_fragment_is_made_of_pieces_of_the_message_and_no_word_is_lost(message):
    assert covered(message, split(message).fragments)


def test_a_next_line_sign_stops_no_plan():
    assert split("A\x85.").fragments


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_is_planned(message):
    found = split(message)
    assert covered(message, found.fragments)
    assert found.fragments


def test_the_labelled_messages_lose_nothing():
    for labelled in load():
        for strategy in STRATEGIES:
            assert covered(labelled.text, split(labelled.text, strategy=strategy).fragments), labelled.text


@pytest.mark.parametrize(
    "message",
    [
        "Wat is de hoofdstad van Peru? Hoe ontkalk ik een waterkoker?",
        "Twee vragen. Hoeveel btw betaal ik op boeken? En wie schreef De Avonden?",
        "Schrijf een uitnodiging voor ons zomerfeest. Een andere vraag: wanneer bloeit heide?",
    ],
)
def test_dutch_questions_of_different_matters_are_two_parts(message):
    assert len(texts(message)) == 2


@pytest.mark.parametrize(
    "message",
    [
        "Is de winkel op zondag open? Zo ja, tot hoe laat?",
        "Onze server geeft een fout na de update. Wat kan de oorzaak zijn? Hoe los ik dat op?",
        "Schrijf een mail aan mijn huurder. Leg daarin uit waarom de huur stijgt.",
    ],
)
def test_dutch_questions_that_lean_on_one_another_are_one_part(message):
    assert texts(message) == [message]
