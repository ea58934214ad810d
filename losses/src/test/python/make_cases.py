"""Makes the parity cases: what PyTorch, torchvision, MONAI and smp answer for each loss and option.

    python3 -m venv v && v/bin/pip install -r requirements.txt
    v/bin/python make_cases.py                  writes ../resources/cases/*.jsonl
    v/bin/python make_cases.py --only dice iou  writes these files alone
    v/bin/python make_cases.py --check FILE     judges another case file by the formulas here

Versions: python 3.11, torch 2.15.0, torchvision 0.29.2, monai 1.6.1, segmentation_models_pytorch 0.6.0.

Each line of a file is one case: inputs, options, the expected value and its gradient with respect to
the prediction, and in `source` who said so. How the numbers come about is told in `case.py`; the
catalogue's formulas are in `formulas*.py`, the peers in `peers*.py`, the tables of cases in `cases_*.py`.
Numbers are float64 throughout, written with nine significant digits. A number without a decimal point
is still a real number. Where `expected` has no gradient, it is not defined or not checked.
"""

import argparse
import json
from pathlib import Path

import torch

import cases_classes
import cases_distance
import cases_errors
import cases_families
import cases_order
import cases_other
import cases_pixel
import cases_region
import cases_structure
from case import Case, agree, formula, line

HERE = Path(__file__).resolve().parent
TABLES = {**cases_pixel.TABLES, **cases_region.TABLES, **cases_other.TABLES, **cases_errors.TABLES,
          **cases_order.TABLES, **cases_classes.TABLES, **cases_distance.TABLES, **cases_structure.TABLES,
          **cases_families.TABLES}


def write(folder, names):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        cases = list(TABLES[name]())
        lines = [json.dumps(line(case, i + 1), allow_nan=False) for i, case in enumerate(cases)]
        (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n")
        print(f"{name}: {len(lines)} cases, {sum(map(len, lines)) // 1024} kB")


def check(path):
    """Recomputes every case of a file that the formulas know, and prints those that fail."""
    failed = known = 0
    for text in Path(path).read_text().splitlines():
        wanted = json.loads(text)
        try:
            verdict = judge(wanted)
        except KeyError as missing:
            print(f"{wanted['id']}: not known here ({missing})")
            continue
        known += 1
        failed += not verdict
        if not verdict:
            print(f"{wanted['id']}: FAILS")
    print(f"{known - failed} of {known} cases agree with the formulas")


def judge(wanted):
    if "error" in wanted["expected"]:
        raise KeyError("errors are Java's")
    read = lambda part: torch.tensor(part["values"], dtype=torch.float64).reshape(part["shape"])
    mask = read(wanted["mask"]) if "mask" in wanted else None
    several = wanted.get("predictions")
    prediction = [read(x) for x in several] if several else read(wanted["prediction"])
    case = Case(wanted["id"], wanted["loss"], wanted["options"], prediction, read(wanted["target"]), mask)
    value, gradient = formula(case)
    want = wanted["expected"]["value"]
    want = read(want) if isinstance(want, dict) else torch.tensor(want, dtype=torch.float64)
    slope = wanted["expected"].get("gradient")
    slope = gradient if slope is None else torch.tensor(slope, dtype=torch.float64).reshape(gradient.shape)
    return value.shape == want.shape and agree((want, slope), (value, gradient), wanted["tolerance"])


def main():
    arguments = argparse.ArgumentParser(description="Makes the parity cases.")
    arguments.add_argument("--out", type=Path, default=HERE.parent / "resources" / "cases")
    arguments.add_argument("--check", metavar="FILE", help="judge FILE by the formulas instead")
    arguments.add_argument("--only", nargs="+", choices=TABLES, default=list(TABLES), metavar="NAME")
    given = arguments.parse_args()
    torch.set_num_threads(1)
    check(given.check) if given.check else write(given.out, given.only)


if __name__ == "__main__":
    main()
