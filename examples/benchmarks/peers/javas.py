"""Compares Lossmith with itself: on several Javas and without SIMD, in turns of parts of a second.

    python javas.py JAVA_HOME OTHER_JAVA_HOME... [--starts 3] [--turns 24] [--seconds 0.125] [--threads 2] [--markdown FILE]

The first Java is what all ratios are to, and runs without SIMD, too. Shared machines have slow moments, and the JVM
compiles the same program a little otherwise at each start. So all are started together, each work is measured in many
short turns, and what is compared are turns that follow each other: a ratio is the median over the turns of all starts,
of the ratio of a turn to the first Java's beside it. The times are the medians over all turns.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys

LAUNCHER = pathlib.Path(__file__).resolve().parents[3] / "lossmith"


class Way:
    """A started program that measures when it is asked to; only one of them works at a time."""

    def __init__(self, home, options, threads):
        environment = os.environ | {"JAVA_HOME": home, "LOSSMITH_JAVA_OPTS": options}
        self.program = subprocess.Popen([LAUNCHER, "bench", "--turns", "--threads", str(threads)], env=environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ready(self):
        """Waits until a work is warm; returns its name and shape, or nothing after the last."""
        line = self.program.stdout.readline()
        if not line and self.program.wait():
            sys.exit("javas.py: a program failed, as said above")
        return tuple(line.rstrip("\n").split("\t")) if line else None

    def measure(self, seconds):
        self.say(seconds)
        return float(*self.ready())

    def say(self, what):
        self.program.stdin.write(f"{what}\n")
        self.program.stdin.flush()


def measured(ways, given):
    """Starts all; yields each work and its turns, each with a figure of each way."""
    started = []
    works = []
    for options in ways:
        started.append(Way(*options, given.threads))
        works.append(started[-1].ready())
    while works[0]:
        if any(work != works[0] for work in works):
            sys.exit(f"javas.py: the programs measure different works: {works}")
        turns = []
        for turn in range(given.turns):
            figures = {way: way.measure(given.seconds) for way in (started if turn % 2 else reversed(started))}
            turns.append([figures[way] for way in started])
        yield works[0], turns
        works = []
        for way in started:
            way.say("")
            works.append(way.ready())


def table(names, figures):
    """Rows of cells: the medians of each way, and the ratio of each but the first to the first."""
    yield ["value and gradient", "shape", *names, *(f"{name} / {names[0]}" for name in names[1:])]
    for (work, shape), turns in figures.items():
        medians = [statistics.median(figures) for figures in zip(*turns)]
        ratios = [statistics.median(turn[way] / turn[0] for turn in turns) for way in range(1, len(names))]
        yield [work, shape, *(f"{each:.4g}" for each in medians), *(f"{each:.2f}" for each in ratios)]


def written(rows):
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" * lines[0].count(" | ") + "|---|", *lines[1:]]) + "\n"


def name(home):
    told = subprocess.run([pathlib.Path(home) / "bin" / "java", "--version"], check=True, capture_output=True, text=True)
    return f"Java {told.stdout.split()[1]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("homes", nargs="+", metavar="JAVA_HOME")
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--turns", type=int, default=24, help="of each, in each start")
    parser.add_argument("--seconds", type=float, default=0.125, help="for each turn")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--markdown", type=pathlib.Path)
    given = parser.parse_args()
    ways = [(home, "") for home in given.homes]
    names = [name(home) for home in given.homes]
    ways.insert(1, (given.homes[0], "-Dlossmith.simd=false"))
    names.insert(1, f"{names[0]}, no SIMD")
    figures = {}
    for start in range(given.starts):
        for work, turns in measured(ways, given):
            figures.setdefault(work, []).extend(turns)
        print(f"start {start + 1} of {given.starts}\n{written(table(names, figures))}", file=sys.stderr, flush=True)
    text = written(table(names, figures))
    print(text, end="")
    if given.markdown:
        given.markdown.write_text(text)


if __name__ == "__main__":
    main()
