"""Speed of the dashboard in the browser and over HTTP, beside Datasette's page of the same rows.

    python tests/benchmarks/dashboard_bench.py [--mentions 1000000] [--rounds 7] [--data FOLDER]

The mentions are those of `big_store.py`. Datasette runs in an environment of its own, which is made
once in `.venv/datasette`; it serves the figures with the same facets, warm. Chromium measures from
the choice of a filter to the drawn chart and to the grid's rows, and from the address to the first
chart; the server says how long it took for each answer.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from big_store import write_store
from figures_bench import WORDS
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
DATASETTE = "datasette==0.65.2"
FACETS = ("donor", "recipient", "status", "currency")
USERS, VISITS = 8, 5
ADDRESSES = (
    "",
    "donor=USA",
    "recipient=UKR&status=disbursed",
    "q=bace",
    "donor=DEU&currency=EUR",
)
POINTS = "#ladder-figure .scatterlayer .point"
SERVE = (
    "import sys; sys.path.insert(0, '.'); from pathlib import Path; "
    "from dashboard.app import Settings, create_app; import waitress; "
    "app = create_app(Settings(data=Path(sys.argv[1]))); "
    "server = waitress.create_server(app.server, host='127.0.0.1', port=0, threads=8); "
    "print(f'on http://127.0.0.1:{server.effective_port}', flush=True); server.run()"
)


@contextmanager
def running(command: list[str], sign: str) -> Iterator[tuple[str, int]]:
    """A server process: its address, which stands in the line with `sign`, and its process id."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        cwd=HERE.parents[1],
    ) as process:  # fmt: skip
        try:
            assert process.stdout
            line = next(line for line in process.stdout if sign in line)
            threading.Thread(target=process.stdout.read, daemon=True).start()
            yield "http://" + line.split("http://")[1].split()[0].rstrip("/"), process.pid
        finally:
            process.terminate()


