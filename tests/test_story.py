"""An outcome that is a clause of its own follows "so", wherever a job story is written out."""

import dataclasses
import html
import re

import builders
import pytest

from jtbd_nlp.drafting.choosing.choice import story_text
from jtbd_nlp.drafting.statements import compose_text
from jtbd_nlp.linting.statements import compose
from jtbd_nlp.reporting.display_records import statement_html
from jtbd_nlp.story import lead_of
from jtbd_nlp.study.wording import story

JOB = builders.nearby_report().jobs[0]


@pytest.mark.parametrize(
    ("outcome", "end"), [("that nobody has to ring", "so that nobody has to ring"), ("sleep", "so I can sleep")]
)
def test_outcomes_are_led_alike_everywhere(outcome: str, end: str) -> None:
    words = {"situation": "jobs end late", "motivation": "bill on the day", "outcome": outcome}
    assert lead_of(outcome) + outcome == end
    assert [text.endswith(f", {end}.") for text in (compose_text(**words), story(**words), compose(words))] == [
        True
    ] * 3
    assert story_text("bill on the day", None, outcome) == f"i want to bill on the day, {end.replace(' I ', ' i ')}"
    job = dataclasses.replace(JOB, statement=dataclasses.replace(JOB.statement, outcome=outcome))
    assert f", {end}" in html.unescape(re.sub("<[^>]+>", "", statement_html(job)))
