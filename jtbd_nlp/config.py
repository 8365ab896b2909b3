"""Settings of a run: frozen dataclasses, read from TOML; a key that nobody knows is refused with the nearest match.

Every value is checked wherever it comes from, a file or Python, when its section is made.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from .errors import InvalidParameterError


class From(NamedTuple):
    """The least value of a number, and the greatest; ``above`` leaves the least one itself out."""

    least: float
    most: float = math.inf
    above: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether a value is finite and within; not a number is neither."""
        low = value > self.least if self.above else value >= self.least
        return low and value <= self.most and math.isfinite(value)

    def __str__(self) -> str:
        start = f"above {self.least:g}" if self.above else f"{self.least:g} or more"
        return start if math.isinf(self.most) else f"{start} and {self.most:g} or less"


_S = TypeVar("_S")
FORMAT = 1  # of a file of settings
POSITIVE = From(0, above=True)


class _Section:
    """Checks the values of a section when it is made; lists become tuples, whole numbers floats where these are meant."""

    __slots__ = ()

    def __post_init__(self) -> None:
        name = type(self).__name__.removesuffix("Config").lower()
        for key, hint in _hints(type(self)).items():
            object.__setattr__(self, key, _cast(hint, getattr(self, key), f"[{name}] {key}"))


def _hints(section: type[Any]) -> dict[str, Any]:
    return {k: h for k, h in get_type_hints(section, include_extras=True).items() if not k.startswith("_")}


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestionConfig(_Section):
    """How sources are read; the limits keep a hostile or broken file from taking the machine down."""

    interviewer: tuple[str, ...] = ()  # speaker names that are interviewers, whatever they say
    observer: tuple[str, ...] = ()  # speaker names that are neither asked nor asking
    text_columns: tuple[str, ...] = ()  # columns of survey or review tables that hold what people wrote; empty: found
    max_file_mb: Annotated[int, From(1)] = 200  # larger files are refused by name
    max_unpacked_mb: Annotated[int, From(1)] = 400  # what a .docx, .odt or .xlsx may unpack to
    max_turns: Annotated[int, From(1)] = 200_000  # turns of one transcript; the rest is left out with a warning
    max_chars: Annotated[int, From(1)] = 20_000_000  # characters of one transcript; a longer one is refused by name


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggingConfig(_Section):
    """How sentences are tagged."""

    model: str = "tagger"  # folder in models/, or "lexicon" for cue words alone
    keep_uncertain: bool = True  # mining uses labels just below their threshold too: marked uncertain, and counted


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingConfig(_Section):
    """How sentences become vectors."""

    model: str = "minilm"  # folder in models/, or any sentence-transformers name or folder on disk
    device: str = "cpu"  # cpu, cuda, mps ...; passed to onnxruntime or sentence-transformers
    threads: Annotated[int, From(0)] = 0  # 0: as many as there are cores


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteringConfig(_Section):
    """How passages are grouped."""

    granularity: Annotated[float, POSITIVE] = 1.0  # above 1: fewer and broader jobs, below 1: more and narrower
    min_passages: Annotated[int, From(1)] = 3  # smallest cluster
    min_participants: Annotated[int, From(1)] = 2  # below it, a coherent cluster is kept apart as a single voice
    max_share: Annotated[float, From(0, 1, above=True)] = 0.2  # largest share of all passages that one cluster may hold
    resamples: Annotated[int, From(0)] = 20  # the groups of up to 500 passages rest on twelve times as many; 0: none
    seed: Annotated[int, From(0)] = 0  # of all that is drawn at random


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftingConfig(_Section):
    """How a cluster becomes a statement."""

    max_jobs: Annotated[int, From(1)] = 200  # further clusters go to the unclustered list, and a warning says so
    products: tuple[str, ...] = ()  # product names to keep out of motivations, beside the built-in list
    brief: str = ""  # text of the study brief: statements that only repeat it are flagged


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyConfig(_Section):
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

    def __post_init__(self) -> None:
        for name, section in _hints(type(self)).items():
            value = getattr(self, name)
            if not isinstance(value, section):
                raise InvalidParameterError(
                    f"[{name}] must be of type {section.__name__}, got {value!r}. Use Config.from_dict for plain values."
                )

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
            If a section or key is unknown, or a value has the wrong type or is out of its range.
        """
        if not isinstance(data, Mapping):
            raise InvalidParameterError(
                f"{origin} must be a mapping of sections, got {data!r}. Give {{}} for the defaults."
            )
        hints = _hints(cls)
        sections: dict[str, Any] = {}
        for name, values in data.items():
            _known(name, hints, f"{origin}: section")
            sections[name] = _build(hints[name], values, (origin, name))
        return cls(**sections)

    @classmethod
    def from_toml(cls, path: Path | str) -> Config:
        """Read a TOML file; errors name it.

        What ``jtbd-nlp config`` prints, and a study's own file, also say ``format`` and ``title``: these are no settings
        of a run, and are read over.
        """
        try:
            data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise InvalidParameterError(
                f"{path} must be a file that can be read, got: {error.strerror or error}. Check its name and rights; "
                "jtbd-nlp config prints one to start from."
            ) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InvalidParameterError(
                f"{path} must be a TOML file in UTF-8, got: {error}. Mend that line."
            ) from error
        _check_format(data.pop("format", FORMAT), str(path))
        data.pop("title", None)
        return cls.from_dict(data, origin=str(path))

    def to_dict(self) -> dict[str, Any]:
        """Return nested plain values, fit for JSON and for `from_dict`."""
        return {
            name: {key: list(v) if isinstance(v, tuple) else v for key, v in section.items()}
            for name, section in dataclasses.asdict(self).items()
        }


def _check_format(version: Any, origin: str) -> None:
    if type(version) is not int or version != FORMAT:
        raise InvalidParameterError(
            f"{origin}: format must be {FORMAT}, got {version!r}. Write {FORMAT}; if a newer jtbd_nlp made the file, update."
        )


def section_of(config: Any, kind: type[_S]) -> _S:
    """Return the settings of one stage, given as such or among all of a `Config`; None gives the defaults.

    Raises
    ------
    InvalidParameterError
        If it is neither.
    """
    if config is None:
        return kind()
    parts = [getattr(config, f.name) for f in dataclasses.fields(config)] if isinstance(config, Config) else [config]
    for part in parts:
        if isinstance(part, kind):
            return part
    raise InvalidParameterError(
        f"config must be a Config or of type {kind.__name__}, got {config!r}. Use Config.from_toml or Config.from_dict."
    )


def _known(name: str, options: Mapping[str, Any], what: str) -> None:
    if name not in options:
        near = difflib.get_close_matches(name, options, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "Take one of these, or leave it out."
        raise InvalidParameterError(f"{what} must be one of {', '.join(sorted(options))}, got {name!r}. {hint}")


def _build(section: type[Any], values: Any, where: tuple[str, str]) -> Any:
    origin, name = where
    what = f"{origin}: [{name}]"
    if not isinstance(values, Mapping):
        raise InvalidParameterError(f"{what} must be a table of keys, got {values!r}. Write one key a line below it.")
    for key in values:
        _known(key, _hints(section), f"{what} key")
    try:
        return section(**values)
    except InvalidParameterError as error:
        raise InvalidParameterError(f"{origin}: {error}") from error


def _cast(hint: Any, value: Any, what: str) -> Any:
    """Return a value as the type of its key, or raise with the rule that it breaks."""
    if get_origin(hint) is Annotated:
        kind, bounds = get_args(hint)
        number = _cast(kind, value, what)
        if bounds.holds(number):
            return number
        rule = str(bounds)
    elif get_origin(hint) is Literal:
        if isinstance(value, str) and value in get_args(hint):
            return str(value)
        rule = "one of " + ", ".join(map(repr, get_args(hint)))
    elif get_origin(hint) is tuple:
        if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
            return tuple(value)
        rule = "a list of texts"
    elif hint in (int, float) and not isinstance(value, bool) and isinstance(value, Integral if hint is int else Real):
        return hint(value)
    elif hint in (str, bool) and isinstance(value, hint):
        return value
    else:
        rule = f"of type {hint.__name__}"
    raise InvalidParameterError(f"{what} must be {rule}, got {value!r}. {_advice(hint, value)}")


def _advice(hint: Any, value: Any) -> str:
    """Say what to do; who writes true or false where there are three ways is told which one that is."""
    if get_origin(hint) is Literal and isinstance(value, bool) and {"on", "off"} <= set(get_args(hint)):
        return f'Write "{"on" if value else "off"}".'
    return "Change it in the settings."
