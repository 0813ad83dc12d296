"""What the client refuses before any call, with a channel that is never asked."""

from concurrent.futures import ThreadPoolExecutor

import grpc
import grpc_testing
import pytest
from hypothesis import given
from hypothesis import strategies as st

import zubda
from zubda.v1 import zubda_pb2 as pb

METHODS = pb.DESCRIPTOR.services_by_name["ZubdaService"].methods_by_name


@pytest.fixture
def channel(monkeypatch):
    channel = grpc_testing.channel(
        pb.DESCRIPTOR.services_by_name.values(), grpc_testing.strict_real_time()
    )
    monkeypatch.setattr(grpc, "insecure_channel", lambda *_: channel)
    return channel


@pytest.mark.parametrize(
    ("method", "argument", "field"),
    [
        ("translate", "سلام\ud800", "texts[0]"),
        ("translate_many", ["سلام", "سلام\udfff!"], "texts[1]"),
        ("stream", ["سلام\udc80"], "texts[0]"),
        ("summarize", ["سلام", "سلام\ud800\ud800"], "documents[1].text"),
    ],
)
def test_lone_surrogates_are_refused_by_place(method, argument, field):
    with pytest.raises(zubda.InvalidArgumentError) as caught:
        getattr(zubda.Client(), method)(argument)
    assert caught.value.reason == "INVALID_CHARACTER"
    assert caught.value.violations[0].field == field
    assert caught.value.metadata == {"field": field, "offset": "4"}
    assert "at offset 4" in caught.value.message


@given(st.text(), st.integers(0xD800, 0xDFFF), st.text())
def test_a_lone_surrogate_is_found_wherever_it_is(before, surrogate, after):
    with pytest.raises(zubda.InvalidArgumentError) as caught:
        zubda.Client().translate(before + chr(surrogate) + after)
    assert caught.value.metadata["offset"] == str(len(before))


@pytest.mark.parametrize("language", [{"to": "e\ud800"}, {"source": "\ud800"}])
def test_lone_surrogates_in_a_language_code_are_refused(language):
    with pytest.raises(zubda.InvalidArgumentError, match="language_code: holds a lone surrogate"):
        zubda.Client().translate("a", **language)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"beam_size": 0}, "decoding.beam_size: is 0, and must be at least 1"),
        ({"beam_size": 2**31}, "at most 2147483647"),
        ({"alternatives": -1}, "decoding.alternative_count: is -1, and must be at least 0"),
        ({"max_output_tokens": -5}, "decoding.max_output_tokens"),
    ],
)
def test_numbers_that_the_wire_cannot_carry_are_refused(options, message):
    with pytest.raises(zubda.InvalidArgumentError, match=message) as caught:
        zubda.Client().translate("a", **options)
    assert caught.value.reason == "VALUE_OUT_OF_RANGE"


@pytest.mark.parametrize("length", [{"sentences": 10**30}, {"words": -(10**30)}])
def test_huge_lengths_of_a_summary_are_refused(length):
    with pytest.raises(zubda.InvalidArgumentError) as caught:
        zubda.Client().summarize("a", **length)
    assert caught.value.reason == "VALUE_OUT_OF_RANGE"


def test_two_lengths_are_refused():
    with pytest.raises(zubda.InvalidArgumentError, match="one of sentences, words and ratio"):
        zubda.Client().summarize("a", sentences=1, ratio=0.5)


def test_a_text_that_is_no_str_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match=r"texts\[0\] must be a str, not bytes"):
        zubda.Client().translate(b"a")


@pytest.mark.parametrize("ratio", [float("nan"), float("inf"), -1.0, 0.0])
def test_what_the_wire_can_carry_is_left_to_the_server(channel, ratio):
    with ThreadPoolExecutor() as threads:
        future = threads.submit(zubda.Client().summarize, "أ", ratio=ratio)
        _, request, rpc = channel.take_unary_unary(METHODS["Summarize"])
        rpc.terminate(pb.SummarizeResponse(text="ب"), (), grpc.StatusCode.OK, "")
        assert future.result().text == "ب"
    assert request.WhichOneof("length") == "ratio"
    assert repr(request.ratio) == repr(ratio)


def test_a_status_without_details_is_still_explained(channel):
    with ThreadPoolExecutor() as threads:
        future = threads.submit(zubda.Client().info)
        _, _, rpc = channel.take_unary_unary(METHODS["GetServiceInfo"])
        rpc.terminate(None, (), grpc.StatusCode.DEADLINE_EXCEEDED, "")
        with pytest.raises(
            zubda.DeadlineExceededError, match="not done within its timeout"
        ) as caught:
            future.result()
    error = caught.value
    assert (error.reason, error.violations, error.retry_after) == ("", (), None)


@pytest.mark.parametrize("details", [b"\x08\x05\x12\x05other", b"\xff\xff"])
def test_details_that_make_no_sense_do_not_hide_the_error(channel, details):
    with ThreadPoolExecutor() as threads:
        future = threads.submit(zubda.Client().info)
        _, _, rpc = channel.take_unary_unary(METHODS["GetServiceInfo"])
        trailing = (("grpc-status-details-bin", details),)
        rpc.terminate(None, trailing, grpc.StatusCode.INTERNAL, "it broke")
        with pytest.raises(zubda.InternalError, match="it broke"):
            future.result()
