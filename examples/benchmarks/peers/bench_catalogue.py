"""Times the peers' own losses on the catalogue that `lossmith bench --catalogue` runs, eager and compiled.

    pip install -r requirements.txt
    python bench_catalogue.py [--only NAME] [--threads 2] [--seconds 1] [--json FILE]

Value and gradient with respect to the prediction, float32, medians; the works and shapes are those of the
file that the command line reads. All of it runs in two fresh processes, with default and raised malloc
thresholds (see bench_peers.py). Prints one JSON line for each work, shape, peer, mode and malloc setting.
"""

import argparse
import json
import pathlib
import warnings

from bench_peers import caller, follow_all, median_ms, report

HERE = pathlib.Path(__file__).resolve().parent
FILE = HERE.parents[1] / "app/src/main/resources/io/lossmith/app/bench/catalogue.jsonl"


def arguments():
    parser = argparse.ArgumentParser(description="Times the peers' losses on Lossmith's catalogue.")
    parser.add_argument("--only", default="", help="works whose name begins like this")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each measurement")
    parser.add_argument("--modes", default="eager,compile")
    parser.add_argument("--malloc", default="default,raised")
    parser.add_argument("--json", metavar="FILE", help="write the JSON lines here instead of stdout")
    parser.add_argument("--among", metavar="FILE", help="measure those alone that this JSON file lists: [work, shape, peer, mode]")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def works(only):
    for line in FILE.read_text().splitlines():
        work = json.loads(line)
        if work["work"].startswith(only):
            yield work


def measure_all(given):
    import torch
    from peer_losses import PEERS
    warnings.filterwarnings("ignore")
    torch.set_num_threads(given.threads)
    among = json.loads(pathlib.Path(given.among).read_text()) if given.among else None
    for work in works(given.only):
        for shape in work["shapes"]:
            inputs = make_inputs(work, shape)
            for peer, build in PEERS.get(work["work"], {}).items():
                for mode in given.modes.split(","):
                    if among is None or [work["work"], shape, peer, mode] in among:
                        measure(given, work, shape, peer, build, mode, inputs)


def measure(given, work, shape, peer, build, mode, inputs):
    row = {"work": work["work"], "shape": shape, "peer": peer, "mode": mode, "malloc": given.child}
    try:
        row["ms"] = round(median_ms(caller(build(shape), inputs)(mode), given.seconds), 5)
    except Exception as e:  # a peer that cannot be compiled, or not for this shape, is a fact to report
        row["error"] = f"{type(e).__name__}: {e}".splitlines()[0][:200]
    print(json.dumps(row), flush=True)


def make_inputs(work, shape):
    """Prediction and target of the same kinds as the command line's."""
    import torch
    torch.manual_seed(0)
    target = make_target(work["target"], shape)
    kind = work["prediction"]
    if kind == "boxes":
        x = boxes(shape[0])
    elif kind == "blob-logits":
        x = 6 * torch.roll(target, 5, -1) - 3 + torch.rand(shape) * 2 - 1
    elif kind == "probabilities":
        x = 0.02 + 0.96 * torch.rand(shape)
    else:
        x = 8 * torch.rand(shape) - 4
        x = torch.log_softmax(x, 1) if kind == "log-probabilities" else x
    return x.requires_grad_(), target


def make_target(kind, shape):
    import torch
    if kind == "boxes":
        return boxes(shape[0]) + 3
    if kind == "mask":
        y, x = torch.meshgrid(torch.arange(shape[-2]), torch.arange(shape[-1]), indexing="ij")
        planes = [(y % 97 - 48) ** 2 + (x % (61 + 9 * (k % 8)) - 30) ** 2 < 700
                  for k in range(shape[0] * shape[1])]
        return torch.stack(planes).float().reshape(shape)
    coarse = torch.randint(0, shape[1], (shape[0], *shape[2:-2], shape[-2] // 16, shape[-1] // 16))
    return coarse.repeat_interleave(16, -1).repeat_interleave(16, -2)


def boxes(n):
    import torch
    corner = 32 * torch.rand(n, 2)
    return torch.cat([corner, corner + 1 + 32 * torch.rand(n, 2)], 1)


def main():
    given = arguments()
    if given.child:
        measure_all(given)
    else:
        report(follow_all(given, __file__), given.json, "peer")


if __name__ == "__main__":
    main()
