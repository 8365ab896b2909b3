"""Stories, tests of columns and people who left: as a report gives them, and as the page shows them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import builders
import pytest
from browsing import Opened, chromium, save_page

from jtbd_nlp.finishing import status_warnings, with_big_jobs
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.reporting.page_data import page_data
from jtbd_nlp.reporting.people import MOST_PEOPLE, find_stories, people_of


def test_three_camps_are_three_stories_with_what_sets_them_apart() -> None:
    stories, why_none = find_stories(builders.camps_report())
    assert stories is not None and why_none == ""
    assert {frozenset(m) for m in stories.members} == {frozenset(f"P{n}" for n in (c, c + 3, c + 6)) for c in (1, 2, 3)}
    first = stories.members.index(("P1", "P4", "P7"))
    assert {"J-000000 push", "J-000010 push"} <= set(stories.marks[first])


def test_no_stories_says_why() -> None:
    assert find_stories(builders.small_report()) == (None, "Stories need 6 participants or more; these are 2.")
    many = builders.camps_report(MOST_PEOPLE + 3)
    assert find_stories(many) == (None, f"Stories are sought in studies of up to {MOST_PEOPLE} participants.")
    alike = dataclasses.replace(builders.camps_report(), jobs=builders.camps_report().jobs[:1])
    assert "Too few participants share" in find_stories(alike)[1]


def test_a_column_that_decides_the_job_is_told_from_chance() -> None:
    found = people_of(builders.camps_report(18))
    camp = found.tests["camp"]
    assert camp.n_tests > 0
    assert {(job, group) for job, group, _ in camp.found} >= {("J-000000", "a"), ("J-000001", "b"), ("J-000002", "c")}
    assert all(p < 0.05 for _, _, p in camp.found)
    assert [(a.status, a.participants) for a in found.left] == [
        ("churned", tuple(sorted(f"P{n}" for n in range(3, 19, 3))))
    ]


def test_one_person_with_two_values_makes_no_test() -> None:
    report = builders.camps_report()
    doubled = {**report.participants[0], "transcript_id": "talk_2", "camp": "b"}
    assert "camp" not in people_of(dataclasses.replace(report, participants=(*report.participants, doubled))).tests


def test_who_has_two_statuses_is_left_out_and_told_and_the_rest_stays() -> None:
    report = builders.camps_report()
    doubled = {**report.participants[2], "transcript_id": "talk_2", "status": "active"}
    twice = dataclasses.replace(report, participants=(*report.participants, doubled))
    assert [a.participants for a in people_of(twice).left] == [("P6", "P9")]
    (told,) = status_warnings(twice.participants)
    assert (told.code, told.count) == ("participants_status", 1)
    assert "got 'churned' and 'active' for P3" in told.message
    assert list(status_warnings(report.participants)) == []


def test_a_big_job_bears_the_name_of_the_first_job_that_is_shown() -> None:
    job = builders.camps_report().jobs[0]
    drafted = [
        ("Have the bill ready", "Unworded job (2)"),
        ("Be paid", "Unworded job (2)"),
        ("Sleep", "Sleep"),
        ("Eat", None),
    ]
    jobs = [dataclasses.replace(job, job_id=name, name=name, big_job=big) for name, big in drafted]
    assert [j.big_job for j in with_big_jobs(jobs)] == ["Have the bill ready", "Have the bill ready", None, None]


def test_the_page_data_names_jobs_and_passages_that_it_has() -> None:
    data = page_data(builders.camps_report())
    ids = {job["job_id"] for job in data["jobs"]}
    assert all(job_id in ids for story in data["people"]["stories"] for job_id, _force in story["marks"])
    assert all(0 <= n < len(data["quotes"]) for group in data["people"]["left"] for n in group["quotes"])
    assert page_data(JobReport())["people"]["stories"] == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.mark.browser
def test_the_page_shows_stories_forces_groups_and_who_left(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.camps_report().to_html()))
    page = opened.page
    page.click("nav button:has-text('People')")
    assert page.locator(".tale").count() == 3
    assert "push in Camp a 00" in " ".join(page.locator(".tale").all_inner_texts()).replace("\n", " ")
    row = page.locator("[aria-label='Forces by participant'] tbody tr").first
    assert row.locator("td").all_inner_texts() == ["1", "0", "1", "0", "2"]
    page.select_option("#filter-matrix", "camp")
    cells = page.locator("[aria-label='People by group'] tbody tr").first.locator("td").all_inner_texts()
    assert [cell.rstrip(" *") for cell in cells] == ["3 of 3", "0 of 3", "0 of 3"]
    assert "People who left: churned" in page.inner_text("#main")
    page.locator("[aria-label='Forces by participant'] tbody tr").first.locator("td button").first.click()
    assert "Only what P1 says is shown." in page.inner_text("#moving")
    assert set(page.locator("#moving .quote .by strong").all_inner_texts()) == {"P1"}
    assert opened.broken() == []
    opened.close()


@pytest.mark.browser
def test_the_overview_shows_every_job_and_leads_to_it(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.small_report().to_html()) + "#/overview")
    page = opened.page
    assert "2 jobs from 2 interviews with 2 people" in page.inner_text(".lede")
    assert page.locator(".glance tbody tr").count() == 2
    assert page.locator(".hired li").first.inner_text().startswith("spreadsheet")
    page.click(".glance tbody tr:nth-child(2) button")
    assert page.inner_text(".detail h2") == "Reach my accountant"
    page.click("nav button:has-text('Overview')")
    page.click(".hired button")
    assert page.locator(".chip").all_inner_texts() == ["Current solution: spreadsheet ×"]
    assert opened.broken() == []
    opened.close()


@pytest.mark.browser
def test_split_shows_a_new_job_at_once_and_undo_takes_it_back(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.small_report().to_html()))
    page = opened.page
    page.click("button:text-is('Split')")
    page.click("dialog button.primary")
    assert page.locator("dialog").count() == 1, "nothing was chosen: nothing may happen"
    boxes = page.locator("dialog .choices input")
    for n in range(4):
        boxes.nth(n).check()
    assert "must stay" in page.inner_text("dialog [role=status]")
    page.click("dialog button.primary")
    assert page.locator("dialog").count() == 1, "a split of everything is none"
    for n in range(3):
        boxes.nth(n).uncheck()
    page.fill("#field", "A part")
    page.click("dialog button.primary")
    assert "A part" in page.locator(".item .name").all_inner_texts()
    assert page.inner_text("#toast span").startswith("Split 1 quote off")
    page.click(".item:has-text('A part')")
    assert "The next run drafts its statement" in page.inner_text(".detail")
    page.keyboard.press("z")
    assert page.locator(".item[data-job]").count() == 2
    assert opened.broken() == []
    opened.close()


@pytest.mark.browser
def test_slots_lead_to_their_quotes_and_leftovers_into_jobs(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.small_report().to_html()))
    page = opened.page
    quotes = ".detail section:has(h3:text('Quotes')) .quote"
    assert page.locator(quotes).count() == 4
    page.click(".statement .slot.slot-motivation")
    assert page.locator(quotes).all_inner_texts()[0].startswith("I want to stop copying by hand")
    assert page.locator(quotes).count() == 1
    assert page.get_attribute(".by-slot [data-slot=motivation]", "aria-pressed") == "true"
    page.click(".by-slot [data-slot='']")
    assert page.locator(quotes).count() == 4
    page.click("nav button:has-text('Left out')")
    page.click("button:text-is('Add to a job')")
    page.check("dialog input[value='J-0b77e2']")
    page.click("dialog button.primary")
    page.click("nav button:has-text('Jobs')")
    page.click(".item[data-job='J-0b77e2']")
    assert "copy two hundred rows" in page.inner_text(".detail")
    assert opened.broken() == []
    opened.close()
