"""People by evidence: what a word is in the lists, and the signs around it, add up; one alone is never enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.model import Span
from bot.privacy.detect import layout, scripts, spread
from bot.privacy.detect.candidates import ENOUGH, Candidate, candidates
from bot.privacy.detect.public import is_public
from bot.privacy.detect.reading import Reading, Word
from bot.privacy.detect.scene import LEAST_LETTERS, Scene, initial, listed
from bot.privacy.kinds import NUMBERS

_JOINED = re.compile(r"[ ]?(?:,|/|&|,? (?:and|or|und|oder|et|ou|y|o|e|en))[ ]?(?:later |then |also )?")
_BESIDE_MAIL = re.compile(r"[ ]?[(<,:-]{0,2}[ ]?(?:mailto:|e-?mail:? )?", re.IGNORECASE)
_OF = re.compile(r"[ ](?:of|at|from)[ ](?:the )?([^\W\d_][\w&.-]*)((?: [A-Z][\w&.-]*){0,2})")
_SENTENCE_END = re.compile(r"[.!?;\n](?:\s|$)")
_LONGEST_JOINT, _WRAPPED, _SAID_AGAIN, _FAR = 12, 50, 12, 200
_NEVER = -9


def find(reading: Reading, found: Sequence[Span], heard: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield people: where the layout says so, where evidence is enough, and every part of them elsewhere."""
    placed = [*layout.people(reading), *scripts.people(reading)]
    scene = Scene(reading, found, placed, heard)
    weighed = list(candidates(scene))
    for candidate in weighed:
        for sign in (_preceded, _followed, _said_again, _written, _located, _famous):
            sign(scene, candidate)
    _public_parts(reading.text, weighed)
    _together(reading.text, weighed, placed)
    people = [*placed, *(_titled(scene, candidate) for candidate in weighed if candidate.weight >= ENOUGH)]
    yield from people
    yield from (replace(span, why="by the recogniser") for span in heard if span.type in NUMBERS)
    yield from spread.spread(reading, people, scene.little)


def _titled(scene: Scene, candidate: Candidate) -> Span:
    """Return the find, with the title before it."""
    span, title = candidate.span(), scene.before(candidate.index)
    kept = (
        title is not None
        and title.folded in listed("who_title_kept")
        and "\n" not in scene.text[title.end : span.start]
    )
    return replace(span, start=title.start) if title and kept else span


def _preceded(scene: Scene, candidate: Candidate) -> None:
    """Count the word before: a greeting, a title, a role, a verb of telling, an article, any little word."""
    word = scene.before(candidate.index)
    if word is None:
        return
    weight = scene.cues.get(word.end, 0) or _of_before(scene, candidate, word)
    candidate.add(weight, f"after '{word.text}'" if weight > 0 else "")
    if word.folded in listed("who_role"):
        candidate.tied = scene.is_after(candidate.index - 1, "who_tie")


def _of_before(scene: Scene, candidate: Candidate, word: Word) -> int:
    """Return what the word before a name weighs."""
    folded = word.folded
    if folded in listed("who_title"):
        return 4 if len(folded) > 1 or (word.text == "M." and scene.tongue == "fr") else 0
    if folded in listed("who_office") and _public_before(scene, candidate.index - 1):
        return _NEVER
    if folded in listed("who_role", "who_telling"):
        return 3
    if folded in scene.spoken("who_article"):
        return -3
    if folded in listed("who_is") and scene.is_after(candidate.index - 1, "who_role", "who_label"):
        return 3
    return int(not word.title and word.text in scene.spoken("stop"))


def _public_before(scene: Scene, index: int) -> bool:
    """Tell whether a public firm or place stands right before an office (`Volkswagen CEO ...`)."""
    word = scene.before(index)
    return word is not None and word.title and is_public(word.text, ("firm", "place", "tech"))


