"""Cases of the pixel losses: bce, bce-with-logits, cross-entropy, nll, mae, mse, focal."""

import torch

import peers
from case import Case
from data import Data

ALL_REDUCTIONS = ("mean", "sum", "none")
WEIGHTS = [0.5, 1.25, 2.0, 0.75]


def named(loss):
    """A maker of cases of one loss: `make(name, options, inputs, ...)`, inputs from a Data."""
    def make(name, options, inputs, **more):
        return Case(name, loss, options, *inputs(Data(f"{loss}/{name}")), **more)
    return make


def exact(*rows):
    """The rows as one tensor; a single row keeps its axis of length 1."""
    return torch.tensor(rows, dtype=torch.float64)


# --- binary cross entropy ---


def bce():
    make = named("bce")
    masks = lambda *shape: lambda d: (d.probabilities(*shape), d.binary(*shape))
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {"reduction": reduction}, masks(2, 1, 4, 5), peer=peers.bce)
    yield make("defaults", {}, masks(3, 1, 3, 4), peer=peers.bce)
    yield make("1d", {}, masks(2, 1, 9), peer=peers.bce)
    yield make("3d", {}, masks(2, 1, 2, 3, 4), peer=peers.bce)
    yield make("channels", {}, masks(2, 3, 4, 3), peer=peers.bce)
    yield make("vector", {}, masks(5, 3), peer=peers.bce)
    yield make("target-without-channel", {}, lambda d: (d.probabilities(2, 1, 4, 5), d.binary(2, 4, 5)),
               peer=peers.bce)
    yield make("soft-target", {}, lambda d: (d.probabilities(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)),
               peer=peers.bce)
    yield make("single-pixel", {}, masks(1, 1, 1, 1), peer=peers.bce)
    yield make("documented-value", {"reduction": "mean"}, lambda d: (
        exact([0.6560, 0.5859], [0.6172, 0.6802]).float().double(), exact([1, 0], [0, 1])),
        peer=peers.bce, note="0.6622 when rounded")
    yield make("right-at-0-and-1", {}, lambda d: (exact([[0, 1, 0.5]]), exact([[0, 1, 1]])),
               differs=(peers.bce, "gives gradient 0 where p equals t"))
    yield make("wrong-at-0-and-1", {}, lambda d: (exact([[0, 1, 0.25, 0.5]]), exact([[1, 0, 1, 0]])),
               differs=(peers.bce, "has a gradient of 1e12 below its own floor of -100"))
    yield from masked(make, lambda d, *shape: d.probabilities(*shape), peers.bce)


def masked(make, prediction, summing_peer):
    """ignoreIndex and mask of an element-wise loss."""
    yield make("ignore-255", {"ignoreIndex": 255},
               lambda d: (prediction(d, 2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255)))
    yield make("ignore-255-sum", {"ignoreIndex": 255, "reduction": "sum"},
               lambda d: (prediction(d, 2, 1, 4, 5), d.spoil(d.binary(2, 4, 5), 255)))
    yield make("ignore-255-none", {"ignoreIndex": 255, "reduction": "none"},
               lambda d: (prediction(d, 2, 1, 3, 4), d.spoil(d.binary(2, 1, 3, 4), 255)))
    yield make("ignore-in-range", {"ignoreIndex": 0},
               lambda d: (prediction(d, 2, 1, 4, 5), d.binary(2, 1, 4, 5)))
    yield make("ignore-any-channel", {"ignoreIndex": 255},
               lambda d: (prediction(d, 2, 3, 3, 4), d.spoil_pixels(d.binary(2, 3, 3, 4), 255)))
    yield make("all-ignored", {"ignoreIndex": 255},
               lambda d: (prediction(d, 2, 1, 3, 3), d.binary(2, 1, 3, 3) * 0 + 255))
    yield make("mask", {}, lambda d: (prediction(d, 2, 1, 4, 5), d.binary(2, 1, 4, 5), d.weights(2, 1, 4, 5)),
               differs=summing_peer and (summing_peer,
               "divides by the number of elements, not by the weights"))
    yield make("mask-sum", {"reduction": "sum"},
               lambda d: (prediction(d, 2, 1, 4, 5), d.binary(2, 1, 4, 5),
               d.weights(2, 1, 4, 5)), peer=summing_peer)
    yield make("mask-none", {"reduction": "none"},
               lambda d: (prediction(d, 2, 1, 3, 4), d.binary(2, 1, 3, 4),
               d.weights(2, 1, 3, 4)), peer=summing_peer)
    yield make("mask-channels", {},
               lambda d: (prediction(d, 2, 3, 3, 4), d.binary(2, 3, 3, 4), d.weights(2, 3, 4)))
    yield make("mask-and-ignore", {"ignoreIndex": 255}, lambda d: (
        prediction(d, 2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255), d.weights(2, 4, 5)))
    yield make("mask-of-zeros", {},
               lambda d: (prediction(d, 1, 1, 3, 3), d.binary(1, 1, 3, 3), d.weights(1, 1, 3, 3) * 0))


