"""Says who asks and who answers: by what labels, heads and the user say, else by how each speaker talks.

In: the raw turns and what is known of the speakers. Out: a role per turn, a confidence in [0, 1] and notes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...records import Role
from ..turns.labels import label_key, label_role
from ..turns.raw import RawTurn
from .talk import Manner, manner, speaker_score, turn_score

_SURE = 0.8
_LETTERS = frozenset("qapri")


@dataclass(frozen=True, slots=True)
class Roles:
    """The role of each turn, how sure that is, and what the user should know."""

    turns: tuple[Role, ...]
    confidence: float
    notes: tuple[str, ...] = ()


def assign_roles(turns: Sequence[RawTurn], named: Mapping[str, Role]) -> Roles:
    """Give every turn a role.

    Parameters
    ----------
    turns : Sequence[RawTurn]
        In reading order.
    named : Mapping[str, Role]
        Roles that a person or the head gave, by `label_key`; they win over labels and talk.

    Returns
    -------
    Roles
        ``confidence`` is 1.0 where labels or a person decided, below 0.8 where a note asks for a look.
    """
    if all(turn.role is not None for turn in turns):
        return Roles(tuple(turn.role or "unknown" for turn in turns), 1.0)
    keys = [label_key(turn.speaker) if turn.speaker else "" for turn in turns]
    if not any(keys):
        return _unlabelled(turns)
    roles, confidence, notes = _speaker_roles(keys, [turn.text for turn in turns], named)
    given = tuple(turn.role or roles.get(key, "unknown") for turn, key in zip(turns, keys, strict=True))
    return Roles(given, confidence, notes)


def _speaker_roles(
    keys: Sequence[str], words: Sequence[str], named: Mapping[str, Role]
) -> tuple[dict[str, Role], float, tuple[str, ...]]:
    speakers = list(dict.fromkeys(key for key in keys if key))
    roles = _labelled_roles(speakers) | {key: role for key in speakers if (role := named_role(key, named)) is not None}
    unknown = [key for key in speakers if key not in roles]
    if not unknown:
        return roles, 1.0, ()
    manners: dict[str, list[Manner]] = {key: [] for key in speakers}
    for key, text in zip(keys, words, strict=True):
        if key:
            manners[key].append(manner(text))
    if "interviewer" in roles.values():
        roles |= {
            key: "observer" if _hardly_speaks(manners[key]) and len(unknown) > 1 else "participant" for key in unknown
        }
        return roles, 0.95, ()
    return _from_talk(speakers, unknown, roles, manners)


def named_role(key: str, named: Mapping[str, Role]) -> Role | None:
    """Match a speaker with a name that someone gave: whole, or by the first name alone."""
    if key in named:
        return named[key]
    bare = key.split("(")[0].strip()
    found = {role for name, role in named.items() if bare == name or bare in name.split() or name in bare.split()}
    return found.pop() if len(found) == 1 else None


def _labelled_roles(speakers: Sequence[str]) -> dict[str, Role]:
    roles = {key: role for key in speakers if (role := label_role(key)) is not None}
    letters = [key for key in roles if key in _LETTERS]
    asked = {key for key in roles if roles[key] == "interviewer"}
    answered = {key for key in roles if roles[key] == "participant"}
    # "A" answers only where "Q" asks: diarisers name their speakers A and B. "R" asks where "P" answers.
    if letters and not (asked and answered):
        roles = {key: role for key, role in roles.items() if key not in letters}
        if {"p", "r"} <= set(letters):
            roles |= {"p": "participant", "r": "interviewer"}
    return roles


def _hardly_speaks(manners: Sequence[Manner]) -> bool:
    return len(manners) <= 2 and sum(m.n_words for m in manners) < 12 and not any(m.n_questions for m in manners)


def _from_talk(
    speakers: Sequence[str], unknown: Sequence[str], roles: dict[str, Role], manners: Mapping[str, Sequence[Manner]]
) -> tuple[dict[str, Role], float, tuple[str, ...]]:
    scores = _scores(manners)
    scores[speakers[0]] += 0.3  # who speaks first mostly asks
    talkers = [key for key in unknown if not _hardly_speaks(manners[key])] or list(unknown)
    quiet = [key for key in unknown if key not in talkers]
    ranked = sorted(talkers, key=lambda key: (-scores[key], speakers.index(key)))
    found: dict[str, Role] = dict(roles)
    found |= {key: "observer" if len(talkers) >= 2 else "participant" for key in quiet}
    top = ranked[0]
    if len(ranked) == 1:
        return _last_unknown(top, scores, found)
    gap = scores[top] - scores[ranked[1]]
    confidence = round(1.0 / (1.0 + math.exp(-1.6 * gap)), 2)
    if scores[top] < 0.6:  # nobody asks: a talk among participants
        found |= {key: "participant" for key in talkers}
        return (
            found,
            0.5,
            ("nobody sounds like an interviewer; all were taken as participants. Name one with --interviewer",),
        )
    found |= {key: "participant" for key in talkers}
    found[top] = "interviewer"
    return found, confidence, _note(top, "interviewer", confidence)


def _scores(manners: Mapping[str, Sequence[Manner]]) -> dict[str, float]:
    """Return how much each speaker sounds like an interviewer; who says nearly everything is being listened to."""
    words = {key: sum(m.n_words for m in spoken) for key, spoken in manners.items()}
    total = max(1, sum(words.values()))
    return {key: speaker_score(spoken) - 5.0 * max(0.0, words[key] / total - 0.7) for key, spoken in manners.items()}


def _last_unknown(
    key: str, scores: Mapping[str, float], found: dict[str, Role]
) -> tuple[dict[str, Role], float, tuple[str, ...]]:
    """Place the only speaker whose role is open: the interviewer asks more than any participant, or alone a lot."""
    others = [scores[other] for other, role in found.items() if role == "participant" and other != key]
    role: Role = "interviewer" if scores[key] > (max(others) if others else 1.5) else "participant"
    confidence = 0.9 if others else 0.6
    return found | {key: role}, confidence, _note(key, role, confidence)


def _note(key: str, role: Role, confidence: float) -> tuple[str, ...]:
    if confidence >= _SURE:
        return ()
    return (
        f"'{key}' was taken as {role} from the talk alone (confidence {confidence:.2f}); check, or set --interviewer",
    )


def _unlabelled(turns: Sequence[RawTurn]) -> Roles:
    """Find the most likely path of two voices through the paragraphs (Viterbi)."""
    manners = [manner(turn.text) for turn in turns]
    scores = [turn_score(m) for m in manners]
    asks = sum(m.asks_last for m in manners)
    n_words = sum(m.n_words for m in manners)
    if (asks < 2 or 1000 * asks < 2 * n_words) and not any(turn.role for turn in turns):
        note = "no speaker is named and hardly a question is asked; all of it was taken as one participant's words"
        return Roles(tuple("participant" for _ in turns), 0.5, (note,))
    path = _best_path(turns, manners, scores)
    margin = sum(min(abs(s), 2.0) for s in scores) / (2.0 * len(scores))
    note = "no speaker is named; who asks and who answers was told from the questions, paragraph by paragraph"
    return Roles(
        tuple("interviewer" if p else "participant" for p in path), round(min(0.75, 0.3 + 0.5 * margin), 2), (note,)
    )


def _best_path(turns: Sequence[RawTurn], manners: Sequence[Manner], scores: Sequence[float]) -> list[int]:
    best = [[0.0, 0.3 + 0.5 * scores[0]]]
    back: list[tuple[int, int]] = []
    for index in range(len(turns)):
        hint = {"interviewer": 1, "participant": 0}.get(turns[index].role or "")
        emit = [-scores[index] / 2.0, scores[index] / 2.0]
        if hint is not None:
            emit[1 - hint] = -1e6
        if index == 0:
            best = [emit]
            continue
        rows = [_step(best[-1], state, manners[index - 1]) for state in (0, 1)]
        best.append([rows[s][0] + emit[s] for s in (0, 1)])
        back.append((rows[0][1], rows[1][1]))
    state = int(best[-1][1] > best[-1][0])
    path = [state]
    for pair in reversed(back):
        state = pair[state]
        path.append(state)
    return path[::-1]


def _step(before: Sequence[float], state: int, previous: Manner) -> tuple[float, int]:
    """Return the best way into a state: after a question the other speaks, after an answer mostly a question."""

    def cost(origin: int) -> float:
        if origin == 1:
            stay = -2.5 if previous.asks_last else 0.4
            return stay if state == 1 else -stay / 2.0
        return -0.6 if state == 0 else 0.0  # most answers are one paragraph

    ways = [(before[origin] + cost(origin), origin) for origin in (0, 1)]
    return max(ways, key=lambda way: (way[0], -way[1]))
