"""Every example and counter-example that stands beside a rule runs here."""

from collections import Counter

import pytest

from tracker import extract
from tracker.extraction.stages.cues import forms
from tracker.extraction.words import load_rules


def _cases(name, tag, value_of, key="examples"):
    return [
        pytest.param(value_of(rule), text, id=f"{rule['id']}: {text[:50]}")
        for rule in load_rules(name)[tag]
        for text in rule.get(key, [])
    ]


def _one(text):
    mentions = extract(text)
    assert len(mentions) == 1, [m.quote for m in mentions]
    return mentions[0]


@pytest.mark.parametrize(("value", "text"), _cases("en", "qualifier", lambda r: r["qualifier"]))
def test_qualifier(value, text):
    assert _one(text).qualifier == value


@pytest.mark.parametrize(
    ("value", "text"), _cases("en", "qualifier", lambda r: r["qualifier"], "counter_examples")
)
def test_no_qualifier(value, text):
    assert _one(text).qualifier != value


@pytest.mark.parametrize(("value", "text"), _cases("en", "per", lambda r: r["per"]))
def test_per(value, text):
    assert _one(text).per == value


@pytest.mark.parametrize(
    ("value", "text"), _cases("en", "per", lambda r: r["per"], "counter_examples")
)
def test_no_per(value, text):
    assert _one(text).per is None


def _status_and_hold(rule):
    return rule.get("status"), rule.get("hold")


@pytest.mark.parametrize(("value", "text"), _cases("status", "status", _status_and_hold))
def test_status(value, text):
    status, hold = value
    mention = _one(text)
    assert status in (None, mention.status)
    assert hold in (None, mention.hold)


@pytest.mark.parametrize(
    ("value", "text"), _cases("status", "status", _status_and_hold, "counter_examples")
)
def test_not_that_status(value, text):
    mention = _one(text)
    assert (mention.status, mention.hold) != value
    assert value[0] is not None or mention.hold != value[1]


@pytest.mark.parametrize(("value", "text"), _cases("status", "cumulative", lambda r: True))
def test_cumulative(value, text):
    assert _one(text).cumulative is value


@pytest.mark.parametrize(
    ("value", "text"), _cases("status", "cumulative", lambda r: False, "counter_examples")
)
def test_not_cumulative(value, text):
    assert _one(text).cumulative is value


@pytest.mark.parametrize("tag", ["aid_type", "instrument"])
def test_kinds(tag):
    for rule in load_rules("aid_type")[tag]:
        for text in rule["examples"]:
            assert getattr(_one(text), tag) == (rule[tag] or None), (rule["id"], text)
        for text in rule.get("counter_examples", []):
            assert getattr(_one(text), tag) != rule[tag], (rule["id"], text)


def test_every_rule_has_an_id_of_its_own_and_examples():
    for name, tags in {
        "en": ["qualifier", "per"],
        "status": ["status", "cumulative"],
        "aid_type": ["aid_type", "instrument", "works", "document"],
    }.items():
        for tag in tags:
            rules = load_rules(name)[tag]
            doubled = [i for i, n in Counter(r["id"] for r in rules).items() if n > 1]
            assert not doubled, (name, tag, doubled)
            for rule in rules:
                assert rule.get("examples") or rule["id"] == "no-cue", (name, tag, rule["id"])


def test_no_word_of_a_status_stands_in_vain():
    """Of two entries with the same words the first counts, so the second would say nothing."""
    seen, dead = {}, []
    for rule in load_rules("status")["status"]:
        for entry in (*rule.get("phrases", []), *rule.get("noun_like", []), *rule.get("verbs", [])):
            words = [entry] if entry in rule.get("phrases", []) else [w for w, _ in forms(entry)]
            if all(w in seen for w in words):
                dead.append((rule["id"], entry, seen[words[0]]))
            seen |= {w: rule["id"] for w in words if w not in seen}
    nouns = Counter(n for rule in load_rules("status")["status"] for n in rule.get("nouns", []))
    assert dead == []
    assert [noun for noun, count in nouns.items() if count > 1] == []


def test_every_list_that_a_rule_names_is_there():
    grammar = load_rules("status")["grammar"]
    for rule in load_rules("status")["status"]:
        for key in ("by_subject", "by_object", "by_sentence"):
            assert set(rule.get(key, {})) <= set(grammar), rule["id"]
        assert rule.get("needs_subject", "be") in grammar, rule["id"]


def test_every_cue_has_its_offsets_and_evidence():
    for rule in load_rules("status")["status"]:
        for text in rule.get("examples", []):
            for mention in extract(text):
                if mention.cue is not None:
                    assert text[mention.cue_start : mention.cue_end] == mention.cue
                for tag in ("hold", "aid_type", "donor", "recipient", "attributed_to", "period"):
                    if getattr(mention, tag) is not None:
                        assert tag in {e.tag for e in mention.evidence}, (tag, text)


def _word_lists(value, path=""):
    """Every list of words in a rule file with where it stands, but examples and what they mean."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if "examples" not in key:
                yield from _word_lists(inner, f"{path}.{key}")
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield path, value
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _word_lists(inner, f"{path}.{place}")


@pytest.mark.parametrize("name", ["aid_type", "en", "parties", "roles", "status"])
def test_a_list_says_each_word_once(name):
    lists = dict(_word_lists(load_rules(name)))
    assert len(lists) > 5
    twice = {path: [w for w, n in Counter(words).items() if n > 1] for path, words in lists.items()}
    assert not {path: words for path, words in twice.items() if words}
