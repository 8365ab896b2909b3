"""The report page beside its jobs, in a real browser: a new job that a person makes, wishes, the switch, and reasons."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import builders
import pytest
from browsing import Opened, key, save_page, texts
from test_wishes_and_switch import LINES

from jtbd_nlp.reporting import JobReport
from jtbd_nlp.study import Study

pytestmark = pytest.mark.browser


def make_a_job(page: Any, **words: str) -> None:
    """Make a job of the first passage that the view offers, as a person does."""
    page.locator("button:text-is('Add to a job')").first.click()
    page.check("dialog input[value='new']")
    page.click("dialog button.primary")
    page.wait_for_selector("#new-name")
    for name, text in words.items():
        page.fill(f"#new-{name}", text)
    page.click("dialog button.primary:text-is('Make the job')")


def test_a_job_that_the_machine_missed(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    page.click("nav button:has-text('Left out')")
    make_a_job(page, name="Copy less", motivation="I want to stop copying rows")
    assert "Made the new job “Copy less”" in page.inner_text("#toast")
    assert "supports no job" not in page.inner_text("#main") and "0 passages" in page.inner_text("#main")
    page.click("nav button:has-text('Jobs')")
    assert "Copy less" in texts(page, ".item .name")
    page.click(".item:has-text('Copy less')")
    assert texts(page, ".statement > p") == ["When situation?, I want to stop copying rows, so I can outcome?."]
    assert page.locator(".detail h2 .flag.edited").count() == 1
    assert "A new job, made by you." in page.inner_text(".detail")
    page.keyboard.press("e")
    with page.expect_download() as waiting:
        page.click("text=Download curation.toml")
    waiting.value.save_as(tmp_path / "curation.toml")
    (table,) = tomllib.loads((tmp_path / "curation.toml").read_text(encoding="utf-8"))["edit"]
    words = "Every month I copy two hundred rows"
    assert (table["op"], table["name"], table["motivation"]) == ("create", "Copy less", "stop copying rows")
    assert table["quotes"] == [key("ben", builders.BEN.text, words)] and "outcome" not in table
    study = Study.init(tmp_path / "study")
    (edit,) = study.add_edits(tmp_path / "curation.toml")
    assert edit.made == table["into"] and dict(edit.words) == {"motivation": "stop copying rows"}


def test_a_new_job_can_be_taken_back_and_outlives_a_closed_tab(opened: Opened) -> None:
    page = opened.page
    page.click("nav button:has-text('Left out')")
    make_a_job(page)
    page.click("nav button:has-text('Jobs')")
    assert page.locator(".item[data-job]").count() == 3
    page.reload()
    page.wait_for_selector(".item[data-job]")
    assert page.locator(".item[data-job]").count() == 3
    page.keyboard.press("z")
    assert page.locator(".item[data-job]").count() == 2


def test_what_a_person_worded_in_an_earlier_run_is_marked_as_theirs(browser: Any, tmp_path: Path) -> None:
    report = builders.small_report()
    first = dataclasses.replace(report.jobs[0], edits=("create E-abcdef01 by Ada: 4 quotes, name, outcome",))
    opened = Opened(browser, save_page(tmp_path, dataclasses.replace(report, jobs=(first,)).to_html()))
    assert opened.page.locator(".detail h2 .flag.edited").count() == 1
    assert texts(opened.page, ".legend li:has(.flag.edited) .word") == ["Outcome"]
    assert opened.broken() == []
    opened.close()


def test_wishes_stand_with_their_job_or_can_be_put_into_one(opened: Opened) -> None:
    page = opened.page
    page.click("nav button:has-text('Wishes')")
    assert page.inner_text("nav button[aria-current]") == "Wishes 2"
    assert texts(page, ".sheet h3") == ["With a magic wand 1", "Not talked about 1"]
    wand, other = (page.locator(".sheet .quote").nth(n) for n in (0, 1))
    assert "I wish my accountant answered the phone" in wand.inner_text()
    assert wand.locator("button:text-is('Reach my accountant')").count() == 1
    assert wand.locator("button:text-is('Add to a job')").count() == 0
    other.locator("button:text-is('Add to a job')").click()
    page.check("dialog input[value='J-0b77e2']")
    page.click("dialog button.primary")
    assert page.locator(".sheet button:text-is('Reach my accountant')").count() == 2
    page.locator(".sheet button:text-is('Reach my accountant')").first.click()
    assert page.inner_text(".detail .over code") == "J-0b77e2"


def test_a_wish_that_was_told_near_a_job_is_not_called_one_of_it(browser: Any, tmp_path: Path) -> None:
    report = builders.small_report()
    phone = report.jobs[1]
    weak = dataclasses.replace(phone, quotes=(dataclasses.replace(phone.quotes[0], support=0.1),), wishes=())
    wishes = (dataclasses.replace(report.wishes[0], job_id=None),)
    near = dataclasses.replace(report, jobs=(report.jobs[0], weak), wishes=wishes)
    opened = Opened(browser, save_page(tmp_path, near.to_html()))
    opened.page.click("nav button:has-text('Wishes')")
    assert "near Reach my accountant" in texts(opened.page, ".sheet .quote")[0]
    assert opened.broken() == []
    opened.close()


def test_a_new_job_of_a_passage_told_nearby_has_it_as_evidence(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.nearby_report().to_html()))
    page = opened.page
    page.click("nav button:has-text('Left out')")
    make_a_job(page, name="Copy less")
    page.click("nav button:has-text('Jobs')")
    page.click(".item:has-text('Copy less')")
    assert texts(page, ".detail .belongs") == ["put here by a person"]
    # with the longer one that it is part of, which was told near another job and counts here
    assert texts(page, ".detail section > h3:text('Quotes')") == ["Quotes 2"]
    assert opened.broken() == []
    opened.close()


def test_solutions_tell_why_or_that_nobody_did(opened: Opened) -> None:
    page = opened.page
    page.click(".solutions summary")
    why = texts(page, ".solutions .why")
    assert why[0] == "Why it was given up None told: P2"
    assert why[1].startswith("Why it is used I still use a spreadsheet, because I know it")
    page.click("nav button:has-text('Overview')")
    assert "given up by P2 (why: none told)" in page.inner_text(".hired")


def switched() -> JobReport:
    """Return the small report with a third person, who tells of a switch and whom no job quotes; one quote of a job has a step."""
    report = builders.small_report()
    third = builders.assemble((builders.ADA, builders.BEN, builders.interview("cy", LINES, "P3")), report.jobs)
    close = report.jobs[0]
    quotes = (close.quotes[0], dataclasses.replace(close.quotes[1], stage="using"), *close.quotes[2:])
    return dataclasses.replace(third, jobs=(dataclasses.replace(close, quotes=quotes), report.jobs[1]))


def test_the_switch_of_a_person_and_a_filter_by_step(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, switched().to_html()))
    page = opened.page
    page.click("nav button:has-text('People')")
    assert page.input_value("#filter-switcher") == "P3"
    page.evaluate("document.querySelector('.switch').scrollIntoView()")
    assert page.evaluate("document.querySelector('#main').scrollTop") > 0
    page.click("nav button:has-text('Wishes')")
    assert page.evaluate("document.querySelector('#main').scrollTop") == 0
    page.click("nav button:has-text('People')")
    assert texts(page, ".timeline > .told h3") == ["First Thought 1", "Active Looking 1", "Deciding 1"]
    assert texts(page, ".timeline > .told blockquote")[0] == "That's when I realised the shoebox had to go."
    assert page.locator(".timeline > li").count() == 8 and "none found" in page.inner_text(
        ".timeline > li:nth-child(2)"
    )
    page.click("nav button:has-text('Jobs')")
    page.click(".more summary")
    page.select_option("#filter-stage", "using")
    assert page.locator(".item[data-job]").count() == 1
    assert texts(page, ".detail section:has(h3:text('Quotes')) blockquote") == ["I want to stop copying by hand 😩"]
    assert opened.broken() == []
    opened.close()
