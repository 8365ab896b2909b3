"""Stored scripts never run: the page shows hostile names, quotes, file names and metadata as the text that they are."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import builders
import pytest
from browsing import Opened, chromium, save_page
from hypothesis import given, settings
from hypothesis import strategies as st

from jtbd_nlp.reporting import JobReport
from jtbd_nlp.reporting.page import embed_json, to_html

RUN = "window.__ran=(window.__ran||0)+1"
PAYLOADS = [
    f"<script>{RUN}</script>", f"</script><script>{RUN}</script>", f"<!--<script>{RUN}</script>",
    f"--><script>{RUN}</script>", f"<img src=x onerror={RUN}>", f"<img src=x onerror={RUN}//", f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>", f'"><img src=x onerror={RUN}>', f"'><svg/onload={RUN}>",
    f'" autofocus onfocus="{RUN}" x="', f"' onmouseover='{RUN}' '", f"javascript:{RUN}", f"JaVaScRiPt:{RUN}",
    f"data:text/html,<script>{RUN}</script>", f"<a href=javascript:{RUN}>x</a>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>", f"<iframe src=javascript:{RUN}></iframe>",
    f"<body onload={RUN}>", f"<style>@import 'javascript:{RUN}';</style>", "<style>*{display:none}</style>",
    f"<math><mtext></p><img src=x onerror={RUN}>", f"<details open ontoggle={RUN}>", f"<video><source onerror={RUN}>",
    f"<form action=javascript:{RUN}><button>x", f"<object data=javascript:{RUN}>", "<base href=//e.vil/>",
    "<meta http-equiv=refresh content='0;url=//e.vil'>", "<link rel=stylesheet href=//e.vil/x.css>",
    f"{{{{constructor.constructor('{RUN}')()}}}}", f"${{{RUN}}}", f"{{% {RUN} %}}", f"<%= {RUN} %>", f"#{{{RUN}}}",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e", f"&lt;script&gt;{RUN}&lt;/script&gt;", "\u2028\u2029", "]]>",
    "__proto__", "constructor", "toString", "hasOwnProperty", f"');{RUN};('", f"`;{RUN};`", f"*/{RUN};/*", "%E0%A4%A",
    "../../x", "a\u0000b", "\u202egnp.exe",
]  # fmt: skip


def hostile() -> JobReport:
    reports = [builders.hostile_report(payload) for payload in PAYLOADS]
    jobs = [
        dataclasses.replace(job, job_id=f"J-{n:06x}{k}")
        for n, report in enumerate(reports)
        for k, job in enumerate(report.jobs[:1])
    ]

    def joined(name: str) -> tuple[Any, ...]:
        return tuple(item for report in reports for item in getattr(report, name))

    return JobReport(
        jobs=tuple(jobs),
        transcripts=joined("transcripts"),
        unclustered=joined("unclustered"),
        warnings=joined("warnings"),
        participants=joined("participants"),
        provenance={payload: payload for payload in PAYLOADS},
        saturation=(1.0, 2.0),
    )


@pytest.mark.browser
def test_no_script_of_an_interview_runs(tmp_path: Path) -> None:
    with chromium() as browser:
        opened = Opened(browser, save_page(tmp_path, to_html(hostile(), title=PAYLOADS[0])))
        page = opened.page
        assert page.inner_text("h1") == PAYLOADS[0]
        page.set_default_timeout(60_000)
        n_jobs = page.evaluate(_WALK)
        assert n_jobs == len(PAYLOADS)
        for view in ("Overview", "People", "Left out", "Warnings"):
            page.click(f"nav button:has-text('{view}')")
            assert page.evaluate(_FOREIGN) == []
            for choice in page.locator("#filter-matrix option").all()[1:]:
                page.select_option("#filter-matrix", choice.get_attribute("value"))
                assert page.evaluate(_FOREIGN) == []
        page.click("nav button:has-text('Jobs')")
        for action in ("Split", "Merge", "Note"):
            if page.locator(f".actions button:text-is('{action}')").count():
                page.click(f".actions button:text-is('{action}')")
                assert page.evaluate(_FOREIGN.replace("'FORM'", "'SCRIPTS'")) == []
                page.keyboard.press("Escape")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(_FOREIGN) == []
        page.wait_for_timeout(200)
        assert page.evaluate("window.__ran") is None
        assert opened.dialogs == []
        assert opened.broken() == []
        assert page.url.startswith("file:")
        opened.close()


# Opens every job, hovers over every quote, opens its source, edits it, and looks for elements that nobody of ours made.
_FOREIGN = """() => [...document.querySelectorAll('*')].filter(e => {
  const scheme = value => /^\\s*(javascript|data):/i.test(value || '');
  return ['IMG', 'IFRAME', 'OBJECT', 'EMBED', 'BASE', 'VIDEO', 'MATH', 'FORM'].includes(e.tagName.toUpperCase())
    || [...e.attributes].some(a => a.name.startsWith('on')) || scheme(e.getAttribute('src'))
    || (e.tagName === 'A' && scheme(e.getAttribute('href')));
}).map(e => e.outerHTML.slice(0, 100))"""
_WALK = """async () => {
  const pause = () => new Promise(done => setTimeout(done, 0));
  let n = 0;
  while (document.querySelectorAll('.item[data-job]').length < N_JOBS) await pause();
  for (const id of [...document.querySelectorAll('.item[data-job]')].map(e => e.dataset.job)) {
    while (!document.querySelector(`.item[data-job="${id}"]`)) await pause();
    document.querySelector(`.item[data-job="${id}"]`).click();
    for (const q of document.querySelectorAll('.quote')) q.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
    document.querySelector('.quote .source')?.click();
    if (!document.querySelector('#source mark.here')) throw new Error('no source for ' + id);
    document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}));
    if (n % 10 === 0) document.querySelector('.actions button').click();
    const foreign = (FOREIGN)();
    if (foreign.length) throw new Error(foreign.join('\\n'));
    n += 1;
    if (n % 10 === 0) await pause();
  }
  return n;
}""".replace("N_JOBS", str(len(PAYLOADS))).replace("FOREIGN", _FOREIGN)


@settings(deadline=None)
@given(st.text())
def test_embedded_json_cannot_leave_its_element(words: str) -> None:
    text = embed_json({"words": words, words: 1})
    assert not set(text) & set("<>&\u2028\u2029")
    assert words.encode("utf-8", "replace").decode() in json.loads(text) or "\ufffd" in text


def test_the_policy_allows_our_own_script_and_nothing_else() -> None:
    html = to_html(builders.small_report())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in unescape(policy.group(1)).split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["connect-src"] == "'self'"
    assert rules["require-trusted-types-for"] == "'script'"
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert rules["script-src"] == f"'sha256-{digest}'"
    assert "unsafe" not in policy.group(1)


def test_the_page_names_nothing_remote_and_never_writes_markup() -> None:
    html = to_html(JobReport())
    assert set(re.findall(r"https?://[^\s\"'`]+", html)) <= {"http://www.w3.org/2000/svg"}
    for risky in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc"):
        assert risky not in html


def test_a_title_is_escaped() -> None:
    html = to_html(JobReport(), title="</title><script>")
    assert html.count("<script>") == 1
    assert "&lt;/title&gt;" in html


def test_the_same_report_gives_the_same_page() -> None:
    assert to_html(builders.small_report()) == to_html(builders.small_report())
