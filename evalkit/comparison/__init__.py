"""Runs held against themselves and against each other."""
