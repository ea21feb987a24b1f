"""Many files in worker processes: order, limits, and what is left when it ends."""

# Tests as well, in searchkit/: documents/workers: protocol supervisor worker

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from searchkit.documents.workers import supervisor
from searchkit.documents.workers.pool import Job, hash_file, read_files
from searchkit.errors import WorkerError
from searchkit.model import Document

HOOKS = f"{__package__}.hooks" if __package__ else "hooks"
OBEY = f"{HOOKS}:obey"
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")


@pytest.fixture
def write(tmp_path):
    """Write files of these texts; the jobs to read them, ids being the names."""

    def write(**texts):
        jobs = []
        for name, text in texts.items():
            path = tmp_path / name.replace("_", ".")
            path.write_text(text, encoding="utf-8")
            jobs.append(Job(str(path), name))
        return jobs

    return write


def gather(results):
    """{id: (documents, reasons of failures)} of all parts."""
    gathered = {}
    for result in results:
        documents, reasons = gathered.setdefault(result.id, ([], []))
        documents.extend(result.documents)
        reasons.extend(failure.reason for failure in result.failures)
    return gathered


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.05)


def test_documents_of_many_files(write):
    jobs = write(**{f"file{number}_txt": f"text {number}" for number in range(100)})
    results = list(read_files(iter(jobs), workers=3))
    assert sorted(result.id for result in results) == sorted(job.id for job in jobs)
    for result in results:
        (document,) = result.documents
        assert isinstance(document, Document)
        assert document.id == result.id
        assert document.source == result.path
        assert result.last
        assert not result.same
        assert result.hash == hash_file(result.path)
        assert result.hash == hashlib.blake2b(Path(result.path).read_bytes(), digest_size=16).hexdigest()


def test_no_jobs_start_no_worker(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    assert list(read_files([])) == []


def test_no_more_workers_than_jobs(write):
    jobs = write(a_txt="a", b_txt="b")
    starts = []
    real = subprocess.Popen
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            supervisor.subprocess, "Popen", lambda *args, **options: starts.append(1) or real(*args, **options)
        )
        assert len(list(read_files(jobs, workers=8))) == 2
    assert 1 <= len(starts) <= 2


def test_jobs_are_taken_as_needed(write):
    (job,) = write(a_txt="text")
    taken = []

    def jobs():
        for number in range(10_000):
            taken.append(number)
            yield job._replace(id=str(number))

    results = read_files(jobs(), workers=2)
    next(results)
    assert len(taken) < 200
    results.close()


def test_plain_text_loads_no_large_library(write):
    jobs = write(a_txt="text", b_md="# text", c_csv="text\nx", d_jsonl='{"text": "x"}')
    results = read_files(jobs, workers=1, transform=f"{HOOKS}:libraries")
    assert [result.documents for result in results] == [([],)] * 4


def test_a_known_hash_saves_the_reading(write):
    jobs = write(a_txt="text", b_pdf="no PDF at all")
    jobs = [job._replace(known_hash=hash_file(job.path)) for job in jobs]
    for result in read_files(jobs):
        assert result.same
        assert (result.documents, result.failures) == ((), ())
    (result,) = read_files([jobs[0]._replace(known_hash="of something else")])
    assert not result.same
    assert len(result.documents) == 1


def test_failures_name_file_and_reason(write, tmp_path):
    jobs = [*write(a_pdf="no PDF", b_txt="text", c_txt=""), Job(str(tmp_path / "gone.txt"), "gone")]
    results = {result.id: result for result in read_files(jobs, workers=1)}
    assert results["b_txt"].failures == ()
    assert "is not a PDF" in results["a_pdf"].failures[0].reason
    assert results["a_pdf"].failures[0].path == jobs[0].path
    assert results["a_pdf"].hash == hash_file(jobs[0].path)  # it was read, and will read the same again
    assert [failure.reason for failure in results["c_txt"].failures] == ["is empty"]
    assert [failure.reason for failure in results["gone"].failures] == ["does not exist"]
    assert results["gone"].hash is None


def test_a_file_of_many_documents_comes_in_parts(write):
    lines = [f'{{"text": "{"word " * 2000}{number}"}}' for number in range(1000)]
    lines[500] = "broken"
    jobs = write(many_jsonl="\n".join(lines), one_txt="text")
    parts = [result for result in read_files(jobs, workers=2) if result.id == "many_jsonl"]
    assert len(parts) > 4
    assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]
    assert len({part.hash for part in parts}) == 1
    documents = [document for part in parts for document in part.documents]
    assert [document.id for document in documents] == [f"many_jsonl#{n}" for n in range(1, 1001) if n != 501]
    assert [failure.reason[:8] for part in parts for failure in part.failures] == ["line 501"]


def test_a_file_that_takes_for_ever_costs_itself_alone(write):
    jobs = write(a_txt="quick", b_txt="spin", c_txt="quick", d_txt="quick")
    gathered = gather(read_files(jobs, workers=1, transform=OBEY, seconds=0.5))
    reason = "took longer than 0.5 seconds of processor time to read: split it or save it anew"
    assert gathered.pop("b_txt") == ([], [reason])
    assert gathered == {name: (["quick"], []) for name in ("a_txt", "c_txt", "d_txt")}


