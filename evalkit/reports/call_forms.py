"""Call sheets for phones: an XLSForm an auditor, from which KoboToolbox and ODK make a form that works offline.

A submission is a rating of one call, chosen from the auditor's list; unit, scenario, channel and slot are looked up in
that list, so that they cannot be mistyped. :func:`evalkit.sources.audit_form.as_sheet` reads the export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from evalkit.definitions.protocol import Protocol, Scenario
from evalkit.definitions.protocol_items import Item
from evalkit.definitions.questionnaire import CHOICE_TYPES
from evalkit.evaluate.planning import PlannedRating
from evalkit.messages import Language, choose, word
from evalkit.reports.call_sheets import in_order, numbers_of
from evalkit.reports.template_styles import Words, words
from evalkit.reports.xlsform_book import Sheets, write_form
from evalkit.reports.xlsform_names import ABSENT, TICKED, has_absent_choice
from evalkit.reports.xlsform_survey import Row, both, list_name, literal
from evalkit.sources.audit_form import ABOUT, RUBRIC, FormNames, form_names
from evalkit.sources.audit_items import as_question

_CALLS, _OUTCOMES, _NUMBERS = "evalkit_calls", "evalkit_outcomes", "evalkit_numbers"
_LOOKED_UP = ("unit", "scenario", "channel", "slot")
_TIMES: Mapping[str, Row] = {
    "date": {"type": "date", "default": "today()"},
    "start": {"type": "time"},
    "duration": {"type": "integer", "constraint": ". >= 0"},
}
_ONE_SCREEN = "field-list"
_SIDES: tuple[Language, Language] = ("zh", "en")
_NOT_IN_IDS = re.compile(r"[^\w.-]")
_CHOICE = re.compile(r"[A-Za-z0-9_.-]+")


def write_call_form(
    target: str | Path | BinaryIO,
    protocol: Protocol,
    auditor: str,
    ratings: Sequence[PlannedRating],
    language: Language = "both",
) -> None:
    """Write the form of one auditor with his ratings; equal arguments give equal bytes.

    It asks what the auditor's Excel sheet asks: an item appears where its scenario, channel and outcome call for it.
    Raises ``ValueError`` for a text of over 32,767 characters, ``OSError`` if the target cannot be written.
    """
    form = _CallForm(protocol, auditor, tuple(in_order(protocol, ratings)), form_names(protocol))
    settings = {
        "form_title": f"{choose(language, protocol.name.zh, protocol.name.en)} {auditor}",
        "form_id": _NOT_IN_IDS.sub("_", f"{protocol.id}-{auditor}"),
        "version": protocol.version,
        "instance_name": form.field("call"),
    }
    write_form(target, Sheets(form.survey(), form.choices(), settings, _LOOKED_UP), language)


@dataclass(frozen=True, slots=True)
class _CallForm:
    protocol: Protocol
    auditor: str
    ratings: tuple[PlannedRating, ...]
    names: FormNames

    def field(self, name: str) -> str:
        return f"${{{self.names.fields[name]}}}"

    def survey(self) -> Iterator[Row]:
        fields = self.names.fields
        yield {"type": "begin_group", "name": ABOUT, "label": words("calls_sheet"), "appearance": _ONE_SCREEN}
        # a filter makes every converter put the list where its other columns can be looked up
        asked = {"type": f"select_one {_CALLS}", "appearance": "autocomplete", "choice_filter": "true()"}
        yield {**asked, "name": fields["call"], "label": words("call_form_call"), "required": "yes"}
        for name in _LOOKED_UP:
            found = f"instance('{_CALLS}')/root/item[name = {self.field('call')}]/{name}"
            yield {"type": "calculate", "name": fields[name], "calculation": found}
        yield {"type": "calculate", "name": fields["auditor"], "calculation": literal(self.auditor)}
        for scenario in self.played():
            shown = f"{self.field('scenario')} = {literal(scenario.code)}"
            yield {"type": "note", "name": f"evalkit_note_{scenario.code}", "label": _told(scenario), "relevant": shown}
        yield self.attempt()
        for name, kind in _TIMES.items():
            yield {**kind, "name": fields[name], "label": words(f"call_form_{name}")}
        yield from self.called_from()
        yield {"type": "end_group", "name": ABOUT}
        yield {"type": "begin_group", "name": RUBRIC, "label": words("items_sheet"), "appearance": _ONE_SCREEN}
        outcome = {"type": f"select_one {_OUTCOMES}", "name": fields["outcome"], "required": "yes"}
        yield {**outcome, "label": words("call_form_outcome")}
        reached = [each.code for each in self.protocol.outcomes if each.reached]
        agent: dict[str, str | Words] = {"type": "text", "name": fields["agent"], "label": words("call_form_agent")}
        yield agent | ({"relevant": self.one_of("outcome", reached)} if reached else {})
        for item in self.asked():
            yield from self.item(item)
        yield {"type": "end_group", "name": RUBRIC}

    def called_from(self) -> Iterator[Row]:
        """Yield the question for the number, a choice where the codes are names that a form allows."""
        if codes := numbers_of(self.ratings):
            kind = f"select_one {_NUMBERS}" if self.numbers_are_names() else "text"
            hint = ("、".join(codes), ", ".join(codes))
            yield {
                "type": kind,
                "name": self.names.fields["number"],
                "label": words("call_form_called_from"),
                "hint": hint,
            }

    def numbers_are_names(self) -> bool:
        return all(_CHOICE.fullmatch(code) for code in numbers_of(self.ratings))

    def played(self) -> list[Scenario]:
        played = {rating.scenario for rating in self.ratings}
        return [scenario for scenario in self.protocol.scenarios if scenario.code in played]

    def asked(self) -> list[Item]:
        return [item for item in self.protocol.items if item.is_asked]

    def attempt(self) -> Row:
        most = self.protocol.attempts.most
        row = {"type": "integer", "name": self.names.fields["attempt"], "default": "1", "required": "yes"}
        return row | {"label": words("call_form_attempt", most=most), "constraint": f". >= 1 and . <= {most}"}

    def item(self, item: Item) -> Iterator[Row]:
        """Yield the row of an item, and the box to tick where a number does not apply."""
        question, relevant, label = as_question(item), self.relevant(item), both(item.text)
        row: dict[str, str | Words] = {"name": self.names.items[item.code], "label": label, "relevant": relevant}
        row |= {"hint": _hint(item)}
        box = self.names.boxes.get(item.code)
        if question.type in CHOICE_TYPES:
            yield row | {"type": f"select_one {_list(item)}", "required": "yes"}
        elif item.type == "text":
            yield row | {"type": "text", "appearance": "multiline"}
        else:
            row |= {"relevant": f"{relevant} and not(${{{box}}} = '{TICKED}')"} if box else {}
            kind = "integer" if question.integer else "decimal"
            yield row | {"type": kind, "required": "yes", "constraint": ". >= 0"}
        if box:
            absent = tuple(word("xlsform_box", side, question=label[at]) for at, side in enumerate(_SIDES))
            yield {"type": "acknowledge", "name": box, "label": (absent[0], absent[1]), "relevant": relevant}

    def relevant(self, item: Item) -> str:
        """Return as XPath that the outcome is in the item's base, and the item judged in scenario and on channel."""
        outcomes = tuple(outcome.code for outcome in self.protocol.outcomes if item.base in outcome.bases)
        parts = [("outcome", outcomes)] if len(outcomes) < len(self.protocol.outcomes) else []
        parts += [(name, codes) for name, codes in (("scenario", item.scenarios), ("channel", item.channels)) if codes]
        asked = [f"({self.one_of(name, codes)})" for name, codes in parts]
        return " and ".join(asked) or f"{self.field('outcome')} != ''"

    def one_of(self, name: str, codes: Sequence[str]) -> str:
        return " or ".join(f"{self.field(name)} = {literal(code)}" for code in codes)

    def choices(self) -> Iterator[Row]:
        for rating in self.ratings:
            about = {name: value for name, value in asdict(rating).items() if name in _LOOKED_UP}
            yield {"list_name": _CALLS, "name": rating.call, "label": self.shown(rating), **about}
        for code in numbers_of(self.ratings) if self.numbers_are_names() else ():
            yield {"list_name": _NUMBERS, "name": code, "label": (code, code)}
        for outcome in self.protocol.outcomes:
            yield {"list_name": _OUTCOMES, "name": outcome.code, "label": both(outcome.name)}
        seen: set[str] = set()
        for item in self.asked():
            question, name = as_question(item), _list(item)
            if question.type not in CHOICE_TYPES or name in seen:
                continue
            seen.add(name)
            for option in question.choices:
                yield {"list_name": name, "name": option.code, "label": both(option.name)}
            if _has_absent(item):
                yield {"list_name": name, "name": ABSENT, "label": words("form_not_applicable")}

    def shown(self, rating: PlannedRating) -> Words:
        """Return what an auditor must know of a call before he chooses it."""
        channels = {channel.code: both(channel.name) for channel in self.protocol.channels}
        slots = {slot.code: both(slot.name) for slot in self.protocol.slots}
        scenario = self.protocol.scenario_by_code[rating.scenario]
        lines = []
        for at, side in enumerate(_SIDES):
            role = "" if rating.role == "first" else word(f"call_{rating.role}", side)
            number = word("call_form_number", side, number=rating.number) if rating.number else ""
            what = f"{rating.scenario} {both(scenario.name)[at]}"
            when, where = f"{rating.date} {slots[rating.slot][at]}".strip(), f"{rating.name} {rating.unit}"
            parts = (rating.call, when, where, channels[rating.channel][at], what, number, role)
            lines.append(" · ".join(part for part in parts if part))
        return lines[0], lines[1]


