"""Writes one talk in the format of a tool: ``python data/build_formats.py talk.txt talk.docx [style]``.

In: a UTF-8 text with a turn a line, ``Name: words``. Out: the same words as a file of the ending that is asked for.
Styles: ``teams`` (default) and ``meet`` for .docx, ``zoom`` (default) and ``teams`` for .vtt, ``otter`` (default),
``clock`` and ``speaker`` for .txt. Times are reckoned from the number of words; nothing is random.
"""

from __future__ import annotations

import csv
import html
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

WORDS_PER_SECOND = 2.6
PAUSE_S = 0.6
CUE_WORDS = 22  # captions rarely hold more


@dataclass(frozen=True)
class Turn:
    """One speaker's go, with the seconds at which it begins and ends."""

    speaker: str
    text: str
    start_s: float
    end_s: float


def read_talk(path: Path) -> list[Turn]:
    """Return the turns of a ``Name: words`` text."""
    turns, clock = [], 3.0
    for line in path.read_text(encoding="utf-8").splitlines():
        speaker, colon, text = line.partition(": ")
        if colon:
            end = clock + len(text.split()) / WORDS_PER_SECOND
            turns.append(Turn(speaker, text.strip(), round(clock, 2), round(end, 2)))
            clock = end + PAUSE_S
    return turns


def cut_cues(turn: Turn) -> list[Turn]:
    """Cut a turn into captions of a few words, as meeting tools do, wherever that falls."""
    words = turn.text.split()
    cues, start = [], turn.start_s
    for first in range(0, len(words), CUE_WORDS):
        part = words[first : first + CUE_WORDS]
        end = start + len(part) / WORDS_PER_SECOND
        cues.append(Turn(turn.speaker, " ".join(part), round(start, 2), round(end, 2)))
        start = end
    return cues


def clock(seconds: float, *, mark: str = ".", full: bool = True) -> str:
    """Write a time: ``00:01:02.345``, or ``1:02`` when it need not be full."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if not full:
        return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
    return f"{hours:02}:{minutes:02}:{rest:02}{mark}{round((seconds - whole) * 1000):03}"


def to_vtt(turns: list[Turn], style: str) -> str:
    """Write WebVTT with the names in the text (Zoom) or in voice tags (Teams)."""
    blocks = ["WEBVTT"]
    for number, cue in enumerate((c for t in turns for c in cut_cues(t)), start=1):
        times = f"{clock(cue.start_s)} --> {clock(cue.end_s)}"
        if style == "teams":
            name = f"6f1d2c3a-0b5e-4a7f-9c1d-2e3f4a5b6c7d/{number}-0"
            blocks.append(f"{name}\n{times}\n<v {cue.speaker}>{html.escape(cue.text, quote=False)}</v>")
        else:
            blocks.append(f"{number}\n{times}\n{cue.speaker}: {html.escape(cue.text, quote=False)}")
    return "\n\n".join(blocks) + "\n"


def to_srt(turns: list[Turn]) -> str:
    """Write SubRip where only the first caption of a turn names the speaker."""
    blocks, number = [], 0
    for turn in turns:
        for first, cue in enumerate(cut_cues(turn)):
            number += 1
            words = cue.text if first else f"{cue.speaker}: {cue.text}"
            times = f"{clock(cue.start_s, mark=',')} --> {clock(cue.end_s, mark=',')}"
            blocks.append(f"{number}\n{times}\n{words}\n")
    return "\n".join(blocks)


def to_json(turns: list[Turn]) -> str:
    """Write segments as WhisperX does, with the speakers as numbers."""
    names = {name: f"SPEAKER_{i:02}" for i, name in enumerate(dict.fromkeys(t.speaker for t in turns))}
    segments = [
        {"start": c.start_s, "end": c.end_s, "text": f" {c.text}", "speaker": names[c.speaker]}
        for t in turns
        for c in cut_cues(t)
    ]
    return json.dumps({"segments": segments, "language": "en"}, indent=1, ensure_ascii=False) + "\n"


def to_csv(turns: list[Turn]) -> str:
    """Write a turn a row."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["start", "speaker", "text"])
    writer.writerows([clock(t.start_s, full=False), t.speaker, t.text] for t in turns)
    return stream.getvalue()


def to_txt(turns: list[Turn], style: str) -> str:
    """Write text as Otter does (name and time above the words), or with a time before or after each name."""
    if style == "clock":
        return "\n".join(f"[{clock(t.start_s)[:8]}] {t.speaker}: {t.text}" for t in turns) + "\n"
    if style == "speaker":
        return "\n\n".join(f"{t.speaker} ({clock(t.start_s)[:8]}): {t.text}" for t in turns) + "\n"
    return "\n\n".join(f"{t.speaker}  {clock(t.start_s, full=False)}\n{t.text}" for t in turns) + "\n"


def write_docx(turns: list[Turn], target: Path, style: str) -> None:
    """Write a Word file as Teams exports it, or as Google Meet does: a summary by a machine first, then the talk."""
    import docx

    document = docx.Document()
    if style == "meet":
        _summary(document)
    else:
        document.add_paragraph("Usability session-20250311_140000-Meeting Recording\nMarch 11, 2025, 2:00PM")
    for turn in turns:
        paragraph = document.add_paragraph()
        if style == "meet":
            paragraph.add_run(f"{turn.speaker}:").bold = True
            paragraph.add_run(f" {turn.text}")
        else:
            paragraph.add_run(turn.speaker).bold = True
            paragraph.add_run(f"   {clock(turn.start_s, full=False)}")
            paragraph.add_run().add_break()
            paragraph.add_run(turn.text)
    document.save(str(target))


def _summary(document) -> None:  # noqa: ANN001 - python-docx is imported late
    document.add_paragraph("📝 Notes")
    for title, lines in SUMMARY.items():
        document.add_heading(title, level=2)
        for line in lines:
            document.add_paragraph(line)
    document.add_paragraph("You should review the notes to make sure they're accurate.")
    document.add_heading("📖 Transcript", level=1)


SUMMARY = {
    "Summary": [
        "Anneke de Wit described preparing for sessions in ninety seconds and struggles with a filing cabinet. "
        "Priya Nair and Anneke de Wit discussed cancellations, an automated waitlist and moving paper folders."
    ],
    "Details": [
        "Session preparation: Anneke de Wit wants a dashboard on a smart watch so that therapists save time.",
        "Cancellations: Anneke de Wit would like to charge a fee for every missed session.",
    ],
    "Suggested next steps": ["Priya Nair will send Anneke de Wit the pricing sheet."],
}


def main(source: str, target: str, style: str = "") -> None:
    """Write ``source`` as ``target``."""
    turns, path = read_talk(Path(source)), Path(target)
    if path.suffix == ".docx":
        write_docx(turns, path, style or "teams")
        return
    texts = {
        ".vtt": lambda: to_vtt(turns, style),
        ".srt": lambda: to_srt(turns),
        ".json": lambda: to_json(turns),
        ".csv": lambda: to_csv(turns),
        ".txt": lambda: to_txt(turns, style),
    }
    if path.suffix not in texts:
        raise SystemExit(f"the target must end in .docx, {', '.join(texts)}, got {path.suffix!r}.")
    path.write_text(texts[path.suffix](), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
