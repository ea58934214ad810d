"""Runs Lossmith's benchmark and PyTorch's, one after the other, and prints the table of ratios.

    pip install -r requirements.txt
    python compare.py [--seconds 4] [--threads 2] [--runs 1] [--markdown FILE]

JAVA_HOME chooses the Java. A ratio below 1 means that Lossmith takes less time. PyTorch's columns are the
lesser of the default and the raised malloc setting, because the peer is given its best; Lossmith is measured
before and after it, and its lesser figure counts, so that a moment of noise decides nothing. Of several runs
each figure is the median, and Lossmith is measured once in each. Where there is a C compiler, the losses that limit.c has are measured in C as well.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

from limit import Limit

HERE = pathlib.Path(__file__).resolve().parent
LAUNCHER = HERE.parents[2] / "lossmith"
PEER_OF = {
    "bce-with-logits + dice": "bce-dice",
    "cross-entropy + dice, class indices": "ce-dice",
    "training step of the U-Net": "unet-step",
}


def ours(folder, given):
    target = folder / "ours.json"
    command = [LAUNCHER, "bench", "--seconds", str(given.seconds), "--threads", str(given.threads)]
    subprocess.run([*command, "--json", target], check=True)
    return json.loads(target.read_text())


def theirs(folder, given, before):
    target = folder / "theirs.jsonl"
    command = [sys.executable, HERE / "bench_peers.py", "--seconds", str(given.seconds)]
    subprocess.run([*command, "--threads", str(given.threads), "--json", target], check=True)
    best = {}
    for line in target.read_text().splitlines():
        row = json.loads(line)
        key = (row["work"], tuple(row["shape"]), row["mode"])
        best[key] = min(row["ms"], best.get(key, float("inf")))
    in_c = Limit(folder, given.threads).works(given.seconds)
    return best | {(work, shape, "C"): ms for (work, shape), ms in in_c.items()}


def in_turn(ours, theirs, folder, given, once=False):
    """Measures ours, the peers and ours again; yields the lesser of ours, row by row, and the peers'.

    Ours is measured once where it takes the lesser of two moments by itself. Of several runs, each of ours once and the
    peers, it yields the medians so far, row by row and peer by peer.
    """
    turns = []
    for _ in range(given.runs):
        turns.append(one_turn(ours, theirs, folder, given, turns[0][1] if turns else None, once or given.runs > 1))
        yield medians(*zip(*turns))


def medians(reports, peers):
    rows = [{**same[0], "medianMs": statistics.median(row["medianMs"] for row in same),
             "bytesPerRun": max(row["bytesPerRun"] for row in same)}
            for same in zip(*[report["rows"] for report in reports])]
    return {**reports[0], "rows": rows}, {key: statistics.median(each[key] for each in peers if key in each)
                                          for key in {key: 0 for each in peers for key in each}}


def one_turn(ours, theirs, folder, given, first, once):
    """The figures of one run; first are the peers' of the first run, if that was before."""
    before, peers = ours(folder, given), theirs(folder, given, first)
    if once:
        return before, peers
    for row, again in zip(before["rows"], ours(folder, given)["rows"]):
        row["medianMs"] = min(row["medianMs"], again["medianMs"])
        row["bytesPerRun"] = max(row["bytesPerRun"], again["bytesPerRun"])
    return before, peers


def table(report, peers):
    lines = [f"Java {report['java']}, {report['description']}", "",
             "| value and gradient | shape | Lossmith ms | torch eager ms | torch.compile ms | C ms"
             " | to eager | to compile | to C | bytes a run |", "|---|---|---|---|---|---|---|---|---|---|"]
    for row in report["rows"]:
        key = (PEER_OF[row["work"]], tuple(row["shape"]))
        mine = row["medianMs"]
        for suffix in ["", "-channels-last"] if key[0] == "unet-step" else [""]:
            eager, compiled, in_c = (peers.get((key[0] + suffix, key[1], m)) for m in ("eager", "compile", "C"))
            lines.append(
                f"| {row['work']}{suffix.replace('-', ' ')} | {row['shape']} | {mine:.4g} | {cell(eager)}"
                f" | {cell(compiled)} | {cell(in_c)} | {ratio(mine, eager)} | {ratio(mine, compiled)}"
                f" | {ratio(mine, in_c)} | {row['bytesPerRun']} |")
    return "\n".join(lines) + "\n"


def cell(value):
    return "–" if value is None else f"{value:.4g}"


def ratio(mine, other):
    return "–" if other is None else f"{mine / other:.2f}"


def compare(description, make, catalogue=False):
    """Reads the arguments, makes the table after each run, prints the last and writes it where it is wanted."""
    parser = argparse.ArgumentParser(description=description)
    if catalogue:
        parser.add_argument("--only", default="", help="works whose name begins like this")
        parser.add_argument("--store", help="keep the figures in this file, for fall_behind.py")
    parser.add_argument("--seconds", type=float, default=4.0, help="for each measurement")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=1, help="take the medians of so many")
    parser.add_argument("--markdown", help="write the table here, too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for text in make(pathlib.Path(name), given):
            if given.markdown:
                pathlib.Path(given.markdown).write_text(text)
    print(text)


def main():
    compare("Lossmith against PyTorch, in one run.",
            lambda folder, given: (table(*figures) for figures in in_turn(ours, theirs, folder, given)))


if __name__ == "__main__":
    main()
