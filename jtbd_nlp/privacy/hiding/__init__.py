"""What is shown in the place of what was found: pseudonyms, placeholders, offsets that can be mapped back, files only the owner reads."""
