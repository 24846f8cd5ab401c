"""Documents from an institution's own Word template, by docxtpl, which the extra ``word`` brings.

The template is guarded like every file from outside, its fields are checked before anything is rendered, and it is
rendered in a sandbox that knows plain values only.
"""

from __future__ import annotations
