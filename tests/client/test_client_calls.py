"""The blocking client over the wire: deadlines, retries, metadata, streams, errors."""

# ruff: noqa: S106 - the tokens are no secrets

import json

import grpc
import pytest

import zubda


@pytest.fixture
def client(target):
    with zubda.Client(target) as client:
        yield client


def test_translates_one_text_and_several(client, servicer):
    translation = client.translate("أ\n", beam_size=2, alternatives=1, max_output_tokens=9)
    assert translation.text == "[أ\n]"
    assert translation.timings.total == 1.5
    request = servicer.requests[0]
    assert request.target_language_code == "en"
    assert request.source_language_code == ""
    assert request.decoding.beam_size == 2
    assert request.decoding.alternative_count == 1
    assert request.decoding.max_output_tokens == 9
    assert [t.text for t in client.translate_many(["a", "b"], source="ar")] == ["[a]", "[b]"]
    assert servicer.requests[1].source_language_code == "ar"
    assert not servicer.requests[1].HasField("decoding")


@pytest.mark.parametrize(
    ("length", "field"),
    [({"sentences": 2}, "sentence_count"), ({"words": 3}, "word_count"), ({"ratio": 0.5}, "ratio")],
)
def test_summarizes_to_the_length_asked_for(client, servicer, length, field):
    assert client.summarize(["a", "b"], to="en", **length).text == "a\nb"
    request = servicer.requests[0]
    assert request.WhichOneof("length") == field
    assert getattr(request, field) == next(iter(length.values()))
    assert request.target_language_code == "en"


def test_a_single_document_is_not_taken_for_its_characters(client, servicer):
    assert client.summarize("نص").text == "نص"
    assert servicer.requests[0].WhichOneof("length") is None
    with pytest.raises(TypeError, match="sequence of texts"):
        client.translate_many("نص")


def test_tells_about_the_server(client):
    assert client.info().version == "1.2.3"


def test_every_call_has_a_deadline(target, servicer):
    with zubda.Client(target, timeout=7) as client:
        client.info()
        assert 3.5 < servicer.time_remaining < 7.5  # clocks of both sides differ a little
        client.info(timeout=3)
        assert 0 < servicer.time_remaining < 3.5
    with zubda.Client(target) as client:
        list(client.stream("a"))
        assert 7.5 < servicer.time_remaining < 60.5


def test_a_call_that_takes_too_long_fails(client):
    with pytest.raises(zubda.DeadlineExceededError):
        client.translate("hang", timeout=0.1)


def test_unavailable_is_tried_again_up_to_four_times(client, servicer):
    for _ in range(3):
        servicer.fail(grpc.StatusCode.UNAVAILABLE)
    assert client.info().version == "1.2.3"
    assert len(servicer.requests) == 4


def test_after_four_attempts_unavailable_is_final(client, servicer):
    for _ in range(5):
        servicer.fail(grpc.StatusCode.UNAVAILABLE, "still loading")
    with pytest.raises(zubda.UnavailableError, match="still loading"):
        client.info()
    assert len(servicer.requests) == 4


@pytest.mark.parametrize(
    "code", [c for c in grpc.StatusCode if c.name not in ("OK", "UNAVAILABLE")]
)
def test_nothing_else_is_tried_again(client, servicer, code):
    servicer.fail(code, "no")
    with pytest.raises(zubda.ZubdaError, match="no"):
        client.info()
    assert len(servicer.requests) == 1


def test_no_server_is_unavailable(tmp_path):
    with (
        zubda.Client(f"unix:{tmp_path}/nobody") as client,
        pytest.raises(zubda.UnavailableError) as caught,
    ):
        client.info()
    assert caught.value.reason == ""


def test_an_error_carries_all_that_the_server_says(client, servicer, rich_details):
    servicer.fail(grpc.StatusCode.INVALID_ARGUMENT, "too long; split it", *rich_details)
    with pytest.raises(zubda.InvalidArgumentError) as caught:
        client.translate("a")
    error = caught.value
    assert str(error) == error.message == "too long; split it"
    assert error.reason == "TEXT_TOO_LONG"
    assert error.violations == (zubda.FieldViolation("texts[0]", "has 200 characters"),)
    assert error.retry_after == 0.25
    assert error.metadata == {"limit": "100"}
    assert error.request_id == "r-17"


def test_a_text_that_the_transport_refuses_says_what_to_do(client):
    with pytest.raises(zubda.InvalidArgumentError, match="split the text") as caught:
        client.translate("x" * 20_000)
    assert caught.value.reason == "MESSAGE_TOO_LARGE"
    assert caught.value.metadata["max_bytes"] == "10000"
    assert int(caught.value.metadata["size_bytes"]) > 20_000


def test_streams_pieces_of_all_texts(client):
    pieces = list(client.stream(["a", "b"]))
    assert [(piece.text_index, piece.text, piece.last) for piece in pieces] == [
        (0, "[a]", True),
        (1, "[b]", True),
    ]


def test_closing_a_stream_cancels_the_call(client, servicer):
    with client.stream("hang") as stream:
        assert next(stream).text == "[hang]"
        assert not servicer.cancelled.is_set()
    assert servicer.cancelled.wait(10)
    assert list(stream) == []


def test_a_stream_raises_what_calls_raise(client, servicer, rich_details):
    servicer.fail(grpc.StatusCode.RESOURCE_EXHAUSTED, "full", *rich_details)
    with pytest.raises(zubda.OverloadedError) as caught:
        list(client.stream("a"))
    assert caught.value.retry_after == 0.25


def test_sends_token_and_name(target, servicer):
    with zubda.Client(target, token="secret") as client:
        client.info()
    assert servicer.metadata["authorization"] == "Bearer secret"
    assert servicer.metadata["user-agent"].startswith(f"zubda-python/{zubda.__version__} ")


def test_without_token_sends_none(client, servicer):
    client.info()
    assert "authorization" not in servicer.metadata


def test_results_can_be_kept_as_json(client):
    from dataclasses import asdict

    kept = json.loads(json.dumps(asdict(client.translate("a"))))
    assert kept["text"] == "[a]"
