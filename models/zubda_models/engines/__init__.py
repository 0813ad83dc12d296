"""Engines: what runs a sequence-to-sequence model over batches of token sequences."""
