"""Tells by a question's words whether it goes on from the answer to an earlier one."""

from __future__ import annotations

from bot.fragments import phrases, wording
from bot.fragments.leaning import definite_words, poverty_of
from bot.fragments.references import pronouns
from bot.fragments.units import Kind, Unit

_QUOTES = "\"'“„«»”"
SAMPLE = 400
_QUICK = (
    wording.CONDITION,
    wording.ALTERNATIVE,
    wording.RESTATED,
    wording.GUESS,
    wording.ELLIPTIC,
    wording.RESULT,
    wording.PICK,
)


def continues(unit: Unit, previous: Unit) -> bool:
    """Tell whether a question goes on from what `previous`, the last one of its topic, is answered with."""
    if unit.turns or unit.language.turns(unit.text):
        return False
    text = unit.text[:SAMPLE]
    said = (text, f"{unit.lead[:SAMPLE]}, ") if unit.lead and not unit.item else (text,)
    return (
        any(pattern.match(each) for each in said for pattern in _QUICK)
        or (wording.SHORT_AND.match(text) is not None and unit.kind is Kind.QUESTION)
        or later(unit, text)
        or compared(text)
        or wording.GIVES.search(text) is not None
        or _follows_in_time(unit, text)
        or (phrases.WHY.match(previous.text) is not None and _supposes(unit, text))
        or (previous.points and text[0] in _QUOTES and text.rstrip()[-1] in _QUOTES)
    )


def later(unit: Unit, text: str) -> bool:
    """Tell whether a word inside a question means that it goes on ("how do I then install it")."""
    if not any(token.low in wording.TRIGGERS for token in unit.tokens):
        return False
    found = wording.LATER.search(text)
    if found and not wording.EARLIER_IF.search(text[: found.start()]):
        return found.start() > _begin(unit)
    return compares(text)


def compares(text: str) -> bool:
    """Tell whether a question speaks of one of the things that an earlier answer names ("the cheaper one")."""
    return (wording.CHOICE.search(text) is not None and ":" not in text.rstrip(": ")) or compared(text)


def compared(text: str) -> bool:
    """Tell whether a question compares what it does not name ("what is cheaper over three years?")."""
    return wording.COMPARED.match(text) is not None


def turns_off(unit: Unit, previous: Unit) -> bool:
    """Tell whether a question only seems to go on, as "otherwise" does after what cannot be denied."""
    return phrases.ELSE.match(unit.text) is not None and phrases.QUESTION_WORD.match(previous.text) is not None


def _begin(unit: Unit) -> int:
    return unit.start - unit.base


def _follows_in_time(unit: Unit, text: str) -> bool:
    """Tell whether a part that begins with "then" needs what comes before it."""
    found = wording.SEQUENCE.match(text)
    if not found:
        return False
    embeds = unit.language.head.match(text[found.end() :].lstrip(" ,:")) or unit.language.head.match(text, _begin(unit))
    task = unit.kind is Kind.INSTRUCTION and not embeds and bool(definite_words(unit))
    return task or poverty_of(unit) > 0 or bool(pronouns(unit))


def _supposes(unit: Unit, text: str) -> bool:
    """Tell whether a question offers a reason for what was asked before it ("is it the cable?")."""
    if phrases.HYPOTHESIS.match(text):
        return True
    return phrases.QUESTION_WORD.match(text) is None and unit.kind is Kind.QUESTION and bool(pronouns(unit))


def appeals(unit: Unit) -> bool:
    """Tell whether a question only asks for an answer to another one ("any ideas?")."""
    return phrases.APPEAL.match(unit.text[:SAMPLE]) is not None


def opens(unit: Unit) -> bool:
    """Tell whether a question only asks for leave to ask ("can you help me?")."""
    text = unit.text[:SAMPLE]
    return phrases.OPENER.match(text) is not None or phrases.KNOWLEDGE.match(text) is not None


def seeks(unit: Unit) -> bool:
    """Tell whether a part asks for, or makes, a thing that later words may mean."""
    return unit.seeks or phrases.SOUGHT.match(unit.text[:SAMPLE]) is not None


def gives(unit: Unit) -> bool:
    """Tell whether a task's own line holds what it is to be done to ("Translate into Danish: ...")."""
    return phrases.MATERIAL.match(unit.text[:SAMPLE]) is not None
