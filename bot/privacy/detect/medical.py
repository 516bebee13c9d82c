"""Health: conditions, treatments and medicines where a person is concerned, not as a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bot.model import Span
from bot.privacy.detect.conditions import conditions
from bot.privacy.detect.words import pattern, word_set, words

_PERSONAL = re.compile(
    r"(?<!\w)(?:i|i'm|i've|me|my|mine|he|she|his|her|him|hers|their|they|our|we|patients?|employees?|colleague|"
    r"coworker|co-worker|boss|manager|wife|husband|partner|son|daughter|mother|"
    r"father|mom|mum|dad|sister|brother|child|kid|friend|teammate|student|pupil|tenant|client|customer|candidate|"
    r"applicant|worker|someone|ich|mein\w*|er|sie|sein\w*|ihr\w*|patient\w*|kolleg\w*|"
    r"mitarbeiter\w*|je|j'ai|mon|ma|mes|il|elle|son|sa|salarié\w*|collègue|yo|mi|mis|su|él|ella|emplead\w*|"
    r"pacient\w*|compañer\w*|io|mio|mia|lui|lei|pazient\w*|hij|zij|hem|haar|mijn|zijn|ela|ele|meu|minha|sua|"
    r"seu|ona|jego|jej|tengo|tenho|habe|mam|"
    r"pacjent\w*|han|hon|hun|hans|hennes|patiënt\w*|pateint|sig|signora?|señora?|mme|monsieur|madame|frau|"
    r"herr|mrs?|ms)(?!\w)",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"^[ \t]*(?:\.\w|_|[ -]?(?:data ?sets?|research|model|classifier|csv|api|app|awareness|charity|run|insurance "
    r"product|law|statistics|prediction|detection|detector|screening tool|protocol|template|guidelines?|rates?\b))",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?<!\w)(?:diagnos(?:ed|is|e)(?: (?:with|of|as))?|suffer(?:s|ing|ed)? from|allergic to|allergy to|treated for|"
    r"treatment for|being treated for|tested (?:positive )?for|medication for|"
    r"hospitali[sz]ed (?:for|with)|recover(?:ing|ed|s)? from|relapse of|history of|operated for|surgery for|on sick "
    r"leave (?:for|because of|due to)|signed off with|off sick with|off work with|out sick with|"
    r"prescribed|comes? down with|came down with|"
    r"(?:le|les|lui|gli|le hanno|gli hanno|hanno) diagnosticar?on|diagnosticat[oa]|(?:le|"
    r"les) (?:han )?diagnostic(?:ado|aron|ó)|"
    r"(?:gli|le) hanno diagnosticato|diagnosticad[oa]|a été diagnostiquée?|lijdt aan|gediagnosticeerd met|"
    r"cierpi na|choruje na|chory na|"
    r"chora na|zdiagnozowano|lider av|lider af|diagnosti[sc]erad med|tem diagnóstico de|sofre de|"
    r"arbeitsunfähig wegen|krankgeschrieben wegen|"
    r"operad[oa] de|opéré[e]? d[eu'](?: la)?|operat[oa] (?:di|per)|convalescent d|recuperándose de|"
    r"leidet an|leide an|diagnostiziert mit|diagnose|erkrankt an|allergisch gegen|krank wegen|souffre "
    r"d[eu'](?: la)?|atteinte? d[eu'](?: la)?|diagnosti(?:c|qu\w+)(?: d[eu'])?|allergique (?:à|au|aux)|"
    r"sufre de|padece(?: de)?|diagnosticad[oa] (?:con|de)|alérgic[oa] a|soffre di|affett[oa] da)[ \t]+(?:an?|the|"
    r"einer|einem|un|une|una|la|severe|acute|chronic|mild|early|stage \w+|schwerer?|her|his|my|"
    r"their)?(?<![^\s'])[ \t]*(?:l')?"
    r"(?P<value>[^\W\d_][\w'-]*(?:[ ](?!(?:and|or|but|so|which|that|who|in|on|at|last|this|since|by|for|when|how|"
    r"can|is|um|zur|zum|wegen|nach|mit|bei|para|con|por|pour|avec|dans|en|was|has|have|und|oder|et|ou|y|o|e|pero|a|al|"
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
_HEAD_SOURCE = (
    r"(?<![\w-])(?!(?:diagnos|prognos|hypnos|symbios|osmos|metamorphos|mitos|meios|apoptos|academi|bohemi|"
    r"sympath|empath|apath|telepath|"
    r"nostalg|on-prem))(?:[^\W\d_]{3,24}(?:itis|itide|itidis|osis|osi|ämie|aemia|émie|emia|opath(?:y|ie|ia)|"
    r"patía|patia|algia|algie|plegi[ae]|phreni[ae]|"
    r"(?<=[rlnpth])ektomie|ectomy|ectomie|ectomía|otomy|oscopy|oscopie|carcinom[ae]?|lymphom[ae]?|melanom[ae]?)|"
    r"diabet\w{0,4}|zuckerkrank\w*|(?:hyper|hypo)(?:tens|tón|toni|glyc|thyr|chol)\w*|iperten\w+|ipoten\w+|"
    r"hipertens\w+|hipotiroid\w+|"
    r"herni[aes]?\w{0,2}|hérni[ae]|bandscheiben\w+|polmonite|bronchite|bronquite|gastrite|appendicite|"
    r"apendicite|artrite|arthrite|artritis|"
    r"hépatite|hepatite|epatite|cystite|tendinite|bursite|otite|sinusite|pancréatite|neumon[ií]a|pneumonie|"
    r"lungenentzündung|longontsteking|"
    r"asthme|asma|astma|cancro|cáncer|câncer|kanker|rak piersi|cancer|leuc[eé]mi[ae]|leukämie|białaczk\w+|"
    r"nowotwór|tumor\w{0,2}|"
    r"krebs|[^\W\d_]{3,14}krebs|[^\W\d_]{3,14}kanker|migr(?:aine|äne|änen|aña|ena|eny|än|æne)|epileps\w{1,3}|"
    r"épileps\w+|"
    r"dep?res(?:sion|sione|ión|são|sje|sjon|ja|ję|jii)(?:en)?|dépression|angst(?:störung|stoornis|zustände)|"
    r"ansiedad|ansiedade|ansia|anxiété|"
    r"nerwic[ęay]|burn-?out|herzinfarkt|hartaanval|infarctus|infarto|zawał\w*|hjärtinfarkt|schlaganfall|"
    r"herseninfarct|beroerte|udar|derrame|"
    r"insuffisance (?:rénale|cardiaque)|niereninsuffizienz|herzinsuffizienz|insuficiencia (?:renal|cardíaca)|"
    r"insufficienza renale|"
    r"bluthochdruck|pression artérielle|nadciśnieni\w+|cukrzyc\w+|astm[aęy]|alzheimer\w*|parkinson\w*|"
    r"demen(?:z|tie|cia|za|cja|ce)|démence|"
    r"sclérose|esclerosis|sclerosi|esclerose|stwardnieni\w+|schwanger\w*|zwanger\w*|enceinte|embarazad[ao]|"
    r"embarazo|incinta|grávida|gravidez|"
    r"w ciąży|gravid|fehlgeburt|miskraam|fausse couche|aborto|poronieni\w+|tuberkul\w+|tubercul\w+|"
    r"angina pectoris|arrhythmi[ae]|arritmia|"
    r"fibrillation|fibrilación|vorhofflimmern|thrombo\w+|trombos\w+|embolie|embolia|gürtelrose|zona|herpes|"
    r"hiv|vih|sida|allergie|alergia|"
    r"allergia|zöliakie|celiaquía|celiachia|cœliaque|glutenunverträglichkeit|essstörung|magersucht|bulimi[ae]|"
    r"anorexi[ae]|anoressia|"
    r"autis[mt]\w*|asperger|tdah|adhs|adhd|add|tinnitus|vertigini?|vértigo|schwindel|knie-?op|beinbruch|"
    r"fracture|fractura|frattura|fratura|"
    r"kreuzbandriss|meniskus\w*|hexenschuss|ischias|lumbago|sciatique|ciática|lombalgi[ae]|hexenschuß|"
    r"rückenleiden|hernia nuclei pulposi|"
    r"gout|goutte|gota|gotta|gicht|jicht|psoriasis|schuppenflechte|lupus|endometrios[ei]s?|(?:arthr|névr|"
    r"thromb|fibr|tubercul|ostéopor|cirrh|psych|myc|endométri|scoli|ménopau)ose|anämie|anemia|anémie|"
    r"concussion|"
    r"gehirnerschütterung|hersenschudding|commotion cérébrale|whiplash|frozen shoulder|torn (?:acl|meniscus|"
    r"ligament|rotator cuff)|"
    r"broken (?:leg|arm|ankle|hip|wrist|collarbone)|kidney stones?|gall ?stones?|heart murmur|blood clots?|"
    r"high cholesterol)(?![\w-])"
)
_ACCENTED, _PLAIN = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿąćęłńśźżőű", "aaaaaaceeeeiiiinooooouuuuyyacelnszzou"
_BASES = str.maketrans(_ACCENTED + _ACCENTED.upper(), _PLAIN + _PLAIN.upper())
_HEAD = re.compile(_HEAD_SOURCE.translate(_BASES), re.IGNORECASE)
_BEFORE = re.compile(
    r"(?<![\w-])(?:an?[ ]|the[ ]|une?[ ]|la[ ]|el[ ]|il[ ]|lo[ ]|l'|una[ ]|uma[ ]|een[ ]|"
    r"eine[nrm]?[ ])?(?:(?:stage[ ](?:\d|i{1,3}v?)[ab]?|type[ ]\d|typ[ -]\d|late-stage|early|"
    r"early-onset|chronic|acute|severe|mild|moderate|generali[sz]ed|major|clinical|gestational|breast|lung|"
    r"skin|colon|bowel|kidney|liver|unstable|stable|recurrent|suspected|"
    r"heart|lower|upper|back|spinal|lumbar|cervical|ulcerative|rheumatoid|bacterial|viral|atrial|deep vein|"
    r"pulmonary|advanced|terminal|"
    r"metastatic|triple-negative|schwere[rsn]?|akute[rsn]?|chronische[rsn]?|leichte[rsn]?|grave|légère|sévère|"
    r"leve|ernstige|acute|"
    r"ostre|przewlekłe|svår|post-?natal|postpartum|social|morbo di|maladie de|enfermedad de|mal de|"
    r"s[íy]ndrom[ea] d[eiu]|doença de|ziekte van|morbus|trastorno de|trastorno por|disturbo d[ai]|trouble|"
    r"cáncer de|cancer d[ue]|tumore (?:al|alla)|bipolar|seasonal|food|nut|peanut|penicillin)[ ]){0,3}$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[ ](?:gestacional|gestazionale|gestationnel|discale|discal|inguinale|inguinal|lombaire|lumbar|"
    r"lombare|cervicale|cervical|sévère|"
    r"severa|grave|chronique|crónic[ao]|cronic[ao]|crônic[ao]|aiguë|agud[ao]|acut[ao]|bilateral(?:e)?|"
    r"disorder|disease|syndrome|attacks?|failure|"
    r"mellitus|typu? ?\d|typ ?\d|tipo ?\d|de type ?\d|type ?\d|múltiple|multipla|múltipla|en plaques|multiple|"
    r"rozsiane|renale?|bipolar|piersi|płuc|"
    r"du sein|de mama|de pulmón|de colon|al seno|da mama|of the [a-z]+|arterial|artérielle|arteriosa|nerveuse|"
    r"nervios[ao]|nervosa|"
    r"post-?parto|post-?partum|générali?sée?|generali[sz]ad[ao]))+(?![\w-])",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"[ ]?(?:,|and|und|et|y|e|en|i|och|og)[ ](?P<value>(?:[a-zà-ÿ-]{3,20}[ ]){0,2}[a-zà-ÿ-]{3,24})(?=[.,;!?\n)]|"
    r"$)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:has|have|had|got|having|diagnos\w+|confirmado|detectado|confirm[ée]|bestätigt|confirmato|souffre|with|hat|habe|hatte|mit|wegen|ha|hanno|ho|avec|a|ai|ont|"
    r"tiene|tengo|tuvo|con|tem|tenho|teve|com|heeft|heb|"
    r"met|ma|mam|har|fick|har fået|avait|est|is|ist|è|está|é|of|from|for|by|says it'?s|its|it's|s|sie|er|il|"
    r"elle|my|his|her|their|mein|"
    r"meine|seine|ihre|sa|son|sua|su|mi|due to|because of|out|after|nach|après|tras|dopo|ze?|przez|na|om|af|"
    r"av|lett(?:er)?)"
    r"[ ](?:an?[ ]|the[ ]|une?[ ]|la[ ]|el[ ]|l'|una[ ]|uma[ ]|een[ ]|eine[nrm]?[ ]|[a-zà-ÿ-]{3,14}[ ]){0,2}$|"
    r"'s[ ]$|\b[dlj]'$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:symptoms? of|signs of|articles? (?:about|on)|what (?:is|are)|(?:wrote|write|post|blog|talk|podcast|"
    r"news)(?: is| was)? about|what'?s|explain|causes of|risk of|research (?:on|into)|paper on|info(?:rmation)? (?:on|"
    r"about)|"
    r"treatments? for|cure for|statistics on|difference between|qué es|c'est quoi|was ist|cos'è|o que é|"
    r"symptome (?:von|einer)|"
    r"síntomas de|symptômes d[ue']|sintomi d\w+|awareness of|vaccines? (?:for|against)|test for|screening for)"
    r"[ ](?:an?[ ]|the[ ]|une?[ ]|la[ ]|el[ ]|il[ ]|l'|una[ ]|[a-z0-9]{3,7}[ ]){0,2}$",
    re.IGNORECASE,
)
_OUTSIDE = word_set("medical.outside")


def medical(text: str, *, people: bool) -> Iterator[Span]:
    """Yield health terms of a message that speaks of somebody, and what a diagnosis cue announces."""
    personal = people or bool(_PERSONAL.search(text))
    if personal:
        yield from _conditions(text)
    yield from conditions(text, personal=personal)
    for match in _CUE.finditer(text):
        first = match.group("value").split()[0].casefold()
        if first not in _OUTSIDE and first not in words("words"):
            yield Span(*match.span("value"), "MEDICAL")
            joined = _JOINED.match(text, match.end("value"))
            if personal and joined and _medicinal(joined.group("value")):
                yield Span(*joined.span("value"), "MEDICAL")


def _conditions(text: str) -> Iterator[Span]:
    """Yield conditions by how they are called in several languages, with what stands before and after them."""
    for match in chain(_HEAD.finditer(_plain(text)), pattern("medical").finditer(text), _KIND.finditer(text)):
        before = _BEFORE.search(text, max(0, match.start() - 48), match.start())
        start = before.start() if before else match.start()
        known = match.re is not _HEAD
        if _TOPIC.match(text[match.end() : match.end() + 24]) or not _concerns(match, text):
            continue
        if _ABOUT.search(text, max(0, start - 40), start) or not (known or _tied(text, start, match.start())):
            continue
        after = _AFTER.match(text, match.end())
        yield Span(start, after.end() if after else match.end(), "MEDICAL")


def _plain(text: str) -> str:
    """Return the text, as long as before, without the accents that people leave out."""
    return text if text.isascii() else text.translate(_BASES)


def _tied(text: str, *ends: int) -> bool:
    """Tell whether one of these places follows a word that ties what stands there to somebody."""
    return any(_TOLD.search(text, max(0, end - 40), end) for end in ends)


def _medicinal(phrase: str) -> bool:
    """Tell whether a phrase holds a health term."""
    return any(rule.search(_plain(phrase)) for rule in (_HEAD, _KIND)) or bool(pattern("medical").search(phrase))


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
