"""Cases of the region losses: dice and iou."""

import peers
from cases_pixel import ALL_REDUCTIONS, exact, named

AGGREGATES = ("sample", "batch", "all")
WEIGHTS = [0.5, 2.0, 1.25, 0.75]
SOFTMAX, SIGMOID = {"activation": "softmax"}, {"activation": "sigmoid"}


def indices(classes, *spatial):
    return lambda d: (d.logits(2, classes, *spatial), d.labels(classes, 2, 1, *spatial))


def binary(*shape):
    return lambda d: (d.logits(*shape), d.binary(*shape))


def without(target, label):
    """The labels with one class gone: the class below or above takes its place."""
    return target.masked_fill(target == label, label - 1 if label else 1)


def shared(make, peer, smp):
    """What dice and iou have in common; the peers are MONAI's and smp's of the same loss."""
    yield from forms(make, peer)
    yield from aggregates(make, peer)
    yield from weights(make, peer)
    yield from smoothing(make, peer)
    yield from valid_masks(make, peer)
    yield from empty_targets(make, smp)
    yield from like_smp(make, smp)


def forms(make, peer):
    """Activations, targets and shapes."""
    yield make("defaults", {}, lambda d: (d.probabilities(2, 1, 4, 5), d.binary(2, 1, 4, 5)), peer=peer)
    yield make("sigmoid", SIGMOID, binary(2, 1, 4, 5), peer=peer)
    yield make("sigmoid-channels", SIGMOID, binary(2, 3, 4, 3), peer=peer)
    yield make("softmax-indices", SOFTMAX, indices(4, 3, 4), peer=peer)
    yield make("softmax-indices-without-channel", SOFTMAX,
               lambda d: (d.logits(2, 4, 3, 4), d.labels(4, 2, 3, 4)), peer=peer)
    yield make("softmax-one-hot", SOFTMAX, lambda d: (d.logits(2, 3, 3, 4), d.one_hot(3, 2, 3, 4)), peer=peer)
    yield make("softmax-soft-target", SOFTMAX,
               lambda d: (d.logits(2, 3, 3, 4), d.probabilities_over_classes(2, 3, 3, 4)), peer=peer)
    yield make("none-indices", {"activation": "none"},
               lambda d: (d.probabilities_over_classes(2, 3, 3, 4), d.labels(3, 2, 1, 3, 4)), peer=peer)
    yield make("target-without-channel", SIGMOID, lambda d: (d.logits(2, 1, 4, 5), d.binary(2, 4, 5)),
               peer=peer)
    yield make("1d", SIGMOID, binary(2, 1, 9), peer=peer)
    yield make("1d-softmax", SOFTMAX, indices(3, 8), peer=peer)
    yield make("3d", SIGMOID, binary(2, 1, 2, 3, 4), peer=peer)
    yield make("3d-softmax", SOFTMAX, indices(3, 2, 3, 3), peer=peer)
    yield make("many-classes", SOFTMAX, lambda d: (d.logits(1, 21, 2, 3), d.labels(21, 1, 1, 2, 3)),
               peer=peer)
    yield make("single-pixel", SIGMOID, binary(1, 1, 1, 1), peer=peer)
    yield make("p-at-0-and-1", {"smooth": 1.0},
               lambda d: (exact([[0, 1, 0, 1, 0.5]]), exact([[0, 1, 1, 0, 1]])), peer=peer)
    yield make("perfect", {}, lambda d: (exact([[0, 1, 0, 1]]), exact([[0, 1, 0, 1]])), peer=peer)
    yield make("disjoint", {}, lambda d: (exact([[1, 0, 1, 0]]), exact([[0, 1, 0, 1]])), peer=peer)
    yield make("extreme-logits", SIGMOID,
               lambda d: (exact([[1e4, -1e4, 1e4, -1e4, 0.5]]), exact([[1, 0, 0, 1, 1]])), peer=peer)
    yield make("extreme-logits-softmax", SOFTMAX, lambda d: (
        exact([1e4, -1e4, 0], [0, 1e4, -1e4], [-1e4, -1e4, 1], [1e4, 1e4, 0]).T.reshape(1, 3,
        4), exact([[0, 2, 1, 0]])), peer=peer)


