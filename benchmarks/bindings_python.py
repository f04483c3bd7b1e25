#!/usr/bin/python3
"""The rows of the Python binding, as sipward_bench writes those of the others: a line of JSON for each.

    bindings_python.py [SAMPLES]    with the package sipward in PYTHONPATH, and SIPWARD_CORPUS as benchmarks/run.sh sets it

The bytes, the addresses and the clocks are those of c.single, c.batch and c.parse (binding_c_cases.cc). A sample is one pass over the
messages, and one without any time before it; the rows take turns, so that what disturbs the machine disturbs all.
"""

import array
import gc
import json
import os
import pathlib
import sys
import time

import sipward

BETWEEN = 10 * 10**9  # kBetweenMessages of engine_setup.h
DESTINATION = ("198.51.100.1", 5060)
START = 1_700_000_000 * 10**9


def messages():
    """Those of the set `wire`, in the order of their names: of the corpus, or the project's own."""
    corpus = pathlib.Path(os.environ.get("SIPWARD_CORPUS", "")) / "sip" / "wire"
    folder = corpus if os.environ.get("SIPWARD_CORPUS") and corpus.is_dir() else pathlib.Path(__file__).resolve().parent / "messages" / "wire"
    found = [path.read_bytes() for path in sorted(folder.iterdir())]
    if not found:
        sys.exit(f"there are no messages in {folder}")
    return found


def source(index):
    """The first of the addresses is 198.18.0.0 (kFirstSource)."""
    return f"198.18.{index >> 8}.{index & 255}", 5060


class Single:
    """A packet made, an inspection, the action read: for every message."""

    case, note = "python.single", "a Packet made, Inspector.inspect, its action read"

    def __init__(self, wire):
        self.wire = [(data, source(index)) for index, data in enumerate(wire)]
        self.inspector = sipward.Engine(state=sipward.State(seed=bytes(16))).inspector()
        self.at = 0

    copies = 1

    def prepare(self):
        """Nothing is prepared."""

    def run(self):
        inspect, packet, at = self.inspector.inspect, sipward.Packet, self.at
        for data, place in self.wire:
            at += BETWEEN
            inspect(packet(data, source=place, destination=DESTINATION, wall_ns=START + at, monotonic_ns=at)).action
        self.at = at


def aligned(wire):
    """All messages in one buffer, each at a multiple of 64 bytes, as in corpus.cc; where each begins."""
    buffer, offsets = b"", array.array("Q")
    for data in wire:
        offsets.append(len(buffer))
        buffer += data + bytes(64 - len(data) % 64)
    return buffer, offsets


class Batch:
    """Columns that are ready, one call, the actions read. To make a column of times out of Python's integers takes some 50 ns for each."""

    case, note, size = "python.batch", "up to 32 messages in columns that are ready, one Inspector.inspect_batch, the actions read", 32  # kBatch
    copies = 1

    def __init__(self, wire):
        self.buffer, offsets = aligned(wire)
        self.inspector = sipward.Engine(state=sipward.State(seed=bytes(16))).inspector()
        offsets, sizes = offsets * self.copies, array.array("Q", map(len, wire)) * self.copies
        sources = [sipward.pack_endpoint(source(index)) for index in range(len(wire))] * self.copies
        self.chunks = [(offsets[at : at + self.size], sizes[at : at + self.size], b"".join(sources[at : at + self.size])) for at in range(0, len(offsets), self.size)]
        self.at = 0

    def prepare(self):
        self.times = []
        for offsets, _, _ in self.chunks:
            end = self.at + BETWEEN * len(offsets)
            self.times.append((array.array("q", range(self.at, end, BETWEEN)), array.array("q", range(START + self.at, START + end, BETWEEN))))
            self.at = end

    def run(self):
        inspect_batch, buffer = self.inspector.inspect_batch, self.buffer
        for (offsets, sizes, sources), (times, walls) in zip(self.chunks, self.times):
            inspect_batch(buffer, offsets, sizes, source=sources, destination=DESTINATION, wall_ns=walls, monotonic_ns=times).actions


class LargeBatch(Batch):
    """The same in one call for about a thousand."""

    case, note, size = "python.large_batch", "the same with about a thousand messages", 1 << 20

    def __init__(self, wire):
        self.copies = -(-1000 // len(wire))
        super().__init__(wire)


class Parse:
    """One Message for all of them."""

    case, note = "python.parse", "Message.parse and Message.validate"

    def __init__(self, wire):
        self.wire = wire
        self.message = sipward.Message()

    copies = 1

    def prepare(self):
        """Nothing is prepared."""

    def run(self):
        parse, validate = self.message.parse, self.message.validate
        for data in self.wire:
            parse(data)
            validate()


def main(arguments):
    samples = int(arguments[0]) if arguments else 400
    wire = messages()
    rows = [kind(wire) for kind in (Single, Batch, LargeBatch, Parse)]
    times = {row.case: [] for row in rows}
    gc.disable()
    for _ in range(samples):
        for row in rows:
            row.prepare()
            row.run()
            row.prepare()
            begin = time.perf_counter_ns()
            row.run()
            times[row.case].append((time.perf_counter_ns() - begin) / (len(wire) * row.copies))
    for row in rows:
        found = sorted(times[row.case])
        print(json.dumps({"suite": "bindings", "case": row.case, "who": "sipward", "ns_min": round(found[0], 1), "ns_median": round(found[len(found) // 2], 1),
                          "bytes": round(sum(map(len, wire)) / len(wire), 1), "note": row.note}))  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
