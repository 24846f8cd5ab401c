"""Integrity screens: what a study has looked at in the answers, and the limits from which a finding is made.

A screen points at answers that deserve a look. It is no verdict: every pattern it finds can be honest.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from evalkit.definitions.base import Definition, Number, Whole

STRAIGHT_LINING = 6
"""Scale questions from which one position throughout is worth a look.

Longest strings of equal answers are a usual index of careless answering (Johnson 2005, *Journal of Research in
Personality* 39, 103-129; Curran 2016, *Journal of Experimental Social Psychology* 66, 4-19), whose limit depends on the
form. At random, six questions of five options are answered alike once in 5⁵ = 3,125 times.
"""

IDENTICAL = 20
"""Equal answers from which two workbooks are worth a look: by chance 20 independent yes/no answers agree once in 2²⁰
times; related questions agree oftener, hence no verdict."""

OUTLIER_Z = 3.5
"""Limit of the modified z-score: Iglewicz and Hoaglin (1993), *How to Detect and Handle Outliers*, ASQC, 11-13."""

SHARE_SLACK = 0.5
"""Percentage points by which shares of a whole may exceed 100: ten shares rounded to one decimal are at most
10 × 0.05 above it."""


PREVIOUS_RATIO = 5.0
"""Factor by which a number may differ from the last wave, beyond the change of the field. A choice of ours: volumes
double and triple as channels open; another unit of measurement (万) or a digit too many is a factor of 10 or more."""


class Screens(Definition):
    """Which integrity screens are made, and from which limit; ``null`` turns one off."""

    straight_lining: Annotated[Whole, Field(ge=2)] | None = STRAIGHT_LINING
    """the same position in all ordered-scale questions answered, where they are at least so many"""
    identical: Annotated[Whole, Field(ge=1)] | None = IDENTICAL
    """two units with the same answers throughout, where they are at least so many (dates and text do not count)"""
    outlier_z: Annotated[Number, Field(gt=0)] | None = OUTLIER_Z
    """a number whose modified z-score among its peer group is larger, up or down"""
    previous_ratio: Annotated[Number, Field(gt=1)] | None = PREVIOUS_RATIO
    """a number that changed by a larger factor, up or down, than the median of the field since the last of the
    ``waves``"""
    share_slack: Annotated[Number, Field(ge=0)] | None = SHARE_SLACK
    """parts of a question in % that sum to more than 100 and so many points"""
