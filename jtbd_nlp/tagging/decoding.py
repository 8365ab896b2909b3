"""Reads spans and cue words from the model's token outputs; in: arrays and offsets, out: characters of the sentence."""

from __future__ import annotations

import numpy as np

MAX_TOKENS = 64  # of one span


def best_span(inside: np.ndarray, first: np.ndarray, last: np.ndarray, edge_weight: float) -> tuple[int, int]:
    """Return first and last token of the best span.

    Maximises the expected overlap F1 with the true span, ``2 * sum(p) / (length + sum of all p)``, plus what the edge
    heads say; ties go to the earliest and shortest.

    Parameters
    ----------
    inside, first, last : ndarray of shape (n_tokens,)
        Logits of the three token heads of one slot, own tokens alone; at least one.
    edge_weight : float
        Weight of the edge heads' log-probabilities.

    Returns
    -------
    tuple of (int, int)
        Inclusive token numbers.
    """
    n = len(inside)
    chance = 1 / (1 + np.exp(-inside.astype(np.float64)))
    total = np.concatenate([[0.0], np.cumsum(chance)])
    start, end = np.arange(n)[:, None], np.arange(n)[None, :]
    length = end - start + 1
    overlap = 2 * (total[end + 1] - total[start]) / (length + total[-1] + 1e-9)
    edges = _log_softmax(first)[:, None] + _log_softmax(last)[None, :]
    score = np.round(overlap + edge_weight * edges, 6)
    score[(length < 1) | (length > MAX_TOKENS)] = -np.inf
    at = int(score.argmax())
    i, j = divmod(at, n)
    return i, j


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits.astype(np.float64) - float(logits.max())
    result: np.ndarray = shifted - np.log(np.exp(shifted).sum())
    return result


def to_characters(text: str, offsets: list[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """Return the characters of tokens ``first`` to ``last``, widened to whole words, without marks at either end."""
    start, end = offsets[first][0], offsets[last][1]
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    while end - start > 1 and text[end - 1] in " ,;:.!?—–-\t\n":
        end -= 1
    while end - start > 1 and text[start] in " ,;:.!?—–-\t\n":
        start += 1
    return start, end


def strongest_words(text: str, offsets: list[tuple[int, int]], shares: np.ndarray, width: int = 3) -> tuple[int, int]:
    """Return the run of at most ``width`` words that adds most to a label's logit.

    ``shares`` holds what each own token adds through the mean: an exact part of the logit, not an estimate.
    """
    words: list[tuple[int, int, float]] = []
    for (start, end), share in zip(offsets, shares.tolist(), strict=True):
        if words and words[-1][1] == start and text[start].isalnum():
            words[-1] = (words[-1][0], end, words[-1][2] + share)
        else:
            words.append((start, end, share))
    words = [w for w in words if text[w[0]].isalnum()] or words
    best, place = (-np.inf, 0), (0, 0)
    for i, (start, _, _) in enumerate(words):
        total = 0.0
        for _, end, share in words[i : i + width]:
            total += share
            if total > best[0] - 1e-4 and (round(total, 5), -start) > best:  # the first test saves rounding
                best, place = (round(total, 5), -start), (start, end)
    return place
