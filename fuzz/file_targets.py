"""The fuzz targets for files that come back to us: a saved report, a coding project, a curation file, a review list.

They are written by us and may be changed, or forged, by anybody before we read them again. A `JtbdError` is a right answer; what is
read must be usable: it can be shown, checked, saved and read back as the same.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jtbd_nlp.errors import JtbdError
from jtbd_nlp.exchange import codes_to_edits, person_codings, project_of, read_qdpx, validate_qdpx, write_qdpx
from jtbd_nlp.privacy.review import parse_review
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.reporting.codec import dumps
from jtbd_nlp.study.curation import active_edits, edits_from_dict, parse_curation
from jtbd_nlp.verification import verify_quotes


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _file(name: str, data: bytes) -> Path:
    path = Path(_folder().name) / name
    path.write_bytes(data)
    return path


def check_report(data: bytes) -> int:
    """Load bytes as report.json; show, check and write what was loaded."""
    try:
        report = JobReport.load(_file("report.json", data))
    except JtbdError:
        return 0
    plain = json.loads(dumps(report.to_dict()).encode("utf-8", "replace"))
    assert json.loads(dumps(JobReport.from_dict(plain).to_dict()).encode("utf-8", "replace")) == plain
    report.to_markdown().encode("utf-8", "replace")
    if report.transcripts:
        assert len(verify_quotes(report)) >= sum(len(job.quotes) for job in report.jobs)
    if sum(data) % 8 == 0:
        _costly(report)
    return 1


def _costly(report: JobReport) -> None:
    """Make the outputs that take ten times as long: of one input in eight."""
    report.to_html().encode("utf-8", "replace")
    for table in ("jobs", "quotes", "tags", "segments", "forces", "solutions", "participants"):
        report.to_frame(table)
    assert write_qdpx(project_of(report), Path(_folder().name) / "out.qdpx").is_file()


def check_project(data: bytes) -> int:
    """Read bytes as a .qdpx file, and as the project.qde inside of one; write what was read and read it again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("project.qde", data)
        archive.writestr("sources/a.txt", "It was\r\nslow.\r\n")
    return sum(_project(given) for given in (data, packed.getvalue()))


def _project(data: bytes) -> int:
    path = _file("in.qdpx", data)
    try:
        project = read_qdpx(path, max_mb=5)
    except JtbdError:
        return 0
    validate_qdpx(path)
    codes_to_edits(person_codings(project, ()), JobReport())
    again = read_qdpx(write_qdpx(project, Path(_folder().name) / "out.qdpx"), max_mb=50)
    assert len(again.sources) == len(project.sources)
    return 1


def check_curation(data: bytes) -> int:
    """Read bytes as curation.toml and as the page's JSON of the same; an edit read back from its keys is itself."""
    text, count = data.decode("utf-8", "replace"), 0
    for read in (parse_curation, _from_json):
        try:
            edits = read(text)
        except (JtbdError, json.JSONDecodeError, RecursionError):
            continue
        assert len(active_edits(edits)) <= len(edits)
        plain = {"format": 1, "edit": [edit.to_dict() for edit in edits]}
        assert edits_from_dict(plain, origin="again") == edits
        count += 1
    return count


def _from_json(text: str) -> Any:
    return edits_from_dict(json.loads(text), origin="page")


def check_review(data: bytes) -> int:
    """Read bytes as personal_data.csv."""
    try:
        review = parse_review(data.decode("utf-8", "replace"), "personal_data.csv")
    except JtbdError:
        return 0
    assert len(review.added) <= len(review.rows)
    return 1


