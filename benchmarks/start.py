"""How long a start takes until /healthz answers, and what an idle house holds in memory.

python benchmarks/start.py [--runs 5] [--json]
"""

import argparse
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent


def started(folder: str) -> tuple[float, float]:
    """Seconds until the house answers, and its resident MB two seconds later."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAMBANG")}
    environment |= {"SAMBANG_PORT": str(port), "SAMBANG_DATA_DIR": folder, "SAMBANG_LOG_LEVEL": "error"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        while not answers(port):
            if process.poll() is not None:
                raise SystemExit(f"the house ended with {process.returncode}")
            time.sleep(0.01)
        seconds = time.perf_counter() - began
        time.sleep(2)
        pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
        return seconds, pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    first, again, memory = [], [], []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory() as folder:
            first.append(started(folder)[0])
            seconds, resident = started(folder)
            again.append(seconds)
            memory.append(resident)
    figures = {
        "first start, seconds": statistics.median(first),
        "start of an existing folder, seconds": statistics.median(again),
        "idle memory, MB": statistics.median(memory),
    }
    if options.json:
        print(json.dumps(figures))
        return
    for name, figure in figures.items():
        print(f"{name:40}{figure:8.2f}")
    print(f"medians of {options.runs} runs; goals 10 s, 2.5 s, 150 MB")


if __name__ == "__main__":
    main()