def _list(item: Item) -> str:
    """Return the name of an item's list; the one of all yes/no items comes with and without "does not apply"."""
    name = list_name(as_question(item))
    return f"{name}_{ABSENT}" if item.type == "yesno" and _has_absent(item) else name


def _hint(item: Item) -> Words:
    """Return what kind of number is entered, and how to judge."""
    kind = words(f"call_enter_{item.type}") if item.type in {"count", "seconds"} else ("", "")
    told = both(item.help) if item.help else ("", "")
    chinese, english = ("\n".join(part for part in (kind[at], told[at]) if part) for at in (0, 1))
    return chinese, english


def _has_absent(item: Item) -> bool:
    return item.not_applicable and has_absent_choice(as_question(item))


def _told(scenario: Scenario) -> Words:
    """Return what an auditor plays, what he may tell, and which answer is right."""
    lines = []
    for at, side in enumerate(_SIDES):
        parts = [("script", both(scenario.script)[at])]
        parts += [("facts", both(fact)[at]) for fact in scenario.facts]
        parts += [("expected", both(scenario.expected)[at])]
        apart = scenario.not_applicable_when
        parts += [("not_applicable_when", both(apart)[at])] if apart else []
        told = [f"{word(f'call_{name}', side)}: {text}" for name, text in parts]
        lines.append("\n".join([f"{scenario.code} {both(scenario.name)[at]}", *told]))
    return lines[0], lines[1]
