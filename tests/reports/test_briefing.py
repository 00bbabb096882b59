"""The briefing: every number has its source, whatever a document says, on paper too."""

import datetime as dt
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

import pypdfium2
import pytest
from samples import make_document, make_mention
from stories import SEVEN, read_story

import tracker
from tracker.reports import BRIEFINGS, Report, ReportError, report_format, stream, write
from tracker.reports.briefing.charts import (
    Mark,
    Rung,
    is_logarithmic,
    ladder,
    money_ticks,
    timeline,
)
from tracker.reports.briefing.content import SHOWN, content
from tracker.store import Filters, Query, Store
from tracker.store.plan import Reading

MONEY = re.compile(r"[$€£]\s?\d|\b[A-Z]{3}\u00a0\d")


@pytest.fixture(scope="module")
def seven(tmp_path_factory):
    """The seven numbers of US support to Ukraine, with their labelled tags."""
    story = read_story(SEVEN)
    store = Store(tmp_path_factory.mktemp("seven"))
    for document in story.documents:
        mentions = [m for m in story.mentions if m.document_id == document.document_id]
        store.add(document, document.text.encode(), mentions)
    return Report.of(Query(store), "figures", base_url="https://a.example")


def html(report):
    return b"".join(stream(report, "html")).decode()


class Blocks(HTMLParser):
    """The text of each smallest block that can hold a number, with the sources that it names."""

    BLOCKS = frozenset({"article", "li", "text", "figcaption", "h1", "h2"})

    def __init__(self, page):
        super().__init__()
        self.open, self.blocks, self.ids, self.links, self.tags = [], [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.ids += [attrs["id"]] if "id" in attrs else []
        link = attrs.get("href", "")
        if link.startswith("#"):
            self.links.append(link[1:])
            for block in self.open:
                block["refs"].append(link)
        if tag in self.BLOCKS:
            self.open.append({"tag": tag, "text": "", "refs": [], "id": attrs.get("id")})

    def handle_endtag(self, tag):
        if tag in self.BLOCKS:
            self.blocks.append(self.open.pop())

    def handle_data(self, data):
        for block in self.open:
            block["text"] += data


def test_every_number_leads_to_a_source(seven):
    page = Blocks(html(seven))
    told = [block for block in page.blocks if MONEY.search(block["text"])]
    ticks = [b for b in told if b["tag"] == "text" and re.fullmatch(r"\W?\d+\W\w+", b["text"])]
    said = [b for b in told if b not in ticks and not (b["id"] or "").startswith("source-")]
    assert len(said) > 20
    assert [block for block in said if not block["refs"]] == []
    assert set(page.links) <= set(page.ids)
    sources = [b for b in page.blocks if (b["id"] or "").startswith("source-")]
    assert [b["id"] for b in sources] == [f"source-{n}" for n in range(1, len(sources) + 1)]


def test_each_source_has_its_quote_publisher_date_link_and_permalink(seven):
    page = html(seven)
    found = content(seven)
    parts = page.split('<li id="source-')[1:]
    assert len(parts) == len(found.sources) > 8
    for part, mention in zip(parts, found.sources, strict=True):
        assert f"<mark>{mention['quote']}</mark>" in part
        assert mention["publisher"] in part
        assert f"{mention['published'].day} {mention['published']:%B %Y}" in part
        assert f'href="{mention["url"]}#:~:text=' in part
        assert 'href="https://a.example/figure/f_' in part


def test_the_seven_numbers_disagree_as_they_do(seven):
    found = content(seven)
    kinds = {item.kind: [row["amount"] for row in item.figures] for item in found.disagreements}
    assert 350e9 in kinds["above"]
    page = html(seven)
    assert "Running totals of the same flow differ (United States to Ukraine)" in page
    assert "A single sum is more than the running total that it should be part of" in page


def test_the_seed_says_its_three_numbers(tmp_path):
    store = Store(tmp_path / "seed")
    text = (
        "Aid to Ukraine has already reached almost 45 billion dollars from the United States.\n"
        "The United States sent Ukraine 22.9 billion dollars.\n"
    )
    document = make_document(text)
    store.add_batch([Reading(document, text.encode(), tracker.extract(text))])
    page = html(Report.of(Query(store), "figures", Filters(recipient=("UKR",))))
    assert "<h1>What Ukraine receives</h1>" in page
    assert "undated" in page
    assert "publisher not known" in page
    assert "amounts are in undated documents only" in page
    assert "The figures shown do not contradict one another." in page


def test_whatever_a_document_says_is_text(tmp_path):
    store = Store(tmp_path / "hostile")
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    document = make_document(f"{bad} gave 5 dollars {bad}", title=bad, publisher=bad,
                             url="javascript:alert(3)", published=dt.date(2024, 1, 1))  # fmt: skip
    mention = make_mention(document, "5 dollars", 5.0, status="disbursed", donor=bad, cue="gave",
                           recipient=bad, attributed_to=bad)  # fmt: skip
    store.add(document, document.text.encode(), [mention])
    page = html(Report.of(Query(store), "figures"))
    tags = Blocks(page).tags
    assert {"script", "img", "link", "iframe", "object"}.isdisjoint(tag for tag, _ in tags)
    assert not any(name.startswith("on") for _, attrs in tags for name in attrs)
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert "url(" not in page
    assert "@import" not in page
    assert "<u>gave</u> <mark>5 dollars</mark>" in page


def test_nothing_stored_or_found_makes_a_page_that_says_so(tmp_path, sample_store):
    page = html(Report.of(Query(sample_store), "figures", Filters(q="nobody says this")))
    assert "Nothing is stated that could be counted." in page
    assert "<svg" not in page


def test_more_figures_than_a_page_holds_are_counted_not_hidden(tmp_path):
    store = Store(tmp_path / "many")
    numbers = range(1, SHOWN + 30)
    document = make_document("".join(f"{n} dollars\n" for n in numbers))
    mentions = [make_mention(document, f"{n} dollars", n * 1e6 * 1.5**n, donor="USA",
                             recipient="UKR", status="pledged", currency="USD")
                for n in numbers]  # fmt: skip
    store.add(document, document.text.encode(), mentions)
    report = Report.of(Query(store), "figures")
    page = html(report)
    assert f"{report.rows.height} amounts of money" in page
    assert f"Shown are the {SHOWN} that count" in page
    assert "more in the data package" in page
    assert "more in USD stand in the sources." in page


def test_amounts_far_apart_stand_on_a_logarithmic_scale():
    near, far = (
        [Mark(low, low, low, low, "", "1", "source-1", "stated") for low in lows]
        for lows in ((1e9, 61e9), (5e6, 61e9))
    )
    assert (is_logarithmic(near), is_logarithmic(far)) == (False, True)
    assert money_ticks(near) == [0, 20e9, 40e9, 60e9]
    assert money_ticks(far) == [1e6, 1e7, 1e8, 1e9, 1e10]


def test_stages_are_one_below_the_other_and_intervals_are_drawn():
    marks = [Mark(40e9, 45e9, 45e9, 50e9, "about $45 bn", "1, 2", "source-1", sign)
             for sign in ("stated", "running", "blocked", "cancelled")]  # fmt: skip
    ticks = [(tick, str(tick)) for tick in money_ticks(marks)]
    svg = ladder([Rung("Requested", marks[:2]), Rung("Paid", marks[2:])], "a < b", ticks)
    assert 'aria-label="a &lt; b"' in svg
    bands = re.findall(r'class="band" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', svg)
    assert len({y for _, y, _ in bands}) == 4
    assert all(float(width) > 20 for _, _, width in bands)
    signs = [svg.count(part) for part in ('circle class="full"', 'circle class="open"', "<polygon",
                                          'class="cross"')]  # fmt: skip
    assert signs == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("first", "last"), [("2024-01-01", "2024-01-01"), ("1990-05-03", "2026-11-26")]
)
def test_any_span_of_time_has_a_line_and_few_ticks(first, last):
    days = [dt.date.fromisoformat(day) for day in (first, last)]
    marks = [Mark(1, 1, 1, 1, "one", "1", "source-1", "stated", *days)]
    svg = timeline(marks, "when")
    assert svg.count('class="tick"') <= 7
    assert svg.count('class="span"') == 1


