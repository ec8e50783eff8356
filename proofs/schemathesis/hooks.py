"""What the API fuzz adds to schemathesis.

Generated text names nothing that is there, so nearly every case would end at "missing". Before a case is sent, most of what it
names is exchanged for something that is there (LEITU_FUZZ_WORDS: a list for each name of a parameter or field); the rest stays as
generated. Which is which hangs on the case alone, so that a case that is tried again is the same.

After each answer it is counted by operation and status. LEITU_FUZZ_SEEN gets the counts, and what must not be: answers of 5xx,
answers that the description does not name, connections that broke. schemathesis stops looking at an operation after its first
failure; this does not.
"""
import atexit
import json
import os
import threading
import zlib

import schemathesis

WORDS = json.load(open(os.environ["LEITU_FUZZ_WORDS"], encoding="utf-8"))
SEEN = {}
WRONG = []
LOCK = threading.Lock()
# Kept in words; all are counted.
TOLD = 40
# The newest imports.
KEPT = 24


def dice(case, name):
    text = f"{name}|{case.path_parameters!r}|{case.query!r}|{case.body!r}"
    return zlib.crc32(text.encode("utf-8", "replace"))


def exchanged(case, values, often):
    """The same names, so many of eight with a value that means something."""
    for name in list(values or {}):
        known, number = WORDS.get(name), dice(case, name)
        if known and number % 8 < often:
            values[name] = known[number // 8 % len(known)]


@schemathesis.hook
def before_call(ctx, case, kwargs):
    # A code and its version belong together.
    exchanged(case, case.path_parameters, 7)
    if {"code", "version"} <= set(case.path_parameters or {}) and dice(case, "both") % 8 < 6:
        kind = "schemes" if "/schemes/" in case.operation.path else "standards"
        code, version = WORDS[kind][dice(case, kind) // 8 % len(WORDS[kind])]
        case.path_parameters.update(code=code, version=version)
    exchanged(case, case.query, 4)
    if isinstance(case.body, dict):
        exchanged(case, case.body, 5)


@schemathesis.hook
def after_call(ctx, case, response):
    operation, status = case.operation, response.status_code
    asked = case.method.upper()
    described = asked == operation.method.upper()
    # A method that an address does not have is no case of an operation; it must be refused as such.
    known = str(status) in operation.responses.status_codes if described else status in (401, 404, 405) or another(operation, asked)
    with LOCK:
        if described and status == 200 and operation.path == "/api/v1/imports":
            # What was handed in can be asked for, accepted and taken back.
            WORDS["import"] = (WORDS.get("import", []) + [response.json()["id"]])[-KEPT:]
        seen = SEEN.setdefault(f"{operation.method.upper()} {operation.path}" if described else f"{asked} where there is none", {})
        seen[str(status)] = seen.get(str(status), 0) + 1
        if status >= 500 or not known:
            wrong("5xx" if status >= 500 else "undocumented", case, f"{status} {response.text[:200]}")


@schemathesis.hook
def after_network_error(ctx, case, request):
    with LOCK:
        wrong("broken", case, "")


def another(operation, method):
    """Whether the same address has an operation of that method, whose answer it then is."""
    return method.lower() in operation.schema.raw_schema["paths"].get(operation.path, {})


def wrong(what, case, said):
    told = ""
    if len(WRONG) < TOLD:
        told = f"{case.method} {case.formatted_path} {case.query!r} {case.headers!r} {case.body!r}: {said}"[:700]
    WRONG.append([what, told])


@atexit.register
def write():
    with open(os.environ["LEITU_FUZZ_SEEN"], "w", encoding="utf-8") as out:
        json.dump({"seen": SEEN, "wrong": WRONG}, out)
