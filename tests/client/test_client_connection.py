"""Where the client connects, and when it lets a token go."""

# ruff: noqa: S106 - the tokens are no secrets

import pytest

import zubda
from zubda._channel import connection


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("news.example", "news.example:50051"),
        ("127.0.0.1", "127.0.0.1:50051"),
        ("[::1]", "[::1]:50051"),
        ("news.example:80", "news.example:80"),
        ("unix:/run/zubda", "unix:/run/zubda"),
        ("dns:///news.example:80", "dns:///news.example:80"),
    ],
)
def test_the_port_can_be_left_out(target, expected):
    assert connection(target, token=None, tls=False).target == expected


@pytest.mark.parametrize(
    "target",
    [
        "localhost:50051", "localhost", "127.0.0.1:1", "127.8.9.1", "[::1]:1", "unix:/run/zubda",
        "unix-abstract:zubda", "ipv4:127.0.0.1:1,127.0.0.2:1", "ipv6:[::1]:1",
        "dns:///localhost:1", "dns:localhost",
    ],
)  # fmt: skip
def test_a_token_may_go_to_this_machine(target):
    metadata = connection(target, token="t", tls=False).metadata
    assert metadata == (("authorization", "Bearer t"),)


@pytest.mark.parametrize(
    "target",
    [
        "news.example", "10.0.0.1:1", "[2001:db8::1]:1", "ipv4:127.0.0.1:1,10.0.0.1:1",
        "localhost.example:1", "dns:///news.example:1", "127.0.0.1.example:1", "",
    ],
)  # fmt: skip
def test_a_token_does_not_cross_a_network_in_plain_text(target):
    with pytest.raises(ValueError, match="use TLS"):
        zubda.Client(target, token="t")
    with zubda.Client(target or "x", token="t", tls=True):
        pass


@pytest.mark.parametrize("token", ["ключ", "two\nlines"])
def test_a_token_that_no_header_can_carry_is_refused(token):
    with pytest.raises(ValueError, match="printable ASCII"):
        zubda.Client("localhost", token=token)
