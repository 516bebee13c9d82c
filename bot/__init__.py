"""Tessera: ask every model in Slack; tell none of them everything."""

__version__ = "0.2.0"
