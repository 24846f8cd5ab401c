"""Who answered the calls to a unit: a single agent who answers them all may have been told of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from evalkit.calls import Rating
from evalkit.definitions.protocol import Protocol
from evalkit.problems import Problem, problem


def answered(ratings: Sequence[Rating], protocol: Protocol) -> dict[str, Counter[str]]:
    """Return by unit how many calls each agent answered; a call counts once, with the agent first entered for it."""
    agents: dict[str, Rating] = {}
    for rating in ratings:
        if rating.agent and protocol.outcome_by_code[rating.outcome].reached:
            agents.setdefault(rating.call, rating)
    found: dict[str, Counter[str]] = {}
    for rating in agents.values():
        found.setdefault(rating.unit, Counter())[rating.agent] += 1
    return found


def check_agents(protocol: Protocol, ratings: Sequence[Rating]) -> list[Problem]:
    """Find units of whose calls one agent answered ``agent_share`` or more (EK638), of ``agent_calls`` at least.

    Only calls count whose agent was entered. The place is that of the first.
    """
    rules = protocol.plausibility
    first = {rating.unit: rating for rating in reversed(ratings) if rating.agent}
    problems = []
    for unit, agents in answered(ratings, protocol).items():
        (agent, most), total = agents.most_common(1)[0], agents.total()
        if total >= rules.agent_calls and most >= rules.agent_share * total:
            about = {"agent": agent, "count": most, "calls": total}
            problems.append(problem("EK638", first[unit].place, **about))
    return problems
