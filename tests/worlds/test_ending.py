import signal
import urllib.request
from pathlib import Path

import pytest

from tests.street import open_street


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_house_that_is_told_to_end_ends_well_with_a_page_open(how: signal.Signals, tmp_path: Path) -> None:
    with open_street(tmp_path) as street:
        street.start()
        page = urllib.request.urlopen(f"{street.url}/chat", timeout=5)
        cookie = page.headers["set-cookie"].partition(";")[0]
        page.close()
        stream = urllib.request.Request(f"{street.url}/chat/events", headers={"cookie": cookie})
        with urllib.request.urlopen(stream, timeout=5) as opened:
            assert opened.readline() == b"retry: 2000\n"
            assert street.stop(how) == 0
