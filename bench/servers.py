"""Requests a second of one real page under each way of serving it. Run beside `make demo`; see ADR 40.

    .venv/bin/python -m bench.servers --rounds 6 --seconds 6

Each round starts every candidate once, in a new order, so that whatever else the machine does falls on all of
them alike. The client keeps its connections and runs on the same processors: compare, do not quote.
"""

import argparse
import asyncio
import http.client
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / ".local" / "demo" / "environment.json"
PORT = 8190
APPLICATION = "safeguarding.wsgi:application"
GUNICORN = [
    "gunicorn",
    APPLICATION,
    "--bind",
    f"127.0.0.1:{PORT}",
    "--workers",
    "2",
    "--log-level",
    "warning",
]
GRANIAN = ["granian", "--interface", "wsgi", APPLICATION, "--port", str(PORT), "--workers", "2"]
GRANIAN += ["--log-level", "warning"]
POOL = {"DATABASE_POOL_SIZE": "4"}


@dataclass
class Candidate:
    """A way of serving, and what was measured of it."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    rates: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)  # ms of processor for one request, database not counted
    failed: int = 0


def candidates() -> list[Candidate]:
    threads = ["--worker-class", "gthread", "--threads", "4"]
    return [
        Candidate("gunicorn sync 2", GUNICORN),
        Candidate("gunicorn gthread 2x2", [*GUNICORN, "--worker-class", "gthread", "--threads", "2"]),
        Candidate("gunicorn gthread 2x4", [*GUNICORN, *threads]),
        Candidate("gunicorn gthread 2x4, pool", [*GUNICORN, *threads], POOL),
        Candidate(
            "gunicorn gthread 2x2, pool", [*GUNICORN, "--worker-class", "gthread", "--threads", "2"], POOL
        ),
        Candidate("granian 2x1", [*GRANIAN, "--blocking-threads", "1"]),
        Candidate("granian 2x2", [*GRANIAN, "--blocking-threads", "2"]),
        Candidate("granian 2x2, pool", [*GRANIAN, "--blocking-threads", "2"], POOL),
        Candidate("granian 2x4", [*GRANIAN, "--blocking-threads", "4"]),
        Candidate("granian 2x4, pool", [*GRANIAN, "--blocking-threads", "4"], POOL),
    ]


def start(candidate: Candidate, known: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers."""
    program = str(Path(sys.executable).with_name(candidate.command[0]))
    told = [f"{name}={value}" for name, value in {**known, **candidate.environment}.items()]
    command = ["/usr/bin/env", *told, program, *candidate.command[1:]]
    process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)  # noqa: S603 - our own commands
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if ask("GET", "/health/live", {})[0] == 200:
                return process
        except OSError:
            time.sleep(0.1)
    stop(process)
    raise SystemExit(f"{candidate.name} does not answer on port {PORT}.")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def ask(method: str, path: str, headers: dict[str, str], body: str = "") -> tuple[int, list[str], str]:
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    line.request(method, path, body, headers)
    answer = line.getresponse()
    cookies = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    text = answer.read().decode()
    line.close()
    return answer.status, cookies, text


def sign_in(account: str) -> str:
    """The cookie of a demo account, got the way a browser gets it."""
    _, cookies, page = ask("GET", "/sign-in/", {})
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    action = next(part.split('"')[0] for part in page.split('action="')[1:] if part.startswith("/demo/"))
    headers = {
        "Cookie": "; ".join(cookies),
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": f"http://127.0.0.1:{PORT}",
    }
    form = urlencode({"csrfmiddlewaretoken": token, "account": account})
    status, cookies, _ = ask("POST", action, headers, form)
    if status != 302:
        raise SystemExit(f"{account} could not sign in: {status}")
    return "; ".join(cookies)


class Client:
    """A few connections, each asking for the same page again as soon as it was answered."""

    def __init__(self, path: str, cookie: str) -> None:
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{PORT}", f"Cookie: {cookie}", "", ""]
        self.request = "\r\n".join(lines).encode()
        self.times: list[float] = []
        self.failed = 0

    async def run(self, connections: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(*(self.one_after_another(until) for _ in range(connections)))

    async def one_after_another(self, until: float) -> None:
        line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                line = line or await asyncio.open_connection("127.0.0.1", PORT)
                good, stays = await self.once(*line)
            except (OSError, asyncio.IncompleteReadError):
                good, stays = False, False
            if good:
                self.times.append(time.monotonic() - began)
            else:
                self.failed += 1
            if not stays and line:
                line[1].close()
                line = None
        if line:
            line[1].close()

    async def once(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[bool, bool]:
        """One request; whether it was answered as it should be, and whether the connection stays."""
        writer.write(self.request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(length)
        good = head.startswith(b"http/1.1 200") and (b"<h1" in body or b'"live"' in body)
        return good, b"connection: close" not in head


def measure(candidate: Candidate, known: dict[str, str], words: argparse.Namespace) -> None:
    process = start(candidate, known)
    try:
        cookie = sign_in(words.account)
        asyncio.run(Client(words.path, cookie).run(words.connections, 1.5))
        client, worked = Client(words.path, cookie), processor_seconds(process.pid)
        asyncio.run(client.run(words.connections, words.seconds))
        worked = processor_seconds(process.pid) - worked
    finally:
        stop(process)
    candidate.work.append(1000 * worked / len(client.times))
    candidate.rates.append(len(client.times) / words.seconds)
    candidate.slowest.append(1000 * sorted(client.times)[int(len(client.times) * 0.95)])
    candidate.failed += client.failed


def processor_seconds(process: int) -> float:
    """What a process and its descendants have used so far (Linux)."""
    own = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ticks = int(own[11]) + int(own[12])
    return ticks / os.sysconf("SC_CLK_TCK") + sum(processor_seconds(int(child)) for child in children)


def table(measured: list[Candidate]) -> list[str]:
    """Markdown: medians over the rounds, and their lowest and highest."""
    head = "| server | requests a second | lowest to highest | p95, ms | processor, ms a request | failed |"
    lines = [head, "|---|---|---|---|---|---|"]
    for each in sorted(measured, key=lambda one: -statistics.median(one.rates)):
        spread = f"{min(each.rates):.0f} to {max(each.rates):.0f}"
        middle, slow = statistics.median(each.rates), statistics.median(each.slowest)
        work = f"{statistics.median(each.work):.1f} ({min(each.work):.1f} to {max(each.work):.1f})"
        lines.append(f"| {each.name} | {middle:.0f} | {spread} | {slow:.0f} | {work} | {each.failed} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--path", default="/cases/")
    parser.add_argument("--account", default="coordinator")
    parser.add_argument("--servers", default="", help="Only those whose name matches one of a|b|c")
    words = parser.parse_args()
    known = json.loads(DEMO.read_text())
    measured = [each for each in candidates() if re.search(words.servers, each.name)]
    for number in range(words.rounds):
        for candidate in random.sample(measured, len(measured)):
            measure(candidate, known, words)
            sys.stderr.write(f"round {number + 1}: {candidate.name}: {candidate.rates[-1]:.0f} a second\n")
    sys.stdout.write("\n".join(table(measured)) + "\n")


if __name__ == "__main__":
    main()
