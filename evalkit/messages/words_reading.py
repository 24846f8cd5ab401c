"""What is said while work goes on."""

from __future__ import annotations

READING_WORDS = {
    "reading_files": ("正在读取问卷", "Reading questionnaires"),
    "drawing_replicates": ("正在重复抽取", "Drawing replicates"),
}
