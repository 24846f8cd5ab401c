"""The page put together: content, style and scripts in one file, under a content security policy of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from evalkit.evaluate.evaluation import Evaluation
from evalkit.evaluate.publication import public, tiers_only
from evalkit.messages import Language
from evalkit.reports.outline.accounts import files, findings
from evalkit.reports.outline.award_certainty import certainty_notes
from evalkit.reports.outline.certainty import interval_note
from evalkit.reports.outline.descriptive import awards, shares
from evalkit.reports.outline.groups import groups
from evalkit.reports.outline.method import about, recipe
from evalkit.reports.outline.names import column_title, node_names, study_name
from evalkit.reports.outline.scores import indicator_scores
from evalkit.reports.outline.sheet import notice, records
from evalkit.reports.page.area_map import area_map
from evalkit.reports.page.assembly import fill
from evalkit.reports.page.audits import audit_panels
from evalkit.reports.page.award_trial import kept
from evalkit.reports.page.boards import award_boards
from evalkit.reports.page.controls import emphases, families, filters
from evalkit.reports.page.forest import Forest, forest
from evalkit.reports.page.payload import as_script, payload
from evalkit.reports.page.ranked import RankedUnit, ranked_units, widest_bar
from evalkit.reports.page.slopes import slopes
from evalkit.reports.page.tables import as_table
from evalkit.reports.page.tiers import tiers_html
from evalkit.reports.page.tiles import province_grid
from evalkit.reports.page.tree import branches
from evalkit.sources.geojson import Boundaries

PAGE = "report.html"
"""Name of the page in the folder of a run."""


def write_page(evaluation: Evaluation, path: Path, language: Language, boundaries: Boundaries | None = None) -> None:
    """Write the page. Raises OSError."""
    path.write_text(page_html(evaluation, language, boundaries), encoding="utf-8", newline="\n")


def page_html(evaluation: Evaluation, language: Language, boundaries: Boundaries | None = None) -> str:
    """Return the page of a finished run; equal runs give equal pages.

    Tables and bars stand in the HTML; scripts sort, search and try other weights. All text from outside is escaped, and
    the policy allows no script and no style but ours, and nothing to be loaded. Where the study publishes tiers only,
    the page is that of :func:`evalkit.reports.page.tiers.tiers_html`. ``boundaries`` are drawn as a map.
    """
    if tiers_only(evaluation):
        return tiers_html(public(evaluation), language)
    units = ranked_units(evaluation, language)
    content = payload(evaluation, [each.unit for each in units], language)
    return fill(
        "page.html.j2",
        language,
        ("engine.js", "breaks.js", "awards.js", "table.js", "held.js", "weights.js"),
        data=Markup(as_script(content)),  # noqa: S704 - escaped there
        kept_awards=kept(content["schemes"]),
        **_content(evaluation, units, language, boundaries),
    )


def _content(
    evaluation: Evaluation, units: list[RankedUnit], language: Language, boundaries: Boundaries | None
) -> dict[str, Any]:
    nodes = records(evaluation["nodes"])
    labels = node_names(evaluation, language)
    plot, changed = forest(units), slopes(evaluation, language)
    grid = province_grid(evaluation, units, language)
    drawn = None if boundaries is None else area_map(evaluation, units, boundaries, language)
    own = {"intervals": plot, "changes": changed, "provinces": grid, "map": drawn}
    boards = award_boards(evaluation, [each.unit for each in units], language)
    dimensions = [row["node"] for row in nodes if row["level"] == 1]
    described = shares(evaluation, language)
    return {
        "title": study_name(evaluation, language),
        "wave": evaluation.manifest["study"].get("wave", ""),
        "notice": notice(evaluation, language),
        "version": evaluation.manifest["evalkit"],
        "units": units,
        "ranked": sum(each.rank is not None for each in units),
        "groups": [column_title(str(column), language) for column in evaluation.manifest["recipe"]["peer_groups"]],
        "index": labels[evaluation.root],
        "dimensions": [labels[node] for node in dimensions],
        "indicators": sum(bool(row["measure"]) for row in nodes),
        "arithmetic": nodes[0]["aggregate"] in {"arithmetic", ""},
        "intervals": any(each.interval for each in units),
        "widest": widest_bar(evaluation),
        "families": families(nodes, labels),
        "emphases": emphases(nodes, labels),
        "filters": filters(evaluation, units, language),
        "boards": boards,
        "contents": _contents([part for part, there in own.items() if there], described=bool(described.rows)),
        "grid": grid,
        "map": drawn,
        "forest": plot,
        "tree": branches(evaluation, language),
        "audits": audit_panels(evaluation, language),
        "interval_note": interval_note(evaluation.ranking(), language),
        "slopes": changed,
        "certificate_notes": tuple(certainty_notes(evaluation, language)) if boards else (),
        "sheets": {
            name: as_table(make(evaluation, language))
            for name, make in (
                ("heat", indicator_scores), ("awards", awards), ("groups", groups),
                ("files", files), ("findings", findings), ("recipe", recipe), ("about", about),
            )
        }
        | {"shares": as_table(described)}
        | {part: as_table(each.sheet) for part, each in own.items() if each and not isinstance(each, Forest)},
    }  # fmt: skip


def _contents(own: Sequence[str], *, described: bool) -> list[tuple[str, str]]:
    """Return the anchor and the key of the title of each section; ``own`` are those that only some pages have.

    ``described``: whether there is a questionnaire to describe.
    """
    parts = ["ranking", *own, "heat", "awards", "groups", *(["shares"] if described else []), "quality", "tree"]
    parts += ["method", "about"]
    return [(part, f"page_{part}") for part in parts]
