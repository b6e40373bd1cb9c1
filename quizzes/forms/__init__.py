"""Blueprints, fixed forms, and the windows in which a cohort sits one."""