def test_a_file_that_waits_for_ever_is_not_to_blame(write):
    jobs = write(a_txt="quick", b_txt="hang", c_txt="quick")
    results = {result.id: result for result in read_files(jobs, workers=1, transform=OBEY, clock=1)}
    assert "no answer for 1 seconds" in results["b_txt"].failures[0].reason
    assert results["b_txt"].machine_fault
    assert results["a_txt"].documents == results["c_txt"].documents == ("quick",)


def test_time_that_others_use_is_not_counted(write):
    """On a busy machine a file waits for the processor; "slow" waits three times as long as the limit."""
    jobs = write(a_txt="slow")
    assert gather(read_files(jobs, transform=OBEY, seconds=0.1, clock=30)) == {"a_txt": (["slow"], [])}


@pytest.mark.parametrize("text", ["spin", "eat", "crash", "exit"])
def test_what_a_file_itself_causes_is_remembered_by_its_hash(write, text):
    (job,) = write(a_txt=text)
    (result,) = read_files([job], transform=OBEY, seconds=0.5, memory=256 << 20)
    assert (result.hash, result.complete, result.machine_fault) == (hash_file(job.path), False, False)


# What the machine does to a reader: once, it costs nothing; again and again, it is still not held against the file.
def test_a_file_whose_reader_is_killed_once_is_read_at_the_end(write):
    jobs = write(a_txt="once", b_txt="quick", c_txt="quick")
    results = list(read_files(jobs, workers=1, transform=OBEY))
    assert [result.id for result in results] == ["b_txt", "c_txt", "a_txt"]
    assert gather(results) == {"a_txt": (["once"], []), "b_txt": (["quick"], []), "c_txt": (["quick"], [])}


def test_documents_sent_before_the_reader_was_killed_are_not_sent_again(write):
    lines = [json.dumps({"text": f"{'word ' * 20_000}{number}"}) for number in range(300)]
    lines[200] = json.dumps({"text": "once"})
    jobs = write(a_jsonl="\n".join(lines))
    parts = list(read_files(jobs, workers=1, transform=f"{HOOKS}:numbered"))
    assert [number for part in parts for number in part.documents] == [f"a_jsonl#{n}" for n in range(1, 301)]
    assert parts[-1].complete


@pytest.mark.parametrize(
    ("text", "fault"), [("full", "No space left on device"), ("ended", "ended by another program")]
)
def test_a_fault_of_the_machine_is_not_the_files(write, text, fault):
    results = {result.id: result for result in read_files(write(a_txt=text, b_txt="quick"), transform=OBEY)}
    assert results["b_txt"].documents == ("quick",)
    assert results["a_txt"].machine_fault
    assert not results["a_txt"].complete
    assert fault in results["a_txt"].failures[0].reason


@pytest.mark.parametrize("kind", ["failures", "notices"])
def test_messages_of_one_file_are_bounded(write, kind):
    text = "nonsense" if kind == "failures" else '{"text": "x \\ud800"}'
    *_, result = read_files(write(a_jsonl="\n".join([text] * 1000)))
    if kind == "failures":
        assert len(result.failures) == 101
        assert result.failures[0].reason.startswith("line 1 ")
        assert result.failures[-1].reason == "900 more of its records cannot be read"
    else:
        assert [notice.text for notice in result.notices] == ["halves of characters were replaced by \ufffd"]


@linux
def test_a_file_that_eats_memory_costs_itself_alone(write):
    jobs = write(a_txt="quick", b_txt="eat", c_txt="quick")
    gathered = gather(read_files(jobs, workers=1, transform=OBEY, memory=256 << 20))
    assert gathered.pop("b_txt") == ([], ["needs more than 256 MB of memory to read: split it into smaller files"])
    assert gathered == {name: (["quick"], []) for name in ("a_txt", "c_txt")}


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_crashes_cost_their_files_alone(write):
    texts = {f"file{number}_txt": "quick" for number in range(60)} | {"b_txt": "crash", "c_txt": "exit"}
    texts |= {f"last{number}_txt": "quick" for number in range(60)}
    gathered = gather(read_files(write(**texts), workers=2, transform=OBEY))
    for name in ("b_txt", "c_txt"):
        documents, (reason,) = gathered.pop(name)
        assert documents == []
        assert reason.startswith("crashed its reader")
    assert len(gathered) == 120
    assert all(value == (["quick"], []) for value in gathered.values())


def test_a_mistake_in_the_transform_costs_one_file(write):
    gathered = gather(read_files(write(a_txt="raise", b_txt="quick"), transform=OBEY))
    assert gathered["b_txt"] == (["quick"], [])
    assert gathered["a_txt"][1] == ["cannot be indexed (ValueError: a mistake in the transform): please report it"]


def test_a_transform_may_refuse_one_document_of_a_file(write):
    texts = ["one", "refuse", "raise", "four"]
    jobs = write(a_jsonl="\n".join(f'{{"text": "{text}"}}' for text in texts))
    documents, reasons = gather(read_files(jobs, transform=OBEY))["a_jsonl"]
    assert documents == ["one", "four"]
    assert [reason.split(" (")[0] for reason in reasons] == ["is refused", "cannot be indexed"]


