"""From the bytes of a photo to the stored WebP and its thumbnail: CPU, memory, and what the event loop feels of it.

    python benchmarks/photo.py [--runs 9] [--json]

Every kind of photo is developed by a fresh process through the Darkroom and a MediaFolder, as the server does it. CPU
is of the whole process, median of the runs after a first one that loads Pillow. Memory is the peak above the idle
process, which has not loaded Pillow yet and holds the upload. The pause is the longest time that the event loop could
not answer. Goal (12-MP JPEG): <= 300 ms CPU, <= 60 MB. The pictures are made here, noisier than photos are. It never
fails by itself.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.media.darkroom import Darkroom  # noqa: E402 run by path, from a checkout that need not be installed
from bot.media.files import MediaFolder  # noqa: E402 as above
from bot.media.pictures import Picture  # noqa: E402 as above

if TYPE_CHECKING:
    from PIL import Image

TICK = 0.001  # seconds between two looks at the clock


def scenery(width: int, height: int) -> "Image.Image":
    """Light, shapes of every size and the grain of a phone's sensor."""
    from PIL import Image

    planes = []
    for shade in (100, 110, 90):
        plane = Image.new("L", (width, height), shade)
        for divisor, share in ((64, 0.5), (16, 0.4), (4, 0.3), (1, 0.12)):
            grain = Image.effect_noise((width // divisor, height // divisor), 70)
            plane = Image.blend(plane, grain.resize((width, height), Image.Resampling.BICUBIC), share)
        planes.append(plane)
    return Image.merge("RGB", planes)


def upload(form: str, size: tuple[int, int], **options: object) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        if form == "HEIF":
            import pillow_heif

            pillow_heif.register_heif_opener()
        scenery(*size).save(path, form, **options)

    return make


UPLOADS = {
    "JPEG 12 MP": upload("JPEG", (4000, 3000), quality=88),
    "JPEG 12 MP progressive": upload("JPEG", (4000, 3000), quality=88, progressive=True),
    "JPEG 1280 px (Telegram)": upload("JPEG", (1280, 960), quality=85),
    "HEIC 12 MP": upload("HEIF", (4032, 3024), quality=50),
    "PNG 1080 x 2400": upload("PNG", (1080, 2400)),
}


def peak() -> float:
    """The most memory that this process has held since it began, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii").split()
    return int(status[status.index("VmHWM:") + 1]) * 1024 / 1e6


async def longest_pause_beside(work: Coroutine[Any, Any, Picture]) -> tuple[Picture, float]:
    """What the work gave, and the longest time in seconds that this loop was held up beside it."""
    task = asyncio.ensure_future(work)
    longest, last = 0.0, time.perf_counter()
    while not task.done():
        await asyncio.sleep(TICK)
        now = time.perf_counter()
        longest, last = max(longest, now - last - TICK), now
    return task.result(), longest


async def stored(data: bytes, darkroom: Darkroom, folder: MediaFolder) -> Picture:
    picture = await darkroom.develop(data)
    if not isinstance(picture, Picture):
        raise SystemExit(f"refused: {picture.reason}")
    await folder.put(picture.full)
    await folder.put(picture.thumbnail)
    return picture


async def measured(data: bytes, scratch: Path, runs: int) -> dict[str, float]:
    darkroom, idle = Darkroom(), peak()
    cpu, wall, pauses = [], [], []
    for run in range(runs + 1):
        with tempfile.TemporaryDirectory(dir=scratch) as root:
            cpu_began, wall_began = time.process_time(), time.perf_counter()
            picture, pause = await longest_pause_beside(stored(data, darkroom, MediaFolder(Path(root))))
            if run:
                cpu.append(time.process_time() - cpu_began)
                wall.append(time.perf_counter() - wall_began)
                pauses.append(pause)
    darkroom.close()
    return {
        "upload_kb": len(data) / 1e3,
        "cpu_ms": statistics.median(cpu) * 1e3,
        "wall_ms": statistics.median(wall) * 1e3,
        "peak_mb_above_idle": peak() - idle,
        "pause_ms": statistics.median(pauses) * 1e3,
        "full_kb": len(picture.full) / 1e3,
        "thumbnail_kb": len(picture.thumbnail) / 1e3,
    }


def in_a_fresh_process(make: Callable[[Path], None], runs: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        make(path)
        command = [sys.executable, __file__, "--measure", str(path), "--runs", str(runs)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(answer.stdout)
    return figures


def table(figures: dict[str, dict[str, float]], runs: int) -> str:
    columns = list(next(iter(figures.values())))
    lines = [f"medians of {runs} runs", " ".join([f"{'':24}", *(f"{column:>18}" for column in columns)])]
    for name, row in figures.items():
        lines.append(" ".join([f"{name:24}", *(f"{row[column]:18.1f}" for column in columns)]))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(asyncio.run(measured(asked.measure.read_bytes(), asked.measure.parent, asked.runs))))
        return
    figures = {name: in_a_fresh_process(make, asked.runs) for name, make in UPLOADS.items()}
    print(json.dumps({"runs": asked.runs, "photo": figures}) if asked.json else table(figures, asked.runs))


if __name__ == "__main__":
    main()
