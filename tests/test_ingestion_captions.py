"""WebVTT and SRT: speakers, continued cues, times past the hour, damage, roll-up; and agreement with the libraries."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import srt
import webvtt

from jtbd_nlp.errors import IngestionError
from jtbd_nlp.ingestion import read_sources
from jtbd_nlp.ingestion.formats.captions import read_captions
from jtbd_nlp.ingestion.turns.raw import RawTranscript

ZOOM = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Anna Berg: Thanks for coming. How do you

2
00:00:04.000 --> 00:00:06.500
Anna Berg: plan your week?

3
01:00:00.250 --> 01:00:04.000
Tom: With a spreadsheet &amp; a lot of
hope.
"""
TEAMS = """WEBVTT

0d9f4a1e-1111-4c4c-9c9c-aaaaaaaaaaaa/12-0
00:00:03.120 --> 00:00:05.600
<v Anna Berg>How do you plan
your week?</v>

0d9f4a1e-1111-4c4c-9c9c-aaaaaaaaaaaa/15-0
00:00:05.100 --> 00:00:09.000
<v Tom O'Neill>With a spreadsheet,</v>

0d9f4a1e-1111-4c4c-9c9c-aaaaaaaaaaaa/15-1
00:00:09.000 --> 00:00:12.000
<v Tom O'Neill>mostly.</v>
"""


def turns(raw: RawTranscript) -> list[tuple[str | None, str, float | None, float | None]]:
    return [(t.speaker, t.text, t.start_s, t.end_s) for t in raw.turns]


def test_zoom_cues_of_one_speaker_become_one_turn() -> None:
    assert turns(read_captions(ZOOM)) == [
        ("Anna Berg", "Thanks for coming. How do you plan your week?", 1.0, 6.5),
        ("Tom", "With a spreadsheet & a lot of hope.", 3600.25, 3604.0),
    ]


def test_teams_voices_overlap_and_continue() -> None:
    assert turns(read_captions(TEAMS)) == [
        ("Anna Berg", "How do you plan your week?", 3.12, 5.6),
        ("Tom O'Neill", "With a spreadsheet, mostly.", 5.1, 12.0),
    ]


def test_anchors_tell_when_each_cue_begins() -> None:
    raw = read_captions(ZOOM)
    assert raw.turns[0].times == ((0, 1.0), (len("Thanks for coming. How do you "), 4.0))


def test_an_unnamed_cue_goes_on_with_the_speaker_before() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>One</v>\n\n00:02.000 --> 00:03.000\ntwo.\n"
    assert turns(read_captions(text)) == [("Anna", "One two.", 1.0, 3.0)]


def test_two_voices_in_one_cue() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Really?</v> <v.loud Tom>Yes!</v>\n"
    assert turns(read_captions(text)) == [("Anna", "Really?", 1.0, 2.0), ("Tom", "Yes!", 1.0, 2.0)]


def test_dialogue_dashes_and_chevrons_change_the_speaker() -> None:
    dashes = "1\n00:00:01,000 --> 00:00:02,000\n- Really?\n- Yes!\n"
    assert [t.text for t in read_captions(dashes, form="srt").turns] == ["Really?", "Yes!"]
    chevrons = "1\n00:00:01,000 --> 00:00:02,000\n>> Fine.\n\n2\n00:00:02,000 --> 00:00:03,000\n>> And you?\n"
    assert [t.text for t in read_captions(chevrons, form="srt").turns] == ["Fine.", "And you?"]


def test_tags_and_entities_go_but_comparisons_stay() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<b>We</b> want <c.colorE5E5E5>5 < 6</c> &lt;soon&gt; <i>now</i>{\\an8}\n"
    assert read_captions(text).turns[0].text == "We want 5 < 6 <soon> now"


def test_a_damaged_time_costs_the_time_and_not_the_words() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n\n00:0x.000 --> 00:03.000\nTwo.\n\n00:03.000 --> 00:04.000\nThree.\n"
    )
    raw = read_captions(text)
    assert " ".join(t.text for t in raw.turns) == "One. Two. Three."
    assert raw.warnings == ("1 captions have a damaged or missing time; their words were kept",)


def test_cues_without_blank_lines_between_them() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\ntwo 7\n3\n00:00:03,000 --> 00:00:04,000\n8\n"
    assert [t.text for t in read_captions(text, form="srt").turns] == ["One two 7 8"]


