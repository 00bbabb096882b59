"""What keeps the data right: `review`, `verify` and `show`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.app import Data, app, open_query
from tracker.reports import mention
from tracker.schema import ACTION, Review
from tracker.store import Store, decisions
from tracker.terminal import count, fail, note
from tracker.terminal import show as print_


@app.command()
def review(
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="A mention (m_...), document (d_...) or review (r_...)."),
    ] = None,
    confirm: Annotated[bool, typer.Option("--confirm", help="The mention is right.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is no such amount.")] = False,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Correct a field.")
    ] = None,
    add: Annotated[
        tuple[str, int, int] | None,
        typer.Option("--add", metavar="DOCUMENT START END", help="Add a missed amount."),
    ] = None,
    same: Annotated[
        tuple[str, str] | None,
        typer.Option("--same", metavar="M1 M2", help="Two mentions state the same figure."),
    ] = None,
    different: Annotated[
        tuple[str, str] | None, typer.Option("--different", metavar="M1 M2", help="They do not.")
    ] = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Leave a document out.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Make a review void.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="Print all reviews.")] = False,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    data: Data = Path("data"),
) -> None:
    """Decide on a mention, two mentions, or a document; the latest decision wins.

    What the extractor read is kept beside it, and a decision follows its mention to new versions.
    """
    store = Store(data)
    if list_:
        lost = store.decisions().lost()
        print_(mention.reviews_page(store.table("reviews").sort_by("made").to_pylist(), lost))
        return
    chosen = [confirm, reject, bool(set_) and not add, add, same, different, withdraw, undo]
    if sum(map(bool, chosen)) != 1:
        fail("review: choose one of --confirm, --reject, --set, --add, --same, --different, "
             "--withdraw, --undo and --list", 2)  # fmt: skip
    for option, given in (("--reason", reason), ("--by", by)):
        if not given.strip():
            fail(f"review: {option} is missing", 2)
    targets = [word for word in what or [] if "=" not in word]
    values = [*(set_ or []), *(word for word in what or [] if "=" in word)]
    if len(targets) != (0 if add or same or different else 1):
        fail("review: name one mention, document or review", 2)
    said = {"reason": reason, "by": by}
    if add:
        document_id, start, end = add
        made = decisions.add_mention(store, document_id, start, end, values=values, **said)
    elif pair := same or different:
        made = decisions.about_pair(store, *pair, "same" if same else "different", **said)
    elif undo:
        made = decisions.undo(store, targets[0], **said)
    elif withdraw or targets[0].startswith("d_"):
        action = "withdraw" if withdraw else "correct"
        if confirm or reject:
            fail("review: --confirm and --reject are for mentions", 2)
        made = decisions.about_document(store, targets[0], action, values=values, **said)
    else:
        action = "confirm" if confirm else "reject" if reject else "correct"
        made = decisions.about_mention(store, targets[0], action, values=values, **said)
    store.review(made)
    note(f"{made.review_id}: {_subject(made)} {ACTION[made.action]} by {made.by}")


def _subject(made: Review) -> str:
    words = [made.mention_id or made.document_id, made.other_mention_id, made.undoes]
    return " ".join(word for word in words if word)


@app.command()
def verify(
    repair: Annotated[bool, typer.Option("--repair", help="Rebuild what is damaged.")] = False,
    data: Data = Path("data"),
) -> None:
    """Check every bucket, hash, offset and quote against the frozen texts.

    The status is 1 when something is damaged, and with --repair when it still is afterwards.
    """
    store = Store(data)
    if store.version == 0 and not data.exists():
        fail(f"{data}: holds no data yet, begin with: tracker ingest")
    found = list(store.verify())
    for damage in found:
        note(f"tracker: {data}/{damage}")
    if found and repair:
        for line in store.repair(found):
            note(line)
        found = list(store.verify())
        for damage in found:
            note(f"tracker: {data}/{damage}: still damaged")
    for lost in store.decisions().lost():
        note(f"{lost['review_id']}: finds no mention any more (see tracker review --list)")
    if found:
        note(f"{count(len(found), 'place')} damaged" + ("" if repair else "; run: --repair"))
        raise typer.Exit(1)
    note(f"{data}: whole, {count(len(store.read_by()), 'document')}")


@app.command()
def show(
    mention_id: Annotated[str, typer.Argument(metavar="MENTION", help="Its id, m_...")],
    data: Data = Path("data"),
) -> None:
    """Print all that is known of one mention: words, tags, evidence, source, reviews, history."""
    query = open_query(data)
    row, history = query.mention(mention_id), query.history(mention_id)
    document = query.document((row or (history or [{}])[-1]).get("document_id", ""))
    if document is None:
        fail(f"{mention_id}: no such mention in {data}")
    if row is None:
        print_(mention.gone_page(mention_id, document, history))
    else:
        print_(mention.mention_page(row, document, history))
