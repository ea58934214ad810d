"""What a case is, and how its expected numbers come about.

The formula gives value and gradient in float64. A peer that computes the same loss is asked too and
must agree; its numbers are then the ones written (a float32 peer only confirms the formula's digits).
A peer that differs on purpose is asked as well and must really differ: the source line tells how.
"""

from dataclasses import dataclass
from typing import Callable, Optional

import torch

import formulas_families  # noqa: F401, adds its formulas
import formulas_order  # noqa: F401, adds its formulas
import formulas_regions  # noqa: F401, adds its formulas
import formulas_structure  # noqa: F401, adds its formulas
from formulas import evaluate

TOLERANCE = 2e-5


@dataclass
class Case:
    name: str
    loss: str
    options: dict
    prediction: torch.Tensor             # or a list of them, one for each level of deep supervision
    target: torch.Tensor
    mask: Optional[torch.Tensor] = None
    peer: Optional[Callable] = None
    differs: Optional[tuple] = None      # (peer, in which way)
    note: str = ""
    error: str = ""
    gradient: bool = True
    tolerance: float = TOLERANCE


def value_and_gradient(function, case):
    """The value, and its gradient in the prediction's shape; that of several predictions is flat."""
    several = isinstance(case.prediction, list)
    inputs = [x.clone().requires_grad_() for x in (case.prediction if several else [case.prediction])]
    value = function(case.options, inputs if several else inputs[0], case.target, case.mask)
    total = value.sum()
    if total.requires_grad:
        total.backward()
    gradients = [torch.zeros_like(x) if x.grad is None else x.grad for x in inputs]
    return value.detach(), torch.cat([g.flatten() for g in gradients]) if several else gradients[0]


def formula(case):
    return value_and_gradient(lambda o, x, t, m: evaluate(case.loss, o, x, t, m), case)


def expected(case):
    """(value, gradient, source) of a case that is not about an error."""
    value, gradient = formula(case)
    require(value.isfinite().all() and gradient.isfinite().all(), case, "formula is not finite")
    source = "formula, float64"
    if case.peer:
        theirs = value_and_gradient(case.peer, case)
        if not case.gradient:
            theirs = (theirs[0], gradient)
        bound = 2e-6 if case.peer.single else 1e-7  # some float64 peers hold float32 constants
        require(agree((value, gradient), theirs, bound), case, f"{case.peer.source} disagrees")
        source = case.peer.source
        if not case.peer.single:
            value, gradient = theirs[0].reshape(value.shape), theirs[1]
    if case.differs:
        peer, how = case.differs
        theirs = value_and_gradient(peer, case)
        require(not agree((value, gradient), theirs, 1e-5), case, f"{peer.source} does not differ")
        source += f"; {peer.source.split(',')[0]} {how}"
    return value, gradient, source + (f"; {case.note}" if case.note else "")


def agree(ours, theirs, bound):
    if theirs[0].numel() != ours[0].numel():
        return False
    value_gap = (ours[0].flatten() - theirs[0].flatten()).abs().max()
    gradient_gap = (ours[1] - theirs[1]).abs().max()
    largest = ours[1].abs().max()
    return bool(value_gap <= bound * max(1, ours[0].abs().max()) and gradient_gap <= 5 * bound * largest + 1e-12)


def require(condition, case, message):
    if not condition:
        raise AssertionError(f"{case.loss}/{case.name}: {message}")


def line(case, number):
    """The case as the object that its line in the file holds."""
    several = isinstance(case.prediction, list)
    given = {"predictions": [tensor(x) for x in case.prediction]} if several else {"prediction": tensor(case.prediction)}
    out = {"id": f"{case.loss}-{number:03d}-{case.name}", "loss": case.loss, "options": case.options,
           **given, "target": tensor(case.target)}
    if case.mask is not None:
        out["mask"] = tensor(case.mask)
    if case.error:
        return {**out, "expected": {"error": case.error}, "tolerance": 0, "source": "catalogue, " + case.note}
    value, gradient, source = expected(case)
    whole = case.options.get("reduction") == "none" or value.dim() > 0
    out["expected"] = {"value": tensor(value) if whole else rounded(value.item())}
    if case.gradient:
        out["expected"]["gradient"] = numbers(gradient)
    return {**out, "tolerance": case.tolerance, "source": source}


def tensor(x):
    return {"shape": list(x.shape), "values": numbers(x)}


def numbers(x):
    return [rounded(v) for v in x.flatten().tolist()]


def rounded(v):
    """Nine significant digits, and whole numbers without a point."""
    v = float(f"{v:.9g}")
    return int(v) if v == int(v) and abs(v) < 1e6 else v
