"""Extractive summaries: sentences in, the telling ones out, verbatim."""
