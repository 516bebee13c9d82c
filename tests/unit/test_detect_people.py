"""People and organisations by evidence: layout, signs, public names, code, scripts, and the port for recognisers."""

from __future__ import annotations

import time

import pytest

from bot.errors import ConfigurationError, DetectorFailed
from bot.model.plan import Span
from bot.privacy.detect import Detectors, Terms, load_ner
from bot.privacy.detect.public import KINDS, is_public, names
from bot.privacy.detect.reading import read
from bot.privacy.detect.zones import zones
from tests.unit.detecting import PLAIN, found

MAIL = """Sum this up:

From: Falkner, Odette
Sent: Monday
To: Rusk, Ivo; Temple, Aline M.
Subject: plan

ivo, is ALINE in?"""


def hidden(text: str, detectors: Detectors = PLAIN) -> set[str]:
    """Return the words of people and organisations that are hidden."""
    return {word for kind, value in found(text, detectors) if kind in {"PERSON", "ORG"} for word in value.split()}


def test_every_part_of_a_name_in_a_mail_header_is_hidden_in_any_case():
    assert hidden(MAIL) == {"Falkner,", "Odette", "Rusk,", "Ivo", "Temple,", "Aline", "M", "ivo", "ALINE"}
    assert ("PERSON", "To") not in found(MAIL)


@pytest.mark.parametrize(
    ("text", "gone", "kept"),
    [
        ("To: Wanda Oduya/LON/ACME@ACME\ncc: Piers Aldous/LON/ACME@ACME\n\nlate", ["Wanda", "Oduya", "Piers"], ["cc"]),
        ("-- Forwarded by Piers Aldous/Acme on 03/04/2001 10:11 AM --\n\nlate again", ["Piers", "Aldous"], ["late"]),
        ("Piers Aldous\n09/26/2000 05:42 PM\nTo: Wanda Oduya/X@X\n\nno", ["Piers", "Aldous", "Wanda"], ["no"]),
        ("Nadja,\n\nyou are right.\n\nThanks\nBela", ["Nadja", "Bela"], ["right"]),
        ("Sort:\n- Legal (Oduya/Aldous)\n- Law (Garcia and later Fernandez)", ["Oduya", "Garcia"], ["Legal", "Law"]),
        ("Sort:\n- Legal (Thulevar/Brookvar)\n- Law (Garcia)", ["Thulevar", "Brookvar", "Garcia"], ["Legal"]),
        ("Mia,\n\nyou are right.\n\nThanks\nBela", ["Mia", "Bela"], ["right"]),
        ("Rosa: has time\nKarl: has none\nAnna: leads", ["Rosa", "Karl", "Anna"], ["leads"]),
        ("name,city\nQuillon Varga,Graz\nBea Stolz,Linz", ["Quillon", "Varga", "Bea", "Stolz"], ["Graz", "name"]),
        ("notes:\nLamia Haddad\nOmar Saleh\nRania\nend", ["Lamia", "Omar", "Rania"], ["end"]),
    ],
)
def test_the_layout_gives_names_away(text, gone, kept):
    assert set(gone) <= {word.strip(",") for value in hidden(text) for word in value.split("/")}
    assert not set(kept) & hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "Are these green threads, or does the runtime have a GIL?",
        "The macro expects a literal Seq to evaluate; add it to the Msg type.",
        "This is called:\n\nA. Lending\nB. Countersigning\nC. Pledging",
        "Write it with the Boyer-Moore Voting Algorithm in the style of Dr Seuss.",
        "I live in New Zealand and want to cook some Georgian dishes.",
        "He sells Plan A and Plan B. We use Model Driven Architecture for Existing Systems.",
        "```python\nif ready:\n    go()\nelif waiting:\n    stop()\n```\nWhy is elif skipped?",
        "DECLARE @i INT = 1; DECLARE @col_name varchar(20); why is @i null in the loop?",
        "# 读取文件\ndf = pd.read_excel(path)\nPlease make this faster.",
        "Viết một đoạn hội thoại ngắn về thuế nhà.",
        "Tim Cook and Barack Obama met; Apple Inc. said nothing.",
        "Who painted the Mona Lisa, and did Leo Tolstoy like Harry Potter?",
    ],
)
def test_words_code_and_public_names_stay(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Write a scene where Livia Thornbury meets Orla.",
        "Schreib mir eine Kurzgeschichte, in der Livia Thornbury einen Drachen trifft.",
        "Napiš příběh o tom, jak se Livie ztratila v lese a co se jí tam stalo.",
        "Which score is higher when Archer 1 has more points than Archer 2?",
        "What does Leo Nikolayevich Tolstoy say about war?",
        "Ela é muito alta e não gosta de nadar, mas ele sim.",
    ],
)
def test_made_up_people_numbered_things_and_pronouns_stay(text):
    assert found(text) == []


