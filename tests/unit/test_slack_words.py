"""Words to Tessera that are no question."""

import pytest

from bot.slack.views.home import SAID_TO
from bot.slack.words import Word, said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("stop", Word.STOP),
        (" STOP!! ", Word.STOP),
        ("Stop it.", Word.STOP),
        ("please stop", Word.STOP),
        ("Stop now", Word.STOP),
        ("Cancel that, please.", Word.STOP),
        ("Stop bitte!", Word.STOP),
        ("please, please stop now please", Word.STOP),
        ("*stop*", Word.STOP),
        ("`stop`", Word.STOP),
        ("stop \U0001f64f", Word.STOP),
        ("Thanks - that helps", Word.THANKS),
        ("never mind", Word.STOP),
        ("help", Word.HELP),
        ("Hello!", Word.HELP),
        ("hi :wave:", Word.HELP),
        ("??", Word.HELP),
        ("help please", Word.HELP),
        ("okay, thanks", Word.THANKS),
        ("please", None),
        ("What does never mind mean?", None),
        ("hi, what is copper?", None),
        ("?", Word.HELP),
        ("Thanks! :tada:", Word.THANKS),
        (":tada:", Word.THANKS),
        ("vielen Dank", Word.THANKS),
        ("forget me", Word.FORGET),
        ("How do I stop a process?", None),
        ("help me write a letter", None),
        ("12:30:45", None),
        ("...", None),
        ("thanks, and what is copper?", None),
    ],
)
def test_only_the_words_alone_are_words(text: str, word: Word | None) -> None:
    assert said(text) is word


def test_every_word_has_its_answer() -> None:
    assert set(SAID_TO) == set(Word)
