"""Arabic text handling: normalisation, language by script, sentences, page furniture."""
