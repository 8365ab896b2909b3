"""Hand-made records for tests: a small real-looking report, a large one, reports from marked interviews, goals of one sentence."""

from __future__ import annotations

import dataclasses
import itertools
import json
import random
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jtbd_nlp.drafting.finding.candidates import Evidence
from jtbd_nlp.drafting.finding.finder import Finder
from jtbd_nlp.drafting.grammar.wording import Wording
from jtbd_nlp.drafting.slots.worders import WORDERS
from jtbd_nlp.language import load_parser
from jtbd_nlp.records import (
    Finding,
    Gap,
    Job,
    Quote,
    Segment,
    SentenceTags,
    Solution,
    Statement,
    Transcript,
    Turn,
    Warn,
    Wish,
)
from jtbd_nlp.reporting import JobReport

Line = tuple[str, str, str, float | None]  # speaker, role, words, seconds


def interview(transcript_id: str, lines: Iterable[Line], participant_id: str = "P1") -> Transcript:
    """Build a transcript of ``Name: words`` lines."""
    text, turns = "", []
    for index, (speaker, role, words, start_s) in enumerate(lines):
        text += f"{speaker}: "
        start = len(text)
        text += words
        turns.append(
            Turn(
                turn_index=index,
                speaker=speaker,
                role=role,  # type: ignore[arg-type]
                participant_id=participant_id if role == "participant" else None,
                start_char=start,
                end_char=len(text),
                start_s=start_s,
            )
        )
        text += "\n"
    return Transcript(transcript_id=transcript_id, source=f"{transcript_id}.txt", text=text, turns=tuple(turns))


def interviews(samples: Path) -> list[Path]:
    """Return twelve of the samples."""
    return sorted(file for file in samples.iterdir() if file.name[:2].isdigit())[:12]


def make_cheap(settings: Path, resamples: int) -> None:
    """Set a new study to tag by cue words and to resample less."""
    text = settings.read_text(encoding="utf-8").replace('# model = "tagger"', 'model = "lexicon"')
    settings.write_text(text.replace("# resamples = 20", f"resamples = {resamples}"), encoding="utf-8")


def segments_of(transcript: Transcript) -> tuple[Segment, ...]:
    """Cut every turn after full stops and question marks."""
    found = []
    for turn in transcript.turns:
        for match in re.finditer(r"\S[^.?!]*[.?!]*", transcript.words(turn)):
            start, end = turn.start_char + match.start(), turn.start_char + len(match.group().rstrip()) + match.start()
            found.append(
                Segment(
                    segment_id=f"{transcript.transcript_id}:{len(found):04}",
                    transcript_id=transcript.transcript_id,
                    turn_index=turn.turn_index,
                    speaker=turn.speaker,
                    participant_id=turn.participant_id,
                    role=turn.role,
                    text=transcript.text[start:end],
                    start_char=start,
                    end_char=end,
                    start_s=turn.start_s,
                )
            )
    return tuple(found)


def quote(transcript: Transcript, words: str, **fields: Any) -> Quote:
    """Find words that a participant said and cut them out."""
    for turn in transcript.turns:
        at = transcript.text.find(words, turn.start_char, turn.end_char)
        if turn.role == "participant" and at >= 0:
            break
    else:
        raise AssertionError(f"no participant says {words!r} in {transcript.transcript_id}")
    inside = [s for s in segments_of(transcript) if s.start_char <= at < s.end_char]
    return Quote(
        transcript_id=transcript.transcript_id,
        speaker=turn.speaker,
        participant_id=turn.participant_id or "P?",
        text=transcript.text[at : at + len(words)],
        start_char=at,
        end_char=at + len(words),
        start_s=turn.start_s,
        segment_id=inside[0].segment_id if inside else "",
        **fields,
    )


ADA = interview(
    "ada",
    [
        ("Interviewer", "interviewer", "Tell me about the last time you closed the month?", 2.0),
        ("Ada", "participant", "Last Tuesday the numbers would not add up. I want to stop copying by hand 😩.", 9.5),
        ("Interviewer", "interviewer", "What would that give you?", 31.0),
        ("Ada", "participant", "I could go home on time. I still use a spreadsheet, because I know it.", 3675.0),
    ],
    "P1",
)
BEN = interview(
    "ben",
    [
        ("Moderator", "interviewer", "How do you close your books?", None),
        ("Ben", "participant", "Every month I copy two hundred rows, and one is always wrong.", None),
        ("Ben", "participant", "A tool that did it would be lovely, but I am afraid it loses something.", None),
        ("Ben", "participant", "Honestly I like doing it by hand. I wish my accountant answered the phone.", None),
    ],
    "P2",
)


