"""Draw docs/tagging.png: a made-up answer with its tags, as a notebook shows it.

python docs/draw_tagging.py  (needs playwright and Debian's chromium)
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

import jtbd_nlp
from jtbd_nlp.ingestion import read_transcripts
from jtbd_nlp.reporting.display_records import transcript_html
from jtbd_nlp.segmentation import build_segments, cut_transcript

QUESTION = "How do you do the books?"
ANSWER = (
    "So I run the studio alone and do the books on Sunday evenings. When the month ends I struggle to match the bank lines "
    "with my invoices. I keep everything in a spreadsheet, and it drives me crazy every single time. I want to see who still "
    "owes me money without opening ten files. It's not that I struggle with the numbers, I was good at maths. My partner loves "
    "the new app, I'd imagine some people would hate it. Once it works it saves me two hours a week, so I can be home for "
    "dinner. I'm a bit worried that I'd lose the old records if I switch."
)
STYLE = "body{margin:12px 20px;font:15px/1.5 DejaVu Sans,sans-serif;background:#fff} h4{display:none} mark{display:table;margin:5px 0}"


def tagged() -> str:
    """Return the answer with its tags as HTML."""
    turns = [
        {"speaker": "Interviewer", "role": "interviewer", "text": QUESTION},
        {"speaker": "Maria", "role": "participant", "text": ANSWER},
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder, "maria.jsonl")
        path.write_text(json.dumps({"transcript_id": "Maria", "turns": turns}), encoding="utf-8")
        (transcript,) = read_transcripts(path)
        segments = build_segments(transcript, cut_transcript(transcript))
    mine = [s for s in segments if s.role == "participant"]
    tags = jtbd_nlp.tag_sentences([s.text for s in mine], contexts=[s.context for s in mine])
    return transcript_html(transcript, segments, {s.segment_id: t for s, t in zip(mine, tags, strict=True)})


def main() -> None:
    """Tag and draw."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1060, "height": 100})
        page.set_content(f"<meta charset=utf-8><style>{STYLE}</style>{tagged()}")
        page.screenshot(path=Path(__file__).with_name("tagging.png"), full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
