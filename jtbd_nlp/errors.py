"""The exceptions of the library; every message says what is wrong, what was got, and what to do.

Tree::

    JtbdError
    ├── IngestionError            a source cannot be read; carries .path, .reason and .line
    ├── InvalidParameterError     (also ValueError) a setting or an argument breaks its rule
    ├── MissingModelError         a model file is absent or is not the one it should be
    ├── MissingExtraError         (also ImportError) an optional library is absent; carries .extra
    └── StudyError                a study folder, a curation file or a saved report cannot be used
"""

from __future__ import annotations

from pathlib import Path


class JtbdError(Exception):
    """Base of every error that the library raises on purpose."""


class IngestionError(JtbdError):
    """A source cannot be read.

    Parameters
    ----------
    reason : str
        One sentence: what is wrong and what to do.
    path : Path or str or None, default=None
        The file, as the user named it.
    line : int or None, default=None
        Line in the file, from 1.
    """

    def __init__(self, reason: str, *, path: Path | str | None = None, line: int | None = None) -> None:
        self.reason = reason
        self.path = path
        self.line = line
        where = "" if path is None else f"{path}{'' if line is None else f':{line}'}: "
        super().__init__(where + reason)


class InvalidParameterError(JtbdError, ValueError):
    """A setting or an argument breaks its rule."""


class MissingModelError(JtbdError):
    """A model file is absent, or its sha256 is not the recorded one."""


class MissingExtraError(JtbdError, ImportError):
    """An optional library is absent.

    Parameters
    ----------
    library : str
        The import name that failed.
    extra : str
        The extra of ``jtbd_nlp`` that brings it.
    """

    def __init__(self, library: str, extra: str) -> None:
        self.library = library
        self.extra = extra
        super().__init__(f"{library} must be installed for this, got none. Run: pip install 'jtbd_nlp[{extra}]'")

    def __reduce__(self) -> tuple[type[MissingExtraError], tuple[str, str]]:
        """Come back whole from another process: the message alone does not tell library and extra apart."""
        return type(self), (self.library, self.extra)


class StudyError(JtbdError):
    """A study folder, a curation file or a saved report cannot be used as it is."""
