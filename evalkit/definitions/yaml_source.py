"""The one reader of YAML: strict, with the position of every value.

A pass over the events refuses what could harm or surprise (anchors, aliases, tags, deep nesting); a pass over the
composed nodes builds plain values and, beside them, a tree of positions. Few words are more than text: see
:mod:`evalkit.definitions.yaml_scalar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from evalkit import library
from evalkit.definitions.yaml_scalar import scalar
from evalkit.messages.yaml_syntax import CONTROL_CHARACTER, KEY_NOT_TEXT, syntax_detail
from evalkit.problems import Place, Problem, problem

MAX_DEPTH = 30
MAX_BYTES = 5_000_000
Way = tuple[str | int, ...]
"""Keys and list indices that lead from the top of a file to a value."""

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FULL_WIDTH_KEY = re.compile(r"(?:^[\s-]*|[{,]\s*)[A-Za-z_一-鿿][\w.-]*：")
_TAB = re.compile(r" *\t")
_TOO_DEEP = "exceeded maximum nesting depth"  # what libyaml says of brackets nested by the thousand, from 0.2.6 on


@dataclass(frozen=True, slots=True)
class Position:
    """Where a value starts, where its key stands, in which file, and the positions of what is inside.

    Lines count from 1. ``file`` is the name under which findings show it.
    """

    line: int
    column: int
    key_line: int
    key_column: int
    file: str
    children: dict[str | int, Position] = field(default_factory=dict)

    def walk(self, way: Way) -> tuple[Position, bool]:
        """Follow ``way`` as far as the file goes; returns the position and whether all of it was found.

        A mapping without a name of its own goes by that of its key, as ``records`` in ``records``, and stands there.
        """
        here = self
        for number, segment in enumerate(way):
            if segment in here.children:
                here = here.children[segment]
            elif not number or segment != way[number - 1]:
                return here, False
        return here, True


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as plain values, with positions and the name under which findings show it.

    Where a definition extends another, the positions of parts lead into the file that each part came from.
    """

    value: Any
    position: Position
    file: str

    def place(self, way: Way, *, of_key: bool = False) -> Place:
        """Return the place of a value (or of its key) for a finding; of what it should be in, where it is absent."""
        position, found = self.position.walk(way)
        if of_key and found:
            return Place(file=position.file, line=position.key_line, column=position.key_column)
        return Place(file=position.file, line=position.line, column=position.column)


def read_yaml(path: Path, shown_as: str) -> tuple[Document | None, list[Problem]]:
    """Read a YAML file; ``shown_as`` is its name in findings. See :func:`parse_yaml`."""
    data, problems = library.read_bytes(path, Place(file=shown_as))
    return (None, problems) if data is None else parse_yaml(data, shown_as)


def parse_yaml(data: bytes, shown_as: str) -> tuple[Document | None, list[Problem]]:
    """Parse the bytes of a YAML file.

    There is no document where the text could not be read or was refused. Findings about single keys (``EK106``,
    ``EK109``, ``EK101``) leave a document without these keys, so that the rest can be checked too.
    """
    problems: list[Problem] = []
    text = _decoded(data, shown_as, problems)
    node = None if text is None else _composed(text, shown_as, problems)
    if text is None or node is None:
        return None, problems or [problem("EK114", Place(file=shown_as))]
    value, position = _build(node, node, shown_as, problems)
    if value is None:
        return None, problems or [problem("EK114", Place(file=shown_as))]
    return Document(value, position, shown_as), problems


def _decoded(data: bytes, shown_as: str, problems: list[Problem]) -> str | None:
    if len(data) > MAX_BYTES:
        problems.append(problem("EK115", Place(file=shown_as), size=len(data), limit=MAX_BYTES))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        problems.append(problem("EK110", _place_after(before, shown_as), byte=error.start + 1))
        return None
    if found := _CONTROL.search(text):
        problems.append(_control_character(found.group(), _place_after(text[: found.start()], shown_as)))
        return None
    return text


def _composed(text: str, shown_as: str, problems: list[Problem]) -> yaml.Node | None:
    try:
        problems += _refusals(text, shown_as)
        return None if problems else yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        problems.append(_syntax_problem(error, text, shown_as))
        return None


