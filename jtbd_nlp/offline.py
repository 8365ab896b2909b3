"""Switches off what libraries would send of their own accord; done once, when the package is imported.

onnxruntime from 1.29 on reports to its makers what models it loads and on what machine, from threads of its own that Python
does not see, unless an environment variable stops it before its first import. The others ask a hub for news, or count calls.
"""

from __future__ import annotations

import os
from typing import Any

SILENT = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "DO_NOT_TRACK": "1",
}


def be_silent() -> None:
    """Set the variables that nobody has set: a value that the user chose stays."""
    for name, value in SILENT.items():
        os.environ.setdefault(name, value)


def silenced(onnxruntime: Any) -> Any:
    """Return onnxruntime with its telemetry off, also where somebody imported it before this package."""
    onnxruntime.disable_telemetry_events()
    return onnxruntime
