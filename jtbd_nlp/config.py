"""Settings of a run: frozen dataclasses, read from TOML; a key that nobody knows is refused with the nearest match."""

from __future__ import annotations

import dataclasses
import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from .errors import InvalidParameterError


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestionConfig:
    """How sources are read; the limits keep a hostile or broken file from taking the machine down."""

    interviewer: tuple[str, ...] = ()  # speaker names that are interviewers, whatever they say
    observer: tuple[str, ...] = ()  # speaker names that are neither asked nor asking
    text_columns: tuple[str, ...] = ()  # columns of survey or review tables that hold what people wrote; empty: found
    max_file_mb: int = 200  # larger files are refused by name
    max_unpacked_mb: int = 400  # what a .docx, .odt or .xlsx may unpack to
    max_turns: int = 200_000  # turns of one transcript; the rest is left out with a warning
    max_chars: int = 20_000_000  # characters of one transcript; a longer one is refused by name


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggingConfig:
    """How sentences are tagged."""

    model: str = "tagger"  # folder in models/, or "lexicon" for cue words alone
    keep_uncertain: bool = True  # mining uses labels just below their threshold too: marked uncertain, and counted


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingConfig:
    """How sentences become vectors."""

    model: str = "minilm"  # folder in models/, or any sentence-transformers name or folder on disk
    device: str = "cpu"  # cpu, cuda, mps ...; passed to onnxruntime or sentence-transformers
    threads: int = 0  # 0: as many as there are cores


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteringConfig:
    """How passages are grouped."""

    granularity: float = 1.0  # above 1: fewer and broader jobs, below 1: more and narrower
    min_passages: int = 3  # smallest cluster
    min_participants: int = 2  # below it, a coherent cluster is kept apart as a single voice
    max_share: float = 0.2  # largest share of all passages that one cluster may hold
    resamples: int = 20  # for the stability of each job; 0: none
    seed: int = 0  # of all that is drawn at random


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftingConfig:
    """How a cluster becomes a statement."""

    max_jobs: int = 200  # further clusters go to the unclustered list, and a warning says so
    products: tuple[str, ...] = ()  # product names to keep out of motivations, beside the built-in list
    brief: str = ""  # text of the study brief: statements that only repeat it are flagged


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyConfig:
    """What the outputs may show of people."""

    pseudonymise: bool = False  # participants become P1, P2 ...; who is who stands in a key file of your own
    redact: Literal["off", "suggest", "on"] = (
        "off"  # hide personal data: not, what you accept in a list, all that is found
    )
    keep: tuple[str, ...] = ()  # words that are never personal: product names that look like people's
    hide: tuple[str, ...] = ()  # words that always are, beside what is found


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of a run, by stage."""

    ingestion: IngestionConfig = field(default_factory=IngestionConfig)
    tagging: TaggingConfig = field(default_factory=TaggingConfig)
    embedding: EmbeddingConfig = field(default_factory=EmbeddingConfig)
    clustering: ClusteringConfig = field(default_factory=ClusteringConfig)
    drafting: DraftingConfig = field(default_factory=DraftingConfig)
    privacy: PrivacyConfig = field(default_factory=PrivacyConfig)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, origin: str = "config") -> Config:
        """Build from nested mappings.

        Parameters
        ----------
        data : Mapping[str, Any]
            Section name to keys; absent ones take their defaults.
        origin : str, default="config"
            Named in errors: the file, say.

        Returns
        -------
        Config

        Raises
        ------
        InvalidParameterError
            If a section or key is unknown, or a value has the wrong type.
        """
        hints = get_type_hints(cls)
        sections: dict[str, Any] = {}
        for name, values in data.items():
            _known(name, hints, f"{origin}: section")
            sections[name] = _build(hints[name], values, f"{origin}: [{name}]")
        return cls(**sections)

    @classmethod
    def from_toml(cls, path: Path | str) -> Config:
        """Read a TOML file; errors name it."""
        try:
            data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InvalidParameterError(
                f"{path} must be a TOML file in UTF-8, got: {error}. Mend that line."
            ) from error
        return cls.from_dict(data, origin=str(path))

    def to_dict(self) -> dict[str, Any]:
        """Return nested plain values, fit for JSON and for `from_dict`."""
        return {
            name: {key: list(v) if isinstance(v, tuple) else v for key, v in section.items()}
            for name, section in dataclasses.asdict(self).items()
        }


def _known(name: str, options: Mapping[str, Any], what: str) -> None:
    if name not in options:
        near = difflib.get_close_matches(name, options, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise InvalidParameterError(f"{what} must be one of {', '.join(sorted(options))}, got {name!r}.{hint}")


def _build(section: type[Any], values: Any, what: str) -> Any:
    if not isinstance(values, Mapping):
        raise InvalidParameterError(f"{what} must be a table of keys, got {values!r}. Write one key a line below it.")
    hints = get_type_hints(section)
    for key in values:
        _known(key, hints, f"{what} key")
    return section(**{key: _cast(hints[key], value, f"{what} {key}") for key, value in values.items()})


def _cast(hint: Any, value: Any, what: str) -> Any:
    if get_origin(hint) is Literal:
        if value in get_args(hint):
            return value
        rule = "one of " + ", ".join(map(repr, get_args(hint)))
    elif get_origin(hint) is tuple:
        if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
            return tuple(value)
        rule = "a list of texts"
    elif hint is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    elif isinstance(value, hint) and not (hint is int and isinstance(value, bool)):
        return value
    else:
        rule = f"of type {hint.__name__}"
    raise InvalidParameterError(f"{what} must be {rule}, got {value!r}. Change it in the settings.")
