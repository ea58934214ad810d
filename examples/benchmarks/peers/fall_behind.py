"""Names each row of the catalogue that would fall behind, by figures that were stored before.

    python fall_behind.py STORED.json [--only NAME] [--limit 0.85] [--runs 3] [--seconds 1] [--threads 2]

STORED.json is what `compare_catalogue.py --store` wrote on a machine of the same kind: our time and the fastest peer's.
Here Lossmith alone is measured, so this needs no peer and few minutes. The median of now / then over all rows says how
much faster or slower this machine is today, and the peers are taken to be so too. A row is named where our time is more
than --limit of the peer's, and with it what it was. Exit code 1 if there is one.
"""

import argparse
import json
import pathlib
import statistics
import sys
import tempfile

from compare_catalogue import ours


def measured(given):
    """Our medians of several runs, by work and shape."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [ours(pathlib.Path(folder), given)["rows"] for _ in range(given.runs)]
    return {(rows[0]["work"], tuple(rows[0]["shape"])): statistics.median(row["medianMs"] for row in rows)
            for rows in zip(*runs)}


def judge(stored, now, limit):
    """The pace of this machine, and the rows over the limit: (ratio, what it was, work, shape)."""
    rows = [(row, now[key]) for row in stored if (key := (row["work"], tuple(row["shape"]))) in now]
    pace = statistics.median(mine / row["ours"] for row, mine in rows)
    judged = [(mine / (row["peer"] * pace), row["ours"] / row["peer"], row["work"], row["shape"]) for row, mine in rows]
    return pace, sorted((row for row in judged if row[0] > limit), reverse=True), len(rows)


def main():
    parser = argparse.ArgumentParser(description="Names rows of the catalogue that would fall behind.")
    parser.add_argument("stored", type=pathlib.Path)
    parser.add_argument("--only", default="", help="works whose name begins like this")
    parser.add_argument("--limit", type=float, default=0.85, help="of the fastest peer's time")
    parser.add_argument("--runs", type=int, default=3, help="take the medians of so many")
    parser.add_argument("--seconds", type=float, default=1.0, help="for each measurement")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    stored = json.loads(given.stored.read_text())
    pace, behind, count = judge(stored["rows"], measured(given), given.limit)
    print(f"{count} rows; {stored['processor']} then, {pace:.2f} times the time now")
    for ratio, before, work, shape in behind:
        print(f"{work} {shape}: {ratio:.2f} of the fastest peer, must be {given.limit} or less; was {before:.2f}")
    sys.exit(1 if behind else 0)


if __name__ == "__main__":
    main()
