"""The fields of a template against those that are offered: all findings at once, before anything is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from jinja2 import TemplateSyntaxError, nodes

from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem
from evalkit.reports.word_template.fields import FIELDS, Field
from evalkit.reports.word_template.sandbox import FILTERS, TemplateEnvironment

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_AROUND = 30
_SAME_LIST = frozenset({"list", "rejectattr", "reverse", "selectattr", "sort", "unique"})
_OF_LIST = frozenset({"first", "last"})
_FORBIDDEN = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.CallBlock, nodes.Macro)
_Scope = dict[str, Field | None]
"""What names stand for; None for what is not known and not checked further."""


def check_part(patched: str, environment: TemplateEnvironment, place: Place) -> list[Problem]:
    """Return what is wrong with a part of a template, its XML as docxtpl gives it to Jinja2.

    ``EK085`` an unknown field, ``EK086`` an expression that cannot be read, ``EK087`` what no template may do.
    """
    source = _PARAGRAPH.sub(r"\n<w:p\1", patched)
    lines = [_TAG.sub("", line).strip() for line in source.split("\n")]
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        text = lines[min(error.lineno, len(lines)) - 1]
        return [problem("EK086", place, paragraph=_around(text, text[:_AROUND]), reason=error.message or "")]
    found = _Walk(lines, place)
    found.block(tree.body, dict(FIELDS))
    return list(dict.fromkeys(found.problems))


def _around(text: str, name: str) -> str:
    """Return what stands around a name in a paragraph."""
    at = max(text.find(name), 0)
    start, end = max(at - _AROUND, 0), at + len(name) + _AROUND
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


class _Walk:
    """A walk through a template that follows what each name stands for."""

    def __init__(self, lines: list[str], place: Place) -> None:
        self.lines, self.place = lines, place
        self.problems: list[Problem] = []

    def block(self, body: Iterable[nodes.Node], scope: _Scope) -> None:
        """Check statements in their order; what is set in them holds for those behind, and within the block."""
        known = dict(scope)
        for node in body:
            self.statement(node, known)

    def statement(self, node: nodes.Node, scope: _Scope) -> None:
        """Check a statement."""
        if isinstance(node, _FORBIDDEN):
            self.forbidden(node)
        elif isinstance(node, nodes.For):
            element = self.element(self.value(node.iter, scope))
            inner = scope | {"loop": None} | _targets(node.target, element)
            self.block([*([node.test] if node.test else []), *node.body], inner)
            self.block(node.else_, scope)
        elif isinstance(node, nodes.Assign):
            scope |= _targets(node.target, self.value(node.node, scope))
        elif isinstance(node, nodes.If):
            self.value(node.test, scope)
            for body in (node.body, node.elif_, node.else_):
                self.block(body, scope)
        elif isinstance(node, nodes.Expr):
            self.value(node, scope)
        else:
            self.block(node.iter_child_nodes(), scope)

    def value(self, node: nodes.Node, scope: _Scope) -> Field | None:
        """Check an expression, and return the field that it stands for where that is known."""
        match node:
            case nodes.Name(name=name):
                if name in scope:
                    return scope[name]
                self.unknown(node, name, scope)
            case nodes.Getattr(node=of, attr=name) | nodes.Getitem(node=of, arg=nodes.Const(value=str(name))):
                return self.part(self.value(of, scope), name, node)
            case nodes.Getitem(node=of):
                return self.element(self.value(of, scope))
            case nodes.Filter(node=nodes.Node() as of, name=name) if name in _SAME_LIST | _OF_LIST:
                given = self.value(of, scope)
                return given if name in _SAME_LIST else self.element(given)
            case nodes.Call():
                self.forbidden(node)
            case nodes.Filter(name=name) if name not in FILTERS:
                self.forbidden(node)
            case _:
                for child in node.iter_child_nodes():
                    self.statement(child, scope)
        return None

    def part(self, of: Field | None, name: str, node: nodes.Node) -> Field | None:
        """Return a part of a field; a list has none, its elements have."""
        if of is None:
            return None
        offered = {} if of.many else of.parts
        if name not in offered:
            self.unknown(node, name, offered)
        return offered.get(name)

    def element(self, of: Field | None) -> Field | None:
        return replace(of, many=False) if of is not None and of.many and of.parts else None

    def unknown(self, node: nodes.Node, name: str, offered: Iterable[str]) -> None:
        """Note a field that is not offered, with the paragraph where it stands."""
        known = list(offered)
        text = _around(self.lines[node.lineno - 1], name)
        self.problems.append(
            problem("EK085", self.place, field=name, paragraph=text, offered=listed(known), **suggestion(name, known))
        )

    def forbidden(self, node: nodes.Node) -> None:
        """Note what no template may do."""
        text = self.lines[node.lineno - 1]
        self.problems.append(problem("EK087", self.place, paragraph=_around(text, text[:_AROUND])))


def _targets(target: nodes.Node, value: Field | None) -> _Scope:
    """Return what the variables of a loop or of ``set`` stand for; several at once are not followed."""
    if isinstance(target, nodes.Name):
        return {target.name: value}
    return {each.name: None for each in target.find_all(nodes.Name)}
