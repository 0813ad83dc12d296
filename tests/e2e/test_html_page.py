"""The page of ``summarize --html`` in a real browser: headless Chromium."""

import base64
import json
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
WIDE, TABLET, PHONE = (1440, 900), (900, 1200), (390, 844)

needs_browser = pytest.mark.skipif(
    not (shutil.which("chromium") and shutil.which("chromedriver")),
    reason="needs Chromium and its driver (Debian: chromium, chromium-driver)",
)
pytestmark = needs_browser


class Browser:
    """A browser, driven by the W3C's WebDriver protocol: https://www.w3.org/TR/webdriver2."""

    def __init__(self, driver: str, profile: Path) -> None:
        self._driver = driver
        flags = (
            "headless no-sandbox disable-gpu disable-quic no-first-run hide-scrollbars "
            "disable-background-networking disable-component-update disable-sync "
            f"user-data-dir={profile}"
        )
        options = {"args": [f"--{flag}" for flag in flags.split()]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL"}}
        session = self._ask("POST", "/session", capabilities={"alwaysMatch": wanted})
        self._session = f"/session/{session['sessionId']}"

    def close(self) -> None:
        self._ask("DELETE", self._session)

    def post(self, command: str, **arguments: Any) -> Any:
        return self._ask("POST", f"{self._session}/{command}", **arguments)

    def open(self, page: Path, size: tuple[int, int] = WIDE, scheme: str = "light") -> None:
        """Show a page in a window of this inner size, as people see it who like this scheme."""
        self._develop(
            "Emulation.setDeviceMetricsOverride",
            width=size[0], height=size[1], deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        scheme_wanted = {"name": "prefers-color-scheme", "value": scheme}
        self._develop("Emulation.setEmulatedMedia", features=[scheme_wanted])
        self.post("url", url="about:blank")
        self.post("url", url=page.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        """What a function body of JavaScript returns."""
        return self.post("execute/sync", script=script, args=arguments)

    def click(self, selector: str) -> None:
        found = self.post("element", using="css selector", value=selector)
        (element,) = found.values()
        self.post(f"element/{element}/click")

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last time."""
        entries = self.post("se/log", type="performance")
        events = [json.loads(entry["message"])["message"] for entry in entries]
        return [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]

    def screenshot(self) -> bytes:
        return base64.b64decode(self._ask("GET", f"{self._session}/screenshot"))

    def pdf(self) -> bytes:
        return base64.b64decode(self.post("print"))

    def _develop(self, command: str, **parameters: Any) -> None:
        self.post("goog/cdp/execute", cmd=command, params=parameters)

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        data = None if method == "GET" else json.dumps(body).encode()
        request = urllib.request.Request(self._driver + path, data, method=method)  # noqa: S310
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return json.load(answer)["value"]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with subprocess.Popen(
        ["chromedriver", "--port=0"],  # noqa: S607 - the one on the path is meant
        stdout=subprocess.PIPE,
        text=True,
    ) as driver:
        started = (re.search(r"on port (\d+)\.", line) for line in driver.stdout)
        port = next(filter(None, started))[1]
        browser = Browser(f"http://127.0.0.1:{port}", tmp_path_factory.mktemp("profile"))
        yield browser
        browser.close()
        driver.terminate()
        driver.stdout.read()


@pytest.fixture(scope="module")
def digest(zubda, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the digest of the examples, in English."""
    return make(zubda, tmp_path_factory.mktemp("page") / "digest.html", *EXAMPLES, "--to", "en")


def make(zubda, path: Path, *arguments: str | Path) -> Path:
    done = zubda("summarize", *arguments, "--sentences", "5", "--html", path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b"\n") == 5, "the text is written as well"
    return path


def boxes(browser: Browser, selector: str) -> list[dict[str, float]]:
    """Where the elements are, in pixels of the window."""
    return browser.run(
        "return [...document.querySelectorAll(arguments[0])]"
        ".map(e => e.getBoundingClientRect().toJSON())",
        selector,
    )


@pytest.mark.parametrize("size", [WIDE, TABLET], ids=["wide", "tablet"])
def test_arabic_stands_right_of_the_english(browser, digest, size) -> None:
    browser.open(digest, size)
    english = boxes(browser, ".texts > p:first-child")
    arabic = boxes(browser, ".texts > p:last-child")
    assert len(english) == len(arabic) == 5
    for one, other in zip(english, arabic, strict=True):
        assert one["right"] < other["left"]
        assert abs(one["top"] - other["top"]) < 20
    directions = browser.run(
        "return [...document.querySelectorAll('.texts > p')]"
        ".map(e => getComputedStyle(e).direction)"
    )
    assert directions == ["ltr", "rtl"] * 5


def test_a_phone_shows_one_under_the_other_and_nothing_beyond_its_edge(browser, digest) -> None:
    browser.open(digest, PHONE)
    english = boxes(browser, ".texts > p:first-child")
    arabic = boxes(browser, ".texts > p:last-child")
    assert all(one["bottom"] <= other["top"] for one, other in zip(english, arabic, strict=True))
    assert browser.run("return document.documentElement.scrollWidth") == PHONE[0]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_citation_leads_to_its_highlighted_sentence(browser, digest, size) -> None:
    browser.open(digest, size)
    quiet = background(browser, "mark")
    browser.click("#s3 .cites a")
    (target,) = boxes(browser, "mark:target")
    assert 0 <= target["top"] < target["bottom"] <= size[1], "it is in sight"
    assert background(browser, "mark:target") != quiet
    cited, behind = browser.run(
        "const mark = document.querySelector('mark:target').cloneNode(true);"
        "mark.querySelectorAll('.back').forEach(e => e.remove());"
        "return [mark.textContent, document.querySelector('#s3 .texts > p:last-child').textContent]"
    )
    assert cited == behind
    browser.click("mark:target .back a")
    assert browser.run("return location.hash") == "#s3"
    (sentence,) = boxes(browser, "#s3")
    assert 0 <= sentence["top"] < size[1]


def background(browser: Browser, selector: str) -> str:
    return browser.run(
        "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor", selector
    )


def test_with_room_the_summary_stays_in_sight(browser, digest) -> None:
    browser.open(digest, WIDE)
    browser.click("#s1 .cites a")
    for shown in ("#s1", "mark:target"):
        (box,) = boxes(browser, shown)
        assert 0 <= box["top"] < box["bottom"] <= WIDE[1]


def test_both_sides_of_a_contradiction_lead_to_their_value(browser, digest) -> None:
    """The second of the examples states another cost than the others."""
    browser.open(digest)
    values = []
    for claim in range(2):
        browser.click(f".claim:nth-of-type({claim + 1}) a")
        (target,) = boxes(browser, "mark:target .value")
        assert 0 <= target["top"] < target["bottom"] <= WIDE[1]
        values.append(browser.run("return document.querySelector(':target .value').textContent"))
    assert values == ["5.6 مليار", "4.9 مليار"]


def test_nothing_but_the_page_is_asked_for(browser, digest) -> None:
    browser.requests()
    browser.open(digest)
    browser.click(".cites a")
    asked = [url for url in browser.requests() if not url.startswith("about:")]
    assert {url.partition("#")[0] for url in asked} == {digest.as_uri()}
    assert (
        browser.run(
            "return document.scripts.length + performance.getEntriesByType('resource').length"
        )
        == 0
    )


def test_every_link_has_a_target_and_every_id_is_unique(browser, digest) -> None:
    browser.open(digest)
    missing = browser.run(
        "return [...document.links].map(a => a.getAttribute('href'))"
        ".filter(href => document.querySelectorAll(href).length != 1)"
    )
    assert missing == []


def test_the_documents_are_shown_whole(browser, digest) -> None:
    browser.open(digest)
    shown = browser.run(
        "document.querySelectorAll('.back').forEach(e => e.remove());"
        "return [...document.querySelectorAll('.document')].map(e => e.textContent)"
    )
    assert [text.split() for text in shown] == [
        page.read_text("utf-8").split() for page in EXAMPLES
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable(browser, digest, scheme) -> None:
    """The contrast that WCAG 2.2 asks for (1.4.3, level AA)."""
    browser.open(digest, scheme=scheme)
    browser.click("#s1 .cites a")
    page = browser.run("return getComputedStyle(document.body).backgroundColor")
    assert (luminance(page) < 0.5) == (scheme == "dark")
    pairs = browser.run(
        """
        const painted = e => {
            const colour = getComputedStyle(e).backgroundColor;
            return colour == 'rgba(0, 0, 0, 0)' ? painted(e.parentElement) : colour;
        };
        const all = [...document.querySelectorAll('body *')].filter(
            e => [...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())
        );
        return all.map(e => [getComputedStyle(e).color, painted(e), e.outerHTML.slice(0, 80)]);
        """
    )
    assert len(pairs) > 100
    poor = [what for ink, paper, what in pairs if contrast(ink, paper) < 4.5]
    assert poor == []


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance as WCAG defines it."""
    linear = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (int(part) / 255 for part in re.findall(r"\d+", colour)[:3])
    )
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_it_can_be_photographed_and_printed(browser, digest) -> None:
    browser.open(digest)
    # Blank images compress to a few kB.
    assert len(browser.screenshot()) > 50_000
    assert browser.pdf().startswith(b"%PDF-")


def test_an_arabic_summary_is_one_column(browser, zubda, tmp_path) -> None:
    browser.open(make(zubda, tmp_path / "page.html", EXAMPLES[3]))
    assert len(boxes(browser, ".sentences > li")) == len(boxes(browser, ".texts > p")) == 5
    assert (
        browser.run("return getComputedStyle(document.querySelector('.texts > p')).direction")
        == "rtl"
    )
