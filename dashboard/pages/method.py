"""Method: what each stage means, what is in the collection, how well it is read, and its limits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import dash
import polars as pl
from babel import Locale
from dash import Dash, dcc, html
from dash.development.base_component import Component

from dashboard import labels
from dashboard.components.reader import RUNGS
from dashboard.site import Site
from tracker import money
from tracker.evaluate import recorded
from tracker.reports import notes
from tracker.schema import CROSSWALK, EXAMPLE, EXTRACTOR, HOLD, MEANING, STATUS, VOCABULARIES

PATH = "/method"
READ = 0.9
"""Of a language that is read, amounts are found at least so well (F1)."""
PUBLISHERS = 20
"""Publishers that the coverage names."""
SCORES = {
    "amount_f1": "Amounts: span, bounds and currency",
    "status": "Stage",
    "hold": "Blocked or cancelled",
    "cumulative": "Running total",
    "donor": "Donor",
    "recipient": "Recipient",
    "aid_type": "Kind of aid",
    "attributed_to": "Who says so",
    "qualifier": "Hedge (about, almost)",
    "per": "A year, a month",
}
"""The scores that are shown, in this order."""
_SETS = {
    "english.jsonl": (("half A", "English, rules written on it"), ("half B", "English, not seen")),
    "idiomatic.jsonl": (("all", "English, harder idiom"),),
}
LIMITS = (
    "An amount needs a number: “billions of dollars” is none. Tables are read a line at a time, "
    "and scanned pages are not read at all.",
    "A stage is what the sentence says. Official books may call the same money something else, "
    "and use another day.",
    "What a text does not say stays “not said”, even where a reader would know.",
    "The collection is what people put into it. That no figure is here means that no stored "
    "document states one, not that there is none.",
    "Two mentions are one figure when nothing that they say tells them apart. Money that two "
    "papers describe very differently may stand as two figures, and a person can decide that.",
)


def layout(site: Site) -> Component:
    """The page."""
    parts = (
        ("stages", "What each stage means", _stages()),
        ("terms", "The terms of others", _terms()),
        ("sums", "Before you add anything up", _sums()),
        ("coverage", "What is in here", _coverage(site)),
        ("scores", "How well it reads", _scores(recorded())),
        ("limits", "What it cannot do", _limits()),
    )
    return html.Main(
        [
            html.H2("How these figures are made", className="headline"),
            html.P(
                "Texts are read by a program of rules. It finds every amount of money, says what "
                "each is, and keeps the words that say so. This page says what its words mean, "
                "what it has read, and how often it is right.",
                className="lead",
            ),
            html.Nav(
                [html.A(title, href=f"#{name}") for name, title, _ in parts],
                className="parts",
                **{"aria-label": "On this page"},
            ),
            *(
                html.Section(
                    [html.H3(title, id=f"{name}-title"), *content],
                    id=name,
                    className="method",
                    **{"aria-labelledby": f"{name}-title"},
                )
                for name, title, content in parts
            ),
        ],
        className="page",
    )


def _stages() -> list[Component]:
    codes = {**STATUS, **HOLD}
    return [
        html.P("From asked for to paid, the way that money goes. An amount is at one stage:"),
        _table(
            ("Stage", "Means", "Example"),
            [
                (
                    [_ladder(code), html.Strong(label)],
                    _sentence(MEANING[code]),
                    html.Span(_example(EXAMPLE[code]), className="example"),
                )
                for code, label in codes.items()
            ],
            "stages-title",
        ),
        html.P(
            "In the examples the amount is marked, and the words that decide are underlined. "
            "Blocked and cancelled stand beside a stage: what was voted down is requested and "
            "cancelled."
        ),
    ]


def _ladder(code: str) -> Component:
    """The position of a stage; that of a hold is drawn at every stage that it can stand at."""
    at = RUNGS.index(code) if code in RUNGS else -1
    held = code if code in HOLD else ""
    return html.Span(
        [
            html.I(className=f"at {held}".strip() if held or place == at else "")
            for place in range(len(RUNGS))
        ],
        className="ladder",
        **{"aria-hidden": "true"},
    )


def _example(marked: str) -> list[Any]:
    """A sentence of `EXAMPLE`: **the amount** marked, *the words that decide* underlined."""
    parts: list[Any] = []
    for piece in re.split(r"(\*\*.+?\*\*|\*.+?\*)", marked):
        bare = piece.strip("*")
        if piece.startswith("**"):
            parts.append(html.Mark(bare))
        else:
            parts.append(html.U(bare) if piece.startswith("*") else bare)
    return parts


def _terms() -> list[Component]:
    codes = {**STATUS, **HOLD}
    return [
        html.P(
            "The nearest terms of four other vocabularies. Nearest is not equal: “commitment” is "
            "a promise for Kiel and a signed obligation for FTS and IATI. The words of the source "
            "itself are kept beside every stage."
        ),
        _table(
            ("Stage", *VOCABULARIES.values()),
            [
                (codes[code], *(terms.get(name, "") for name in VOCABULARIES))
                for code, terms in CROSSWALK.items()
            ],
            "terms-title",
        ),
    ]


def _sums() -> list[Component]:
    return [html.Ul([html.Li(caveat) for caveat in notes.CAVEATS])]


def _coverage(site: Site) -> list[Component]:
    documents = site.query.documents()
    if documents.is_empty():
        return [html.P("Nothing is stored yet.")]
    dated = documents.drop_nulls("published").sort("published")
    facts = [
        ("Documents", f"{documents.height:,}"),
        ("Amounts", f"{site.query.count():,}"),
        ("Figures", f"{site.catalogue.count():,} (an amount of one flow at one stage, once)"),
        ("Publishers", _publishers_said(documents)),
        ("Published", _dates(dated, documents.height - dated.height)),
        ("Last read in", _moment(documents)),
        ("Languages", _languages(documents)),
        ("Left out", _left_out(documents)),
        ("Data version", f"{site.query.version:,}, amounts read by {_extractors(documents)}"),
    ]
    rows = (
        documents.drop_nulls("publisher")
        .group_by("publisher")
        .agg(
            pl.len().alias("documents"), pl.col("mentions").sum(),
            first=pl.col("published").min(), last=pl.col("published").max(),
        )
        .sort(["documents", "publisher"], descending=[True, False])
    )  # fmt: skip
    shown = [
        (
            dcc.Link(row["publisher"], href=_documents_of(row["publisher"])),
            f"{row['documents']:,}",
            f"{row['mentions']:,}",
            " to ".join(
                dict.fromkeys(labels.day(row[name], short=True) for name in ("first", "last"))
            ),
        )
        for row in rows.head(PUBLISHERS).to_dicts()
    ]
    more = rows.height - len(shown)
    return [
        html.Dl(
            [element for name, fact in facts if fact for element in (html.Dt(name), html.Dd(fact))],
            className="facts",
        ),
        *(
            [_table(("Publisher", "Documents", "Amounts", "Published"), shown, None, (1, 2))]
            if shown
            else []
        ),
        *([html.P(f"and {more:,} more publishers", className="note")] if more > 0 else []),
    ]


def _documents_of(publisher: str) -> str:
    escaped = re.sub(r"([\\,])", r"\\\1", publisher)
    return f"/documents?{urlencode({'publisher': escaped})}"


def _publishers_said(documents: pl.DataFrame) -> str:
    known = documents["publisher"].n_unique() - (1 if documents["publisher"].null_count() else 0)
    unknown = documents["publisher"].null_count()
    return f"{known:,}" + (f"; of {labels.count(unknown, 'document')} not known" if unknown else "")


def _dates(dated: pl.DataFrame, undated: int) -> str:
    if dated.is_empty():
        return "no date known"
    ends = [
        labels.day(row["published"], row["published_precision"])
        for row in (dated.row(0, named=True), dated.row(-1, named=True))
    ]
    said = " to ".join(dict.fromkeys(ends))
    return f"{said}; {labels.count(undated, 'document')} undated" if undated else said


def _moment(documents: pl.DataFrame) -> str | None:
    last = documents["retrieved"].max()
    return f"{labels.day(last.date())}, {last:%H:%M} UTC" if last else None  # type: ignore[union-attr, arg-type]


def _languages(documents: pl.DataFrame) -> str:
    counts = documents["language"].value_counts(sort=True).rows()
    return ", ".join(
        f"{language_name(code) if code else 'not known'} ({number:,})" for code, number in counts
    )


def _left_out(documents: pl.DataFrame) -> str | None:
    told = [
        (documents["superseded_by"].is_not_null().sum(), "replaced by a newer version"),
        (documents["withdrawn"].sum(), "withdrawn"),
        ((documents["mentions"] == 0).sum(), "without an amount"),
    ]
    return ", ".join(f"{number:,} {why}" for number, why in told if number) or None


def _extractors(documents: pl.DataFrame) -> str:
    names = sorted(documents["extracted_by"].drop_nulls().unique())
    return ", ".join(names) or "nobody yet"


def _scores(kept: Mapping[str, Any]) -> list[Component]:
    parts = {entry["file"]: entry["parts"] for entry in kept["files"]}
    columns = [
        (title, parts[file][name])
        for file, names in _SETS.items()
        for name, title in names
        if file in parts
    ]
    unseen = parts["english.jsonl"]["half B"]["scores"]
    return [
        html.P(
            f"Measured with extractor {kept['extractor']} on passages that were annotated by hand. "
            f"Of 100 amounts in English passages that it had not seen, it finds "
            f"{100 * unseen['amount_recall']:.0f}; of those that it finds, it says the right "
            f"stage of {100 * unseen['status']:.0f}. Two annotators agree on 97 of 100."
        ),
        *(
            [html.P(f"This server reads with {EXTRACTOR}.", className="warning")]
            if kept["extractor"] != EXTRACTOR
            else []
        ),
        _table(
            ("Share that is right", *(title for title, _ in columns)),
            [
                ("Passages", *(f"{part['passages']:,}" for _, part in columns)),
                ("Amounts in them", *(f"{part['amounts']:,}" for _, part in columns)),
                *(
                    (title, *(f"{part['scores'][name]:.3f}" for _, part in columns))
                    for name, title in SCORES.items()
                ),
            ],
            "scores-title",
            tuple(range(1, len(columns) + 1)),
        ),
        *_other_languages(parts),
        html.P(
            "For amounts the number is F1, the balance of what is missed and what is read "
            "wrongly; for tags it is the share of matched amounts whose tag is right, “not said” "
            "included.",
            className="note",
        ),
    ]


def _other_languages(parts: Mapping[str, Any]) -> list[Component]:
    """The languages of the gold beside English, one a line."""
    rows = [
        (language_name(code), part["passages"], part["scores"])
        for file in parts
        if file not in _SETS
        for code, part in parts[file].items()
        if len(code) <= 3 and code != "all"
    ]
    if not rows:
        return []
    names = ("amount_f1", "status", "donor", "recipient")
    unread = [language for language, _, scores in rows if scores["amount_f1"] < READ]
    return [
        html.H4("Other languages"),
        *(
            [html.P(f"Not read yet: {', '.join(unread)}. What is found there is found by chance.")]
            if unread
            else []
        ),
        _table(
            ("Language", "Passages", *(SCORES[name].split(":")[0] for name in names)),
            [
                (language, f"{passages:,}", *(f"{scores[name]:.3f}" for name in names))
                for language, passages, scores in rows
            ],
            None,
            tuple(range(1, 2 + len(names))),
        ),
    ]


def language_name(code: str) -> str:
    """The English name of an ISO 639-1 code; the code for one that is not known."""
    return str(Locale("en").languages.get(code, code))


def _limits() -> list[Component]:
    rates = (
        f"Amounts are converted with the European Central Bank's reference rates of "
        f"{len(money.currencies())} currencies. For others there is no rate, and none is guessed."
    )
    return [
        html.Ul([html.Li(limit) for limit in (*LIMITS, rates)]),
        html.P(
            [
                "Every number leads to its quote: when in doubt, read the sentence. ",
                dcc.Link("Check a number", href="/check"),
                " or ",
                dcc.Link("open a document", href="/documents"),
                ".",
            ]
        ),
    ]


def _table(
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    named_by: str | None,
    numbers: Sequence[int] = (),
) -> Component:
    """A table whose first column heads its rows; `numbers` are the columns set to the right."""

    def class_of(place: int) -> str:
        return "number" if place in numbers else ""

    body = [
        html.Tr(
            [
                html.Th(row[0], scope="row"),
                *(
                    html.Td(cell, className=class_of(place))
                    for place, cell in enumerate(row[1:], start=1)
                ),
            ]
        )
        for row in rows
    ]
    headings = [
        html.Th(name, scope="col", className=class_of(place)) for place, name in enumerate(head)
    ]
    named = {"aria-labelledby": named_by} if named_by else {}
    return html.Div(
        html.Table([html.Thead(html.Tr(headings)), html.Tbody(body)], **named),
        className="scroll-x",
        tabIndex=0,
        role="group",
        **{"aria-label": head[0]},
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def register(app: Dash, site: Site) -> None:
    """Puts the page into the app."""
    dash.register_page(
        __name__,
        path=PATH,
        title="Method",
        layout=lambda step=None, **_: layout(site),
    )
