"""How long a test waits for what must come: so long that only a hang takes longer, however slow the machine."""

HANG_SECONDS = 60.0
"""A limit and no pause: a test that passes never waits for it. How quick something is belongs to `tests/bench`."""
