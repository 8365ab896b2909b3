"""report.md: readable, and no word of an interview can act as markup, a link, a table cell or a template."""

from __future__ import annotations

import dataclasses
from typing import Any

import builders
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jtbd_nlp.reporting import JobReport
from jtbd_nlp.reporting.markdown_text import escape_markdown

INJECTIONS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[click](javascript:alert(1))",
    "![x](http://e.vil/p.png)", "<http://e.vil>", "http://e.vil", "https://e.vil/a_b", "www.e.vil",
    "`code` **bold** _it_ ~~no~~", "a | b | c", "# head", "> quote", "- item", "1. item", "1) item", "***", "---",
    "===", "a\n\n# b", "a\n---\nb", "[ref]: http://e.vil", "[^1]", "{{ 7*7 }} {% raw %} {{< x >}}", "$$x^2$$",
    "[[wiki]]", "%%hidden%%", "==mark==", "\\", "a\\", "\\[x](y)", "&lt;b&gt; &amp;", "\tcode", "    code", "+ item",
    ":::note", "a\u202eb", "``` \n```", "<!-- x -->", "term\n: definition",
]  # fmt: skip


def _tokens(markdown: str) -> list[Any]:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    flat = []
    for token in parser.parse(markdown):
        flat += [token, *(token.children or ())]
    return flat


@pytest.mark.parametrize("words", INJECTIONS)
def test_words_are_shown_and_never_act(words: str) -> None:
    tokens = _tokens("before " + escape_markdown(words) + " after")
    assert {t.type for t in tokens} <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    shown = "".join(t.content for t in tokens if t.type != "inline")
    assert shown == " ".join(f"before {words} after".replace("\u202e", "").split())


@settings(deadline=None)
@given(st.text())
def test_any_words_are_shown_and_never_act(words: str) -> None:
    for text in (escape_markdown(words), "x " + escape_markdown(words)):
        tokens = _tokens(text)
        allowed = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
        assert {t.type for t in tokens} <= allowed, words


@pytest.mark.parametrize("words", INJECTIONS)
def test_a_whole_report_keeps_its_shape(words: str) -> None:
    plain = [t.type for t in _tokens(builders.hostile_report("plain words").to_markdown()) if t.type != "text_special"]
    hostile = [t.type for t in _tokens(builders.hostile_report(words).to_markdown()) if t.type != "text_special"]
    assert [t for t in hostile if t != "text"] == [t for t in plain if t != "text"]


def test_links_are_not_made_by_github_either() -> None:
    assert "http\\://e.vil" in escape_markdown("http://e.vil")
    assert "www\\.e.vil" in escape_markdown("www.e.vil")


def test_reads_well() -> None:
    text = builders.small_report().to_markdown()
    assert text.startswith("# Jobs to be done\n\nDrafts for review: 2 jobs from 2 transcripts and 2 participants.")
    assert "| J-3f9a1c Close the month without copying |" in text
    assert "- “Honestly I like doing it by hand” (P2, ben)" in text
    assert "- “I still use a spreadsheet, because I know it” (P1, ada, 1:01:15)" in text
    assert "Pull: none found." in text
    assert "Ask next: *When did you last need your accountant?*" in text
    assert "- empty.txt: The file is empty." in text


def test_tells_what_stands_around_the_jobs() -> None:
    text = builders.nearby_report().to_markdown()
    assert "- Dimensions: functional, emotional" in text and "- Part of: Run the books" in text
    assert "- In their words: “would not add up”, “copying by hand”" in text
    assert "- About a particular past episode: 50% of the quotes" in text
    assert "### Wishes\n\n- “I wish my accountant answered the phone” (P2, ben)" in text
    assert "- faithful (warning): “relaxed” is not in the quotes. Drop it." in text
    assert (
        "Jobs heard of, on average over the order of interviews: 0.8 after 1, 1.3 after 2. The last one added 0.5."
        in text
    )
    assert "## Stories of participants\n\nStories need 6 participants or more" in text


def test_tells_the_stories_of_people_alike() -> None:
    text = builders.camps_report().to_markdown().split("## Stories of participants")[1]
    assert text.count("\n- P") == 3 and "push in Camp a 00" in text and "(stability " in text


def test_an_empty_report_says_so() -> None:
    assert "0 jobs from 0 transcripts" in JobReport().to_markdown()


def test_one_of_a_kind_is_told_so() -> None:
    report = builders.small_report()
    talk = report.transcripts[0]
    one = dataclasses.replace(
        report,
        jobs=report.jobs[:1],
        transcripts=(talk,),
        segments=tuple(s for s in report.segments if s.transcript_id == talk.transcript_id),
        unclustered=report.unclustered[:1],
    )
    text = one.to_markdown()
    assert "1 job from 1 transcript and 1 participant. " in text
    assert "; 1 passage supports no job. " in text
    assert "1 job from 1 transcript<" in one._repr_html_()