def test_the_transform_knows_the_job(write):
    results = read_files(write(a_jsonl='{"id": 7, "text": "x"}'), transform=f"{HOOKS}:whose")
    assert [result.documents for result in results] == [(("a_jsonl#7", "a_jsonl"),)]


def test_a_result_that_cannot_travel(write):
    (result,) = read_files(write(a_txt="text"), transform=f"{HOOKS}:unpicklable")
    assert result.documents == ()
    assert result.failures[0].reason.startswith("cannot be sent (")


def test_what_libraries_print_goes_nowhere(write, capfd):
    gathered = gather(read_files(write(a_txt="print", b_txt="quick"), workers=1, transform=OBEY))
    assert gathered == {"a_txt": (["print"], []), "b_txt": (["quick"], [])}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("transform", "missing"),
    [("no_such_module:function", "no_such_module"), (f"{HOOKS}:no_such_function", "no_such_function")],
)
def test_a_transform_that_is_not_there(write, transform, missing):
    with pytest.raises(WorkerError, match=f"cannot start .*{missing}"):
        list(read_files(write(a_txt="text"), transform=transform))


def test_an_interpreter_that_is_not_there(write, monkeypatch):
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(WorkerError, match="Python interpreter"):
        list(read_files(write(a_txt="text")))


@linux
def test_too_few_open_files_for_a_worker(write):
    """One error: neither a wait for ever nor an error of each file."""
    program = (
        f"import resource, sys; sys.path[:] = {sys.path!r}\n"
        "from searchkit.documents.workers.pool import Job, read_files\n"
        "from searchkit.errors import WorkerError\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (8, 8))\n"
        "try: list(read_files([Job(sys.argv[1], 'a')]))\n"
        "except WorkerError as error: print(error)\n"
    )
    (job,) = write(a_txt="text")
    done = subprocess.run([sys.executable, "-c", program, job.path], capture_output=True, text=True, timeout=60)
    assert "cannot start (Too many open files)" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("what", "error"),
    [
        ("subprocess.Popen", OSError(12, "Cannot allocate memory")),
        ("subprocess.Popen", MemoryError()),
        ("threading.Thread.start", RuntimeError("can't start new thread")),
    ],
)
def test_a_machine_without_room_for_a_worker(write, monkeypatch, what, error):
    def fail(*args, **options):
        raise error

    monkeypatch.setattr(f"searchkit.documents.workers.supervisor.{what}", fail)
    with pytest.raises(WorkerError, match="cannot start"):
        list(read_files(write(a_txt="text", b_txt="text")))


def test_modules_in_the_current_folder_stay_out(write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("csv", "html", "pickle", "docx", "struct"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('the wrong module')")
    (result,) = read_files(write(a_txt="text"))
    assert len(result.documents) == 1


@linux
def test_closing_ends_the_workers(write):
    jobs = write(a_txt="pid", b_txt="pid")
    results = read_files((jobs * 1000)[:1000], workers=2, transform=f"{HOOKS}:process")
    pids = {pid for _ in range(5) for pid in next(results).documents}
    assert all(map(alive, pids))
    results.close()
    assert not any(map(alive, pids))


@linux
def test_workers_end_with_the_results(write):
    pids = {pid for result in read_files(write(a_txt="x"), transform=f"{HOOKS}:process") for pid in result.documents}
    assert pids
    assert not any(map(alive, pids))


@linux
def test_an_error_of_the_caller_ends_the_workers(write):
    jobs = write(a_txt="x")
    pids = []

    def failing():
        yield jobs[0]
        raise KeyboardInterrupt

    results = read_files(failing(), transform=f"{HOOKS}:process")
    with pytest.raises(KeyboardInterrupt):
        pids += [pid for result in results for pid in result.documents]
    assert not any(map(alive, pids))
    assert "searchkit worker" not in {thread.name for thread in threading.enumerate()}


PROGRAM = """
import sys
from searchkit.documents.workers.pool import Job, read_files
for result in read_files([Job(path, path) for path in sys.argv[2:]], workers=2, transform=sys.argv[1]):
    print(*result.documents, flush=True)
print("done")
"""


def start(write, transform, **texts):
    paths = [job.path for job in write(**texts)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", PROGRAM, transform, *paths]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def workers_of(pid):
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


@linux
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_parent(write, tmp_path, sent):
    program = start(write, OBEY, a_txt="hang", b_txt="hang")
    try:
        wait_until(lambda: len(list(tmp_path.glob("*.hangs"))) == 2)
        workers = workers_of(program.pid)
        assert len(workers) == 2
        program.send_signal(sent)
        program.wait(20)
        wait_until(lambda: not any(map(alive, workers)))
    finally:
        program.kill()
        program.communicate()


def test_a_program_without_a_main_guard(write):
    program = start(write, OBEY, a_txt="one", b_txt="two")
    output, errors = program.communicate(timeout=60)
    assert sorted(output.split()) == ["done", "one", "two"]
    assert errors == ""