def bce_with_logits():
    make = named("bce-with-logits")
    masks = lambda *shape: lambda d: (d.logits(*shape), d.binary(*shape))
    peer = peers.bce_with_logits
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {"reduction": reduction}, masks(2, 1, 4, 5), peer=peer)
    yield make("defaults", {}, masks(3, 1, 3, 4), peer=peer)
    yield make("1d", {}, masks(2, 1, 9), peer=peer)
    yield make("3d", {}, masks(2, 1, 2, 3, 4), peer=peer)
    yield make("channels", {}, masks(2, 3, 4, 3), peer=peer)
    yield make("vector", {}, masks(5, 3), peer=peer)
    yield make("target-without-channel", {}, lambda d: (d.logits(2, 1, 4, 5), d.binary(2, 4, 5)), peer=peer)
    yield make("soft-target", {}, lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)), peer=peer)
    yield make("single-pixel", {}, masks(1, 1, 1, 1), peer=peer)
    yield make("pos-weight", {"posWeight": 3.5}, masks(2, 1, 4, 5), peer=peer)
    yield make("pos-weight-sum", {"posWeight": 0.25, "reduction": "sum"}, masks(2, 1, 4, 5), peer=peer)
    yield make("pos-weight-per-class", {"posWeight": [2.0, 0.5, 4.0]}, masks(2, 3, 3, 4), peer=peer)
    yield make("pos-weight-soft-target", {"posWeight": [2.0, 0.5, 4.0], "reduction": "none"},
               lambda d: (d.logits(2, 3, 2, 3), d.probabilities(2, 3, 2, 3)), peer=peer)
    for reduction in ALL_REDUCTIONS:
        yield make(f"label-smoothing-{reduction}", {"labelSmoothing": 0.1, "reduction": reduction},
                   masks(2, 1, 3, 4), peer=peers.bce_with_logits_smp)
    yield make("label-smoothing-pos-weight", {"labelSmoothing": 0.2, "posWeight": 3.0}, masks(2, 1, 4, 5))
    yield make("extreme-logits", {}, lambda d: (
        exact([[1e4, -1e4, 1e4, -1e4, 88, -104]]), exact([[1, 0, 0, 1, 0, 1]])), peer=peer)
    yield make("extreme-right", {"reduction": "sum"}, lambda d: (exact([[1e4, -1e4]]), exact([[1, 0]])),
               peer=peer)
    yield make("smp-ignore-mean", {"ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255)),
               peer=peers.bce_with_logits_valid, differs=(peers.bce_with_logits_smp, "divides by all pixels"))
    yield make("smp-ignore-sum", {"ignoreIndex": 255, "reduction": "sum"},
               lambda d: (d.logits(2, 1, 4, 5),
               d.spoil(d.binary(2, 1, 4, 5), 255)), peer=peers.bce_with_logits_smp)
    yield make("pos-weight-mask", {"posWeight": 2.0},
               lambda d: (d.logits(2, 1, 4, 5), d.binary(2, 1, 4, 5), d.weights(2, 4, 5)))
    yield from masked(make, lambda d, *shape: d.logits(*shape), peer)


# --- cross entropy and negative log-likelihood ---


def cross_entropy():
    make = named("cross-entropy")
    yield from over_classes(make, lambda d, *shape: d.logits(*shape), peers.cross_entropy)
    peer = peers.cross_entropy
    indices = lambda d: (d.logits(2, 4, 3, 4), d.labels(4, 2, 1, 3, 4))
    spoilt = lambda d: (d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 3, 4), 255))
    dense = lambda d: (d.logits(2, 4, 3, 4), d.probabilities_over_classes(2, 4, 3, 4))
    for reduction in ALL_REDUCTIONS:
        yield make(f"label-smoothing-{reduction}", {"labelSmoothing": 0.1, "reduction": reduction}, indices,
                   peer=peer)
        yield make(f"everything-{reduction}",
                   {"labelSmoothing": 0.2, "classWeights": WEIGHTS, "ignoreIndex": 255,
                                               "reduction": reduction}, spoilt, peer=peer)
        yield make(f"soft-target-{reduction}", {"reduction": reduction}, dense, peer=peer)
        yield make(f"soft-target-weights-{reduction}", {"classWeights": WEIGHTS, "reduction": reduction},
                   dense, peer=peer)
    yield make("label-smoothing-one", {"labelSmoothing": 1.0}, indices, peer=peer)
    yield make("soft-target-smoothing", {"labelSmoothing": 0.1, "classWeights": WEIGHTS}, dense, peer=peer)
    yield make("one-hot-weights", {"classWeights": WEIGHTS},
               lambda d: (d.logits(2, 4, 3, 4), d.one_hot(4, 2, 3, 4)), peer=peer)
    yield make("smoothing-mask", {"labelSmoothing": 0.1, "classWeights": WEIGHTS},
               lambda d: (d.logits(2, 4, 3, 4), d.labels(4, 2, 3, 4), d.weights(2, 3, 4)))
    yield make("soft-target-mask", {"classWeights": WEIGHTS}, lambda d: (*dense(d), d.weights(2, 1, 3, 4)))
    yield make("soft-target-ignore", {"ignoreIndex": 255},
               lambda d: (d.logits(2, 4, 3, 4), d.spoil_pixels(d.one_hot(4, 2, 3, 4), 255)))
    yield make("extreme-logits", {}, lambda d: (
        exact([1e4, -1e4, 0], [0, 1e4, -1e4], [-1e4, -1e4, -1e4], [1e4, 1e4, 0]).T.reshape(1, 3,
        4), exact([0, 2, 1, 0])), peer=peer)
    yield make("extreme-right", {"reduction": "sum"}, lambda d: (exact([[1e4], [-1e4]]), exact([0])),
               peer=peer)