FILE_TARGETS: dict[str, Callable[[bytes], int]] = {
    "report": check_report,
    "qdpx": check_project,
    "curation": check_curation,
    "review": check_review,
}
_QUOTE = (
    '{"transcript_id": "a", "speaker": "P", "participant_id": "P1", "text": "It was slow.", "start_char": 3, "end_char": 15, '
    '"start_s": 1.5, "segment_id": "a:0", "slot": "struggle", "role": "support"}'
)
FILE_SEEDS: dict[str, list[str]] = {
    "report": [
        '{"schema_version": 1, "jobs": [{"job_id": "J-1", "name": "x", "statement": {"situation": "it is", "motivation": "check", '
        f'"outcome": null, "text": "When"}}, "confidence": "low", "participants": ["P1"], "n_transcripts": 1, "quotes": [{_QUOTE}], '
        f'"forces": {{"push": [{_QUOTE}], "pull": []}}, "phrases": ["slow"], "solutions": [{{"name": "list", "hired_by": ["P1"], '
        f'"quotes": [{_QUOTE}]}}], "gaps": [{{"slot": "outcome", "ask": "Why?"}}], "counter_quotes": [], "wishes": [], "note": "n"}}], '
        f'"unclustered": [{_QUOTE}], "transcripts": [{{"transcript_id": "a", "source": "a.txt", "text": "P: It was slow.", "turns": '
        '[{"turn_index": 0, "speaker": "P", "role": "participant", "participant_id": "P1", "start_char": 3, "end_char": 15}], '
        '"sha256": "0"}], "warnings": [{"code": "c", "message": "m", "count": 1}], "config": {}, "provenance": {"inputs": {"a": "0"}}, '
        '"segments": [{"segment_id": "a:0", "transcript_id": "a", "turn_index": 0, "speaker": "P", "role": "participant", '
        '"participant_id": "P1", "text": "It was slow.", "start_char": 3, "end_char": 15, "tags": {"labels": ["struggle"]}}], '
        '"participants": [{"transcript": "a", "speaker": "P", "participant_id": "P1"}], "coordinates": {"a:0": [0.1, 2]}, '
        '"saturation": [1.0]}',
        '{"schema_version": 1, "jobs": []}',
    ],
    "qdpx": [
        '<Project name="n" xmlns="urn:QDA-XML:project:1.0"><Users><User guid="u" name="Ann"/></Users><CodeBook><Codes><Code guid="c" '
        'name="slow" isCodable="true"><Description>d</Description><Code guid="d" name="x"/></Code></Codes></CodeBook><Variables>'
        '<Variable guid="v" name="plan" typeOfVariable="Text"/></Variables><Cases><Case guid="k" name="P1"><VariableValue>'
        '<VariableRef targetGUID="v"/><TextValue>Pro</TextValue></VariableValue><SourceRef targetGUID="s"/></Case></Cases><Sources>'
        '<TextSource guid="s" name="a" plainTextPath="internal://a.txt"><PlainTextSelection guid="p" name="It was" startPosition="0" '
        'endPosition="6" creatingUser="u"><Coding guid="q" creatingUser="u"><CodeRef targetGUID="c"/></Coding></PlainTextSelection>'
        '</TextSource><TextSource guid="t" name="b"><PlainTextContent>So.</PlainTextContent></TextSource></Sources></Project>'
    ],
    "curation": [
        'format = 1\n\n[[edit]]\nid = "E-7c1d20f4"\nat = "2026-11-24T23:10:00Z"\nby = "Ada"\nop = "rename"\njob = "J-3f9a1c"\n'
        'name = "Check"\n\n[[edit]]\nop = "move"\nto = "J-3f9a1c"\nquotes = [\n  { transcript_id = "a", start_char = 1, end_char = 5, '
        'text = "word" },\n]\n\n[[edit]]\nop = "undo"\nedit = "E-7c1d20f4"\n',
        '{"format": 1, "edit": [{"op": "merge", "jobs": ["J-3f9a1c", "J-3f9a1d"]}, {"op": "review", '
        '"job": "J-3f9a1c", "reviewed": false}]}',
    ],
    "review": [
        '"accept","kind","special","text","context","transcript_id","start_char","end_char","score","source"\n'
        '"yes","NAME","","Ann","so Ann said","a","3","6","0.90","verb"\n"","","","=x","","","","","",""\n'
    ],
}  # fmt: skip
