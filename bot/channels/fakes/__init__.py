"""Platforms of our own, with the real ones' limits and rules: used by tests, simulate and demo."""
