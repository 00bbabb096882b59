"""Which mentions are one figure; and that neither order nor number of updates matters."""

import dataclasses
import datetime as dt
from itertools import combinations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import make_document, make_mention

from tracker.figures import Book
from tracker.figures.relations import also_stated_as, possibly_same, why
from tracker.store.frame import frame_of

DAY = dt.date(2024, 3, 1)
BASE = {"status": "pledged", "donor": "DEU", "recipient": "KEN"}


def document(number, published=DAY, **known):
    text = f"Document {number} states 100 million dollars, 200 million dollars and 1 euro."
    return make_document(text, published=published, published_precision="day", **known)


def mention(of, amount=100e6, **tags):
    quote = tags.pop("quote", "100 million dollars")
    margin = tags.pop("margin", 0.01) * amount
    tags = BASE | {"low": amount - margin, "high": amount + margin} | tags
    return make_mention(of, quote, amount, **tags)


def groups(book):
    return {frozenset(ids) for ids in book.figures["mention_ids"]}


def two(first=None, second=None, published=DAY, other_published=DAY):
    """Whether two mentions of two documents, with these tags, are one figure."""
    documents = [document(1, published), document(2, other_published)]
    # Sentences of their own: neither is a copy of the other.
    mentions = [
        dataclasses.replace(mention(d, **(tags or {})), sentence=sentence)
        for d, tags, sentence in zip(
            documents, (first, second),
            ("Berlin said so today at noon.", "A ministry in the west told reporters."),
            strict=True,
        )
    ]  # fmt: skip
    book = Book(frame_of(mentions, documents))
    reason = why(book, *(m.mention_id for m in mentions))
    assert reason.same == (book.figures.height == 1)
    return reason


def test_the_same_amount_of_the_same_flow_is_one_figure():
    assert two() == (
        True,
        "parties",
        "Their amounts overlap and nothing that both say contradicts; both name Germany and Kenya.",
    )


@pytest.mark.parametrize(
    ("tags", "reason"),
    [
        ({"currency": "EUR"}, "currency"), ({"per": "year"}, "per"), ({"amount": 103e6}, "amount"),
        ({"status": "disbursed"}, "status"), ({"donor": "FRA"}, "donor"),
        ({"recipient": "ETH"}, "recipient"), ({"cumulative": True}, "cumulative"),
    ],
)  # fmt: skip
def test_what_both_say_and_say_otherwise_parts_them(tags, reason):
    found = two(second=tags)
    assert (found.same, found.reason) == (False, reason)


@pytest.mark.parametrize(
    ("tag", "one", "other"),
    [("hold", "blocked", "cancelled"), ("aid_type", "military", "humanitarian"),
     ("instrument", "loan", "grant")],
)  # fmt: skip
def test_silence_contradicts_nothing_but_two_words_do(tag, one, other):
    assert two({tag: one}, {tag: None}).same
    assert two({tag: one}, {tag: one}).same
    found = two({tag: one}, {tag: other})
    assert (found.same, found.reason) == (False, tag)


def test_a_stage_not_said_contradicts_no_stage():
    assert two(second={"status": "unspecified"}).same
    # The size of a cut is another matter.
    cut = {"status": "unspecified", "hold": "cancelled"}
    assert two(second=cut).reason == "hold"
    assert two(cut, cut).same
    assert two(second={"hold": "cancelled"}).same


@pytest.mark.parametrize("party", ["donor", "recipient"])
def test_documents_need_a_party_in_common(party):
    assert two(second={party: None}).reason == "party"
    nobody = {"donor": None, "recipient": None}
    assert two(second=nobody).reason == "parties"
    assert not two(nobody, nobody).same
    assert not two({"donor": None}, {"recipient": None}).same


