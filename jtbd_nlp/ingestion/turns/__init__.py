"""What every format is made of: labels, times, heads and the marks between turns, and the raw transcript that readers yield."""
