"""`python -m bot` is `sambang`."""

from bot.cli import main

main()
