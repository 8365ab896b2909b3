"""Lets ``python -m jtbd_nlp`` run the command line."""

from .cli import main

main()
