"""Runs the whole catalogue in Lossmith and in its peers, one after the other, and prints the table of ratios.

    pip install -r requirements.txt
    python compare_catalogue.py [--only NAME] [--seconds 4] [--threads 2] [--markdown FILE]

JAVA_HOME chooses the Java. The fastest peer is the one with the least median of all that have the loss, eager and compiled,
with default and raised malloc thresholds; Lossmith's figure is the lesser of two, before and after the peers'. A ratio below 1
means that Lossmith takes less time.
"""

import json
import subprocess
import sys

from compare import HERE, LAUNCHER, cell, compare, in_turn


def ours(folder, given):
    target = folder / "ours.json"
    command = [LAUNCHER, "bench", f"--catalogue={given.only}", "--json", target]
    subprocess.run([*command, "--seconds", str(given.seconds), "--threads", str(given.threads)], check=True)
    return json.loads(target.read_text())


def theirs(folder, given):
    target = folder / "theirs.jsonl"
    command = [sys.executable, HERE / "bench_catalogue.py", "--only", given.only, "--json", target]
    subprocess.run([*command, "--seconds", str(given.seconds), "--threads", str(given.threads)], check=True)
    best = {}
    for line in target.read_text().splitlines():
        row = json.loads(line)
        if "ms" in row:
            peers = best.setdefault((row["work"], tuple(row["shape"])), {})
            name = (row["peer"], row["mode"])
            peers[name] = min(row["ms"], peers.get(name, float("inf")))
    return best


def table(report, best):
    lines = [f"Java {report['java']}, {report['description']}", "",
             "| value and gradient | shape | Lossmith ms | eager ms | compiled ms | fastest peer | ratio | bytes a run |",
             "|---|---|---|---|---|---|---|---|"]
    for row in report["rows"]:
        peers = best.get((row["work"], tuple(row["shape"])), {})
        mine = row["medianMs"]
        eager, compiled = (least(peers, mode) for mode in ("eager", "compile"))
        name, ratio = "–", "–"
        if peers:
            fastest = min(peers, key=peers.get)
            name = fastest[0] + (", compiled" if fastest[1] == "compile" else "")
            ratio = f"{mine / peers[fastest]:.2f}"
        lines.append(f"| {row['work']} | {row['shape']} | {mine:.4g} | {cell(eager)} | {cell(compiled)}"
                     f" | {name} | {ratio} | {row['bytesPerRun']} |")
    return "\n".join(lines) + "\n"


def least(peers, mode):
    return min((ms for (_, m), ms in peers.items() if m == mode), default=None)


def main():
    compare("Lossmith's catalogue against its peers, in one run.",
            lambda folder, given: table(*in_turn(ours, theirs, folder, given)), only=True)


if __name__ == "__main__":
    main()
