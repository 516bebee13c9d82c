"""The signs that a run of words is the name of an organisation: rows of data; two of them are enough."""

from __future__ import annotations

from functools import cache

from bot.languages import everywhere, load
from bot.privacy.detect.evidence import NEVER, Candidate, Sign
from bot.privacy.detect.public import is_public
from bot.privacy.detect.reading import Word
from bot.privacy.detect.words import fold, listed

_KNOWN = ("firm", "tech", "place", "work")
"""What kinds of public names are no private firm."""

_NEAR = 6


@cache
def _fronts() -> frozenset[str]:
    """Return the trades that stand before a name: those of other languages than English."""
    foreign = listed("firm_trade") - {fold(word) for word in load("en").words("firm_trade")}
    return foreign | listed("firm_front")


def outside(word: Word) -> bool:
    """Tell whether a word is of a language or of the public world, or names nobody: a weekday, a title, a role."""
    public = word.known.ordinary or word.known.topic or word.folded in everywhere("stop")
    return public or trade(word) or nobody(word) or word.folded in listed("firm_legal")


def trade(word: Word) -> bool:
    """Tell whether a name can end in a word as the trade of a firm."""
    return word.folded in listed("firm_trade", "firm_loose", "firm_front")


def ending(c: Candidate) -> int:
    """Return where a name ends, with its legal form."""
    return c.scene.places.forms[c.end].end if _formed(c) else c.end


def _announced(c: Candidate) -> bool:
    return c.start in c.scene.places.cued


def _is_firm(c: Candidate) -> bool:
    """Tell whether it is said to be a company behind a cue (`we are Quelltal, a SaaS company`)."""
    said = c.start in c.scene.places.begins and c.precedes(", ", "who_article")
    return said and any(word.folded in listed("firm_after") for word in c.following(_NEAR))


def _ours(c: Candidate) -> bool:
    """Tell whether several words are said to be a firm of the asker's (`our client Blue Harbor`)."""
    return c.scene.is_after(c.index - 1, "who_tie") and not c.single and _announced(c)


def nobody(word: Word) -> bool:
    """Tell whether a word names nobody: a weekday, a title, a role."""
    return word.folded in listed("not_who", "who_title", "who_role")


def _owner(c: Candidate) -> bool:
    """Tell whether it has what firms have (`Kestrel's board`)."""
    return c.end in c.scene.places.theirs and c.gap == "'s "


def _small(c: Candidate) -> bool:
    """Tell whether a little word stands before a name in small letters (`works at delaney plumbing`)."""
    return not any(word.title for word in c.words) and c.follows("firm_at", "firm_paid")


def _formed(c: Candidate) -> bool:
    return c.end in c.scene.places.forms


def _trade(c: Candidate) -> bool:
    """Tell whether it ends in a clear trade, or begins with one as other languages do (`Boulangerie Kervella`)."""
    clear = c.start in c.scene.places.employers or c.last.folded not in listed("firm_vague")
    return not c.single and ((clear and trade(c.words[-1])) or c.first.folded in _fronts())


def _unusual(c: Candidate) -> bool:
    """Tell whether a word of it stands in no list; alone it is no first name, in German a surname."""
    if c.single and (c.first.given or (c.scene.german and not c.first.maybe_family)):
        return False
    return any(not outside(word) for word in c.words)


def _public(c: Candidate) -> bool:
    """Tell whether it is a public name, alone or with its form, and no party or partner of the asker's."""
    if c.start in c.scene.places.parties or (_announced(c) and _formed(c)):
        return False
    surname = _formed(c) and c.single and c.first.maybe_family
    return not surname and is_public(c.text, _KNOWN)


def _matter(c: Candidate) -> bool:
    """Tell whether nothing ties it to the asker, and the message or a word of it is of the public world."""
    return c.start not in c.scene.places.tied and (c.scene.reading.public or any(word.known.topic for word in c.words))


def _nameless(c: Candidate) -> bool:
    """Tell whether it is only legal forms, or in small letters with nothing to tell that it is a name."""
    told = any(word.title for word in c.words) or _announced(c) or _small(c) or _formed(c)
    return not told or all(word.folded.rstrip(".") in listed("firm_legal") for word in c.words)


FIRM = (
    (
        Sign(4, "said to be a firm", _is_firm),
        Sign(4, "party of a contract", lambda c: c.start in c.scene.places.parties),
        Sign(4, "after '{}'", _ours),
        Sign(2, "after '{}'", _announced),
        Sign(2, "before what firms have", _owner),
        Sign(2, "after a person", lambda c: c.start in c.scene.places.employers),
        Sign(2, "after '{}'", _small),
    ),
    (
        Sign(4, "before a legal form", lambda c: _formed(c) and c.scene.places.forms[c.end].sure),
        Sign(2, "before a legal form", _formed),
        Sign(2, "with a trade", _trade),
    ),
    (Sign(2, "a rare name", _unusual),),
    (Sign(-4, "public", _public), Sign(-4, "public matter", _matter)),
    (Sign(NEVER, "no name", _nameless),),
)
"""Of each group the first row that holds counts."""
