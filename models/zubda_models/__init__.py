"""Text in, text out: the models of Zubda and the Arabic text handling around them.

This package knows nothing of gRPC and can be used on its own.
"""
