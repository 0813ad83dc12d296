"""How good the choice of sentences is: ``python -m benchmarks.summaries [--easc PATH] [--search]``.

Three measurements, all with the bundled encoder:

* whether pairs of sentences are told for what they are, the same statement or another one
  (``data/statement_pairs.tsv``);
* how many marked key sentences a summary of as many sentences recovers
  (``data/key_sentences.txt``: documents that open with them, and documents that do not);
* ROUGE-1 on EASC (El-Haj, Kruschwitz and Fox, 2010), where PATH is its ``easc.jsonl``.

The weights of the release were found by ``--search`` on every other document of
``key_sentences.txt``; the other half is only reported, and so is EASC.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import numpy as np

from zubda_models.bundle import DEFAULT_SENTENCE_ENCODER, find_model
from zubda_models.summarization.candidates import Sentence, candidates, read_sentences
from zubda_models.summarization.encoder import SentenceEncoder
from zubda_models.summarization.ranking import WEIGHTS, Weights, choose, salience
from zubda_models.summarization.statements import SAME_STATEMENT, Statements, Vector
from zubda_models.text.boilerplate import fold
from zubda_models.text.normalize import normalize
from zubda_models.text.page import BlockRole, read_page

DATA = Path(__file__).parent / "data"
GRID = {
    "centroid": (0.1, 0.2, 0.3, 0.4, 0.5),
    "headline": (0.0, 0.05, 0.1, 0.15, 0.2),
    "recurrence": (0.1, 0.2, 0.3, 0.4, 0.5),
    "length": (0.0, 0.1, 0.2, 0.3),
    "position": (0.4, 0.8, 1.2, 1.6, 2.0),
    "concrete": (0.0, 0.05, 0.1, 0.15, 0.2),
    "timely": (0.0, 0.05, 0.1, 0.15),
    "distrust": (-1.0, -0.75, -0.5, -0.25, 0.0),
    "trust": (0.25, 0.5, 0.75, 1.0),
}
_ROUNDS = 3
_TOKEN = re.compile(r"[^\W_]+")

Method = Callable[["Page"], Sequence[Sentence]]


@dataclass(frozen=True)
class Page:
    """A document, ready to be summarized with any weights."""

    sentences: list[Sentence]
    statements: Statements
    headline: Vector | None
    max_sentences: float
    max_words: float

    @classmethod
    def read(
        cls,
        text: str,
        encoder: SentenceEncoder,
        *,
        max_sentences: float = float("inf"),
        max_words: float = float("inf"),
    ) -> "Page":
        """Clean, segment and embed ``text``."""
        page = read_page(text)
        sentences = candidates(read_sentences(0, text, page))
        texts = [sentence.text for sentence in sentences]
        headings = [b.span.of(text) for b in page.blocks if b.role is BlockRole.HEADLINE]
        headline = encoder.encode([normalize(h) for h in headings]) if headings else None
        vectors = encoder.encode([normalize(sentence) for sentence in texts])
        return cls(sentences, Statements.read(texts, vectors), headline, max_sentences, max_words)

    def summary(self, weights: Weights) -> list[Sentence]:
        """The sentences that are chosen with these weights."""
        nobody = np.zeros(len(self.sentences), np.float32)
        scores = salience(self.sentences, self.statements, self.headline, nobody, weights)
        chosen = choose(
            self.sentences,
            self.statements.vectors,
            scores,
            same=self.statements.likeness(self.statements) >= SAME_STATEMENT,
            max_sentences=self.max_sentences,
            max_words=self.max_words,
        )
        return [self.sentences[i] for i in sorted(chosen)]

    def first_of(self, sentences: Iterable[Sentence]) -> list[Sentence]:
        """As many of ``sentences`` as are asked for, in their order."""
        taken: list[Sentence] = []
        for sentence in sentences:
            words = sum(s.words for s in taken) + sentence.words
            if taken and (words > self.max_words or len(taken) >= self.max_sentences):
                break
            taken.append(sentence)
        return taken


@dataclass(frozen=True)
class Marked:
    """A document with marked key sentences."""

    buried: bool
    """Whether it opens with something else."""

    page: Page
    keys: frozenset[str]


def lead(page: Page) -> list[Sentence]:
    """The first sentences."""
    return page.first_of(page.sentences)


def shuffled(seed: int) -> Method:
    """Sentences drawn by lot."""

    def method(page: Page) -> list[Sentence]:
        order = list(page.sentences)
        random.Random(f"{seed} {order[0].text}").shuffle(order)  # noqa: S311 - a baseline
        return page.first_of(order)

    return method


def tokens(text: str) -> Counter[str]:
    """The words that ROUGE counts: runs of letters and digits, in one spelling (``fold``)."""
    return Counter(_TOKEN.findall(fold(text)))


def rouge1(summary: str, reference: str) -> tuple[float, float]:
    """Recall and F1 of single words (Lin, 2004), each counted as often as both have it."""
    found, wanted = tokens(summary), tokens(reference)
    common = (found & wanted).total()
    if not common:
        return 0.0, 0.0
    recall, precision = common / wanted.total(), common / found.total()
    return recall, 2 * recall * precision / (recall + precision)


def coverage(documents: Iterable[Marked], method: Method) -> tuple[float, float]:
    """The share of key sentences that are chosen, and of their words (ROUGE-1 recall)."""
    shares, recalls = [], []
    for document in documents:
        chosen = [sentence.text for sentence in method(document.page)]
        shares.append(len(document.keys.intersection(chosen)) / len(document.keys))
        recalls.append(rouge1(" ".join(chosen), " ".join(document.keys))[0])
    return mean(shares), mean(recalls)


def read_marked(encoder: SentenceEncoder) -> list[Marked]:
    """The documents of ``key_sentences.txt``."""
    marked = []
    text = (DATA / "key_sentences.txt").read_text(encoding="utf-8")
    for part in text.removeprefix("# ").split("\n# "):
        head, *lines = part.strip().split("\n")
        kind, title = head.split(" | ")
        keys = frozenset(line[2:] for line in lines if line.startswith("* "))
        body = "\n".join(line.removeprefix("* ") for line in lines)
        page = Page.read(f"{title}\n\n{body}", encoder, max_sentences=len(keys))
        marked.append(Marked(kind == "buried", page, keys))
    return marked


def search(documents: Sequence[Marked]) -> Weights:
    """Coordinate ascent from the weights of the release, on the worse kind and the mean."""

    def value(weights: Weights) -> float:
        kinds = [
            coverage([d for d in documents if d.buried is buried], lambda p: p.summary(weights))[1]
            for buried in (False, True)
        ]
        return min(kinds) + mean(kinds)

    best = WEIGHTS
    reached = value(best)
    for _ in range(_ROUNDS):
        for name, candidates_ in GRID.items():
            for candidate in candidates_:
                tried = replace(best, **{name: candidate})
                if tried.distrust < tried.trust and (now := value(tried)) > reached + 1e-6:
                    best, reached = tried, now
    return best


def report_pairs(encoder: SentenceEncoder) -> None:
    """Print how pairs of sentences are told."""
    lines = (DATA / "statement_pairs.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    sides = []
    for column in (1, 2):
        texts = [row[column] for row in rows]
        sides.append(Statements.read(texts, encoder.encode([normalize(t) for t in texts])))
    told = sides[0].likeness(sides[1]).diagonal() >= SAME_STATEMENT
    same = np.array([row[0] == "same" for row in rows])
    print(
        f"{len(rows)} pairs of sentences: precision {(told & same).sum() / told.sum():.3f}, "
        f"recall {(told & same).sum() / same.sum():.3f}"
    )


def report_coverage(documents: Sequence[Marked]) -> None:
    """Print the coverage of key sentences on the half that the weights have not seen."""
    rows: dict[str, list[Method]] = {
        "lead": [lead],
        "random": [shuffled(seed) for seed in range(20)],
        "zubda": [lambda page: page.summary(WEIGHTS)],
    }
    for half, part in (("searched", documents[0::2]), ("held out", documents[1::2])):
        for buried in (False, True):
            kind = [d for d in part if d.buried is buried]
            for name, methods in rows.items():
                pairs = [coverage(kind, method) for method in methods]
                sentences, words = (mean(column) for column in zip(*pairs, strict=True))
                where = "not first" if buried else "first"
                print(
                    f"{half} | keys {where} ({len(kind)} documents) | {name}: "
                    f"sentences {sentences:.3f}, words {words:.3f}"
                )


def report_easc(path: Path, encoder: SentenceEncoder) -> None:
    """Print ROUGE-1 F1 on EASC; the budget is the mean length of an article's references."""
    scores: dict[str, list[float]] = {"lead": [], "random": [], "zubda": []}
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        budget = mean(len(reference.split()) for reference in article["summaries"])
        page = Page.read(article["text"], encoder, max_words=budget)
        for name, chosen in (
            ("lead", lead(page)),
            ("random", shuffled(0)(page)),
            ("zubda", page.summary(WEIGHTS)),
        ):
            text = " ".join(sentence.text for sentence in chosen)
            scores[name].append(mean(rouge1(text, r)[1] for r in article["summaries"]))
    for name, values in scores.items():
        print(f"EASC ({len(values)} articles) | {name}: ROUGE-1 {100 * mean(values):.1f}")


def main() -> None:
    """Run the measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--easc", type=Path, help="easc.jsonl; without it EASC is left out")
    parser.add_argument("--search", action="store_true", help="search the weights first")
    options = parser.parse_args()
    encoder = SentenceEncoder(find_model(DEFAULT_SENTENCE_ENCODER))
    documents = read_marked(encoder)
    if options.search:
        print(f"searched: {search(documents[0::2])}")
    report_pairs(encoder)
    report_coverage(documents)
    if options.easc:
        report_easc(options.easc, encoder)


if __name__ == "__main__":
    main()