def test_a_long_silence_parts_them_and_reports_in_between_do_not():
    assert two(other_published=DAY + dt.timedelta(180)).same
    found = two(other_published=DAY + dt.timedelta(181))
    assert (found.reason, found.words) == ("date", "181 days lie between them.")
    days = [document(n, DAY + dt.timedelta(150 * n)) for n in range(4)]
    assert Book(frame_of([mention(d) for d in days], days)).figures.height == 1
    assert two({"per": "year"}, {"per": "year"}, other_published=DAY + dt.timedelta(900)).same


def test_an_undated_document_joins_on_both_parties_only():
    assert two(other_published=None).same
    found = two(second={"donor": None}, other_published=None)
    assert (found.same, found.reason) == (False, "undated")
    documents = [document(1), document(2, None)]
    book = Book(frame_of([mention(d) for d in documents], documents))
    assert book.figures["undated"].to_list() == [True]
    assert book.figures["first_published"].to_list() == [DAY]


def test_a_period_in_the_past_dates_the_amount_and_others_part_or_hold():
    year = {"period_start": dt.date(2024, 1, 1), "period_end": dt.date(2024, 12, 31)}
    before = {"period_start": dt.date(2022, 1, 1), "period_end": dt.date(2022, 12, 31)}
    later = dt.date(2026, 1, 1)
    assert two(second=year, other_published=later).same
    assert not two(second=before, other_published=later).same
    assert two(year, before).reason == "period"
    fiscal = {"period_start": dt.date(2023, 10, 1), "period_end": dt.date(2024, 9, 30)}
    assert two(year, fiscal).same


def test_a_chain_of_amounts_does_not_glue_what_does_not_overlap():
    chain = [(45e9, 0.02), (45.9e9, 0.02), (47.5e9, 0.03), (49e9, 0.03), (51e9, 0.03)]
    documents = [document(n) for n in range(len(chain))]
    mentions = [
        mention(d, amount, margin=margin)
        for d, (amount, margin) in zip(documents, chain, strict=True)
    ]
    book = Book(frame_of(mentions, documents))
    by_id = {m.mention_id: m for m in mentions}
    for ids in book.figures["mention_ids"]:
        inside = [by_id[i] for i in ids]
        assert max(m.low for m in inside) < min(m.high for m in inside)
    assert 1 < book.figures.height < len(chain)


def test_a_mention_that_fits_two_flows_stands_alone_and_is_possibly_each():
    documents = [document(n) for n in range(3)]
    mentions = [
        mention(documents[0]), mention(documents[1], donor="FRA"),
        mention(documents[2], donor=None),
    ]  # fmt: skip
    book = Book(frame_of(mentions, documents))
    assert book.figures.height == 3
    alone = book.figure(mentions[2].mention_id)
    near = possibly_same(book, alone)
    assert set(near["donor"]) == {"DEU", "FRA"}
    assert why(book, mentions[0].mention_id, mentions[2].mention_id).reason == "open"


def test_in_one_document_no_party_is_needed_and_the_later_precise_amount_speaks():
    one = document(1)
    mentions = [
        mention(one, 100e6, margin=0.05, donor=None, recipient=None),
        mention(one, 101e6, margin=0.001, quote="200 million dollars"),
    ]
    row = Book(frame_of(mentions, [one])).figures.row(0, named=True)
    assert row["mention_ids"] == [m.mention_id for m in mentions]
    assert (row["amount"], row["low"], row["high"]) == (101e6, 95e6, 105e6)
    assert (row["donor"], row["recipient"], row["mentions"]) == ("DEU", "KEN", 2)


def test_a_part_is_never_its_whole():
    one = document(1)
    whole = mention(one, 9e9, margin=0.05)
    part = mention(one, 8.9e9, margin=0.05, quote="1 euro", part_of=whole.mention_id)
    book = Book(frame_of([whole, part], [one]))
    assert book.figures.height == 2
    assert why(book, whole.mention_id, part.mention_id).reason == "part_of"


