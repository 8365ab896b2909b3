"""The report page in a real browser: opens, filters, jumps to the source, edits, exports, prints, is accessible."""

from __future__ import annotations

import dataclasses
import os
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import builders
import pytest
from browsing import PHONE, Opened, key, save_page, texts

from jtbd_nlp.reporting import JobReport

pytestmark = pytest.mark.browser


def test_opens_with_counts_jobs_and_statement(opened: Opened) -> None:
    page = opened.page
    assert texts(page, ".item .name") == ["Close the month without copying", "Reach my accountant"]
    top = page.inner_text("#top")
    assert "2 interviews" in top and "2 participants" in top and "of struggles used" in top
    assert texts(page, ".statement > p") == [
        "When the numbers would not add up, I want to stop copying by hand, so I can go home on time and relaxed."
    ]
    assert texts(page, ".statement > p .inferred") == ["relaxed"]
    assert texts(page, ".statement .slot-situation.slot") == ["the numbers would not add up"]
    assert "1 quote" in page.inner_text(".legend .slot-outcome")


def test_shows_gaps_forces_counter_evidence_and_findings(opened: Opened) -> None:
    page = opened.page
    detail = page.inner_text(".detail")
    assert "3 passages" not in detail and "2 passages towards a change, 2 against it." in detail
    assert "Honestly I like doing it by hand" in detail
    assert "“relaxed” is not in the quotes." in detail
    assert "given up by P2" in detail
    page.click(".item >> nth=1")
    detail = page.inner_text(".detail")
    assert "No situation found. Ask next: " in detail and "When did you last need your accountant?" in detail
    assert detail.count("None found.") >= 4 and "Searched, none found." in detail and "single voice" in detail
    assert page.locator(".statement .gap").all_inner_texts() == ["situation?", "outcome?"]


def test_a_quote_opens_its_exact_words_in_the_interview(opened: Opened) -> None:
    page = opened.page
    page.click(".quote:has-text('stop copying by hand 😩') .source >> nth=0")
    assert texts(page, "#source mark.here") == ["I want to stop copying by hand 😩"]
    assert page.inner_text("#source h2") == "ada"
    assert page.locator("#source .turn").count() == 4
    assert page.locator("#source mark.here").evaluate(
        "e => { const a = e.getBoundingClientRect();"
        "const b = document.querySelector('#source .scroll').getBoundingClientRect();"
        "return a.top >= b.top && a.bottom <= b.bottom }"
    )
    page.keyboard.press("Escape")
    assert page.locator("#source").is_hidden()
    assert page.evaluate("document.activeElement.classList.contains('source')")


def test_filters_narrow_jobs_and_quotes(opened: Opened) -> None:
    page = opened.page
    page.click(".more summary")
    page.select_option("#filter-column-plan", "team")
    assert texts(page, ".item .name") == ["Close the month without copying"]
    assert texts(page, ".detail section:has(h3:text('Quotes')) .by strong") == ["P1"] * 3
    page.click("text=Show all")
    assert len(texts(page, ".detail section:has(h3:text('Quotes')) .by strong")) == 4
    page.click("button.chip")
    assert page.locator(".item[data-job]").count() == 2
    for name, value, left in [("force", "anxiety", 1), ("emotion", "frustration", 1), ("confidence", "low", 1),
                              ("solution", "spreadsheet", 1), ("participant", "P2", 2)]:  # fmt: skip
        page.select_option(f"#filter-{name}", value)
        assert page.locator(".item[data-job]").count() == left, name
        page.select_option(f"#filter-{name}", "")


