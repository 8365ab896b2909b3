"""The command ``jtbd-nlp``: thin commands that parse, call the library, and print; one file for each kind of work.

Results go to standard output (plain text, or JSON with ``--json``), progress and warnings to standard error. Exit codes:
0 done; files that could not be read were named and the rest was used, 1 an input could not be used, or a check failed,
2 wrong usage, 3 done, but a transcript failed half-way, or, with ``--strict``, a file was not read or read with care (and
``reproduce``: something else came out).
"""

from .main import main

__all__ = ["main"]