def over_classes(make, prediction, peer):
    """What cross entropy and nll share."""
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {"reduction": reduction},
                   lambda d: (prediction(d, 2, 4, 3, 4), d.labels(4, 2, 3, 4)), peer=peer)
        yield make(f"channel-target-{reduction}", {"reduction": reduction},
                   lambda d: (prediction(d, 2, 3, 3, 4), d.labels(3, 2, 1, 3, 4)), peer=peer)
        yield make(f"weights-{reduction}", {"classWeights": WEIGHTS, "reduction": reduction},
                   lambda d: (prediction(d, 2, 4, 3, 4), d.labels(4, 2, 3, 4)), peer=peer)
        yield make(f"ignore-255-{reduction}", {"ignoreIndex": 255, "reduction": reduction},
                   lambda d: (prediction(d, 2, 4, 3, 4), d.spoil(d.labels(4, 2, 1, 3, 4), 255)), peer=peer)
    yield make("weights-ignore", {"classWeights": WEIGHTS, "ignoreIndex": 255},
               lambda d: (prediction(d, 2, 4, 3, 4), d.spoil(d.labels(4, 2, 3, 4), 255)), peer=peer)
    yield make("weight-zero", {"classWeights": [0.0, 1.0, 2.0]},
               lambda d: (prediction(d, 2, 3, 9), d.labels(3, 2, 9)), peer=peer)
    yield make("ignore-in-range", {"ignoreIndex": 0},
               lambda d: (prediction(d, 2, 4, 3, 4), d.labels(4, 2, 3, 4)), peer=peer)
    yield make("ignore-in-range-weights", {"ignoreIndex": 2, "classWeights": WEIGHTS},
               lambda d: (prediction(d, 2, 4, 3, 4), d.labels(4, 2, 1, 3, 4)), peer=peer)
    yield make("ignore-negative", {"ignoreIndex": -1},
               lambda d: (prediction(d, 2, 3, 3, 4), d.spoil(d.labels(3, 2, 3, 4), -1)), peer=peer)
    yield make("all-ignored", {"ignoreIndex": 255},
               lambda d: (prediction(d, 2, 3, 2, 3), d.labels(3, 2, 2, 3) * 0 + 255),
               differs=(peer, "gives NaN"))
    yield make("all-ignored-sum", {"ignoreIndex": 255, "reduction": "sum"},
               lambda d: (prediction(d, 2, 3, 2, 3), d.labels(3, 2, 2, 3) * 0 + 255), peer=peer)
    yield make("classification", {}, lambda d: (prediction(d, 6, 5), d.labels(5, 6)), peer=peer)
    yield make("classification-weights", {"classWeights": [0.5, 1.0, 2.0]},
               lambda d: (prediction(d, 6, 3), d.labels(3, 6)), peer=peer)
    yield make("classification-ignore-none", {"ignoreIndex": 1, "reduction": "none"},
               lambda d: (prediction(d, 6, 3), d.labels(3, 6)), peer=peer)
    yield make("classification-column", {}, lambda d: (prediction(d, 6, 3), d.labels(3, 6, 1)), peer=peer)
    yield make("1d", {}, lambda d: (prediction(d, 2, 3, 7), d.labels(3, 2, 7)), peer=peer)
    yield make("3d", {}, lambda d: (prediction(d, 2, 3, 2, 3, 3), d.labels(3, 2, 1, 2, 3, 3)), peer=peer)
    yield make("two-classes", {}, lambda d: (prediction(d, 2, 2, 3, 4), d.labels(2, 2, 3, 4)), peer=peer)
    yield make("many-classes", {}, lambda d: (prediction(d, 1, 21, 2, 3), d.labels(21, 1, 2, 3)), peer=peer)
    yield make("single-pixel", {}, lambda d: (prediction(d, 1, 3, 1, 1), d.labels(3, 1, 1, 1)), peer=peer)
    yield make("one-hot", {}, lambda d: (prediction(d, 2, 3, 3, 4), d.one_hot(3, 2, 3, 4)),
               peer=None if peer is peers.nll else peer)
    for reduction in ALL_REDUCTIONS:
        yield make(f"mask-{reduction}", {"reduction": reduction},
                   lambda d: (prediction(d, 2, 3, 3, 4), d.labels(3, 2, 3, 4), d.weights(2, 3, 4)))
    yield make("mask-weights-ignore", {"classWeights": WEIGHTS, "ignoreIndex": 255},
               lambda d: (prediction(d, 2, 4, 3, 4), d.spoil(d.labels(4, 2, 1, 3, 4), 255),
               d.weights(2, 1, 3, 4)))


