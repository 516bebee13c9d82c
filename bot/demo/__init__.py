"""Loopback emulators of Slack and of the LLM wire formats, for `tessera demo` and for the tests."""