def test_superseded_documents_and_what_is_no_funding_make_no_figures():
    old, new = document(1), document(2)
    new.supersedes = old.document_id
    mentions = [mention(old), mention(new), mention(new, quote="1 euro", status="other")]
    book = Book(frame_of(mentions, [old, new]))
    assert book.figures["mention_ids"].to_list() == [[mentions[1].mention_id]]


def test_decisions_overrule():
    documents = [document(n) for n in range(4)]
    mentions = [mention(d) for d in documents[:3]] + [mention(documents[3], 500e6, donor="FRA")]
    ids = [m.mention_id for m in mentions]
    frame = frame_of(mentions, documents)
    assert {frozenset(ids[:3]), frozenset(ids[3:])} == groups(Book(frame))
    apart = Book(frame, [(ids[0], ids[1], "different")])
    assert not any({ids[0], ids[1]} <= group for group in groups(apart))
    assert why(apart, ids[0], ids[1]).reason == "decision"
    joined = Book(frame, [(ids[0], ids[3], "same")])
    assert any({ids[0], ids[3]} <= group for group in groups(joined))
    assert why(joined, ids[3], ids[0]).reason == "decision"
    both = Book(frame, [(ids[0], ids[3], "same"), (ids[1], ids[3], "different")])
    assert any({ids[0], ids[3]} <= group for group in groups(both))
    assert not any({ids[0], ids[1]} <= group for group in groups(both))


def test_what_parts_is_told():
    documents = [document(n) for n in range(2)]
    mentions = [mention(d) for d in documents]
    ids = [m.mention_id for m in mentions]
    frame = frame_of(mentions, documents)
    book = Book(frame)
    (parted,) = book.update(frame, [(*ids, "different")])
    first = min(mentions, key=lambda m: m.document_id)
    assert parted.figure_id == "f_" + first.mention_id[2:]
    assert {part for parts in parted.parts for part in parts} == set(ids)
    assert book.update(frame) == []
    assert book.figures.height == 1


def test_the_same_amount_at_another_stage_is_shown_beside():
    documents = [document(n) for n in range(3)]
    mentions = [
        mention(documents[0]), mention(documents[1], status="disbursed"),
        mention(documents[2], status="disbursed", donor="FRA"),
    ]  # fmt: skip
    book = Book(frame_of(mentions, documents))
    beside = also_stated_as(book, book.figure(mentions[0].mention_id))
    assert beside["mention_ids"].to_list() == [[mentions[1].mention_id]]


def test_an_id_of_any_mention_leads_to_its_figure():
    documents = [document(n) for n in range(2)]
    mentions = [mention(d) for d in documents]
    book = Book(frame_of(mentions, documents))
    (figure,) = book.figures["figure_id"]
    for m in mentions:
        assert book.figure_id(m.mention_id) == book.figure_id("f_" + m.mention_id[2:]) == figure
    assert book.figure_id("m_unknown") is None
    assert book.figure("f_unknown") is None


@st.composite
def stores(draw):
    """Up to nine documents of up to three mentions that nearly fit one another, and an order."""
    documents, mentions = [], {}
    dates = st.sampled_from([None, *(DAY + dt.timedelta(n) for n in (0, 100, 170, 250, 400))])
    for number in range(draw(st.integers(1, 9))):
        of = document(number, draw(dates), publisher=draw(st.sampled_from([None, "A", "B"])))
        documents.append(of)
        mentions[of.document_id] = [
            dataclasses.replace(
                mention(
                    of, draw(st.sampled_from([100e6, 102e6, 104e6])), quote=quote,
                    margin=draw(st.sampled_from([0.002, 0.015, 0.05])),
                    status=draw(st.sampled_from(["pledged", "disbursed", "unspecified"])),
                    donor=draw(st.sampled_from([None, "DEU", "FRA"])),
                    recipient=draw(st.sampled_from([None, "KEN", "ETH"])),
                    aid_type=draw(st.sampled_from([None, "military", "financial"])),
                    hold=draw(st.sampled_from([None, None, "blocked", "cancelled"])),
                    cumulative=draw(st.sampled_from([False, False, True])),
                ),
                sentence=draw(st.sampled_from([
                    "The minister said so on Monday in front of the whole of parliament.",
                    "Nothing else was told by the spokesman of the ministry in Berlin.",
                    "Its envoy in the capital called the sum a first step on a long road.",
                ])),
            )
            for quote in draw(st.lists(st.sampled_from(
                ["100 million dollars", "200 million dollars", "1 euro"]
            ), max_size=3, unique=True))
        ]  # fmt: skip
    ids = [m.mention_id for of in documents for m in mentions[of.document_id]]
    pair = st.tuples(st.sampled_from(ids), st.sampled_from(ids), st.sampled_from(
        ["same", "different"]
    )) if ids else st.nothing()  # fmt: skip
    decided = draw(st.lists(pair, max_size=2)) if ids else []
    pairs = {(min(a, b), max(a, b)): what for a, b, what in decided if a != b}
    return documents, mentions, [(*p, w) for p, w in pairs.items()], draw(
        st.permutations(documents)
    )  # fmt: skip


