"""The commands against the real server with the bundled models."""

import json
import re
from pathlib import Path

import pytest

from zubda.cli.exit_codes import ExitCode

SENTENCE = "أعلنت الوزارة اليوم عن خطة جديدة لتطوير المدارس."


def test_an_argument_is_translated_to_a_line(ask):
    result = ask("translate", *SENTENCE.split())
    assert result.code == 0
    assert re.search("ministry.*plan.*schools", result.out, re.IGNORECASE)
    assert result.out.endswith("\n")
    assert result.out.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["-"], ["--file", "-"]])
def test_a_pipe_keeps_every_line_break(ask, arguments):
    layout = "\n\n  {}\r\n\t{}\n \n"
    result = ask("translate", *arguments, stdin=layout.format(SENTENCE, "مرحبا"))
    pattern = re.escape(layout).replace(r"\{\}", r"\S[^\r\n]*")
    assert re.fullmatch(pattern, result.out), result.out


def test_a_translation_ends_as_its_source(ask, tmp_path):
    for end in ("", "\n", "\n\n"):
        tmp_path.joinpath("a").write_text("مرحبا" + end, "utf-8")
        out = ask("translate", "--file", str(tmp_path / "a")).out
        assert out.removesuffix(end) == out.rstrip("\n") != ""


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_blank_text_is_returned_as_it_is(ask, text):
    result = ask("translate", stdin=text)
    assert (result.code, result.out) == (0, text)


def test_english_passes_through(ask):
    assert ask("translate", stdin="Already English.\n").out == "Already English.\n"


def test_files_follow_each_other(ask, page):
    once = ask("translate", "--file", page, "--beam-size", "1").out
    assert ask("translate", "--file", page, page, "--beam-size", "1").out == once + once
    source = Path(page).read_text("utf-8")
    assert once.count("\n") == source.count("\n")


def test_a_file_given_as_text_earns_a_hint(ask, page):
    result = ask("translate", page)
    assert result.code == 0
    assert f"hint: {page} is a file; to translate what it holds, use --file" in result.err


def test_json_has_all_details(ask, page):
    result = ask("translate", "--file", page, "--json", "--alternatives", "1", "--beam-size", "2")
    (translation,) = json.loads(result.out)["translations"]
    assert set(translation) == {"file", "text", "segments", "timings"}
    assert translation["file"] == page
    assert set(translation["timings"]) == {"queue", "tokenize", "infer", "total"}
    source = Path(page).read_text("utf-8")
    for segment in translation["segments"]:
        assert set(segment) == {
            "span", "source", "target", "language", "score", "finish_reason", "warnings",
            "alternatives",
        }  # fmt: skip
        span = segment["span"]
        assert source[span["start"] : span["end"]] == segment["source"]
        assert segment["target"] in translation["text"]
    assert any(segment["alternatives"] for segment in translation["segments"])
    assert "\\u" not in result.out


def test_json_lines_give_a_result_for_each(ask):
    lines = f'"{SENTENCE}"\n{{"text": "Hello.\\nYou"}}\n'
    result = ask("translate", "--jsonl", stdin=lines)
    first, second = map(json.loads, result.out.splitlines())
    assert first["segments"][0]["source"] == SENTENCE
    assert second["text"] == "Hello.\nYou"


def test_a_lone_surrogate_in_json_is_refused_by_line_and_offset(ask):
    result = ask("translate", "--jsonl", stdin='"Hello."\n"ab\\ud800"\n')
    assert result.code == ExitCode.BAD_INPUT
    assert result.err.startswith("zubda: standard input:2: holds a lone surrogate, U+D800, ")
    assert "at offset 2" in result.err
    assert len(result.out.splitlines()) == 1


