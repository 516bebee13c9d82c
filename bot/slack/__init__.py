"""Slack: what comes in through the gate and the intake, and what goes out as one paced, harmless message."""
