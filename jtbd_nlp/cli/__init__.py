"""The command ``jtbd-nlp``: thin commands that parse, call the library, and print; one file for each kind of work.

Results go to standard output (plain text, or JSON with ``--json``), progress and warnings to standard error. Exit codes:
0 done, 1 an input could not be used, 2 wrong usage, 3 done but something was left out and named.
"""

from .main import main

__all__ = ["main"]