def together(book):
    return {pair for group in groups(book) for pair in combinations(sorted(group), 2)}


@settings(max_examples=150, deadline=None)
@given(stores())
def test_neither_the_order_nor_the_number_of_updates_matters(store):
    documents, mentions, pairs, order = store
    frame = frame_of([m for d in documents for m in mentions[d.document_id]], documents)
    expected = Book(frame, pairs)
    assert Book(frame.reverse(), pairs).figures.equals(expected.figures)
    book = Book(frame.clear())
    seen = []
    for of in order:
        seen.append(of)
        so_far = frame_of([m for d in seen for m in mentions[d.document_id]], seen)
        here = set(so_far["mention_id"])
        before = together(book)
        told = book.update(so_far, [p for p in pairs if {p[0], p[1]} <= here])
        # No pair falls apart in silence.
        lost = before - together(book)
        of_parted = {
            (min(a, b), max(a, b))
            for parted in told
            for one, other in combinations(parted.parts, 2)
            for a in one
            for b in other
        }
        assert lost == of_parted
        decided = {(a, b) for a, b, what in pairs if what == "same" and {a, b} <= here}
        assert not lost & decided
    assert book.figures.equals(expected.figures)
    # And back again, one document less.
    del seen[0]
    fewer = frame_of([m for d in seen for m in mentions[d.document_id]], seen)
    here = set(fewer["mention_id"])
    pairs = [p for p in pairs if {p[0], p[1]} <= here]
    book.update(fewer, pairs)
    assert book.figures.equals(Book(fewer, pairs).figures)


@settings(max_examples=100, deadline=None)
@given(stores())
def test_nothing_that_contradicts_stands_together_unless_decided(store):
    documents, mentions, _, _ = store
    book = Book(frame_of([m for d in documents for m in mentions[d.document_id]], documents))
    rows = {r["mention_id"]: r for r in book.mentions.iter_rows(named=True)}
    for ids in book.figures["mention_ids"]:
        inside = [rows[i] for i in ids]
        assert max(r["low"] for r in inside) < min(r["high"] for r in inside)
        for tag in ("donor", "recipient", "aid_type", "hold"):
            assert len({r[tag] for r in inside if r[tag]}) <= 1
        assert len({r["status"] for r in inside} - {"unspecified"}) <= 1
    assert book.figures["mention_ids"].list.len().sum() == len(rows)
    assert book.figures["figure_id"].n_unique() == book.figures.height


def test_no_mentions_give_no_figures_with_the_same_columns():
    one = document(1)
    full = Book(frame_of([mention(one)], [one]))
    empty = Book(full.mentions.clear())
    assert empty.figures.height == 0
    assert empty.figures.schema == full.figures.schema
    assert isinstance(full.select(full.mentions), pl.DataFrame)
    assert full.select(full.mentions.clear()).height == 0
