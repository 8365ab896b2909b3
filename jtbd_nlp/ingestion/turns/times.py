"""Reads clock times as transcripts write them: ``0:16``, ``01:02:03.5``, ``1h02m03s``; and ranges of them."""

from __future__ import annotations

import re

# Hours may run past 99 and minutes past 59 (some tools write 75:20); digits are bounded so that no match is slow.
CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,6})?"
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?")


def seconds(text: str) -> float | None:
    """Return the seconds that a clock time says, or None if it is none.

    Examples
    --------
    >>> seconds("1:00:00"), seconds("0:16"), seconds("00:00:01,5"), seconds("soon")
    (3600.0, 16.0, 1.5, None)
    """
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes, whole, part = match.groups()
    fraction = float(f"0.{part}") if part else 0.0
    return round(3600.0 * int(hours or 0) + 60.0 * int(minutes) + int(whole) + fraction, 3)


def number(value: object) -> float | None:
    """Return a finite, non-negative number of seconds from JSON, or None: "12.9s", 12.9, "12.9" and clock times.

    A Timedelta of pandas, as text, begins with its days: "0 days 00:00:12.9".
    """
    if isinstance(value, str):
        clock = seconds(value.strip().removeprefix("0 days "))
        if clock is not None:
            return clock
        value = value.strip().removesuffix("s")
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return round(found, 3) if 0.0 <= found < 1e7 else None
