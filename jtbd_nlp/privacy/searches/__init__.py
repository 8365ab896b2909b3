"""One search for each other kind of personal data: a passage in, hits out."""
