"""Cards, accounts, national numbers, addresses of machines, telephones, mail: by check digit, form or cue."""

from __future__ import annotations

import pytest

from bot.privacy.detect import checks
from tests.unit.detecting import found, kinds

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        "4111111111111111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111 1111 1111\n1111",
        "3782 822463 10005",
        "2223003122003222",
        "6011111111111117",
        "4111\u200b1111\u200b1111\u200b1111",
        "４１１１１１１１１１１１１１１１",
    ],
)
def test_cards_are_found_however_they_are_written(card):
    assert found(f"charge {card} please") == [("CREDIT_CARD", card)]


@pytest.mark.parametrize("text", ["order 4111111111111111", "row 1234567890123456 is null", "4111111111111112"])
def test_other_long_numbers_are_no_cards(text):
    assert found(text) == []


def test_a_cue_announces_a_card_with_a_typing_error():
    assert found("my card 4111 1111 1111 1112 fails") == [("CREDIT_CARD", "4111 1111 1111 1112")]


def test_a_card_in_a_table_is_found():
    assert found("name,card\nx,4111111111111111,y") == [("CREDIT_CARD", "4111111111111111")]


@pytest.mark.parametrize(
    "iban",
    [
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "de89 3704 0044 0532 0130 00",
        "GB29 NWBK 6016 1331 9268 19",
        "FR14 2004 1010 0505 0001 3M02 606",
        "NO93-8601-1117-947",
    ],
)
def test_ibans_are_found_however_they_are_written(iban):
    assert found(f"pay to {iban}, soon") == [("IBAN", iban)]


def test_an_iban_that_fails_the_check_needs_the_cue():
    assert found("pay DE00370400440532013000 now") == []
    assert found("IBAN DE00370400440532013000 is refused") == [("IBAN", "DE00370400440532013000")]


@pytest.mark.parametrize(
    "value",
    [
        "123-45-6789",
        "AB 12 34 56 C",
        "12345678Z",
        "X1234567L",
        "RSSMRA85T10A562S",
        "529.982.247-25",
        "52998224725",
        "2341 2341 2346",
        "ABCPE1234F",
        "756.9217.0769.85",
        "811228-9874",
        "971013-1019901",
        "123-456-782",
        "11010519491231002X",
        "131052-308T",
        "44051401359",
    ],
)
def test_national_numbers_are_known_by_form_and_check_digit(value):
    assert found(f"here: {value}.") == [("NATIONAL_ID", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("SSN is 414 28 8849 and I was late", "414 28 8849"),
        ("her social security number: 414288849", "414288849"),
        ("Steuer-ID 86095742719", "86095742719"),
        ("passport no. C01X00T47", "C01X00T47"),
        ("le NIR 2 55 08 14 168 025 38", "2 55 08 14 168 025 38"),
        ("BSN 111222333", "111222333"),
        ("driver's license D1234567", "D1234567"),
        ("id number 606 555 12", "606 555 12"),
    ],
)
def test_national_numbers_are_known_by_cue(text, value):
    assert found(text) == [("NATIONAL_ID", value)]


@pytest.mark.parametrize(
    "text",
    [
        "RFC 2616 section 14.9 or RFC 9111",
        "does pandas 2.2.2 work?",
        "part number 078-05-11200",
        "SKU 555-0199-22",
        "12345678A",
        "529.982.247",
    ],
)
def test_numbers_of_things_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("policy number AB-123456", ("ACCOUNT", "AB-123456")),
        ("my account number is 12345678", ("ACCOUNT", "12345678")),
        ("account 12345678 is empty", ("ACCOUNT", "12345678")),
        ("sort code 12-34-56", ("ACCOUNT", "12-34-56")),
        ("Kundennummer: 4711-2290", ("ACCOUNT", "4711-2290")),
        ("matriculation number 20391188", ("ACCOUNT", "20391188")),
        ("order no. A-1234567 is late", ("ORDER", "A-1234567")),
        ("número de pedido 553311", ("ORDER", "553311")),
    ],
)
def test_accounts_and_orders_are_known_by_cue(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize("text", ["Ticket 123456789 was merged", "build number 20240915", "ticket number 4455667"])
def test_tickets_and_builds_are_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "198.51.100.0/24", "192.168.001.010", "2001:db8::8a2e:370:7334", "fe80::1%eth0", "::ffff:10.1.2.3"],
)
def test_addresses_of_machines_are_found(address):
    assert found(f"block {address} now") == [("IP", address)]


