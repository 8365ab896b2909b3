"""Names of people: from lists, from what stands beside a word, and what speaks against it; `people` asks all the others."""
