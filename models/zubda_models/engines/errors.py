"""What goes wrong with a model before it can run."""


class EngineError(Exception):
    """A model cannot be loaded or converted; the message says what to do."""


class ModelNotFoundError(EngineError):
    """There is no model at the place or under the name given."""


class ModelFormatError(EngineError):
    """What is there is no model of the form that the engine reads, or is damaged."""


class MissingDependencyError(EngineError):
    """A Python package that the engine needs is not installed."""
