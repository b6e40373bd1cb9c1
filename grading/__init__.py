"""How is an answer scored? Plain Python: no Django, no database, no sentences for readers."""
