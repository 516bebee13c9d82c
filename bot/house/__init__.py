"""Splitting by meaning: what a house model is told, what it may plan and compose, and the checks of both; pure."""
