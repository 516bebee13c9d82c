"""Projects and code names, by cue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span

_UP = "A-ZÀ-ÖØ-ÞĆČĐĘŁŃŐŚŠŞŹŻŽİ"
_NAME = rf"(?-i:[{_UP}])[\w-]{{0,40}}(?:[ ](?:(?-i:[{_UP}])[\w-]{{0,40}}|\d{{1,4}}\b)){{0,2}}|[a-z][\w-]{{3,}}"
_KIND = r"project|operation|programme|program|initiative|prototype|release|feature|product|merger|deal|launch|projekt|projet|proyecto|progetto|projeto|vorhaben"
_AFTER_KIND = re.compile(rf"(?<![\w-])(?:project|operation|projekt|projet|proyecto|progetto|projeto|vorhaben|programme|program|initiative)[ ][\"'`]?(?P<value>{_NAME})[\"'`]?", re.IGNORECASE)
_AFTER_CUE = re.compile(
    r"(?<![\w-])(?:(?:(?:internal |secret |working |project )?code[ -]?names?|working title|project name|projektname|arbeitstitel|nom de code|titre provisoire|nombre en clave|nome in codice|deckname|code-?named|internally (?:called|known as)|"
    rf"(?:{_KIND})(?: is| was|,)? (?:called|named|code-?named|dubbed|known as|titled|genannt|namens|appelé|llamado|chiamato))"
    r"(?:[ ](?:for|of) (?:the |our |this |that )?\w+(?: \w+)?)?(?:[ ](?:is|was|will be|ist|est|es))?)[ :]{1,2}[\"'`]?"
    rf"(?P<value>{_NAME})[\"'`]?",
    re.IGNORECASE,
)
_NOT_A_PROJECT = frozenset(
    "manager managers management plan plans planning lead leads leader charter owner owners board office update updates status timeline scope name names team teams budget proposal overview structure deadline deadlines kickoff folder folders "
    "file files repo repository template templates settings root directory id ids key keys tracker tracking documentation docs dependencies setup goals milestones milestone review reviews requirements requirement management sponsor risk "
    "risks report reports reporting work code codes phase phases launch starts start ended ends with from that this which and for into needs meeting meetings page site website tool tools member members stakeholders stakeholder list lists "
    "description details brief documents document sheet costs cost funding based level wide hours reference euler gutenberg zomboid loom estimate estimates delivery coordinator director engineer assistant portfolio closure success failure "
    "runs running will would should must can has have had does didn't isn't wants about after before over under near theatre room system systems error errors mode time wizard committee verantwortliche leiter leiterin plan antrag "
    "gutenberg's scheduling evaluation documentation space spaces board's output outcome objectives objective language binaries specific related".split()
)




def projects(text: str) -> Iterator[Span]:
    """Yield projects and code names that a cue announces; with the cue where it is one word, as in `Project Kestrel`."""
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
    first = value.split()[0].casefold()
    return first not in _NOT_A_PROJECT and not (value.islower() and value.endswith(("ing", "ed", "tion", "ment")))
