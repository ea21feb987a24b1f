"""Runs a scenario again and again, each time with a fault at another file operation, and says what was not repaired.

    python -m tests.faults.driver SHIM FOLDER SCENARIO ENGINE FAULT STEP FIRST

Started with the shim preloaded (see `shim.c`). Every run is a fork of this process, so that a kill is a kill and nothing is
loaded twice. Prints one JSON object: how many operations there are, how many faults were tried, and the failures.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import traceback
from pathlib import Path

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
    return {name: (expected.get(name), state.get(name)) for name in {*expected, *state} if expected.get(name) != state.get(name)}


def main(shim: str, folder: str, scenario: str, engine: str, fault: str, step: str, first: str) -> None:
    settle()
    base = Path(folder)
    current = SCENARIOS[scenario](base, engine)
    current.prepare()
    before = base / "before"
    copied(current.index, before)
    runner = Runner(shim, current)
    operations = runner.act()["operations"]
    assert isinstance(operations, int)
    expected = runner.state()
    failures, tried = [], 0
    for at in range(int(first), operations + 1, int(step)):
        copied(before, current.index)
        tried += 1
        wrong = check(runner, expected, runner.act(fault, at))
        if wrong:
            failures.append(f"{fault} at operation {at}: {wrong}")
    print(json.dumps({"operations": operations, "tried": tried, "failures": failures}))


if __name__ == "__main__":
    main(*sys.argv[1:])