def test_a_story_about_somebody_of_the_askers_own_hides_the_name():
    assert hidden("Write a funny story about my colleague Livia Thornbury.") == {"Livia", "Thornbury"}
    assert hidden("Write a story for the farewell card of Livia Thornbury.") == {"Livia", "Thornbury"}


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Ask Livia—she knows—and Orla Quist.", {"Livia", "Orla", "Quist"}),
        ("hey, Ernst-Otto was late again", {"Ernst-Otto"}),
        ("BSN van Joost van der Heijden: klopt dat?", {"Joost", "van", "der", "Heijden"}),
        ("Notes: Gwenllian Bowen - strong, shy", {"Gwenllian", "Bowen"}),
        ("Care plan: resident Morgan Castle, late again", {"Morgan", "Castle"}),
        ('"Frank Osgood never answers", says one', {"Frank", "Osgood"}),
        ("format this, takahashi yuki, for a badge", {"takahashi", "yuki"}),
        ("It is wrong in the portal, thanks - Deepika", {"Deepika"}),
        ("Write to odette@mail.fr. Draft the text.", set()),
    ],
)
def test_a_find_begins_and_ends_with_the_name(text, gone):
    assert hidden(text) == gone


def test_a_public_name_is_hidden_when_it_is_the_askers_own_matter():
    assert hidden("My colleague Tim Cook is off sick.") == {"Tim", "Cook"}
    assert hidden("Tim Cook was my idol.") == set()


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("We are Quelltal, a SaaS company for shops. Draft a text.", {"Quelltal"}),
        ("Made this agreement between Brave Kettle, a band, and Northern Lute Group.", {"Brave", "Kettle", "Northern"}),
        ("The invoice from Oduya & Partners is late", {"Oduya"}),
        ("Call Brambati S.r.l. now; Brambati's offer ends", {"Brambati"}),
        ("get a quote with larkfield advisors today", {"larkfield", "advisors"}),
    ],
)
def test_organisations_need_a_form_a_trade_or_a_cue(text, gone):
    assert gone <= hidden(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("请给客户王小明写信", "王小明"),
        ("田中さんにメール", "田中"),
        ("고객 김민수님께", "김민수"),
        ("письмо Ивану Петрову", "Ивану Петрову"),
    ],
)
def test_other_scripts_need_a_word_for_a_name(text, name):
    assert ("PERSON", name) in found(text)
    assert found("总结客户的问题和经理的职责") == []


def test_evidence_is_said_without_the_value():
    (span,) = PLAIN.detect("Please tell Agathe Vollbrecht that it is done")
    assert "after 'tell'" in span.why
    assert "Agathe" not in span.why


def test_the_public_list_is_large_and_read_once():
    assert sum(len(names(kind)) for kind in KINDS) > 20_000
    assert all(len(names(kind)) > 1_000 for kind in KINDS)
    assert is_public("Leo TOLSTOY", ("person",))
    assert not is_public("Agathe Vollbrecht")


def test_zones_tell_code_logs_tables_and_links_and_a_reading_a_mail():
    text = "Hi\nx = foo(1)\n2024-01-02 10:11:12 ERROR no\na | b | c\n1 | 2 | 3\n\n- one\n> said\nhttps://a.test/x"
    assert {zone.kind for zone in zones(text)} == {"code", "log", "table", "link"}
    assert zones(MAIL) == ()
    assert read(MAIL).mail


def test_the_recogniser_is_one_sign_and_off_by_name():
    assert load_ner("off") is None
    heard = Detectors(lambda text: [Span(text.find("Zorblax"), text.find("Zorblax") + 7, "PERSON")], Terms(), tuple)
    assert found("did Zorblax reply?", heard) == [("PERSON", "Zorblax")]
    assert found("the Zorblax", heard) == []


def test_a_recogniser_that_is_not_there_is_named():
    with pytest.raises(DetectorFailed, match="cannot be loaded"):
        load_ner("no_such_pipeline")
    with pytest.raises(ConfigurationError, match="gliner"):
        load_ner("gliner:nobody/none")
    with pytest.raises(ConfigurationError, match="presidio"):
        load_ner("presidio")


