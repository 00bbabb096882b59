"""What the dashboard gives to keep is what the command writes, to the byte."""

import os
import subprocess
import sys

import pytest

from dashboard.app import Settings, create_app


@pytest.mark.parametrize("base_url", ["", "https://figures.example"])
@pytest.mark.parametrize("what", ["mentions", "figures"])
@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("", []),
        ("?donor=USA,DEU&min=1000", ["--donor", "USA", "--donor", "DEU", "--min", "1000"]),
        ("?hold=none&to=2024&q=ukraine", ["--hold", "none", "--to", "2024", "--q", "ukraine"]),
        ("?donor=XXX", ["--donor", "XXX"]),
    ],
)  # fmt: skip
def test_the_csv_of_the_dashboard_is_that_of_the_command(
    sample_store, tmp_path, base_url, what, address, options
):
    site = Settings(data=sample_store.path, base_url=base_url)
    answer = create_app(site).server.test_client().get(f"/api/{what}.csv{address}")
    assert answer.status_code == 200
    folder = tmp_path / "out"
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "tracker", "export", folder, "--what", what, *options,
         "--data", sample_store.path],
        check=True, capture_output=True, env={**os.environ, "TRACKER_BASE_URL": base_url},
    )  # fmt: skip
    [written] = folder.iterdir()
    assert answer.data == written.read_bytes()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{written.name}"'
