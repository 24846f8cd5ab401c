"""What is said while files are read."""

from __future__ import annotations

READING_WORDS = {
    "reading_files": ("正在读取问卷", "Reading questionnaires"),
}
