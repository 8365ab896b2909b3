"""From a folder, a path or an address to bytes and text: which files there are, read within bounds, unpacked, decoded."""
