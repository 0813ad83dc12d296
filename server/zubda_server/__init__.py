"""The Zubda service: translation and summarization over gRPC."""
