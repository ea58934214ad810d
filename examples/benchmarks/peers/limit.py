"""What the processor can do: losses written by hand in C, and the speed of memory.

    python limit.py [--threads 2] [--seconds 2] [--check]

Compiles limit.c with the machine's C compiler and prints one JSON line for each measurement: medians in
milliseconds for the works of `lossmith bench`, and bytes a second for arrays of several sizes (two read, one
written). With --check the C's value and gradient must be PyTorch's. Without a compiler the comparisons leave
these figures out.
"""

import argparse
import bisect
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from bench_peers import LARGE_PAGES

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = ["-O3", "-march=native", "-ffast-math", "-fopenmp"]
WORKS = {
    "bce-dice": [(8, 1, 512, 512), (1, 1, 512, 512), (1, 1, 64, 64)],
    "ce-dice": [(4, 8, 256, 256), (2, 21, 512, 512)],
}
SIZES = [48_000 * 4 ** k for k in range(8)]  # to 786 MB


class Limit:
    """The compiled program, or nothing where there is no compiler."""

    def __init__(self, folder, threads):
        compiler = shutil.which(os.environ.get("CC", "cc"))
        self.program = pathlib.Path(folder) / "limit" if compiler else None
        self.environment = {**os.environ, **LARGE_PAGES, "OMP_NUM_THREADS": str(threads), "OMP_PROC_BIND": "true"}
        if compiler:
            subprocess.run([compiler, *FLAGS, HERE / "limit.c", "-o", self.program, "-lm"], check=True)

    def run(self, seconds, *words):
        if not self.program:
            return []
        command = [self.program, str(seconds), *map(str, words)]
        text = subprocess.run(command, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        return [json.loads(line) for line in text.splitlines()]

    def works(self, seconds):
        """Milliseconds of each work and shape."""
        rows = self.run(seconds, *[word for name, shapes in WORKS.items() for s in shapes for word in spelled(name, s)])
        return {(row["work"], tuple(row["shape"])): row["ms"] for row in rows}

    def bandwidth(self, seconds):
        """A function: how many bytes a second can be moved, of arrays that take so many bytes together."""
        rows = self.run(seconds, *[word for size in SIZES for word in ("bandwidth", size)])
        speeds = [size / row["ms"] * 1e3 for size, row in zip(SIZES, rows)]
        return (lambda held: speeds[min(bisect.bisect_left(SIZES, held), len(SIZES) - 1)]) if rows else None


def spelled(name, shape):
    return [name, shape[0], *shape[2:]] if name == "bce-dice" else [name, *shape]


def check(limit, folder):
    """Fails where C and PyTorch do not say the same; small shapes that no block divides, too."""
    import numpy as np
    import torch
    from bench_peers import bce_dice, ce_dice
    for name, loss, shape in [("bce-dice", bce_dice, (3, 1, 50, 61)), ("bce-dice", bce_dice, (8, 1, 512, 512)),
                              ("ce-dice", ce_dice, (3, 5, 50, 31)), ("ce-dice", ce_dice, (4, 8, 256, 256))]:
        file = pathlib.Path(folder) / "numbers"
        limit.run(0, *spelled(name, shape), "=", file)
        numbers, pixels = torch.from_numpy(np.fromfile(file, np.float32)), (shape[0], *shape[2:])
        count, targets = torch.Size(shape).numel(), torch.Size(pixels).numel()
        x, t, value, gradient = numbers.split([count, targets, 1, count])
        x = x.reshape(shape).double().requires_grad_()
        want = loss(x, t.reshape(pixels).long() if name == "ce-dice" else t.reshape(shape).double())
        slope, = torch.autograd.grad(want, x)
        torch.testing.assert_close(value[0].double(), want.detach(), rtol=2e-6, atol=0)
        torch.testing.assert_close(gradient.reshape(shape).double(), slope, rtol=0, atol=2e-5 * slope.abs().max().item())
        print(f"{name} {list(shape)}: as PyTorch", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description="Losses written by hand in C, and the speed of memory.")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each measurement")
    parser.add_argument("--check", action="store_true", help="compare with PyTorch first")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        limit = Limit(folder, given.threads)
        if not limit.program:
            raise SystemExit("limit: no C compiler found; install gcc, or set CC")
        if given.check:
            check(limit, folder)
        for (work, shape), ms in limit.works(given.seconds).items():
            print(json.dumps({"work": work, "shape": shape, "mode": "C", "ms": ms}))
        speed = limit.bandwidth(given.seconds)
        for size in SIZES:
            print(json.dumps({"bytes": size, "bytesPerSecond": round(speed(size))}))


if __name__ == "__main__":
    main()
