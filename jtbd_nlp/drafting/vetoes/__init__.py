"""What tells that words are nobody's goal: another's doing, a manner of speaking, quoted, praise, unclear."""
