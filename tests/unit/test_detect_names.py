"""Names of people: lists, cues, words that are also names, other scripts, and the recogniser."""

from __future__ import annotations

import pytest

from bot.model.plan import Span
from bot.privacy.detect import Detectors, Terms
from tests.unit.detecting import found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Alain called and Agathe Vollbrecht left", ["Alain", "Agathe Vollbrecht"]),
        ("tell maria that", ["maria"]),
        ("account holder renée arnaud", ["renée arnaud"]),
        ("hi sara, all fine?", ["sara"]),
        ("mackenzie and i swap shifts", ["mackenzie"]),
        ("Dr. Bigot and mr smith", ["Dr. Bigot", "mr smith"]),
        ("Samuel L. Jackson and J. R. Ewing came", ["Samuel L. Jackson", "J. R. Ewing"]),
        ("Ludwig van Dam paid Lucienne De Decker", ["Ludwig van Dam", "Lucienne De Decker"]),
        ("Müller, Hans hat angerufen", ["Müller, Hans"]),
        ("JOHN SMITH HAS NOT PAID", ["JOHN SMITH"]),
        ("O'Brien called. Anna MÜLLER too.", ["O'Brien", "Anna MÜLLER"]),
        ("Jean-Luc Marchand and jean-pierre dupont", ["Jean-Luc Marchand", "jean-pierre dupont"]),
        ("María José García y Juan Pérez", ["María José García", "Juan Pérez"]),
        ("regards,\nTom", ["Tom"]),
        ("Zuberi's salary is too low", ["Zuberi"]),
        ("a note from Tamsin Ackroyd came", ["Tamsin Ackroyd"]),
        ("Please ask Иван Петров about it", ["Иван Петров"]),
        ("Сергей Иванов просил отчет", ["Сергей Иванов"]),
        ("客户王小明的电话", ["王小明"]),
        ("田中さんに連絡してください", ["田中"]),
        ("`user = 'Sarah Connor'` fails", ["Sarah Connor"]),
        ("heather said no", ["heather"]),
    ],
)
def test_names_are_found(text, names):
    assert [value for kind, value in found(text) if kind == "PERSON"] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Will you tell Will that May is off in May?", ["Will"]),
        ("Rose said the rose garden opens in June", ["Rose"]),
        ("is Grace on leave?", ["Grace"]),
        ("Hope Castellanos left", ["Hope Castellanos"]),
        ("Mark it as done, May I?", []),
        ("Rose gold or Art director?", []),
        ("Chase late payers. Bill by the hour.", []),
        ("the march release by april", []),
    ],
)
def test_names_that_are_also_words_need_more_than_a_capital(text, names):
    assert [value for _, value in found(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Was Einstein right? And Elon Musk?",
        "Jenkins failed, Grafana shows nothing",
        "Is Jordan safe in May? Georgia or Armenia?",
        "Claude or Gemini for reviews, any experience?",
        "Tell Siri to stop; ask HR; contact Support",
        "hi all, thanks everyone, dear team",
        "Ludwig van Beethoven wrote it",
        "Wir ziehen im Mai um, Welche Ämter sind zuständig?",
        "¿Cómo se limpia una sartén de hierro con aceite de oliva?",
        "see alex/widgets and user_maria.py",
    ],
)
def test_topics_products_and_small_talk_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("just spoke to will and grace about it", ["will", "grace"]),
        ("# TODO ask wei", ["wei"]),
        ("Mark, please wait until noon", ["Mark"]),
        ("mark wants to know", ["mark"]),
        ("let jade know the room is booked", ["jade"]),
        ("ivy from payroll needs the form", ["ivy"]),
        ("joy's contract ends soon", ["joy"]),
        ("ask rose delgado about it", ["rose delgado"]),
        ("is it ok if joy and i swap", ["joy"]),
        ("ran into heath at the fair", ["heath"]),
        ("sag das bitte auch amira", ["amira"]),
        ("ich habe mit thorsten gesprochen", ["thorsten"]),
        ("vraag anders even aan Sanne", ["Sanne"]),
        ("ik heb mohamed en ilse gemaild", ["mohamed", "ilse"]),
        ("a guadalupe le diagnosticaron algo", ["guadalupe"]),
        ("dile a joaquín que llame, avísale a Xóchitl", ["joaquín", "Xóchitl"]),
        ("chiedi a chiara se ha ricevuto", ["chiara"]),
        ("demande à élodie si le devis est parti", ["élodie"]),
    ],
)
def test_grammar_tells_names_in_many_languages(text, names):
    assert [value for kind, value in found(text) if kind == "PERSON"] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Xu Jingyi needs access", ["Xu Jingyi"]),
        ("do minh tuan has not returned it", ["minh tuan"]),
        ("Park Ji-hoon asked, Min-jun agreed", ["Park Ji-hoon", "Min-jun"]),
        ("Babajide Olatunji and Ngozi Eze resigned", ["Babajide Olatunji", "Ngozi Eze"]),
        ("mevrouw el Idrissi woont nu hier", ["el Idrissi"]),
        ("señora de la Cruz no vino", ["de la Cruz"]),
        ("Herr von Hagen wartet", ["von Hagen"]),
        ("la dott.ssa Giulia Ferrari firma", ["Giulia Ferrari"]),
        ("Monsieur Diallo attend", ["Diallo"]),
    ],
)
def test_full_names_of_many_cultures_are_found(text, names):
    assert [value for kind, value in found(text) if kind == "PERSON"] == names


