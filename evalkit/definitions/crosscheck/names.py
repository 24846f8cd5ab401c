"""What a formula names: questions, parts and options that must exist."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from evalkit.definitions.expression import Expression, choices, names
from evalkit.definitions.options import find_option
from evalkit.definitions.questionnaire import Question
from evalkit.messages.nearest import listed, suggestion
from evalkit.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Names:
    """Checks names against the questions; ``where`` is who names them, for the message."""

    questions: Mapping[str, Question]
    place: Place
    where: str

    def check(self, expression: Expression, also: Container[str] = ()) -> Iterator[Problem]:
        """Find names of a formula that are no question, no part, or no option, each once; ``also`` are known too."""
        for name in dict.fromkeys(names(expression)):
            if name.key not in also:
                yield from self.cell(name.question, name.part)
        yield from self._options(dict.fromkeys((name.question, option.text) for name, option in choices(expression)))

    def cell(self, code: str, part: str | None) -> Iterator[Problem]:
        """Find what is wrong with the name of an answer cell."""
        question = self.questions.get(code)
        if question is None:
            near = suggestion(code, self.questions)
            yield problem("EK301", self.place, where=self.where, question=code, **near)
        elif part is not None:
            yield from self.items(question, (part,))
        elif question.items:
            allowed = listed(question.keys)
            yield problem("EK313", self.place, where=self.where, question=code, name=code, allowed=allowed)

    def items(self, question: Question, named: tuple[str, ...]) -> Iterator[Problem]:
        """Find names that are no row of the question: no tick box, no number cell."""
        yield from self._among(question, named, [item.code for item in question.items])

    def options(self, question: Question, named: tuple[str, ...]) -> Iterator[Problem]:
        """Find codes that are no option of the question."""
        yield from self._among(question, named, [option.code for option in question.choices])

    def _options(self, compared: Mapping[tuple[str, str], None]) -> Iterator[Problem]:
        for code, text in compared:
            question = self.questions.get(code)
            if question is not None and find_option(question, text) is None:
                yield from self.options(question, (text,))

    def _among(self, question: Question, named: tuple[str, ...], known: list[str]) -> Iterator[Problem]:
        for name in named:
            if name not in known:
                near = suggestion(name, known)
                allowed = listed(known) or "-"
                about = {"where": self.where, "question": question.code, "option": name, "allowed": allowed}
                yield problem("EK302", self.place, **about, **near)
