"""Which earlier words go along with a question of a thread, and to whom.

Nobody learns more than it knew: question and answer of the part that it leans on go to that part's provider alone. What
people said since is quoted with its authors, bounded, and masked with all the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from bot import fragments
from bot.errors import NoRouteAllowed, TesseraError, WhichOne
from bot.fragments.leaning import Leaning, leaning, names, shared
from bot.merge import headline
from bot.model.question import Attached, Before, Choices, Enclosure, Part, Question, Said
from bot.pipeline import chosen
from bot.pipeline.rules import Rules

MOST_SAID = 20
"""Messages of people that are quoted, the newest."""

MOST_WORDS, MOST_SAID_WORDS = 600, 150
"""Words of each quoted question or answer, and of each message of people."""

MOST_PARTS = 24
"""Earlier parts that a question may lean on, the newest."""

MOST_LINKS = 3
"""Earlier parts that are quoted in a row, where each leaned on the one before."""

UNSEEN = "I do not see earlier messages here, so this was asked without them."

MOST_HOLDERS = 3
"""Earlier messages whose attachments are read again."""

MOST_FILE_CHARS = 40_000
"""Characters of earlier attachments."""

ALIKE_WORDS = 6
"""Words by which a heading is known again."""

_WORD, _LETTERS = re.compile(r"\S+"), re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Leg:
    """What one provider is quoted: keys of the context's texts, each with what it is; no provider where any may."""

    provider: str
    quoted: tuple[tuple[str, str], ...]
    heading: str = ""
    """The key of the text that heads its answer where there are several legs."""


