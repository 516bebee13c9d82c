"""Names that grammar gives away: who is told, met or addressed, and who says or wants."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.model import Span
from bot.privacy.detect.eastern import given_with_hyphen
from bot.privacy.detect.lexicon import MONTHS, Word, adjoining, embedded, famous_run, language
from bot.privacy.detect.surnames import extend, extend_small
from bot.privacy.detect.words import word_set, words

_FILLER = (
    r"(?:mal|bitte|das|es|doch|auch|kurz|noch|mir|schnell|nochmal|den|der|die|gern|even|maar|anders|ook|het|nog|dat|"
    r"lo|le|por favor|porfa|stp|svp|aussi|juste|também|logo|już|też|please|pls|plz|also|then|maybe|just|back|again|"
    r"directly|both|either)"
)
_TOLD = re.compile(
    r"(?<![\w-])(?:"
    r"(?:ask|asks|asked|tell|tells|told|telling|remind|reminds|reminded|ping|pinged|dm|dmed|cc|bcc|nudge|"
    r"loop(?:ed|ing)? in|(?:spoke|speak|speaking|spoken|talk|talks|talked|talking|chat|chats|chatted|chatting) "
    r"(?:to|with)|(?:met|meet|meeting|lunch|coffee|call|check|checked|checking|word|sync|synced|catch up|caught up|"
    r"1:1|pair|paired|dinner|interview) with|(?:heard|hear|hearing|back) from|(?:waiting|wait) (?:on|for)|"
    r"(?:ran|run|bumped) into|(?:cover|covers|covered|covering|filling in|vouch|stand in) for|(?:notes?|message|"
    r"mail|e-?mail|text|call|update|feedback|handover|voicemail|letter) from|(?:assigned|assign|belongs?|"
    r"handed(?: it)?(?: over| off)?|married|talk(?:ed)?|escalated?|sent it|wrote|lent it) to|(?:works?|worked|"
    r"working|sits?|sitting|agree|agreed|agrees|argued|live|lives|stuck) with|repl(?:y|ied) to|reports? to|"
    r"says? (?:hi )?to|introduced? (?:me|you|us|him|her) to)"
    rf"(?: {_FILLER}){{0,2}}"
    r"|(?:sag|sage|sagt|sagen|frag|frage|fragt|fragen|ruf|rufe|erinner|erinnere|informier|informiere|schreib|grüß)"
    rf"(?: {_FILLER}){{0,4}}"
    r"|(?:sprich|sprechen|rede|reden|gesprochen|treffen|termin|telefonat|melde? dich|mit|bei|an)"
    r"(?: bitte| kurz| auch)?(?: mit| bei| an)?"
    r"|(?:vraag|vragen|zeg|bel|bellen|mail|app|stuur|overleg|overlegt|gesproken|check)"
    rf"(?: {_FILLER}){{0,4}}(?: aan| tegen| naar| met| bij)?"
    r"|(?:pregunt[ao]|pregúnta(?:le|les)|preguntar(?:le)?|di(?:le|les)|dec?ir(?:le)?|avis[ao]|avísa(?:le|les)|"
    r"avisar(?:le)?|habl[aoé]|hablar|hablé|hablamos|llam[aoé]|llamar|escríbe(?:le)?|escrib[ei]|manda(?:le)?|"
    r"recuérda(?:le)?|con|para)(?: por favor| también| luego| mañana)?(?: a| con| para)?"
    r"|(?:pergunt[ae]|perguntar|avis[ae]|avisar|fal[ae]|falar|falei|diz|diga|dizer|lig[aeu]|ligar|chama|mand[ae]|"
    r"envi[ae]|com|pro|pra)(?: logo| também| por favor)?(?: com)?(?: a| o| ao| à| pro| pra| para| para a| para o)?"
    r"|(?:demande|demander|demandez|dis|dire|dites|parle|parler|parlé|écris|écrire|envoie|rappelle[rz]?|appelle[rz]?|"
    r"préviens|prévenir|prévenez|vois|voir|vu|contacte[rz]?|relance[rz]?|avec)"
    r"(?: stp| svp| aussi| juste)?(?: à| avec| pour)?"
    r"|(?:chied[ie]|chiedere|chiedo|di'|dire|dillo|avvis[aoi]|avvisare|parl[aoi]|parlare|parlato|scriv[io]|scrivere|"
    r"chiam[aoi]|chiamare|ricorda|manda|sentito|con)(?: anche| pure| poi)?(?: a| con)?"
    r"|(?:zapytaj|spytaj|powiedz|zadzwoń|napisz|przypomnij|poproś|daj znać|rozmawiał[ae]m|spotkanie)"
    r"(?: też| jeszcze| proszę)?(?: do| z| ze)?"
    r"|(?:fråga|säg|ring|spørg|spør|sig|sei|hilsen|pratade|snakket)(?: till| til| med)?"
    r") (?P<value>[^\W\d_])",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"(?:ask|tell|told|telling|remind|ping|dm|cc|bcc|nudge|loop|ran|run|bump|cov|fill|vouch|stand|note|mess|mail|e-?mail|text|upd|feed|hand|voice|letter|assi|belong|marr|esc|sent|wrote|lent|work|sit|agree|argu|liv|stuck|spo|spe|tal|chat|met|meet|lunch|coffee|call|check|word|"
    r"sync|catch|caught|1|pair|dinner|interview|hear|back|wait|repl|report|say|intro)",
    re.IGNORECASE,
)
_POLISH = re.compile(
    r"(?:zapytaj|spytaj|powiedz|zadzwoń|napisz|przypomnij|poproś|daj znać|rozmawia|spotkanie)", re.IGNORECASE
)
OWNED = re.compile(
    r"'s?[ \t]+(?:salary|manager|boss|laptop|phone|e-?mail|mail|account|birthday|contract|address|number|desk|"
    r"password|login|review|"
    r"performance|leave|team|replacement|wife|husband|kids?|son|daughter|mother|father|last day|first day|visa|pay|"
    r"bonus|resignation|"
    r"application|interview|report|request|calendar|car|house|flat|apartment|file|chart|prescription|surgery|"
    r"diagnosis|condition|"
    r"appointment|grades?|parents|pto|expenses?|pr|badge|office|feedback|behaviou?r|role|position|start date|"
    r"departure|farewell|baby|"
    r"invoice|order|refund|lease|rent|claim|case|lawyer|will|estate|death|funeral|wedding)",
    re.IGNORECASE,
)
_LET = re.compile(
    r"(?<![\w-])(?:let (?P<let>[^\W\d_]{2,20})(?= (?:know|in|have|do|decide|see|finish|handle)\b)|"
    r"(?:give|gave|show|lend|send|bring) (?P<give>[^\W\d_]{2,20})(?= (?:the|a|an|his|her|my|our|their|that|access)\b)|"
    r"(?:did|does|has|can|could|should|would|if|when|because|until|since|hasn't|didn't) (?P<did>[^\W\d_]{2,20})(?= "
    r"(?P<verb>[a-z]{2,10})\b)|(?:is|was) (?P<is>[^\W\d_]{2,20})(?= "
    r"(?:on (?:leave|holiday|vacation|pto)|out (?:sick|today)|"
    r"off (?:today|sick|this)|sick|in today|pregnant|joining|"
    r"ok with|okay with|coming to)\b)|"
    r"(?:said|told \w{1,12}|says|think|thinks|thought|heard|hear|know|knew|mentioned)(?: that)? "
    r"(?P<said>[^\W\d_]{2,20})(?=(?: (?P<modal>would|has|had|could|might|should|wants|said|will)\b| is "
    r"(?:leaving|out|off|sick|wrong|right|away|late|on|joining|retiring|pregnant|mad|angry|upset|ok with)\b)))",
    re.IGNORECASE,
)
_AND_I = re.compile(
    r"(?<![\w-])(?P<value>[^\W\d_][\w'-]{1,20})(?= and (?:i|I)(?: |'(?:m|ve|d|ll)\b))|"
    r"(?<![\w-])(?:me|myself) and (?P<me>[^\W\d_][\w'-]{1,20})"
)
_STATE = re.compile(
    r" (?:is|was|'s|isn't|wasn't|has been|will be)(?: still| not| also| now| already| actually)? (?:out (?:sick|today|"
    r"until|of office|this|next)|off (?:sick|today|until|this|next)|on (?:leave|holiday|vacation|pto|sick|maternity|"
    r"paternity|parental)|sick|leaving|retiring|quitting|pregnant|wfh|working from)\b",
    re.IGNORECASE,
)
_FROM = re.compile(
    r" (?:from|in|over in|at) (?:the )?(?:payroll|legal|hr|finance|sales|it|accounts|accounting|marketing|ops|"
    r"operations|support|engineering|procurement|security|facilities|billing|reception|logistics|compliance|claims|purchasing)\b",
    re.IGNORECASE,
)
_FOR = frozenset({"for", "with", "to", "from", "by", "about"})
_PRONOUN = re.compile(r"\s?[?.!,;]\s?(?:she|he|her|his|she's|he's|shes|hes)\b", re.IGNORECASE)
_VOCATIVE = re.compile(r", ?(?P<next>[a-z']{1,9})\b", re.IGNORECASE)
_A_LE = re.compile(r"(?<![\w-])[aA] (?P<value>[^\W\d_]{3,20})(?= (?:(?:no|ya|también|siempre) )?(?:le|les|lo|la|se)\b)")
_OFFICIAL = re.compile(r"(?:ai|aki|akow|em|owi|ie|e|y|i|a|ka|ą)$")


def told(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield names after verbs of telling and meeting, before verbs of people, and where somebody is addressed."""
    tongue = language(tokens)
    index = {token.start: place for place, token in enumerate(tokens)}
    for match in _TOLD.finditer(text):
        place = index.get(match.start("value"))
        if place is not None and _is_told(text, tokens, place, match.group(), tongue):
            yield whole(text, tokens, place)
    yield from _let(text, tokens, index)
    for match in _AND_I.finditer(text):
        place = index.get(match.start("value" if match["value"] else "me"))
        if (
            place is not None
            and (_word_name(tokens[place]) or tokens[place].maybe_given or given_with_hyphen(tokens[place]))
            and not tokens[place].topic
        ):
            yield Span(tokens[place].start, tokens[place].end, "PERSON")
    for match in _A_LE.finditer(text):
        place = index.get(match.start("value"))
        if place is not None and tokens[place].given:
            yield whole(text, tokens, place)
    for place in range(len(tokens)):
        strange = not tokens[place].common and len(tokens[place].text) > 4 and not embedded(text, tokens[place])
        if (_word_name(tokens[place]) and _placed(text, tokens, place)) or (
            strange
            and tongue == "english"
            and text.startswith(" from", tokens[place].end)
            and _FROM.match(text, tokens[place].end)
        ):
            yield whole(text, tokens, place)


