"""Who gives and who receives an amount: the choice among the roles that the text gives.

Several parties in one role are none ("Norway and Canada gave"). What the sentence leaves open is
taken from the amounts before it, from what the text is about, or stays empty.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tracker.extraction.context import Passage, Sentence
from tracker.extraction.decision import Decision
from tracker.extraction.names import COUNTRY_KINDS, party_hits
from tracker.extraction.roles import Role, find_roles, owner_of_its
from tracker.extraction.words import load_rules

_DOMESTIC = load_rules("roles")["domestic"]
_NEITHER = frozenset(load_rules("roles")["nouns"]["neither"])
TOPIC_COUNT = 3
"""How often a text must name a country for it to be what the text is about."""
NAMED_REACH = 2
"""How many sentences back a party may have been named."""
LEAST = 0.1
"""A role with a lower score is not taken."""
_AT_HOME = frozenset({"party-in", "party-for", "party-to", "party-whose-need",
                      "party-subject-receives"})  # fmt: skip


@dataclass(slots=True)
class Parties:
    """Donor and recipient of one amount, each with its rule and words, or None."""

    donor: Decision | None = None
    recipient: Decision | None = None


def decide_parties(
    passage: Passage,
    sentence: Sentence,
    position: int,
    status: str,
    cue_start: int | None,
    previous: Parties | None,
) -> Parties:
    """Donor and recipient of the amount at token `position` of sentence `index`.

    `cue_start` is the offset of the words that decided its status; `previous` are the parties of
    the amount before, which this one may share.
    """
    if status == "other":
        return Parties()
    places = [(sentence, position)]
    lead = passage.lead(sentence)
    if lead is not None:
        places.append((lead, len(lead.tokens)))
    found, several = Parties(), [False, False]
    for where, place in places:
        hits = party_hits(where)
        donors, recipients = find_roles(where, hits, place, cue_start)
        its = owner_of_its(where, hits)
        donors += [its] if its else []
        if found.donor is None and status != "needed":
            found.donor = _choose(donors, where)
            several[0] |= found.donor is None and _several(donors)
        if found.recipient is None:
            giver = found.donor.value if found.donor else None
            abroad = [r for r in recipients if r.party.code != giver]
            home = [r for r in recipients if r.party.code == giver and _is_home(r)]
            found.recipient = _choose(abroad, where) or _choose(home, where)
            several[1] |= found.recipient is None and _several(abroad)
    _carry(found, passage, sentence, status, previous, several)
    return found


def _is_home(role: Role) -> bool:
    """Whether a giver's own country is meant as the receiver ("for Assam", "across the UK")."""
    return role.rule in _AT_HOME and role.party.kind in ("place", "demonym", "name")


def _choose(roles: list[Role], sentence: Sentence) -> Decision | None:
    """The best role, or none when several parties share it."""
    best = max(roles, key=lambda r: r.score, default=None)
    if best is None or best.score <= LEAST or _several(roles):
        return None
    tokens = sentence.tokens
    start, end = tokens[best.first].start, tokens[best.last].end
    return Decision(best.party.code, best.rule, start, end, best.score)


def _several(roles: list[Role]) -> bool:
    """Whether the best role is shared by another party beside it ("Norway and Canada")."""
    best = max(roles, key=lambda r: r.score, default=None)
    return best is not None and any(
        role.party.code != best.party.code
        and role.rule == best.rule
        and best.score - role.score < 0.3
        and (0 < role.first - best.last <= 3 or 0 < best.first - role.last <= 3)
        for role in roles
    )


