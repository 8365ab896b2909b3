"""The report page for who goes by keyboard, listens, magnifies, picks colours of their own, prints, or has no script."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path
from typing import Any

import builders
import pytest
from browsing import PHONE, Opened, save_page, texts

from jtbd_nlp.records import Statement
from jtbd_nlp.reporting import JobReport

pytestmark = pytest.mark.browser

VIEWS = ("Overview", "Map", "People", "Wishes", "Left out", "Warnings", "Jobs")
FOCUSED = "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"


def press(page: Any, selector: str) -> str:
    """Press a button by key and return what has the focus then."""
    page.locator(selector).first.focus()
    page.keyboard.press("Enter")
    return " ".join(page.evaluate(FOCUSED).split())


def go(page: Any, view: str) -> None:
    page.click(f"nav button:has-text('{view}')")


def status(page: Any) -> str:
    return str(page.inner_text("#status")).strip()


@pytest.mark.parametrize("view", VIEWS)
def test_the_focus_stays_on_the_way_to_a_view_and_the_view_is_told(opened: Opened, view: str) -> None:
    assert press(opened.page, f"nav button:has-text('{view}')").startswith(view)
    assert view == "Jobs" or status(opened.page) == view


@pytest.mark.parametrize(
    ("selector", "then"),
    [
        (".voice", "P1 ×3"),
        ("button:text-is('Mark reviewed')", "Reviewed ✓"),
        ("button:text-is('Pin')", "In context: show in ada"),
        (".quote:has-text('I want to stop copying') button:text-is('Leave out')", "Leave out"),
        ("#top .title button", "100 % of struggles used"),
    ],
)
def test_a_button_that_is_drawn_anew_keeps_the_focus(opened: Opened, selector: str, then: str) -> None:
    assert press(opened.page, selector) == then


def test_the_focus_goes_on_where_a_filter_was_taken_away(opened: Opened) -> None:
    page = opened.page
    page.click(".more summary")
    page.select_option("#filter-confidence", "low")
    assert press(page, ".chip") == "Order of the jobs"
    go(page, "People")
    assert press(page, "#moving td button") == "1 push of P1"


@pytest.mark.parametrize(
    ("view", "selector", "heading"),
    [
        ("Overview", ".glance th button", "Close the month without copying"),
        ("Overview", ".hired button", "Close the month without copying"),
        ("Overview", "button:text-is('See what was left out')", "Left out"),
        ("People", ".matrix tbody th button", "Close the month without copying"),
        ("People", ".matrix td button", "Close the month without copying"),
    ],
)
def test_what_leads_elsewhere_leads_to_its_heading(opened: Opened, view: str, selector: str, heading: str) -> None:
    """Also where the jobs were drawn before: then a name in the table of people opened nothing that showed."""
    go(opened.page, view)
    assert press(opened.page, selector) == heading
    assert opened.page.locator(f"#main h2:has-text('{heading}')").is_visible()


def test_a_dialog_gives_the_focus_back_and_says_what_is_missing(opened: Opened) -> None:
    page = opened.page
    assert press(page, "button:text-is('Merge')") == "Find a job"
    page.keyboard.press("Enter")
    assert page.inner_text("dialog [role=alert]") == "Choose a job first."
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == "Merge"
    press(page, "button:text-is('Rename')")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    assert page.inner_text("dialog [role=alert]") == "A job needs a name."
    page.keyboard.type("Ours")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "Rename" and page.inner_text(".detail h2").startswith("Ours")


def test_escape_leads_from_a_job_back_to_its_entry(opened: Opened) -> None:
    page = opened.page
    press(page, ".item >> nth=1")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.job") == "J-0b77e2"


def test_words_that_the_story_says_itself_stand_in_it_once_and_an_undo_names_its_edit(opened: Opened) -> None:
    page = opened.page
    page.click("button[aria-label='Reword the situation']")
    page.fill("#field", "When it is late.")
    page.click("dialog button.primary")
    assert page.inner_text(".statement > p").startswith("When it is late, I want to")
    page.click("#top button:has-text('Edits')")
    page.click("dialog button:has-text('Download')")
    page.click("dialog button:text-is('Take back')")
    told = "Reworded the situation of “Close the month without copying” to “it is late.”"
    assert texts(page, ".edits li > span") == [f"{told} (saved)", f"Took back: {told}"]


@pytest.mark.parametrize(("slot", "words"), [("situation", "When "), ("motivation", "I want to ")])
def test_a_lead_without_words_behind_it_empties_the_slot(opened: Opened, slot: str, words: str) -> None:
    page = opened.page
    page.click(f"button[aria-label='Reword the {slot}']")
    page.fill("#field", words)
    page.click("dialog button.primary")
    assert f"{words}{slot}?" in page.inner_text(".statement > p"), "a slot to fill is shown as one"


def test_filters_tell_what_is_left_and_that_all_is_back(opened: Opened) -> None:
    page = opened.page
    page.fill("#search", "accountant")
    assert status(page) == "1 of 2 jobs, 1 quote"
    page.fill("#search", "zebra")
    assert status(page) == "Nothing matches."
    page.fill("#search", "")
    assert status(page) == "2 jobs, 5 quotes"


def test_keys_of_one_letter_can_be_switched_off_for_good(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("?")
    assert "The chance that a reader" in page.inner_text("dialog"), "what pointing tells is told here too"
    page.uncheck("#letters")
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector(".item[data-job]")
    page.keyboard.press("e")
    assert page.locator("dialog").count() == 0
    page.click("button[aria-label='Keys and help']")
    page.check("#letters")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert page.locator("dialog").count() == 1


@pytest.mark.parametrize("width", [1240, 900, 640, 320])
def test_nothing_runs_off_at_any_width(browser: Any, tmp_path: Path, width: int) -> None:
    """A screen of 1,800 pixels at 200 % is one of 900."""
    opened = Opened(browser, save_page(tmp_path, wide_report().to_html()), {"width": width, "height": 700})
    page = opened.page
    for view in VIEWS:
        go(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
        for at in page.locator("#top button").all():
            box = at.bounding_box()
            assert box and box["x"] >= 0 and box["x"] + box["width"] <= width, (view, at.inner_text())
    assert opened.broken() == []
    opened.close()


def wide_report() -> JobReport:
    """Return a report with names that are one long word."""
    small = builders.small_report()
    named = dataclasses.replace(small.jobs[0], name="Donaudampfschifffahrtsgesellschaftskapitän" * 3)
    return dataclasses.replace(small, jobs=(named, *small.jobs[1:]))


def test_on_a_phone_an_interview_covers_the_page_and_gives_it_back(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.small_report().to_html()), PHONE)
    page = opened.page
    go(page, "Left out")
    page.click(".quote .source >> nth=0")
    assert page.evaluate("document.getElementById('main').inert")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('main').inert")
    assert page.locator("#top nav").is_visible(), "there was no way on"
    assert page.evaluate("document.activeElement.classList.contains('source')")
    go(page, "Jobs")
    press(page, ".item >> nth=1")
    assert press(page, "button.back").startswith("Reach my accountant")
    opened.close()


def test_a_window_made_wider_is_given_back_while_an_interview_is_open(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.small_report().to_html()), PHONE)
    page = opened.page
    go(page, "Left out")
    page.click(".quote .source >> nth=0")
    page.set_viewport_size({"width": 1200, "height": 900})
    page.wait_for_selector("#main:not([inert])")
    assert page.locator("#source").is_visible()
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_selector("#main[inert]", state="attached")
    opened.close()


def test_an_address_that_changes_closes_the_interview_that_covers_the_page(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.small_report().to_html()), PHONE)
    page = opened.page
    go(page, "Left out")
    page.click(".quote .source >> nth=0")
    page.evaluate("() => { location.hash = '#/people'; }")
    page.wait_for_selector("#source", state="hidden")
    assert not page.evaluate("document.getElementById('main').inert")
    assert page.locator("#moving").is_visible()
    opened.close()


HEADINGS = "[...document.querySelectorAll('h1, #main :is(h2, h3, h4)')].map(e => Number(e.tagName[1]))"


def test_headings_skip_no_level_and_tables_have_a_name(opened: Opened) -> None:
    page = opened.page
    for view in VIEWS:
        go(page, view)
        levels = page.evaluate(HEADINGS)
        assert all(below <= above + 1 for above, below in pairwise(levels)), (view, levels)
        names = page.evaluate("[...document.querySelectorAll('table')].map(t => t.caption?.textContent)")
        assert all(names), view
        assert page.locator("table th:not([scope])").count() == 0


def test_a_job_is_read_from_its_name_on(opened: Opened) -> None:
    header = opened.page.locator(".job > header")
    order = header.evaluate("e => [...e.children].slice(0, 2).map(c => c.tagName + '.' + c.className)")
    assert order == ["H2.", "P.over"]
    top = "e => e.getBoundingClientRect().top"
    assert header.locator(".over").evaluate(top) < header.locator("h2").evaluate(top)


def test_a_statement_is_read_in_few_pieces_and_says_which_words_nobody_said(opened: Opened) -> None:
    pieces = opened.page.evaluate(
        "(() => { const t = document.createTreeWalker(document.querySelector('.statement > p'), 4); const found = [];"
        "while (t.nextNode()) found.push(t.currentNode.data); return found })()"
    )
    assert pieces == [
        "When ", "the numbers would not add up", ", I want to ", "stop copying by hand", ", so I can ",
        "go home on time and ", "relaxed", ".",
    ]  # fmt: skip
    assert "dotted words are not in the quotes: relaxed" in " ".join(opened.page.inner_text(".legend").split())


def test_the_map_and_the_curve_have_a_way_without_sight_or_pointer(opened: Opened) -> None:
    page = opened.page
    go(page, "Map")
    label = str(page.get_attribute(".map", "aria-label"))
    assert "in or near a job" in label and "the list of jobs leads to the same passages" in label
    page.locator(".maplegend button").first.focus()
    page.keyboard.press("Enter")
    assert page.inner_text(".pick[role=status]").startswith("Close the month without copying\n4 quotes on the map.")
    assert press(page, ".pick button") == "Close the month without copying"
    assert page.locator(".detail h2").is_visible()
    go(page, "Overview")
    page.click("summary:text-is('The curve in numbers')")
    assert "Jobs heard of: " in page.inner_text("#main")
    assert texts(page, ".glance tbody tr:first-child .sums") == ["push 1, pull 1, anxiety 1, habit 1"]


def test_what_was_told_nearby_is_as_dark_as_the_rest_and_buttons_are_large_enough(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.nearby_report().to_html()))
    page = opened.page
    page.click(".weak summary")
    assert page.evaluate("getComputedStyle(document.querySelector('.weak > .quotes')).opacity") == "1"
    shown = page.locator(
        ".weak .by .link, .legend .link"
    )  # what a closed <details> holds has no height in some browsers
    tall = [button.bounding_box()["height"] for button in shown.all()]
    assert tall and min(tall) >= 24
    opened.close()


def test_own_colours_show_what_is_chosen_and_what_a_colour_means(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.small_report().to_html()), forced_colors="active")
    page = opened.page
    assert page.evaluate("getComputedStyle(document.querySelector('.item[aria-current]')).outlineStyle") == "solid"
    assert page.evaluate("getComputedStyle(document.querySelector('nav [aria-current]')).outlineStyle") == "solid"
    go(page, "Map")
    dots = "[...document.querySelectorAll('.maplegend .dot')].map(e => getComputedStyle(e).backgroundColor)"
    assert len(set(page.evaluate(dots))) == 2
    opened.close()


def test_without_a_script_the_page_says_where_the_report_is(browser: Any, tmp_path: Path) -> None:
    url = save_page(tmp_path, builders.small_report().to_html())
    context = browser.new_context(java_script_enabled=False, viewport={"width": 900, "height": 700})
    page = context.new_page()
    page.goto(url)
    box = page.locator("noscript p").bounding_box()
    assert box and 0 < box["y"] < 200 and box["x"] > 0
    context.close()


def test_what_runs_from_right_to_left_does_so_and_turns_nothing_beside_it(browser: Any, tmp_path: Path) -> None:
    words = "אני רוצה להפסיק להעתיק ידנית (Excel 2019)!"
    talk = builders.interview("yael", [("יעל", "participant", words, None)], "יעל")
    small = builders.small_report()
    said = builders.quote(talk, words, slot="motivation")
    told = Statement(situation=None, motivation="להפסיק", outcome=None, text="I want to להפסיק.")
    job = dataclasses.replace(small.jobs[0], participants=("יעל",), quotes=(said, said), statement=told)
    report = dataclasses.replace(small, jobs=(job,), transcripts=(talk, *small.transcripts))
    opened = Opened(browser, save_page(tmp_path, report.to_html()))
    first, last = (place(opened.page, ".quote blockquote", at) for at in (0, len(words) - 1))
    assert first["left"] > last["left"], "the exclamation mark ends the line, on the left"
    lead, slot = (place(opened.page, f".statement {name}", 0) for name in (".lead", ".slot-motivation.slot"))
    assert lead["left"] < slot["left"], "an English statement keeps its order"
    opened.close()


def place(page: Any, selector: str, at: int) -> dict[str, float]:
    """Return where a character of an element's text stands."""
    found: dict[str, float] = page.locator(selector).first.evaluate(
        "(e, at) => { const r = document.createRange(); const t = document.createTreeWalker(e, 4).nextNode();"
        "r.setStart(t, at); r.setEnd(t, at + 1); return r.getBoundingClientRect().toJSON() }",
        at,
    )
    return found


def test_paper_holds_the_whole_study_and_every_column(opened: Opened) -> None:
    page = opened.page
    page.set_viewport_size({"width": 700, "height": 900})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    printed = page.inner_text("#print")
    assert "What moves people" in printed and "What people hire today" in printed and "With a magic wand" in printed
    heads = page.locator("#print .glance thead th")
    assert all(head.is_visible() for head in heads.all())
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('#print .sure')).fontSize)") > 8
    table = page.locator("#print .glance table").bounding_box()
    assert table and table["width"] <= 700
