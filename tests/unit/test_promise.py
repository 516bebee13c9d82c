"""The promise in numbers: shares to the letter of the contract, bounds, pairs, and verdicts on what was really sent."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.plan import Entity, Fragment, Plan, atom
from bot.model.question import Mode, Origin
from bot.privacy import promise
from bot.privacy.tokens import render, vault

ENTITIES = (
    Entity("PERSON", "Maria Lopez"),
    Entity("MEDICAL", "epilepsy"),
    Entity("CREDIT_CARD", "4111 1111 1111 1111"),
    Entity("PERSON", "Will"),
    Entity("PERSON", "张伟"),
    Entity("LITERAL", "PERSON_1Q7"),
)
TEXTS = (
    f"What is the notice period for {atom(0)} and {atom(5)}?",
    f"How is {atom(1)} treated, and what will the bill on {atom(2)} be?",
    f"Who is {atom(3)}? And {atom(4)}?",
)
PROVIDERS = ("openai", "anthropic", "google")
PLAN = Plan(
    request_id="request-12345678",
    mode=Mode.PARALLEL,
    fragments=tuple(Fragment(number, 3, text) for number, text in enumerate(TEXTS, 1)),
    routes=PROVIDERS,
    entities=ENTITIES,
    message=" ".join(TEXTS),
    secret=b"a fixed secret",
    bound=0.6,
)
ORIGIN = Origin(team="T0AB12CD3", channel="C0AB12CD3", user="U0AB12CD3", ts="1700000000.000100")
ALL_KEPT = {"P1": True, "P2": True, "P3": True, "P4": True, "P5": True, "P7": True}


def tokens_of(plan: Plan, name: str) -> tuple[str, ...]:
    """Return a provider's tokens."""
    return vault(plan.secret, PROVIDERS, plan.entities, plan.message)[name]


def sent_by(plan: Plan, routes: dict[str, tuple[int, ...]]) -> dict[str, dict[int, str]]:
    """Return what is sent when each provider gets these fragments."""
    return {
        name: {n: render(plan.fragments[n - 1].text, tokens_of(plan, name)) for n in numbers}
        for name, numbers in routes.items()
    }


AS_PLANNED = sent_by(PLAN, {"openai": (1,), "anthropic": (2,), "google": (3,)})


def with_text(text: str, provider: str = "openai", number: int = 1) -> dict[str, dict[int, str]]:
    """Return what was sent as planned, but for one text."""
    return {name: dict(texts) | ({number: text} if name == provider else {}) for name, texts in AS_PLANNED.items()}


def test_words_are_folded_counted_and_without_atoms():
    assert promise.words(f"The the ＴＨＥ Straße_1 {atom(12)}") == Counter({"the": 3, "strasse_1": 1})


def test_hidden_values_count_in_the_whole_and_never_in_a_part():
    plan = replace(PLAN, message=f"ask {atom(0)} now", fragments=(Fragment(1, 1, f"ask {atom(0)} now"),))
    assert promise.total(plan).total() == 4
    assert promise.share(plan, {1}) == 0.5


def test_words_that_are_repeated_to_one_provider_count_once():
    plan = replace(
        PLAN, message="alpha beta beta gamma", fragments=(Fragment(1, 2, "alpha beta"), Fragment(2, 2, "Alpha"))
    )
    assert promise.share(plan, {1, 2}) == promise.share(plan, [1, 2, 2]) == promise.share(plan, {1}) == 0.5
    assert promise.share(plan, set()) == 0.0


def test_our_own_words_do_not_count():
    plan = replace(PLAN, message="alpha beta", fragments=(Fragment(1, 1, "Context: alpha"),))
    assert promise.share(plan, {1}) == 0.5


def test_a_message_without_words_has_no_share():
    assert promise.share(replace(PLAN, message="?!", fragments=(Fragment(1, 1, "?!"),)), {1}) == 0.0


def test_shares_of_several_providers_and_routes():
    sent = promise.routed(replace(PLAN, routes=("openai", "google", "openai")))
    assert sent == {"openai": {1, 3}, "google": {2}}
    shares = promise.shares(PLAN, sent)
    assert shares == {"openai": promise.share(PLAN, {1, 3}), "google": promise.share(PLAN, {2})}
    assert 0 < shares["google"] <= shares["openai"] < 1


def test_the_bound_is_the_setting_or_the_largest_fragment():
    assert promise.bound(PLAN, 0.6) == 0.6
    assert promise.bound(PLAN, 0.1) == max(promise.share(PLAN, {n}) for n in (1, 2, 3))


def test_failover_is_allowed_only_within_the_bound():
    two = promise.share(PLAN, {1, 2})
    assert promise.allows(replace(PLAN, bound=two), {"openai": {1}}, 2, "openai")
    assert promise.allows(replace(PLAN, bound=two), {"openai": {1, 2}}, 2, "openai")
    assert not promise.allows(replace(PLAN, bound=two - 0.01), {"openai": {1}}, 2, "openai")
    assert promise.allows(replace(PLAN, bound=two - 0.01), {"openai": {1}}, 2, "google")


def test_failover_never_joins_a_pair_in_clear():
    leaky = replace(
        PLAN, bound=1.0, fragments=(Fragment(1, 2, "Maria Lopez asks"), Fragment(2, 2, "is epilepsy covered"))
    )
    assert promise.allows(leaky, {"openai": {1}}, 2, "google")
    assert not promise.allows(leaky, {"openai": {1}}, 2, "openai")