def test_a_port_stays_in_clear():
    assert found("10.1.2.3:8080 and 2001:db8:1:2:3:4:5:6:443") == [("IP", "10.1.2.3"), ("IP", "2001:db8:1:2:3:4:5:6")]


@pytest.mark.parametrize(
    "text",
    [
        "version 1.2.3.4",
        "v10.0.0.1",
        "127.0.0.1",
        "255.255.255.0",
        "8.8.8.8",
        "at 10:30:45",
        "a::b",
        "300.1.2.3",
        "::1",
    ],
)
def test_versions_masks_and_loopback_are_left_alone(text):
    assert found(text) == []


def test_mac_addresses_are_found():
    assert found("wake 00:1A:2b:3C:4d:5E or 001a.2b3c.4d5e") == [
        ("MAC", "00:1A:2b:3C:4d:5E"),
        ("MAC", "001a.2b3c.4d5e"),
    ]


@pytest.mark.parametrize(
    "phone",
    [
        "+1 212-902-5309",
        "+49 (0)170 1234567",
        "(212) 982-7463",
        "212.982.7463",
        "001-238-883-6859x57489",
        "0171 2345678",
        "020 7946 0958",
        "01 42 68 53 00",
        "+91 95585 17780",
    ],
)
def test_telephone_numbers_are_found_without_a_cue(phone):
    assert found(f"so {phone}, right") == [("PHONE", phone)]


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("call me on 5957489068", "5957489068"),
        ("mein Handy: 0151-234567", "0151-234567"),
        ("su móvil es 612 34 56 78", "612 34 56 78"),
        ("612 345 678 is my mobile", "612 345 678"),
        ("tel 06.12.34.56.78", "06.12.34.56.78"),
        ("电话 13812345678", "13812345678"),
        ("name,phone\nx,312-555-0181", "312-555-0181"),
    ],
)
def test_telephone_numbers_are_found_by_cue_in_tables_and_over_lines(text, phone):
    assert found(text) == [("PHONE", phone)]


@pytest.mark.parametrize("text", ["unix time 1718035200", "meet on 01-02-2024 10:30", "p99 of 480 ms", "0x80070005"])
def test_times_and_codes_are_no_telephone_numbers(text):
    assert "PHONE" not in kinds(text)


@pytest.mark.parametrize(
    "mail",
    [
        "jane.doe+x@mail.example.co.uk",
        "JANE@EXAMPLE.COM",
        "josé@exämple.de",
        "ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ",
        "jane [at] corp [dot] com",
        "jane(at)corp.io",
        "jane at corp dot com",
    ],
)
def test_mail_addresses_are_found(mail):
    assert found(f"so {mail} bounced") == [("EMAIL", mail)]


def test_a_line_after_a_mail_address_is_not_part_of_it():
    assert found("jane@x.com\nThanks") == [("EMAIL", "jane@x.com")]
    assert found("Hello\njohn@x.com bye") == [("EMAIL", "john@x.com")]


@pytest.mark.parametrize("text", ["git@github.com:acme/widgets.git", "npm i @types/node@18.19.3", "meet @ noon"])
def test_remotes_and_packages_are_no_mail(text):
    assert "EMAIL" not in kinds(text)


def test_mentions_handles_and_links():
    assert found("<@U123ABC> in <#C99|general>, <!subteam^S12|@ops>, <!here>") == [
        ("USER", "<@U123ABC>"),
        ("CHANNEL", "<#C99|general>"),
        ("USER", "<!subteam^S12|@ops>"),
    ]
    assert found("ask @jdoe, not @channel") == [("USERNAME", "@jdoe")]
    assert found("https://linkedin.com/in/jane-doe-123") == [("USERNAME", "jane-doe-123")]
    assert found("username: jdoe77 is locked") == [("USERNAME", "jdoe77")]
    assert found("https://zoom.us/j/98765432101") == [("LINK", "98765432101")]
    assert found("what does @staticmethod do? and https://docs.python.org/3/") == []


