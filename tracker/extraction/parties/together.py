"""Those who are named together: "Iraq, Afghanistan and Pakistan", "the EU and its members"."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extraction.parties.acts import GRAMMAR
from tracker.extraction.parties.organisations import handed_together
from tracker.extraction.parties.referent import GOVERN, Referent
from tracker.extraction.stages.cues import finite_forms
from tracker.extraction.text.names import COUNTRY_KINDS
from tracker.extraction.text.sentence import AMOUNT
from tracker.extraction.words import load_rules

_SAYS = {
    *load_rules("roles")["attribution"]["said"], "estimate", "estimates", "reckon", "reckons",
}  # fmt: skip
_AUXILIARY = frozenset({"will", "would", "has", "have", "had", "is", "was", "are", "were"})
_BOUND = frozenset({"pronoun", "owner"})
_STATES = frozenset({"name", "funder"})


def lists(words: Sequence[str], found: list[Referent]) -> list[Referent]:
    """The same with lists as one: "Iraq, Afghanistan and Pakistan"."""
    joined = [n > 0 and _joins(words, found[n - 1], found[n]) for n in range(len(found))]
    made: list[list[Referent]] = []
    for n, referent in enumerate(found):
        if joined[n] and _closes(words, found, joined, n):
            made[-1].append(referent)
        else:
            made.append([referent])
    return [_as_one(words, several) for one in made for several in _without_sources(words, one)]


def _without_sources(words: Sequence[str], several: list[Referent]) -> list[list[Referent]]:
    """ "... to rebuild Gaza, the UN and the EU said": the first is none of those who say."""
    first, behind = several[0], words[several[-1].last + 1 : several[-1].last + 2]
    front = words[first.first - 1] if first.first else ""
    governed = front in GRAMMAR["prepositions"] or front in GRAMMAR["done_for"]
    if len(several) > 2 and governed and behind and behind[0] in _SAYS:
        return [[first], several[1:]]
    return [several]


def _joins(words: Sequence[str], one: Referent, other: Referent) -> bool:
    """Whether the words between two allow that they are named together."""
    between, behind = words[one.last + 1 : other.first], words[other.last + 1 : other.last + 2]
    owned = between in ([","], [",", "the"]) and not GRAMMAR["possessive"].isdisjoint(behind)
    leader = (one.kind == "leader") != (other.kind == "leader")
    leads = behind == ["with"] and AMOUNT in words[other.last + 2 : other.last + 5]
    alone = behind == [AMOUNT] and not handed_together(words, one.first, between)
    if alone or leads or owned or leader or {one.kind, other.kind} & _BOUND:
        return False  # "China, Sri Lanka's main creditor, has", "for Mali, and the UAE with $1bn"
    before = one.first - 1
    before -= before >= 0 and words[before] == "the"
    acts = bool(behind) and behind[0] in finite_forms()
    new_clause = bool(behind) and (
        behind[0] in _AUXILIARY
        or (acts and (between[:1] == [","] or AMOUNT in words[other.last + 2 : other.last + 6]))
    )
    if new_clause and words[before] in GRAMMAR["prepositions"] - {"between", "including"}:
        # "$8bn from the IMF, and the EU would add": a new clause begins.
        return False
    if between[:2] == [",", "and"] and words[before] in GRAMMAR["prepositions"] and (
        behind and behind[0].isalpha() and behind[0] not in GRAMMAR["ends_a_list"]
    ):  # fmt: skip
        return False  # "from the IMF, and the Nairobi stock exchange added"
    others = between[:1] == ["and"] and (
        between[1:2] in (["its"], ["their"], ["other"])
        or (between[1:2] == ["the"] and len(between) == 3)  # "Germany and the Nordic countries"
    )
    crowd = others and len(between) < 6 and other.kind == "crowd"
    return " ".join(between) in GRAMMAR["lists"] or crowd


def _behind_comma(words: Sequence[str], item: Referent) -> bool:
    before = item.first - 1 - (words[item.first - 1] == "the")
    return before >= 0 and words[before] == ","


def _closes(
    words: Sequence[str], found: Sequence[Referent], joined: Sequence[bool], n: int
) -> bool:
    """Whether a comma before item `n` stands in a list: an "and" ends it, or a headline begins."""
    if not _behind_comma(words, found[n]):
        return True
    last = n
    while last + 1 < len(found) and joined[last + 1] and _behind_comma(words, found[last]):
        last += 1
    before = words[found[last - 1].last + 1 : found[last].first]
    ended = words[found[last].last + 1 : found[last].last + 2] == ["and"]
    headline = n == 1 and found[0].first == 0 and {found[0].kind, found[1].kind} <= _STATES
    return ended or headline or not {"and", "or", "&"}.isdisjoint(before)


def _as_one(words: Sequence[str], several: list[Referent]) -> Referent:
    first, last = several[0], several[-1]
    behind = words[last.last + 1 : last.last + 5]
    others = behind[:2] == ["and", "other"] and any(word.endswith("s") for word in behind[2:])
    if (others and last.kind != "place") or (behind[:2] == ["and", "the"] and "region" in behind):
        return Referent((), first.kind, first.first, last.last, tuple(several))  # no single one
    if len(several) == 1:
        return first
    codes = tuple(dict.fromkeys(code for r in several for code in r.codes))
    # "the province and Ottawa" are of one country.
    home = all(r.kind in COUNTRY_KINDS for r in several if r.codes)
    crowd = [r for r in several if not r.codes and not (home and r.kind == "government")]
    own = (words[crowd[0].first - 1] if crowd else "") in ("its", "their") or any(
        words[r.first] in GOVERN["bloc_crowd"] for r in crowd
    )
    if crowd and len(codes) == 1 and not (codes[0] in ("EU", "African Union") and own):
        codes = ()
    kind = "crowd" if not codes else first.kind if first.codes else last.kind
    return Referent(codes, kind, first.first, last.last, tuple(several))