def _is_told(text: str, tokens: Sequence[Word], place: int, verb: str, tongue: str) -> bool:
    """Tell whether a word after a verb of telling is a name."""
    token = tokens[place]
    if token.acronym or (not token.title and embedded(text, token)) or famous_run(text, tokens, place, place):
        return False
    english = bool(_ENGLISH.match(verb))
    if token.given or given_with_hyphen(token):
        return english or token.title or token.folded not in word_set("names.foreign")
    if _word_name(token):
        return english and _free(text, tokens, place)
    return not token.common and _likely(token, verb, tongue, english=english)


def _likely(token: Word, verb: str, tongue: str, *, english: bool) -> bool:
    """Tell whether a word that no list has as a given name is one after a verb of telling."""
    if token.maybe_given or (token.family and (token.title or english) and len(token.text) > 4):
        return True
    if token.unknown and tongue in ("english", "romance") and len(token.text) > 3:
        return not english or tongue == "english"
    return (tongue == "other" or bool(_POLISH.match(verb))) and _inflected(token)


def _inflected(token: Word) -> bool:
    """Tell whether a word is a Polish form of a given name (`kasię`, `Bartka`)."""
    stem = _OFFICIAL.sub("", token.folded)
    forms = (stem + ending for ending in ("a", "ia", "", "ek"))
    short = token.folded[:-2] + "ek" if token.folded.endswith(("ka", "kiem", "kowi")) else ""
    return len(stem) > 2 and any(form in words("given") for form in (*forms, short))