def _followed(scene: Scene, candidate: Candidate) -> None:
    """Count the word behind: what people do, what things are called, who somebody is to the asker."""
    word = scene.after(candidate.last)
    if word is None:
        return
    gap = scene.text[candidate.words[-1].end : word.start]
    if gap == ", " and candidate.words[0].known.maybe_given and word.folded in listed("who_vocative"):
        candidate.add(4, "spoken to")
    elif gap == ", ":
        _apposed(scene, candidate, word)
    elif gap == " " and (
        word.folded in listed("who_thing") or (candidate.single and word.folded in listed("who_role"))
    ):
        candidate.add(-4)
    elif gap == " " and word.folded in listed("who_doing"):
        candidate.add(3, f"before '{word.text}'")
    elif gap == "'s " and word.folded in listed("who_has"):
        candidate.add(4, f"before '{word.text}'")
    elif gap == "'s " or _is_verb(scene, word):
        candidate.add(1, f"before '{word.text}'")


def _is_verb(scene: Scene, word: Word) -> bool:
    """Tell whether a word is a little one or an auxiliary, or looks like an English verb."""
    if word.text in scene.spoken("who_may") or word.text in scene.spoken("stop"):
        return True
    return not word.title and word.known.ordinary and word.text.endswith(("s", "ed"))


def _apposed(scene: Scene, candidate: Candidate, word: Word) -> None:
    """Count who somebody is, said behind a comma (`, my landlord`; `, the CEO of Apple`)."""
    following = scene.words[candidate.last + 2 : candidate.last + 5]
    office = next((w for w in (word, *following[:2]) if w.folded in listed("who_office")), None)
    if office and _of_public(scene, office.end):
        candidate.add(_NEVER)
    elif word.folded in listed("who_tie") and any(w.folded in listed("who_role") for w in following):
        candidate.tied = True
        candidate.add(3, "before who it is")
    elif not word.title:
        candidate.add(1, "before a comma")


def _of_public(scene: Scene, place: int) -> bool:
    """Tell whether `of` and a public firm or place follow."""
    match = _OF.match(scene.text, place)
    return match is not None and any(is_public(name.strip(" .")) for name in (match[1], match[1] + match[2]))


def _said_again(scene: Scene, candidate: Candidate) -> None:
    """Count `he` or `she` later in the sentence of which a name is the subject."""
    known = candidate.words[0].known
    if known.topic or (scene.german and not (known.maybe_given or known.maybe_family)):
        return
    if scene.is_before(candidate.last, "who_may"):
        end = _SENTENCE_END.search(scene.text, candidate.end, candidate.end + _FAR)
        following = scene.words[candidate.last + 1 : candidate.last + 1 + _SAID_AGAIN]
        if any(w.text in scene.spoken("who_pronoun") for w in following if not end or w.start < end.start()):
            candidate.add(2, "then 'he' or 'she'")


def _written(scene: Scene, candidate: Candidate) -> None:
    """Count against the name how it is written: small letters elsewhere, capitals only, a heading."""
    word = candidate.words[0]
    sure = word.known.given or (word.known.maybe_given and candidate.weight >= ENOUGH)
    if candidate.single and word.title and word.text.casefold() in scene.small and not sure:
        candidate.add(-2)
    if candidate.single and word.text in scene.coded:
        candidate.add(_NEVER)
    if all(w.known.acronym or initial(w) for w in candidate.words):
        candidate.add(
            (-2 if not candidate.single and word.known.given else -5)
            if not scene.capitals
            else -3 * (not word.known.given)
        )
    if not (scene.mail or scene.german) and scene.heading(candidate.words):
        candidate.add(-2 if candidate.single else -1)


