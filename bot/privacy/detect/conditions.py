"""Illnesses by abbreviation, by the doctor they are called after, and of speech and learning, tied to somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Span

_HAS = (
    r"has|have|had|having|got|gets|with|having|diagnosed (?:with|as)|suffers? from|suffering from|"
    r"living with|lives with|"
    r"manages|managing|tiene|tengo|tuvo|padece|padece de|sufre de|sufre|con|por|hat|habe|hatte|mit|wegen|leidet an|"
    r"leide an|an|ha|ho|hanno|affett[oa] da|soffre di|malat[oa] di|a|ai|souffre d[eu]|souffre de la|atteinte? d[eu]|"
    r"atteinte? de la|a la|a le|ai la|un|une|tem|tenho|teve|sofre de|com|heeft|heb|lijdt aan|met|ma|mam|choruje na|"
    r"cierpi na|har|fick|lider av|of|his|her|my|their|su|sus|mi|sein|seine|seiner|ihr|ihre|ihrer|mein|meine|meiner|"
    r"sa|son|ma|mon|sua|suo|mijn|zijn|haar|onder|it's|its|i have|for|from|is|due to|because of|and"
)
_STRICT = (
    r"has|have|had|diagnosed with|suffers? from|suffering from|living with|i've got|she's got|he's got|hat|habe|hatte|"
    r"leidet an|leide an|tiene|tengo|padece(?: de)?|sufre(?: de)?|ha|ho|affett[oa] da|soffre di|"
    r"malat[oa] di|a la|ai la|"
    r"souffre de(?: la)?|atteinte? de(?: la)?|tem|tenho|sofre de|heeft|heb|lijdt aan|his|her|my|seine|ihre|meine|"
    r"choruje na|cierpi na|ma|mam|har|because of (?:her|his|my)|due to (?:her|his|my)"
)
_SURE = (
    "EPOC|COPD|BPCO|DPOC|POChP|ADHD|ADHS|TDAH|TDA|PTSD|PTBS|TEPT|TSPT|ESPT|IBS|RDS|HIV|VIH|SIDA|AIDS|OCD|PCOS|SOPK|"
    "CPTSD|C-PTSD|GERD|ERGE|COVID|HPV|ME/CFS|CFS|POTS|BPD|DVT|UTI|IBD|MRSA|ASD|GAD|PMDD|EDS|hEDS|KOLS|KOL"
)
_UNSURE = "MS|ADD|SEP|ALS|ELA|TIA|AVC|ACV|RSI|MND|CKD|TOC|SII|MCI|TBI|LBD|RA|DMT1|TSA|SLA"
_STRAY = r"(?!(?:-?\d| [A-Z]|[/_]|-[a-z]|\w| (?:is|are|degree|at|team|teams|word|office|breach|report|document)\b))"
_NO_NOUN = r"(?! (?!(?:and|so|but|which|for|since|or|can|what|do|does|how|y|e|et|und|que|seit|depuis|desde|da)\b)[a-z])"
_NAMED = (
    r"(?:hashimoto|crohn|parkinson|alzheimer|huntington|tourette|raynaud|ménière|meniere|menière|addison|cushing|sj[oö]gren|"
    r"bechterew|basedow|kawasaki|marfan|behcet|ehlers[ -]danlos|guillain[ -]barr[eé]|peyronie|hirschsprung|scheuermann|"
    r"dupuytren|graves|hodgkin|asperger|bell|down|wilson|gilbert|lyme)"
)
_RARE = r"hashimoto|crohn|parkinson|alzheimer|tourette|raynaud|m[eé]ni[eè]re|bechterew|basedow|behcet"
_EPONYM = re.compile(
    rf"(?<![\w-])(?:{_NAMED}(?:'?s)?[ -](?:disease|syndrome?|palsy|phenomenon|lymphoma|krankheit|thyroiditis|chorea)|"
    rf"(?:{_RARE})(?:'?s)?)(?![\w'-])"
    r"(?!(?:'s)? (?:law|foundation|charity|research|society|awareness|clinic|fund|walk|run)\b)",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"(?<![\w-])(?:stutter(?:ing|s)?|stammer(?:ing|s)?|lisp|speech impediment|speech impairment|selective mutism|"
    r"stottern|lispeln|sprachfehler|sprachstörung|bégaiement|begaiement|tartamude[zo]|balbuzie|gaguez|gagueira|"
    r"stotteren|jąkanie|dislexia|dyslexie|dislessia|dysleksja|dysleksję|legasthenie|legastheniker(?:in)?|dyskalkulie|"
    r"dyscalculie|discalculia|dyspraxie|dyscalculia|rechenschwäche|lese-rechtschreib-schwäche|lernbehinderung|"
    r"learning (?:disability|difficulties|difficulty)|hearing loss|tartamudea|bégaie|stottert|balbetta|"
    r"gagueja|[^\W\d_]{4,20}syndrom(?:et)?|utmattning|dislessic[oa]|disl[eé]xic[oa]|dyslexique|dyslectisch|bègue|tics)(?![\w-])",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"(?:\b(?:his|her|my|their|the boy's|'s|has an?|have an?|had an?|with an?|has|have|with|sein(?:em|en|er|es)?|"
    r"ihr(?:em|en|er|es)?|mein(?:em|en|er|es)?|hat|habe|wegen|son|sa|mon|ma|a|un|une|su|mi|tiene|tengo|con|ha|ho|"
    r"la sua|la mia|tem|tenho|sua|minha|heeft|zijn|haar|mijn|ma|he|she|er|sie|il|elle|über|about his|"
    r"about her|is|è|é|es|est|ist|"
    r"severe|mild|of|due to|because of|för|på grund av)|'s)[ ](?:(?:severe|slight|mild|bad|starke[snr]?|"
    r"leichte[snr]?|léger|una|un|"
    r"uma|een|eine[nr]?|een|the|la|der|die|das)[ ]){0,2}$",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"(?<![\w-])(?:video|audio|game|fps|frames?|animation|scroll\w*|stream\w*|playback|lag|gpu|engine|clojure|emacs|"
    r"scheme|racket|interpreter|program\w*|music|twitch\w*|render\w*|font|ux|website|app|analytics|cpu)(?!\w)",
    re.IGNORECASE,
)
_ABBREVIATED = tuple(
    (re.compile(rf"(?<![\w-])(?:{names}){_STRAY}"), re.compile(rf"(?<![\w-])(?:{tie}) $", re.IGNORECASE))
    for names, tie in (
        (_SURE, rf"(?:{_HAS})(?: (?:an?|the|la|le|el|l'|einer?|eine|un|una|severe|mild|adult|late-onset))?"),
        (rf"(?:{_UNSURE}){_NO_NOUN}", _STRICT),
        ("epoc|copd|adhd|adhs|tdah|ptsd|ptbs|tept|ibs|ocd|pcos|hiv|vih", rf"{_STRICT}|it'?s"),
    )
)
_PRESENTED = re.compile(
    r"(?<![\w-])(?:presented|presents|presenting|admitted|readmitted|brought in|rushed in|seen|reviewed|"
    r"discharged after) (?:to (?:us |the )?\w{1,12} )?"
    r"(?:with|for|after) (?:an? |the )?(?P<value>[a-z][\w'-]{2,24}(?: (?!and|on|in|after|since|at|for|but|which|"
    r"yesterday|today|last)[a-z][\w'-]{2,24}){0,2})"
)
_PATIENT = re.compile(
    r"(?<!\w)(?:patients?|discharge summary|hospital|ward|clinic\w*|mrn|nhs|gp|a&e|referral|medical|symptoms?|surgeon|"
    r"consultant letter|triage)(?!\w)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:what (?:is|are|does)|symptoms of|explain|difference between|people|children|kids|students|adults|anyone|"
    r"patients|menschen|kinder|persone|personas|personnes|pessoas|mensen|was ist|qué es|c'est quoi|cos'è) "
    r"(?:[\w']{1,10} ){0,3}$",
    re.IGNORECASE,
)


def conditions(text: str, *, personal: bool) -> Iterator[Span]:
    """Yield such illnesses where the words before tie them to somebody."""
    if personal:
        for names, tie in _ABBREVIATED:
            for match in names.finditer(text):
                before = tie.search(text, max(0, match.start() - 40), match.start())
                if before and not _GENERAL.search(text, max(0, before.start() - 40), before.start()):
                    yield Span(*match.span(), "MEDICAL")
        yield from _tied(_EPONYM, text)
        if not _MACHINE.search(text):
            yield from _tied(_SPEECH, text)
    if _PATIENT.search(text):
        for match in _PRESENTED.finditer(text):
            yield Span(*match.span("value"), "MEDICAL")


_TIE = re.compile(rf"(?:(?:{_HAS})|'s) (?:(?:an?|the|la|le|el|un|una|uma|el mal de|mal de|morbo di|maladie d[e']|early|"
    r"early-onset|enfermedad de|doença de|ziekte van|morbus|severe|mild)[ ]?){0,2}$", re.IGNORECASE)  # fmt: skip


def _tied(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """Yield the matches that belong to somebody by the words before them."""
    tie = _TIE if pattern is _EPONYM else _OF_SOMEBODY
    for match in pattern.finditer(text):
        start = max(0, match.start() - 40)
        if tie.search(text, start, match.start()) and not _GENERAL.search(text, start, match.start()):
            yield Span(*match.span(), "MEDICAL")
