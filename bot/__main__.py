"""`python -m bot` is `tessera`."""

from bot.cli import main

main()