def aggregates(make, peer):
    for aggregate in AGGREGATES:
        for reduction in ALL_REDUCTIONS:
            options = {**SOFTMAX, "aggregate": aggregate, "reduction": reduction, "smooth": 1.0}
            yield make(f"{aggregate}-{reduction}", options, indices(3, 3, 4),
                       peer=None if aggregate == "all" else peer)
    yield make("sigmoid-batch", {**SIGMOID, "aggregate": "batch"}, binary(3, 1, 3, 4), peer=peer)
    yield make("sigmoid-all", {**SIGMOID, "aggregate": "all"}, binary(2, 3, 3, 4))
    yield make("no-background", {**SOFTMAX, "includeBackground": False}, indices(4, 3, 4), peer=peer)
    yield make("no-background-none", {**SOFTMAX, "includeBackground": False, "reduction": "none"},
               indices(4, 3, 4), peer=peer)
    yield make("no-background-batch-none",
               {**SOFTMAX, "includeBackground": False, "reduction": "none", "aggregate": "batch"},
               indices(4, 3, 4), peer=peer)
    yield make("no-background-all", {**SOFTMAX, "includeBackground": False, "aggregate": "all"},
               indices(4, 3, 4))
    yield make("no-background-sigmoid", {**SIGMOID, "includeBackground": False}, binary(2, 3, 3, 4),
               peer=peer)


def weights(make, peer):
    for reduction in ALL_REDUCTIONS:
        yield make(f"weights-{reduction}", {**SOFTMAX, "classWeights": WEIGHTS, "reduction": reduction},
                   indices(4, 3, 4), peer=peer)
    yield make("weights-batch", {**SOFTMAX, "classWeights": WEIGHTS, "aggregate": "batch"}, indices(4, 3, 4),
               peer=peer)
    yield make("weights-no-background", {**SOFTMAX, "classWeights": WEIGHTS, "includeBackground": False},
               indices(4, 3, 4), peer=peer)
    yield make("weights-normalized", {**SOFTMAX, "classWeights": WEIGHTS, "normalizeWeights": True},
               indices(4, 3, 4))
    yield make("weights-normalized-no-background", {
        **SOFTMAX, "classWeights": WEIGHTS, "normalizeWeights": True, "includeBackground": False}, indices(4,
        3, 4))
    yield make("weights-normalized-skip", {
        **SOFTMAX, "classWeights": WEIGHTS, "normalizeWeights": True, "emptyTarget": "skip"},
        lambda d: (d.logits(2, 4, 3, 4), without(d.labels(4, 2, 1, 3, 4), 2)))


def smoothing(make, peer):
    for name, options in {
        "smooth-1": {"smooth": 1.0}, "smooth-tiny": {"smooth": 1e-7},
        "smooth-apart": {"smoothNumerator": 0.5, "smoothDenominator": 2.0},
        "smooth-numerator-0": {"smoothNumerator": 0.0},
        "smooth-denominator-only": {"smoothDenominator": 1.0},
    }.items():
        yield make(name, {**SIGMOID, **options}, binary(2, 1, 4, 5), peer=peer)
    yield make("smooth-0", {**SIGMOID, "smooth": 0.0}, binary(2, 1, 4, 5), peer=peer)
    yield make("zero-over-zero", {"smooth": 0.0}, lambda d: (exact([[0, 0, 0]]), exact([[0, 0, 0]])),
               differs=(peer, "gives NaN"), gradient=False)