@pytest.mark.parametrize(
    "text",
    [
        "Will you mark the tickets before the grace period ends? May I hope so?",
        "ask for help, tell everyone, spoke to legal and finance",
        "met with success and joy, chat with the bot",
        "i hope this will mark a turning point; sales rose",
        "he said hope is not a strategy",
        "let will be a variable, if grace is null",
        "Lady Grey or Earl Grey? Is Moby Dick longer than Jane Eyre?",
        "the Marshall Plan, Ohm's law and a Victoria sponge recipe",
        "feng shui and yin yang in Ho Chi Minh City or Hong Kong",
        "Frag den Kundendienst, sag der Technik Bescheid",
        "Zugangsdaten fürs Kassensystem: siehe unten",
        "vraag het aan de helpdesk, bel de bank",
        "pregunta a soporte y avisa a todos, dile a tu jefe",
        "avisa a equipe, fala com o time, a rosa e a flor",
        "el sol, la luz, la esperanza y el mar",
        "chiedi a qualcuno del supporto, parla con il capo",
    ],
)
def test_words_that_could_be_names_stay_by_grammar(text):
    assert found(text) == []


def test_a_part_of_a_name_is_hidden_wherever_it_stands_again():
    assert found("Agathe Vollbrecht left. Does vollbrecht get a card?") == [
        ("PERSON", "Agathe Vollbrecht"),
        ("PERSON", "vollbrecht"),
    ]


def _with(label: str, value: str) -> Detectors:
    def recognise(text: str) -> list[Span]:
        start = text.find(value)
        return [Span(start, start + len(value), label)] if start >= 0 else []

    return Detectors(recognise, Terms(), tuple)


@pytest.mark.parametrize(
    ("text", "label", "value", "expected"),
    [
        ("did Zorblax reply?", "PERSON", "Zorblax", [("PERSON", "Zorblax")]),
        ("did Quorble Fnord reply?", "PERSON", "Quorble Fnord", [("PERSON", "Quorble Fnord")]),
        ("Kubernetes restarts", "PERSON", "Kubernetes", []),
        ("Will you come?", "PERSON", "Will", []),
        ("the SQL API fails", "ORG", "SQL API", []),
        ("was Einstein right?", "PERSON", "Einstein", []),
        ("Quorble7 fails", "PERSON", "Quorble7", []),
        ("die Rechnung ist nicht da", "PERSON", "Rechnung", []),
        ("où est Quorble Fnord pour le moment", "PERSON", "Quorble Fnord", [("PERSON", "Quorble Fnord")]),
        ("the report", "PERSON", "report", []),
    ],
)
def test_the_recogniser_is_believed_where_nothing_speaks_against_it(text, label, value, expected):
    assert found(text, _with(label, value)) == expected
