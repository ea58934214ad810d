"""Makes the cases of the metrics: what smp and MONAI answer for the same masks.

    v/bin/python make_metrics.py                writes ../resources/metrics/*.jsonl

Versions as in make_cases.py. Each line holds the masks (or labels, with `classes`), the metric with its
options in the words of the Java classes, and `expected`: a number, or null where the peer has NaN and
leaves everything out. Infinity is written as the word.
"""

import json
import math
import warnings
from pathlib import Path

import monai.metrics as mm
import segmentation_models_pytorch as smp
import torch

from case import tensor
from cases_other import blob
from data import Data
from peers import MONAI, SMP

warnings.filterwarnings("ignore", category=UserWarning)
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "metrics"
SMP_NAMES = {"fbeta": smp.metrics.fbeta_score, "iou": smp.metrics.iou_score, "accuracy": smp.metrics.accuracy,
             "precision": smp.metrics.precision, "recall": smp.metrics.recall,
             "specificity": smp.metrics.specificity, "dice": smp.metrics.f1_score}
WEIGHTS = [0.5, 2.0, 1.25, 0.75]


def smp_reduction(options):
    return options["average"] + ("-imagewise" if options.get("perImage") else "")


def smp_value(metric, options, counts):
    beta = {"beta": options["beta"]} if metric == "fbeta" else {}
    return SMP_NAMES[metric](*counts, reduction=smp_reduction(options), class_weights=options.get("classWeights"),
                             zero_division=options.get("zeroDivision", 1.0), **beta).item()


def label_cases():
    """Class indices, counted by smp; some classes are in no picture."""
    classes = 4
    for name, ignored in (("plain", None), ("ignored", 255)):
        data = Data(f"metrics/{name}")
        prediction, target = data.labels(classes, 3, 5, 6), data.labels(classes, 3, 5, 6)
        prediction[0][prediction[0] == 2], target[0][target[0] == 2] = 0, 1
        prediction[prediction == 3], target[target == 3] = 1, 0
        if ignored:
            target = data.spoil(target, ignored)
        counts = smp.metrics.get_stats(prediction.long(), target.long(), mode="multiclass", num_classes=classes,
                                       ignore_index=ignored)
        for metric in SMP_NAMES:
            for options in option_sets(metric):
                yield {"id": f"{metric}-{name}", "metric": metric, "options": options, "classes": classes,
                       **({"ignoreIndex": ignored} if ignored else {}), "prediction": tensor(prediction),
                       "target": tensor(target), "expected": smp_value(metric, options, counts), "source": SMP}


def option_sets(metric):
    """smp's weighted-imagewise divides by the number of classes once more, so it is not asked."""
    more = {"skipEmptyTarget": False, **({"beta": 2.0} if metric == "fbeta" else {})}
    for average in ("micro", "macro", "weighted"):
        weights = {"classWeights": WEIGHTS} if average == "weighted" else {}
        yield {"average": average, **weights, **more}
        if average != "weighted":
            yield {"average": average, "perImage": True, **more}
    yield {"average": "macro", "zeroDivision": 0.0, **more}


def mask_cases():
    """Masks, scored image by image by MONAI: empty targets are left out, or scored 0 or 1."""
    data = Data("metrics/masks")
    prediction, target = data.binary(3, 3, 6, 7), blob(3, 3, 6, 7)
    target[0, 1], target[2], prediction[2, 0] = 0, 0, 0
    for metric, theirs in (("dice", mm.DiceMetric), ("iou", mm.MeanIoU)):
        for skip in (True, False):
            for background in (True, False):
                judge = theirs(include_background=background, ignore_empty=skip)
                judge(prediction, target)
                options = {"perImage": True, "skipEmptyTarget": skip, "includeBackground": background}
                yield {"id": f"{metric}-masks", "metric": metric, "options": options,
                       "prediction": tensor(prediction), "target": tensor(target),
                       "expected": judge.aggregate().item(), "source": MONAI}


def surface_cases():
    """Where one mask is empty a percentile of infinities is NaN at MONAI, so it is not asked."""
    for name, prediction, target, spacings in surface_inputs():
        for spacing in spacings:
            more = {"spacing": spacing} if spacing else {}
            for percentile in (None,) if name.endswith("empty") else (None, 95.0, 50.0):
                for directed in (False, True):
                    each = mm.compute_hausdorff_distance(prediction, target, include_background=True,
                                                         percentile=percentile, directed=directed, spacing=spacing)
                    options = {**more, "directed": directed, **({"percentile": percentile} if percentile else {})}
                    yield surface("hausdorff-distance", name, options, prediction, target, each)
            for symmetric in (False, True):
                each = mm.compute_average_surface_distance(prediction, target, include_background=True,
                                                           symmetric=symmetric, spacing=spacing)
                yield surface("average-surface-distance", name, {**more, "symmetric": symmetric}, prediction, target,
                              each)


def surface(metric, name, options, prediction, target, each):
    mean, kept = mm.utils.do_metric_reduction(each.clone(), "mean")
    return {"id": f"{metric}-{name}", "metric": metric, "options": options, "prediction": tensor(prediction),
            "target": tensor(target), "expected": mean.item() if kept else None, "each": each.flatten().tolist(),
            "source": MONAI}


def surface_inputs():
    data = Data("metrics/surfaces")
    yield "discs", blob(2, 2, 9, 11).roll(2, 3), blob(2, 2, 9, 11), (None, [2.0, 0.5])
    yield "noise", data.binary(1, 2, 7, 8), data.binary(1, 2, 7, 8), (None,)
    yield "volumes", data.binary(1, 1, 4, 5, 6, share=0.8), data.binary(1, 1, 4, 5, 6, share=0.2), (None, [3.0, 1.0, 0.5])
    empty = torch.zeros(1, 3, 5, 6).double()
    some = blob(1, 3, 5, 6)
    both = some * torch.tensor([0.0, 1, 0])[:, None, None]
    yield "one-empty", empty, some, (None,)
    yield "other-empty", some, empty, (None,)
    yield "both-empty", empty, empty, (None,)
    yield "some-both-empty", both.flip(2), both, (None,)


def words(value):
    """JSON has neither NaN nor Infinity."""
    if isinstance(value, list):
        return [words(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "Infinity"
    return value


def main():
    torch.set_num_threads(1)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, table in (("scores", [*label_cases(), *mask_cases()]), ("surfaces", list(surface_cases()))):
        lines = [json.dumps({k: words(v) for k, v in case.items()}, allow_nan=False) for case in table]
        (FOLDER / f"{name}.jsonl").write_text("\n".join(lines) + "\n")
        print(f"{name}: {len(lines)} cases, {sum(map(len, lines)) // 1024} kB")


if __name__ == "__main__":
    main()