def small_report() -> JobReport:
    """Return two jobs from two interviews with everything that a report can hold."""
    push = quote(ADA, "the numbers would not add up", slot="situation", emotion="frustration", force="push")
    close = Job(
        job_id="J-3f9a1c",
        name="Close the month without copying",
        statement=Statement(
            situation="the numbers would not add up",
            motivation="stop copying by hand",
            outcome="go home on time and relaxed",
            text="When the numbers would not add up, I want to stop copying by hand, "
            "so I can go home on time and relaxed.",
            inferred=("relaxed",),
        ),
        confidence="medium",
        participants=("P1", "P2"),
        n_transcripts=2,
        dimensions=("functional", "emotional"),
        quotes=(
            push,
            quote(ADA, "I want to stop copying by hand 😩", slot="motivation"),
            quote(ADA, "I could go home on time", slot="outcome"),
            quote(BEN, "Every month I copy two hundred rows, and one is always wrong", slot="situation"),
        ),
        forces={
            "push": (push,),
            "pull": (quote(BEN, "A tool that did it would be lovely", force="pull"),),
            "anxiety": (quote(BEN, "I am afraid it loses something", force="anxiety", emotion="anxiety"),),
            "habit": (quote(ADA, "I still use a spreadsheet, because I know it", force="habit"),),
        },
        solutions=(
            Solution(
                name="spreadsheet",
                hired_by=("P1",),
                fired_by=("P2",),
                quotes=(quote(ADA, "I still use a spreadsheet", slot="solution"),),
                hired_why=(quote(ADA, "I still use a spreadsheet, because I know it", slot="reason"),),
            ),
        ),
        emotions={"frustration": 2, "anxiety": 1},
        counter_quotes=(quote(BEN, "Honestly I like doing it by hand", role="counter"),),
        lint=(Finding(rule="faithful", severity="warning", message="“relaxed” is not in the quotes.", fix="Drop it."),),
        stability=0.85,
        effective_voices=1.9,
        episodic_share=0.5,
        phrases=("would not add up", "copying by hand"),
    )
    phone = Job(
        job_id="J-0b77e2",
        name="Reach my accountant",
        statement=Statement(
            situation=None,
            motivation="have my accountant answer the phone",
            outcome=None,
            text="I want to have my accountant answer the phone",
        ),
        confidence="low",
        participants=("P2",),
        n_transcripts=1,
        quotes=(quote(BEN, "I wish my accountant answered the phone", slot="motivation"),),
        gaps=(
            Gap(slot="situation", ask="When did you last need your accountant?"),
            Gap(slot="outcome", ask="What could you do once they answer?"),
        ),
        single_voice=True,
        wishes=(quote(BEN, "I wish my accountant answered the phone"),),
        edits=("renamed",),
        note="Ask the others too.",
    )
    return assemble(
        (ADA, BEN),
        (close, phone),
        unclustered=(quote(BEN, "Every month I copy two hundred rows", reason="says nothing that others say"),),
        warnings=(Warn(code="unreadable", message="The file is empty.", source="empty.txt"),),
        participants=(
            {"transcript_id": "ada", "speaker": "Ada", "participant_id": "P1", "plan": "team", "tenure": 3},
            {"transcript_id": "ben", "speaker": "Ben", "participant_id": "P2", "plan": "free", "tenure": 1},
        ),
        wishes=(
            Wish(quote=phone.wishes[0], question="magic_wand", job_id=phone.job_id),
            Wish(quote=quote(BEN, "A tool that did it would be lovely"), question="anything_else"),
        ),
    )


def nearby_report() -> JobReport:
    """Return the small report as a run gives it: with chances, a passage told near each job, and a reviewed job."""
    report = small_report()
    close, phone = report.jobs
    likely = quote(BEN, "A tool that did it would be lovely", slot="outcome", support=0.62)
    near = quote(BEN, "Every month I copy two hundred rows, and one is always wrong", slot="situation", support=0.1)
    other = quote(ADA, "I still use a spreadsheet, because I know it", slot="situation", support=0.1)
    jobs = (
        dataclasses.replace(close, quotes=(*close.quotes[:3], likely, near), big_job="Run the books"),
        dataclasses.replace(phone, quotes=(*phone.quotes, other), edits=("rename E-000001", "review E-000002 by Ada")),
    )
    return dataclasses.replace(report, jobs=jobs)