def test_on_paper_every_page_has_its_number_and_every_source_its_words(seven, tmp_path):
    path = write(seven, tmp_path / "briefing.pdf", "pdf")
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert 2 <= len(pages) <= 4
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text
    text = " ".join(" ".join(pages).split())
    for said in ("What each stage comes to", "The ladder", "$350 bn", "Where the sources disagree"):
        assert said in text
    for mention in content(seven).sources:
        assert mention["quote"] in text


def test_no_browser_is_one_line_and_leaves_nothing(seven, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ReportError, match=r"a PDF needs Chromium .* write \.html"):
        write(seven, tmp_path / "briefing.pdf", "pdf")
    assert list(tmp_path.iterdir()) == []


def test_kinds_are_told_by_name():
    assert report_format("a.PDF", among=BRIEFINGS) == "pdf"
    assert report_format("-", among=BRIEFINGS) == "html"
    with pytest.raises(ReportError, match=r"a.csv: unknown format csv, use html or pdf"):
        report_format("a.csv", among=BRIEFINGS)


def test_the_command_writes_the_same_page(sample_store, tmp_path):
    def run(*words):
        return subprocess.run(
            [sys.executable, "-m", "tracker", "report", "--data", sample_store.path, *words],
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    out = tmp_path / "briefing.html"
    done = run("--donor", "USA", "--recipient", "UKR", "--out", str(out))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{out}: 3 figures\n")
    assert "<h1>United States to Ukraine</h1>" in out.read_text("utf-8")
    piped = run("--donor", "USA", "--recipient", "UKR", "--out", "-")
    assert piped.stdout.split("Made ")[0] == out.read_text("utf-8").split("Made ")[0]
    folder = run("--out", str(tmp_path))
    assert re.fullmatch(
        r".*/tracker-briefing_[0-9a-f]{8}_v3_[\d-]+\.html: \d+ figures\n", folder.stderr
    )
    refused = run("--out", "a.csv")
    assert (refused.returncode, refused.stderr) == (
        2, "tracker: a.csv: unknown format csv, use html or pdf\n",
    )  # fmt: skip