def _word_name(token: Word) -> bool:
    """Tell whether a word is one of the names that are also words."""
    return token.folded in word_set("names.also_words") and not token.acronym


def _free(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether what follows a word that is also a name leaves it to be one."""
    token = tokens[place]
    if place + 1 >= len(tokens) or not adjoining(text, token, tokens[place + 1]):
        return text[token.end : token.end + 1] not in ("-", "_", "/")
    after = tokens[place + 1].text.casefold()
    if token.folded in ("will", "may") and after in word_set("names.after_question_word") - {"to", "on", "as", "if"}:
        return False
    if token.folded in MONTHS and not (token.title and tokens[place + 1].frequent):
        return False
    return tokens[place + 1].frequent or tokens[place + 1].maybe_family or after in word_set("names.also_words")


def _let(text: str, tokens: Sequence[Word], index: Mapping[int, int]) -> Iterator[Span]:
    """Yield names inside phrases that hold a person (`let jade know`, `did mark reply`, `said hope would`)."""
    for match in _LET.finditer(text):
        group = match.lastgroup if match.lastgroup not in ("verb", "modal") else None
        group = group or ("did" if match.group("did") else "said")
        place = index.get(match.start(group))
        if place is None or not (_word_name(tokens[place]) or tokens[place].given):
            continue
        if group == "did" and match.group("verb").casefold() not in word_set("names.bare_verbs"):
            continue
        if tokens[place].folded in MONTHS and group not in ("let", "is"):
            continue
        if group == "give" and tokens[place].folded in word_set("names.abstract"):
            continue
        yield Span(tokens[place].start, tokens[place].end, "PERSON")


def _placed(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a word that is also a name stands where only a person does."""
    token = tokens[place]
    before = tokens[place - 1] if place and text[tokens[place - 1].end : token.start] == " " else None
    if token.title and token.opens and _addressed(text, token):
        return True
    if before is not None and (before.folded in word_set("names.determiners") or before.folded in MONTHS):
        return False
    known = token.title or token.folded not in MONTHS
    if before is not None and before.text.casefold() in _FOR and known and _PRONOUN.match(text, token.end):
        return True
    if _STATE.match(text, token.end):
        return known
    return (token.folded not in MONTHS and _belongs(text, token)) or _speaks(text, tokens, place, before)


def _belongs(text: str, token: Word) -> bool:
    """Tell whether a word owns what people own, or is from a department (`joy's contract`, `ivy from payroll`)."""
    owned = text.startswith("'", token.end) and OWNED.match(text, token.end)
    return bool(owned or _FROM.match(text, token.end))


def _speaks(text: str, tokens: Sequence[Word], place: int, before: Word | None) -> bool:
    """Tell whether a verb of people follows a word that is also a name."""
    if place + 1 >= len(tokens) or not adjoining(text, tokens[place], tokens[place + 1]):
        return False
    after = tokens[place + 1]
    if not tokens[place].title and not after.common and text.startswith("'s ", after.end) and len(after.text) > 3:
        return True
    verb = after.text.casefold()
    if verb not in word_set("names.people_verbs"):
        return False
    if before is None:
        return True
    passive = verb in ("called", "asked", "told") and before.folded in word_set("names.modals")
    return not passive and (before.frequent or not before.ordinary)


def _addressed(text: str, token: Word) -> bool:
    """Tell whether a sentence begins with that word as the person it speaks to (`Mark, please`)."""
    match = _VOCATIVE.match(text, token.end)
    return match is not None and match["next"].casefold() in word_set("names.vocative")


def whole(text: str, tokens: Sequence[Word], place: int) -> Span:
    """Return the name that begins at that place."""
    token = tokens[place]
    last = (extend if token.title else extend_small)(text, tokens, place)
    return Span(token.start, tokens[last].end, "PERSON")
