import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.media.checks import check_document, check_picture
from bot.media.formats import PNG_SIGNATURE
from bot.media.pictures import Document, Picture, Refused
from tests.bot.media.specimens import (
    FORMATS,
    HARMLESS_BOMBS,
    HEAVIEST_TAKEN,
    REFUSED_BOMBS,
    basket,
    exif,
    opened,
    saved,
)

measured = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory from /proc")
SECONDS = 1.0
MEGABYTES = 150

# A process of its own for each file: a peak of memory is never forgotten by the process that had it.
MEASURED = """
import sys, time
from pathlib import Path
from bot.media import decoding
from bot.media.checks import check_picture
from bot.media.formats import Format

def peak():  # VmHWM begins anew with exec; ru_maxrss would remember the process that started this one
    status = Path("/proc/self/status").read_text().split()
    return int(status[status.index("VmHWM:") + 1]) * 1024 / 1e6

data = Path(sys.argv[1]).read_bytes()
for load in decoding.PLUGINS.values():
    load()
before, began = peak(), time.process_time()
answer = check_picture(data)
print(type(answer).__name__, time.process_time() - began, peak() - before)
"""
ROOT = Path(__file__).parents[3]


def verdict_within_bounds(data: bytes, folder: Path) -> str:
    file = folder / "upload"
    file.write_bytes(data)
    command = [sys.executable, "-c", MEASURED, str(file)]
    verdict, seconds, megabytes = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    ).stdout.split()
    assert float(seconds) <= SECONDS
    assert float(megabytes) <= MEGABYTES
    return verdict


@measured
@pytest.mark.parametrize("bomb", REFUSED_BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_refused_without_going_off(bomb: Callable[[], bytes], tmp_path: Path) -> None:
    assert verdict_within_bounds(bomb(), tmp_path) == "Refused"


@measured
@pytest.mark.parametrize("bomb", HARMLESS_BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_beside_the_pixels_does_not_go_off(bomb: Callable[[], bytes], tmp_path: Path) -> None:
    verdict_within_bounds(bomb(), tmp_path)


@measured
@pytest.mark.parametrize("picture", HEAVIEST_TAKEN, ids=lambda picture: picture.__name__)
def test_the_heaviest_picture_that_is_taken_stays_within_bounds(picture: Callable[[], bytes], tmp_path: Path) -> None:
    assert verdict_within_bounds(picture(), tmp_path) == "Picture"


BEGINNINGS = (
    b"\xff\xd8\xff",
    PNG_SIGNATURE,
    b"RIFF\x24\x00\x00\x00WEBP",
    b"\x00\x00\x00\x18ftypheic",
    b"%PDF-1.7",
    b"",
)


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=400))
def test_no_bytes_whatever_raise(beginning: bytes, rest: bytes) -> None:
    assert isinstance(check_document(beginning + rest), Refused | Picture | Document)


HONEST = {form: saved(basket((400, 330)), form, exif=exif(6)) for form in FORMATS}
HONEST["progressive JPEG"] = saved(basket((400, 330)), "JPEG", progressive=True)
HONEST["animation"] = saved(basket((400, 330)), "WEBP", save_all=True, append_images=[basket((400, 330), turned=1)])
PLACES = st.integers(min_value=0)
SPOILED = st.lists(st.tuples(PLACES, st.integers(0, 255)), max_size=12)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(HONEST)), SPOILED, st.none() | PLACES, st.booleans())
def test_no_spoiled_picture_raises(
    form: str, spoiled: list[tuple[int, int]], end: int | None, in_the_header: bool
) -> None:
    data = bytearray(HONEST[form])
    for place, value in spoiled:
        data[place % (min(700, len(data)) if in_the_header else len(data))] = value
    answer = check_picture(bytes(data if end is None else data[: end % len(data)]))
    if isinstance(answer, Picture):
        assert opened(answer.full).size == (answer.width, answer.height)
    else:
        assert isinstance(answer, Refused)


@measured
def test_the_measure_of_memory_is_not_blind() -> None:
    hungry = MEASURED.replace("check_picture(data)", "bytearray(b'x') * 200_000_000")
    command = [sys.executable, "-c", hungry, __file__]
    used = float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()[2])
    assert 190 < used < 230