def valid_masks(make, peer):
    spoilt = lambda d: (d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 1, 3, 4), 255))
    mask = lambda *shape: lambda d: (*binary(*shape)(d), d.weights(shape[0], 1, *shape[2:]))
    yield make("ignore-255", {**SOFTMAX, "ignoreIndex": 255}, spoilt, peer=peer)
    yield make("ignore-255-batch", {**SOFTMAX, "ignoreIndex": 255, "aggregate": "batch"}, spoilt, peer=peer)
    yield make("ignore-255-all", {**SOFTMAX, "ignoreIndex": 255, "aggregate": "all"}, spoilt)
    yield make("ignore-255-without-channel", {**SOFTMAX, "ignoreIndex": 255},
               lambda d: (d.logits(2, 3, 3, 4), d.spoil(d.labels(3, 2, 3, 4), 255)))
    yield make("ignore-in-range", {**SOFTMAX, "ignoreIndex": 1}, indices(4, 3, 4), peer=peer)
    yield make("ignore-background", {**SOFTMAX, "ignoreIndex": 0, "includeBackground": False},
               indices(4, 3, 4), peer=peer)
    yield make("ignore-sigmoid", {**SIGMOID, "ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255)), peer=peer)
    yield make("ignore-any-channel", {**SIGMOID, "ignoreIndex": 255},
               lambda d: (d.logits(2, 3, 3, 4), d.spoil_pixels(d.binary(2, 3, 3, 4), 255)))
    yield make("ignore-weights-none",
               {**SOFTMAX, "ignoreIndex": 255, "classWeights": WEIGHTS,
               "reduction": "none"}, spoilt, peer=peer)
    yield make("all-ignored", {**SOFTMAX, "ignoreIndex": 255},
               lambda d: (d.logits(1, 3, 2, 3), d.labels(3, 1, 1, 2, 3) * 0 + 255), peer=peer)
    yield make("all-ignored-numerator-0", {**SOFTMAX, "ignoreIndex": 255, "smoothNumerator": 0.0},
               lambda d: (d.logits(1, 3, 2, 3), d.labels(3, 1, 1, 2, 3) * 0 + 255), differs=(peer, "gives 1"))
    yield make("mask", SIGMOID, mask(2, 1, 4, 5))
    yield make("mask-channels", SIGMOID, mask(2, 3, 3, 4))
    yield make("mask-batch", {**SIGMOID, "aggregate": "batch"}, mask(2, 3, 3, 4))
    yield make("mask-indices", SOFTMAX, lambda d: (*indices(4, 3, 4)(d), d.weights(2, 3, 4)))
    yield make("mask-all", {**SOFTMAX, "aggregate": "all"},
               lambda d: (*indices(4, 3, 4)(d), d.weights(2, 1, 3, 4)))
    yield make("mask-and-ignore", {**SOFTMAX, "ignoreIndex": 255},
               lambda d: (*spoilt(d), d.weights(2, 1, 3, 4)))
    yield make("mask-of-zeros", SIGMOID, lambda d: (*binary(1, 1, 3, 3)(d), d.weights(1, 1, 3, 3) * 0))
    yield make("mask-3d", SIGMOID, mask(2, 1, 2, 3, 3))


def empty_targets(make, smp):
    absent = lambda d: (d.logits(2, 4, 3, 4), without(d.labels(4, 2, 1, 3, 4), 2))
    for policy in ("smooth", "skip", "zero", "penalize"):
        yield make(f"empty-{policy}", {**SOFTMAX, "emptyTarget": policy}, absent)
        yield make(f"empty-{policy}-batch",
                   {**SOFTMAX, "emptyTarget": policy, "aggregate": "batch", "smooth": 1.0}, absent,
                   peer=smp if policy == "zero" else None)
        yield make(f"empty-{policy}-none", {**SOFTMAX, "emptyTarget": policy, "reduction": "none"}, absent)
        yield make(f"empty-{policy}-sum-weights", {
            **SOFTMAX, "emptyTarget": policy, "reduction": "sum", "classWeights": WEIGHTS}, absent)
        yield make(f"empty-{policy}-everything", {**SIGMOID, "emptyTarget": policy},
                   lambda d: (d.logits(2, 1, 3, 4), d.binary(2, 1, 3, 4) * 0))
        yield make(f"empty-{policy}-ignore", {**SOFTMAX, "emptyTarget": policy, "ignoreIndex": 2},
                   indices(4, 3, 4))
    yield make("empty-penalize-mask", {**SIGMOID, "emptyTarget": "penalize"},
               lambda d: (d.logits(2, 2, 3, 4), d.binary(2, 2, 3, 4) * exact([0, 1]).reshape(1, 2, 1, 1),
               d.weights(2, 3, 4)))
    yield make("empty-skip-all", {**SIGMOID, "emptyTarget": "skip", "aggregate": "all"},
               lambda d: (d.logits(2, 2, 3, 4), d.binary(2, 2, 3, 4) * 0))
    yield make("empty-penalize-all", {**SIGMOID, "emptyTarget": "penalize", "aggregate": "all"},
               lambda d: (d.logits(2, 2, 3, 4), d.binary(2, 2, 3, 4) * 0))


def like_smp(make, smp):
    """smp: one ratio over the batch, soft labels always, classes that the target lacks cost nothing."""
    convention = {"aggregate": "batch", "softLabels": True, "emptyTarget": "zero", "smooth": 1.0}
    yield make("smp-binary", {**SIGMOID, **convention}, binary(2, 1, 4, 5), peer=smp)
    yield make("smp-multilabel", {**SIGMOID, **convention}, binary(2, 3, 3, 4), peer=smp)
    yield make("smp-multiclass", {**SOFTMAX, **convention}, indices(4, 3, 4), peer=smp)
    yield make("smp-probabilities", convention, lambda d: (d.probabilities(2, 1, 4, 5), d.binary(2, 1, 4, 5)),
               peer=smp)
    yield make("smp-soft-target", {**SIGMOID, **convention},
               lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)), peer=smp)
    yield make("smp-log", {**SOFTMAX, **convention, "log": True}, indices(4, 3, 4), peer=smp)
    yield make("smp-log-absent", {**SOFTMAX, **convention, "log": True},
               lambda d: (d.logits(2, 4, 3, 4), without(d.labels(4, 2, 1, 3, 4), 2)), peer=smp)


