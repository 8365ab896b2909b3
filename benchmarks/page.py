"""Measures the report page in headless Chromium: size, time to open, time of a filter.

Opening is told by the page's own clock (from navigation to the first paint), filters by the clock outside (which adds
the way to the browser and back); in brackets stands the processor time of the page, which a busy machine stretches less.

    python benchmarks/page.py [REPORT_FOLDER ...]

Without folders it measures a made-up report of 200 jobs and 5,000 quotes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import builders
import test_page
from browsing import Opened, chromium, save_page

from jtbd_nlp.reporting import JobReport

_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def measure(browser: Any, name: str, report: JobReport) -> None:
    """Print the figures of one report."""
    html = report.to_html()
    with tempfile.TemporaryDirectory() as folder:
        opened = Opened(browser, save_page(Path(folder), html), as_shipped=True)
        opened.page.reload()
        while not (painted := opened.page.evaluate(_PAINT)):  # the page's policy allows no polling from within
            time.sleep(0.02)
        clock, work, size = painted / 1e3, opened.work_s(), len(html.encode()) / 1e6
        print(f"{name}: {len(report.jobs)} jobs, {size:.2f} MB, opens in {clock:.2f} s ({work:.2f}), load {_load()}")
        opened.page.click(".more summary")
        for selector, value in test_page.CHOICES:
            if opened.page.locator(selector).count() == 0:
                continue
            start = time.perf_counter()
            work = test_page.filter_seconds(opened, selector, value)
            print(f"  {selector} {value!r}: {1e3 * (time.perf_counter() - start):.0f} ms ({1e3 * work:.0f})")
        print(f"load {_load()}")
        opened.close()


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def main(folders: list[str]) -> None:
    """Measure each folder, or the made-up report."""
    with chromium() as browser:
        for folder in folders:
            measure(browser, folder, JobReport.load(folder))
        if not folders:
            measure(browser, "made-up", builders.large_report())


if __name__ == "__main__":
    if {"-h", "--help"} & {*sys.argv}:
        print(__doc__)
    else:
        main(sys.argv[1:])