@pytest.fixture
def nearby(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    page = Opened(
        browser,
        save_page(tmp_path, builders.nearby_report().to_html()),
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield page
    assert page.broken() == []
    page.close()


def test_what_was_told_nearby_counts_nowhere(nearby: Opened) -> None:
    page = nearby.page
    assert page.inner_text(".count") == "2 jobs, 5 quotes, +2 nearby"
    assert "4 quotes, +1 nearby" in page.inner_text(".item >> nth=0")
    assert "4 quotes, +1 nearby" in page.inner_text(".detail header")
    assert texts(page, ".detail section > h3:text('Quotes')") == ["Quotes 4 +1 nearby"]
    assert "1 quote" in page.inner_text(".legend .slot-situation")
    assert texts(page, ".by-slot button")[:2] == ["All 4 +1", "Situation 1 +1"]
    page.click("nav button:has-text('People')")
    rows = page.locator(f"{MATRIX} tbody tr").all_inner_texts()
    assert [row.split()[-2:] for row in rows] == [["3", "1"], ["0", "1"]]


def test_who_only_spoke_nearby_does_not_have_the_job(nearby: Opened) -> None:
    page = nearby.page
    page.click(".more summary")
    assert texts(page, "#filter-participant option") == ["Any", "P1 (1)", "P2 (2)"]
    page.select_option("#filter-participant", "P1")
    assert texts(page, ".item .name") == ["Close the month without copying"]


def test_each_quote_says_how_well_it_belongs_strongest_first(nearby: Opened) -> None:
    page = nearby.page
    quotes = ".detail section:has(> h3:text('Quotes')) .quote"
    page.click(".weak summary")
    assert texts(page, f"{quotes} .belongs") == [*["worded from this"] * 3, "belongs: 62 %", "belongs: 10 %"]
    assert "The chance that a reader" in page.get_attribute(f"{quotes} .belongs >> nth=3", "title")


def test_within_a_slot_the_strongest_come_first(browser: Any, tmp_path: Path) -> None:
    report = builders.nearby_report()
    close = report.jobs[0]
    mixed = dataclasses.replace(close, quotes=tuple(reversed(close.quotes)))
    opened = Opened(browser, save_page(tmp_path, dataclasses.replace(report, jobs=(mixed,)).to_html()))
    marks = texts(opened.page, ".detail section:has(> h3:text('Quotes')) > .quotes .belongs")
    assert marks == [*["worded from this"] * 3, "belongs: 62 %"]
    assert opened.broken() == []
    opened.close()


def test_a_quote_is_copied_with_its_speaker_and_place(nearby: Opened) -> None:
    page = nearby.page
    page.locator(".quote", has_text="I could go home on time").first.locator("button:text-is('Copy')").click()
    page.wait_for_selector("button:text-is('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == "“I could go home on time” (Ada, P1, ada, 1:01:15)"


def test_jobs_of_one_voice_and_jobs_with_gaps_are_found(nearby: Opened) -> None:
    page = nearby.page
    page.click(".more summary")
    for name, value, left in [
        ("voices", "single voice", "Reach my accountant"),
        ("gap", "no gaps", "Close the month without copying"),
    ]:
        page.select_option(f"#filter-{name}", value)
        assert texts(page, ".item .name") == [left]
        page.select_option(f"#filter-{name}", "")


def test_search_finds_jobs_quotes_and_turns(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("two hundred")
    assert texts(page, ".item .name") == ["Close the month without copying"]
    assert texts(page, ".found .who") == ["Ben · ben"]
    assert set(texts(page, ".detail mark")) == {"two", "hundred"}
    page.click(".found .item")
    assert "Every month I copy two hundred rows" in page.inner_text("#source [data-here]")
    page.keyboard.press("Escape")
    page.fill("#search", "no such words")
    assert "Nothing matches." in page.inner_text(".found")
    page.click("text=Clear search and filters")
    assert page.locator(".item[data-job]").count() == 2


def test_keys(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("j")
    assert page.inner_text(".detail h2") == "Reach my accountant"
    page.keyboard.press("k")
    assert page.inner_text(".detail h2") == "Close the month without copying"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.keyboard.press("?")
    assert page.inner_text("dialog h2") == "Keys"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")  # its close event comes a moment later


MATRIX = "[aria-label='Jobs by participants']"


def test_other_views(opened: Opened) -> None:
    page = opened.page
    page.click("nav button:has-text('People')")
    assert texts(page, f"{MATRIX} tbody tr:first-child td") == ["3", "1"]
    page.select_option("#filter-matrix", "plan")
    assert texts(page, f"{MATRIX} thead th") == ["Job", "free", "team"]
    assert texts(page, "[aria-label='People by group'] tbody tr:first-child td") == ["1 of 1", "1 of 1"]
    page.click("nav button:has-text('Overview')")
    assert page.locator("svg.curve circle").count() == 2
    page.click("nav button:has-text('People')")
    page.click(f"{MATRIX} tbody tr:first-child td >> nth=1 >> button")
    assert texts(page, ".chip") == ["plan: team ×"]
    assert texts(page, ".detail section:has(h3:text('Quotes')) .by strong") == ["P1"] * 3
    page.click("nav button:has-text('Map')")
    assert page.locator("svg.map circle").count() == len(builders_points())
    page.locator("svg.map circle").first.dispatch_event("click")
    assert page.locator("#source mark.here").count() >= 1
    page.click("nav button:has-text('Left out')")
    assert "says nothing that others say" in page.inner_text("#main")
    page.click("nav button:has-text('Warnings')")
    assert "empty.txt The file is empty." in page.inner_text("#main")


def builders_points() -> list[Any]:
    from jtbd_nlp.reporting.page_data import page_data

    points: list[Any] = page_data(builders.small_report())["points"]
    return points


def edit_everything(page: Any) -> None:
    page.click("button:text-is('Rename')")
    page.fill("#field", 'Close "the" month\\now')
    page.keyboard.press("Enter")
    page.click(".legend .slot-outcome button:text-is('reword')")
    page.fill("#field", "go home\non time")
    page.click("dialog button.primary")
    page.click("button:text-is('Note')")
    page.fill("#field", "Ask 😩 again")
    page.click("dialog button.primary")
    page.click("button:text-is('Mark reviewed')")
    quote = page.locator(".quote", has_text="I could go home on time").first
    quote.hover()
    quote.locator("button:text-is('Pin')").click()
    quote = page.locator(".quote", has_text="two hundred rows").first
    quote.hover()
    quote.locator("button:text-is('Move')").click()
    page.click("dialog .choices label >> nth=0")
    page.click("dialog button.primary")
    quote = page.locator(".quote", has_text="stop copying by hand").first
    quote.hover()
    quote.locator("button:text-is('Leave out')").click()


def test_edits_show_at_once_and_download_as_curation(opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    edit_everything(page)
    assert page.inner_text(".detail h2").startswith('Close "the" month\\now')
    assert "go home\non time" in page.locator(".statement > p").text_content()
    assert page.inner_text(".detail .note") == "Note Ask 😩 again"
    assert len(texts(page, ".detail section:has(h3:text('Quotes')) .quote")) == 2
    page.click("#top button:has-text('Edits')")
    assert page.locator(".edits li").count() == 7
    with page.expect_download() as waiting:
        page.click("text=Download curation.toml")
    waiting.value.save_as(tmp_path / "curation.toml")
    data = tomllib.loads((tmp_path / "curation.toml").read_text(encoding="utf-8"))
    assert data["format"] == 1
    edits = [{k: v for k, v in e.items() if k not in ("id", "at")} for e in data["edit"]]
    ada, ben = builders.ADA.text, builders.BEN.text
    close, phone = "J-3f9a1c", "J-0b77e2"
    assert edits == [
        {"op": "rename", "job": close, "name": 'Close "the" month\\now'},
        {"op": "reword", "job": close, "slot": "outcome", "text": "go home\non time"},
        {"op": "note", "job": close, "text": "Ask 😩 again"},
        {"op": "review", "job": close},
        {"op": "pin", "job": close, "quotes": [key("ada", ada, "I could go home on time")]},
        {"op": "move", "job": close, "to": phone,
         "quotes": [key("ben", ben, "Every month I copy two hundred rows, and one is always wrong")]},
        {"op": "exclude", "job": close, "quotes": [key("ada", ada, "I want to stop copying by hand 😩")]},
    ]  # fmt: skip
    assert opened.dialogs == []


def test_the_study_reads_what_the_page_downloads(opened: Opened, tmp_path: Path) -> None:
    curation = pytest.importorskip("jtbd_nlp.study.curation")
    page = opened.page
    edit_everything(page)
    page.click("#top button:has-text('Edits')")
    with page.expect_download() as waiting:
        page.click("text=Download curation.toml")
    waiting.value.save_as(tmp_path / "curation.toml")
    edits = tomllib.loads((tmp_path / "curation.toml").read_text(encoding="utf-8"))["edit"]
    read = [curation.edit_from_dict(edit) for edit in edits]
    assert [edit.op for edit in read] == ["rename", "reword", "note", "review", "pin", "move", "exclude"]


def on_quote(page: Any, words: str, action: str) -> None:
    """Press a button of a quote by key alone, as a person does who uses no mouse."""
    page.locator(".quote", has_text=words).first.locator(f"button:text-is('{action}')").focus()
    page.keyboard.press("Enter")


def test_keeping_together_and_apart_downloads_what_the_commands_write(opened: Opened, tmp_path: Path) -> None:
    from jtbd_nlp.study import Study

    page = opened.page
    quotes = ".detail section:has(h3:text('Quotes')) .quote"
    on_quote(page, "stop copying by hand", "Together or apart")
    assert "stop copying by hand" in page.inner_text("#linking")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.click(".item >> nth=1")
    assert page.locator("button[aria-label^='Keep together with “I want to stop copying']").count() >= 1
    on_quote(page, "my accountant answered", "Keep together")
    assert page.is_hidden("#linking") and page.locator(quotes).count() == 0
    page.click(".item >> nth=0")
    assert page.locator(quotes).count() == 5
    on_quote(page, "I could go home on time", "Together or apart")
    on_quote(page, "two hundred rows", "Keep apart")
    assert page.locator(quotes).count() == 4
    page.keyboard.press("e")
    assert [words.partition(":")[0] for words in texts(page, ".edits li")] == ["Kept together", "Kept apart"]
    with page.expect_download() as waiting:
        page.click("text=Download curation.toml")
    waiting.value.save_as(tmp_path / "curation.toml")
    by_page, by_command = (Study.init(tmp_path / name) for name in ("page", "command"))
    builders.small_report().save(by_page.folder / "results")
    read = by_page.add_edits(tmp_path / "curation.toml")
    close, phone = builders.small_report().jobs
    by_command.must_link(close.quotes[1], phone.quotes[0])
    by_command.cannot_link(close.quotes[2], close.quotes[3])
    assert [meaning(e) for e in read] == [meaning(e) for e in by_command.history()]
    assert by_page.history() == read


def meaning(edit: Any) -> dict[str, Any]:
    return {k: v for k, v in edit.to_dict().items() if k not in ("id", "at", "by")}


def test_escape_clears_a_mark_and_an_undo_or_a_later_opposite_brings_the_quote_back(opened: Opened) -> None:
    page = opened.page
    quotes = ".detail section:has(h3:text('Quotes')) .quote"
    on_quote(page, "stop copying by hand", "Together or apart")
    page.keyboard.press("Escape")
    assert page.is_hidden("#linking") and page.locator("button:text-is('Keep apart')").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Together or apart", "the focus must not be lost"
    on_quote(page, "stop copying by hand", "Together or apart")
    on_quote(page, "two hundred rows", "Keep apart")
    assert page.locator(quotes).count() == 3
    page.keyboard.press("z")
    assert page.locator(quotes).count() == 4
    on_quote(page, "stop copying by hand", "Together or apart")
    page.click("nav button:has-text('Left out')")
    assert "stop copying by hand" in page.inner_text("#linking"), "the mark must outlive a change of view"
    on_quote(page, "two hundred rows", "Keep apart")
    page.click("nav button:has-text('Jobs')")
    assert page.locator(quotes).count() == 3
    on_quote(page, "stop copying by hand", "Together or apart")
    page.click("nav button:has-text('Left out')")
    assert page.locator(".quote button:text-is('Keep together')").count() == 1
    on_quote(page, "two hundred rows", "Keep together")
    page.click("nav button:has-text('Jobs')")
    assert page.locator(quotes).count() == 4, "of two opposite edits the later holds"


def test_merge_and_take_back(opened: Opened) -> None:
    page = opened.page
    page.click("button:text-is('Merge')")
    page.click("dialog .choices label >> nth=0")
    page.click("dialog button.primary")
    assert texts(page, ".item .name") == ["Close the month without copying"]
    assert len(texts(page, ".detail section:has(h3:text('Quotes')) .quote")) == 5
    page.click("#top button:has-text('Edits')")
    page.click("text=Take back")
    page.keyboard.press("Escape")
    assert page.locator(".item[data-job]").count() == 2


def test_unsaved_edits_survive_a_closed_tab(opened: Opened) -> None:
    page = opened.page
    page.click("button:text-is('Mark reviewed')")
    page.reload()
    assert any(d.startswith("beforeunload") for d in opened.dialogs)
    assert "reviewed" in page.inner_text(".detail .over")
    assert page.inner_text("#top button.primary").split() == ["Edits", "1", "not", "saved"]


PLANTED = [
    {"op": "must_link"}, {"op": "cannot_link", "quotes": "x"}, {"op": "merge", "jobs": "J-3f9a1c"}, {"op": "split", "job": "J-3f9a1c"},
    {"op": "rename", "job": "J-3f9a1c", "name": {"a": 1}}, {"op": "move", "quotes": [None], "to": "J-3f9a1c"},
    {"op": "pin", "quotes": [{"text": 1}]}, {"op": "must_link", "quotes": []}, {"op": "note", "job": ["J-3f9a1c"], "text": "x"},
]  # fmt: skip


def test_what_another_page_planted_in_the_storage_breaks_nothing(opened: Opened) -> None:
    page = opened.page
    page.click("button:text-is('Mark reviewed')")
    planted = [None, 5, "x", {}, *({"id": f"E-00000{n}", **edit} for n, edit in enumerate(PLANTED))]
    page.evaluate(
        "planted => { const [key] = Object.keys(localStorage);"
        "localStorage.setItem(key, JSON.stringify([...planted, ...JSON.parse(localStorage.getItem(key))])) }",
        planted,
    )
    page.reload()
    page.wait_for_selector(".item[data-job]")
    assert page.inner_text("#top .badge") == "1"
    page.click("#top button:has-text('Edits')")
    assert page.locator(".edits li").count() == 1
    assert opened.broken() == []


def test_the_hash_names_a_job(browser: Any, tmp_path: Path) -> None:
    url = save_page(tmp_path, builders.small_report().to_html())
    opened = Opened(browser, url + "#J-0b77e2")
    assert opened.page.inner_text(".detail h2") == "Reach my accountant"
    opened.close()


def test_on_a_phone(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, builders.small_report().to_html()), PHONE)
    page = opened.page
    page.evaluate("document.querySelector('#top .title button').append(', 52 % told near a job')")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click(".item >> nth=0")
    assert page.locator(".pane.list").is_hidden()
    page.click(".quote .source >> nth=0")
    assert page.locator("#source mark.here").is_visible()
    page.click("#source button:text-is('Close')")
    page.click("button.back")
    assert page.locator(".pane.list").is_visible()
    for view in ("Overview", "People", "Map", "Wishes", "Left out", "Warnings", "Jobs"):
        page.click(f"nav button:has-text('{view}')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, view
        assert view != "Map" or "told near a job has its colour too" in page.inner_text("#main")
    assert opened.broken() == []
    opened.close()


def test_prints_every_job(opened: Opened) -> None:
    assert opened.page.pdf().startswith(b"%PDF")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.page.locator("#print .job").count() == 2
    opened.page.emulate_media(media="print", color_scheme="dark")
    printed = opened.page.inner_text("#print")
    assert (
        "Reach my accountant" in printed and "2 jobs from 2 interviews" in printed and "The file is empty." in printed
    )
    box = "getComputedStyle(document.querySelector('#print .statement')).backgroundColor"
    assert opened.page.evaluate(box) == "rgb(255, 255, 255)", "paper is white, whatever the screen is"
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("#print").count() == 0


def test_an_empty_report_opens(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, save_page(tmp_path, JobReport().to_html()))
    assert "This run found no jobs" in opened.page.inner_text("body")
    for view in ("Overview", "People", "Wishes", "Left out", "Warnings"):
        opened.page.click(f"nav button:has-text('{view}')")
    assert opened.broken() == []
    opened.close()


def test_a_report_without_its_transcripts_says_so(browser: Any, tmp_path: Path) -> None:
    builders.small_report().save(tmp_path / "out")
    alone = tmp_path / "alone.json"
    alone.write_bytes((tmp_path / "out" / "report.json").read_bytes())
    opened = Opened(browser, save_page(tmp_path, JobReport.load(alone).to_html()))
    opened.page.click(".quote .source >> nth=0")
    assert "The text of this interview is not in the page" in opened.page.inner_text("#source")
    assert opened.broken() == []
    opened.close()


CHOICES = [
    ("#filter-participant", "P7"), ("#filter-participant", ""), ("#filter-force", "push"), ("#filter-force", ""),
    ("#filter-emotion", "relief"), ("#filter-emotion", ""), ("#filter-column-plan", "b"), ("#filter-column-plan", ""),
    ("#search", "m"), ("#search", "month"), ("#search", "month budget late"), ("#search", ""),
]  # fmt: skip


def test_two_hundred_jobs_and_five_thousand_quotes_never_draw_all_quotes(browser: Any, tmp_path: Path) -> None:
    """What a choice draws is bounded whatever the machine; `benchmarks/page.py` times it."""
    opened = Opened(browser, save_page(tmp_path, builders.large_report().to_html()), as_shipped=True)
    opened.page.wait_for_selector(".item")
    assert opened.page.inner_text(".count") == "200 jobs, 5,000 quotes"
    opened.page.click(".more summary")
    for choice in CHOICES:
        filter_seconds(opened, *choice)
        assert opened.page.locator(".quote").count() <= 60 and opened.page.locator(".item").count() <= 200
    assert opened.broken() == []
    opened.close()


def filter_seconds(opened: Opened, selector: str, value: str) -> float:
    """Return the processor time from a choice to the next frame drawn."""
    before = opened.work_s()
    opened.page.evaluate(_CHOOSE, [selector, value])
    return opened.work_s() - before


_CHOOSE = """([selector, value]) => new Promise(done => {
  const field = document.querySelector(selector);
  field.value = value;
  field.dispatchEvent(new Event(selector === "#search" ? "input" : "change", {bubbles: true}));
  document.body.getBoundingClientRect();
  const drawn = new MessageChannel();
  drawn.port1.onmessage = () => done();
  requestAnimationFrame(() => drawn.port2.postMessage(0));
})"""


def test_real_interviews_weigh_under_3_mb_and_open(browser: Any, tmp_path: Path, shared: Path) -> None:
    html = builders.gold_report(shared).to_html()
    assert len(html.encode()) < 3_000_000
    url = save_page(tmp_path, html)
    opened = Opened(browser, url)
    opened.page.wait_for_selector(".item")
    assert opened.page.locator(".item").count() > 10
    assert opened.broken() == []
    opened.close()


AXE = [Path(os.environ.get("AXE_CORE", "missing")), Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str, viewport: dict[str, int] | None) -> None:
    axe = next((path for path in AXE if path.is_file()), None)
    if axe is None:
        pytest.skip("axe-core is not here: npm install axe-core, or name its axe.min.js in AXE_CORE")
    url = save_page(tmp_path, builders.small_report().to_html())
    opened = Opened(browser, url, viewport, color_scheme=scheme, bypass_csp=True)
    page = opened.page
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = {"jobs": _axe(page)}
    page.click(".item >> nth=0")
    found["job"] = _axe(page)
    page.click(".quote .source >> nth=0")
    found["source"] = _axe(page)
    page.keyboard.press("Escape")
    on_quote(page, "stop copying by hand", "Together or apart")
    found["marked"] = _axe(page)
    page.keyboard.press("Escape")
    page.click("button:text-is('Merge')")
    found["dialog"] = _axe(page)
    page.keyboard.press("Escape")
    if viewport:
        page.click("button.back")
    for view in ("Overview", "Map", "People", "Wishes", "Left out", "Warnings"):
        page.click(f"nav button:has-text('{view}')")
        found[view] = _axe(page)
    page.click("nav button:has-text('Left out')")
    page.click("button:text-is('Add to a job')")
    page.check("dialog input[value='new']")
    page.click("dialog button.primary")
    page.wait_for_selector("#new-name")
    found["new job"] = _axe(page)
    assert {view: problems for view, problems in found.items() if problems} == {}
    opened.close()


def _axe(page: Any) -> list[str]:
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    nodes = [(v["id"], node) for v in result["violations"] for node in v["nodes"]]
    return [f"{rule}: {node['html'][:120]} {node['failureSummary'][:200]}" for rule, node in nodes]


def test_edits_made_in_a_served_page_reach_the_study(browser: Any, tmp_path: Path) -> None:
    serving = pytest.importorskip("jtbd_nlp.serving")
    from jtbd_nlp.study import Study

    study = Study.init(tmp_path / "study")
    builders.small_report().save(study.folder / "results")
    with serving.StudyServer(study) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        opened = Opened(browser, server.url)
        page = opened.page
        page.click("button:text-is('Mark reviewed')")
        page.click("button:text-is('Rename')")
        page.fill("#field", "Ours")
        page.keyboard.press("Enter")
        page.click("#top button:has-text('Edits')")
        page.click("text=Save to the study")
        page.wait_for_selector("text=2 edits saved in the study")
        assert page.evaluate("document.activeElement.textContent") == "Save to the study"
        assert [(e.op, e.job) for e in study.history()] == [("review", "J-3f9a1c"), ("rename", "J-3f9a1c")]
        page.reload()
        page.wait_for_selector(".detail h2:has-text('Ours')")
        page.click("#top button:has-text('Edits')")
        page.click(".edits li:has-text('Renamed') >> text=Take back")
        page.click("text=Save to the study")
        page.wait_for_selector("text=1 edit saved in the study")
        assert study.history()[-1].op == "undo"
        page.keyboard.press("Escape")
        assert page.inner_text(".detail h2") == "Close the month without copying"
        assert opened.broken() == []
        assert opened.dialogs == []
        opened.close()
        server.shutdown()
        thread.join(10)


def test_a_page_of_too_much_text_names_the_files_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    from jtbd_nlp.reporting import page_data as module

    report = builders.small_report()
    whole = module.page_data(report)
    monkeypatch.setattr(module, "PAGE_CHARS", 10)
    short = module.page_data(report)
    assert all(t["turns"] for t in whole["transcripts"])
    assert not any(t["turns"] for t in short["transcripts"])
    assert len(short["warnings"]) == len(whole["warnings"]) + 1
    assert "transcripts/" in short["warnings"][-1]["message"]
    assert short["quotes"] == whole["quotes"]
