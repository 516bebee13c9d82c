"""Names of people that the words around them give away, with and without capitals, and in other scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.model import Span
from bot.privacy.detect.lexicon import MONTHS, PARTICLES, Word, adjoining, famous

_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir madam dame judge justice captain sergeant officer nurse doctor rev father sister herr herrn frau fräulein madame monsieur mme mlle m "
    "señor señora señorita sr sra srta don doña signor signora sig senhor senhora dona dhr mevr meneer mevrouw pan pani".split()
)
_STRONG = frozenset(
    "name named holder beneficiary payee patient employee colleague coworker co-worker manager boss supervisor teammate assistant intern candidate applicant husband wife son daughter "
    "brother mother father mom mum dad uncle aunt cousin friend neighbour neighbor landlord landlady tenant roommate partner girlfriend boyfriend fiancé fiancée teacher tutor pupil student "
    "doctor therapist lawyer attorney nurse witness plaintiff defendant claimant guest passenger driver subscriber recruiter accountant contractor attn attention dear hi hello hey hola hallo "
    "liebe lieber bonjour salut ciao cher chère querido querida estimado estimada caro cara thanks regards cheers tell telling told ask asked asking ping pinged remind reminded notify "
    "inform text texted email emailed cc bcc dm message messaged invite invited invites fire fired hire hired hiring promote promoting interview interviewed interviewing onboard onboarding assign "
    "mitarbeiter mitarbeiterin kollege kollegin kollegen chef chefin patientin kunde kundin nachbar nachbarin freund freundin vermieter mieter lehrer lehrerin schülerin schüler arzt ärztin tochter sohn mann "
    "bruder schwester mutter vater collègue salarié salariée patron cliente voisin voisine ami amie mari femme fils fille frère sœur mère père élève compañero compañera empleado empleada jefe jefa paciente "
    "vecino vecina amigo amiga esposo esposa marido hijo hija hermano hermana madre padre alumno alumna collega dipendente paziente capo marito moglie figlio figlia "
    "heißt heiße heisst heisse appelle llama llamo chiamo chiama spouse signed sincerely customer client resident parishioner victim suspect trainee apprentice rep representative "
    "owner lead engineer developer designer director clerk cashier player coach dependent dependant heir executor trustee guardian godmother nanny babysitter".split()
)
_WEAK = frozenset(
    "from with by for to and or about of against call called calling see meet met met saw help helped give gave send sent show showed let pay paid thank contact contacted between than like is was did does has are "
    "via per trust blame join joined replace replaced fire is were because that if when since per but so why who where what how "
    "mit von für an und bei avec de pour par et à con para por y e di per a met voor van".split()
)
_CAUTIOUS = frozenset("customer client partner lead owner engineer developer designer director message email text assign representative rep coach player sister father mother nurse judge captain officer".split())
_VERBS = frozenset(
    "said says told tells asked asks called calls wants wanted needs needed thinks thought wrote writes emailed replied replies mentioned claims claimed complained complains quit resigned retires retired left joined joins "
    "forgot forgets knows knew lives lived works worked got gets went goes came comes started starts sent sends promised promises offered refused refuses agreed agrees disagrees hates likes loves reported reports approved approves "
    "signed signs bought owes owed paid pays earns earned makes takes took gave gives keeps kept broke met meets married divorced lost feels felt seems has had is was isn't wasn't hasn't doesn't didn't won't will would could should can can't "
    "sagt sagte möchte will hat ist war wohnt arbeitet fragt fragte meint kündigt kommt kam dit veut a est était habite travaille demande dice dijo quiere tiene está estaba vive trabaja ha es era".split()
)
_TELLING = _VERBS - frozenset("is was has had will would could should can isn't wasn't hasn't doesn't didn't won't can't a est era es ist hat ha makes takes took gives gave keeps started starts gets got goes went comes reports left lost broke met".split())
_OWNED = re.compile(
    r"'s?[ \t]+(?:salary|manager|boss|laptop|phone|email|e-mail|mail|account|birthday|contract|address|number|desk|password|login|review|performance|leave|team|replacement|wife|husband|kid|kids|son|daughter|mother|father|"
    r"last day|first day|visa|pay|bonus|resignation|application|interview|report|request|calendar|car|house|flat|apartment|file|chart|prescription|surgery|diagnosis|condition|appointment|grade|grades|parents|pto|expense|expenses|pr|"
    r"badge|office|feedback|behaviour|behavior|role|position|start date|departure|farewell|baby|invoice|order|refund|lease|rent|claim|case|lawyer|will|estate|death|funeral|wedding)",
    re.IGNORECASE,
)
_LOWER_BAN = frozenset("siri alexa julia claude gemini ada rust jasmine iris cassandra apollo hermes athena".split())
_SCRIPT = re.compile(
    r"[\u0410-\u042f\u0401\u0404\u0406\u0407\u0490][\u0430-\u045f\u0491]+(?:[ -][\u0410-\u042f\u0401\u0404\u0406\u0407\u0490][\u0430-\u045f\u0491]+){0,2}"
    r"|[\u0391-\u03ab\u0386-\u038f][\u03ac-\u03ce]+(?: [\u0391-\u03ab\u0386-\u038f][\u03ac-\u03ce]+){0,2}"
)
_UNCASED = re.compile(
    r"[\u0590-\u05ff\u0620-\u064a]+(?: [\u0590-\u05ff\u0620-\u064a]+){0,3}|[\u0900-\u0dff]+(?: [\u0900-\u0dff]+){0,2}|[\u0e00-\u0e7f]{2,24}|[\u3040-\u30ff\u3400-\u9fff]{2,8}(?:[ \u3000・][\u3040-\u30ff\u3400-\u9fff]{1,6})?|[\uac00-\ud7af]{2,5}"
)
_CJK = re.compile(
    r"(?:姓名|名字|我叫|名叫|客户|客戶|患者|员工|員工|同事|经理|老板|联系人|收件人|氏名|名前|お客様|担当者?|社員|이름|고객|환자|직원|담당자)(?:是|为|は|の|은|는|이)?[ :：]{0,2}(?P<after>[\u3400-\u9fff]{2,4}(?=[,，。、 的在さ様のがはを]|$)|[\u3400-\u9fff]{2,3}|[\u30a0-\u30ff]{2,8}|[\uac00-\ud7af]{2,4})"
    r"|(?P<before>[\u3400-\u9fff\u30a0-\u30ff]{1,5}|[\uac00-\ud7af]{2,4})(?=さん|様|氏|先生|女士|小姐|くん|ちゃん|씨|님)"
)


def by_cues(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield names after a title, a role, a greeting or a verb of telling, and before what only people do."""
    for place, token in enumerate(tokens):
        if token.acronym and not token.maybe_given:
            continue
        before = _before(text, tokens, place)
        if _announced(before, token, followed=_followed(text, tokens, place)) or _acts(text, tokens, place):
            last = _run(text, tokens, place, before)
            if not famous(text[token.start : tokens[last].end]):
                start = _with_title(text, tokens, place) if before in _TITLES else token.start
                yield Span(start, tokens[last].end, "PERSON")