def _carry(
    found: Parties,
    passage: Passage,
    sentence: Sentence,
    status: str,
    previous: Parties | None,
    several: list[bool],
) -> None:
    """Fill in what the sentence leaves to the text around it."""
    if found.donor is None and status != "needed" and not several[0] and previous:
        receiver = found.recipient.value if found.recipient else None
        if previous.donor and previous.donor.value != receiver:
            found.donor = previous.donor._replace(rule="party-carried")
    if found.donor and found.recipient:
        return
    near = _around(passage, sentence)
    here = _named(near)
    if found.recipient is None and not several[1]:
        donor = found.donor.value if found.donor else None
        found.recipient = _receiver_around(here, near, passage, donor, previous)
    countries = {code for code, kind in here if kind in COUNTRY_KINDS}
    known = found.donor or found.recipient
    if known and countries <= {known.value} and _domestic(passage, sentence):
        home = known._replace(rule="party-at-home")
        found.recipient = found.recipient or home
        found.donor = found.donor or (home if status != "needed" and not several[0] else None)


def _receiver_around(
    here: Counter[tuple[str, str]],
    near: list[Sentence],
    passage: Passage,
    donor: str | None,
    previous: Parties | None,
) -> Decision | None:
    """The receiver that the text around the sentence makes likely.

    `here` are the parties named in `near`, the sentences around it.
    """
    if previous and previous.recipient and previous.recipient.value != donor:
        return previous.recipient._replace(rule="party-carried")
    agencies = {code for code, kind in here if kind == "agency" and code != donor}
    if len(agencies) == 1:
        return _where_named(near, agencies.pop(), "party-only-agency")
    opening = passage.opening()
    text = near if opening in near else [opening, *near]
    for code, count in _countries(_named(text), donor).most_common(1):
        if count >= TOPIC_COUNT:
            return _where_named(text, code, "party-topic")
    countries = _countries(here, donor)
    if len(countries) == 1:
        return _where_named(near, next(iter(countries)), "party-only-other")
    return None


def _countries(named: Counter[tuple[str, str]], donor: str | None) -> Counter[str]:
    """How often each country but the donor's is named, not counting its government."""
    countries: Counter[str] = Counter()
    for (code, kind), count in named.items():
        if kind in COUNTRY_KINDS and kind not in ("leader", "institution") and code != donor:
            countries[code] += count
    return countries


def _around(passage: Passage, sentence: Sentence) -> list[Sentence]:
    """The sentence with its neighbours of the same paragraph: two before it and one behind."""
    found = [sentence]
    for _ in range(NAMED_REACH):
        before = passage.before(found[0])
        if before is None or not passage.same_paragraph(before, sentence):
            break
        found.insert(0, before)
    after = passage.after(sentence)
    if after is not None and passage.same_paragraph(sentence, after):
        found.append(after)
    return found


def _named(sentences: list[Sentence]) -> Counter[tuple[str, str]]:
    """How often the sentences name each party, by code and kind.

    Places where something only happened ("said in Kyiv") and adversaries are left out.
    """
    named: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        named.update(sentence.once("named", lambda where=sentence: _named_in(where)))  # type: ignore[misc]
    return named


def _named_in(sentence: Sentence) -> list[tuple[str, str]]:
    words = [t.lower for t in sentence.tokens]
    named: list[tuple[str, str]] = []
    for hit in party_hits(sentence):
        before = words[hit.first - 1] if hit.first else ""
        if hit.meaning.kind == "capital" and before in ("in", "to", "from", "at", "near"):
            continue
        if not _NEITHER.intersection(words[hit.last + 1 : hit.last + 3]):
            named.append(hit.meaning)
    return named


def _domestic(passage: Passage, sentence: Sentence) -> bool:
    """Whether the words of the text say that the money stays at home."""
    before = passage.before(sentence)
    text = f" {passage.text[(before or sentence).start : sentence.end].lower()} "
    if any(f" {word}" in text for word in _DOMESTIC["abroad"]):
        return False
    return any(f" {word}" in text for word in _DOMESTIC["home"])


def _where_named(sentences: list[Sentence], code: str, rule: str) -> Decision | None:
    """The last place in the sentences where the party is named."""
    for sentence in reversed(sentences):
        for hit in reversed(party_hits(sentence)):
            if hit.meaning.code == code:
                tokens = sentence.tokens
                return Decision(code, rule, tokens[hit.first].start, tokens[hit.last].end, 0.3)
    return None
