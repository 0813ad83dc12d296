"""The recipe that makes Zubda's bundled Arabic→English model from open data.

One command per step, run from the repository root::

    python -m training {prepare,vocabulary,initialise,train,average,export,evaluate,plot}

The steps talk to each other through plain files only (tab-separated text, JSON, safetensors),
so that each can be run, looked at and repeated alone. See ``training/README.md``.
"""
