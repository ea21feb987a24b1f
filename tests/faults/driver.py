"""Runs a scenario again and again, each time with a fault at another file operation, and says what was not repaired.

    python -m tests.faults.driver SHIM FOLDER SCENARIO ENGINE FAULT:SAMPLES...

Started with the shim preloaded (see `shim.c`). Every run is a fork of this process, so that a kill is a kill and nothing is
loaded twice. FAULT is one of `FAULTS`, or of `power.STATES`, whose states are written by a replay; SAMPLES is how many places
are tried, 0 for all. Where two faults leave the same bytes under the same names, one more run does the same from both: it is done
once. Prints one JSON object: for each fault how many places were tried and how many states they left, and the failures.
"""

from __future__ import annotations

import ctypes
import gc
import hashlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from tests.faults import power
from tests.faults.scenarios import SCENARIOS, Scenario, copied, settle

FAULTS = {"none": 0, "kill": 1, "half": 2, "interrupt": 3, "terminate": 4, "EIO": 5, "broken": 6, "full": 7}
"""half: killed in the middle of a write. broken, full: this and all later operations fail, or all later ones that take room."""


class Runner:
    """Acts of a scenario in processes of their own."""

    def __init__(self, shim: str, scenario: Scenario) -> None:
        self._shim = ctypes.CDLL(shim)
        self._scenario = scenario
        self._answer = scenario.base / "answer.json"

    def act(self, fault: str = "none", at: int = 0, log: str = "") -> dict[str, object]:
        """Do what the scenario does, with a fault at an operation; "killed" in the answer where it did not come to its end."""

        def acted() -> dict[str, object]:
            folder = os.fsencode(self._scenario.index)
            self._shim.fault_arm(folder, ctypes.c_long(at), FAULTS[fault], os.fsencode(log))
            try:
                done: dict[str, object] = dict(self._scenario.act())
            except (Exception, KeyboardInterrupt) as error:
                done = {"error": type(error).__name__, "message": str(error), "trace": traceback.format_exc()}
            done["operations"] = self._shim.fault_disarm()
            return done

        return self._forked(acted)

    def state(self) -> dict[str, object]:
        """What the index holds now."""
        return self._forked(self._scenario.state)

    def again(self) -> dict[str, object]:
        """One more run: the number of documents `before` and `after` it, what it `said`, and the `state` that it left."""

        def run() -> dict[str, object]:
            before = self._length()
            return {
                "before": before,
                "said": self._scenario.act(),
                "after": self._length(),
                "state": self._scenario.state(),
            }

        return self._forked(run)

    def _length(self) -> int:
        """The number of documents now, as a reader sees it; 0 where there is no index."""
        import searchkit

        try:
            with searchkit.open(self._scenario.index, create=False) as index:
                return len(index)
        except searchkit.BrokenIndexError:
            return 0

    def _forked(self, act) -> dict[str, object]:  # type: ignore[no-untyped-def]
        self._answer.unlink(missing_ok=True)
        child = os.fork()
        if not child:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            code = 1
            try:
                self._answer.write_text(json.dumps(act()))
                code = 0
            except BaseException:
                self._answer.write_text(json.dumps({"error": "uncaught", "message": traceback.format_exc()}))
            finally:
                os._exit(code)
        os.waitpid(child, 0)
        return json.loads(self._answer.read_text()) if self._answer.exists() else {"killed": True}


def fingerprint(folder: Path) -> str:
    """Names the state of a folder: what is in it, under which names."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        content = b"" if path.is_dir() else path.read_bytes()
        state.update(f"{path.relative_to(folder)}\0{path.is_dir()}\0{len(content)}\0".encode() + content)
    return state.hexdigest()


def said(answer: dict[str, object]) -> str:
    """What is wrong with the answer of the act that met a fault; "" for nothing."""
    message = str(answer.get("message", ""))
    if "error" in answer and (answer["error"] == "uncaught" or "delete" in message):
        return f"said {answer}"
    return ""


def left(runner: Runner, expected: dict[str, object]) -> str:
    """What one more run leaves wrong; "" for nothing."""
    again = runner.again()
    if "error" in again or again["said"]["failed"]:  # type: ignore[index]
        return f"the next run said {again}"
    before, done, after = again["before"], again["said"], again["after"]
    if before + done["added"] - done["removed"] != after:  # type: ignore[operator, index]
        return f"{before} documents before, {after} after, and the next run said {done}"
    state: dict[str, object] = again["state"]  # type: ignore[assignment]
    if state != expected:
        return f"another state: {differences(expected, state)}"
    return ""


def differences(expected: dict[str, object], state: dict[str, object]) -> dict[str, object]:
    """What is not as expected, part by part."""
    return {
        name: (expected.get(name), state.get(name))
        for name in {*expected, *state}
        if expected.get(name) != state.get(name)
    }


def sampled(total: int, samples: int) -> range:
    """So many of the numbers from 1 on, evenly; all for 0."""
    step = max(1, total // samples) if samples else 1
    return range(1 + step // 2, total + 1, step)


def faults(
    runner: Runner, scenario: Scenario, before: Path, fault: str, samples: int
) -> Iterator[tuple[str, dict[str, object]]]:
    """Leave the index as each fault leaves it: yields what was done, and the answer of the act that met the fault."""
    log = scenario.base / "log"
    kinds = power.STATES.get(fault)
    copied(before, scenario.index)
    operations = runner.act(log=str(log) if kinds else "")["operations"]
    assert isinstance(operations, int)
    if kinds is None:
        for at in sampled(operations, samples):
            copied(before, scenario.index)
            yield f"{fault} at operation {at} of {operations}", runner.act(fault, at)
        return
    end = fingerprint(scenario.index)
    done = power.read_log(log)
    wanted = {divmod(at - 1, len(kinds)) for at in sampled(len(kinds) * len(done), samples)}
    copied(before, scenario.index)
    for number, kind, disk in power.states(scenario.index, done, kinds):
        if (number - 1, kinds.index(kind)) in wanted:
            disk.write(kind)
            what = f"{kind} after operation {number} of {len(done)} ({done[number - 1].name})"
            yield what, {"killed": True}
    disk.write("stopped")
    assert fingerprint(scenario.index) == end, "the replay ends elsewhere than the run"


def main(shim: str, folder: str, scenario: str, engine: str, *wanted: str) -> None:
    settle()
    base = Path(folder)
    current = SCENARIOS[scenario](base, engine)
    current.prepare()
    before = base / "before"
    copied(current.index, before)
    current.act()  # here, so that what it imports is imported once
    copied(before, current.index)
    gc.freeze()
    runner = Runner(shim, current)
    runner.act()
    expected = runner.state()
    failures: list[str] = []
    seen: dict[str, str] = {}
    figures: dict[str, dict[str, int]] = {}
    for fault, _, samples in (one.partition(":") for one in wanted):
        figure = figures[fault] = {"tried": 0, "states": 0}
        for what, answer in faults(runner, current, before, fault, int(samples)):
            figure["tried"] += 1
            state = fingerprint(current.index)
            if state not in seen:
                figure["states"] += 1
                seen[state] = left(runner, expected)
            wrong = said(answer) or seen[state]
            if wrong:
                failures.append(f"{what}: {wrong}")
                print(failures[-1], file=sys.stderr, flush=True)
    print(json.dumps({"figures": figures, "failures": failures}))


if __name__ == "__main__":
    main(*sys.argv[1:])