def _located(scene: Scene, candidate: Candidate) -> None:
    """Count a mail around the name, its address, and the recogniser."""
    if scene.foreign and candidate.single:
        candidate.add(-1)
    if scene.mail and any(w.known.maybe_given or w.known.maybe_family for w in candidate.words):
        candidate.add(1, "in a mail")
    parts = {w.folded for w in candidate.words if len(w.text) >= LEAST_LETTERS and not w.known.ordinary}
    mail = scene.next_mail(candidate.end)
    if parts & scene.locals:
        candidate.add(4, "in an e-mail address")
    elif scene.text.startswith("\n", candidate.end) and candidate.end + 1 in scene.below:
        candidate.add(3, "above an address")
    elif mail >= 0 and _BESIDE_MAIL.fullmatch(scene.text, candidate.end, mail):
        candidate.add(3, "before an e-mail address")
    if any(scene.heard[candidate.start : candidate.end]):
        candidate.add(2, "by the recogniser")


def _famous(scene: Scene, candidate: Candidate) -> None:
    """Count against the name that the public knows it, unless it is tied to the asker."""
    if candidate.tied or scene.own or candidate.weight < ENOUGH:
        return
    candidate.add(-4 * scene.public)
    name, before = scene.text[candidate.start : candidate.end], scene.before(candidate.index)
    titled = before is not None and before.title and is_public(scene.text[before.start : candidate.end])
    if titled or (not candidate.single and is_public(name)):
        candidate.add(_NEVER)
    elif candidate.single and is_public(name) and not any(sign.startswith("after") for sign in candidate.signs):
        candidate.add(-2)


def _public_parts(text: str, weighed: Sequence[Candidate]) -> None:
    """Count against single names that they are parts of a public name in the same message."""
    full = [c for c in weighed if not c.single and c.weight < 0 and is_public(text[c.start : c.end])]
    parts = {word.folded for candidate in full for word in candidate.words}
    for candidate in weighed:
        if candidate.single and candidate.words[0].folded in parts and not candidate.tied:
            candidate.add(_NEVER)


def _together(text: str, weighed: Sequence[Candidate], placed: Sequence[Span]) -> None:
    """Count a person that a name is joined to (`Ken, Colin and Karl`) or stands below, from either side."""
    for left, right in (*pairwise(weighed), *reversed(list(pairwise(weighed)))):
        weak, strong = sorted((left, right), key=lambda candidate: candidate.weight)
        if strong.weight < ENOUGH or weak.weight >= ENOUGH:
            continue
        if weak.words[0].known.maybe_given and _below(text, left, right):
            weak.add(ENOUGH - weak.weight, "below a person")
        elif weak.weight >= 0 and weak.joins and _joined(text, left.end, right.start):
            weak.add(3, "beside a person")
    starts, ends = {span.start for span in placed}, {span.end for span in placed}
    for candidate in weighed if placed else ():
        near = [(candidate.start - step, candidate.start) for step in range(1, _LONGEST_JOINT + 1)]
        near = [(left, right) for left, right in near if left in ends]
        near += [
            (candidate.end, candidate.end + n) for n in range(1, _LONGEST_JOINT + 1) if candidate.end + n in starts
        ]
        if 0 <= candidate.weight < ENOUGH and any(_joined(text, left, right) for left, right in near):
            candidate.add(3, "beside a person")


def _below(text: str, left: Candidate, right: Candidate) -> bool:
    """Tell whether two candidates are all that stands in two lines, one below the other."""
    if text[left.end : right.start].strip(" \t-*\u2022") != "\n":
        return False
    start, end = text.rfind("\n", 0, left.start) + 1, text.find("\n", right.end)
    outside = text[start : left.start] + text[right.end : end if end >= 0 else len(text)]
    return not outside.strip(" \t-*\u2022,;")


def _joined(text: str, left: int, right: int) -> bool:
    """Tell whether two names are joined by a comma or a word, or by a line break within a paragraph."""
    if not 0 < right - left <= _LONGEST_JOINT:
        return False
    if text[left:right].strip(" ") == "\n":
        return left - text.rfind("\n", 0, left) > _WRAPPED
    return _JOINED.fullmatch(text, left, right) is not None
