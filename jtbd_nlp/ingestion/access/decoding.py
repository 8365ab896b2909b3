r"""Turns bytes into text: byte order marks, UTF-8, UTF-16, Windows code pages; refuses what is no text at all.

In: the bytes of a file. Out: text with ``\\n`` line ends and the warnings it deserves.
"""

from __future__ import annotations

import codecs
import re

from ...errors import IngestionError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What English, or a name in a western European language, is written with beyond ASCII.
_WESTERN = re.compile("[‘-„–—…•€™\u00a0-ÿŒœŠšŽž]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 200_000


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return the text of a file and the warnings.

    Raises
    ------
    IngestionError
        If the bytes are not text.
    """
    text, warnings = _decode(data)
    controls = len(_CONTROL.findall(text, 0, _SAMPLE))
    if controls > 8 and controls > 0.01 * min(len(text), _SAMPLE):
        raise IngestionError("is not text: it holds binary data. Give the transcript itself.")
    if "\x00" in text:
        warnings.append(f"{text.count(chr(0))} NUL characters were taken out")
        text = text.replace("\x00", "")
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def _decode(data: bytes) -> tuple[str, list[str]]:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _tolerant(data[len(mark) :], codec)
    wide = _wide_codec(data)
    if wide:
        return _tolerant(data, wide)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _not_utf8(data)


def _wide_codec(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by where its zero bytes stand."""
    head = data[:4096]
    if len(head) < 4:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even < 0.05 * len(head) / 2:
        return "utf-16-le"
    if even > 0.4 * len(head) / 2 and odd < 0.05 * len(head) / 2:
        return "utf-16-be"
    return None


def _tolerant(data: bytes, codec: str) -> tuple[str, list[str]]:
    text = data.decode(codec, errors="replace")
    broken = text.count("\ufffd") - data.decode(codec, errors="ignore").count("\ufffd")
    return text, [f"{broken} places are not valid {codec} and show as \ufffd"] if broken > 0 else []


def _not_utf8(data: bytes) -> tuple[str, list[str]]:
    """Choose between faulty UTF-8 and a code page: well-formed sequences of several bytes hardly occur by chance."""
    sound = data.decode("utf-8", errors="ignore")
    wide = sum(1 for c in sound[:_SAMPLE] if ord(c) > 127)
    text, warnings = _tolerant(data, "utf-8")
    faults = text.count("\ufffd")
    if 2 * wide >= faults or _cut_at_end(data):
        return text, warnings
    western = data.decode("cp1252", errors="replace")
    odd = [c for c in western[:_SAMPLE] if ord(c) > 127]
    plausible = sum(1 for c in odd if _WESTERN.match(c))
    if plausible >= 0.95 * len(odd):
        return western, []
    return _guess(data, western)


def _cut_at_end(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return False


def _guess(data: bytes, fallback: str) -> tuple[str, list[str]]:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return fallback, ["the encoding is unknown and was read as cp1252; save the file as UTF-8"]
    return data.decode(best.encoding, errors="replace"), [f"the encoding was guessed to be {best.encoding}"]
