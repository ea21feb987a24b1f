"""What a command printed, read back."""

import csv
import io
import json


def entries(result):
    """The objects of JSON lines but the last, which has the totals."""
    *found, last = map(json.loads, result.stdout.splitlines())
    assert list(last) == ["end"]
    return found


def rows_of(result):
    """The rows of a table, read as a spreadsheet reads them: by its byte order mark."""
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))
