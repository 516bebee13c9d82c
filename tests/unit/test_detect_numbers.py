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
        "4111 1111\n> 1111 1111",
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
        "DE89 3704 0044\n0532 0130 00",
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
        "900101-1234567",
        "11010519491231002X",
        "046-454-286",
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
        ("+49 170\n1234567 is his mobile", "+49 170\n1234567"),
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
        "jane@exam\nple.com",
        "jane.\ndoe@example.com",
        "jane@mail.exam\nple.com",
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


def test_check_digits():
    assert checks.luhn("79927398713")
    assert not checks.luhn("79927398710")
    assert checks.brazilian("11222333000181")
    assert not checks.brazilian("11111111111")
    assert checks.belgian("85073003328")
    assert checks.belgian("17073003384")
    assert checks.french("180042A00501202") == (97 - int("1800419005012") % 97 == 2)
