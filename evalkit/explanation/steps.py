"""The steps of an explanation, from the score down to the cells."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from evalkit.observations import CorrectionNote


@dataclass(frozen=True, slots=True)
class CellStep:
    """A cell behind a score: where it stands, what was read, what it counted as.

    ``correction`` is ``old -> new; reason; by; date`` where the ledger changed the value; ``raw`` is what was read.
    """

    question: str
    item: str
    raw: str
    value: str
    status: str
    file: str
    sheet: str
    cell: str
    correction: str = ""
    respondent: str = ""

    @property
    def why(self) -> str:
        """Reason, author and date of the correction; empty where there is none."""
        return ", ".join(CorrectionNote.parse(self.correction)[1:]) if self.correction else ""


@dataclass(frozen=True, slots=True)
class CellRange:
    """The cells of several respondents behind a score, in sum: their rows of the table, and how many have each status.

    The first of them are among the cells of the part; ``after`` says after how many of these this sum belongs.
    """

    rows: str
    count: int
    statuses: dict[str, int]
    after: int


@dataclass(frozen=True, slots=True)
class EvidenceStep:
    """The proof that the unit gave beside its answer to a question, as it stood."""

    text: str
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class PartStep:
    """One question's points within an indicator; ``weight`` is the one really used.

    ``evidence`` is what was given as proof in any row of the question.
    Where respondents answered, ``respondents`` is the rule that puts them together, ``n`` how many have points, of
    ``base``, and ``n_eff`` the effective sample size; ``cells`` are then the first of each of the ``ranges``.
    """

    question: str
    rule: str
    value: float | None
    weight: float
    status: str
    cells: tuple[CellStep, ...]
    evidence: tuple[EvidenceStep, ...] = ()
    respondents: str = ""
    n: int | None = None
    base: int | None = None
    n_eff: float | None = None
    ranges: tuple[CellRange, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordStep:
    """The work orders or call records behind a raw value, in numbers: no record is shown.

    ``measure`` is the formula as the indicator set has it. ``total`` = ``outside`` + ``base`` + those of ``left_out``
    by status; ``n`` of the base have what is asked for. ``recomputed`` is ``scale`` × ``numerator`` ÷ ``denominator``,
    None for a quantile. ``files`` are the names with their SHA-256.
    """

    measure: str
    method: str
    n: int
    base: int
    total: int
    outside: int
    left_out: dict[str, int]
    scale: float
    numerator: float | None
    denominator: float | None
    recomputed: float | None
    files: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A node on the way down.

    ``weight`` is its weight within its parent after missing siblings, ``contribution`` weight × score where the parent
    takes the arithmetic mean. ``recomputed`` is the score computed again from what stands below it in the tables, and
    ``adds_up`` says that the two agree to within 1e-9, and so do a raw value and its parts or records; what a plug-in
    gave is taken as it is, ``recomputed`` is None there. ``rank`` is the position in the whole field among ``ranked``
    units; with average ties it may end in a half.
    """

    node: str
    name_zh: str
    name_en: str
    level: int
    score: float | None
    coverage: float
    weight: float
    effective_weight: float
    contribution: float | None
    method: str
    raw_value: float | None
    status: str
    recomputed: float | None
    adds_up: bool
    rank: float | None
    ranked: int
    children: tuple[Step, ...] = ()
    parts: tuple[PartStep, ...] = ()
    records: RecordStep | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A unit's score at a node, explained; ``adds_up`` holds for every step of it."""

    unit: str
    name: str
    step: Step
    adds_up: bool

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return asdict(self)
