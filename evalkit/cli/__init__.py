"""Floor 7: the command line. Thin: each command is the twin of a call of the library, and only here is anything printed."""