def test_times_that_run_backwards_are_kept_for_turns_and_dropped_for_anchors() -> None:
    text = "WEBVTT\n\n00:09.000 --> 00:10.000\n<v A>One</v>\n\n00:01.000 --> 00:02.000\n<v A>two</v>\n"
    raw = read_captions(text)
    assert raw.turns[0].times == ((0, 9.0),)


def test_notes_styles_and_header_are_not_speech() -> None:
    text = (
        "WEBVTT\nKind: captions\nLanguage: en\n\nNOTE duration:00:10\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:x\n\n"
        "00:01.000 --> 00:02.000 align:start position:0%\nHello.\n"
    )
    raw = read_captions(text)
    assert [t.text for t in raw.turns] == ["Hello."]
    assert dict(raw.metadata) == {"kind": "captions", "language": "en"}


def test_captions_without_cues_are_refused() -> None:
    with pytest.raises(IngestionError, match="holds no captions"):
        read_captions("WEBVTT\n\nNOTE nothing here\n")


def test_an_ending_does_not_decide(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ZOOM, encoding="utf-8")
    (tmp_path / "b.srt").write_text(TEAMS, encoding="utf-8")
    (tmp_path / "c.vtt").write_text("Interviewer: Why?\n\nParticipant: It broke.\n", encoding="utf-8")
    assert [t.format for t in read_sources(tmp_path).transcripts] == ["vtt", "vtt", "text"]


@pytest.mark.parametrize("name", ["captions_with_bom.vtt", "cue_tags.vtt", "using_identifiers.vtt", "styles.vtt"])
def test_well_formed_webvtt_has_the_words_and_times_of_webvtt_py(name: str, shared: Path) -> None:
    text = (shared / "data" / "formats" / "vtt_srt" / name).read_text(encoding="utf-8-sig")
    captions = webvtt.from_buffer(io.StringIO(text)).captions
    raw = read_captions(text)
    assert " ".join(t.text for t in raw.turns).split() == " ".join(c.text for c in captions).split()
    assert raw.turns[0].start_s == captions[0].start_in_seconds + captions[0].start_time.milliseconds / 1000


@pytest.mark.parametrize("name", ["sample.srt", "one_caption.srt"])
def test_well_formed_srt_has_the_words_and_times_of_srt(name: str, shared: Path) -> None:
    text = (shared / "data" / "formats" / "vtt_srt" / name).read_text(encoding="utf-8-sig")
    subtitles = list(srt.parse(text))
    raw = read_captions(text, form="srt")
    assert " ".join(t.text for t in raw.turns).split() == " ".join(s.content for s in subtitles).split()
    assert raw.turns[0].start_s == subtitles[0].start.total_seconds()
    assert raw.turns[-1].end_s == subtitles[-1].end.total_seconds()


def test_rolling_captions_say_each_line_once(shared: Path) -> None:
    text = (shared / "data" / "formats" / "vtt_srt" / "youtube_dl.vtt").read_text(encoding="utf-8")
    assert " ".join(t.text for t in read_captions(text).turns) == "yeah what this will happen is I'm telling"


@pytest.mark.parametrize(
    "name",
    [
        "jürgen weiß",
        "iPhone von Günther",
        "juergen@weiss.example",
        "+49 170 1234567",
        "Jürgen W. | Acme GmbH",
        "Room 4 - A 🌻",
    ],
)
def test_zoom_names_a_speaker_whatever_they_call_themselves(name: str) -> None:
    said = [
        ("Anna Berg", "How do you invoice?"),
        (name, "By hand: in a book."),
        ("Anna Berg", "And then?"),
        (name, "I wait."),
    ]
    cues = [f"00:00:0{i}.000 --> 00:00:0{i}.900\n{who}: {words}\n" for i, (who, words) in enumerate(said)]
    turns = read_captions("WEBVTT\n\n" + "\n".join(cues)).turns
    assert [(turn.speaker, turn.text) for turn in turns] == said


def test_words_before_a_colon_are_no_speaker_where_most_captions_have_none() -> None:
    lines = ["the thing is: it rains", "so we wait", "the thing is: it pours", "and we go home"]
    cues = [f"00:00:0{i}.000 --> 00:00:0{i}.900\n{words}\n" for i, words in enumerate(lines)]
    assert {turn.speaker for turn in read_captions("WEBVTT\n\n" + "\n".join(cues)).turns} == {None}
