"""The page of one unit: where it stands, where it could gain, what similar units do, and the data it sent."""

from evalkit.reports.profile.render import PROFILES, profile_html, write_profiles

__all__ = ["PROFILES", "profile_html", "write_profiles"]
