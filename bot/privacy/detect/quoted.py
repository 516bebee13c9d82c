"""Names in quoted and pasted mails, beside a telephone number, of guardians and contacts, and who cannot come."""

# ruff: noqa: PLR2004 - lengths are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.model import Span
from bot.privacy.detect.lexicon import Word, adjoining, between, famous, language, position
from bot.privacy.detect.surnames import extend
from bot.privacy.detect.words import word_set

_LETTER = r"[^\W\d_]"
_VOCATIVE = re.compile(
    r"(?:(?:^|(?<=[ :\n(]))[\"“„«'`]|(?<=\n)> ?|(?<=^)> ?)(?P<value>[^\W\d_]{2,15})(?:, ?| - )(?=(?:your|you|you're|"
    r"the|this|i|i'm|i've|we|we're|our|can|could|please|pls|thanks|just|as|following|where|when|why|how|what|did|"
    r"do|don't|have|if|any|it's|it|quick|sorry|no|per|dein\w*|ihr\w*|die|bitte|kannst|ich|wir|tu|ton|votre|je|su|la|"
    r"el|te|il|mi|ti|puoi|sua|seu)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNED = re.compile(
    r"(?:(?<=[.!?,] )|(?<=[.!?,]\n)|(?<=- )|(?<=\n))(?:- ?)?(?P<value>[^\W\d_]{2,15}(?: [^\W\d_]{2,20})?)"
    r"[.]?(?=[\"”“»]+(?:[\s.,;:?!)]|$))"
)
_BESIDE_PHONE = re.compile(
    rf"(?:^|(?<=[,:;(\n] )|(?<=[\n(]))(?P<value>{_LETTER}{{2,16}} {_LETTER}{{2,16}}),? ?(?:tel\.?|ph\.?|phone|mobile|"
    r"mob|cell)?:? ?(?=[+(]?\d[\d() .-]{7,18})",
    re.MULTILINE | re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<![\w-])(?i:(?:legal )?guardian|next of kin|emergency contact|care ?giver|carer|contact person|contact|nok|"
    r"ansprechpartner(?:in)?|ansprechperson|kontaktperson|kontakt|tutora?|tuteur|tutrice|tutore|referente|contactpersoon|voogd|"
    r"persona de contacto|contacto|personne à contacter|interlocuteur|interlocutrice|persona di riferimento|"
    r"pessoa de contacto|contato|osoba kontaktowa|opiekun(?:ka)?|kontaktpersonen?)"
    r"(?: (?i:is|ist|est|es|è|é|to|är|er|name))?[ ]?[:=-]?[ ](?P<value>[^\W\d_][\w'-]{1,20})"
)
_ABSENT = re.compile(
    r"(?<![\w-])(?P<value>[^\W\d_]{3,15})(?= (?:no (?:puede|viene|vendrá|vendra|va a venir)|está (?:enferm|de baja)|"
    r"esta (?:enferm|de baja)|non (?:può|puo|viene)|está doente|não (?:pode|vem)|nao (?:pode|vem)|ne (?:peut|vient)|"
    r"est (?:malade|absente?|en arrêt)|kommt (?:nicht|heute nicht|morgen nicht)|ist krank|kan niet|is ziek|"
    r"nie może|nie moze|è malat|sera (?:en arrêt|absent|en congé)|est en (?:arrêt|congé)|"
    r"är (?:sjukskriven|sjuk\b|ledig|föräldraledig)|"
    r"er (?:syg|syk|sykmeldt|sygemeldt)|è (?:in malattia|assente|in ferie)|ist (?:krankgeschrieben|"
    r"im urlaub|in elternzeit)|"
    r"is (?:ziekgemeld|met verlof)|jest na (?:zwolnieniu|urlopie)|está de (?:férias|vacaciones|licença)))",
    re.IGNORECASE,
)
_DATIVE = re.compile(
    r"(?<![\w-])(?:dire|dillo|dico|detto|chiedere|chiesto|scrivere|scritto|decir|dicho|pedir|escribir|escrito|dizer|"
    r"perguntar|escrever|rispondere|responder|avvisare|parlare|mandare|mandato) (?:a|con|ad|à) "
    r"(?P<value>[^\W\d_]{3,15})(?= (?:che|que|di|de|se|si|por|per|para|il|la|lo|el|o|as|le|i|un|una)\b)",
    re.IGNORECASE,
)
_TELL = re.compile(
    r"(?<![\w-])(?:tell|ask|asked|told|remind|reminded|telling|asking) (?P<value>[^\W\d_]{3,12})(?= (?:[a-z]{3,12}ly |"
    r"(?:the|that|to|about|she|her|we|i|i'm|our|not|no|his|he|it's|when|what|why|how|nicely)\b))",
    re.IGNORECASE,
)
_IF_STUCK = re.compile(
    r"(?<![\w-])(?:if|when|because|cos|since|as|and|unless|while) (?P<value>[^\W\d_]{3,12})(?= (?:is|was|"
    r"'s|gets|isn't) "
    r"(?:stuck in|running late|late again|in traffic|in a meeting|at lunch|on a call|home sick|not in|driving|"
    r"on the train|back from)\b)",
    re.IGNORECASE,
)
_QUOTES = frozenset("\"“”„»'`")
_SPOKEN_TO = re.compile(
    r"(?<![\w-])(?:you|your|you're|me|i|i'm|my|we|us|our|please|thanks|hi|hello|dear|du|dein\w*|ihr\w*|sie|ich|wir|mir|"
    r"uns|bitte|tu|te|votre|vous|je|nous|merci|usted|le|tú|yo|gracias|lei|ti|mi|grazie|você|obrigad[oa]|jij|je|u|ik)(?!\w)",
    re.IGNORECASE,
)
_NOT_NAMED = word_set("quoted.not_named")


