"""Scores of closed sittings, and their release."""
