"""What the splitter knows of a language: word lists and phrases, as one frozen record per language."""

from __future__ import annotations

import re
from dataclasses import dataclass

NEVER = re.compile(r"(?!)")
NONE: frozenset[str] = frozenset()
_CALL = re.compile(r"[^,!:;\u2013\u2014]{1,40}[,!:;\u2013\u2014]+\s+")


def words(*lists: str) -> frozenset[str]:
    """Return the words of some space-separated lists."""
    return frozenset(" ".join(lists).split())


def endings(text: str) -> tuple[str, ...]:
    """Return the endings of a space-separated list, the longest first."""
    return tuple(sorted(text.split(), key=len, reverse=True))


def phrase(pattern: str) -> re.Pattern[str]:
    """Compile a phrase, case-free; units are read with every white space as a space."""
    return re.compile(pattern, re.IGNORECASE)


def greetings(*alternatives: str) -> re.Pattern[str]:
    """Compile phrases of courtesy, of which any number in a row, with or without a hidden name, is one greeting."""
    return phrase(rf"[\W_]*(?:(?:{'|'.join(alternatives)})(?!\w)[\W_]*(?:\ue000\d+\ue001[\W_]*)?)+")


@dataclass(frozen=True, slots=True)
class Language:
    """One language; every pattern is matched at a place unless it is said to be searched.

    Word lists (lower-case):
        stop: function words, which say nothing about a topic.
        light: words too general to name a topic ("cost", "example", "do").
        person, thing, plural: pronouns by what they can stand for.
        definite, determiners: words that begin a noun phrase; pointing: those that point at what was said.
        oblique: prepositions whose noun is seldom what a pronoun means ("on Debian").
        mine: first-person words.
        adverbs: words that may part a pronoun from its verb.

    Patterns:
        question: the first words of a direct question.
        clause: the same inside a sentence, after a joint (stricter).
        inverted: the same after a bare comma (stricter still).
        run_on: the same with nothing between, in chat style.
        relational: searched; nouns that are of something, which is not said ("an example").
        instruction: the first words of a task.
        strong: first words of a task that may follow "and" in another task.
        request: a question in a statement's clothing.
        head: the first words of an embedded question ("can you tell me"), up to its question word.
        opening: a clause at the start that what follows depends on, up to its comma ("if the guest is late, ").
        condition: the first word of a condition.
        marker: discourse markers at the start, which may be cut off ("and also").
        breaks: searched; what may stand between two coordinated questions, a bare space in the last place.
        aside: a break so strong that nothing need follow it ("btw").
        holding: searched; a sentence that keeps its coordinated questions together ("difference between").
        follow: the first words of what leans on the part before ("if not").
        result: searched; leans on an answer ("based on that").
        versus: searched; compares what was asked before ("which is cheaper").
        about: the first words of an elliptic question ("what about").
        seeking: searched; asks for, or makes, a thing that later words may mean.
        made: searched; noun phrases that an answer brings about, the noun in group 1.
        defining: a complete question even with one word of content.
        expletive: searched and removed; pronouns that stand for nothing.
        clitic: searched; pronouns that only their place tells from articles ("l'installer").
        anaphor: searched; demonstratives that stand for something said before.
        whole_list: searched in a list's intro; the items belong together.
        style: an instruction about how to answer, for every part.
        greeting: matched to the end; greetings, thanks, farewells.
        idle: matched to the end; an intro without content ("two questions").
        dealing: searched; an instruction that can be done piece by piece.
        not_dealing: searched; one that cannot.
        deictic: searched; refers to a pasted text or code.
        shift: first words that announce another point ("also").
        turn: first words that announce another topic ("apart from that, ").
    """

    code: str
    stop: frozenset[str] = NONE
    light: frozenset[str] = NONE
    person: frozenset[str] = NONE
    thing: frozenset[str] = NONE
    plural: frozenset[str] = NONE
    definite: frozenset[str] = NONE
    pointing: frozenset[str] = NONE
    determiners: frozenset[str] = NONE
    oblique: frozenset[str] = NONE
    mine: frozenset[str] = NONE
    suffixes: tuple[str, ...] = ()
    question: re.Pattern[str] = NEVER
    clause: re.Pattern[str] = NEVER
    inverted: re.Pattern[str] = NEVER
    run_on: re.Pattern[str] = NEVER
    relational: re.Pattern[str] = NEVER
    instruction: re.Pattern[str] = NEVER
    strong: re.Pattern[str] = NEVER
    request: re.Pattern[str] = NEVER
    head: re.Pattern[str] = NEVER
    opening: re.Pattern[str] = NEVER
    condition: re.Pattern[str] = NEVER
    marker: re.Pattern[str] = NEVER
    breaks: re.Pattern[str] = NEVER
    aside: re.Pattern[str] = NEVER
    holding: re.Pattern[str] = NEVER
    follow: re.Pattern[str] = NEVER
    result: re.Pattern[str] = NEVER
    versus: re.Pattern[str] = NEVER
    about: re.Pattern[str] = NEVER
    seeking: re.Pattern[str] = NEVER
    made: re.Pattern[str] = NEVER
    defining: re.Pattern[str] = NEVER
    expletive: re.Pattern[str] = NEVER
    clitic: re.Pattern[str] = NEVER
    anaphor: re.Pattern[str] = NEVER
    whole_list: re.Pattern[str] = NEVER
    style: re.Pattern[str] = NEVER
    greeting: re.Pattern[str] = NEVER
    idle: re.Pattern[str] = NEVER
    dealing: re.Pattern[str] = NEVER
    not_dealing: re.Pattern[str] = NEVER
    deictic: re.Pattern[str] = NEVER
    shift: re.Pattern[str] = NEVER
    turn: re.Pattern[str] = NEVER

    @property
    def known(self) -> bool:
        """Tell whether the splitter reads this language beyond its structure."""
        return bool(self.stop)

    def begin(self, text: str) -> int:
        """Return where a sentence's own words begin: after greetings, markers and turns to another topic."""
        at = 0
        while True:
            call = _CALL.match(text, at)
            if not (call and self.greeting.fullmatch(text, at, call.end())):
                call = self.turn.match(text, at) or self.marker.match(text, at)
            if call is None or call.end() == at:
                return at
            at = call.end()

    def turns(self, text: str) -> bool:
        """Tell whether a sentence announces another topic."""
        lead = self.marker.match(text)
        return bool(self.turn.match(text) or (lead and self.turn.match(text, lead.end())))
