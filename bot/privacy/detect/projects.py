"""Projects and code names, by cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span
from bot.privacy.detect.words import word_set

_UP = "A-ZÀ-ÖØ-ÞĆČĐĘŁŃŐŚŠŞŹŻŽİ"
_NAME = rf"(?-i:[{_UP}])[\w-]{{0,40}}(?:[ ](?:(?-i:[{_UP}])[\w-]{{0,40}}|\d{{1,4}}\b)){{0,2}}|[a-z][\w-]{{3,}}"
_KIND = (
    r"project|operation|programme|program|initiative|prototype|release|feature|product|merger|deal|launch|projekt|"
    r"projet|proyecto|progetto|projeto|vorhaben"
)
_AFTER_KIND = re.compile(
    r"(?<![\w-])(?:project|operation|projekt|projet|proyecto|progetto|projeto|vorhaben|programme|program|"
    rf"initiative)[ ][\"'`]?(?P<value>{_NAME})[\"'`]?",
    re.IGNORECASE,
)
_AFTER_CUE = re.compile(
    r"(?<![\w-])(?:(?:(?:internal |secret |working |project )?code[ -]?names?|working title|project name|"
    r"projektname|arbeitstitel|nom de code|titre provisoire|nombre en clave|nome in codice|deckname|code-?named|"
    r"internally (?:called|known as)|"
    rf"(?:{_KIND})(?: is| was|,)? (?:called|named|code-?named|dubbed|known as|titled|genannt|namens|appelé|llamado|"
    r"chiamato))"
    r"(?:[ ](?:for|of) (?:the |our |this |that )?\w+(?: \w+)?)?(?:[ ](?:is|was|will be|ist|est|es))?)[ :]{1,2}[\"'`]?"
    rf"(?P<value>{_NAME})[\"'`]?",
    re.IGNORECASE,
)
_NOT_A_PROJECT = word_set("projects.not_a_project")


def projects(text: str) -> Iterator[Span]:
    """Yield projects and code names that a cue announces, with a cue of one word (`Project Kestrel`)."""
    for match in _AFTER_KIND.finditer(text):
        value = match.group("value")
        titled = match.group().lower().startswith(("program", "initiative"))
        if _name_of_one(value) and not (titled and value[0].islower()) and value.casefold() not in ("called", "named"):
            yield Span(match.start(), match.end("value"), "PROJECT")
    for match in _AFTER_CUE.finditer(text):
        if _name_of_one(match.group("value")):
            bare = " " not in text[match.start() : match.start("value")].strip()
            yield Span(match.start() if bare else match.start("value"), match.end("value"), "PROJECT")


def _name_of_one(value: str) -> bool:
    """Tell whether a word after the cue can be a project's name rather than a word about projects."""
    first = value.split(maxsplit=1)[0].casefold()
    return first not in _NOT_A_PROJECT and not (value.islower() and value.endswith(("ing", "ed", "tion", "ment")))
