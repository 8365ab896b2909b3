"""The folder of horrors: over a hundred files that broke some tool somewhere, each with the fate it must have.

``HORRORS`` maps a file name to a function that returns its bytes (or builds it in place) and the fates that are right:
"read", "partly" (read, with a warning), "refused", "duplicate" or "ignored". Nothing else may happen to a file.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

TALK = "Interviewer: Why did you leave {0}?\n\nParticipant: It was too slow for me, and I felt stupid.\n"
Build = Callable[[Path], bytes | None]
Case = tuple[Build, tuple[str, ...]]
HORRORS: dict[str, Case] = {}


def talk(name: str) -> str:
    return TALK.format(name)


def case(name: str, *fates: str) -> Callable[[Build], Build]:
    def add(build: Build) -> Build:
        HORRORS[name] = (build, fates)
        return build

    return add


def simple(name: str, data: bytes | str, *fates: str) -> None:
    content = data.encode("utf-8") if isinstance(data, str) else data
    HORRORS[name] = (lambda _: content, fates)


def zipped(members: dict[str, bytes | str], *, level: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx_of(*paragraphs: str) -> bytes:
    import docx

    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def odt_of(*paragraphs: str) -> bytes:
    from odf.opendocument import OpenDocumentText
    from odf.text import P

    document = OpenDocumentText()
    for paragraph in paragraphs:
        document.text.addElement(P(text=paragraph))
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def xlsx_of(*rows: list[object]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def replaced(container: bytes, member: str, content: bytes) -> bytes:
    """Return a container with one member exchanged."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(container)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return out.getvalue()


def laughs(root: str) -> bytes:
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a0 "ha">{entities}]><{root}>&a11;</{root}>'.encode()


DOCX = docx_of(*talk("docx").split("\n\n"))
ODT = odt_of(*talk("odt").split("\n\n"))
XLSX = xlsx_of(["speaker", "text"], ["Interviewer", "Why did you leave xlsx?"], ["Participant", "It was slow."])
PDF_HEAD = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Interviewer>Why {0}?</v>\n\n00:02.000 --> 00:03.000\n<v Participant>So.</v>\n"

# --- encodings -------------------------------------------------------------------------------------------------------
accents = "Interviewer: Où est le café {0}?\n\nParticipant: “Là-bas”, près de l’église – 5 €.\n"
for codec in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"):
    simple(f"enc_{codec}.txt", accents.format(codec).encode(codec), "read", "partly")
simple("enc_mac.txt", talk("mac é ü").encode("mac_roman"), "read", "partly")
simple(
    "enc_sjis.txt",
    "Interviewer: なぜですか。\n\nParticipant: 遅いからです。とても困りました。\n".encode("shift_jis"),
    "read",
    "partly",
)
simple(
    "enc_koi8.txt",
    "Interviewer: Почему вы ушли?\n\nParticipant: Было слишком медленно и неудобно.\n".encode("koi8-r"),
    "partly",
    "read",
)
simple("enc_half_at_end.txt", (talk("half") + "é").encode()[:-1], "partly")
simple("enc_broken_middle.txt", (talk("middle") + "é é é ").encode() + b"\xff\xfe\xfd" + b" and on.", "partly")
simple("enc_mixed.txt", (talk("mixed") + "naïve ").encode() + b"caf\xe9 r\xe9sum\xe9", "read", "partly")
simple("enc_nul_few.txt", talk("nul").replace("slow", "sl\x00ow"), "partly")
simple("enc_nul_many.txt", b"Interviewer: " + b"a\x00\x01\x02" * 5_000, "refused")
simple("enc_odd_utf16.txt", talk("odd").encode("utf-16") + b"x", "read", "partly")
simple(
    "enc_lone_surrogate_utf16.txt",
    b"\xff\xfe" + talk("lone").encode("utf-16-le") + b"\x00\xd8" + "x".encode("utf-16-le"),
    "read",
    "partly",
)
simple("enc_only_bom.txt", b"\xef\xbb\xbf", "refused")
simple("enc_zero_width.txt", talk("zero").replace("Participant", "Parti\u200bcipant"), "read", "partly")
simple("enc_right_to_left.txt", talk("rtl").replace("Participant", "\u202eParticipant\u202c"), "read", "partly")
simple("enc_controls.txt", talk("ctl").replace("slow", "slow\x07\x1b[31m"), "read", "partly")
simple("enc_cr_only.txt", talk("cr").replace("\n", "\r"), "read")
simple(
    "enc_mixed_ends.txt",
    "Interviewer: Why mixed?\r\n\nParticipant: So.\r\rInterviewer: Ah?\n\r\nParticipant: Yes.\n",
    "read",
)

