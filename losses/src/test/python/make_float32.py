"""Measures what PyTorch itself loses in float32, case by case: the yardstick of the library's own errors.

    v/bin/python make_float32.py                writes ../resources/float32.jsonl

Versions as in make_cases.py; the file's first line says them. Each further line has the id of a case of
`../resources/cases` and how far value and gradient are off when all is computed in float32 with PyTorch on one
thread: by the peer that confirms the case, or by the formula where there is none. The truth is what the case
file says, which float64 gave. Deviations are those of `lossmith verify`: of a value relative to
max(1, |value|), of a gradient to its greatest entry; `gradient` is null where the case has none.
"""

import json
import platform
from dataclasses import replace
from pathlib import Path

import torch

import peers
from case import line, value_and_gradient
from formulas import evaluate
from make_cases import TABLES

FILE = Path(__file__).resolve().parent.parent / "resources" / "float32.jsonl"
LEAST_GRADIENT = 1e-9


def measured(case, number):
    wanted = line(case, number)
    function = case.peer or (lambda o, x, t, m: evaluate(case.loss, o, x, t, m))
    value, gradient = value_and_gradient(function, in_float32(case))
    want = wanted["expected"]["value"]
    want = torch.tensor(want["values"] if isinstance(want, dict) else [want], dtype=torch.float64)
    off = ((value.double().flatten() - want).abs() / want.abs().clamp(min=1)).max().item()
    return {"id": wanted["id"], "value": rounded(off),
            "gradient": steepness(gradient, wanted["expected"].get("gradient"))}


def steepness(gradient, want):
    if want is None:
        return None
    want = torch.tensor(want, dtype=torch.float64)
    off = (gradient.double().flatten() - want).abs().max().item()
    return rounded(off / max(want.abs().max().item(), LEAST_GRADIENT))


def in_float32(case):
    several = isinstance(case.prediction, list)
    prediction = [x.float() for x in case.prediction] if several else case.prediction.float()
    mask = None if case.mask is None else case.mask.float()
    return replace(case, prediction=prediction, target=case.target.float(), mask=mask)


def rounded(off):
    return float(f"{off:.3g}")


def main():
    torch.set_num_threads(1)
    versions = [f"python {platform.python_version()}", peers.TORCH, peers.TORCHVISION, peers.MONAI, peers.SMP]
    lines = [{"versions": versions, "processor": torch.backends.cpu.get_cpu_capability()}]
    for table in TABLES.values():
        lines += [measured(case, i + 1) for i, case in enumerate(table()) if not case.error]
    FILE.write_text("\n".join(map(json.dumps, lines)) + "\n")
    print(f"{FILE.name}: {len(lines) - 1} cases, {FILE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
