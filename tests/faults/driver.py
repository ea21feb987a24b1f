"""Runs a scenario again and again, each time with a fault at another file operation, and says what was not repaired.

    python -m tests.faults.driver SHIM FOLDER SCENARIO ENGINE FAULT:SAMPLES...

Started with the shim preloaded (see `shim.c`). Every run is a fork of this process, so that a kill is a kill and nothing is
loaded twice. FAULT is one of `FAULTS`, or "power" for the states that a power cut can leave; SAMPLES is how many places are
tried, 0 for all. Prints one JSON object: how many operations there are, how many faults were tried, and the failures.
"""

from __future__ import annotations

import ctypes
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

    def length(self) -> int:
        """The number of documents now, as a reader sees it; 0 where there is no index."""

        def counted() -> dict[str, object]:
            import searchkit

            try:
                with searchkit.open(self._scenario.index, create=False) as index:
                    return {"length": len(index)}
            except searchkit.BrokenIndexError as error:
                return {"length": 0, "message": str(error)}

        return self._forked(counted)["length"]  # type: ignore[return-value]

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


def check(runner: Runner, expected: dict[str, object], answer: dict[str, object]) -> str:
    """What one more run leaves wrong; "" for nothing."""
    message = str(answer.get("message", ""))
    if "error" in answer and (answer["error"] == "uncaught" or "delete" in message):
        return f"said {answer}"
    before = runner.length()
    again = runner.act()
    if "error" in again or again.get("failed"):
        return f"the next run said {again}"
    after = runner.length()
    if before + again["added"] - again["removed"] != after:  # type: ignore[operator]
        return f"{before} documents before, {after} after, and the next run said {again}"
    state = runner.state()
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
    copied(before, scenario.index)
    operations = runner.act(log=str(log) if fault == "power" else "")["operations"]
    assert isinstance(operations, int)
    if fault != "power":
        for at in sampled(operations, samples):
            copied(before, scenario.index)
            yield f"{fault} at operation {at} of {operations}", runner.act(fault, at)
        return
    done = power.read_log(log)
    copied(before, scenario.index)
    wanted = (
        {
            (at - 1) // len(power.STATES) + 1: power.STATES[(at - 1) % len(power.STATES)]
            for at in sampled(len(power.STATES) * len(done), samples)
        }
        if samples
        else {}
    )
    for number, state, disk in power.states(scenario.index, done):
        if not samples or wanted.get(number) == state:
            disk.write(state)
            yield (
                f"power cut after operation {number} of {len(done)} ({done[number - 1].name}), {state}",
                {"killed": True},
            )


def main(shim: str, folder: str, scenario: str, engine: str, *wanted: str) -> None:
    settle()
    base = Path(folder)
    current = SCENARIOS[scenario](base, engine)
    current.prepare()
    before = base / "before"
    copied(current.index, before)
    runner = Runner(shim, current)
    runner.act()
    expected = runner.state()
    failures, tried = [], 0
    for fault, _, samples in (one.partition(":") for one in wanted):
        for what, answer in faults(runner, current, before, fault, int(samples)):
            tried += 1
            wrong = check(runner, expected, answer)
            if wrong:
                failures.append(f"{what}: {wrong}")
    print(json.dumps({"tried": tried, "failures": failures}))


if __name__ == "__main__":
    main(*sys.argv[1:])
