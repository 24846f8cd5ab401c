"""The study: which indicators, units, questionnaire, awards and data belong together, and every choice of method."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from evalkit.definitions.base import Code, Definition, Identifier, Number, Text, Weight, Whole
from evalkit.definitions.diagnosis import DiagnosisRules
from evalkit.definitions.earlier_waves import EARLIER_WAVES, EarlierWave
from evalkit.definitions.exports import Export, Patterns, RespondentRules
from evalkit.definitions.fieldwork import Fieldwork
from evalkit.definitions.limits import Limits
from evalkit.definitions.records import RecordSources
from evalkit.definitions.rules import Aggregation, Missing, Normalisation, Weighting
from evalkit.definitions.screens import Screens
from evalkit.definitions.uncertainty import Uncertainty

Ties = Literal["min", "dense", "average", "max"]


class Reading(Definition):
    """Files of ready-made values that a function of one's own reads (:mod:`evalkit.registry`)."""

    reader: Code
    """name of the function"""
    files: str
    """a pattern of file names, such as ``export/*.json``"""
    settings: dict[str, Any] = Field(default_factory=dict)
    """its settings, by name"""


class Data(Definition):
    """Where the data are; paths and patterns relative to the study file."""

    replaced = EARLIER_WAVES
    survey: Patterns = ()
    """filled questionnaires: a pattern such as ``responses/*.xlsx``, or several"""
    audit: Patterns = ()
    """filled call sheets: a pattern such as ``calls/*.xlsx``, or several"""
    plan: str | None = None
    """the plan of the calls, ``plan.csv`` of ``evalkit plan``: filled call sheets are checked against it"""
    auditor_key: str | None = None
    """private: a table with ``auditor``, a code, and ``name``; a name in a call sheet is read as the code"""
    number_key: str | None = None
    """private: a table with ``number``, a code, and ``telephone``, as ``evalkit plan`` wrote it to
    ``private/numbers.csv``; a telephone number in a call sheet is read as the code"""
    agent_key: str | None = None
    """private: a file with a secret text of 16 characters or more, from which agents in call sheets get their codes;
    without it they are numbered within each unit, for one run only"""
    exports: tuple[Export, ...] = ()
    """tables of answers exported by a survey platform, read by the questionnaire and an import profile"""
    records: RecordSources = Field(default_factory=dict)
    """work orders (工单) and call records by the name of their source; a single source may stand without a name"""
    values: str | None = None
    """ready-made values: a CSV or Excel table with the unit and one column a measure"""
    read: tuple[Reading, ...] = ()
    """ready-made values in files that evalkit does not read itself; a column is taken from here before ``values``"""


class NodeOverride(Definition):
    """What the recipe changes at one node."""

    weight: Weight | None = None
    """weight among its siblings"""
    normalise: Normalisation | None = None
    """how the raw value becomes a score"""
    aggregate: Aggregation | None = None
    """mean of the children"""
    missing: Missing | None = None
    """what to do about children without a score"""
    weighting: Weighting | None = None
    """where the weights of the children come from"""


class Percentages(Definition):
    """How the percentages of the descriptive table are printed; the exact share stands beside them."""

    decimals: Annotated[Whole, Field(ge=0, le=6)] = 1
    """decimals"""
    rounding: Literal["half_up", "largest_remainder"] = "half_up"
    """each by itself, or so that the options of a single choice add up to 100"""


class RecipeOverrides(Definition):
    """Choices of method that override the indicator set: here > one node > the node itself > the set's defaults.

    ``nodes`` speaks of one node and wins over everything; ``normalise``, ``aggregate`` and ``missing`` hold for all
    other nodes, even those that say something themselves, so that one line compares two methods.
    """

    ties: Ties = "min"
    """rank that equal scores share"""
    tie_tolerance: Annotated[Number, Field(ge=0)] = 1e-9
    """scores that differ by no more are equal"""
    normalise: Normalisation | None = None
    """for every indicator"""
    aggregate: Aggregation | None = None
    """for every node"""
    missing: Missing | None = None
    """for every node"""
    peer_groups: tuple[str, ...] = ()
    """columns of the unit register within whose groups units are ranked too"""
    percentages: Percentages = Percentages()
    """rounding of the descriptive table"""
    respondents: RespondentRules = RespondentRules()
    """how the answers of several respondents of an export become the value of their unit"""
    nodes: dict[str, NodeOverride] = Field(default_factory=dict)
    """changes at single nodes, by id"""


class NominationFiles(Definition):
    """Tables (CSV or Excel) of awards by nomination; an award is written ``SCHEME/AWARD``, or by its id alone."""

    submissions: str | None = None
    """path: submission, award, unit, title, and person where persons are nominated"""
    jury: str | None = None
    """path: submission, judge, judge_unit where the judge belongs, and one column a criterion; one row a form"""
    decisions: str | None = None
    """path: award, unit, reason, and person, by"""


class Study(Definition):
    """A study file."""

    replaced = EARLIER_WAVES
    study: Identifier
    """id of the study"""
    name: Text | None = None
    """title of the results"""
    notice: Text | None = None
    """a sentence that every result must show, such as "synthetic data" """
    indicators: str
    """path or ``builtin:NAME`` of the indicator set"""
    units: str
    """path of the unit register (CSV or Excel): unit, name, then columns of your own; aliases separated by ``|``"""
    questionnaire: str | None = None
    """path or ``builtin:NAME``"""
    protocol: str | None = None
    """path or ``builtin:NAME`` of the mystery-call protocol"""
    fieldwork: Fieldwork | None = None
    """when the calls are made; without it a plan has no dates"""
    awards: tuple[str, ...] = ()
    """paths or ``builtin:NAME`` of award schemes"""
    nominations: NominationFiles = NominationFiles()
    """what was submitted for awards, and what jury and committee said"""
    publish: Literal["all", "tiers"] = "all"
    """``tiers``: the results show who is in which tier or has which award, and no score and no rank of any unit"""
    wave: str = ""
    """round of evaluation, such as 2024 or 2025Q1"""
    plugins: tuple[str, ...] = ()
    """Python files with rules, normalisations and aggregations of your own; run only with ``--allow-plugins``"""
    waves: tuple[EarlierWave, ...] = ()
    """earlier waves, the oldest first; ranks, awards and answers are compared with the last that has results"""
    data: Data = Data()
    """where the data are"""
    corrections: str | None = None
    """path of the ledger of corrections (CSV or Excel): unit, question, old, new, reason, by, date; where it corrects
    call sheets also call, auditor and attempt, the question being an item; where it corrects exports also respondent"""
    recipe: RecipeOverrides = RecipeOverrides()
    """choices of method"""
    screens: Screens = Screens()
    """integrity screens of the answers"""
    limits: Limits = Limits()
    """how large a workbook under ``data:`` may be; raise a limit only for files that you trust"""
    uncertainty: Uncertainty | None = None
    """how sure the ranks are; without it nothing of it is computed"""
    diagnosis: DiagnosisRules | None = None
    """the least changes of answers by which each unit would reach the next tier; without it they are not looked for"""
