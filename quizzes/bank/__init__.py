"""The item bank: what was asked, and what is right."""
