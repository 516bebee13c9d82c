"""The commands, one file each: what they print goes to stdout, everything else to stderr."""
