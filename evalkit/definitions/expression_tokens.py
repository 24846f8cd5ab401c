"""Tokens of the formula language: the text is normalised to NFKC and cut up; each token knows where it stood."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

LENGTH_LIMIT = 2_000
"""Longest formula, in characters as written."""

KEYWORDS = frozenset({"or", "and", "not", "has"})

QUOTES = (('"', '"'), ("'", "'"), ("“", "”"), ("‘", "’"))
"""Opening and closing marks of a quoted option."""

# One spelling of each operator for the parser; these are what Excel and Chinese input methods produce.
_SYNONYMS = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">=", "×": "*", "÷": "/", "−": "-"}

_PATTERN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[^\W\d]\w*(?:\.\w+)?)
    |(?P<string>"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)
    |(?P<symbol><=|>=|==|!=|<>|[-+*/(),=<>≠≤≥×÷−])""",
    re.VERBOSE,
)

REASONS = {
    "empty": ("公式是空的", "the formula is empty"),
    "length": ("公式超过 {limit} 个字符", "the formula has more than {limit} characters"),
    "nesting": ("嵌套超过 {limit} 层", "nested deeper than {limit} levels"),
    "operators": (
        "运算符超过 {limit} 个;求和可用 sum(…)",
        "more than {limit} operators; sum(…) adds up any number of values",
    ),
    "character": ("不能使用字符 “{found}”", "the character “{found}” cannot be used"),
    "quote": ("引号没有成对", "the quotation mark is not closed"),
    "digits": (
        "名称不能以数字开头;以数字开头的选项请加引号",
        "a name cannot begin with a digit; put an option that does in quotation marks",
    ),
    "large": ("数值过大", "the number is too large"),
    "value": ("此处应为数值、题目代码或括号,读到 “{found}”", "expected a number, a question or “(”, found “{found}”"),
    "value_at_end": (
        "公式没有写完:此处还缺数值或题目代码",
        "the formula is unfinished: a number or a question is missing here",
    ),
    "operator": ("此处应为运算符,读到 “{found}”", "expected an operator, found “{found}”"),
    "unopened": ("这个右括号没有对应的左括号", "this “)” has no “(” before it"),
    "comma": ("逗号只能用在函数的括号里", "a comma may stand between the values of a function only"),
    "unclosed": ("这个左括号没有对应的右括号", "this “(” is not closed"),
    "chained": ("比较不能连写,请用 and 连接", "comparisons cannot be chained; join them by “and”"),
    "not": ("not 在此处须加括号", "“not” needs parentheses here"),
    "function": ("没有函数 “{found}”,可用:{allowed}", "there is no function “{found}”; there are {allowed}"),
    "arguments": (
        "函数 {function} 需要{wanted_zh}值,读到 {found} 个",
        "the function {function} takes {wanted_en}, found {found}",
    ),
    "option": (
        "has 之后应为选项代码或带引号的选项",
        "after “has” comes an option: its code, or its label in quotation marks",
    ),
    "has": ("has 之前应为不带分项的题目代码", "before “has” comes a question code without a part"),
    "is": (
        "is 之后应为 known 或 blank",
        "after “is” comes “known” or “blank”",
    ),
    "empty_option": ("引号里没有内容", "there is nothing between the quotation marks"),
    "stray_option": (
        "带引号的选项只能用 =、!= 与题目比较,或写在 has 之后",
        "a quoted option can only be compared with a question by “=” or “!=”, or stand after “has”",
    ),
}
"""What is wrong with a formula, in Chinese and in English."""


class ExpressionError(ValueError):
    """A formula cannot be read. ``position`` counts characters of the text as written, from 1."""

    def __init__(self, position: int, reason_zh: str, reason_en: str) -> None:
        """Keep the place and the reason in both languages."""
        super().__init__(position, reason_zh, reason_en)
        self.position = position
        self.reason_zh = reason_zh
        self.reason_en = reason_en

    def __str__(self) -> str:
        """``character 5: reason``."""
        return f"character {self.position}: {self.reason_en}"


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign. ``text`` of a string is its content; an operator has one spelling (``=`` for ``==``)."""

    kind: Literal["number", "name", "string", "symbol", "end"]
    text: str
    position: int

    def is_one_of(self, *texts: str) -> bool:
        """Tell whether this is one of the given signs or keywords (a quoted ``"and"`` is neither)."""
        return self.text in texts and (self.kind == "symbol" or (self.kind == "name" and self.text in KEYWORDS))

    @property
    def is_word(self) -> bool:
        """A name that is not a keyword and has no part: a question or an option."""
        return self.kind == "name" and "." not in self.text and self.text not in KEYWORDS


def refusal(reason: str, position: int, **words: object) -> ExpressionError:
    """Return the error to raise, with a reason of :data:`REASONS`."""
    reason_zh, reason_en = REASONS[reason]
    return ExpressionError(position, reason_zh.format(**words), reason_en.format(**words))


def tokenize(text: str) -> list[Token]:
    """Cut a formula into tokens; the last one is of kind ``end``.

    The text is normalised to NFKC first, so full-width signs and digits are read as the plain ones; positions
    are those of the text as written. Raises :class:`ExpressionError` for a text over :data:`LENGTH_LIMIT`, an
    unknown character, an unclosed quotation mark, an empty quotation, and a name that begins with a digit.
    """
    if len(text) > LENGTH_LIMIT:
        raise refusal("length", LENGTH_LIMIT + 1, limit=LENGTH_LIMIT)
    plain, positions = _normalised(text)
    tokens = []
    start = 0
    while start < len(plain):
        found = _PATTERN.match(plain, start)
        if found is None:
            raise _bad_character(plain[start], text[positions[start] - 1], positions[start])
        start = found.end()
        if found.lastgroup != "space":
            tokens.append(_token(found, positions[found.start()]))
    tokens.append(Token("end", "", len(text) + 1))
    return tokens


def _token(found: re.Match[str], position: int) -> Token:
    word = found.group()
    match found.lastgroup:
        case "number":
            if re.match(r"\w", found.string[found.end() : found.end() + 1]):
                raise refusal("digits", position)
            return Token("number", word, position)
        case "name":
            return Token("name", word, position)
        case "string":
            content = word[1:-1].strip()
            if not content:
                raise refusal("empty_option", position)
            return Token("string", content, position)
        case _:
            return Token("symbol", _SYNONYMS.get(word, word), position)


def _bad_character(plain: str, written: str, position: int) -> ExpressionError:
    if any(plain in pair for pair in QUOTES):
        return refusal("quote", position)
    return refusal("character", position, found=written if written.isprintable() else f"U+{ord(written):04X}")


def _normalised(text: str) -> tuple[str, list[int]]:
    """Return the text in NFKC and, for each of its characters, the position (from 1) it comes from."""
    clusters: list[tuple[str, int]] = []
    for position, character in enumerate(text, 1):
        if clusters and _joins(clusters[-1][0], character):
            before, begun = clusters[-1]
            clusters[-1] = (before + character, begun)
        else:
            clusters.append((character, position))
    plain = [(unicodedata.normalize("NFKC", cluster), position) for cluster, position in clusters]
    return "".join(each for each, _ in plain), [position for each, position in plain for _ in each]


def _joins(before: str, character: str) -> bool:
    """Tell whether normalising ``character`` depends on what stands before it (accents, Hangul letters)."""
    if character.isascii():
        return False
    if unicodedata.combining(character):
        return True
    separate = unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", character)
    return unicodedata.normalize("NFKC", before + character) != separate
