r"""The promise P1 to P7 in numbers: shares, bounds, pairs and verdicts, by one set of counting rules.

Words are `\w+` after NFKC and case folding, counted with multiplicity. The whole is the message with its hidden
values; a provider's part is the words of it that stand in the fragments it was sent, without tokens. A fragment
sent twice to it counts once, and no word counts more often than it stands in the message.

Everything here is recomputed from the plan and from what was sent; nothing is taken on trust from the stages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from bot.model.plan import ATOM, Entity, Masked, Plan
from bot.model.question import Origin
from bot.privacy.kinds import LITERAL, WHAT, WHO
from bot.privacy.mask import unmask
from bot.privacy.tokens import key_of

_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W_]+")
_SEPARATORS = re.compile(r"[\W_]+")
_ANYWHERE = 6
_ROUNDING = 1e-9
_TOKEN = re.compile(r"[A-Z]+(?:_[A-Z]+)*_[0-9]+[A-Z][A-Z0-9]")
_SLACK_MARKUP = re.compile(
    r"<(?:[@#][A-Z0-9]{2,}|!(?:subteam\^|here|channel|everyone))|\.slack\.com/(?:archives|client|files|team|messages)/"
)

Sent = Mapping[str, Mapping[int, str]]
"""Provider -> fragment number -> the exact text that was sent, over all attempts."""


class Meter(Protocol):
    """From fragment numbers to the share of the message's words in them together, with what the provider knew."""

    def __call__(self, numbers: Collection[int], provider: str = "") -> float:
        """Return the share; without a provider only the fragments count."""
        ...


def words(text: str) -> Counter[str]:
    """Count the words of a text; atoms are none."""
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", ATOM.sub(" ", text)).casefold()))


def total(plan: Plan) -> Counter[str]:
    """Count the words of the whole message, hidden values included."""
    return words(unmask(Masked(plan.message, plan.entities)))


def hidden(plan: Plan) -> tuple[Entity, ...]:
    """Return the values that are hidden in what may be sent: those of parts that only count in shares are none."""
    if not plan.known:
        return plan.entities
    held = {int(place[1]) for fragment in plan.fragments for place in ATOM.finditer(fragment.text)}
    return tuple(entity for index, entity in enumerate(plan.entities) if index in held)


def meter(plan: Plan) -> Meter:
    """Return the function from fragment numbers to their share; it counts the words once and for all."""
    whole = total(plan)
    size = whole.total() or 1
    counted = {fragment.number: words(fragment.text) & whole for fragment in plan.fragments}
    known = {provider: words(text) & whole for provider, text in plan.known.items()}

    def measure(numbers: Collection[int], provider: str = "") -> float:
        seen = Counter(known.get(provider, ()))
        for number in set(numbers) & counted.keys():
            seen.update(counted[number])
        return sum(min(count, whole[word]) for word, count in seen.items()) / size

    return measure


def share(plan: Plan, numbers: Collection[int], provider: str = "") -> float:
    """Return the share of the message's words in the fragments of these numbers together, and in what it knew."""
    return meter(plan)(numbers, provider)


def shares(plan: Plan, sent: Mapping[str, Collection[int]]) -> dict[str, float]:
    """Return the share of each provider outside the house that was sent these fragments."""
    measure = meter(plan)
    return {provider: measure(numbers, provider) for provider, numbers in sent.items() if provider != plan.house}


def routed(plan: Plan) -> dict[str, set[int]]:
    """Return which fragments the plan itself sends to each provider."""
    result: dict[str, set[int]] = {}
    for fragment, provider in zip(plan.fragments, plan.routes, strict=True):
        result.setdefault(provider, set()).add(fragment.number)
    return result


def bound(plan: Plan, max_share: float) -> float:
    """Return the largest share that one provider may see (P2): the setting, or that of the largest fragment.

    What stays in the house makes no bound for others.
    """
    measure = meter(plan)
    if plan.pinned:
        return max((max_share, *shares(plan, routed(plan)).values()))
    outside = (f.number for f, route in zip(plan.fragments, plan.routes, strict=True) if route != plan.house)
    return max((max_share, *(measure({number}) for number in outside)))


def allows(plan: Plan, sent: Mapping[str, Collection[int]], number: int, provider: str) -> bool:
    """Tell whether the provider may get this fragment too (P7), after what it was sent already.

    The house model may see everything; but it takes over only what goes along with answers of other parts (P5).
    """
    if plan.pinned and provider != plan.routes[number - 1]:
        return False
    needs = bool(plan.fragments[number - 1].needs)
    if provider == plan.house:
        return needs
    if needs or plan.routes[number - 1] == plan.house:
        return False
    numbers = {*sent.get(provider, ()), number}
    texts = [f.text for f in plan.fragments if f.number in numbers]
    if linked_pairs(plan.entities, texts):
        return False
    # Sums of thousandths are not exact: without the rounding a share that equals the bound is refused by chance.
    return share(plan, numbers, provider) <= plan.bound + _ROUNDING


def linked_pairs(entities: Iterable[Entity], texts: Iterable[str]) -> int:
    """Count the pairs of who and what that stand in clear in these texts, all sent to one provider (P3)."""
    clear = {(e.type, _squeezed(e.value)) for e in in_clear(entities, texts)}
    return sum(kind in WHO for kind, _ in clear) * sum(kind in WHAT for kind, _ in clear)