def test_warnings_are_counted_or_listed(ask):
    text = "我爱你。\n<b>نص</b>\n"
    result = ask("translate", stdin=text)
    assert "standard input: warnings: " in result.err
    assert "1 unsupported_language" in result.err
    listed = ask("translate", "--verbose", stdin=text)
    assert re.search("^zubda: standard input: unsupported_language: ", listed.err, re.MULTILINE)
    assert listed.out == result.out


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["translate"], "نص\0نص", "standard input: "),
        (["translate"], b"\xff\xd8\xff\xe0", "standard input: not UTF-8 text"),
        (["translate", "--file", "no-such-file"], "", "no-such-file: No such file or directory"),
        (["translate", "--file", "/"], "", "/: Is a directory"),
        (["translate", "نص", "--to", "fr"], "", "fr"),
        (["translate", "نص", "--to", "Klingon!"], "", "target_language_code"),
        (["translate", "نص", "--from", "xx"], "", "source_language_code"),
        (["translate", "نص", "--beam-size", "-1"], "", "beam_size"),
        (["translate", "نص", "--beam-size", "99999999999"], "", "beam_size"),
        (["translate", "نص", "--beam-size", "1000"], "", "beam_size"),
        (["translate", "نص", "--max-output-tokens", "0"], "", "max_output_tokens"),
        (["translate"], "نص " * 1_000_000, ""),
        (["translate"], "نص " * 4_000_000, "split the text"),
        (["summarize"], " \n", "empty"),
        (["summarize", "--sentences", "0"], "نص", "sentence_count"),
        (["summarize", "--words", "-3"], "نص", "word_count"),
        (["summarize", "--ratio", "nan"], "نص", "ratio"),
        (["summarize", "--to", "ar", "--beam-size", "2"], "نص", "decoding"),
        (["summarize", "no-such-file"], "", "no-such-file: No such file or directory"),
    ],
)
def test_bad_input_is_refused_in_one_line(ask, arguments, stdin, message):
    result = ask(*arguments, stdin=stdin)
    assert result.code == ExitCode.BAD_INPUT, result.err
    assert result.out == ""
    assert result.err.startswith("zubda: ")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_summarizes_in_both_languages(ask, page):
    source = Path(page).read_text("utf-8")
    arabic = ask("summarize", page, "--sentences", "2")
    assert arabic.code == 0
    assert len(arabic.out.splitlines()) == 2
    assert all(line in source for line in arabic.out.splitlines())
    assert "zubda: boilerplate removed: " in arabic.err
    english = ask("summarize", "--file", page, "--sentences", "2", "--to", "en")
    assert len(english.out.splitlines()) == 2
    assert not re.search(r"[\u0600-\u06ff]{3}", english.out)


def test_a_summary_in_json_cites_its_sentences(ask, page):
    result = ask("summarize", page, "-", "--to", "en", "--json", stdin=SENTENCE)
    summary = json.loads(result.out)
    assert set(summary) == {
        "files", "text", "sentences", "removed", "warnings", "timings", "contradictions",
        "extracts",
    }  # fmt: skip
    assert summary["files"] == [page, "-"]
    documents = [Path(page).read_text("utf-8"), SENTENCE]
    for sentence in summary["sentences"]:
        span = sentence["span"]
        document = documents[sentence["document_index"]]
        assert document[span["start"] : span["end"]] == sentence["source"]
        assert sentence["source"] in [citation["source"] for citation in sentence["citations"]]
    for removed in summary["removed"]:
        span = removed["span"]
        assert documents[removed["document_index"]][span["start"] : span["end"]] == removed["text"]


def test_verbose_lists_what_was_removed(ask, page):
    brief, verbose = (
        ask("summarize", page, "--words", "20", *flag) for flag in ([], ["--verbose"])
    )
    assert len(verbose.err.splitlines()) > len(brief.err.splitlines())
    assert f"zubda: {page}: removed as " in verbose.err


def test_a_ratio_bounds_the_summary(ask, page):
    short = ask("summarize", page, "--ratio", "0.1").out
    assert 0 < len(short) < len(ask("summarize", page, "--ratio", "0.9").out)


def test_info_shows_models_licences_pairs_and_limits(ask):
    shown = ask("info").out
    about = json.loads(ask("info", "--json").out)
    assert about["translation_pairs"] == [{"source": "ar", "target": "en"}]
    assert "ar → en" in shown
    for model in about["models"]:
        assert re.search(rf"{model['name']} .*{re.escape(model['license'])} .* MB", shown)
    for name in about["limits"]:
        assert name in shown


def test_models_lists_what_is_bundled(run):
    shown = run("models").out
    cards = json.loads(run("models", "--json").out)
    assert {card["task"] for card in cards} == {"translation", "sentence-embedding"}
    for card in cards:
        assert re.search(rf"{card['name']} .*{re.escape(card['license'])} .* MB", shown)
        assert Path(card["directory"]).is_dir()


def test_pulling_what_is_no_checkpoint_is_refused(run, tmp_path):
    result = run("models", "pull", str(tmp_path), str(tmp_path / "out"))
    assert result.code == ExitCode.BAD_INPUT
    assert "no checkpoint" in result.err
    assert result.err.count("\n") == 1