def memory(pid: int) -> tuple[float, float]:
    """Resident memory of a process now and at most, in MiB."""
    status = dict(
        line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    )
    now, most = (int(status[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def milliseconds(task: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    task()
    return 1000 * (time.perf_counter() - start)


def choose(page: Page, name: str, option: str, seen: Callable[[], object]) -> float:
    """From the choice of an option to what is `seen`, in milliseconds."""
    field = page.locator(".filter").filter(has=page.get_by_text(name, exact=True))
    field.locator(".mantine-MultiSelect-input").click()
    page.locator(f"[role=option]:visible:has-text('{option}')").first.wait_for()
    start = time.perf_counter()
    page.locator(f"[role=option]:visible:has-text('{option}')").first.click()
    seen()
    took = 1000 * (time.perf_counter() - start)
    page.keyboard.press("Escape")
    return took


def first_visit(page: Page, address: str) -> int:
    """Bytes that the first visit takes over the wire."""
    sizes: list[int] = []
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address)
    page.locator(POINTS).first.wait_for(state="attached", timeout=120_000)
    page.wait_for_load_state("networkidle")
    return int(sum(sizes))


def in_browser(address: str, datasette: str, rounds: int) -> dict[str, float]:
    """The medians of what Chromium sees."""
    times: dict[str, list[float]] = {}
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        page = browser.new_page()
        found = {"first visit, bytes": float(first_visit(page, address))}
        for _ in range(rounds):

            def chart() -> None:
                page.goto(f"{address}/?donor=USA")
                page.locator(POINTS).first.wait_for(state="attached")

            times.setdefault("address to first chart", []).append(milliseconds(chart))
            times.setdefault("Datasette's page", []).append(
                milliseconds(lambda: page.goto(f"{datasette}&donor=USA"))
            )
            page.goto(f"{address}/")
            page.locator(POINTS).first.wait_for(state="attached")
            page.wait_for_load_state("networkidle")
            headline = page.locator("#ladder-headline")
            before = headline.inner_text()

            def changed(before: str = before) -> None:
                page.wait_for_function(
                    "before => document.getElementById('ladder-headline').textContent !== before",
                    arg=before,
                )

            times.setdefault("filter to chart", []).append(
                choose(page, "Donor", "Germany", changed)
            )
            page.goto(f"{address}/figures")
            rows = page.locator(".grid .ag-row[row-index='0'] [col-id=donor]")
            rows.wait_for()
            page.wait_for_load_state("networkidle")
            times.setdefault("filter to grid", []).append(
                choose(page, "Recipient", "Ukraine", lambda: page.wait_for_function(
                    "() => [...document.querySelectorAll('.grid [col-id=recipient].ag-cell')]"
                    ".slice(0, 5).every(e => e.textContent === 'Ukraine')"
                ))
            )  # fmt: skip
        browser.close()
    return found | {name: statistics.median(values) for name, values in times.items()}


def asked(address: str, query: str) -> float:
    """How long one answer takes: the ladder of a selection, drawn anew."""
    return milliseconds(lambda: urlopen(f"{address}/chart.csv?name=ladder&{query}").read())


def users(address: str) -> float:
    """The median of one answer when `USERS` ask at once, in milliseconds."""
    times: list[float] = []

    def visit(number: int) -> None:
        for turn in range(VISITS):
            times.append(asked(address, ADDRESSES[(number + turn) % len(ADDRESSES)]))

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(USERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.median(times)


def datasette_of(folder: Path, data: Path) -> list[str]:
    """The command that serves the figures of `data` with Datasette."""
    environment = HERE.parents[1] / ".venv" / "datasette"
    program = environment / "bin" / "datasette"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        pip = [environment / "bin" / "pip", "-qq", "install", DATASETTE, "setuptools==80.9.0"]
        subprocess.run(pip, check=True)
    from tracker.figures import Catalogue  # noqa: PLC0415 - polars is slow to load
    from tracker.store import Query, Store  # noqa: PLC0415

    figures = Catalogue(Query(Store(data))).figures()
    columns = [name for name, kind in figures.schema.items() if not kind.is_nested()]
    file = folder / "figures.db"
    with sqlite3.connect(file) as database:
        database.execute(f"create table figures ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        rows = figures.select(columns).cast(
            {name: str for name, kind in figures.schema.items() if kind.is_temporal()}
        )
        database.executemany(f"insert into figures values ({marks})", rows.iter_rows())
        for name in FACETS:
            database.execute(f"create index by_{name} on figures ({name})")
    database.close()
    return [str(program), "serve", str(file), "--port", "0", "--setting", "sql_time_limit_ms",
            "60000", "--setting", "facet_time_limit_ms", "60000"]  # fmt: skip


def server_parts(data: Path, rounds: int) -> dict[str, float]:
    """What the server needs for a filter that it has not seen, without the way there and back."""
    program = (
        "import sys, json; sys.path.insert(0, '.'); sys.path.insert(0, 'tests/benchmarks'); "
        "from pathlib import Path; from dashboard_bench import parts; "
        "print(json.dumps(parts(Path(sys.argv[1]), int(sys.argv[2]))))"
    )
    command = [sys.executable, "-c", program, str(data), str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=True,
                          cwd=HERE.parents[1])  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def parts(data: Path, rounds: int) -> dict[str, float]:
    """The medians of the answers behind a page, each for filters that are new to the server."""
    from dashboard.charting import CHARTS, Charting  # noqa: PLC0415
    from dashboard.components.filters import changed  # noqa: PLC0415
    from dashboard.pages import figures, overview  # noqa: PLC0415
    from dashboard.site import Settings, Site  # noqa: PLC0415
    from dashboard.state import view_at  # noqa: PLC0415

    site = Site(Settings(data=data))
    charting = Charting(site)
    donors = [name for name, _ in site.catalogue.facets()["donor"] if name != "none"]
    screen, block = {"width": 1320, "dark": False}, {"startRow": 0, "endRow": 100}
    times: dict[str, list[float]] = {}
    for number in range(rounds):
        address = f"donor={donors[number]}"
        times.setdefault("server: charts' selection", []).append(
            milliseconds(lambda a=address: charting.selection(view_at(a)))  # type: ignore[misc]
        )
        for name in CHARTS:
            times.setdefault(f"server: chart {name}", []).append(milliseconds(
                lambda n=name, a=address: overview.chart_shown(charting, n, a, "", screen)  # type: ignore[misc]
            ))  # fmt: skip
        times.setdefault("server: filter bar", []).append(
            milliseconds(lambda a=address: changed(site, a, ""))  # type: ignore[misc]
        )
        times.setdefault("server: rows", []).append(milliseconds(
            lambda a=f"recipient=UKR&{address}": figures.rows(site, block, a, None)  # type: ignore[misc]
        ))  # fmt: skip
        times.setdefault("server: words", []).append(milliseconds(
            lambda a=f"q={WORDS[number]}": figures.rows(site, block, a, None)  # type: ignore[misc]
        ))  # fmt: skip
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    """Make the store, serve it, measure, and print the medians and what they are beside."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--data", type=Path, help="a folder that big_store.py wrote before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        data = options.data or Path(own) / "data"
        if not options.data:
            write_store(data, options.mentions)
        found = server_parts(data, options.rounds)
        serve = [sys.executable, "-c", SERVE, str(data)]
        with (
            running(datasette_of(Path(own), data), "running on") as (other, _),
            running(serve, "on http") as (address, pid),
        ):
            urlopen(f"{address}/chart.csv?name=ladder").read()
            facets = "&".join(f"_facet={name}" for name in FACETS)
            found |= in_browser(
                address, f"{other}/figures/figures?_size=100&{facets}", options.rounds
            )
            found[f"{USERS} HTTP clients at once"] = users(address)
            now, most = memory(pid)
    print(f"{options.mentions:,} mentions, median of {options.rounds}, milliseconds")
    for name, value in found.items():
        print(f"{name:32}{value:12,.0f}")
    ratio = found["address to first chart"] / found["Datasette's page"]
    print(f"{'first chart / Datasette':32}{ratio:12.2f}")
    print(f"memory of the server: {now:,.0f} MiB, at most {most:,.0f} MiB")


if __name__ == "__main__":
    main()
