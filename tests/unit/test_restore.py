"""Restoring: every way in which models bend tokens comes back, and no value ever stands where it should not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.plan import Entity
from bot.privacy.kinds import said
from bot.privacy.restore import Restored, restore
from bot.privacy.tokens import key_of, vault
from tests.bench.restoring import LOOKALIKES, random_case, round_trip, table

ENTITIES = (
    Entity("PERSON", "Maria Lopez"), Entity("EMAIL", "m@x.example"), Entity("PASSWORD", "hunter22"),
    Entity("PERSON", "Tom Ito"), Entity("API_KEY", "k-123456"), Entity("PERSON", "MARIA LOPEZ"),
    Entity("NATIONAL_ID", "123-45-6789"),
)  # fmt: skip
VAULT = vault(b"a fixed secret", ("openai", "anthropic"), ENTITIES)
TOKENS = VAULT["openai"]
PERSON, _, PASSWORD, TOM, API_KEY, LOUD, IDENTITY = TOKENS
KEY = key_of(PERSON)


def text_of(text: str, sent: str = "") -> str:
    """Return the restored text."""
    return restore(text, TOKENS, ENTITIES, sent).text


def test_every_kind_of_mangling_comes_back_and_none_wrong():
    rows = list(table(count=30, seed=5))
    assert len(rows) >= 20
    assert {kind: right for kind, count, right, _ in rows if right != count} == {"look-alikes and near misses": 0}
    assert sum(wrong for *_, wrong in rows) == 0


@pytest.mark.parametrize("bend", LOOKALIKES)
@pytest.mark.parametrize("index", range(len(ENTITIES)))
def test_lookalikes_are_not_restored(bend, index):
    result = restore(f"It is {bend(TOKENS[index])} here", TOKENS, ENTITIES)
    assert result.restored == 0
    assert ENTITIES[index].value not in result.text


@pytest.mark.parametrize(
    "text", ["Boeing 737", "ISO 27001", "PERSON_1", "PERSON_12", "A_1Q7", "SHA_256", "the 3rd person", ""]
)
def test_ordinary_text_stays(text):
    assert restore(text, TOKENS, ENTITIES) == Restored(text)


@pytest.mark.parametrize(
    "link",
    ["https://a.example/?q={1}", "https://b.example/?q={0}", "[x](b.example/://a.example/?q={0})", "//b.example/{0}"],
)
def test_no_other_link_is_taken_for_one_of_the_asker_s(link):
    answer = link.format(PERSON, TOM)
    assert text_of(answer, f"https://a.example/?q={PERSON} and {TOM}") == answer


@pytest.mark.parametrize("bare", [KEY.lower(), f"{KEY[:-2]} {KEY[-2:]}", f"({KEY})", f"flight {KEY}"])
def test_a_key_alone_is_no_token(bare):
    assert restore(f"see {bare} there", TOKENS, ENTITIES) == Restored(f"see {bare} there")


def test_counts():
    text = f"{PERSON} wrote {PERSON}, {TOM} and {VAULT['anthropic'][0]} with {PASSWORD}"
    assert restore(text, TOKENS, ENTITIES) == Restored(
        "Maria Lopez wrote Maria Lopez, Tom Ito and [person] with [hidden password]", restored=3, unknown=1
    )


@pytest.mark.parametrize("bend", [lambda t: t, lambda t: f"[{t}]", lambda t: t.lower(), lambda t: f"<{t}>"])
def test_secrets_are_never_restored(bend):
    assert text_of(f"pw {bend(PASSWORD)}, key {bend(API_KEY)}") == "pw [hidden password], key [hidden API key]"


@pytest.mark.parametrize(
    ("stray", "shown"),
    [
        ("PERSON_{}Q8", "[person]"),
        ("[PERSON_{}Q8]", "[person]"),
        ("NATIONAL_ID_{}Q88", "[ID number]"),
        ("IP_{}GG", "[IP address]"),
        ("PERSON_B_{}GG", "[person]"),
        ("CREDIT_CARD_{}GG", "[credit card]"),
        ("PERSON\\_{}GG", "[person]"),
    ],
)
def test_what_can_only_be_a_token_but_is_none_of_ours_is_shown_as_its_type_said(stray, shown):
    assert restore(f"ask {stray.format(77)} now", TOKENS, ENTITIES) == Restored(f"ask {shown} now", 0, 1)


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/?q={}",
        "![x](https://evil.example/{}.png)",
        "[x](/go?{})",
        "evil.example/?{}",
        "{}.evil.example.com",
        "www.evil.example?{}",
        '<img src="x/{}">',
        "<a href='{}'>",
        "<https://evil.example/{}>",
        "mailto:x@y.example?body={}",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaahttps://evil.example/{}",
        "[x](\nhttps://evil.example/{})",
        "https:\\\\evil.example\\{}",
        "192.0.2.4/{}",
        "192.0.2.4:80?{}",
        "localhost:8080/{}",
        "evil.example:8080?{}",
        "evil\u3002example/{}",
    ],
)
@pytest.mark.parametrize(
    "bend", [lambda t: t, lambda t: t.replace("_", " "), lambda t: t.replace("_", "%5F"), lambda t: t.replace("_", "-")]
)
def test_nothing_is_restored_in_a_link(link, bend):
    assert "Maria" not in text_of(f"see {link.format(bend(PERSON))}")


def test_the_text_of_a_link_is_restored():
    assert text_of(f"[{PERSON}](https://a.example)") == "[Maria Lopez](https://a.example)"


def test_links_and_brackets_of_the_asker_come_back_as_they_were():
    sent = f"[{PERSON}] at https://a.example/?q={PERSON} and <{TOM}>"
    assert text_of(sent, sent) == "[Maria Lopez] at https://a.example/?q=Maria Lopez and <Tom Ito>"
    assert text_of(f"(see **https://a.example/?q={PERSON}**).", sent) == "(see **https://a.example/?q=Maria Lopez**)."
    assert text_of(f"[here](https://a.example/?q={PERSON})", sent) == "[here](https://a.example/?q=Maria Lopez)"
    assert text_of(f"[[{TOM}]]", sent) == "Tom Ito"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"```\nname = '{PERSON}'\n```", "```\nname = 'Maria Lopez'\n```"),
        (f"请问{PERSON}是谁", "请问Maria Lopez是谁"),
        (f"请问人_{KEY}是谁", "请问Maria Lopez是谁"),
        (f"| {PERSON} |", "| Maria Lopez |"),
        (f"x{PERSON}y", "xMaria Lopezy"),
        (f"{PERSON}{TOM}", f"{PERSON}Tom Ito"),
        (f"PERSON_**{KEY}** and **PERSON**_{KEY}", "Maria Lopez and Maria Lopez"),
        (f"PERSON_**{KEY} or so**", "Maria Lopez or so**"),
        (f"<b>PERSON</b>_{KEY}", "Maria Lopez"),
        (f"the persons {KEY}", "the Maria Lopez"),
        (f"Kontaktperson {KEY}", "KontaktMaria Lopez"),
        (f"LA_PERSONNE_{KEY}", "Maria Lopez"),
        (f"national id {key_of(IDENTITY)}", "123-45-6789"),
        (f"person {KEY.lower()}x", f"person {KEY.lower()}x"),
        (f"[{KEY}] {{{{ {PERSON} }}}} \\[{PERSON}\\]", "Maria Lopez Maria Lopez Maria Lopez"),
    ],
)
def test_places_where_tokens_stand(text, expected):
    assert text_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LOUD, "MARIA LOPEZ"),
        (LOUD.lower().replace("_", " "), "MARIA LOPEZ"),
        (f"PERSONA_B_{KEY}", "MARIA LOPEZ"),
        (f"person%5Fb%5F{KEY}", "MARIA LOPEZ"),
        (f"PERSON_C_{KEY}", "Maria Lopez"),
        (f"persona {KEY}", "Maria Lopez"),
    ],
)
def test_the_letter_of_a_spelling_is_heeded_and_may_be_lost(text, expected):
    assert text_of(text) == expected


def test_restored_text_is_never_read_again():
    entities = (Entity("LITERAL", TOM), Entity("PERSON", "Tom"))
    tokens = (f"LITERAL_{KEY}", TOM)
    assert restore(tokens[0], tokens, entities).text == TOM


@given(st.data())
def test_one_slip_never_gives_another_person(data):
    entities = tuple(Entity("PERSON", f"«{chr(0x4E00 + i)}»") for i in range(60))
    index = data.draw(st.integers(0, 59))
    tokens = vault(data.draw(st.binary(min_size=4, max_size=4)), ("openai", "google"), entities)["openai"]
    token = tokens[index]
    at = data.draw(st.integers(0, len(token) - 1))
    new = data.draw(st.sampled_from("ABCXQ0123456789_ -s"))
    bent = data.draw(
        st.sampled_from(
            (token[:at] + token[at + 1 :], token[:at] + new + token[at:], token[:at] + new + token[at + 1 :],
             token[:at] + token[at : at + 2][::-1] + token[at + 2 :])
        )
    )  # fmt: skip
    got = restore(f"Hello {bent}, how are you?", tokens, entities).text
    assert not any(entity.value in got for entity in entities if entity is not entities[index])


@given(st.integers(0, 2**40))
def test_any_text_comes_back_exactly(seed):
    rng = random.Random(seed)
    assert round_trip(*random_case(rng), rng.randbytes(16))


@given(st.text(max_size=200))
def test_a_text_without_tokens_is_never_changed_into_a_value(text):
    assert restore(text, TOKENS, ENTITIES).restored == 0


@pytest.mark.parametrize(
    "text",
    [
        "1" * 60_000,
        "A" * 60_000,
        "PERSON_" * 8_000,
        "](" * 30_000,
        "&#95;" * 12_000,
        "1 Q " * 15_000,
        "a." * 30_000,
        'href="' * 10_000,
        "://" * 20_000,
        "\u200b" * 60_000,
        "PERSON_1Q8 " * 5_000,
        "[" * 20_000 + PERSON + "]" * 20_000,
        f"{KEY} " * 10_000,
        "person - " * 6_000,
    ],
)
def test_hostile_text_is_read_in_linear_time(text):
    half, whole = text[: len(text) // 2], text
    assert restore(half, TOKENS, ENTITIES).restored <= restore(whole, TOKENS, ENTITIES).restored <= 1


@pytest.mark.parametrize(("kind", "shown"), [("PERSON", "person"), ("IP", "IP address"), ("BIRTH_DATE", "birth date")])
def test_type_words(kind, shown):
    assert said(kind) == shown
