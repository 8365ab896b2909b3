"""The local server: its page, its edits, and everything that it refuses."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jtbd_nlp.errors import StudyError
from jtbd_nlp.records import Job, Statement
from jtbd_nlp.reporting import JobReport
from jtbd_nlp.serving import StudyServer, serve_study
from jtbd_nlp.study import Study
from jtbd_nlp.study.lock import study_lock

EDIT = {"id": "E-00aa00aa", "op": "rename", "job": "J-00000a", "name": "Mine"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Study:
    study = Study.init(tmp_path_factory.mktemp("served") / "s")
    statement = Statement(situation=None, motivation="check", outcome=None, text="I want to check.")
    job = Job(
        job_id="J-00000a", name="Check", statement=statement, confidence="low", participants=("P1",), n_transcripts=1
    )
    JobReport(jobs=(job,)).save(study.folder / "results")
    return study


@pytest.fixture
def study(served: Study) -> Study:
    (served.folder / "curation.toml").unlink(missing_ok=True)
    return served


@pytest.fixture(scope="module")
def server(served: Study) -> Iterator[StudyServer]:
    with StudyServer(served) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join(5)


Answer = tuple[int, dict[str, str], Any]


def ask(server: StudyServer, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=120)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host="Host" in named)
    for name, value in named.items():
        connection.putheader(name, value)
    if method == "POST" and "Content-Length" not in named:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    data = answer.read()
    found = {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    json_like = found.get("content-type", "").startswith("application/json")
    return answer.status, found, json.loads(data) if json_like else data.decode("utf-8")


def post(server: StudyServer, value: Any, **headers: str) -> Answer:
    own = {"Origin": f"http://127.0.0.1:{server.server_port}", "Content_Type": "application/json"}
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return ask(server, "POST", f"/{headers.pop('token', server.token)}/edits", body, **(own | headers))


def test_the_page_is_there_with_its_token(server: StudyServer) -> None:
    status, headers, page = ask(server, "GET", f"/{server.token}/")
    assert status == 200
    assert "J-00000a" in page
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert server.server_address[0] == "127.0.0.1"


def test_edits_are_appended_under_the_lock(server: StudyServer, study: Study) -> None:
    status, _, told = post(server, {"format": 1, "edit": [EDIT]})
    assert (status, told["ok"]) == (200, True)
    assert [(e.id, e.text) for e in study.history()] == [("E-00aa00aa", "Mine")]
    post(server, {"format": 1, "edit": [{**EDIT, "id": "E-00aa00ab", "name": "Other"}]})
    post(server, {"format": 1, "edit": [{"id": "E-00aa00ac", "op": "undo", "edit": "E-00aa00ab"}]})
    assert [e.text for e in study.history()][:2] == ["Mine", "Other"]
    told = ask(server, "GET", f"/{server.token}/edits")[2]
    assert [edit["id"] for edit in told["edit"]] == ["E-00aa00aa", "E-00aa00ab", "E-00aa00ac"]
    assert told["active"] == ["E-00aa00aa"]


def test_edits_that_are_posted_again_are_written_once(server: StudyServer, study: Study) -> None:
    for _ in range(2):  # a second tab with the same unsaved edits, or an answer that was lost
        assert post(server, {"format": 1, "edit": [EDIT]})[0] == 200
    post(server, {"format": 1, "edit": [{**EDIT, "name": "Other"}]})
    assert [edit.text for edit in study.history()] == ["Mine", "Other"]


def test_a_file_that_was_broken_since_is_told_and_not_the_end_of_the_connection(
    server: StudyServer, study: Study
) -> None:
    (study.folder / "curation.toml").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    status, _, told = ask(server, "GET", f"/{server.token}/edits")
    assert status == 409 and "a conflict of git at line 1" in told["error"]


def test_an_edit_while_the_study_is_in_use_is_told_and_kept_by_the_page(
    server: StudyServer, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jtbd_nlp.study.folder.EDIT_WAIT_S", 0.1)
    with study_lock(study.folder / ".jtbd"):
        status, _, told = post(server, {"format": 1, "edit": [EDIT]})
    assert status == 409
    assert "in use" in told["error"]
    assert study.history() == ()


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (b"{", 400),
        (b"[" * 100_000, 400),
        ({"format": 1, "edit": [{"op": "rm -rf"}]}, 409),
        ({"format": 1, "edit": [EDIT, {"op": "rename"}]}, 409),
        ({"format": 9, "edit": []}, 409),
        ([], 409),
    ],
)
def test_wrong_edits_are_refused_as_a_whole(server: StudyServer, study: Study, value: Any, status: int) -> None:
    assert post(server, value)[0] == status
    assert study.history() == ()


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "127.0.0.1.evil.example"])
def test_another_host_is_refused(server: StudyServer, host: str) -> None:
    assert ask(server, "GET", f"/{server.token}/", Host=host)[0] == 403
    assert post(server, {"edit": [EDIT]}, Host=host)[0] == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", "none"])
def test_another_origin_is_refused(server: StudyServer, study: Study, origin: str) -> None:
    assert ask(server, "GET", f"/{server.token}/", Origin=origin)[0] == 403
    assert post(server, {"edit": [EDIT]}, Origin=origin)[0] == 403
    assert study.history() == ()


def test_without_an_origin_nothing_is_written(server: StudyServer, study: Study) -> None:
    body = json.dumps({"edit": [EDIT]}).encode()
    assert ask(server, "POST", f"/{server.token}/edits", body, Content_Type="application/json")[0] == 403
    assert study.history() == ()


@pytest.mark.parametrize("path", ["/", "/x/", "//", "/../../study.toml", "/%2e%2e/study.toml", "/favicon.ico"])
def test_without_the_token_there_is_nothing(server: StudyServer, path: str) -> None:
    status, _, body = ask(server, "GET", path)
    assert status in (403, 404)
    assert server.token not in json.dumps(body)


@pytest.mark.parametrize("rest", ["../study.toml", "..%2fstudy.toml", "curation.toml", "/etc/passwd", "x/report.json"])
def test_no_path_leads_to_a_file(server: StudyServer, rest: str) -> None:
    assert ask(server, "GET", f"/{server.token}/{rest}")[0] == 404


def test_a_wrong_token_a_wrong_kind_and_a_long_body_are_refused(server: StudyServer, study: Study) -> None:
    assert post(server, {"edit": [EDIT]}, token=server.token[:-1])[0] == 403
    assert post(server, {"edit": [EDIT]}, Content_Type="text/plain")[0] == 415  # what a form of another site can send
    assert post(server, b"", Content_Length="99999999999999999999")[0] == 413
    assert post(server, b"", Content_Length="-1")[0] == 413
    assert post(server, b"", Content_Length="000000000000009999999999")[0] == 413  # never waits for that much
    assert ask(server, "PUT", f"/{server.token}/")[0] == 501
    assert study.history() == ()


def test_tokens_are_new_each_time_and_a_taken_port_is_told(study: Study, server: StudyServer) -> None:
    with StudyServer(study) as other:
        assert other.token != server.token
    with pytest.raises(StudyError, match="port must be free"):
        StudyServer(study, port=server.server_port)


def test_a_study_without_a_report_is_refused(tmp_path: Path) -> None:
    Study.init(tmp_path / "s")
    with pytest.raises(StudyError, match="must have results"):
        serve_study(tmp_path / "s")
