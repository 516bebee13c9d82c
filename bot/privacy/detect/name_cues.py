"""Names of people that the words around them give away, with and without capitals, and in other scripts."""

# ruff: noqa: PLR2004 - lengths and counts are what such rules are made of

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.model import Span
from bot.privacy.detect.eastern import eastern
from bot.privacy.detect.lexicon import MONTHS, Word, adjoining, embedded, famous_run, language
from bot.privacy.detect.surnames import extend, extend_small
from bot.privacy.detect.tellings import OWNED, told
from bot.privacy.detect.words import marked, word_set, words

_WEAK = word_set("name_cues.weak")
_LOOSE = word_set("name_cues.loose")
_TOWARDS = word_set("name_cues.towards")
_AFTER_COMMA = word_set("name_cues.after_comma")
_IDENTITY = word_set("name_cues.identity")
_NAME_IS = word_set("name_cues.name_is")
_ALSO_WORDS_BEFORE_LOWER = word_set("name_cues.also_words_before_lower")
_LOWER_BAN = word_set("name_cues.lower_ban")
_LOWER_TOO = word_set("name_cues.lower_too")
_MS_PRODUCTS = word_set("name_cues.ms_products")
_STATES = frozenset({"is", "was", "has", "had", "left", "got", "gets", "took", "started", "from"})
_SHORT, _LONG = 3, 5
_CYRILLIC = "[\u0410-\u042f\u0401\u0404\u0406\u0407\u0490][\u0430-\u045f\u0491]+"
_GREEK = "[\u0386-\u03ab][\u03ac-\u03ce]+"
_CASED = re.compile(rf"{_CYRILLIC}(?:[ -]{_CYRILLIC}){{0,2}}|{_GREEK}(?: {_GREEK}){{0,2}}")
_UNCASED = re.compile(
    "[\u0590-\u05ff\u0620-\u064a]+(?: [\u0590-\u05ff\u0620-\u064a]+){0,3}|[\u0900-\u0dff]+(?: [\u0900-\u0dff]+){0,2}|"
    "[\u0e00-\u0e7f]{2,24}|[\u3040-\u30ff\u3400-\u9fff]{2,8}(?:[ ・][\u3040-\u30ff\u3400-\u9fff]{1,6})?|"
    "[\uac00-\ud7af]{2,5}"
)
_HAN, _KANA, _HANGUL = "[\u3400-\u9fff]", "[\u30a0-\u30ff]", "[\uac00-\ud7af]"
_EASTERN = re.compile(
    "(?:姓名|名字|我叫|名叫|客户|客戶|患者|员工|員工|同事|经理|老板|联系人|收件人|氏名|名前|お客様|担当者?|社員|"
    "이름|고객|환자|직원|담당자)(?:是|为|は|の|은|는|이)?[ ::]{0,2}"
    f"(?P<after>{_HAN}{{2,4}}(?=[,。、 的在さ様のがはを]|$)|{_HAN}{{2,3}}|{_KANA}{{2,8}}|{_HANGUL}{{2,4}})"
    f"|(?P<before>(?:{_HAN}|{_KANA}){{1,5}}|{_HANGUL}{{2,4}})(?=さん|様|氏|先生|女士|小姐|くん|ちゃん|씨|님)"
)


def by_cues(text: str, tokens: Sequence[Word]) -> Iterator[Span]:
    """Yield names after a title, a role, a greeting or a verb of telling, and before what only people do."""
    capitals_mean_names = language(tokens) != "german"
    for place, token in enumerate(tokens):
        short = len(token.text) < 4 and len(token.text) > 1 and token.text.isupper()
        if (token.acronym and (short or not token.maybe_given)) or (not token.title and _inside(text, token)):
            continue
        before = _before(text, tokens, place)
        if (
            _announced(before, token, followed=_followed(text, tokens, place))
            or _acts(text, tokens, place)
            or (capitals_mean_names and before in _WEAK and _unknown_pair(text, tokens, place))
        ):
            last = (extend if token.title else extend_small)(text, tokens, place)
            if not famous_run(text, tokens, place, last):
                start = _with_title(text, tokens, place) if before in words("titles") else token.start
                yield Span(start, tokens[last].end, "PERSON")
    yield from told(text, tokens)
    yield from eastern(text, tokens)