def dice():
    make = named("dice")
    peer, smp = peers.dice, peers.dice_smp
    yield from shared(make, peer, smp)
    convention = {"aggregate": "batch", "softLabels": True, "emptyTarget": "zero", "smooth": 0.5}
    yield make("smp-weights", {**SOFTMAX, **convention, "classWeights": WEIGHTS, "normalizeWeights": True},
               indices(4, 3, 4), peer=smp)
    yield make("smp-ignore", {**SOFTMAX, **convention, "ignoreIndex": 255},
               lambda d: (d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 1, 3, 4), 255)), peer=smp)
    for aggregate in ("sample", "batch"):
        yield make(f"squared-{aggregate}",
                   {**SIGMOID, "squared": True, "aggregate": aggregate, "smooth": 1.0}, binary(2, 1, 4,
                   5), peer=peer)
        yield make(f"squared-softmax-{aggregate}", {**SOFTMAX, "squared": True, "aggregate": aggregate},
                   indices(4, 3, 4), peer=peer)
    yield make("squared-soft-target", {**SIGMOID, "squared": True},
               lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)), peer=peer)
    yield make("squared-mask", {**SIGMOID, "squared": True},
               lambda d: (*binary(2, 2, 3, 4)(d), d.weights(2, 3, 4)))
    yield make("squared-ignore", {**SOFTMAX, "squared": True, "ignoreIndex": 255},
               lambda d: (d.logits(2, 3, 3, 4), d.spoil(d.labels(3, 2, 1, 3, 4), 255)), peer=peer)
    yield from soft_labels_and_log(make, peer)


def iou():
    make = named("iou")
    yield from shared(make, peers.iou, peers.iou_smp)
    yield from soft_labels_and_log(make, peers.iou)


def soft_labels_and_log(make, peer):
    soft = lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5))
    yield make("soft-labels", {**SIGMOID, "softLabels": True}, soft, peer=peer)
    yield make("soft-labels-batch", {**SOFTMAX, "softLabels": True, "aggregate": "batch"},
               lambda d: (d.logits(2, 3, 3, 4), d.probabilities_over_classes(2, 3, 3, 4)), peer=peer)
    yield make("soft-labels-hard-target", {**SIGMOID, "softLabels": True}, binary(2, 1, 4, 5), peer=peer)
    yield make("soft-labels-mask", {**SIGMOID, "softLabels": True}, lambda d: (*soft(d), d.weights(2, 4, 5)))
    yield make("log", {**SIGMOID, "log": True}, binary(2, 1, 4, 5))
    yield make("log-sum", {**SOFTMAX, "log": True, "reduction": "sum"}, indices(3, 3, 4))
    yield make("log-none-weights",
               {**SOFTMAX, "log": True, "reduction": "none", "classWeights": [0.5, 2.0, 1.0]}, indices(3, 3,
               4))
    yield make("log-disjoint", {"log": True, "smooth": 1e-9},
               lambda d: (exact([[1, 0, 1, 0]]), exact([[0, 1, 0, 1]])))


TABLES = {"dice": dice, "iou": iou}