# --- empty and nearly empty ------------------------------------------------------------------------------------------
simple("empty.txt", b"", "refused")
simple("empty.docx", b"", "refused")
simple("empty.json", b"", "refused")
simple("blank.txt", b" \n\t\n \n", "refused")
simple("nuls.txt", b"\x00" * 4_000, "refused")
simple("dots.txt", "... --- ...\n\n!!!\n", "refused")
simple("one_sentence.txt", "It was slow when I tried it.", "partly")
simple("only_labels.txt", "Interviewer:\n\nParticipant:\n\nInterviewer:\n", "refused", "partly")
simple("only_interviewer.txt", "Interviewer: Hello?\n\nInterviewer: Is anyone there?\n", "partly")
simple(
    "only_summary.txt",
    "Quick recap\n\nThey spoke about stock.\n\nNext steps\n\nTom will send it.\n",
    "refused",
    "partly",
)
simple("no_cues.vtt", "WEBVTT\n\nNOTE nothing\n", "refused")
simple("no_cues.srt", "1\n", "refused")
simple("empty_list.json", "[]", "refused")
simple("null.json", "null", "refused")
simple("unknown.json", '{"a": {"b": 1}, "c": [1, 2, 3]}', "refused")
simple("no_rows.csv", "id,text\n", "refused")