def quoted(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield names that their place in a mail, a line or a sentence gives away."""
    for pattern in (_VOCATIVE, _SIGNED):
        if _QUOTES.intersection(text) or "\n>" in text:
            for match in pattern.finditer(text):
                if pattern is _SIGNED and not _SPOKEN_TO.search(text, max(0, match.start() - 400), match.start()):
                    continue
                names = between(tokens, *match.span("value"))
                if names and all(map(_callable, names)) and not famous(match["value"]):
                    yield Span(*match.span("value"), "PERSON")
    yield from _with_number(text, tokens)
    yield from _in_role(text, tokens)
    yield from _in_sentences(text, tokens)


def _callable(token: Word) -> bool:
    """Tell whether a word by itself can be somebody's name."""
    if token.acronym or token.folded in _NOT_NAMED:
        return False
    return (
        token.given
        or token.folded in word_set("names.also_words")
        or (token.title and not token.topic and not token.frequent and (token.maybe_given or token.family))
    )


def _with_number(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield a name of two words in front of a telephone number, one of them known, none an ordinary word."""
    if not any(map(str.isdigit, text)):
        return
    for match in _BESIDE_PHONE.finditer(text):
        names = between(tokens, *match.span("value"))
        known = sum(token.maybe_given or token.maybe_family for token in names)
        if len(names) == 2 and known and not any(token.frequent or token.ordinary or token.topic for token in names):
            yield Span(*match.span("value"), "PERSON")


def _in_role(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield the capitalised name of a guardian, a next of kin or a contact."""
    german = language(tokens) == "german"
    for match in _ROLE.finditer(text):
        names = between(tokens, *match.span("value"))
        if not names or not names[0].title or names[0].acronym or names[0].topic or names[0].folded in _NOT_NAMED:
            continue
        place = position(tokens, names[0])
        last = extend(text, tokens, place)
        known = names[0].maybe_given or (last > place and any(t.family for t in tokens[place : last + 1]))
        if (known and not (names[0].frequent and last == place)) or (names[0].unknown and not german):
            yield Span(names[0].start, tokens[last].end, "PERSON")


def _in_sentences(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield names, also in small letters, of who cannot come, who is told something, and who is stuck somewhere."""
    index = {token.start: place for place, token in enumerate(tokens)}
    for match in _ABSENT.finditer(text):
        place = index.get(match.start("value"))
        if place is not None and _stands_free(text, tokens, place) and tokens[place].maybe_given:
            yield Span(*match.span("value"), "PERSON")
    for match in _DATIVE.finditer(text):
        place = index.get(match.start("value"))
        if place is not None and tokens[place].maybe_given and tokens[place].folded not in _NOT_NAMED:
            yield Span(*match.span("value"), "PERSON")
    for pattern in (_TELL, _IF_STUCK):
        for match in pattern.finditer(text):
            place = index.get(match.start("value"))
            if place is not None and tokens[place].folded in word_set("names.also_words") - _NOT_NAMED:
                yield Span(*match.span("value"), "PERSON")


def _stands_free(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether no determiner or adjective stands before a word: it opens the text or follows a call or `that`."""
    if not place or not adjoining(text, tokens[place - 1], tokens[place]):
        return True
    return tokens[place - 1].folded in word_set("quoted.callers")
