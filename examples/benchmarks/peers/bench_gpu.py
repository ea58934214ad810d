"""Times PyTorch on a graphics card on the works of io.lossmith.benchmarks.OpenClComparison.

    pip install -r requirements.txt     (or the torch 2.15.0 made for the card: cuda, rocm, xpu)
    python bench_gpu.py [--device cuda] [--seconds 2]

A measurement is value and gradient with respect to the prediction, float32, the median after warm-up, in
milliseconds: eager and compiled on tensors that stay on the card, and the better of both with prediction
and target going there and value and gradient coming back through pinned memory, which is what an engine
with arrays in the processor's memory has to do. `--device cpu` shows that the script itself works.
"""

import argparse
import statistics
import time

import torch
import torch.nn.functional as F

CHAIN = 10


def arguments():
    parser = argparse.ArgumentParser(description="Times PyTorch on a graphics card.")
    parser.add_argument("--device", default="cuda", help="cuda (also for ROCm), xpu or cpu")
    parser.add_argument("--seconds", type=float, default=2.0, help="for each measurement")
    return parser.parse_args()


def mse(x, t):
    return F.mse_loss(x, t)


def bce(x, t):
    return F.binary_cross_entropy_with_logits(x, t)


def chain(x, t):
    for _ in range(CHAIN):
        x = x * 0.5 + t
    return (x * x).mean()


def dice(p, t):
    """The mean over samples and classes of one minus Dice, as MONAI has it."""
    overlap, sizes = (p * t).sum((2, 3)), p.sum((2, 3)) + t.sum((2, 3))
    return (1 - (2 * overlap + 1e-5) / (sizes + 1e-5)).mean()


def binary_dice(x, t):
    return dice(x.sigmoid(), t)


def bce_dice(x, t):
    return bce(x, t) + binary_dice(x, t)


def ce_dice(x, t):
    labels = t.squeeze(1).long()
    hot = F.one_hot(labels, x.shape[1]).permute(0, 3, 1, 2).float()
    return F.cross_entropy(x, labels) + dice(x.softmax(1), hot)


LARGE, CLASSES, SMALL = (8, 1, 512, 512), (4, 8, 256, 256), (1, 1, 16, 16)
WORKS = [
    ("mse", mse, LARGE, 2),
    ("bce-with-logits", bce, LARGE, 2),
    ("chain of 20 operations", chain, LARGE, 2),
    ("bce-with-logits + dice", bce_dice, LARGE, 2),
    ("cross-entropy + dice", ce_dice, CLASSES, 8),
    ("dice", binary_dice, SMALL, 2),
]


def wait(device):
    if device != "cpu":
        getattr(torch, device).synchronize()


def median(run, seconds, device):
    times = []
    for part in (seconds / 2, seconds):
        times.clear()
        end = time.perf_counter() + part
        while time.perf_counter() < end or not times:
            start = time.perf_counter()
            run()
            wait(device)
            times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def staying(loss, x, t):
    def run():
        x.grad = None
        loss(x, t).backward()
    return run


def travelling(loss, x, t, device):
    pinned = device != "cpu"
    near_x, near_t = (v.cpu().pin_memory() if pinned else v.clone() for v in (x.detach(), t))
    gradient = torch.empty_like(near_x, pin_memory=pinned)

    def run():
        far = near_x.to(device, non_blocking=True).requires_grad_()
        value = loss(far, near_t.to(device, non_blocking=True))
        value.backward()
        gradient.copy_(far.grad, non_blocking=True)
        value.item()
    return run


def main():
    given = arguments()
    name = given.device
    if name == "cuda":
        name = torch.cuda.get_device_name()
    print(f"{name}, torch {torch.__version__}")
    print("| value and gradient | shape | eager | compiled | arrays travelling |")
    print("|---|---|---|---|---|")
    torch.manual_seed(1)
    for work, loss, shape, labels in WORKS:
        x = (torch.rand(shape) * 8 - 4).to(given.device).requires_grad_()
        target = shape if labels == 2 else (shape[0], 1, *shape[2:])
        t = torch.randint(0, labels, target).float().to(given.device)
        compiled = torch.compile(loss)
        at_once = [median(staying(f, x, t), given.seconds, given.device) for f in (loss, compiled)]
        away = min(median(travelling(f, x, t, given.device), given.seconds, given.device) for f in (loss, compiled))
        print(f"| {work} | {list(shape)} | {at_once[0]:.3g} | {at_once[1]:.3g} | {away:.3g} |", flush=True)


if __name__ == "__main__":
    main()
