from __future__ import annotations

import threading

import pytest

from searchkit.engines.tantivy.threads import together


def test_results_come_in_order_from_several_threads() -> None:
    meeting = threading.Barrier(4, timeout=30)

    def task(number: int) -> int:
        meeting.wait()
        return number * number

    assert together([lambda number=number: task(number) for number in range(4)]) == [0, 1, 4, 9]
    assert together([]) == []


def test_the_first_failure_is_raised_whatever_it_is() -> None:
    class Panic(BaseException):
        pass

    def fail(error: BaseException) -> None:
        raise error

    with pytest.raises(Panic):
        together([lambda: None, lambda: fail(Panic()), lambda: fail(ValueError())])
