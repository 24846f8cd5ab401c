"""What PyYAML says of a text that is not YAML, in words for people: its text -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping

CONTROL_CHARACTER = ("有不可见的控制字符 {character}", "a control character, {character}, stands here")
KEY_NOT_TEXT = ("键必须是文字", "a key must be text")
OTHER = ("不是合格的 YAML({problem})", "{problem}")

SYNTAX: Mapping[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": (
        "这里不应有 “键: 值”",
        "“key: value” cannot stand here",
    ),
    "block sequence entries are not allowed in this context": (
        "这里不应有 “- ” 列表项",
        "a list item “- ” cannot stand here",
    ),
    "mapping keys are not allowed in this context": ("这里不应有 “? ” 键", "a key “? ” cannot stand here"),
    "could not find expected ':'": ("键后面缺冒号", "a key lacks its colon"),
    "did not find expected key": ("缩进不对齐,或缺少键", "the indentation is off, or a key is missing"),
    "did not find expected '-' indicator": ("缩进不对齐,或缺少 “- ”", "the indentation is off, or a “- ” is missing"),
    "did not find expected ',' or ']'": ("方括号里缺逗号,或缺右方括号", "a comma or the closing ] is missing"),
    "did not find expected ',' or '}'": ("花括号里缺逗号,或缺右花括号", "a comma or the closing } is missing"),
    "did not find expected node content": ("这里缺少内容", "a value is missing here"),
    "did not find expected <document start>": ("这里不应再有内容", "nothing more can stand here"),
    "found character that cannot start any token": (
        "值不能以这个字符开头,请加引号",
        "a value cannot begin with this character; put it in quotes",
    ),
    "found unexpected end of stream": ("引号没有成对,到文件末尾也没有找到", "a quotation mark is not closed"),
    "found unexpected document indicator": ("引号里不能有 “---”", "“---” stands inside quotes"),
    "found unknown escape character": (
        "双引号里的反斜杠后面不能是这个字符,请改用单引号",
        "a backslash in double quotes cannot be followed by this; use single quotes",
    ),
    "did not find expected whitespace or line break": ("这里应有空格或换行", "a space or a line break is missing here"),
    "did not find expected alphabetic or numeric character": (
        "& 和 * 在 YAML 里另有用处,请加引号",
        "“&” and “*” have a meaning of their own; put the value in quotes",
    ),
    "did not find expected comment or line break": (
        "| 或 > 之后这一行不应再有内容",
        "nothing more can stand on this line after “|” or “>”",
    ),
    "but found another document": ("文件里只能有一份文档,这里却另起一份(---)", "a second document begins here (---)"),
}


def syntax_detail(problem: str) -> tuple[str, str]:
    """Return what is wrong, in Chinese and English; PyYAML's own words where they are not among :data:`SYNTAX`."""
    if problem in SYNTAX:
        return SYNTAX[problem]
    zh, en = OTHER
    return zh.format(problem=problem), en.format(problem=problem)
