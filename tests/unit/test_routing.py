"""Assignment: nobody sees more than they must, and nobody always sees the first part."""

from collections import Counter

import pytest

from bot.errors import Indivisible, NoRouteAllowed
from bot.model.plan import Entity, Fragment, atom
from bot.model.question import Origin
from bot.routing import KEPT_THREADS, Rotation, assign

THREE = ("openai", "anthropic", "google")


def parts(*texts: str, kind: str = "question") -> tuple[Fragment, ...]:
    return tuple(Fragment(number, len(texts), text, kind) for number, text in enumerate(texts, 1))


def by_words(fragments: tuple[Fragment, ...]):
    total = len({word for f in fragments for word in f.text.split()}) or 1

    def share(numbers: frozenset[int]) -> float:
        return len({word for f in fragments if f.number in numbers for word in f.text.split()}) / total

    return share


def route(fragments, providers=THREE, seed=b"s", **options):
    return assign(fragments, providers, share=by_words(fragments), seed=seed, **options)


def test_three_parts_go_to_three_providers():
    assert sorted(route(parts("a b", "c d", "e f"))) == sorted(THREE)


def test_the_largest_share_is_as_small_as_can_be():
    fragments = parts("a b c d e f", "g h", "i j", "k l")
    routes = route(fragments)
    assert routes.count(routes[0]) == 1


def test_parts_with_the_same_context_go_to_one_provider():
    fragments = parts("x y z a", "x y z b", "c d e f g", "h i j k l")
    routes = route(fragments)
    assert routes[0] == routes[1]
    assert len(set(routes)) == 3


def test_the_first_part_and_a_single_one_rotate():
    firsts = Counter(route(parts("a b", "c d"), seed=bytes([n]))[0] for n in range(90))
    singles = Counter(route(parts("a b"), seed=bytes([n]))[0] for n in range(90))
    assert set(firsts) == set(singles) == set(THREE)
    assert max(*firsts.values(), *singles.values()) < 60


def test_the_same_seed_gives_the_same_routes_whatever_the_order_of_the_providers():
    fragments = parts("a b", "c d", "e")
    assert route(fragments) == route(fragments, tuple(reversed(THREE)))


def test_one_provider_gets_all():
    assert route(parts("a", "b"), ("google",)) == ("google", "google")


def test_no_fragments_no_routes():
    assert route(()) == ()


def test_no_provider_is_an_error():
    with pytest.raises(NoRouteAllowed):
        route(parts("a"), ())


def test_who_and_what_are_kept_apart_when_that_costs_no_share():
    fragments = parts(f"a b {atom(0)}", f"c d {atom(1)}", "e f", "g h")
    entities = (Entity("PERSON", "Bo"), Entity("IBAN", "x"))
    for n in range(12):
        routes = route(fragments, ("openai", "google"), seed=bytes([n]), entities=entities, who={"PERSON"})
        assert routes[0] != routes[1]


def test_atoms_without_an_entity_are_no_pair():
    assert len(set(route(parts(f"a {atom(7)}", f"b {atom(8)}")))) == 2


@pytest.mark.parametrize("count", [9, 12, 30])
def test_many_parts_are_spread_well(count):
    fragments = parts(*(f"w{n} x{n} y{n}" for n in range(count)))
    loads = Counter(route(fragments).__iter__())
    assert max(loads.values()) - min(loads.values()) <= 1


def test_swaps_find_what_greed_misses():
    sizes = (5, 5, 4, 4, 3, 3, 3, 3, 3)
    fragments = parts(*(" ".join(f"{n}-{i}" for i in range(size)) for n, size in enumerate(sizes)))
    share = by_words(fragments)
    routes = route(fragments)
    assert (
        max(share(frozenset(f.number for f, r in zip(fragments, routes, strict=True) if r == p)) for p in THREE) < 0.4
    )


def test_four_providers_are_used():
    assert len(set(route(parts("a", "b", "c", "d"), (*THREE, "ollama")))) == 4


def test_code_goes_where_the_policy_says():
    fragments = (*parts("a b", "c d"), Fragment(3, 3, "x = 1", "code"))
    for n in range(6):
        routes = route(fragments, seed=bytes([n]), code_policy="google")
        assert routes[2] == "google"
        assert sorted(routes) == sorted(THREE)
    many = (*parts(*"abcdefghij"), Fragment(11, 11, "x = 1", "code"))
    assert route(many, code_policy="google")[10] == "google"


def test_code_is_dealt_like_text_or_refused():
    fragments = parts("x = 1", kind="code")
    assert route(fragments, code_policy="one")[0] in THREE
    with pytest.raises(Indivisible, match="code"):
        route(fragments, code_policy="refuse")
    with pytest.raises(NoRouteAllowed, match="code"):
        route(fragments, ("openai",), code_policy="google")
    assert route(parts("a"), code_policy="refuse")[0] in THREE


def test_a_whole_question_goes_to_whoever_had_none_in_the_thread_the_longest():
    assert {route(parts("why"), seed=bytes([n]), lately=("google", "openai")) for n in range(9)} == {("anthropic",)}
    assert route(parts("why"), lately=("google", "openai", "anthropic")) == ("google",)


def test_the_rotation_knows_its_threads_and_forgets_the_oldest():
    rotation = Rotation()
    reply = Origin("T1", "C1", "U1", "2.0", "1.0")
    for provider in ("openai", "google", "openai"):
        rotation.took(reply, provider)
    rotation.took(Origin("T1", "D1", "U1", "1.0"), "google")
    rotation.took(None, "google")

    assert rotation.lately(Origin("T1", "C1", "U2", "1.0")) == ("google", "openai")
    assert rotation.lately(Origin("T1", "D1", "U1", "9.0")) == ("google",)
    assert rotation.lately(Origin("T1", "C1", "U1", "3.0")) == rotation.lately(None) == ()
    for number in range(KEPT_THREADS):
        rotation.took(Origin("T1", f"C9{number}", "U1", "1.0"), "google")
    assert rotation.lately(reply) == ()