def other_scripts(text: str) -> Iterator[Span]:
    """Yield names in another script inside a text in Latin letters; in Chinese, Japanese and Korean texts by cue."""
    letters = sum(map(str.isalpha, text))
    latin = sum(char.isalpha() and char < "\u0250" for char in text)
    if latin == letters:
        return
    for match in _CJK.finditer(text):
        yield Span(*match.span("after" if match.group("after") else "before"), "PERSON")
    if latin * 2 > letters:
        for pattern in (_SCRIPT, _UNCASED):
            for match in pattern.finditer(text):
                yield Span(*match.span(), "PERSON")
    else:
        for match in _SCRIPT.finditer(text):
            if " " in match.group():
                yield Span(*match.span(), "PERSON")


def _before(text: str, tokens: Sequence[Word], place: int) -> str:
    """Return the word before, when only blanks and weak punctuation stand between."""
    if not place:
        return ""
    left = tokens[place - 1]
    gap = text[left.end : tokens[place].start]
    if left.folded in ("is", "'s", "called", "named", "ist", "est", "es") and place > 1 and gap == " ":
        earlier = tokens[place - 2].text.casefold()
        if earlier in ("name", "names", "manager", "boss", "colleague", "contact", "patient", "holder", "landlord", "chef", "jefe", "nombre", "nom"):
            return "name"
    joined = len(gap) <= 3 and not gap.strip(" \t.:,(\"'*#-") and "\n" not in gap
    if gap.strip() in (".", "-") and left.text.casefold() not in _TITLES:
        joined = False
    if gap.strip().startswith(",") and left.text.casefold() not in ("thanks", "regards", "cheers", "sincerely", "greetings", "hi", "hey", "hello", "gruß", "cordialement", "saludos"):
        joined = False
    return left.text.casefold().rstrip(".") if joined else ""