def other_scripts(text: str) -> Iterator[Span]:
    """Yield names in another script inside a text in Latin letters; in Chinese, Japanese and Korean texts by cue."""
    if text.isascii():
        return
    letters = sum(map(str.isalpha, text))
    latin = sum(char.isalpha() and char < "\u0250" for char in text)
    if latin == letters:
        return
    for match in _EASTERN.finditer(text):
        yield Span(*match.span("after" if match.group("after") else "before"), "PERSON")
    mixed = latin * 2 > letters
    for pattern in (_CASED, _UNCASED) if mixed else (_CASED,):
        for match in pattern.finditer(text):
            if mixed or " " in match.group():
                yield Span(*match.span(), "PERSON")


def _inside(text: str, token: Word) -> bool:
    """Tell whether a word is a part of an identifier, or the ending of a title (`dott.ssa`)."""
    return embedded(text, token) or text[max(0, token.start - 1) : token.start] == "."


def _before(text: str, tokens: Sequence[Word], place: int) -> str:
    """Return the word before, when only blanks and weak punctuation stand between."""
    if not place:
        return ""
    left = tokens[place - 1]
    gap = text[left.end : tokens[place].start]
    if gap == "'s " and left.text.casefold() in _NAME_IS:
        return "name"
    linked = gap == " " and left.folded in ("is", "s", "called", "named", "ist", "est", "es") and place > 1
    if linked and tokens[place - 2].text.casefold() in _NAME_IS:
        return "name"
    sign, word = gap.strip(), left.text.casefold().rstrip(".")
    if len(gap) > 3 or "\n" in gap or sign.strip(".:,(\"'*#-"):
        return ""
    if (sign in (".", "-") and word not in words("titles")) or (sign.startswith(",") and word not in _AFTER_COMMA):
        return ""
    return word


