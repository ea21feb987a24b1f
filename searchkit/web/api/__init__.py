"""The answers for programs: JSON, NDJSON, tables and feeds below /api/v1, with the parameters of the pages.

    routes.py      the addresses, for FastAPI's description too
    shapes.py      values as JSON
    streams.py     lists as NDJSON, CSV, XLSX, references and feeds
    problems.py    errors by RFC 9457
    reconcile.py   the Reconciliation Service API 0.2, for OpenRefine

Within v1 fields are added and never renamed.
"""
