"""One reader for each family of formats, and what tells them apart by content: bytes, text or rows in, raw transcripts out."""
