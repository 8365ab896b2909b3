"""What English makes of a sentence: verb forms, negation, clauses, phrases cut so that they stand alone; knows nothing of jobs."""