@dataclass(frozen=True, slots=True)
class Context:
    """What goes along: the texts by key, the legs that quote them, and the keys that each provider knew before.

    `code` says that something of it is code, `why` why the question is one piece with it.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    legs: tuple[Leg, ...] = ()
    known: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    code: bool = False
    why: str = "One piece: it goes on from what was said before in its thread."


def context(question: Question, before: Before, providers: Sequence[str]) -> Context:
    """Return what goes along with a question; nothing where it leans on nothing.

    Raises:
        WhichOne: it leans on one of several parts, and it is not clear on which.
        NoRouteAllowed: who gave the part is not configured any more.
    """
    if before.unseen:
        return Context(notices=(UNSEEN,) if leaning(question.text).leans else ())
    if not before.turns:
        return Context()
    leant, since = _leant_on(question, before, providers)
    parts = _parts(before)
    return replace(_woven(leant, since, parts, before.files), code=before.code) if leant or since else Context()


def files(question: Question, before: Before, rules: Rules) -> dict[str, tuple[Enclosure, ...]]:
    """Return what was attached to the messages that a question will quote, by their references; the latest few."""
    text, choices = chosen.read(question.text, question.choices)
    if not any(turn.enclosed for turn in before.turns):
        return {}
    before = for_everybody(before) if question.providers or choices.everyone else before
    parts = _parts(before)
    try:
        leant, since = _leant_on(replace(question, text=text), before, (*rules.providers, rules.house))
    except TesseraError:
        return {}
    links = [link for part in leant for link in _chain(part, parts)]
    found = {link.answer: link.enclosed for link in links} | {said.ref: said.enclosed for said in since}
    return dict([(ref, some) for ref, some in found.items() if some][-MOST_HOLDERS:])


def for_everybody(before: Before) -> Before:
    """Return what anybody may be quoted: what people said since the latest answer, and nothing that we answered."""
    return replace(before, turns=_since(before.turns))


def told(before: Before) -> tuple[str, ...]:
    """Return what was asked, answered and said in a thread, each once, whether or not anything of it goes along."""
    parts = _parts(before)
    asked = [clipped(chosen.read(part.question, Choices())[0] or part.heading) for part in parts]
    said = [clipped(turn.text, MOST_SAID_WORDS) for turn in before.turns if isinstance(turn, Said)][-MOST_SAID:]
    return tuple(dict.fromkeys((*asked, *(clipped(part.text) for part in parts), *said)))


def _leant_on(question: Question, before: Before, providers: Sequence[str]) -> tuple[Sequence[Part], Sequence[Said]]:
    """Return the parts that a question leans on, and what people said since that it goes on from."""
    message = leaning(question.text)
    leant = _chosen(question, message, _parts(before))
    since = _since(before.turns) if message.leans or _speaks_of(message, before.turns) else ()
    for part in leant:
        if part.provider not in providers:
            raise NoRouteAllowed(
                f"This goes on from an answer of {part.provider.upper()}, which is not configured any more. "
                "Ask it as a question of its own."
            )
    return leant, since


def with_attached(along: Context, attached: Attached) -> Context:
    """Return what goes along with what was attached in every leg, behind what was said before."""
    notices = (*along.notices, *attached.notices)
    if not attached.texts:
        return replace(along, notices=notices)
    keys = [f"file {number}" for number, _ in enumerate(attached.texts)]
    files = tuple((key, "") for key in keys)
    return replace(
        along,
        texts={**along.texts, **dict(zip(keys, attached.texts, strict=True))},
        legs=tuple(replace(leg, quoted=(*leg.quoted, *files)) for leg in along.legs) or (Leg("", files),),
        notices=notices,
        code=along.code or attached.code,
        why=along.why if along.legs else "One piece: it is about what is attached.",
    )


def _parts(before: Before) -> list[Part]:
    return [turn for turn in before.turns if isinstance(turn, Part)][-MOST_PARTS:]


def _chosen(question: Question, message: Leaning, parts: Sequence[Part]) -> list[Part]:
    """Return the parts that a question leans on."""
    if question.about:
        return [part for part in parts if part.ref in question.about]
    latest = [part for part in parts if part.answer == parts[-1].answer]
    if numbered := [part for part in latest if part.number in message.numbers]:
        return numbered
    if message.every and message.leans and len(latest) > 1:
        return latest
    weights = dict(zip(parts, shared(message, [names(clipped(f"{_asked(p)}\n{p.text}")) for p in parts]), strict=True))
    found = _heaviest(latest, weights) or _heaviest(parts, weights)
    if found or not message.leans:
        return found
    if len(latest) > 1:
        raise WhichOne(tuple((part.ref, headline(part.heading) or f"Part {part.number}") for part in latest))
    return latest


def _heaviest(parts: Sequence[Part], weights: Mapping[Part, int]) -> list[Part]:
    """Return the one part that shares most with the question; none where none does, or several as much."""
    most = max((weights[part] for part in parts), default=0)
    best = [part for part in parts if weights[part] == most > 0]
    return best if len(best) == 1 else []


def _since(turns: Sequence[Said | Part]) -> tuple[Said, ...]:
    """Return what people said since the latest answer."""
    last = max((place for place, turn in enumerate(turns) if isinstance(turn, Part)), default=-1)
    return tuple(turn for turn in turns[last + 1 :] if isinstance(turn, Said))[-MOST_SAID:]


def _speaks_of(message: Leaning, turns: Sequence[Said | Part]) -> bool:
    """Tell whether a question speaks of what people said since the latest answer."""
    return any(shared(message, [names(clipped(said.text, MOST_SAID_WORDS)) for said in _since(turns)]))


def _woven(
    leant: Sequence[Part], since: Sequence[Said], parts: Sequence[Part], attached: Mapping[str, Sequence[str]]
) -> Context:
    """Put together what is quoted to whom."""
    texts, known = _asked_before(parts) if leant else ({}, {})
    files = dict(_files(attached))
    texts |= files | {f"said {each.ref}": f"{each.author}: {clipped(each.text, MOST_SAID_WORDS)}" for each in since}
    people = [(key, "") for each in since for key in (*_of(files, each.ref), f"said {each.ref}")]
    legs = []
    for part in leant:
        links = _chain(part, parts)
        texts |= {f"answer {link.ref}": clipped(link.text) for link in links}
        quoted = [
            pair
            for link in links
            for pair in (
                *((key, "") for key in _of(files, link.answer)),
                (f"asked {link.ref}", "Asked before"),
                (f"answer {link.ref}", "Answered before"),
            )
            if pair[0] in texts
        ]
        if len(leant) > 1:
            texts[f"heading {part.ref}"] = part.heading
        legs.append(Leg(part.provider, (*quoted, *people), f"heading {part.ref}" if len(leant) > 1 else ""))
    # What a leg quotes counts with it, and once.
    told = {(leg.provider, key) for leg in legs for key, _ in leg.quoted}
    rest = {name: tuple(key for key in keys if (name, key) not in told) for name, keys in known.items()}
    return Context(texts, tuple(legs) or (Leg("", tuple(people)),), rest, _notices(leant, since))


def _asked_before(parts: Sequence[Part]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return what was asked in the thread, and the keys of what each provider was asked."""
    texts = {f"asked {part.ref}": asked for part in parts if (asked := clipped(_asked(part)))}
    known: dict[str, tuple[str, ...]] = {}
    for part in parts:
        if f"asked {part.ref}" in texts:
            known[part.provider] = (*known.get(part.provider, ()), f"asked {part.ref}")
    return texts, known


