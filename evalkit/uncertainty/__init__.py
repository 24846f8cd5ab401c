"""Floor 5: how sure a rank or an award is, and what each choice of method changes."""

from __future__ import annotations
