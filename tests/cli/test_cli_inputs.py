"""Texts come in as UTF-8; what is none is refused by name and place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zubda.cli.exit_codes import CommandError
from zubda.cli.inputs import Input, name_inputs, read_argument, read_file, read_json_lines


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "صفحة.txt"

    def write(data: bytes) -> str:
        path.write_bytes(data)
        return str(path)

    return write


def test_files_keep_every_character(file):
    text = "سطر\r\n\n  سطر\u200f آخر\t"
    assert read_file(file(text.encode())).text == text


def test_a_byte_order_mark_is_no_text(file):
    assert read_file(file(b"\xef\xbb\xbf" + "نص".encode())).text == "نص"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\xff\xfe\x46\x06", "byte 0"),  # UTF-16
        (b"abc\xc7\xe1", "byte 3"),  # Windows-1256
        (b"\x89PNG\r\n\x1a\n", "byte 0"),
        (b"a\xed\xa0\x80", "byte 1"),  # a surrogate, encoded
    ],
)
def test_files_that_are_no_text_are_refused(file, data, place):
    path = file(data)
    with pytest.raises(CommandError, match=f"{path}: not UTF-8 text .{place}: "):
        read_file(path)


def test_a_missing_file_and_a_directory_are_refused(tmp_path):
    with pytest.raises(CommandError, match="nothing: No such file or directory"):
        read_file(str(tmp_path / "nothing"))
    with pytest.raises(CommandError, match="Is a directory"):
        read_file(str(tmp_path))


@pytest.mark.parametrize("path", ["a\0b", "a\ud800b"])
def test_an_impossible_path_is_refused(path):
    with pytest.raises(CommandError):
        read_file(path)


def test_arguments_are_joined_as_by_echo():
    assert read_argument(["صباح", "الخير"]).text == "صباح الخير"


@pytest.mark.parametrize("word", [chr(0xD800), chr(0xDCFF)])
def test_arguments_that_are_no_text_are_refused(word):
    with pytest.raises(CommandError, match="not UTF-8"):
        read_argument(["a", word])


def test_json_lines_are_strings_or_objects():
    lines = '"أ\\nب"\n\n{"text": "ج", "id": 7}\n"\u2028"\n'
    assert list(read_json_lines(Input("f", lines))) == [
        Input("f:1", "أ\nب"),
        Input("f:3", "ج"),
        Input("f:4", "\u2028"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no", "f:2: not JSON"),
        ("[" * 100_000, "f:2: not JSON"),
        ("7", "f:2: must be a JSON string or an object"),
        ('{"txt": "a"}', "f:2: must be"),
        ('["a"]', "f:2: must be"),
        ("null", "f:2: must be"),
    ],
)
def test_other_json_is_refused_by_line(line, message):
    with pytest.raises(CommandError, match=message):
        list(read_json_lines(Input("f", f'"a"\n{line}')))


def test_errors_name_inputs():
    inputs = [Input("a.txt", ""), Input("-", ""), Input("", "")]
    message = "texts[0]: x; documents[1].text: y; texts[2] z"
    assert name_inputs(message, inputs) == "a.txt: x; standard input: y; the text z"


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_comes_through_as_json(text):
    import json

    (given_text,) = read_json_lines(Input("f", json.dumps(text)))
    assert given_text.text == text