def _followed(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a family name follows."""
    if place + 1 >= len(tokens) or not adjoining(text, tokens[place], tokens[place + 1]):
        return False
    second = tokens[place + 1]
    if not second.title and not second.ordinary and not second.topic and len(second.text) > 3:
        return True
    return second.maybe_family and not second.frequent and not second.topic


def _unknown_pair(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether two capitalised words stand there that no list knows as anything but names."""
    if place + 1 >= len(tokens) or not adjoining(text, tokens[place], tokens[place + 1]):
        return False
    first, second = tokens[place], tokens[place + 1]
    firm = first.text in words("trades_front") or second.text in words("trades")
    return first.unknown and second.unknown and not first.opens and not firm


def _with_title(text: str, tokens: Sequence[Word], place: int) -> int:
    """Return where a name begins with its titles (`Prof. Dr.`), or without them when they are longer than the name."""
    first = place
    while first and tokens[first - 1].folded in words("titles"):
        if text[tokens[first - 1].end : tokens[first].start].strip() not in ("", "."):
            break
        first -= 1
    shorter = tokens[place].start - tokens[first].start <= len(tokens[place].text)
    return tokens[first if shorter else place].start


_ADDRESSED = frozenset({
    "herr", "herrn", "frau", "mr", "mrs", "ms", "mme", "mlle", "monsieur", "madame", "señor", "señora", "senor",
    "senora", "signor", "signora", "sig", "sra", "meneer", "mevrouw",
})  # fmt: skip
"""Titles that stand before nothing but a name, even if the name is also a word."""


def _announced(before: str, token: Word, *, followed: bool) -> bool:
    """Tell whether the word before gives a name away."""
    if before in _ADDRESSED and token.title and len(token.text) > 1:
        return before != "ms" or token.folded not in _MS_PRODUCTS
    if not before or (token.ordinary and not token.maybe_given):
        return False
    if before in words("titles") and _after_title(before, token):
        return True
    if before in words("roles"):
        if token.title:
            return _capital_after_role(before, token)
        return _lower_after_role(before, token, followed=followed)
    return before in _WEAK and not token.ordinary and _after_little_word(before, token, followed=followed)


def _after_title(before: str, token: Word) -> bool:
    """Tell whether a word after a title is a name; some titles are also words where no capital follows."""
    if len(token.text) == 1 or (token.topic and not token.maybe_family):
        return False
    return token.title or (before not in _ALSO_WORDS_BEFORE_LOWER and not token.ordinary)


def _after_little_word(before: str, token: Word, *, followed: bool) -> bool:
    """Tell whether a word after `with`, `from` and the like is a name."""
    if token.folded in MONTHS or token.topic:
        return False
    if token.title:
        return token.maybe_given or (token.maybe_family and not token.common and before in _TOWARDS)
    if followed or token.given:
        named = token.maybe_given if followed else before not in _LOOSE
        return named and token.folded not in _LOWER_BAN
    return token.family and len(token.text) >= _LONG and before in ("from", "for", "with", "against")


def _capital_after_role(before: str, token: Word) -> bool:
    """Tell whether a capitalised word after a role or a greeting is a name."""
    if token.acronym:
        return False
    if before in marked("roles"):
        return token.maybe_given and not token.topic and token.folded not in MONTHS
    return (token.maybe_given and not (token.topic and token.folded not in MONTHS)) or (
        token.unknown and len(token.text) > 2
    )


def _lower_after_role(before: str, token: Word, *, followed: bool) -> bool:
    """Tell whether a word without a capital after a role or a greeting is a name."""
    if token.folded in _LOWER_BAN or (token.topic and not followed) or len(token.text) < 2:
        return False
    if before in _IDENTITY:
        return not token.common or token.given
    if token.given or before in marked("roles"):
        return token.given
    if token.maybe_given and not token.frequent:
        return followed or token.folded in _LOWER_TOO
    return followed and not token.common and len(token.text) > 3


def _acts(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether a word does or owns what only people do or own."""
    token = tokens[place]
    if token.topic or token.folded in MONTHS or (token.ordinary and not token.maybe_given):
        return False
    possible = token.given or (token.title and token.maybe_given) or token.unknown
    if possible and OWNED.match(text, token.end):
        return True
    if place + 1 >= len(tokens) or not adjoining(text, token, tokens[place + 1]):
        return token.given and text.startswith("'s", token.end)
    return _does(token, tokens[place + 1].text.casefold(), pair=_pair_acts(text, tokens, place))


def _does(token: Word, verb: str, *, pair: bool) -> bool:
    """Tell whether a word before that verb is a name; `pair`: it and the next word are one before a verb."""
    if not token.title and token.folded in _LOWER_BAN:
        return False
    if token.given:
        return pair or verb == "from" or (verb in words("actions") and (token.title or len(verb) >= _SHORT))
    if token.title and token.maybe_given:
        return _tells(verb) or (verb in _STATES and not token.ordinary)
    if token.maybe_given:
        return pair or (_tells(verb) and not token.frequent)
    return token.unknown and (pair or (_tells(verb) and (token.family or not token.opens)))


def _pair_acts(text: str, tokens: Sequence[Word], place: int) -> bool:
    """Tell whether this word and the next are a name in front of what people do or own."""
    if place + 1 >= len(tokens) or not adjoining(text, tokens[place], tokens[place + 1]):
        return False
    second = tokens[place + 1]
    if second.frequent or second.topic or not (second.maybe_family or second.unknown):
        return False
    after = tokens[place + 2].text.casefold() if place + 2 < len(tokens) else ""
    return _tells(after) or text.startswith("'s ", second.end)


def _tells(verb: str) -> bool:
    """Tell whether only people do this."""
    return verb in words("actions") and verb not in marked("actions")