def nll():
    make = named("nll")
    yield from over_classes(make, lambda d, *shape: d.log_probabilities(*shape), peers.nll)


# --- absolute and squared error ---


def regression():
    for loss, peer in (("mae", peers.mae), ("mse", peers.mse)):
        make = named(loss)
        pair = lambda *shape: lambda d: (d.logits(*shape), d.logits(*shape))
        for reduction in ALL_REDUCTIONS:
            yield make(reduction, {"reduction": reduction}, pair(2, 1, 4, 5), peer=peer)
        yield make("defaults", {}, pair(2, 3, 3, 4), peer=peer)
        yield make("vector", {}, pair(4, 3), peer=peer)
        yield make("1d", {}, pair(2, 2, 7), peer=peer)
        yield make("3d", {}, pair(2, 1, 2, 3, 4), peer=peer)
        yield make("target-without-channel", {}, lambda d: (d.logits(2, 1, 4, 5), d.logits(2, 4, 5)),
                   peer=peer)
        yield make("equal", {}, lambda d: (exact([[0, 1, -2.5, 3]]), exact([[0, 1, -2.5, 4]])), peer=peer)
        yield make("large", {}, lambda d: (exact([[1e4, -1e4, 5]]), exact([[-1e4, -1e4, 1]])), peer=peer)
        yield from masked(make, lambda d, *shape: d.logits(*shape), None)


