"""One student taking one form once: the log, the clock, the close."""
