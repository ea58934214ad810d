"""Times PyTorch, eager and compiled, on the works that Lossmith's own benchmark runs.

    pip install -r requirements.txt
    python bench_peers.py [--only WORK] [--threads 2] [--seconds 2] [--json FILE] [--context-attention]

Versions: python 3.11, torch 2.15.0; torch.compile needs a C++ compiler.

A measurement is value and gradient with respect to the prediction, float32, the median after warm-up;
`unet-step` is a whole training step with Adam. Every loss is written in several ways, checked to agree,
and the fastest one counts, so that the peer is given its best. All of it runs in two fresh processes,
`default` and `raised`: glibc hands large blocks back to the kernel after each use, which costs a page
fault for each 4 kB on the next use; with its thresholds raised it keeps them, on large pages where Linux
has them, as Lossmith's are. Prints one JSON line for each work, shape, mode and malloc setting on stdout,
and a table on stderr.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
RAISED = {**LARGE_PAGES, "MALLOC_MMAP_MAX_": "0", "MALLOC_MMAP_THRESHOLD_": "1073741824",
          "MALLOC_TRIM_THRESHOLD_": "4294967296", "MALLOC_TOP_PAD_": "1073741824"}
SHAPES = {
    "bce-dice": [(8, 1, 512, 512), (1, 1, 512, 512), (1, 1, 64, 64)],
    "ce-dice": [(4, 8, 256, 256), (2, 21, 512, 512)],
    "context-attention": [(8, 1, 512, 512)],
    "unet-step": [(8, 1, 128, 128)],
    "unet-step-channels-last": [(8, 1, 128, 128)],
}


def arguments():
    parser = argparse.ArgumentParser(description="Times PyTorch on Lossmith's benchmark works.")
    parser.add_argument("--only", choices=list(SHAPES), help="one work instead of all")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2.0, help="for each measurement")
    parser.add_argument("--modes", default="eager,compile")
    parser.add_argument("--malloc", default="default,raised")
    parser.add_argument("--json", metavar="FILE", help="write the JSON lines here instead of stdout")
    parser.add_argument("--context-attention", action="store_true", help="also the 31x31 average pool, slow")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


# --- the parent: one process for each malloc setting ---


def follow_all(given, script):
    """The results of a script's children, one for each malloc setting."""
    results = []
    for malloc in given.malloc.split(","):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MALLOC_")}
        if malloc == "raised":
            environment.update(RAISED)
        command = [sys.executable, os.path.abspath(script), *sys.argv[1:], "--child", malloc]
        results += follow(command, environment)
    return results


def follow(command, environment):
    """The results of one child, each also shown when it arrives."""
    results = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout:
            results.append(json.loads(line))
            print(line.rstrip(), file=sys.stderr)
    if child.returncode:
        raise SystemExit(f"the child ended with {child.returncode}")
    return results


def report(results, target, variant=None):
    """Writes the JSON lines and a table; one line of it for each work, or for each variant of it."""
    lines = "".join(json.dumps(result) + "\n" for result in results)
    if target:
        with open(target, "w") as file:
            file.write(lines)
    else:
        sys.stdout.write(lines)
    rows = {}
    for r in results:
        shape = "x".join(map(str, r["shape"]))
        work = r["work"] + (f" {r[variant]}" if variant else "")
        rows.setdefault((work, shape), {})[f"{r['mode']} {r['malloc']}"] = r.get("ms", float("nan"))
    columns = list(dict.fromkeys(f"{r['mode']} {r['malloc']}" for r in results))
    print(f"{'ms':<44}{'shape':<14}" + "".join(f"{c:>17}" for c in columns), file=sys.stderr)
    for (work, shape), row in rows.items():
        cells = "".join(f"{row.get(c, float('nan')):>17.4g}" for c in columns)
        print(f"{work:<44}{shape:<14}{cells}", file=sys.stderr)


# --- the child: measures ---


def measure_all(given):
    import torch
    torch.set_num_threads(given.threads)
    optional = set() if given.context_attention else {"context-attention"}
    works = [given.only] if given.only else [work for work in SHAPES if work not in optional]
    for work in works:
        for shape in SHAPES[work]:
            torch.manual_seed(0)
            variants = unet_step(shape, work) if work.startswith("unet") else loss_variants(work, shape)
            for mode in given.modes.split(","):
                best, name = fastest(variants, mode, given.seconds)
                print(json.dumps({"work": work, "shape": shape, "mode": mode, "malloc": given.child,
                                  "ms": round(best, 5), "variant": name}), flush=True)


def fastest(variants, mode, seconds):
    """The least median in ms over the variants, and its name."""
    times = {}
    for name, prepare in variants.items():
        times[name] = median_ms(prepare(mode), seconds)
    name = min(times, key=times.get)
    return times[name], name


def median_ms(call, seconds):
    """Warm for a third of the time, then the median over the rest; five calls at least."""
    def collect(span, least):
        times, end = [], time.perf_counter() + span
        while len(times) < least or time.perf_counter() < end:
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
        return times
    collect(seconds / 3, 3)
    return 1e3 * statistics.median(collect(seconds, 5))


def loss_variants(work, shape):
    """For each way of writing the loss: mode -> a call that computes value and gradient."""
    import torch
    x = (2 * torch.randn(shape)).requires_grad_()
    inputs = (x, index_target(shape) if work == "ce-dice" else blob_target(shape))
    ways = {"bce-dice": [bce_dice, bce_dice_dot], "ce-dice": [ce_dice, ce_dice_compare, ce_dice_gather],
            "context-attention": [context_attention]}[work]
    agree(ways, inputs)
    return {way.__name__: caller(way, inputs) for way in ways}