def assemble(transcripts: tuple[Transcript, ...], jobs: tuple[Job, ...], **fields: Any) -> JobReport:
    """Add segments, tags, a map and a saturation curve to jobs."""
    segments = tuple(s for t in transcripts for s in segments_of(t))
    theirs = [s for s in segments if s.role == "participant"]
    dice = random.Random(0)
    return JobReport(
        transcripts=transcripts,
        jobs=jobs,
        segments=segments,
        tags={
            s.segment_id: SentenceTags(
                labels=frozenset({"struggle"} if i % 2 else {"desire", "situation"}),
                scores={"struggle": 0.75 if i % 2 else 0.125},
                spans={"situation": (0, min(4, len(s.text)))},
            )
            for i, s in enumerate(theirs)
        },
        coordinates={s.segment_id: (round(dice.gauss(0, 1), 4), round(dice.gauss(0, 1), 4)) for s in theirs},
        saturation=tuple(round(len(jobs) * (1 - 0.6**n), 4) for n in range(1, len(transcripts) + 1)),
        config={"clustering": {"seed": 0}},
        provenance={"version": "0.1.0", "models": {"minilm": "53aa51"}},
        **fields,
    )


_WORDS = (
    "month numbers copy rows wrong check again late customer mail invoice tool sheet meeting report team boss night "
    "promise deadline draft rewrite client budget plan week stuck wait answer phone nobody knows trust lose find search"
).split()