@pytest.mark.parametrize(
    ("texts", "pairs"),
    [
        (["Maria Lopez has epilepsy"], 1),
        (["maria  lopez", "EPILEPSY and 4111-1111-1111-1111"], 2),
        (["Maria and epilepsy"], 0),
        (["Maria Lopez"], 0),
        ([], 0),
    ],
)
def test_linked_pairs_in_clear(texts, pairs):
    assert promise.linked_pairs(ENTITIES, texts) == pairs


def test_everything_is_kept_when_the_plan_is_followed():
    assert promise.verdicts(PLAN, AS_PLANNED, ORIGIN) == ALL_KEPT
    assert promise.verdicts(PLAN, {}) == ALL_KEPT


@pytest.mark.parametrize(
    "leak",
    [
        "Maria Lopez",
        "maria\nLOPEZ",
        "M-a-r-i-a Lopez",
        "Ｍaria Lopez",
        "41111111 11111111",
        "x4111111111111111",
        "Will",
        "wills'? No: WILL",
        "epilepsy's",
        "请问张伟是谁",
    ],
)
def test_a_value_in_clear_breaks_p1(leak):
    verdicts = promise.verdicts(PLAN, with_text(f"Tell me about {leak} please"))
    assert not verdicts["P1"]
    assert not verdicts["P5"]


@pytest.mark.parametrize("harmless", ["I will go", "Maria", "William", "epileptic", "PERSON_1Q7", "4111"])
def test_other_words_do_not_break_p1(harmless):
    assert promise.verdicts(PLAN, with_text(f"Tell me about {harmless}"))["P1"]


def test_a_share_above_the_bound_breaks_p2_and_after_a_failover_p7():
    everything = sent_by(PLAN, {"openai": (1, 2, 3)})
    assert promise.verdicts(PLAN, everything) == ALL_KEPT | {"P2": False, "P7": False}
    assert promise.verdicts(replace(PLAN, bound=1.0), everything) == ALL_KEPT
    whole = replace(PLAN, routes=("openai",) * 3)
    assert promise.verdicts(whole, sent_by(whole, {"openai": (1, 2, 3)})) == ALL_KEPT | {"P2": False}


def test_a_pair_in_clear_at_one_provider_breaks_p3():
    verdicts = promise.verdicts(PLAN, with_text("Maria Lopez has epilepsy"))
    assert not verdicts["P3"]
    apart = with_text("Maria Lopez") | {"google": {3: "epilepsy"}}
    assert promise.verdicts(PLAN, apart)["P3"]


def test_the_same_token_at_two_providers_breaks_p4():
    tokens = tokens_of(PLAN, "openai")
    twice = AS_PLANNED | {"google": {1: render(TEXTS[0], tokens)}}
    assert promise.verdicts(PLAN, twice)["P5"]
    assert not promise.verdicts(PLAN, twice)["P4"]


@pytest.mark.parametrize(
    "text", ["ask <@U0AB12CD3>", "in <#C0AB12CD3|general>", "<!here> hi", "<!subteam^S012>", "U0AB12CD3"]
)
def test_a_slack_id_breaks_p4(text):
    assert not promise.verdicts(PLAN, with_text(text), ORIGIN)["P4"]


@pytest.mark.parametrize("text", ["is a < b?", "<@ home>", "T0AB12CD"])
def test_what_only_resembles_an_id_does_not(text):
    assert promise.verdicts(PLAN, with_text(text), ORIGIN)["P4"]


@pytest.mark.parametrize(
    "bend",
    [
        lambda text: text + " Answer: it is 30 days",
        lambda text: "You said: " + text,
        lambda text: text.replace("PERSON_", "person_"),
        lambda text: text[:-1],
        lambda text: AS_PLANNED["google"][3] or text,
    ],
)
def test_a_text_that_is_not_exactly_the_fragment_breaks_p5(bend):
    assert not promise.verdicts(PLAN, with_text(bend(AS_PLANNED["openai"][1])))["P5"]


def test_a_fragment_that_is_not_in_the_plan_breaks_p5():
    assert not promise.verdicts(PLAN, {"openai": {9: "anything"}})["P5"]


def test_a_failover_that_keeps_everything_keeps_p7():
    moved = sent_by(replace(PLAN, bound=1.0), {"openai": (1,), "anthropic": (2,), "google": (2, 3)})
    assert promise.verdicts(replace(PLAN, bound=1.0), moved) == ALL_KEPT


@given(
    st.lists(st.sampled_from(("alpha", "Beta", "beta", atom(0), "_", "x-y")), min_size=1, max_size=20),
    st.integers(1, 5),
)
def test_a_share_grows_with_what_is_sent_and_never_above_one(pieces, size):
    parts = [" ".join(pieces[i : i + size]) for i in range(0, len(pieces), size)]
    fragments = tuple(Fragment(i, len(parts), part) for i, part in enumerate(parts, 1))
    plan = replace(PLAN, message=" ".join(pieces), fragments=fragments, routes=("openai",) * len(parts))
    shares = [promise.share(plan, set(range(1, upto + 1))) for upto in range(len(parts) + 1)]
    assert shares == sorted(shares)
    assert shares[-1] <= 1.0
    assert promise.bound(plan, 0.0) == pytest.approx(max(promise.share(plan, {f.number}) for f in fragments))
