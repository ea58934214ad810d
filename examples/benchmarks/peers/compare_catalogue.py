"""Runs the whole catalogue in Lossmith and in its peers, one after the other, and prints the table of ratios.

    pip install -r requirements.txt
    python compare_catalogue.py [--only NAME] [--seconds 4] [--threads 2] [--runs 3] [--markdown FILE] [--store FILE]

JAVA_HOME chooses the Java. The fastest peer is the one with the least median of all that have the loss, eager and compiled,
with default and raised malloc thresholds; Lossmith's figure is the lesser of two moments, too. A ratio below 1 means that
Lossmith takes less time. Of several runs each figure is the median; peers that were far from being the fastest in the first
run are not measured again.

The share of the limit is the time that memory alone would take, over Lossmith's: the bytes that a run moves, as `lossmith
explain` counts them, by the speed at which this machine reads two arrays and writes a third that are together as large as
prediction, gradient and a target like them (limit.c; needs a C compiler). Near 1 nothing is left to gain, and far from 1 the
time goes into computing.
"""

import json
import math
import pathlib
import platform
import subprocess
import sys

from compare import HERE, LAUNCHER, cell, compare, in_turn
from limit import Limit

NEAR = 1.5  # a peer that took so many times the fastest one's time is not measured again


def ours(folder, given):
    target = folder / "ours.json"
    command = [LAUNCHER, "bench", f"--catalogue={given.only}", "--json", target]
    subprocess.run([*command, "--seconds", str(given.seconds), "--threads", str(given.threads)], check=True)
    return json.loads(target.read_text())


def theirs(folder, given, before):
    target = folder / "theirs.jsonl"
    command = [sys.executable, HERE / "bench_catalogue.py", "--only", given.only, "--json", target]
    if before:
        among = folder / "among.json"
        among.write_text(json.dumps([[work, list(shape), *peer] for work, shape, *peer in contenders(before)]))
        command += ["--among", among]
    subprocess.run([*command, "--seconds", str(given.seconds), "--threads", str(given.threads)], check=True)
    best = {}
    for line in target.read_text().splitlines():
        row = json.loads(line)
        if "ms" in row:
            key = (row["work"], tuple(row["shape"]), row["peer"], row["mode"])
            best[key] = min(row["ms"], best.get(key, float("inf")))
    return best


def contenders(best):
    """Those that may be the fastest of their row, or the fastest of its mode, in another run."""
    least_of = {}
    for (work, shape, _, mode), ms in best.items():
        least_of[work, shape, mode] = min(ms, least_of.get((work, shape, mode), math.inf))
    return [key for key, ms in best.items() if ms <= NEAR * least_of[key[0], key[1], key[3]]]


def peers_of(row, best):
    """The milliseconds of each (peer, mode) that has this row."""
    key = (row["work"], tuple(row["shape"]))
    return {name: ms for (*work, peer, mode), ms in best.items() if tuple(work) == key for name in [(peer, mode)]}


def share(row, speed):
    """What memory alone would take, over what the row takes."""
    if not speed or not row["bytesMoved"]:
        return "–"
    seconds = row["bytesMoved"] / speed(3 * 4 * math.prod(row["shape"]))
    return f"{seconds * 1e3 / row['medianMs']:.2f}"


def table(report, best, speed):
    lines = [f"Java {report['java']}, {report['description']}", "",
             "| value and gradient | shape | Lossmith ms | eager ms | compiled ms | fastest peer | ratio"
             " | share of the limit | bytes a run |",
             "|---|---|---|---|---|---|---|---|---|"]
    ratios = {}
    for row in report["rows"]:
        peers = peers_of(row, best)
        mine = row["medianMs"]
        eager, compiled = (least(peers, mode) for mode in ("eager", "compile"))
        name, ratio = "–", "–"
        if peers:
            fastest = min(peers, key=peers.get)
            name = fastest[0] + (", compiled" if fastest[1] == "compile" else "")
            ratios[row["work"], tuple(row["shape"])] = mine / peers[fastest]
            ratio = f"{mine / peers[fastest]:.2f}"
        lines.append(f"| {row['work']} | {row['shape']} | {mine:.4g} | {cell(eager)} | {cell(compiled)}"
                     f" | {name} | {ratio} | {share(row, speed)} | {row['bytesPerRun']} |")
    return "\n".join(lines) + "\n\n" + summary(ratios)


def summary(ratios):
    """How many times faster, geometric means; a shape is small if a picture has 64 x 64 pixels or less."""
    def mean(chosen):
        logs = [math.log(ratio) for ratio in chosen]
        return f"{math.exp(-sum(logs) / len(logs)):.2f} x of {len(logs)}" if logs else "–"
    small = {key for key in ratios if math.prod(key[1][2:]) <= 64 * 64 and len(key[1]) > 2}
    return (f"Faster than the fastest peer, geometric mean of rows: {mean(ratios.values())}; large shapes"
            f" {mean(r for k, r in ratios.items() if k not in small)}, small {mean(ratios[k] for k in small)}.\n")


def store(file, report, best):
    """What fall_behind.py judges by: our time and the fastest peer's, row by row."""
    rows = []
    for row in report["rows"]:
        peers = peers_of(row, best)
        if peers:
            rows.append({"work": row["work"], "shape": row["shape"], "ours": row["medianMs"], "peer": min(peers.values())})
    head = {"processor": processor(), "java": report["java"]}
    lines = ",\n".join("  " + json.dumps(row) for row in rows)
    pathlib.Path(file).write_text(json.dumps(head)[:-1] + f', "rows": [\n{lines}\n]}}\n')


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor()
    return next((line.split(": ")[1] for line in text.splitlines() if line.startswith("model name")), platform.machine())


def least(peers, mode):
    return min((ms for (_, m), ms in peers.items() if m == mode), default=None)


def make(folder, given):
    speed = Limit(folder, given.threads).bandwidth(given.seconds / 2)
    for report, best in in_turn(ours, theirs, folder, given, once=True):
        if given.store:
            store(given.store, report, best)
        yield table(report, best, speed)


def main():
    compare("Lossmith's catalogue against its peers, in one run.", make, catalogue=True)


if __name__ == "__main__":
    main()