def test_check_digits_are_those_of_python_stdnum():
    for name in ("stdnum.luhn", "stdnum.es.nif", "stdnum.in_.pan"):
        assert checks.known(name)
    assert not checks.known("stdnum.nowhere")
    assert not checks.known("os.path")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("we shipped order 88210437 to the wrong port", "88210437"),
        ("pedido 904417-2 no llegó", "904417-2"),
        ("votre commande n° FR-77120934 est partie", "FR-77120934"),
        ("zamówienie nr ZM/2281/25 czeka", "ZM/2281/25"),
        ("graag, ordernummer NL-30492", "NL-30492"),
        ("customer no KD-4471902 wants a refund", "KD-4471902"),
        ("Nº de cliente 5530218, titular", "5530218"),
        ("invoice INV-2024-0091 is overdue", "INV-2024-0091"),
        ("Kundennummer von Frau Schuster lautet 771204", "771204"),
        ("contrat numéro 77120-B", "77120-B"),
        ("ordine n. 55123 in ritardo", "55123"),
        ("policy HX771822 lapsed", "HX771822"),
        ("the acount number 88123771 is locked", "88123771"),
        ("account ending 4471 was charged", "4471"),
        ("kundenr. 118273 vil have svar", "118273"),
    ],
)
def test_numbers_of_orders_and_customers_are_known_in_many_languages(text, value):
    assert value in {hidden for kind, hidden in found(text) if kind in ("ACCOUNT", "ORDER")}


@pytest.mark.parametrize(
    "text",
    [
        "what is the order of operations 3",
        "version 2024.1 ships in March",
        "ticket prices 45",
        "case 3 of the switch never runs",
        "case 10042: break;",
        "order by created_at limit 10000",
        "payment 12500 EUR due",
        "contract renewal in 2025-12",
        "policy ISO27001 applies",
        "Hausnummer 12345?",
        "order 5000 units by May",
        "Rechnung vom 12.03.2025",
        "in case 404 happens retry",
        "id,name,price\n1001,Widget,20\n1002,Gadget,35",
    ],
)
def test_other_numbers_after_such_words_are_left_alone(text):
    assert not {"ACCOUNT", "ORDER"} & kinds(text)


def test_the_column_of_identities_is_hidden_beside_a_column_of_people():
    text = "id,name,dob\nC-1003,Ngozi Eze,1985-06-30\nC-1004,Halil Demirci,1972-11-02"
    assert {("ACCOUNT", "C-1003"), ("ACCOUNT", "C-1004"), ("BIRTH_DATE", "1972-11-02")} <= set(found(text))
    assert "ACCOUNT" not in kinds("id,title\nC-1003,Fix login\nC-1004,Docs")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("BSN van Joost: 116336006, dank", "116336006"),
        ("Steuer-ID von Aylin ist 47036829546, danke", "47036829546"),
        ("PESEL Anny to 85010112345", "85010112345"),
        ("Sozialversicherungsnummer 65 180539 W 001", "65 180539 W 001"),
        ("personnummer för Lars är 19850101-1234", "19850101-1234"),
        ("DNI de Pedro: 12345678A", "12345678A"),
    ],
)
def test_national_numbers_are_hidden_by_a_cue_even_with_a_wrong_check_digit(text, value):
    assert ("NATIONAL_ID", value) in found(text)


@pytest.mark.parametrize("text", ["a passport costs 165 in 2025", "passport expires 12/2027", "the tax id is empty"])
def test_talk_of_documents_holds_no_national_number(text):
    assert "NATIONAL_ID" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("dob on the passport scan says 3 nov 1988, ok", "3 nov 1988"),
        ("My bday is wrong in the portal, its 12/04/1991 not", "12/04/1991"),
        ("nata a Milano il 12/04/1984", "12/04/1984"),
        ("nacido en Sevilla el 4 de mayo de 1990", "4 de mayo de 1990"),
        ("geboortedatum: 3 mei 1975", "3 mei 1975"),
        ("data urodzenia Anny to 1980-03-12", "1980-03-12"),
        ("Anna, *12.03.1980, Berlin", "12.03.1980"),
    ],
)
def test_birth_dates_are_known_at_some_distance_from_their_cue(text, value):
    assert ("BIRTH_DATE", value) in found(text)


