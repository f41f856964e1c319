# SPDX-License-Identifier: Apache-2.0
"""Starts a server on a free port of this machine, asks it, and stops it by its own process id."""
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("LINCHPIN_BINARY", str(ROOT / "build/release/bin/linchpin"))
LEATHER = ROOT / "tests/cases/table/leather.csv"
OPENAPI = yaml.safe_load((ROOT / "api/openapi.yaml").read_text(encoding="utf-8"))
WORLD = "world-2011"
SCENARIO = """
title = "Electronics cut-off"
[[cut]]
sellers = ["USA"]
buyers = ["CHN"]
sectors = ["c14"]
share = 1.0
from_day = 10
"""


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = body

    def json(self):
        def refuse(text):
            raise AssertionError(f"{text} is not JSON")
        return json.loads(self.body, parse_constant=refuse)


class Server:
    """`linchpin serve` in a folder; a watchdog of the system ends it if the test does not."""

    def __init__(self, folder, *options):
        self.folder = folder
        command = ["timeout", "--signal=KILL", "300", BINARY, "serve", "--port", "0", "--json",
                   "-o", str(folder / "serve"), *map(str, options)]
        # `timeout` only watches: what is stopped below is the server's own process.
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, start_new_session=True)
        self.begun = time.monotonic()
        self.complaints = ""
        line = self.process.stdout.readline()
        self.seconds_to_start = time.monotonic() - self.begun
        if not line:
            said = self.process.communicate(timeout=60)[1]
            raise AssertionError(said)
        self.address = json.loads(line)["address"]
        self.port = int(self.address.rstrip("/").rsplit(":", 1)[1])
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        self.pid = int(children.read_text().split()[0])

    def ask(self, method, path, body=None, headers=None, timeout=60):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            headers = dict(headers or {})
            if isinstance(body, (dict, list)):
                body = json.dumps(body)
                headers.setdefault("Content-Type", "application/json")
            connection.request(method, path, body=body, headers=headers)
            response = connection.getresponse()
            return Answer(response, response.read())
        finally:
            connection.close()

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.ask("POST", path, body, **options)

    def wait(self, run, seconds=120):
        """The last state of a run."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            state = self.get(f"/api/v1/runs/{run}").json()
            if state["status"] not in ("queued", "running"):
                return state
            time.sleep(0.1)
        raise AssertionError(f"run {run} has not ended after {seconds} s: {state}")

    def memory_kb(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def stop(self, number=15):
        if self.process.poll() is None:
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                pass
            self.process.wait(timeout=60)
        if not self.process.stdout.closed:
            self.process.stdout.close()
            self.complaints = self.process.stderr.read()
            self.process.stderr.close()
        return self.process.returncode


def without_run(document):
    """A document without what differs between any two runs: clock and host."""
    if isinstance(document, dict):
        return {key: without_run(value) for key, value in document.items()
                if key not in ("started", "duration_seconds", "duration_s", "host")}
    if isinstance(document, list):
        return [without_run(each) for each in document]
    return document


class ApiTest(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="linchpin-api-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def serve(self, *options):
        server = Server(self.folder, *options)
        self.addCleanup(self.stop_quietly, server)
        return server

    def stop_quietly(self, server):
        """What libraries print would stop the server where nobody reads it."""
        server.stop()
        self.assertEqual(server.complaints, "")

    def check(self, answer, path, method, status):
        """`answer` has this status and is what api/openapi.yaml says about it."""
        self.assertEqual(answer.status, status, answer.body[:2000])
        operation = OPENAPI["paths"][path][method.lower()]
        responses = operation["responses"]
        described = responses.get(str(status)) or responses.get("default")
        self.assertIsNotNone(described, f"{method} {path}: {status} is not described")
        if "$ref" in described:
            described = OPENAPI["components"]["responses"][described["$ref"].rsplit("/", 1)[1]]
        content = described.get("content")
        if not content:
            self.assertEqual(answer.body, b"")
            return None
        kind = answer.headers["content-type"].split(";")[0]
        self.assertIn(kind, content)
        if kind != "application/json":
            return answer.body
        document = answer.json()
        schema = {"components": OPENAPI["components"], **content[kind]["schema"]}
        jsonschema.Draft202012Validator(schema).validate(document)
        return document

    def check_error(self, answer, status):
        self.assertEqual(answer.status, status, answer.body[:2000])
        error = answer.json()["error"]
        for key in ("code", "what", "where", "hint"):
            self.assertTrue(error[key], f"empty '{key}' in {error}")
        return error

    def alive(self, server):
        self.assertEqual(server.get("/api/v1/version").status, 200)

    def cli(self, *arguments):
        done = subprocess.run([BINARY, *map(str, arguments), "--json"], cwd=self.folder, text=True,
                              capture_output=True, timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def finished(self, server, path, body):
        answer = server.post(path, body)
        run = self.check(answer, path, "POST", 202)
        self.assertEqual(answer.headers["location"], f"/api/v1/runs/{run['id']}")
        state = server.wait(run["id"])
        self.assertEqual(state["status"], "done", state)
        return run["id"]

    def results(self, server, run):
        return self.check(server.get(f"/api/v1/runs/{run}/results.json"),
                          "/api/v1/runs/{run}/results.json", "GET", 200)
