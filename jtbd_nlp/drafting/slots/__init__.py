"""Words for the situation, the motivation and the outcome of a statement: a place of a sentence in, its wording or a refusal out."""
