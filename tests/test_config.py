"""Settings: each value is checked whether it comes from a file or from Python, with one message."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from jtbd_nlp import Config, config
from jtbd_nlp.config import ClusteringConfig, EmbeddingConfig, IngestionConfig, PrivacyConfig
from jtbd_nlp.errors import InvalidParameterError, StudyError
from jtbd_nlp.study import Study
from jtbd_nlp.study.settings import default_settings


@pytest.mark.parametrize(
    ("section", "key", "value", "rule"),
    [
        ("clustering", "granularity", 0, "above 0"),
        ("clustering", "granularity", math.nan, "above 0"),
        ("clustering", "granularity", math.inf, "above 0"),
        ("clustering", "min_passages", 0, "1 or more"),
        ("clustering", "min_participants", 0, "1 or more"),
        ("clustering", "max_share", 0.0, "above 0 and 1 or less"),
        ("clustering", "max_share", 1.5, "above 0 and 1 or less"),
        ("clustering", "resamples", -1, "0 or more"),
        ("clustering", "seed", -1, "0 or more"),
        ("clustering", "min_passages", 2.0, "of type int"),
        ("embedding", "threads", -1, "0 or more"),
        ("embedding", "threads", True, "of type int"),
        ("drafting", "max_jobs", 0, "1 or more"),
        ("ingestion", "max_turns", 0, "1 or more"),
        ("ingestion", "interviewer", "Dana", "a list of texts"),
        ("privacy", "pseudonymise", "yes", "of type bool"),
        ("privacy", "redact", "yes", "one of 'off', 'suggest', 'on'"),
    ],
)
def test_a_value_out_of_its_range_is_refused_everywhere(section: str, key: str, value: object, rule: str) -> None:
    kind = getattr(config, f"{section.capitalize()}Config")
    with pytest.raises(InvalidParameterError) as here:
        kind(**{key: value})
    assert str(here.value) == f"[{section}] {key} must be {rule}, got {value!r}. Change it in the settings."
    with pytest.raises(InvalidParameterError) as there:
        Config.from_dict({section: {key: value}}, origin="a.toml")
    assert str(there.value) == f"a.toml: {here.value}"


@pytest.mark.parametrize(("value", "advice"), [(True, 'Write "on".'), (False, 'Write "off".')])
def test_redact_has_three_ways_and_true_is_none_of_them(value: bool, advice: str) -> None:
    with pytest.raises(InvalidParameterError, match=advice):
        PrivacyConfig(redact=value)  # type: ignore[arg-type]


def test_values_take_the_form_of_their_key() -> None:
    assert IngestionConfig(interviewer=["Dana"]).interviewer == ("Dana",)  # type: ignore[arg-type]
    assert repr(ClusteringConfig(granularity=2).granularity) == "2.0"
    assert EmbeddingConfig(threads=0) == EmbeddingConfig()
    with pytest.raises(InvalidParameterError, match=r"\[clustering\] must be of type ClusteringConfig.*from_dict"):
        Config(clustering={"granularity": 2.0})  # type: ignore[arg-type]


def test_what_the_command_prints_can_be_given_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(default_settings("Spring"), encoding="utf-8")
    assert Config.from_toml(file) == Config()
    file.write_bytes(file.read_bytes().replace(b"# granularity = 1.0", b"granularity = 1.5").replace(b"\n", b"\r\n"))
    assert Config.from_toml(file).clustering.granularity == 1.5
    file.write_text("format = 2\n", encoding="utf-8")
    with pytest.raises(InvalidParameterError, match=r"settings.toml: format must be 1, got 2\. "):
        Config.from_toml(file)


@pytest.mark.parametrize("quote", [{"transcript_id": "a"}, "words", 5, None])
def test_what_is_no_quote_is_refused_where_a_study_is_edited(tmp_path: Path, quote: Any) -> None:
    study = Study.init(tmp_path / "study")
    with pytest.raises(StudyError, match="a quote must have transcript_id, start_char, end_char and text, got"):
        study.create([quote])
    with pytest.raises(StudyError, match="a quote must have"):
        study.create(quote)
    assert study.history() == ()


def test_errors_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameterError, match=r"got 'zzz'\. Take one of these, or leave it out"):
        Config.from_dict({"zzz": {}})
    with pytest.raises(InvalidParameterError, match=r"absent\.toml must be a file that can be read.*jtbd-nlp config"):
        Config.from_toml(tmp_path / "absent.toml")
    with pytest.raises((InvalidParameterError, StudyError), match="Write a short one, in quotes"):
        Study.init(tmp_path / "s", title="two\nlines")
