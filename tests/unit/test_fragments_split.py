"""Fragments: every sub-question once, with the context it needs and no other."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ConfigurationError
from bot.fragments import STRATEGIES, split
from bot.model import ATOM, Entity, atom
from tests.data.splitting_sets import load


def texts(message: str, **options: object) -> list[str]:
    return [fragment.text for fragment in split(message, **options).fragments]


@pytest.mark.parametrize("message", ["", "   ", "\n\n"])
def test_nothing_gives_nothing(message):
    assert split(message).fragments == ()


def test_fragments_are_numbered():
    fragments = split("What is TLS? What is the capital of Peru?").fragments
    assert [(f.number, f.of, f.kind) for f in fragments] == [(1, 2, "question"), (2, 2, "question")]


def test_an_unknown_strategy_says_which_there_are():
    with pytest.raises(ConfigurationError, match="sentences, structure"):
        split("What?", strategy="guess")


def test_greetings_and_thanks_are_dropped():
    assert texts(f"Hi {atom(0)}! What is TLS? Who owns the wiki page? Thanks a lot, Kim") == [
        "What is TLS?",
        "Who owns the wiki page?",
    ]


def test_a_greeting_alone_is_sent_as_it_is():
    assert texts("hello there") == ["hello there"]


def test_context_goes_only_where_it_is_needed():
    assert texts("Our Jenkins disk is full. How do I clean up Jenkins? Where can I park a bike?") == [
        "Our Jenkins disk is full. How do I clean up Jenkins?",
        "Where can I park a bike?",
    ]


def test_a_statement_of_a_hidden_person_goes_with_the_question_about_them():
    message = f"{atom(0)} is ill. Who waters the plants in the hall? How do I reach {atom(0)}?"
    assert texts(message, entities=(Entity("PERSON", "Bo"),))[-1] == f"{atom(0)} is ill.\nHow do I reach {atom(0)}?"


def test_a_pronoun_takes_its_only_antecedent_along():
    assert texts("What is a service mesh? How much latency does it add?") == [
        "What is a service mesh?",
        "a service mesh: How much latency does it add?",
    ]


def test_a_pronoun_with_two_antecedents_keeps_the_parts_together():
    assert len(texts("Does the router support the new switch? Where can I buy it?")) == 1


def test_a_pronoun_for_a_person_means_the_hidden_one():
    message = f"Can {atom(0)} sign the lease? What happens when he is away for a month?"
    assert (
        texts(message, entities=(Entity("PERSON", "Bo"),))[1] == f"{atom(0)}: What happens when he is away for a month?"
    )


@pytest.mark.parametrize(
    "follow_up",
    [
        "If not, who does?",
        "Based on that, which city is best?",
        "Which of these is quietest?",
        "Then rank by price.",
        "Which is cheaper?",
        "What about Graz?",
        "Why?",
    ],
)
def test_what_needs_the_earlier_answer_stays_with_it(follow_up):
    assert len(texts(f"Which cities in Austria have trams? {follow_up}")) == 1


def test_a_noun_that_the_answer_brings_about_stays_with_it():
    assert len(texts("Draft an invitation for our party. What subject should the invitation have?")) == 1


def test_a_comparison_takes_all_its_sides_along():
    assert len(texts("What does a tram cost in Graz? What does a tram cost in Linz? Which is cheaper?")) == 1


def test_an_intro_is_carried_to_its_items():
    assert texts("How do I:\n- reset my password\n- book a room") == [
        "How do I:\n- reset my password",
        "How do I:\nbook a room",
    ]


def test_a_list_that_is_compared_stays_whole():
    assert len(texts("Which of these is cheapest:\n- train\n- bus")) == 1


def test_a_list_in_a_statement_is_context():
    parts = texts("I tried this:\n- a restart\n- a new cable\nWhat else helps against a slow line? Who won in 1998?")
    assert "a new cable" in parts[0]
    assert parts[1] == "Who won in 1998?"


def test_an_empty_intro_is_dropped_and_statements_in_a_list_are_requests():
    assert texts("Two questions: 1) what is TLS 2) who owns the wiki") == ["what is TLS", "who owns the wiki"]
    assert texts("1. capital of Peru\n2. capital of Chad") == ["capital of Peru", "capital of Chad"]


def test_headings_and_parents_travel_with_what_is_under_them():
    parts = texts(
        "## Billing\n- Cards:\n  - Who may have one?\n  - Where are they kept?\n## Travel\n- Who books trains?"
    )
    assert all("Billing" in part for part in parts[:-1])
    assert parts[-1] == "Travel\n- Who books trains?"


def test_how_to_answer_goes_with_every_part():
    assert all("short" in part for part in texts("What is TLS? Who owns the wiki page? Keep the answers short."))


def test_code_goes_to_the_question_about_it_and_is_named_so():
    fragments = split("Why does this fail?\n```\nx = {}[1]\n```\nWho won the cup in 1998?").fragments
    assert [f.kind for f in fragments] == ["code", "question"]
    assert "{}[1]" in fragments[0].text
    assert split("```\nx = 1\n```").fragments[0].kind == "code"


def test_a_conditional_with_words_of_its_own_stays_a_part():
    assert len(texts("If a parcel is lost, who pays? How tall is Mont Blanc?")) == 2


LOG = "\n".join(f"10:00:{n:02} INFO step {n}" for n in range(12))


def test_a_long_document_is_dealt_in_pieces_with_its_instruction():
    fragments = split(f"What went wrong in this log?\n{LOG}").fragments
    assert len(fragments) == 3
    assert {f.kind for f in fragments} == {"document"}
    assert all(f.text.startswith("What went wrong in this log?") for f in fragments)
    assert [line for f in fragments for line in f.text.splitlines()[1:]] == LOG.splitlines()


def test_an_instruction_after_its_document_stays_after_it():
    fragments = split(f"{LOG}\nExplain the errors in this log.").fragments
    assert all(f.text.endswith("Explain the errors in this log.") for f in fragments)
    assert len(fragments) == 3


def test_a_reply_to_a_document_needs_all_of_it():
    message = "Write a reply to this email: " + "The lamp has not arrived and nobody answers. " * 12
    assert len(texts(message)) == 1


def test_a_long_document_of_one_paragraph_is_cut_between_sentences():
    parts = texts("Summarise this: " + "The council met and spoke about the lane for an hour. " * 20)
    assert len(parts) == 3
    assert all(part.endswith(".") for part in parts)


def test_a_paste_without_a_question_is_dealt_when_it_is_long():
    parts = texts("The council met and spoke about the lane. " * 60)
    assert len(parts) == 3
    assert texts("The council met.") == ["The council met."]
    assert len(texts("The council met and spoke about the lane. " * 60, limit=1)) == 1


def test_more_parts_than_the_limit_are_put_together_evenly():
    result = split(" ".join(f"What is the mass of element {n}?" for n in range(20)), limit=6)
    assert [f.text.count("?") for f in result.fragments] == [3, 3, 4, 3, 3, 4]
    assert result.notices == ("This message has 20 parts; neighbours were put together into 6.",)


def test_two_hundred_questions_are_all_there():
    message = "Hi! " + " ".join(f"What is the mass of element {n}?" for n in range(200)) + "\n```\nx\n```"
    result = split(message)
    assert len(result.fragments) == 12
    assert result.fragments[-1].kind == "code"
    assert all(sum(f"element {n}?" in f.text for f in result.fragments) == 1 for n in range(200))
    assert "200 parts" in result.notices[0]


def test_the_thread_tells_what_a_pronoun_means_when_the_message_does_not():
    thread = ("What is our holiday policy?", f"The vacuum of {atom(0)} needs new filters.", " ")
    assert texts("Where can I buy them?", thread=thread)[0].endswith("needs new filters.\nWhere can I buy them?")
    assert texts("Where is the vacuum of the kitchen?", thread=thread) == ["Where is the vacuum of the kitchen?"]
    assert texts("Where can I buy them?", thread=(" ",)) == ["Where can I buy them?"]


def test_a_language_nobody_taught_us_is_cut_by_structure_only():
    message = "Missä voin ladata sähköpyöräni? Kuinka kauan se kestää?\n\nKuka vastaa kahvinkeittimen puhdistuksesta?"
    assert len(texts(message)) == 2


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("Was ist ein Proxy? Wann brauche ich ihn? Wo liegt Andorra?", 3),
        ("Ist das Bad offen? Falls ja, wie lange? Wo liegt Andorra?", 2),
        ("Qu'est-ce qu'un proxy ? Comment l'installer ? Où se trouve Andorre ?", 3),
        ("Propose trois noms de chat. Lequel est le plus court ? Où se trouve Andorre ?", 2),
        ("¿Qué es un proxy? ¿Cómo lo instalo? ¿Dónde está Andorra?", 3),
        ("Sugiere tres nombres de gato. ¿Cuál de ellos es más corto? ¿Dónde está Andorra?", 2),
    ],
)
def test_other_languages(message, count):
    assert len(texts(message)) == count


def test_sentences_apart_is_a_strategy():
    message = "Hi! My bike is gone. What do I do? Who can help?"
    assert texts(message, strategy="sentences") == ["My bike is gone.", "What do I do?", "Who can help?"]
    assert texts(message, strategy="sentences", limit=2) == ["My bike is gone.", "What do I do? Who can help?"]
    assert texts("hello", strategy="sentences") == ["hello"]
    assert texts("", strategy="sentences") == []
    assert split("```\nx\n```", strategy="sentences").fragments[0].kind == "code"


def test_the_labelled_messages_are_split_as_labelled():
    once = terms = needed = parts = 0
    for example in load():
        found = [re.sub(r"\s+", " ", f.text).lower() for f in split(example.text, entities=example.entities).fragments]
        for part in example.parts:
            homes = [text for text in found if part.key.lower() in text]
            parts += 1
            once += len(homes) == 1
            needed += len(part.needs)
            terms += sum(term.lower() in " ".join(homes) for term in part.needs)
    assert once >= 0.99 * parts
    assert terms >= 0.95 * needed


PIECES = st.sampled_from(
    [
        *(atom(0), atom(11), "What is it?", "how do i", "and", "If not,", "- item", "1) one 2) two", "```", "`x", "\n"),
        *("\n\n", "> q", "| a | b |", "Hi!", "the log:", "summarise this:", "10:00:01 INFO x", '"', "(", "¿", "they"),
        *("e.g.", "\t", "**b**", "だ。", "## H", "thanks", "keep it short", "def f(x):"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40),
    st.sampled_from(sorted(STRATEGIES)),
    st.integers(1, 12),
)
def test_any_text_is_split_without_cutting_an_atom_or_adding_a_word(pieces, strategy, limit):
    message = " ".join(pieces)
    result = split(message, entities=(Entity("PERSON", "Bo"),), strategy=strategy, limit=limit)
    assert len(result.fragments) <= limit
    assert bool(result.fragments) == bool(message.strip())
    atoms, words = set(ATOM.findall(message)), set(re.findall(r"\w+", message))
    for number, fragment in enumerate(result.fragments, 1):
        assert (fragment.number, fragment.of) == (number, len(result.fragments))
        assert fragment.text.strip()
        assert set(ATOM.findall(fragment.text)) <= atoms
        assert set(re.findall(r"\w+", fragment.text)) <= words


@pytest.mark.parametrize(
    "piece",
    ["?", "x", '"', "`", "- a\n", "what is it ", "thanks ", "<@", "1) ", "and what is ", atom(1), "é", "¿", "*"],
)
def test_a_long_repetition_ends_in_fragments(piece):
    assert 1 <= len(split((piece * 8_000)[:20_000]).fragments) <= 12


@pytest.mark.parametrize(
    "message",
    [
        "What is Docker, and does it run on Windows?",
        "Was ist eine Bürgschaft und wann haftet man dafür?",
        "Qu'est-ce que la photosynthèse et comment fonctionne-t-elle ?",
        "¿Qué es el efecto invernadero y cómo funciona?",
        "How long do crowns last and is there a waiting period?",
    ],
)
def test_a_question_that_goes_on_about_the_same_thing_stays_whole(message):
    assert texts(message) == [message]


@pytest.mark.parametrize(
    ("message", "last"),
    [
        ("Our lease ends in May. Can we leave early? Unrelated to that, who won in 1998?", "who won in 1998?"),
        ("Draft a poem. Besides that, how many pizzas feed 45 people?", "how many pizzas feed 45 people?"),
        ("Der Drucker streikt. Was tun? Was ganz anderes: Wo liegt Andorra?", "Wo liegt Andorra?"),
        ("Mon badge est perdu. Que faire ? Autre sujet : où se trouve Andorre ?", "où se trouve Andorre ?"),
        ("Escribe un poema. Aparte de eso, ¿dónde está Andorra?", "¿dónde está Andorra?"),
    ],
)
def test_nothing_is_carried_over_a_turn_to_another_topic(message, last):
    parts = texts(message)
    assert len(parts) == 2
    assert parts[-1] == last


@pytest.mark.parametrize("noun", ["city", "river"])
def test_every_row_of_a_list_is_a_part(noun):
    rows = [f"Which {noun} in region {n} is the largest?" for n in range(10)]
    assert texts("\n".join(f"{n}. {row}" for n, row in enumerate(rows, 1))) == rows
    assert texts("\n".join(f"- {row}" for row in rows)) == rows


def test_a_list_with_hardly_any_words_is_read_by_its_verbs():
    names = ["DNS", "TCP", "UDP", "TLS", "HTTP", "SSH", "FTP", "NTP", "SMTP", "IMAP"]
    assert texts("Please answer:\n" + "\n".join(f"- explain {name}" for name in names)) == [
        f"explain {name}" for name in names
    ]


def test_an_instruction_in_another_language_than_its_document_deals_it():
    document = "\n".join(f"Der Rat traf sich am Abend und sprach eine Stunde lang über den Weg {n}." for n in range(8))
    assert len(texts(f"Translate this into English please:\n\n{document}")) == 3


def test_a_message_whose_language_nobody_knows_is_read_where_somebody_does():
    parts = texts("Kuka vastaa kahvinkeittimen puhdistuksesta torstaisin toimistolla?\n\nWhat is the best tea for us?")
    assert parts[-1] == "What is the best tea for us?"


@pytest.mark.parametrize(
    "message",
    [
        "Compare the two phones of the shop. Which has the better camera?",
        "What does the tram cost? What does the bus cost? Calculate which is cheaper for 85 people.",
        "Compara Madrid y Lima. ¿Cuál tiene alquileres más bajos?",
        "Is the contract valid? When the answer is yes, how long does it run?",
    ],
)
def test_what_compares_or_depends_stays_with_what_it_is_about(message):
    assert len(texts(message)) == 1


def test_a_greeting_before_a_statement_and_a_signature_do_not_travel():
    assert texts("Hi team, our disk is full. How do we clean the disk? Who owns the wiki? Thanks in advance, Kim") == [
        "our disk is full. How do we clean the disk?",
        "Who owns the wiki?",
    ]


def test_a_request_beside_another_one_is_a_part():
    assert len(texts("How much is a tile? I also need a packing list for Iceland.")) == 2
    assert len(texts("Wie teuer ist eine Fliese? Zusätzlich brauche ich eine Packliste für Island.")) == 2


def test_dashes_after_a_colon_are_a_list():
    assert texts("Please help with these: - draft an invite for the retro - list five snacks without nuts") == [
        "draft an invite for the retro",
        "list five snacks without nuts",
    ]


def test_an_intro_of_two_questions_is_carried_whole():
    parts = texts("For every country below, what's the VAT rate and who pays it?\n- Spain\n- Malta")
    assert len(parts) == 2
    assert all("VAT rate and who pays it?" in part for part in parts)


def test_an_ordinal_that_belongs_to_a_thing_stays_with_it():
    assert texts("Who won in 1998? First aid kit: what must be in it?")[1] == "First aid kit: what must be in it?"
    assert texts("First, who won in 1998? Second, what is TLS?") == ["who won in 1998?", "what is TLS?"]


def test_what_says_little_right_after_a_question_about_code_takes_the_code_along():
    parts = texts("My function is slow:\n```\nxs.count(x)\n```\nWhy is this slow? Please add hints. Who won in 1998?")
    assert ["xs.count" in part for part in parts] == [True, True, False]


def test_a_pronoun_for_a_thing_of_an_earlier_answer_keeps_the_parts_together():
    assert len(texts("Name a museum in Vienna. How much is the ticket there? When does it close?")) == 1


def test_what_a_question_points_ahead_to_goes_with_it():
    assert texts("What do these abbreviations mean? BCC, CC, FYI. And who invented email?") == [
        "BCC, CC, FYI.\nWhat do these abbreviations mean?",
        "who invented email?",
    ]


def test_code_goes_to_the_question_that_introduces_it():
    parts = texts(
        "Can someone review my Makefile?\n```\nlint:\n```\nDo I need .PHONY? How many targets does this code have?"
    )
    assert all("lint:" in part for part in parts)
    assert any("Do I need .PHONY?" in part for part in parts)