def _followed(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a family name follows."""
    if place + 1 >= len(tokens) or not adjoining(text, tokens[place], tokens[place + 1]):
        return False
    return tokens[place + 1].maybe_family and not tokens[place + 1].ordinary and not tokens[place + 1].topic


def _with_title(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return where a name begins with its titles (`Prof. Dr.`)."""
    first = place
    while first and tokens[first - 1].folded.rstrip(".") in _TITLES and text[tokens[first - 1].end : tokens[first].start].strip() in ("", "."):
        first -= 1
    return tokens[first].start


def _announced(before: str, token: Word, *, followed: bool) -> bool:
    """Tell whether the word before gives a name away."""
    if not before or token.ordinary and not (token.maybe_given and token.title):
        return False
    if before in _TITLES and (token.title or before not in ("m", "don", "pan", "sr", "miss", "sister", "father", "nurse", "doctor", "judge", "captain", "officer")):
        return len(token.text) > 1 and (not token.topic or token.maybe_family)
    if before in _STRONG:
        if token.title:
            return _capital_after_role(before, token)
        return _lower_after_role(before, token, followed=followed)
    if before in _WEAK and token.maybe_given and token.folded not in MONTHS:
        return (token.title and not token.topic and not token.ordinary) or (token.given and not token.title and token.folded not in _LOWER_BAN and before not in _FUNCTION)
    return False


_FUNCTION = frozenset("is was did does has are were that if when since so why where what how of or de a e y à di per".split())


def _capital_after_role(before: str, token: Word) -> bool:
    """Tell whether a capitalised word after a role or a greeting is a name."""
    if token.folded in MONTHS or token.acronym:
        return False
    if before in _CAUTIOUS:
        return token.maybe_given and not token.topic
    return token.maybe_given or (token.unknown and len(token.text) > 2)


def _lower_after_role(before: str, token: Word, *, followed: bool) -> bool:
    """Tell whether a word without a capital after a role or a greeting is a name."""
    if token.folded in _LOWER_BAN or token.topic or len(token.text) < 2:
        return False
    if before in ("name", "named", "holder", "beneficiary", "payee", "heiße", "heisse", "llamo", "appelle", "chiamo"):
        return not token.common or token.given
    return token.given or (token.maybe_given and (token.folded in _BOTH or followed) and not token.ordinary)


_BOTH = frozenset("rose mark will grace hope jack bill frank grant dean drew rob nick ray amber ruby jade crystal eve joy iris robin carol christian jasmine daisy lily holly".split())


def _acts(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a word does or owns what only people do or own."""
    token = tokens[place]
    if token.topic or token.folded in MONTHS or (token.ordinary and not token.maybe_given):
        return False
    owns = token.title and _OWNED.match(text, token.end) is not None and (token.maybe_given or token.unknown and not token.opens)
    if owns or (token.given and _OWNED.match(text, token.end)):
        return True
    if place + 1 >= len(tokens) or not adjoining(text, token, tokens[place + 1]):
        return False
    verb = tokens[place + 1].text.casefold()
    if token.given:
        return verb in _VERBS and token.folded not in _LOWER_BAN
    if not token.title:
        after = tokens[place + 2].text.casefold() if place + 2 < len(tokens) else ""
        return token.maybe_given and _followed(text, tokens, place) and after in _TELLING
    if token.maybe_given:
        return verb in _TELLING or (verb in ("is", "was", "has", "had", "left", "got", "gets", "took", "started", "from") and not token.ordinary)
    return token.unknown and verb in _TELLING and verb not in ("works", "worked", "likes", "knows", "needs", "needed", "seems", "called", "calls", "will")


def _run(text: str, tokens: Sequence[Word], place: int, before: str) -> int:
    """Return the index of the last word of the name that begins there, with or without capitals."""
    last = place
    lower = not tokens[place].title
    while last + 1 < len(tokens) and last - place < 4 and adjoining(text, tokens[last], tokens[last + 1]):
        following = tokens[last + 1]
        if following.title and (following.unknown or following.maybe_family) and not following.acronym and not (following.ordinary and not following.family):
            last += 1
        elif lower and following.maybe_family and not following.ordinary and not following.title and following.text.casefold() not in _VERBS:
            last += 1
        elif lower and before in ("holder", "name", "named", "beneficiary", "payee") and not following.common and not following.title and last == place:
            last += 1
        elif following.folded in PARTICLES and last + 2 < len(tokens) and (tokens[last + 2].unknown or tokens[last + 2].family) and tokens[last + 2].title is not lower:
            last += 2
        else:
            break
    return last
