"""Which candidates make the statement: graded by a small model, weighed as whole sentences."""
