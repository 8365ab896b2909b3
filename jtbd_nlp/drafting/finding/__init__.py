"""What a job could be told with: its passages in, worded candidates for each slot out."""