def large_report(n_jobs: int = 200, n_quotes: int = 5000, n_transcripts: int = 60) -> JobReport:
    """Return a report of a given size from invented talk; the same on every call."""
    dice = random.Random(7)
    per_transcript = -(-n_quotes // n_transcripts)
    transcripts = []
    for t in range(n_transcripts):
        lines: list[Line] = []
        for n in range(per_transcript):
            lines.append(("Interviewer", "interviewer", "And then?", n * 12.0))
            lines.append((f"Person {t}", "participant", _sentence(dice, 24), n * 12.0 + 3))
        transcripts.append(interview(f"talk_{t:03}", lines, f"P{t + 1}"))
    said = [(t, turn) for t in transcripts for turn in t.turns if turn.role == "participant"][:n_quotes]
    quotes = [_turn_quote(t, turn, dice) for t, turn in said]
    dice.shuffle(quotes)
    jobs = tuple(_synthetic_job(n, tuple(quotes[n::n_jobs]), dice) for n in range(n_jobs))
    rows = tuple(
        {"transcript_id": t.transcript_id, "speaker": f"Person {n}", "participant_id": f"P{n + 1}", "plan": plan}
        for n, (t, plan) in enumerate(zip(transcripts, itertools.cycle("abc"), strict=False))
    )
    return assemble(tuple(transcripts), jobs, participants=rows)


def _sentence(dice: random.Random, n_words: int) -> str:
    return " ".join(dice.choice(_WORDS) for _ in range(n_words)).capitalize() + "."


def _turn_quote(transcript: Transcript, turn: Turn, dice: random.Random) -> Quote:
    return Quote(
        transcript_id=transcript.transcript_id,
        speaker=turn.speaker,
        participant_id=turn.participant_id or "P?",
        text=transcript.words(turn),
        start_char=turn.start_char,
        end_char=turn.end_char,
        start_s=turn.start_s,
        slot=dice.choice(["situation", "motivation", "outcome"]),
        emotion=dice.choice([None, "frustration", "relief"]),
        segment_id=f"{transcript.transcript_id}:{turn.turn_index:04}",
    )


def _synthetic_job(n: int, quotes: tuple[Quote, ...], dice: random.Random) -> Job:
    people = tuple(sorted({q.participant_id for q in quotes}))
    slots = {slot: _sentence(dice, 5).lower().rstrip(".") for slot in ("situation", "motivation", "outcome")}
    text = f"When {slots['situation']}, I want to {slots['motivation']}, so I can {slots['outcome']}."
    return Job(
        job_id=f"J-{n:06x}",
        name=_sentence(dice, 4).rstrip("."),
        statement=Statement(text=text, **slots),
        confidence=dice.choice(["high", "medium", "low"]),
        participants=people,
        n_transcripts=len(people),
        quotes=quotes,
        forces={"push": quotes[:2], "anxiety": quotes[2:3]},
        solutions=(Solution(name=dice.choice(_WORDS), hired_by=people[:1], quotes=quotes[:1]),),
        emotions={"frustration": 3},
    )


def gold_report(shared: Path, cohort: str = "marketing") -> JobReport:
    """Return the jobs that a reader marked in real interviews, as a report; all words come from ``shared``."""
    folder = shared / "data" / "interviews"
    transcripts = {p.stem: _labelled(p, n) for n, p in enumerate(sorted((folder / cohort).glob("*.txt")), 1)}
    gold = json.loads((folder / f"{cohort}_jobs.json").read_text(encoding="utf-8"))["jobs"]
    jobs = tuple(_gold_job(n, row, transcripts) for n, row in enumerate(gold))
    rows = tuple(
        {
            "transcript_id": t.transcript_id,
            "speaker": "Participant",
            "participant_id": f"P{n}",
            "company": ("agency", "in-house", "own business")[n % 3],
        }
        for n, t in enumerate(transcripts.values(), 1)
    )
    return assemble(tuple(transcripts.values()), jobs, participants=rows)


def _labelled(path: Path, number: int) -> Transcript:
    text = path.read_text(encoding="utf-8")
    starts = list(re.finditer(r"(?m)^(Interviewer|Participant): ", text))
    turns = []
    for index, (match, end) in enumerate(zip(starts, [*(m.start() for m in starts[1:]), len(text)], strict=True)):
        role = match.group(1).lower()
        turns.append(
            Turn(
                turn_index=index,
                speaker=match.group(1),
                role=role,  # type: ignore[arg-type]
                participant_id=f"P{number}" if role == "participant" else None,
                start_char=match.end(),
                end_char=match.end() + len(text[match.end() : end].rstrip()),
            )
        )
    return Transcript(transcript_id=path.stem, source=path.name, text=text, turns=tuple(turns))


def _gold_job(n: int, row: Mapping[str, Any], transcripts: Mapping[str, Transcript]) -> Job:
    quotes = tuple(quote(transcripts[e["transcript"]], e["quote"], slot=e["slot"]) for e in row["evidence"])
    people = tuple(sorted({q.participant_id for q in quotes}, key=lambda p: int(p[1:])))
    slots = {slot: row[slot] for slot in ("situation", "motivation", "outcome")}
    said = (("When", "situation"), ("I want to", "motivation"), ("so I can", "outcome"))
    text = ", ".join(f"{words} {slots[slot]}" for words, slot in said if slots[slot])
    return Job(
        job_id=f"J-{n + 0xA1B200:06x}",
        name=row["name"],
        statement=Statement(text=text, **slots),
        confidence="high" if len(people) > 3 else "medium" if len(people) > 1 else "low",
        participants=people,
        n_transcripts=len(people),
        quotes=quotes,
        forces={force: _anywhere(words, transcripts, force) for force, words in row.get("forces", {}).items()},
        solutions=tuple(Solution(name=name) for name in row["current_solutions"]),
        single_voice=row["single_voice"],
        gaps=tuple(Gap(slot=s, ask=f"What is the {s}?") for s in slots if not slots[s]),
    )


def _anywhere(words: Iterable[str], transcripts: Mapping[str, Transcript], force: str) -> tuple[Quote, ...]:
    found = []
    for piece in words:
        for transcript in transcripts.values():
            try:
                found.append(quote(transcript, piece, force=force))
            except AssertionError:
                continue
            break
    return tuple(found)


def hostile_report(payload: str) -> JobReport:
    """Return the small report with one text in every place that takes one."""

    def spoil(value: Any) -> Any:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            kept = {"slot", "role", "confidence", "severity", "job_id", "transcript_id", "text", "format"}
            if type(value).__name__ in ("Transcript", "Segment", "Statement", "Finding", "Solution"):
                kept -= {"text"}
            names = [f.name for f in dataclasses.fields(value) if f.name not in kept]
            return dataclasses.replace(value, **{name: spoil(getattr(value, name)) for name in names})
        if isinstance(value, str):
            return payload
        if isinstance(value, tuple):
            return tuple(spoil(item) for item in value)
        if isinstance(value, Mapping):
            return {payload if key not in _FIXED else key: spoil(item) for key, item in value.items()}
        return value

    lines: list[Line] = [("Q: " + payload, "interviewer", payload, 1.0), (payload, "participant", payload, 2.0)]
    talk = interview(payload, lines, payload)
    exact = quote(talk, payload, slot="situation")
    report: JobReport = spoil(small_report())
    jobs = tuple(
        dataclasses.replace(
            job,
            quotes=(exact,),
            forces={"push": (exact,)},
            counter_quotes=(exact,),
            wishes=(exact,),
            solutions=(
                Solution(
                    name=payload,
                    hired_by=(payload,),
                    fired_by=(payload,),
                    quotes=(exact,),
                    hired_why=(exact,),
                    fired_why=(exact,),
                ),
            ),
            confidence=payload,
        )
        for job in report.jobs
    )
    return dataclasses.replace(
        report,
        jobs=jobs,
        transcripts=(talk,),
        segments=(),
        tags={},
        coordinates={},
        unclustered=(dataclasses.replace(exact, reason=payload),),
        wishes=(Wish(quote=exact, question="magic_wand", job_id=payload),),
        participants=({"transcript_id": payload, "speaker": payload, "participant_id": payload, payload: payload},),
        provenance={payload: payload, "list": [payload]},
    )


_FIXED = frozenset({"push", "pull", "anxiety", "habit"})


CAMPS = (
    "What pushed me was the queue.",
    "I was drawn by the calm of it.",
    "I feared to lose my notes.",
    "I knew the old way.",
)


def camps_report(n_people: int = 9) -> JobReport:
    """Return a report whose participants fall into three camps, each moved by other forces in other jobs."""
    talks, rows = [], []
    for n in range(1, n_people + 1):
        lines: list[Line] = [("Interviewer", "interviewer", "What happened?", None)]
        lines += [(f"Person {n}", "participant", words, None) for words in CAMPS]
        talks.append(interview(f"talk_{n}", lines, f"P{n}"))
        status = ("active", "churned")[n % 3 == 0]
        rows.append({"transcript_id": f"talk_{n}", "speaker": f"Person {n}", "participant_id": f"P{n}",
                     "camp": "abc"[(n - 1) % 3], "status": status})  # fmt: skip
    jobs = tuple(_camp_job(camp, talks[camp::3], f"J-{camp:06x}") for camp in range(3))
    extra = tuple(_camp_job(camp, talks[camp::3], f"J-{camp + 16:06x}") for camp in range(3))
    return assemble(tuple(talks), jobs + extra, participants=tuple(rows))


def _camp_job(camp: int, talks: list[Transcript], job_id: str) -> Job:
    quotes = tuple(quote(t, CAMPS[camp], slot=("situation", "motivation", "outcome")[camp]) for t in talks)
    forces = {name: tuple(quote(t, words, force=name) for t in talks)
              for name, words in zip(("push", "pull", "anxiety", "habit"), CAMPS, strict=True)}  # fmt: skip
    kept = {name: forces[name] for name in (("push", "anxiety"), ("pull", "habit"), ("anxiety", "habit"))[camp]}
    people = tuple(sorted(t.transcript_id.replace("talk_", "P") for t in talks))
    text = "When it was late, I want to keep calm."
    return Job(
        job_id=job_id, name=f"Camp {'abc'[camp]} {job_id[-2:]}", confidence="medium", participants=people,
        statement=Statement(situation="it was late", motivation="keep calm", outcome=None, text=text),
        n_transcripts=len(talks), quotes=quotes, forces=kept,
    )  # fmt: skip


def worded_goals(text: str) -> list[str]:
    """Word all goals of a sentence, as a passage that wants something."""
    segment = Segment(
        segment_id="a", transcript_id="t", turn_index=0, speaker="P", participant_id="t", role="participant",
        start_char=0, end_char=len(text), text=text,
    )  # fmt: skip
    evidence = Evidence(segment=segment, tags=SentenceTags(labels=frozenset({"desire"})), centrality=1.0)
    return [c.wording.text for c in Finder([evidence]).find()["motivation"]]


def wording_of(slot: str, sentence: str, span: str) -> Wording | None:
    """Word a span of a sentence for a slot."""
    start = sentence.index(span)
    doc = load_parser()(sentence)
    return WORDERS[slot](doc.char_span(start, start + len(span), alignment_mode="expand"))


def word(slot: str, sentence: str, span: str) -> str | None:
    """Return the words of a span in a slot, None where it gives none."""
    found = wording_of(slot, sentence, span)
    return None if found is None else found.text


def cost(slot: str, sentence: str, span: str) -> float:
    """Return what the words of a span cost in clarity; it must give some."""
    found = wording_of(slot, sentence, span)
    assert found is not None
    return found.cost