def _files(attached: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield key and text of what was attached earlier, as much as a question may hold."""
    left = MOST_FILE_CHARS
    for ref, texts in attached.items():
        for number, text in enumerate(texts):
            yield f"file {ref} {number}", text[:left]
            left = max(0, left - len(text))


def _of(files: Mapping[str, str], ref: str) -> list[str]:
    return [key for key, text in files.items() if key.startswith(f"file {ref} ") and text]


def _notices(leant: Sequence[Part], since: Sequence[Said]) -> tuple[str, ...]:
    """Say what goes along, and where to."""
    told = []
    if leant:
        who = " and ".join(dict.fromkeys(part.provider.upper() for part in leant))
        told.append(f"A follow-up: it goes to {who} only, with the earlier question and answer.")
    if since:
        told.append(f"With it: {len(since)} earlier message{'' if len(since) == 1 else 's'} of this thread, masked.")
    return tuple(told)


def _chain(part: Part, parts: Sequence[Part]) -> list[Part]:
    """Return a part and those of its provider that it leaned on itself, oldest first."""
    links = [part]
    while len(links) < MOST_LINKS and leaning(_asked(links[0])).leans:
        earlier = parts[: parts.index(links[0])]
        found = next((each for each in reversed(earlier) if each.provider == part.provider), None)
        if found is None:
            break
        links.insert(0, found)
    return links


def _asked(part: Part) -> str:
    """Return what a part was asked: its piece of the message, its heading where that cannot be told.

    A part that is headed by its provider was asked all of it, as the others were.
    """
    question, _ = chosen.read(part.question, Choices())
    if part.of == 1 or not question or part.heading == part.provider.upper():
        return question or part.heading
    split = fragments.split(question).fragments
    piece = split[part.number - 1] if len(split) == part.of else None
    # Put together otherwise than now, a piece of another part could go to who never had it.
    return piece.text if piece and _begins_alike(piece.heading, part.heading) else part.heading


def _begins_alike(one: str, other: str) -> bool:
    """Tell whether two headings begin with the same words, but for what shortens or decorates them."""
    first, second = (_LETTERS.findall(headline(each).casefold())[:ALIKE_WORDS] for each in (one, other))
    return bool(first) and first == second


def clipped(text: str, words: int = MOST_WORDS) -> str:
    """Return the text if it has at most so many words, else its beginning and an ellipsis."""
    found = list(islice(_WORD.finditer(text), words + 1))
    return text if len(found) <= words else f"{text[: found[words - 1].end()]} …"