def caller(way, inputs):
    import torch

    def prepare(mode):
        torch._dynamo.reset()
        loss = torch.compile(way, dynamic=False) if mode == "compile" else way
        return lambda: torch.autograd.grad(loss(*inputs), inputs[0])
    return prepare


def agree(ways, inputs):
    """All ways of writing a loss must give the same value and gradient."""
    import torch
    answers = [(value := way(*inputs), *torch.autograd.grad(value, inputs[0])) for way in ways]
    for value, gradient in answers[1:]:
        torch.testing.assert_close(value, answers[0][0], rtol=1e-5, atol=1e-6)
        largest = answers[0][1].abs().max().item()
        torch.testing.assert_close(gradient, answers[0][1], rtol=0, atol=1e-4 * largest)


def blob_target(shape):
    """Discs, as masks of objects are."""
    import torch
    y, x = torch.meshgrid(torch.arange(shape[2]), torch.arange(shape[3]), indexing="ij")
    discs = [((y % 97 - 48) ** 2 + (x % (61 + 9 * k) - 30) ** 2 < 700) for k in range(shape[0])]
    return torch.stack(discs)[:, None].float()


def index_target(shape):
    import torch
    n, classes, height, width = shape
    coarse = torch.randint(0, classes, (n, 1, height // 16, width // 16)).float()
    return torch.nn.functional.interpolate(coarse, scale_factor=16).squeeze(1).long()


# --- the losses, each as well as plain PyTorch says it ---


SMOOTH = 1e-5


def mean_dice(hit, predicted, there):
    return 1 - ((2 * hit + SMOOTH) / (predicted + there + SMOOTH)).mean()


def bce_dice(x, t):
    import torch
    p, flat = torch.sigmoid(x).flatten(2), t.flatten(2)
    dice = mean_dice((p * flat).sum(2), p.sum(2), flat.sum(2))
    return torch.nn.functional.binary_cross_entropy_with_logits(x, t) + dice


def bce_dice_dot(x, t):
    """The product summed by a batched dot product, without a temporary."""
    import torch
    p, flat = torch.sigmoid(x).flatten(1), t.flatten(1)
    hit = torch.bmm(p[:, None], flat[:, :, None]).flatten()
    dice = mean_dice(hit, p.sum(1), flat.sum(1))
    return torch.nn.functional.binary_cross_entropy_with_logits(x, t) + dice


def ce_dice(x, y):
    """Cross entropy, softmax and a one-hot target."""
    import torch
    p = torch.softmax(x, 1).flatten(2)
    t = torch.nn.functional.one_hot(y.flatten(1), x.shape[1]).transpose(1, 2).to(x.dtype)
    return torch.nn.functional.cross_entropy(x, y) + mean_dice((p * t).sum(2), p.sum(2), t.sum(2))


def ce_dice_compare(x, y):
    """One log-softmax for both parts; labels compared with the class number."""
    import torch
    log_p = torch.log_softmax(x, 1)
    p = log_p.exp().flatten(2)
    t = y.flatten(1)[:, None] == torch.arange(x.shape[1])[:, None]
    hit = torch.where(t, p, 0.0).sum(2)
    return torch.nn.functional.nll_loss(log_p, y) + mean_dice(hit, p.sum(2), t.sum(2))


def ce_dice_gather(x, y):
    """The true class's probability gathered, then added up by class."""
    import torch
    p, flat = torch.softmax(x, 1).flatten(2), y.flatten(1)
    nothing = torch.zeros(x.shape[:2], dtype=x.dtype)
    hit = nothing.scatter_add(1, flat, p.gather(1, flat[:, None]).squeeze(1))
    there = nothing.scatter_add(1, flat, torch.ones_like(flat, dtype=x.dtype))
    return torch.nn.functional.cross_entropy(x, y) + mean_dice(hit, p.sum(2), there)


def context_attention(x, t):
    """Position-aware loss as its authors write it: one 31x31 average pool for the weights."""
    import torch
    from torch.nn import functional as F
    w = 1 + 5 * (F.avg_pool2d(t, 31, stride=1, padding=15) - t).abs()
    entropy = (w * F.binary_cross_entropy_with_logits(x, t, reduction="none")).sum((2, 3)) / w.sum((2, 3))
    p = torch.sigmoid(x)
    hit, both = (p * t * w).sum((2, 3)), ((p + t) * w).sum((2, 3))
    return (entropy + 1 - (hit + 1) / (both - hit + 1)).mean()


# --- the training step ---


def unet_step(shape, work):
    """A step of the small U-Net: forward, Dice + BCE, backward, Adam."""
    import torch
    from unet import UNet, bce_dice as loss
    layout = torch.channels_last if work.endswith("channels-last") else torch.contiguous_format
    x = torch.rand(shape).to(memory_format=layout)
    t = blob_target(shape)

    def prepare(mode):
        torch._dynamo.reset()
        network = UNet().to(memory_format=layout)
        adam = torch.optim.Adam(network.parameters(), lr=3e-3, fused=True)
        forward = lambda x, t: loss(network(x), t)
        forward = torch.compile(forward, dynamic=False) if mode == "compile" else forward

        def step():
            adam.zero_grad()
            forward(x, t).backward()
            adam.step()
        return step
    return {"fused-adam": prepare}


def main():
    given = arguments()
    if given.child:
        measure_all(given)
    else:
        report(follow_all(given, __file__), given.json)


if __name__ == "__main__":
    main()
