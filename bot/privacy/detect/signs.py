"""The signs that what stands around a run of words, and how it is written, give of its being a person: rows of data."""

from __future__ import annotations

import re
from functools import partial

from bot.privacy.detect.evidence import NEVER, Candidate, Sign
from bot.privacy.detect.public import is_public
from bot.privacy.detect.reading import Word
from bot.privacy.detect.scene import initial

_NUMBER = re.compile(r" \d{1,3}\b")
_SAID_AGAIN = 12


def _cue(weight: int, c: Candidate) -> bool:
    """Tell whether a cue of that weight ends with the word before."""
    return c.scene.cues.get(c.before.end) == weight


def _after(*concepts: str) -> partial[bool]:
    return partial(_follows, concepts)


def _follows(concepts: tuple[str, ...], c: Candidate) -> bool:
    return c.follows(*concepts)


def _before(gap: str, *concepts: str) -> partial[bool]:
    return partial(_precedes, gap, concepts)


def _precedes(gap: str, concepts: tuple[str, ...], c: Candidate) -> bool:
    return c.precedes(gap, *concepts)


def _determined(c: Candidate) -> bool:
    """Tell whether an article stands right before it."""
    return c.before.folded in c.scene.spoken("who_article") and c.scene.text[c.before.end : c.start] == " "


def _titled(c: Candidate) -> bool:
    """Tell whether a title stands before it; of the letters only M. in French."""
    letter = len(c.before.folded) == 1 and c.before.text != "M."
    return c.follows("who_title") and not letter


def tied(c: Candidate) -> bool:
    """Tell whether the message says who it is to the asker (`my boss Ann`)."""
    return c.follows("who_role") and c.scene.is_after(c.index - 1, "who_mine")


def _acted(c: Candidate) -> bool:
    """Tell whether a little word, an auxiliary or what looks like an English verb follows."""
    word = c.behind
    little = word.text in c.scene.spoken("who_may") or word.text in c.scene.spoken("stop")
    verb = not word.title and word.known.ordinary and word.text.endswith(("s", "ed"))
    return c.gap == "'s " or (c.gap in (" ", "' ") and (little or verb))


def _said_again(c: Candidate) -> bool:
    """Tell whether `he` or `she` follows in the sentence of which it is the subject."""
    strange = c.first.topic or (c.scene.german and not _named(c.words[0]))
    return (
        not strange
        and c.precedes(" ", "who_may")
        and any(word.text in c.scene.spoken("who_pronoun") for word in c.following(_SAID_AGAIN))
    )


def _commanded(c: Candidate) -> bool:
    """Tell whether the sentence begins with what is to be told to them (`Ask Ann Lee about it`)."""
    return c.before.opens and c.follows("who_telling")


def _addressed(c: Candidate) -> bool:
    return not c.small and any(word.folded in c.scene.locals for word in c.words)


def _above_address(c: Candidate) -> bool:
    return c.scene.text.startswith("\n", c.end) and c.end + 1 in c.scene.private


def _also_small(c: Candidate) -> bool:
    """Tell whether a single word that is no first name stands in small letters elsewhere."""
    return not (c.small or c.first.maybe_given) and c.text.casefold() in c.scene.small


def _named(word: Word) -> bool:
    return word.known.maybe_given or word.known.maybe_family


def _capitals(c: Candidate) -> bool:
    return all(word.known.acronym or initial(word) for word in c.words) and (c.single or not c.first.maybe_given)


def _in_phrase(c: Candidate) -> bool:
    """Tell whether a word of a language with a capital, not at the beginning of a sentence, leads to it."""
    word = c.before
    capital = word.title and word.known.ordinary and not word.opens and c.scene.text[word.end : c.start] == " "
    return capital and not c.follows("who_role", "who_title", "who_telling", "not_who")


def _in_code(c: Candidate) -> bool:
    """Tell whether it stands in code or a log, and is no full name."""
    return (c.single or not c.first.given) and c.scene.reading.within(c.start, ("code", "log"))


_INTRODUCED = ("who_title", "who_role", "who_telling")

GROUPS = (
    (
        Sign(4, "after '{}'", partial(_cue, 4)),
        Sign(3, "after '{}'", partial(_cue, 3)),
        Sign(-3, "after '{}'", partial(_cue, -3)),
        Sign(4, "after '{}'", _titled),
        Sign(3, "after '{}'", _after("who_role", "who_telling")),
        Sign(-3, "after '{}'", _determined),
        Sign(1, "after '{}'", lambda c: c.before.text in c.scene.spoken("stop")),
    ),
    (
        Sign(4, "spoken to", lambda c: c.first.maybe_given and not c.small and c.precedes(", ", "who_vocative")),
        Sign(1, "before a comma", lambda c: c.gap == ", " and not c.behind.title),
        Sign(-4, "a thing", _before(" ", "who_thing")),
        Sign(-4, "a role", lambda c: c.single and c.precedes(" ", "who_role")),
        Sign(-2, "numbered", lambda c: c.single and _NUMBER.match(c.scene.text, c.end)),
        Sign(1, "before a dash", lambda c: not c.single and c.scene.text.startswith(" - ", c.end)),
        Sign(3, "before '{}'", _before(" ", "who_doing")),
        Sign(4, "before '{}'", _before("'s ", "who_has")),
        Sign(1, "before '{}'", _acted),
    ),
    (Sign(4, "in an e-mail address", _addressed), Sign(3, "above an address", _above_address)),
    (Sign(-5, "capitals", _capitals),),
    (Sign(-1, "part of a phrase", _in_phrase),),
    (Sign(2, "then 'he' or 'she'", _said_again),),
    (Sign(-2, "small elsewhere", _also_small),),
    (Sign(NEVER, "in code", _in_code),),
    (Sign(-1, "no language known", lambda c: c.single and c.scene.foreign),),
    (Sign(1, "in a mail", lambda c: c.scene.mail and any(map(_named, c.words))),),
    (Sign(2, "by the recogniser", lambda c: any(c.scene.heard[c.start : c.end])),),
)
"""Of each group the first row that holds counts."""


def _full_public(c: Candidate) -> bool:
    """Tell whether it is a public name, with the word before or without its middle names."""
    titled = c.before.title and is_public(c.scene.text[c.before.start : c.end])
    return titled or (not c.single and is_public(c.text))


FAMOUS = (
    Sign(0, "the asker's own", lambda c: c.scene.own or tied(c) or _commanded(c)),
    Sign(NEVER, "public", _full_public),
    Sign(-6, "of an exercise", lambda c: c.single and c.scene.exercise and not c.follows(*_INTRODUCED)),
    Sign(-6, "public matter", lambda c: c.scene.public),
    Sign(-2, "public", lambda c: c.single and is_public(c.text) and not c.follows(*_INTRODUCED)),
)
"""What the public knows, of what would be a person."""
