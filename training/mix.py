"""What each corpus is for, and how much of what the model reads comes from it.

A corpus' *share* is the part of all target tokens that is drawn from its group, whatever its
size: half of the pairs on hand document business software, while the model's work is the news.
Within a group a corpus is read in proportion to its size times its own factor.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Corpora that are mixed as one.

    Attributes:
        share: part of the target tokens drawn from this group (the shares are renormalised
            over the groups that are present).
        sources: name of the corpus (its file name up to the first dot) → factor on its size.
        lexicon: whether the lines are dictionary entries rather than sentences.

    """

    share: float
    sources: dict[str, float]
    lexicon: bool = False


def _equal(*names: str) -> dict[str, float]:
    return dict.fromkeys(names, 1.0)


GROUPS: dict[str, Group] = {
    "news": Group(0.30, {"news_ant": 1.0, "news_composed": 2.0}),
    "encyclopedia": Group(
        0.22,
        {
            "sent_pud": 2.0,
            "sent_tico19": 1.2,
            "sent_xquad": 1.5,
            "sent_mtgeneval": 1.0,
            "sent_mintaka_dev": 1.0,
        },
    ),
    "everyday": Group(
        0.10, {"sent_tatoeba": 1.0, "african_storybook": 3.0, "sent_african_storybook": 1.0}
    ),
    "public": Group(
        0.05,
        _equal(
            "open_sdg",
            "sent_un_sdg",
            "sent_udhr",
            "sent_vote_gov",
            "sent_covid_dotw",
            "sent_meedan_check",
            "sent_sahana_eden",
            "opensource_guide",
            "mozilla_www",
            "bitcoin_org",
        ),
    ),
    "scripture": Group(0.06, _equal("sent_bible_svd_web")),
    "technical": Group(
        0.06,
        _equal(
            "freecodecamp",
            "react_docs",
            "owasp_docs",
            "godot",
            "android_aosp",
            "wikipedia_android",
            "eol",
            "tldr_pages",
            "nodejs_org",
            "monero_site",
            "chatwoot",
            "sent_uwazi",
            "mslearn_labs",
            "ms_security101",
            "ms_ai_agents_beginners",
            "ms_iot_beginners",
            "ms_edgeai_beginners",
            "ms_azd_beginners",
            "ms_mcp_retail",
        ),
    ),
    "office": Group(
        0.12,
        {
            "ms_dynamics365_ops_ht": 1.0,
            "ms_project_operations_ht": 1.0,
            "ms_project_operations_live": 1.0,
            "ms_customer_insights_ht": 2.0,
            "ms_customer_insights_live": 2.0,
            "ms_alchemy_insights_ht": 3.0,
            "ms_alchemy_insights_mt": 0.5,
        },
    ),
    "names": Group(
        0.06,
        {
            "lex_arwikicats": 2.0,
            "lex_hkiri_named_entities": 1.0,
            "lex_wikidata_name_tokens": 0.7,
            "lex_cities_dr5hn": 0.4,
            "lex_google_ar2en_names": 1.0,
            "lex_palestine_names": 0.5,
            "lex_egypt_places": 1.0,
            "lex_cldr_iso_countries": 4.0,
            "lex_un_country_names": 4.0,
        },
        lexicon=True,
    ),
    "terms": Group(0.01, _equal("lex_tico19_terms", "lex_sahana_eden", "lex_un_sdg"), lexicon=True),
}
