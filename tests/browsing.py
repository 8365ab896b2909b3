"""Opens report pages in Debian's Chromium, with every error of the page collected."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_CHROMIUM = shutil.which("chromium")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Reports of the security policy reach the console as errors, and this list in any case.
_WATCH = """window.__broken = [];
addEventListener('securitypolicyviolation', e => window.__broken.push(e.violatedDirective))"""

# innerText leaves out what `content-visibility: auto` has not painted yet, so words would be there or not by chance.
_PAINT_ALL = """addEventListener('DOMContentLoaded', () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { content-visibility: visible !important }');
  document.adoptedStyleSheets = [sheet];
})"""


@contextmanager
def chromium() -> Iterator[Any]:
    """Start one browser; skip the test where there is none."""
    if _CHROMIUM is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS, timeout=120_000)
        yield browser
        browser.close()


class Opened:
    """A page with what went wrong in it; `as_shipped` leaves out of sight unpainted, as for a reader."""

    def __init__(
        self, browser: Any, url: str, viewport: dict[str, int] | None = None, as_shipped: bool = False, **options: Any
    ) -> None:
        self.context = browser.new_context(viewport=viewport or DESKTOP, accept_downloads=True, **options)
        self.context.add_init_script(_WATCH if as_shipped else f"{_WATCH};{_PAINT_ALL}")
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)  # a busy machine is no fault of the page
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", self._dialog)
        self.metrics = self.context.new_cdp_session(self.page)
        self.metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.page.goto(url)

    def work_s(self) -> float:
        """Return the seconds of processor time that the page's main thread has used: script, style, layout, paint.

        A busy machine stretches the time on the clock and not this one.
        """
        found = {m["name"]: m["value"] for m in self.metrics.send("Performance.getMetrics")["metrics"]}
        return float(found["TaskDuration"])

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(f"{dialog.type}: {dialog.message}")
        dialog.accept()

    def broken(self) -> list[str]:
        """Return errors, policy violations and requests other than for the page itself."""
        violations: list[str] = self.page.evaluate("window.__broken")
        outside = [url for url in self.requests if not url.startswith(("file:", "blob:", "data:", "http://127.0.0.1"))]
        return [*self.errors, *violations, *outside]

    def close(self) -> None:
        self.context.close()


def save_page(folder: Path, html: str) -> str:
    """Write a page and return its file URL."""
    file = folder / "report.html"
    file.write_text(html, encoding="utf-8")
    return file.as_uri()


def texts(page: Any, selector: str) -> list[str]:
    """Return what stands in each element, blanks made one."""
    return [" ".join(t.split()) for t in page.locator(selector).all_inner_texts()]


def key(transcript_id: str, text: str, words: str) -> dict[str, Any]:
    """Return how an edit of the page names words of a transcript."""
    at = text.index(words)
    return {"transcript_id": transcript_id, "start_char": at, "end_char": at + len(words), "text": words}
