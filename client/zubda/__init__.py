"""The client of Zubda: Arabic news, summarized and translated."""

__all__: list[str] = []