def verdicts(
    plan: Plan, sent: Sent, origin: Origin | None = None, answered: Mapping[int, str] = MappingProxyType({})
) -> dict[str, bool]:
    """Judge P1 to P5 and P7 by the texts that were really sent.

    P7 asks that, once anything went elsewhere than planned, all of P1 to P5 still hold. `answered` is which provider
    answered which fragment: the answers that another one needs may only go where they came from, or to the house.
    """
    parsed = {p: {n: _parse(plan, n, text) for n, text in texts.items()} for p, texts in sent.items()}
    clear = {p: [(found[0] if found else texts[n]) for n, found in parsed[p].items()] for p, texts in sent.items()}
    whole = total(plan)
    kept = {
        "P1": not any(in_clear(plan.entities, texts) for texts in clear.values()),
        "P2": all(
            _portion(whole, [*texts, plan.known.get(p, "")]) <= plan.bound + _ROUNDING
            for p, texts in clear.items()
            if p != plan.house
        ),
        "P3": not any(linked_pairs(plan.entities, texts) for texts in clear.values()),
        "P4": _no_join_keys(parsed, sent, origin),
        "P5": all(found is not None for texts in parsed.values() for found in texts.values())
        and all(answered.get(need) in (None, p) for p, need in _told(plan, sent) if p != plan.house),
    }
    planned = routed(plan)
    moved = any(not set(texts) <= planned.get(provider, set()) for provider, texts in sent.items())
    return kept | {"P7": not moved or all(kept.values())}


def _told(plan: Plan, sent: Sent) -> Iterator[tuple[str, int]]:
    """Yield which provider was told the answer of which fragment, along with one that needs it."""
    for provider, texts in sent.items():
        yield from ((provider, need) for f in plan.fragments if f.number in texts for need in f.needs)


_Parsed = tuple[str, tuple[tuple[int, str], ...]]
"""The clear part of a text, and which token stood for which entity."""


def _portion(whole: Counter[str], texts: Iterable[str]) -> float:
    seen: Counter[str] = Counter()
    for text in texts:
        seen += words(text)
    return (whole & seen).total() / whole.total() if whole else 0.0


def _parse(plan: Plan, number: int, text: str) -> _Parsed | None:
    """Return what a text that was sent holds, or None when it is not exactly that fragment with tokens in it."""
    fragment = next((f for f in plan.fragments if f.number == number), None)
    if fragment is None:
        return None
    clear: list[str] = []
    found: list[tuple[int, str]] = []
    literals = ATOM.split(fragment.text)
    at = 0
    for place, piece in enumerate(literals):
        if place % 2:
            token = _TOKEN.match(text, at)
            if token is None:
                return None
            found.append((int(piece), token[0]))
            at = token.end()
        elif text.startswith(piece, at):
            clear.append(piece)
            at += len(piece)
        else:
            return None
    return (" ".join(clear), tuple(found)) if at == len(text) else None


def _no_join_keys(parsed: Mapping[str, Mapping[int, _Parsed | None]], sent: Sent, origin: Origin | None) -> bool:
    """Tell whether no token key stands at two providers and no Slack id at any (P4)."""
    owner: dict[str, str] = {}
    for provider, texts in parsed.items():
        keys = {key_of(token) for found in texts.values() if found for _, token in found[1]}
        if any(owner.setdefault(key, provider) != provider for key in keys):
            return False
    ids = [i for i in (origin.team, origin.channel, origin.user, origin.ts, origin.thread_ts) if i] if origin else []
    return not any(
        _SLACK_MARKUP.search(text) or any(i in text for i in ids) for texts in sent.values() for text in texts.values()
    )


@dataclass(frozen=True, slots=True)
class _Clear:
    """A text made ready to look for values in; `words` tells of each whether it stands there with a capital."""

    folded: str
    squeezed: str
    words: dict[str, bool]

    @classmethod
    def of(cls, text: str) -> _Clear:
        """Fold a text; atoms are cut out."""
        plain = unicodedata.normalize("NFKC", ATOM.sub(" ", text))
        words: dict[str, bool] = {}
        for word in set(_LETTERS.findall(plain)):
            words[word.casefold()] = words.get(word.casefold(), False) or not word.islower()
        return cls(plain.casefold(), _squeezed(plain), words)

    def holds(self, entity: Entity) -> bool:
        """Tell whether the value stands here, but for a name that is written small as an ordinary word (`will`)."""
        value = _squeezed(entity.value)
        if not value or value not in self.squeezed:
            return False
        # The second half is for scripts without capitals and spaces: `张伟` stands inside a run of letters.
        if (len(value) >= _ANYWHERE and not value.isalpha()) or (value.isalpha() and value.upper() == value):
            return True
        if _LETTERS.fullmatch(entity.value):
            small = entity.value.islower()
            return any(form in self.words and (small or self.words[form]) for form in (value, f"{value}s"))
        spelled = r"[\W_]*".join(map(re.escape, value))
        return re.search(rf"(?<![^\W_]){spelled}s?(?![^\W_])", self.folded) is not None


def in_clear(entities: Iterable[Entity], texts: Iterable[str]) -> list[Entity]:
    """Return the entities whose value stands in one of the texts, compared after folding and without separators."""
    haystacks = [_Clear.of(text) for text in texts]
    return [entity for entity in entities if entity.type != LITERAL and any(h.holds(entity) for h in haystacks)]


def _squeezed(text: str) -> str:
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).casefold())