@pytest.mark.parametrize(
    "unit",
    [
        "Karl ",
        "Anna Schmidt, ",
        "To: Anna Schmidt <a@b.test>\n",
        "Foo Inc ",
        "```\na\n```\n",
        "Anna: hi\nTom: ho\n",
        "(",
        "A B ",
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(unit):
    def spent(length: int) -> float:
        text = (unit * length)[:length]
        start = time.process_time()
        PLAIN.detect(text)
        return time.process_time() - start

    spent(2_000)
    assert min(spent(32_000) for _ in range(2)) < 30 * max(spent(4_000), 0.004)


@pytest.mark.parametrize(
    "text",
    [
        "Omar walks at 5 miles per hour and stops for tea. Find the number of minutes that the walk takes him.",
        "Ines has twice as many marbles as her brother. How many marbles do the two of them have altogether?",
        "Write a dialogue in which Tobias meets a dragon.",
        "Ravi walks 5 km towards north, turns left and walks 3 km. Can you tell me in which direction he looks?",
        "Find synonyms and alliterations for the words of the given sentence: Robert wears a hat every day.",
        "Read the given story, it tests reading comprehension.\n\nLucie: I want bread.\nTom: I go.\nHas Tom bread?",
        "Katrin ist doppelt so alt wie Jonas. Wie viele Jahre ist Katrin \u00e4lter als Jonas, wenn er 9 ist?",
        "Pierre a 12 billes et en donne 4. Combien de billes reste-t-il au total \u00e0 Pierre? Calcule-le vite.",
        "Mar\u00eda tiene 12 manzanas y Pedro el doble de manzanas. \u00bfCu\u00e1ntas manzanas tienen en total?",
        "Alice's parents have three daughters: Amy, Jessy, and what is the name of the third daughter?",
        "How many titles has Ida Sauff won? Ida Sauff (born March 13, 2004) is an American tennis player. She is good.",
        "As Elena walked on, she murmured a song.\n'And you, Tobias?' he whispered. Go on in this style, please.",
        "Swiftwater lies in Ardlow.[2] It is woods.[3] In 1897 Tobias Slee founded the Ardlow Laboratories.[5] When?",
    ],
)
def test_the_figures_of_an_exercise_or_a_story_stay_in_clear(text):
    assert hidden(text) == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Omar is given 20 mg per hour by drip. How many pills is that in total, for the two days of his stay?",
            "Omar",
        ),
        ("Ines worked 38 hours at 12 euros per hour. How much does that make in total for the four weeks?", "Ines"),
        ("I walk with Omar at 5 miles per hour. How many minutes does the walk take us in total?", "Omar"),
        ("Ask Omar how many chairs the two rooms need in total, and how long it takes to find the rest.", "Omar"),
        ("How many days and how many nights is Ines Keller away altogether, with the one in Rome?", "Keller"),
        (
            "Wie viele Stunden hat Ines gearbeitet, und wie viel bekommt sie insgesamt? Berechne es auch pro Stunde.",
            "Ines",
        ),
        (
            "Person A is Ida Weber, person B is Ada Stoll, person C is Ivo Rusk. They work with me. Who has leave?",
            "Weber",
        ),
        (
            "[10:12] Ylva: I saw the main character.\n[10:13] Omar: I cut to it.\n[10:14] Ylva: I am in this story.",
            "Ylva",
        ),
        ("Ida Weber signed the lease[1] and the contract[2] for the flat[3]. What does she owe the landlord?", "Weber"),
        ("Write a user story for Ida Weber from accounting: she wants to export every invoice.", "Weber"),
        ("In the story about the login our tester Ida Weber found the bug. Make it friendlier.", "Weber"),
        ("Is Cesar Mill\u00e1n from Wilmsen still the contact for project Red Oak?", "Cesar"),
        ("Ida Weber left Company A for Company B and took the plans of Company C with her.", "Weber"),
        ("Write a story about Ida Weber, who drinks too much and is put on a performance plan.", "Weber"),
        ("Write a funny sketch for Friday: Ida Weber from accounting in the copy room.", "Weber"),
        ("Ida Weber plays football on Sundays although she is on sick note. What can be done?", "Weber"),
        ("Emma Watson was late again on Monday. How do I word the second warning?", "Watson"),
        ("Will Smith hat gestern gek\u00fcndigt. Formuliere die Best\u00e4tigung.", "Smith"),
        ("Write a short story: the patient Ida Weber, born 3 May 1971, is schizophrenic.", "Weber"),
        ("Write a bedtime story about Ines and her asthma.", "Ines"),
        ("She told me that Ida Weber lies.", "Weber"),
        ("She was shouted at by Ida Weber in the yard.", "Weber"),
        ("Suppose Omar steals 40 laptops and Ines covers it. How many years do they get in total?", "Omar"),
        ("Schreib ein Gedicht \u00fcber Ida Weber, die wegen Diebstahl gefeuert wurde.", "Weber"),
        ("Omar, omar@shop.example: how many boxes in total, and how far is it from the door to the lift?", "Omar"),
    ],
)
def test_a_reckoning_about_somebody_is_no_exercise(text, name):
    assert name in hidden(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ask Zhang Wei about the budget.", "Zhang Wei"),
        ("My colleague Zhang Wei is ill.", "Zhang Wei"),
        ("Choi Ji-hoon has not paid the rent yet.", "Choi Ji-hoon"),
        ("Ask Michael Jordan about the budget.", "Michael Jordan"),
    ],
)
def test_surnames_that_come_first_and_namesakes_who_are_to_be_told_something_are_hidden(text, name):
    assert found(text) == [("PERSON", name)]


def test_what_is_to_be_told_of_a_public_person_is_no_tie_to_them():
    assert found("Tell me about Michael Jordan") == []