@pytest.mark.parametrize("text", ["birthday party planning for 12/05/2026 is open", "released on 3 nov 1988"])
def test_other_dates_are_no_birth_dates(text):
    assert "BIRTH_DATE" not in kinds(text.replace("planning for ", "planning, then the offsite, "))


@pytest.mark.parametrize(
    "address",
    [
        "Prinsengracht 611-II, 1016 HT Amsterdam",
        "Calle de la Ribera 23, 3º izq., 46002 Valencia",
        "Rua Augusta, 1508, apto 72, São Paulo - SP, 01304-001",
        "7 Harbour Terrace, Greystones, Co. Wicklow, A63 XY42",
        "14 rowan close, chesterfield s40 2qd",
        "12 rue de la république, 69002",
        "C/ Luna 5, 28004 Madrid",
        "ul. Długiej 14 m. 7, 80-827 Gdańsk",
        "Nørrebrogade 45, 2. tv, 2200 København",
        "Postbus 512, 3500 AM Utrecht",
    ],
)
def test_addresses_of_more_countries_are_found(address):
    kind, hidden = next(pair for pair in found(f"{address}") if pair[0] == "ADDRESS")
    assert (kind, hidden) == ("ADDRESS", address)


@pytest.mark.parametrize(
    "text",
    ["it is a 2 way street", "5 minute drive from here", "3 lane road closures", "via port 8080", "20 place types"],
)
def test_streets_of_speech_are_no_addresses(text):
    assert "ADDRESS" not in kinds(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the patient has stage 2 hypertension and missed it", "stage 2 hypertension"),
        ("she presents with atrial fibrillation and chronic kidney disease", "chronic kidney disease"),
        ("il a une hernie discale, tu peux", "une hernie discale"),
        ("le diagnosticaron diabetes gestacional a ella", "diabetes gestacional"),
        ("il sig. Esposito ha la polmonite", "la polmonite"),
        ("hij heeft longontsteking", "longontsteking"),
        ("ona ma cukrzycę typu 2", "cukrzycę typu 2"),
        ("my brother got tendonitis from typing", "tendonitis"),
        ('{"patient": "x", "diagnosis": "lumbar stenosis"}', "lumbar stenosis"),
    ],
)
def test_conditions_of_somebody_are_found_in_many_languages(text, value):
    assert ("MEDICAL", value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "What are the usual symptoms of type 2 diabetes?",
        "my analysis shows a basis for growth",
        "our academia partners wrote the thesis",
        "I feel sympathy for the team",
        "the app suffers from latency, we know",
        "he presents with slides and charts",
        "write an article about depression for our blog",
    ],
)
def test_health_as_a_topic_is_left_alone(text):
    assert "MEDICAL" not in kinds(text)


def test_an_address_of_a_private_network_stays_in_code():
    assert not found('```\nurl = "http://192.168.1.37/users"\n```\nwhy is it slow?')
    assert found('```\nurl = "http://93.184.216.34/users"\n```\nwhy is it slow?') == [("IP", "93.184.216.34")]


@pytest.mark.parametrize("wrap", ["\n", " \n", "\n> ", " \n>> "])
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("IBAN", "DE89 3704 0044{}0532 0130 00"),
        ("IBAN", "GB82 WEST 1234{}5698 7654 32"),
        ("CREDIT_CARD", "4111 1111{}1111 1111"),
        ("PHONE", "+44 20{}7946 0958"),
    ],
)
def test_a_number_that_a_line_break_cuts_is_found_whole(kind, value, wrap):
    whole = value.format(wrap)
    assert (kind, whole) in found(f"> please pay to {whole} today")


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704 0044\n0532 people came",
        "call +49 30 901820\n20 items are left",
        "4111 1111\n1111 1112\n4471 1122",
        "+999 12\n3456789",
    ],
)
def test_numbers_below_each_other_are_not_joined(text):
    assert not any("\n" in hidden for _, hidden in found(text))