def _place_after(before: str, shown_as: str) -> Place:
    line = before.count("\n") + 1
    return Place(file=shown_as, line=line, column=len(before) - before.rfind("\n"))


def _control_character(character: str, place: Place) -> Problem:
    zh, en = (text.format(character=f"U+{ord(character):04X}") for text in CONTROL_CHARACTER)
    return problem("EK101", place, detail_zh=zh, detail_en=en)


def _refusals(text: str, shown_as: str) -> Iterator[Problem]:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        place = _start(event, shown_as)
        if isinstance(event, yaml.AliasEvent):
            yield problem("EK107", place, token=f"*{event.anchor}")
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            yield problem("EK107", place, token=f"&{event.anchor}")
        elif tag := getattr(event, "tag", None):
            yield problem("EK107", place, token=tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield problem("EK108", place, limit=MAX_DEPTH)
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _start(part: Any, shown_as: str) -> Place:  # noqa: ANN401 - an event or a node: read from a text, both have marks
    return Place(file=shown_as, line=part.start_mark.line + 1, column=part.start_mark.column + 1)


def _syntax_problem(error: yaml.YAMLError, text: str, shown_as: str) -> Problem:
    """Say what is wrong where PyYAML stopped, and name the two usual causes: full-width colons and tabs."""
    words: str = getattr(error, "problem", None) or getattr(error, "context", None) or str(error)
    zh, en = syntax_detail(words)
    context: yaml.Mark | None = getattr(error, "context_mark", None)
    mark: yaml.Mark | None = getattr(error, "problem_mark", None) or context
    if mark is None:
        return problem("EK101", Place(file=shown_as), detail_zh=zh, detail_en=en)
    lines = text.splitlines()
    if context is not None and mark.line >= len(lines):  # what is open at the end of the file stands there
        mark = context
    place = Place(file=shown_as, line=mark.line + 1, column=mark.column + 1)
    if words == _TOO_DEEP:
        return problem("EK108", place, limit=MAX_DEPTH)
    suspects = dict.fromkeys((mark.line, mark.line - 1, mark.line if context is None else context.line))
    for number in suspects:
        line = lines[number] if 0 <= number < len(lines) else ""
        if found := _FULL_WIDTH_KEY.search(line):
            return problem("EK109", place.at(line=number + 1, column=found.end()))
        if found := _TAB.match(line):
            return problem("EK111", place.at(line=number + 1, column=found.end()))
    return problem("EK101", place, detail_zh=zh, detail_en=en)


def _build(node: yaml.Node, key: yaml.Node, shown_as: str, problems: list[Problem]) -> tuple[Any, Position]:
    """Return the value of a node with its position; ``key`` is the node of its key, or itself."""
    start, key_start = node.start_mark, key.start_mark
    children: dict[str | int, Position] = {}
    line, column, key_line, key_column = start.line + 1, start.column + 1, key_start.line + 1, key_start.column + 1
    position = Position(line, column, key_line, key_column, shown_as, children)
    if isinstance(node, yaml.ScalarNode):
        if found := _CONTROL.search(node.value):  # by an escape such as "\0"
            problems.append(_control_character(found.group(), _start(node, shown_as)))
        return (scalar(node.value) if not node.style else node.value), position
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            value, children[index] = _build(item, item, shown_as, problems)
            items.append(value)
        return items, position
    mapping: dict[str, Any] = {}
    for name_node, value_node in node.value:
        name = name_node.value
        finding = _key_problem(name_node, shown_as, children)
        if finding is not None:
            problems.append(finding)
        else:
            mapping[name], children[name] = _build(value_node, name_node, shown_as, problems)
    return mapping, position


def _key_problem(node: yaml.Node, shown_as: str, known: dict[str | int, Position]) -> Problem | None:
    place, name = _start(node, shown_as), node.value
    if not isinstance(name, str):
        return problem("EK101", place, detail_zh=KEY_NOT_TEXT[0], detail_en=KEY_NOT_TEXT[1])
    if found := _CONTROL.search(name):
        return _control_character(found.group(), place)
    if "：" in name and not getattr(node, "style", None):
        return problem("EK109", place.at(column=node.start_mark.column + 1 + name.index("：")))
    if name in known:
        return problem("EK106", place, key=name, first=known[name].key_line)
    return None
