"""Makes the numbers that the cookbook is tested against: PyTorch's, in float64.

    python3 -m venv v && v/bin/pip install -r requirements.txt
    v/bin/python make_values.py            writes ../resources/values.jsonl
    v/bin/python make_values.py --float32  tells how far PyTorch's own float32 is from them

Version: torch 2.15.0. Each line is one loss at one size: how its inputs are made (`inputs.py`; they
are not stored), its options, its value, and of its gradient with respect to the prediction

    sum, squares   Σg and Σg²
    mixed          Σ g_i·u_i with u_i within −1..1, which no two elements can swap unseen
    largest        the greatest |g|
    elements       g at 64 places: the first, the last, and 62 that `places` finds
    parameter      the derivative with respect to the loss's parameter, if it has one

A case is refused where its inputs are such that rounding decides: where moving them by a float32
rounding error moves the gradient by more than STEADY of its largest element.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

import formulas
from cases import CASES
from inputs import bits, made, numbers, whole

OUT = Path(__file__).resolve().parent.parent / "resources" / "values.jsonl"
PLACES = 64
STEADY = 1e-5


def value_and_gradient(case, tensors):
    prediction, *others = tensors
    x = prediction.clone().requires_grad_()
    value = getattr(formulas, case["loss"])(x, *others, **case["options"])
    return value.item(), torch.autograd.grad(value, x)[0]


def parameter(case, tensors):
    """The derivative with respect to what is learned beside the prediction: a temperature."""
    s = torch.tensor(case["options"]["log_temperature"], dtype=torch.float64, requires_grad=True)
    return torch.autograd.grad(formulas.soft_iou(*tensors, log_temperature=s), s)[0].item()


def places(count):
    found = whole(np.arange(PLACES), 1, count)
    found[:2] = 0, count - 1
    return found


def nudged(tensors):
    """The prediction moved by up to half a unit in the last place of float32."""
    x = tensors[0]
    moves = torch.from_numpy(numbers(tuple(x.shape), 99, -1, 1)).double()
    return [x * (1 + moves * 2.0**-24), *tensors[1:]]


def distance(have, want):
    """Of two values and gradients: relative, and relative to the largest element."""
    largest = want[1].abs().max().item()
    off = (have[1].double() - want[1]).abs().max().item() / largest
    return abs(have[0] - want[0]) / abs(want[0]), off


def line(case):
    tensors = [made(spec) for spec in case["inputs"]]
    value, gradient = value_and_gradient(case, tensors)
    assert torch.isfinite(gradient).all() and gradient.abs().max() > 0, case
    moved = distance(value_and_gradient(case, nudged(tensors)), (value, gradient))
    if max(moved) > STEADY:
        raise SystemExit(f"{case['loss']} {case['size']}: rounding decides, {moved}; other inputs")
    g = gradient.flatten().numpy()
    u = numbers(g.shape, 2, -1, 1).astype(np.float64)
    short = lambda x: float(f"{x:.9g}")
    learned = "log_temperature" in case["options"]
    return {
        **case,
        "value": short(value),
        "sum": short(g.sum()),
        "squares": short((g * g).sum()),
        "mixed": short((g * u).sum()),
        "largest": short(abs(g).max()),
        "elements": [short(x) for x in g[places(len(g))]],
        **({"parameter": short(parameter(case, tensors))} if learned else {}),
    }


def tell(case):
    tensors = [made(spec) for spec in case["inputs"]]
    exact = value_and_gradient(case, tensors)
    single = value_and_gradient(case, [x.float() for x in tensors])
    moved = distance(value_and_gradient(case, nudged(tensors)), exact)
    off = distance(single, exact)
    print(
        f"{case['loss']:26}{case['size']:7} value {exact[0]:12.6g}"
        f"  float32 off by {off[0]:8.1e} {off[1]:8.1e}  nudged {moved[0]:8.1e} {moved[1]:8.1e}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--float32", action="store_true")
    arguments = parser.parse_args()
    if arguments.float32:
        for case in CASES:
            tell(case)
        return
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("".join(json.dumps(line(case), allow_nan=False) + "\n" for case in CASES))
    print(f"{len(CASES)} cases, {OUT.stat().st_size // 1024} kB")


if __name__ == "__main__":
    torch.set_num_threads(2)
    main()
