"""Floor 2: the only importers of file formats that bring data in. Every file is hostile until the guard has seen it."""