# --- focal ---


def focal():
    make = named("focal")
    masks = lambda *shape: lambda d: (d.logits(*shape), d.binary(*shape))
    vision, monai = peers.focal_vision, peers.focal_monai
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {"reduction": reduction}, masks(2, 1, 4, 5), peer=vision)
        yield make(f"alpha-{reduction}", {"alpha": 0.25, "gamma": 1.5, "reduction": reduction},
                   masks(2, 1, 4, 5), peer=vision)
    yield make("defaults", {}, masks(2, 3, 3, 4), peer=vision)
    yield make("sigmoid-monai", {"activation": "sigmoid", "gamma": 2.0, "alpha": 0.75}, masks(2, 2, 3, 4),
               peer=monai)
    yield make("sum-monai", {"gamma": 2.0, "reduction": "sum"}, masks(2, 2, 3, 4), peer=peers.focal_monai_sum,
               differs=(monai, "sums the means over the pixels"))
    yield make("gamma-0", {"gamma": 0.0}, masks(2, 1, 4, 5), peer=vision)
    yield make("gamma-half", {"gamma": 0.5}, masks(2, 1, 4, 5), peer=vision)
    yield make("gamma-5", {"gamma": 5.0}, masks(2, 1, 4, 5), peer=vision)
    yield make("alpha-per-class", {"alpha": [0.25, 0.5, 0.75]}, masks(2, 3, 3, 4), peer=monai)
    yield make("alpha-per-class-sum", {"alpha": [0.25, 0.5, 0.75], "reduction": "sum"}, masks(2, 3, 3, 4),
               peer=peers.focal_monai_sum)
    yield make("1d", {}, masks(2, 1, 9), peer=vision)
    yield make("3d", {"alpha": 0.25}, masks(2, 1, 2, 3, 4), peer=vision)
    yield make("vector", {}, masks(5, 3), peer=vision)
    yield make("single-pixel", {}, masks(1, 1, 1, 1), peer=vision)
    yield make("target-without-channel", {}, lambda d: (d.logits(2, 1, 4, 5), d.binary(2, 4, 5)), peer=vision)
    yield make("soft-target", {"alpha": 0.25}, lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)),
               differs=(vision, "takes one p_t for a soft target"))
    for reduction in ALL_REDUCTIONS:
        yield make(f"normalized-{reduction}", {"normalized": True, "reduction": reduction}, masks(2, 1, 4, 5),
                   peer=peers.focal_smp)
        yield make(f"reduced-{reduction}", {"reducedThreshold": 0.5, "reduction": reduction},
                   masks(2, 1, 4, 5), peer=peers.focal_smp)
    yield make("normalized-alpha", {"normalized": True, "alpha": 0.25, "gamma": 1.0, "reduction": "sum"},
               masks(2, 1, 4, 5), peer=peers.focal_smp)
    yield make("reduced-alpha", {"reducedThreshold": 0.3, "alpha": 0.75, "gamma": 1.0}, masks(2, 1, 4, 5),
               peer=peers.focal_smp)
    yield make("smp-ignore", {"ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255)), peer=peers.focal_smp)
    yield make("smp-normalized-ignore", {"normalized": True, "ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255)), peer=peers.focal_smp)
    yield make("normalized-channels", {"normalized": True}, masks(2, 3, 3, 4),
               differs=(peers.focal_smp, "normalises each channel on its own"))
    yield make("normalized-mask", {"normalized": True},
               lambda d: (*masks(2, 1, 4, 5)(d), d.weights(2, 1, 4, 5)))
    yield make("extreme-logits", {"gamma": 2.0},
               lambda d: (exact([[1e4, -1e4, 1e4, -1e4, 0.5]]), exact([[1, 0, 0, 1, 1]])), peer=monai)
    yield make("extreme-right-gamma-half", {"gamma": 0.5},
               lambda d: (exact([[1e4, -1e4, 60, -60, 0.5]]), exact([[1, 0, 1, 0, 1]])),
               differs=(vision, "gives NaN gradients"))
    yield from masked(make, lambda d, *shape: d.logits(*shape), None)
    yield from focal_softmax(make)


def focal_softmax(make):
    peer = peers.focal_softmax
    soft = {"activation": "softmax"}
    indices = lambda d: (d.logits(2, 4, 3, 4), d.labels(4, 2, 1, 3, 4))
    for reduction in ALL_REDUCTIONS:
        yield make(f"softmax-{reduction}", {**soft, "reduction": reduction}, indices, peer=peer,
                   differs=None if reduction == "none" else (peers.focal_softmax_direct, "divides by N·C·S"))
        yield make(f"softmax-ignore-{reduction}", {**soft, "ignoreIndex": 255, "reduction": reduction},
                   lambda d: (d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 3, 4), 255)))
    yield make("softmax-alpha", {**soft, "alpha": 0.25}, indices, peer=peer)
    yield make("softmax-alpha-sum", {**soft, "alpha": 0.75, "reduction": "sum"}, indices, peer=peer)
    yield make("softmax-alpha-per-class", {**soft, "alpha": [0.1, 0.25, 0.5, 0.9], "gamma": 1.5}, indices,
               peer=peer)
    yield make("softmax-gamma-0", {**soft, "gamma": 0.0}, indices, peer=peers.cross_entropy)
    yield make("softmax-gamma-half", {**soft, "gamma": 0.5}, indices, peer=peer)
    yield make("softmax-one-hot", soft, lambda d: (d.logits(2, 3, 3, 4), d.one_hot(3, 2, 3, 4)), peer=peer)
    yield make("softmax-soft-target", soft,
               lambda d: (d.logits(2, 3, 3, 4), d.probabilities_over_classes(2, 3, 3, 4)), peer=peer)
    yield make("softmax-target-without-channel", soft, lambda d: (d.logits(2, 3, 3, 4), d.labels(3, 2, 3, 4)),
               peer=peer)
    yield make("softmax-classification", soft, lambda d: (d.logits(6, 4), d.labels(4, 6)), peer=peer)
    yield make("softmax-1d", soft, lambda d: (d.logits(2, 3, 7), d.labels(3, 2, 7)), peer=peer)
    yield make("softmax-3d", soft, lambda d: (d.logits(1, 3, 2, 3, 3), d.labels(3, 1, 1, 2, 3, 3)), peer=peer)
    yield make("softmax-mask", soft, lambda d: (*indices(d), d.weights(2, 1, 3, 4)))
    yield make("softmax-mask-alpha", {**soft, "alpha": 0.25}, lambda d: (*indices(d), d.weights(2, 3, 4)))
    yield make("softmax-reduced", {**soft, "reducedThreshold": 0.5}, indices)
    yield make("softmax-normalized", {**soft, "normalized": True}, indices)
    yield make("softmax-ignore-in-range", {**soft, "ignoreIndex": 0}, indices)
    yield make("softmax-all-ignored", {**soft, "ignoreIndex": 255},
               lambda d: (d.logits(1, 3, 2, 3), d.labels(3, 1, 2, 3) * 0 + 255))
    yield make("softmax-extreme-gamma-half", {**soft, "gamma": 0.5}, lambda d: (
        exact([1e4, -1e4, 0], [0, 1e4, -1e4], [-1e4, -1e4, -1e4], [1e4, 1e4, 0]).T.reshape(1, 3,
        4), exact([0, 2, 1, 0])),
        differs=(peer, "gives NaN gradients"))


TABLES = {"bce": bce, "bce-with-logits": bce_with_logits, "cross-entropy": cross_entropy, "nll": nll,
          "regression": regression, "focal": focal}
