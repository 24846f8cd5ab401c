"""The private keys of a study, by which names and numbers in call sheets become codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PrivateKeys:
    """Codes: of auditors by folded name, and of numbers that calls are made from by the digits of the telephone.

    ``agents``: the secret from which codes of agents are made, empty for none.
    """

    auditors: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    agents: bytes = b""


NO_KEYS = PrivateKeys()
