"""Checks a log written by `leitu audit export` with Python alone: python3 verify_audit.py LOG [CHECKPOINT ...]

The chain and the heads are recomputed and compared with every checkpoint in the file and with those kept elsewhere.
Whether a signature is the key's is left to `leitu audit verify` or to openssl (docs/operations.md, Audit).
"""
import hashlib, sys

def fail(what):
    sys.exit("broken: " + what)

def link(segment, seq, previous, body):
    h = hashlib.sha256(b"leitu-event-v1\0" + segment + seq.to_bytes(8, "big") + previous)
    h.update(len(body).to_bytes(8, "big") + body)
    return h.digest()

def root(heads):
    lines = ["head %s %d %s\n" % (segment, *heads[segment]) for segment in sorted(heads)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()

def fields(note):
    words = [line.split() for line in note.splitlines() if line.strip() and not line.startswith("head ")]
    return {name: "".join(rest) for name, *rest in words}

def read_log(path):
    checkpoints, heads, wanted, ends = {}, {}, [], {}
    segment, seq, hashed, events = None, 0, b"", 0
    with open(path, "rb") as log:
        form, key = log.readline().decode().split()
        for line in log:
            kind, *words = line.decode().split()
            if kind == "head":
                heads[words[0]] = (int(words[1]), words[2])
                wanted.append((words[0], int(words[1]), words[2]))
            elif kind == "checkpoint":
                note = fields(log.read(int(words[0]) + 1).decode())
                if note["key"] != key or note["root"] != root(heads) or int(note["number"]) != len(checkpoints) + 1:
                    fail("checkpoint " + note["number"])
                checkpoints[note["number"]] = note
            elif kind == "event":
                if words[0] != segment:
                    segment, seq, hashed = words[0], 0, bytes.fromhex(words[0])
                body = log.read(int(words[3]) + 1)[:-1]
                seq, events, hashed = seq + 1, events + 1, link(bytes.fromhex(segment), seq + 1, hashed, body)
                if int(words[1]) != seq or words[2] != hashed.hex():
                    fail("segment %s number %s" % (segment, words[1]))
                ends[segment, seq] = hashed.hex()
    if form != "leitu-audit-v1" or kind != "end" or int(words[0]) != events:
        fail("the file is not whole")
    return checkpoints, wanted, ends

checkpoints, wanted, ends = read_log(sys.argv[1])
for path in sys.argv[2:]:
    copy = open(path, encoding="utf-8-sig").read()
    if checkpoints.get(fields(copy)["number"]) != fields(copy):
        fail("checkpoint %s is not the one in the log" % path)
for segment, seq, hashed in wanted:
    if ends.get((segment, seq)) != hashed:
        fail("segment %s number %d is not what was signed" % (segment, seq))
last = {segment: (seq, hashed) for (segment, seq), hashed in ends.items()}
print("%d events, %d checkpoints, the chain holds, heads %s" % (len(ends), len(checkpoints), root(last)))
