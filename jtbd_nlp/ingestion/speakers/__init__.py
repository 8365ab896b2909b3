"""Who speaks: the participants file, who asks and who answers, one label in several transcripts."""