# --- cut short -------------------------------------------------------------------------------------------------------
for name, whole in (("docx", DOCX), ("odt", ODT), ("xlsx", XLSX)):
    simple(f"cut.{name}", whole[: len(whole) // 2], "refused")
simple("cut.pdf", PDF_HEAD, "refused")
simple("cut.json", '{"turns": [{"speaker": "A", "text": "Hel', "refused")
simple("cut.vtt", VTT.format("cut")[:-20], "read", "partly")
simple("cut.srt", "1\n00:00:01,000 --> 00:00:02,000\nIt was slow\n\n2\n00:00:02,000 --> 00:0", "read", "partly")
simple("cut.csv", 'speaker,text\nInterviewer,"Why cut?"\nParticipant,"It was', "read", "partly")
simple(
    "cut.jsonl",
    '{"transcript_id": "cut1", "turns": [{"speaker": "A", "text": "Hello."}]}\n{"transcript_id": "cut2", "tur',
    "partly",
)
simple("cut.jsonl.gz", gzip.compress(os.urandom(40_000))[:20_000], "refused")
simple("cut_head.md", "---\ntitle: [never closed\n---\n" + talk("head"), "partly")
simple("no_end_of_head.md", "---\ntitle: x\n" + talk("endless head"), "read", "partly")

# --- wrong endings ---------------------------------------------------------------------------------------------------
simple("really_docx.txt", docx_of(*talk("really docx").split("\n\n")), "read")
simple("really_xlsx.csv", xlsx_of(["speaker", "text"], ["Interviewer", "Why really?"], ["Participant", "So."]), "read")
simple("really_text.docx", talk("really text"), "read")
simple("really_text.json", talk("really json"), "refused", "read")
simple("really_text.vtt", talk("really vtt"), "read")
simple("really_json.txt", json.dumps({"turns": [{"speaker": "Participant", "text": "It was slow."}]}), "read")
simple("really_vtt.txt", VTT.format("txt"), "read")
simple("really_html.md", "<!DOCTYPE html><html><body><p>Interviewer: Hi</p></body></html>", "refused")
simple("really_zip.docx", zipped({"a.txt": talk("zip")}), "refused")
simple("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "refused")
simple("sound.txt", b"ID3\x04" + bytes(range(256)) * 9, "refused")
simple("film.vtt", b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 9, "refused")
simple("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "refused")
simple("rich.rtf", r"{\rtf1\ansi Interviewer: Hi}", "refused")
simple("program.txt", b"\x7fELF\x02\x01\x01" + bytes(200), "refused")
simple("noise.txt", zlib.compress(bytes(range(256)) * 400) * 3, "refused")
simple("sqlite.csv", b"SQLite format 3\x00" + bytes(500), "refused")
simple("no_ending", talk("no ending"), "read")
simple("UPPER.TXT", talk("upper"), "read")

# --- bombs -----------------------------------------------------------------------------------------------------------
simple("laughs.docx", replaced(DOCX, "word/document.xml", laughs("document")), "refused")
simple("laughs_styles.docx", replaced(DOCX, "word/styles.xml", laughs("styles")), "refused")
simple("laughs_utf16.docx", replaced(DOCX, "word/document.xml", laughs("d").decode().encode("utf-16")), "refused")
simple("laughs.odt", replaced(ODT, "content.xml", laughs("content")), "refused")
simple("laughs.xlsx", replaced(XLSX, "xl/worksheets/sheet1.xml", laughs("worksheet")), "refused")
external = b'<?xml version="1.0"?><!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>'
simple("external.docx", replaced(DOCX, "word/document.xml", external), "refused")
simple("laughs.qdpx", zipped({"project.qde": laughs("Project")}), "refused")
simple("bomb.docx", zipped({"word/document.xml": b"<a>" + bytes(30_000_000)}), "refused")
simple(
    "bomb.odt",
    zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b" " * 30_000_000}),
    "refused",
)
simple("bomb.xlsx", zipped({"xl/workbook.xml": b" " * 30_000_000}), "refused")
simple("bomb.txt.gz", gzip.compress(bytes(40_000_000)), "refused")
simple("bomb.jsonl.gz", gzip.compress(b"\n" * 40_000_000), "refused", "partly")
simple("endless_line.jsonl.gz", gzip.compress(b'{"a": "' + b"a" * 40_000_000), "refused", "partly")
simple("twice.txt.gz", gzip.compress(gzip.compress(talk("twice").encode())), "refused")
simple("many_members.docx", zipped({f"m{i}": b"" for i in range(12_000)} | {"word/document.xml": b"<a/>"}), "refused")
simple(
    "traversal.docx",
    replaced(DOCX, "x", b"")[:0] + zipped({"../../../../tmp/evil": b"x", "word/document.xml": b"<a/>"}),
    "refused",
)
simple("not_well_formed.docx", replaced(DOCX, "word/document.xml", b"<w:document><w:body>"), "refused")
simple("deep_xml.docx", replaced(DOCX, "word/document.xml", b"<a>" * 100_000 + b"</a>" * 100_000), "refused", "partly")
simple("yaml_bomb.md", "---\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n" + talk("yaml bomb"), "partly")
simple("yaml_deep.md", "---\na: " + "[" * 20_000 + "]" * 20_000 + "\n---\n" + talk("yaml deep"), "partly")
simple("yaml_object.md", "---\na: !!python/object/apply:os.system ['echo']\n---\n" + talk("yaml object"), "partly")
simple("yaml_number.md", "---\na: " + "9" * 30_000 + "\n---\n" + talk("yaml number"), "read", "partly")


@case("encrypted.docx", "refused")
def _encrypted(_: Path) -> bytes:
    data = bytearray(zipped({"word/document.xml": b"<a/>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    return bytes(data)


@case("lying_sizes.docx", "refused")
def _lying(_: Path) -> bytes:
    """Tell in the directory that a member is small when it is not."""
    data = bytearray(zipped({"word/document.xml": b"<a>" + b" " * 9_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(signature) + offset
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


# --- JSON ------------------------------------------------------------------------------------------------------------
simple("deep_list.json", "[" * 10_000 + "]" * 10_000, "refused")
simple("deep_dict.json", '{"a":' * 10_000 + "1" + "}" * 10_000, "refused")
simple(
    "huge_number.json",
    '{"segments": [{"start": ' + "9" * 50_000 + ', "end": 1e999, "text": "It was slow."}]}',
    "read",
    "partly",
)
simple("nan.json", '{"segments": [{"start": NaN, "end": -Infinity, "text": "It was slower."}]}', "read", "partly")
simple("surrogate.json", '{"turns": [{"speaker": "P\\ud800", "text": "It \\udc00 was slow."}]}', "read", "partly")
simple(
    "wrong_types.json",
    json.dumps({"segments": [{"start": {}, "end": [], "text": "Slow."}, 7, None, {"text": 9}]}),
    "read",
    "partly",
)
simple(
    "wrong_types_dg.json",
    json.dumps({"results": {"channels": [{"alternatives": [{"words": [1, {"word": []}]}]}]}}),
    "refused",
)
simple("wrong_types_aws.json", json.dumps({"results": {"items": [[], {"alternatives": "x", "type": 3}]}}), "refused")
simple("many_keys.json", json.dumps({f"k{i}": i for i in range(100_000)}), "refused")
simple(
    "html_speaker.json",
    json.dumps({"turns": [{"speaker": "<script>alert(1)</script>", "text": "It was slow."}]}),
    "read",
    "partly",
)

# --- captions --------------------------------------------------------------------------------------------------------
simple(
    "backwards.vtt",
    "WEBVTT\n\n00:09.000 --> 00:10.000\nOne is late.\n\n00:01.000 --> 00:02.000\nTwo is early.\n",
    "read",
    "partly",
)
simple("end_before_start.vtt", "WEBVTT\n\n00:09.000 --> 00:01.000\nOne is odd.\n", "read", "partly")
simple("past_hours.vtt", "WEBVTT\n\n123:59:59.000 --> 124:00:01.000\nOne is long.\n", "read", "partly")
simple("wild_times.vtt", "WEBVTT\n\n99999:99:99.999 --> -1:00\nOne is wild.\n", "partly")
simple("overlap.vtt", VTT.format("overlap").replace("00:02.000 -->", "00:01.100 -->"), "read")
simple("arrows.vtt", "WEBVTT\n\n--> --> -->\nOne --> two\n-->\n", "read", "partly", "refused")
simple(
    "tags.vtt",
    "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 5_000 + "A>It is slow" + "</c>" * 5_000 + "\n",
    "read",
    "partly",
)

# --- speakers and words ----------------------------------------------------------------------------------------------
simple("homoglyphs.txt", "Anna: Why?\n\n\u0410nna: So it is.\n\nAnna: Why so?\n\n\u0410nna: Slow.\n", "partly")
simple(
    "twice_named.txt",
    "ANNA: Why dup?\n\nTom: It is.\n\nAnna : Why so?\n\ntom: Slow.\n\nanna: Ok?\n\nTOM: Yes.\n",
    "read",
    "partly",
)
simple("script_name.txt", "<script>alert(1)</script>: Why?\n\nParticipant: So it is.\n", "read", "partly")
simple("formula.txt", "Interviewer: =1+1?\n\nParticipant: =cmd|' /C calc'!A0 is what I type.\n", "read")
simple("long_name.txt", "N" * 9_000 + ": Why?\n\nParticipant: So it is.\n", "read", "partly")
simple(
    "many_speakers.txt",
    "".join(f"Ann Lee{i}: Why?\n\nAnn Lee{i}: It was slow.\n\n" for i in range(3_000)),
    "read",
    "partly",
)
simple("zalgo.txt", talk("zalgo" + "\u0301" * 5_000), "read")
simple("colons.txt", ":" * 100_000 + "\nParticipant: It was slow.\n", "read", "partly")
simple("brackets.txt", "[(<" * 40_000 + "\nParticipant: It was so slow.\n", "read", "partly")
simple("stars.txt", "*_" * 60_000 + "\nParticipant: It was very slow.\n", "read", "partly")
simple("clock.txt", "00:" * 40_000 + "\nParticipant: It was just slow.\n", "read", "partly")
simple("spaces.txt", "a" + " " * 200_000 + "b: Why?\nParticipant: It was.\n", "read", "partly")
simple("many_turns.txt", "Interviewer: Why?\n\nParticipant: So it is.\n\n" * 8_000, "read")
simple("blank_lines.txt", "\n" * 1_000_000 + talk("blank"), "read")
simple("question_marks.txt", "?" * 200_000 + " is it\n\n" + "why? " * 20_000, "partly")

# --- tables ----------------------------------------------------------------------------------------------------------
simple(
    "many_columns.csv",
    ",".join(f"c{i}" for i in range(5_000)) + "\n" + ",".join(["x"] * 4_999 + ["It was much too slow for me"]) + "\n",
    "read",
    "partly",
)
simple("formula.csv", "id,comment\n1,=HYPERLINK(A1) is what I typed in there\n", "read")
simple("ragged.csv", "id,comment\n1\n2,It was too slow for me,3,4,5\n", "read", "partly")
simple("nul.csv", "id,comment\n1,It was\x00 too slow for me\n", "partly", "refused")
simple("huge_cell.csv", 'id,comment\n1,"' + "It was slow. " * 20_000 + '"\n', "read")


# --- the file system -------------------------------------------------------------------------------------------------
@case("huge_sparse.txt", "refused")
def _sparse(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(1_000_000_000)


@case("pipe.txt", "refused")
def _pipe(path: Path) -> None:
    os.mkfifo(path)


@case("socket.txt", "refused")
def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path must be short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


@case("device.txt", "refused")
def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@case("itself.txt", "refused")
def _itself(path: Path) -> None:
    path.symlink_to(path.name)


@case("dangling.txt", "refused")
def _dangling(path: Path) -> None:
    path.symlink_to("nowhere.txt")


@case("loop", "refused")
def _loop(path: Path) -> None:
    path.symlink_to(path.parent, target_is_directory=True)


@case("folder.txt/inside.txt", "read")
def _inside(path: Path) -> bytes:
    path.parent.mkdir(parents=True)
    return talk("inside").encode()


@case("/".join(["deep"] * 40) + "/down.txt", "read")
def _deep(path: Path) -> bytes:
    path.parent.mkdir(parents=True)
    return talk("down").encode()


@case("unreadable.txt", "refused")
def _unreadable(path: Path) -> None:
    path.write_text(talk("unreadable"), encoding="utf-8")
    path.chmod(0)


simple("new\nline.txt", talk("new line"), "read")
simple("quo'te\"; rm -rf $HOME.txt", talk("quote"), "read")
simple("\u202etxt.eman.txt", talk("rtl name"), "read")
simple("é" * 100 + ".txt", talk("long name"), "read")
simple("..dots.txt", talk("dots"), "ignored")
simple(".hidden.txt", talk("hidden"), "ignored")
simple("~$lock.docx", b"lock", "ignored")
simple("README.md", "# About this folder", "ignored")
simple("same/stem.txt", talk("stem one"), "read")
simple("other/stem.txt", talk("stem two"), "read")
simple("same/stem.md", talk("stem three"), "read")
simple("Case.txt", talk("case one"), "read")
simple("case.txt", talk("case two"), "read")
simple("copy_a.txt", talk("copy"), "read")
simple("copy_b.txt", talk("copy"), "duplicate")
simple("copy_c.md", talk("copy"), "duplicate")


def build(folder: Path) -> dict[str, tuple[str, ...]]:
    """Write every horror below a folder; return the fates by relative path."""
    fates: dict[str, tuple[str, ...]] = {}
    for name, (make, allowed) in HORRORS.items():
        path = folder / name
        if path.parent.name != "folder.txt" and "deep/" not in name:
            path.parent.mkdir(parents=True, exist_ok=True)
        data = make(path)
        if data is not None:
            path.write_bytes(data)
        fates[name] = allowed
    (folder / "empty folder").mkdir()
    os_name = os.fsencode(str(folder)) + b"/not_utf8_\xff.txt"
    try:
        Path(os.fsdecode(os_name)).write_text(talk("bytes"), encoding="utf-8")
        fates["not_utf8_\ufffd.txt"] = ("read",)
    except OSError:  # a file system that takes only UTF-8
        pass
    return fates
