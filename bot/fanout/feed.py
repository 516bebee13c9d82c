"""What a watcher hears of one fragment: its states, and its text as it grows."""

from __future__ import annotations

import re

from bot.logs import LOGGER
from bot.model.outcome import FragmentEvent
from bot.model.plan import Fragment
from bot.ports import OnText, Watch

_WORD_ENDS = re.compile(r"[\s\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""What shows that there is a whole word: white space, or a script that has none between words."""


class Feed:
    """Tells one watcher about one fragment; a watcher that fails is no reason for the fragment to fail.

    Text goes from its first whole word on. Of two calls that run at once the
    later one is shown as soon as it has text; the earlier one is heard again only when that one fails.
    """

    __slots__ = ("_fragment", "_leader", "_watch")

    def __init__(self, watch: Watch, fragment: Fragment) -> None:
        """Begin with nothing told."""
        self._watch = watch
        self._fragment = fragment
        self._leader = 0

    def state(
        self, state: str, provider: str, *, seconds: float | None = None, text: str = "", error: str | None = None
    ) -> None:
        """Tell a change of state."""
        fragment = self._fragment
        try:
            self._watch(FragmentEvent(fragment.number, fragment.of, provider, state, seconds, text, error))
        except Exception as failure:  # noqa: BLE001 - whatever a watcher does, the fragment goes on
            LOGGER.warning("A watcher of a fragment failed (%s)", type(failure).__name__)

    def text_of(self, attempt: int, provider: str) -> OnText:
        """Return what the call of that attempt tells its text to."""

        def on_text(text: str) -> None:
            if attempt >= self._leader and _WORD_ENDS.search(text):
                self._leader = attempt
                self.state("in_progress", provider, text=text)

        return on_text

    def failed(self, attempt: int, provider: str) -> None:
        """Take back what a failed call has said, if it was this one that was shown; another one is heard again."""
        if attempt == self._leader:
            self._leader = 0
            self.state("in_progress", provider)
