"""Tokens: the contract's shape, one per value, never two near to each other, never one that the user wrote."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.plan import Entity, atom
from bot.privacy.kinds import LITERAL
from bot.privacy.tokens import FIRST, SECOND, counts, flat, key_of, render, vault

CONTRACT = re.compile(r"[A-Z]+(?:_[A-Z]+)*_[0-9]+[A-Z0-9]{2}")
PROVIDERS = ("openai", "anthropic", "google")
SECRET = b"0123456789abcdef"
PEOPLE = tuple(Entity("PERSON", f"Name{i} Surname{i}") for i in range(40))


def tokens(secret, provider, entities, text=""):
    """Return the tokens at a provider that is alone."""
    return vault(secret, (provider,), entities, text)[provider]


def within_one_edit(a: str, b: str) -> bool:
    """Tell whether one insertion, removal, change or swap of neighbours turns a into b, the slow way."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    if len(a) < len(b):
        return any(a == b[:i] + b[i + 1 :] for i in range(len(b)))
    different = [i for i in range(len(a)) if a[i] != b[i]]
    swapped = len(different) == 2 and different[1] == different[0] + 1 and a[different[0]] == b[different[1]]
    return len(different) <= 1 or (swapped and a[different[1]] == b[different[0]])


@pytest.mark.parametrize("kind", ["PERSON", "API_KEY", "IP", "odd type 2", "Ünïcode9", "42"])
def test_tokens_have_the_shape_of_the_contract(kind):
    (token,) = tokens(SECRET, "openai", [Entity(kind, "value")])
    assert CONTRACT.fullmatch(token)


def test_the_number_is_small_and_the_check_has_no_lookalikes():
    keys = [key_of(token) for token in tokens(SECRET, "openai", PEOPLE)]
    assert all(1 <= int(key[:-2]) <= 99 and key[-2] in FIRST and key[-1] in SECOND for key in keys)
    assert len({key[:-2] for key in keys}) == len(PEOPLE)
    assert not set(FIRST + SECOND) & set("ILOSZB01258")


def test_they_are_derived_from_secret_provider_and_value_alone():
    entities = (Entity("PERSON", "Maria Lopez"), Entity("EMAIL", "m@x.example"))
    assert vault(SECRET, PROVIDERS, entities) == vault(SECRET, PROVIDERS, entities)
    assert tokens(SECRET, PROVIDERS[0], entities) == vault(SECRET, PROVIDERS, entities)[PROVIDERS[0]]
    ways = [tokens(s, p, entities) for s in (SECRET, b"another") for p in PROVIDERS]
    assert len(set(itertools.chain(*ways))) == 2 * len(ways)


def test_no_two_keys_of_a_request_are_within_one_edit_of_each_other():
    keys = [key_of(token) for of in vault(SECRET, PROVIDERS, PEOPLE).values() for token in of]
    assert len(set(keys)) == 3 * len(PEOPLE)
    assert not any(within_one_edit(a, b) for a, b in itertools.combinations(keys, 2))


def test_spellings_of_one_value_share_a_key_and_are_told_apart_by_a_letter():
    spellings = ("Maria Lopez", "MARIA LOPEZ", "maria\n lopez", "Ｍaria Lopez", "Maria", "lopez")
    found = tokens(SECRET, "openai", [Entity("PERSON", value) for value in spellings])
    assert len({key_of(token) for token in found}) == 1
    assert [token.split("_")[1:-1] for token in found] == [[], ["B"], ["C"], ["D"], ["E"], ["F"]]


def test_part_of_two_names_is_neither():
    found = tokens(SECRET, "openai", [Entity("PERSON", v) for v in ("Maria Lopez", "Maria Chen", "Maria", "Chen")])
    keys = [key_of(token) for token in found]
    assert len(set(keys)) == 3
    assert keys[3] == keys[1]


def test_secrets_and_other_types_are_the_same_only_when_they_are_equal():
    entities = [
        Entity("PASSWORD", "abc"),
        Entity("PASSWORD", "ABC"),
        Entity("PERSON", "abc"),
        Entity("PASSWORD", "abc"),
    ]
    keys = [key_of(token) for token in tokens(SECRET, "openai", entities)]
    assert len(set(keys)) == 3
    assert keys[0] == keys[3]


def test_a_key_that_stands_in_the_message_is_never_used():
    entities = (Entity("PERSON", "Maria"),)
    (first,) = tokens(SECRET, "openai", entities)
    for written in (key_of(first), key_of(first).lower(), f"seat {key_of(first)[:-2]} {key_of(first)[-2:]}!"):
        (other,) = tokens(SECRET, "openai", entities, text=f"{atom(0)} has {written}")
        assert key_of(other) != key_of(first)


def test_rendering_replaces_every_atom():
    assert render(f"{atom(1)} and {atom(0)}, {atom(1)}", ("A_1Q7", "B_2X3")) == "B_2X3 and A_1Q7, B_2X3"


def test_many_values_get_longer_numbers_and_stay_apart():
    entities = [Entity("EMAIL", f"a{i}@x.example") for i in range(1500)]
    keys = [key_of(token) for of in vault(SECRET, PROVIDERS, entities).values() for token in of]
    assert len(set(keys)) == 4500
    assert max(int(key[:-2]) for key in keys) <= 9999


def test_counts_are_of_different_values_without_what_is_only_reserved():
    entities = [Entity("PERSON", "Maria"), Entity("PERSON", "MARIA"), Entity("ORG", "X"), Entity(LITERAL, "PERSON_1Q7")]
    assert counts(entities) == {"ORG": 1, "PERSON": 1}


@given(st.text())
def test_flattening_keeps_every_character_at_its_place(text):
    assert len(flat(text)) == len(text)


def test_flattening_makes_what_only_looks_different_plain():
    assert flat("Ｑ７＿\u200b\u2011\u00a0𝐐\t") == "Q7_\x00- Q "


@given(st.lists(st.tuples(st.sampled_from(("PERSON", "ORG", "PASSWORD")), st.text(min_size=1)), max_size=12), st.text())
def test_tokens_of_any_values_differ_between_values_and_providers(values, text):
    entities = [Entity(*value) for value in dict.fromkeys(values)]
    found = list(itertools.chain(*vault(SECRET, PROVIDERS, entities, text).values()))
    assert len(set(found)) == len(found)
    assert all(map(CONTRACT.fullmatch, found))
