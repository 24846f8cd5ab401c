"""The fields of a template against those that are offered: all findings at once, before anything is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import TemplateSyntaxError, nodes

from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem
from evalkit.reports.word_template.fields import FIELDS, Field
from evalkit.reports.word_template.fields import listed as all_fields
from evalkit.reports.word_template.sandbox import FILTERS, TemplateEnvironment

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_AROUND = 30
_SAME_LIST = frozenset({"list", "rejectattr", "reverse", "selectattr", "sort", "unique"})
_OF_LIST = frozenset({"first", "last"})
_FORBIDDEN = (
    nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.CallBlock, nodes.Macro, nodes.AssignBlock,
    nodes.FilterBlock, nodes.Block, nodes.ScopedEvalContextModifier, nodes.EvalContextModifier,
)  # fmt: skip
MOST_LOOPS = 3
"""Loops within each other."""
_LISTS = [name for name, each in all_fields() if each.many]
_Scope = dict[str, Field | None]
"""What names stand for; None for what is not known and not checked further."""


def check_part(patched: str, environment: TemplateEnvironment, place: Place) -> list[Problem]:
    """Return what is wrong with a part of a template, its XML as docxtpl gives it to Jinja2.

    ``EK085`` an unknown field, ``EK086`` an expression that cannot be read, ``EK087`` what no template may do,
    ``EK089`` a loop through what is no list that is offered, ``EK090`` too many loops within each other, ``EK091`` a
    list that is printed.
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
        self.depth = 0

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
            self.loop(node, scope)
        elif isinstance(node, nodes.Assign):
            scope |= _targets(node.target, self.value(node.node, scope))
        elif isinstance(node, nodes.If):
            self.value(node.test, scope)
            for body in (node.body, node.elif_, node.else_):
                self.block(body, scope)
        elif isinstance(node, nodes.Output):
            self.printed(node, scope)
        elif isinstance(node, nodes.Expr):
            self.value(node, scope)
        else:
            self.block(node.iter_child_nodes(), scope)

    def loop(self, node: nodes.For, scope: _Scope) -> None:
        """Check a loop: it goes through a list that is offered, and not too many are within each other."""
        before = len(self.problems)
        looped = self.value(node.iter, scope)
        if len(self.problems) == before and (looped is None or not looped.many):
            self.problems.append(problem("EK089", self.place, paragraph=self.around(node), lists=listed(_LISTS)))
        self.depth += 1
        if self.depth == MOST_LOOPS + 1:
            self.problems.append(problem("EK090", self.place, paragraph=self.around(node), most=MOST_LOOPS))
        inner = scope | {"loop": None} | _targets(node.target, looped.element if looped else None)
        self.block([*([node.test] if node.test else []), *node.body], inner)
        self.depth -= 1
        self.block(node.else_, scope)

    def printed(self, node: nodes.Output, scope: _Scope) -> None:
        """Check what is printed: texts and numbers, no list and no mapping."""
        for each in node.nodes:
            value = self.value(each, scope)
            if value is not None and (value.many or value.parts):
                self.problems.append(problem("EK091", self.place, paragraph=self.around(each)))

    def value(self, node: nodes.Node, scope: _Scope) -> Field | None:
        """Check an expression, and return the field that it stands for where that is known."""
        match node:
            case nodes.Name(name=name):
                if name in scope:
                    return scope[name]
                self.unknown(node, name, scope)
            case nodes.Getattr(node=of, attr=name) | nodes.Getitem(node=of, arg=nodes.Const(value=str(name))):
                return self.part(self.value(of, scope), name, node)
            case nodes.Getitem(node=of, arg=at):
                given = self.value(of, scope)
                return given if isinstance(at, nodes.Slice) else _element(given)
            case nodes.Filter(node=nodes.Node() as of, name=name) if name in _SAME_LIST | _OF_LIST:
                given = self.value(of, scope)
                return given if name in _SAME_LIST else _element(given)
            case nodes.Expr() if _is_forbidden(node):
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

    def unknown(self, node: nodes.Node, name: str, offered: Iterable[str]) -> None:
        """Note a field that is not offered, with the paragraph where it stands."""
        known = list(offered)
        text = self.around(node, name)
        self.problems.append(
            problem("EK085", self.place, field=name, paragraph=text, offered=listed(known), **suggestion(name, known))
        )

    def forbidden(self, node: nodes.Node) -> None:
        """Note what no template may do."""
        self.problems.append(problem("EK087", self.place, paragraph=self.around(node)))

    def around(self, node: nodes.Node, name: str = "") -> str:
        """Return the paragraph of a node, or what stands around a name in it."""
        text = self.lines[node.lineno - 1]
        return _around(text, name or text[:_AROUND])


def _element(of: Field | None) -> Field | None:
    return of.element if of is not None else None


def _is_forbidden(node: nodes.Expr) -> bool:
    """Tell whether an expression calls, filters by what is not offered, or puts together what can grow."""
    if isinstance(node, nodes.List | nodes.Tuple):
        return not all(isinstance(item, nodes.Const) for item in node.items)
    return isinstance(node, nodes.Call | nodes.Dict) or (isinstance(node, nodes.Filter) and node.name not in FILTERS)


def _targets(target: nodes.Node, value: Field | None) -> _Scope:
    """Return what the variables of a loop or of ``set`` stand for; several at once are not followed."""
    if isinstance(target, nodes.Name):
        return {target.name: value}
    return {each.name: None for each in target.find_all(nodes.Name)}
