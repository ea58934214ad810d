"""Makes the numbers that optimizers and learning rates are tested against: PyTorch's, in float64.

    python3 -m venv v && v/bin/pip install -r requirements.txt
    v/bin/python make_optimizers.py   writes ../resources/optimizers.txt and ../resources/rates.txt

Version: torch 2.15.0. A line of `rates.txt` is a case and the learning rate of each of 50 steps. A
line of `optimizers.txt` is a case, a number of steps, and the parameters after them; where gradients
are clipped, the norm before that of the last gradients stands first.

Parameters, gradients and scores come of whole numbers (`start`, `gradient`, `score`), so that the
tests make the same ones.
"""

from pathlib import Path

import torch
from torch.nn.utils import clip_grad_norm_
from torch.optim import SGD, Adam, AdamW
from torch.optim.lr_scheduler import CosineAnnealingLR, ReduceLROnPlateau

OUT = Path(__file__).resolve().parent.parent / "resources"
STEPS = 50
TOLD = (1, 2, 3, 5, 10, 20, 50)
SIZES = (6, 5)


def start(array, i):
    """A number of a parameter before the first step."""
    return ((5 * i + 3 * array) % 7 - 3) / 4


def gradient(step, array, i):
    """A number of a gradient; the second array's are small, and some are 0."""
    return ((7 * step + 3 * i * i + step * i + array) % 11 - 5) / (4 if array == 0 else 256)


def score(step):
    """A loss that falls, rises and lies still."""
    return 2 + ((step * step) % 5) / 8 - min(step, 17) / 16 + (step // 30) / 2


def parameters():
    return [
        torch.tensor([start(k, i) for i in range(size)], dtype=torch.float64, requires_grad=True)
        for k, size in enumerate(SIZES)
    ]


def optimizers(name, make, clip=None, schedule=None):
    """The lines of a case."""
    x = parameters()
    optimizer = make(x)
    scheduler = schedule and schedule(optimizer)
    for step in range(1, STEPS + 1):
        for k, p in enumerate(x):
            p.grad = torch.tensor(
                [gradient(step, k, i) for i in range(len(p))], dtype=torch.float64
            )
        told = [clip_grad_norm_(x, clip).item()] if clip else []
        optimizer.step()
        if isinstance(scheduler, ReduceLROnPlateau):
            scheduler.step(score(step))
        elif scheduler:
            scheduler.step()
        if step in TOLD:
            numbers = told + [v for p in x for v in p.tolist()]
            yield " ".join([name, str(step), *(f"{v:.9g}" for v in numbers)])


def rates(name, schedule, scored=None):
    """The line of a case."""
    optimizer = SGD(parameters(), lr=0.1)
    scheduler = schedule(optimizer)
    found = []
    for step in range(1, STEPS + 1):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step(*([scored(step)] if scored else []))
    yield " ".join([name, *(f"{v:.15g}" for v in found)])


def cosine(optimizer):
    return CosineAnnealingLR(optimizer, T_max=STEPS, eta_min=0.01)


def plateau(optimizer, **options):
    return ReduceLROnPlateau(optimizer, **options)


OPTIMIZERS = [
    *optimizers("adam", lambda x: Adam(x, lr=0.03)),
    *optimizers("adam-betas", lambda x: Adam(x, lr=0.03, betas=(0.5, 0.75), eps=1e-3)),
    *optimizers("adam-w", lambda x: AdamW(x, lr=0.03, weight_decay=0.1)),
    *optimizers("adam-clipped", lambda x: Adam(x, lr=0.03), clip=1.5),
    *optimizers("adam-cosine", lambda x: Adam(x, lr=0.1), schedule=cosine),
    *optimizers("sgd", lambda x: SGD(x, lr=0.05)),
    *optimizers("sgd-momentum", lambda x: SGD(x, lr=0.05, momentum=0.9)),
    *optimizers("sgd-nesterov", lambda x: SGD(x, lr=0.05, momentum=0.9, nesterov=True)),
    *optimizers("sgd-decay", lambda x: SGD(x, lr=0.05, momentum=0.9, weight_decay=0.1)),
    *optimizers("sgd-clipped", lambda x: SGD(x, lr=0.05, momentum=0.9), clip=1.5),
    *optimizers(
        "sgd-plateau", lambda x: SGD(x, lr=0.1), schedule=lambda o: plateau(o, patience=2)
    ),
]

RATES = [
    *rates("cosine", cosine),
    *rates("plateau", plateau, score),
    *rates("plateau-patience-2", lambda o: plateau(o, patience=2, factor=0.5), score),
    *rates("plateau-cooldown-3", lambda o: plateau(o, patience=1, cooldown=3, factor=0.5), score),
    *rates("plateau-minimum", lambda o: plateau(o, patience=0, min_lr=0.004, factor=0.5), score),
    *rates(
        "plateau-threshold", lambda o: plateau(o, patience=2, threshold=0.1, factor=0.5), score
    ),
    *rates(
        "plateau-higher",
        lambda o: plateau(o, mode="max", patience=3, factor=0.5),
        lambda step: 3 - score(step),
    ),
]


def main():
    for name, lines in (("optimizers.txt", OPTIMIZERS), ("rates.txt", RATES)):
        (OUT / name).write_text("".join(line + "\n" for line in lines))
        print(f"{name}: {len(lines)} lines")


if __name__ == "__main__":
    main()
