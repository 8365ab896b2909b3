"""The level of people: matrices of participants by forces and jobs, stories, profiles, anti-personas, saturation."""

from __future__ import annotations

from .matrices import forces_matrix, jobs_matrix
from .profiles import AntiPersona, Profile, anti_personas, profile
from .saturation import saturation
from .stories import Stories, group_participants

__all__ = [
    "AntiPersona", "Profile", "Stories", "anti_personas", "forces_matrix", "group_participants", "jobs_matrix",
    "profile", "saturation",
]  # fmt: skip
