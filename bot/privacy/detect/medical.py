"""Health: conditions, treatments and medicines where a person is concerned, not as a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bot.model import Span
from bot.privacy.detect.words import pattern, word_set, words

_PERSONAL = re.compile(
    r"(?<!\w)(?:i|i'm|i've|me|my|mine|he|she|his|her|him|hers|their|they|our|we|patients?|employees?|colleague|"
    r"coworker|co-worker|boss|manager|wife|husband|partner|son|daughter|mother|"
    r"father|mom|mum|dad|sister|brother|child|kid|friend|teammate|student|pupil|tenant|client|customer|candidate|"
    r"applicant|worker|someone|ich|mein\w*|er|sie|sein\w*|ihr\w*|patient\w*|kolleg\w*|"
    r"mitarbeiter\w*|je|j'ai|mon|ma|mes|il|elle|son|sa|salarié\w*|collègue|yo|mi|mis|su|él|ella|emplead\w*|"
    r"pacient\w*|compañer\w*|io|mio|mia|lui|lei|pazient\w*)(?!\w)",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"^[ \t]*(?:\.\w|_|[ -]?(?:data ?sets?|research|model|classifier|csv|api|app|awareness|charity|run|insurance "
    r"product|statistics|prediction|detection|detector|screening tool|rates?\b))",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?<!\w)(?:diagnos(?:ed|is|e)(?: (?:with|of|as))?|suffer(?:s|ing|ed)? from|allergic to|allergy to|treated for|"
    r"treatment for|being treated for|tested (?:positive )?for|medication for|"
    r"hospitali[sz]ed (?:for|with)|recover(?:ing|ed|s)? from|relapse of|history of|operated for|surgery for|on sick "
    r"leave (?:for|because of|due to)|signed off with|off sick with|"
    r"prescribed|leidet an|leide an|diagnostiziert mit|diagnose|erkrankt an|allergisch gegen|krank wegen|souffre "
    r"d[eu'](?: la)?|atteinte? d[eu'](?: la)?|diagnosti(?:c|qu\w+)(?: d[eu'])?|allergique (?:à|au|aux)|"
    r"sufre de|padece(?: de)?|diagnosticad[oa] (?:con|de)|alérgic[oa] a|soffre di|affett[oa] da)[ \t]+(?:an?|the|"
    r"einer|einem|un|une|una|la|l'|severe|acute|chronic|mild|early|stage \w+|schwerer?|her|his|my|their)?[ \t]*"
    r"(?P<value>[^\W\d_][\w'-]*(?:[ ](?!(?:and|or|but|so|which|that|who|in|on|at|last|this|since|by|for|when|how|"
    r"can|is|um|zur|zum|wegen|nach|mit|bei|para|con|por|pour|avec|dans|en|was|has|have|und|oder|et|ou|y|o|e|pero|"
    r"mais|aber|seit|depuis|desde|as|after|before|during|while|from|to|if|we|i|he|she|they|now|today|yesterday|two|"
    r"three|recently|again|with|needs?|who's|because|should|what|do|does)(?!\w))[^\W\d_][\w'-]*){0,2})",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"(?<![\w-])(?!(?:the|a|an|his|her|my|their|your|this|that|some|any|of|to|with|from|for|no|and|or|has|have|had|"
    r"was|is|about|after|rare)\b)[^\W\d_][\w'-]+ (?:addiction|disease|disorder|syndrome|cancer|tumou?r|deficiency|"
    r"dystrophy|palsy|"
    r"sclerosis|fibrosis|infection|surgery|transplant|biopsy|transfusion|allergy|intolerance|dependency|abuse|"
    r"overdose|relapse|therapy|neuropathy|pregnancy)(?!\w)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\ban?[ ]$", re.IGNORECASE)
_OUTSIDE = word_set("medical.outside")


def medical(text: str, *, people: bool) -> Iterator[Span]:
    """Yield health terms of a message that speaks of somebody, and what a diagnosis cue announces."""
    if people or _PERSONAL.search(text):
        for match in chain(pattern("medical").finditer(text), _KIND.finditer(text)):
            if not _TOPIC.match(text[match.end() : match.end() + 24]) and _concerns(match, text):
                article = _ARTICLE.search(text, max(0, match.start() - 4), match.start())
                yield Span(article.start() if article else match.start(), match.end(), "MEDICAL")
    for match in _CUE.finditer(text):
        first = match.group("value").split()[0].casefold()
        if first not in _OUTSIDE and first not in words("words"):
            yield Span(*match.span("value"), "MEDICAL")


def _concerns(match: re.Match[str], text: str) -> bool:
    """Tell apart short forms that are also words: `add` and `aids` count only in capitals."""
    return (
        match.group().casefold() not in {"add", "aids", "stroke", "rehab", "ms"}
        or match.group().isupper()
        or bool(
            re.search(
                r"(?:had|has|a|have|suffered|his|her|in|of|after|from) $",
                text[max(0, match.start() - 9) : match.start()],
            )
        )
    )
