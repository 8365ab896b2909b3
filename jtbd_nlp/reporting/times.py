"""Shows seconds as a clock for reading."""

from __future__ import annotations


def clock(seconds: float | None) -> str:
    """Return ``m:ss``, or ``h:mm:ss`` from one hour on; empty for None.

    Examples
    --------
    >>> clock(75.4), clock(3675), clock(None)
    ('1:15', '1:01:15', '')
    """
    if seconds is None:
        return ""
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
