"""Floor 7: the command line. Each command is the twin of a call of the library; nothing is printed elsewhere."""
