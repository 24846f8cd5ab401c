"""Awards by the marks of a jury: forms, recusals, trimmed means, agreement, then the award's rule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from evalkit.definitions.award_compare import Jury
from evalkit.definitions.awards import Award, AwardScheme, Gates
from evalkit.problems import Problem, problem
from evalkit.scoring.arrays import BoolArray, FloatArray
from evalkit.scoring.award_contest import Contest
from evalkit.scoring.award_field import Field
from evalkit.scoring.award_gates import Passed
from evalkit.scoring.award_people import Person, Recipients, by_unit
from evalkit.scoring.award_quantity import Quantity
from evalkit.scoring.award_words import said
from evalkit.scoring.jury import Panel, form_scores, kendall_w, mean_rank_correlation
from evalkit.sources.nominations import Form, Submission

SUBJECT = ("评审得分", "jury score")


def judged(
    award: Award, gates: tuple[Gates, ...], field: Field, passed: Passed, *, taken: BoolArray, name: str
) -> tuple[list[Recipients], list[Problem]]:
    """Return who wins by the jury's marks: units by their best submission, or persons.

    Recused forms are noted (``EK517``), forms that cannot be used are reported (``EK519``, ``EK530``), and so is a
    submission with too few forms (``EK518``). The agreement of the judges is noted (``EK516``). Of a jury that the
    field has in its ``panels`` nothing is said.
    """
    if not isinstance(award.compare, Jury):
        raise TypeError(f"award {name} has no jury")
    rows = {unit: row for row, unit in enumerate(field.units)}
    submissions = _submissions(field, name)
    panel, problems = field.panels.get(name), list[Problem]()
    if panel is None:
        panel, problems = read_panel(award.compare, submissions, field.nominations.forms, name)
        problems += _said_of(panel, award.compare, submissions, name)
    scores = panel.scores(trim=award.compare.trim, fewest=award.compare.fewest_judges)
    marked = Marked(scores, panel.counts)
    units = [rows[each.unit] for each in submissions]
    if award.to == "person":
        at = np.array(units, dtype=np.intp)
        view = Passed(passed.eligible[at], passed.vetoed[at], {})
        contest = Contest(award, gates, field.take(units), _of_persons(marked), view, np.zeros(len(at), bool), name)
        won, more = contest.winners()
        found = [(units[each.index], Person(submissions[each.index].person, each.reason)) for each in won]
        return by_unit(found, award.id, units), [*problems, *more]
    compared = _of_units(marked, submissions, units, len(field.units))
    won, more = Contest(award, gates, field, compared, passed, taken, name).winners()
    return [(each, None) for each in won], [*problems, *more]


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """The score of each submission, NaN for none, and how many forms it comes from, both (submissions,)."""

    scores: FloatArray
    forms: list[int]


def panels(schemes: Iterable[AwardScheme], field: Field) -> dict[str, Panel]:
    """Return the juries of all awards that have one, by award (``SCHEME/AWARD``)."""
    return {
        name: read_panel(award.compare, _submissions(field, name), field.nominations.forms, name)[0]
        for scheme in schemes
        for award in scheme.awards
        for name in (f"{scheme.id}/{award.id}",)
        if isinstance(award.compare, Jury)
    }


def _submissions(field: Field, name: str) -> list[Submission]:
    known = set(field.units)
    return [each for each in field.nominations.submissions if each.award == name and each.unit in known]


def read_panel(
    jury: Jury, submissions: list[Submission], forms: tuple[Form, ...], name: str
) -> tuple[Panel, list[Problem]]:
    """Return the forms that count for the submissions of an award; the problems are in the order of the jury sheet."""
    problems: list[Problem] = []
    column = {each.id: number for number, each in enumerate(submissions)}
    judges = list(dict.fromkeys(form.judge for form in forms if form.submission in column))
    table = np.full((len(judges), len(submissions)), np.nan)
    for form in forms:
        if form.submission not in column:
            continue
        submission = submissions[column[form.submission]]
        about = {"submission": form.submission}
        if form.unit and form.unit == submission.unit:
            problems.append(problem("EK517", form.place, award=name, unit=form.unit, **about))
        elif wrong := _wrong_marks(jury, form):
            problems.append(problem("EK530", form.place, award=name, criteria=", ".join(wrong), **about))
        elif missing := [each.id for each in jury.criteria if each.weight > 0 and form.marks.get(each.id) is None]:
            problems.append(problem("EK519", form.place, award=name, criteria=", ".join(missing), **about))
        else:
            table[judges.index(form.judge), column[form.submission]] = _form_score(jury, form)
    return Panel(table), problems


def _said_of(panel: Panel, jury: Jury, submissions: list[Submission], name: str) -> list[Problem]:
    """Report submissions with too few forms, and note how far the judges agree."""
    problems = []
    for submission, count in zip(submissions, panel.counts, strict=True):
        if count < jury.fewest_judges:
            params = {"submission": submission.id, "found": count, "fewest": jury.fewest_judges}
            problems.append(problem("EK518", submission.place.at(unit=submission.unit), award=name, **params))
    if len(panel.forms):
        agreement = {"w": _shown(kendall_w(panel.forms)), "rho": _shown(mean_rank_correlation(panel.forms))}
        complete = int((~np.isnan(panel.forms)).all(axis=0).sum())
        problems.append(problem("EK516", award=name, judges=len(panel.forms), complete=complete, **agreement))
    return problems


def _wrong_marks(jury: Jury, form: Form) -> list[str]:
    marks = [(each, form.marks.get(each.id)) for each in jury.criteria]
    return [each.id for each, given in marks if given is not None and not 0 <= given <= each.high]


def _form_score(jury: Jury, form: Form) -> float:
    marks = [form.marks.get(each.id) for each in jury.criteria]
    return float(
        form_scores(
            np.array([[np.nan if each is None else each for each in marks]], dtype=float),
            np.array([each.high for each in jury.criteria], dtype=float),
            np.array([each.weight for each in jury.criteria], dtype=float),
        )[0]
    )


def _of_persons(marked: Marked) -> Quantity:
    return Quantity(marked.scores, SUBJECT, [f"jury={float(score)!r}" for score in marked.scores])


def _of_units(marked: Marked, submissions: list[Submission], units: list[int], count: int) -> Quantity:
    """Compare each unit by the best of its submissions, the first of several equally good."""
    values = np.full(count, np.nan)
    basis = [""] * count
    more = {}
    for number, (submission, row) in enumerate(zip(submissions, units, strict=True)):
        score = float(marked.scores[number])
        if np.isnan(score) or score <= values[row]:
            continue
        values[row] = score
        basis[row] = f"jury={score!r};submission={submission.id}"
        about = {"title": submission.title or submission.id, "forms": marked.forms[number]}
        more[row] = (said("reason_submission", **about),)
    return Quantity(values, SUBJECT, basis, more)


def _shown(value: float) -> str:
    return "-" if np.isnan(value) else f"{value:.3f}"
