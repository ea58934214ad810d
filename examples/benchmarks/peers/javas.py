"""Compares Lossmith with itself: on several Javas and without SIMD, start by start in turn.

    python javas.py JAVA_HOME OTHER_JAVA_HOME... [--starts 5] [--seconds 0.5] [--threads 2] [--markdown FILE]

The first Java is what all ratios are to, and runs without SIMD, too. The JVM compiles the same program a little
otherwise at each start, and shared machines have slow moments: so each figure is the median over the starts, of the
median of each start's runs.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

LAUNCHER = pathlib.Path(__file__).resolve().parents[3] / "lossmith"


def measured(home, options, given, folder):
    target = folder / "bench.json"
    command = [LAUNCHER, "bench", "--seconds", str(given.seconds), "--threads", str(given.threads), "--json", target]
    environment = os.environ | {"JAVA_HOME": home, "LOSSMITH_JAVA_OPTS": options}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    said = json.loads(target.read_text())
    return said["java"], {(row["work"], tuple(row["shape"])): row["medianMs"] for row in said["rows"]}


def table(figures):
    """Rows of cells: the medians of each way, and the ratio of each but the first to the first."""
    names = list(figures)
    yield ["value and gradient", "shape", *names, *(f"{name} / {names[0]}" for name in names[1:])]
    for work, shape in figures[names[0]][0]:
        medians = [statistics.median(start[work, shape] for start in figures[name]) for name in names]
        ratios = [f"{each / medians[0]:.2f}" for each in medians[1:]]
        yield [work, str(list(shape)), *(f"{each:.4g}" for each in medians), *ratios]


def written(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * lines[0].count(" | ") + "|---|", *lines[1:]]) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("homes", nargs="+", metavar="JAVA_HOME")
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--markdown", type=pathlib.Path)
    given = parser.parse_args()
    ways = [(home, "", "") for home in given.homes]
    ways.insert(1, (given.homes[0], "-Dlossmith.simd=false", ", no SIMD"))
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for start in range(given.starts):
            for home, options, what in ways:
                java, rows = measured(home, options, given, pathlib.Path(folder))
                figures.setdefault(f"Java {java}{what}", []).append(rows)
            print(f"start {start + 1} of {given.starts}\n{written(table(figures))}", file=sys.stderr, flush=True)
    text = written(table(figures))
    print(text, end="")
    if given.markdown:
        given.markdown.write_text(text)


if __name__ == "__main__":
    main()
