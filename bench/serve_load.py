#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Load on `linchpin serve`: wrk (package wrk) with 50 connections of mixed requests, and the memory before and after.
Among the requests are about sixty different runs (equilibrium, localize, leverage, disrupt), which are computed meanwhile.

    python3 bench/serve_load.py build/release/bin/linchpin [--seconds 60] [--connections 50] [--world world-2022e]

The server listens at 127.0.0.1 on a free port, in a folder of its own, and is stopped at the end. Exits with 1 if a
request or a run went wrong."""
import argparse
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SCENARIO = """
title = "Electronics cut-off"
[[cut]]
sellers = ["USA"]
buyers = ["CHN"]
sectors = ["{sector}"]
share = 1.0
from_day = 10
"""


def ask(address, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"} if data else {})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def memory_kb(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return {name: int(re.search(name + r":\s+(\d+)", status).group(1)) for name in ("VmRSS", "VmHWM", "Threads")}


def wrk(options, seconds, environment):
    command = ["wrk", "-t2", f"-c{options.connections}", f"-d{seconds}s", "--timeout", "20s", "-s",
               str(HERE / "serve_load.lua"), environment["LINCHPIN_ADDRESS"]]
    done = subprocess.run(command, env=environment, text=True, capture_output=True, check=True, timeout=seconds + 60)
    return done.stdout


TARIFF = """
title = "A tariff of {percent} %"
[[tariff]]
exporters = ["CHN"]
importers = ["USA"]
sectors = ["all"]
add = {share}
"""


def questions_for_the_queue(address, world):
    """Path and body of some sixty different runs that pages ask for: each is computed once, while the load goes on, and
    then found."""
    posts = [("/api/v1/equilibrium", {"world": world, "scenario": TARIFF.format(percent=k, share=k / 100)})
             for k in range(1, 31)]
    examples = ask(address, "/api/v1/examples")
    autonomy = [each["text"] for each in examples["studies"] if each["kind"] == "autonomy"][0]
    posts += [("/api/v1/localize", {"study": autonomy, "technologies": [each["name"]], "draws": 0, "drivers": 0,
                                    "preset": preset})
              for each in examples["technologies"] for preset in ("sceptic", "central", "optimist")
              if f'"{each["name"]}"' in autonomy]
    posts += [("/api/v1/leverage/power", {"world": world, "senders": [a], "targets": [b], "days": 1})
              for a, b in itertools.permutations(("CHN", "USA", "DEU", "JPN"), 2)]
    posts += [("/api/v1/leverage/chokepoints", {"world": world, "target": target, "senders": ["USA", "CHN"], "k": 1})
              for target in ("DEU", "JPN", "IND")]
    posts.append(("/api/v1/disrupt", {"world": world, "scenario": SCENARIO.format(sector=sector_of(world)), "days": 60}))
    return posts


def sector_of(world):
    return "c14" if world == "world-2011" else "C26"


def unfinished_or_failed(address):
    """Statuses of the runs that are not done, after all have ended or ten minutes."""
    end = time.monotonic() + 600
    while True:
        runs, before = [], ""
        while True:
            page = ask(address, "/api/v1/runs" + before)
            runs += page["runs"]
            if page["next"] is None:
                break
            before = f"?before={page['next']}"
        states = [run["status"] for run in runs]
        if not any(state in ("queued", "running") for state in states) or time.monotonic() > end:
            print("runs:", len(states), "done:", states.count("done"))
            return [state for state in states if state != "done"]
        time.sleep(1)


def load(options, server, address):
    posts = questions_for_the_queue(address, options.world)
    posted = posts[-1][1]
    run = ask(address, "/api/v1/disrupt", posted)["id"]
    while ask(address, f"/api/v1/runs/{run}")["status"] in ("queued", "running"):
        time.sleep(0.1)
    file = options.folder / "posts.txt"
    file.write_text("".join(f"{path} {json.dumps(body)}\n" for path, body in posts), encoding="utf-8")
    environment = dict(os.environ, LINCHPIN_ADDRESS=address, LINCHPIN_WORLD=options.world, LINCHPIN_RUN=str(run),
                       LINCHPIN_POSTS=str(file))
    wrk(options, 5, environment)  # threads, worlds and factors are there from here on
    before = memory_kb(server.pid)
    said = wrk(options, options.seconds, environment)
    half = memory_kb(server.pid)
    said_again = wrk(options, options.seconds, environment) if options.twice else ""
    after = memory_kb(server.pid)
    print(said + said_again)
    print("memory, kB: before", before, "after", half, *(["after the second", after] if options.twice else []))
    codes = {int(code): int(count) for code, count in re.findall(r" (\d{3})=(\d+)", said + said_again)}
    wrong = {code: count for code, count in codes.items() if not 200 <= code < 400}
    broken = [int(n) for n in re.findall(r"(?:connect|read|write|timeout) (\d+)", said + said_again)]
    states = unfinished_or_failed(address)
    if wrong or any(broken) or states:
        print("went wrong:", wrong, broken, states)
        return 1
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("linchpin", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--world", default="world-2022e")
    parser.add_argument("--twice", action="store_true", help="once more, to see whether memory goes on growing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="linchpin-load-") as folder:
        options.folder = pathlib.Path(folder)
        # Room for all runs of the mix: a queue that is full is another test.
        server = subprocess.Popen([options.linchpin.resolve(), "serve", "--port", "0", "--json", "--queue", "200",
                                   "-o", f"{folder}/serve"], stdout=subprocess.PIPE, text=True)
        try:
            address = json.loads(server.stdout.readline())["address"].rstrip("/")
            return load(options, server, address)
        finally:
            server.terminate()
            server.wait(timeout=60)


if __name__ == "__main__":
    sys.exit(main())
