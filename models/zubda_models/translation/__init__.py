"""Translation of texts: segments in, guarded translations out."""
