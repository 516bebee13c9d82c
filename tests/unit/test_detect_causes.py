"""What a cue announces from afar, in fields and tables, at the end of a letter, and what stands twice."""

from __future__ import annotations

import pytest

from tests.unit.detecting import found


def hidden(text, kind):
    return [value for type_, value in found(text) if type_ == kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mdp du routeur Lapin7Bleu", "Lapin7Bleu"),
        ("mdp du routeur : Lapin7Bleu svp", "Lapin7Bleu"),
        ('{"password":"xyz","port":1}', "xyz"),
        ("\"pwd\": 'q1'", "q1"),
        ("username p.lindt / pass birnenmus fails", "birnenmus"),
        ("PIN der Tür: 6620", "6620"),
        ("SET pin='9041' WHERE", "9041"),
        ("sshpass -p 'Igel 9' ssh", "Igel 9"),
        ("Password for the vault: polka waltz 77. Why?", "polka waltz 77"),
        ("passphrase: four green apples today", "four green apples today"),
        ("le code du coffre est 7714", "7714"),
        ("security answer: Mopsie", "Mopsie"),
    ],
)
def test_passwords_are_hidden_where_the_cue_stands_apart(text, value):
    assert value in hidden(text, "PASSWORD")


@pytest.mark.parametrize(
    "text",
    [
        '"password": "string"',
        "password for Windows10 reset",
        "set the pin to 4095 on the board",
        "user / pass rate",
        "passphrase: at least four words",
        "pass on to Room4b",
    ],
)
def test_talk_about_passwords_is_no_password(text):
    assert hidden(text, "PASSWORD") == []


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("tel 06.98.76.54.32 ou 0698765432", "PHONE", ["06.98.76.54.32", "0698765432"]),
        ("ip 10.31.8.204 aka 10-31-8-204.internal", "IP", ["10.31.8.204", "10-31-8-204"]),
        ("SSN 536-22-8817, or 536 22 8817", "NATIONAL_ID", ["536-22-8817", "536 22 8817"]),
    ],
)
def test_a_found_number_is_hidden_in_every_spelling(text, kind, values):
    assert hidden(text, kind) == values


def test_a_found_name_is_hidden_where_no_rule_looks():
    text = "Agathe Vollbrecht called; see docs/agathe vollbrecht/a.md and `Vollbrecht(x)`"
    assert hidden(text, "PERSON") == ["Agathe Vollbrecht", "agathe", "vollbrecht", "Vollbrecht"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("UPDATE t SET surname='Quillfeather'", ["Quillfeather"]),
        ('{lastName: "Zwirner", city: "x"}', ["Zwirner"]),
        ("id;vorname;nachname\n1;Uta;Zwirner\n2;Ole;Brahmfeld\nsort it", ["Uta", "Zwirner", "Ole", "Brahmfeld"]),
        ('"lastName": "string", "firstName": "First name"', []),
    ],
)
def test_name_fields_and_columns_are_hidden(text, values):
    assert hidden(text, "PERSON") == values


def test_columns_of_birth_dates_are_hidden():
    assert hidden("surname\tdob\nZwirner\t1969-03-11\n", "BIRTH_DATE") == ["1969-03-11"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("user svc_ledger has no rights", "svc_ledger"),
        ("el usuario j.ortega no entra", "j.ortega"),
        ("login failed user=tbrandauer ip", "tbrandauer"),
        ("curl -u tbrand:x https://a.test", "tbrand"),
        ("/home/tbrand/.ssh/config", "tbrand"),
        ("C:\\Users\\tbrand\\plan.txt", "tbrand"),
        ("# TODO(tbrand): retry", "tbrand"),
        ("ask agathe.fischer about it", "agathe.fischer"),
    ],
)
def test_user_names_are_hidden(text, value):
    assert hidden(text, "USERNAME") == [value]


@pytest.mark.parametrize(
    "text",
    ["user experience", "login v2.0", "user=current_user", "/home/ubuntu/x", "login form.html", "login attempt2"],
)
def test_what_every_system_has_is_no_user_name(text):
    assert hidden(text, "USERNAME") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("cheers toby\n\nfix the grammar", "toby"),
        ("lg Vroni\n\nkürzer bitte", "Vroni"),
        ("Best,\nAnna", "Anna"),
        ("write to FISCHER, ANNA", "FISCHER, ANNA"),
        ("Mr Young called", "Mr Young"),
    ],
)
def test_signatures_and_titles_give_names_away(text, value):
    assert any(value in name for name in hidden(text, "PERSON"))


@pytest.mark.parametrize("text", ["Cheers everyone", "best practice", "Best,\nthe team", "thanks for this"])
def test_a_closing_without_a_name_is_left(text):
    assert hidden(text, "PERSON") == []
