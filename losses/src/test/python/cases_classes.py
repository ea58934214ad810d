"""Cases of further losses: poly- and generalized cross entropy, unified focal, wasserstein-dice, mcc,
sensitivity-specificity, deep supervision."""

import peers_more as peers
from cases_order import binary, indices
from cases_pixel import ALL_REDUCTIONS, exact, named

SOFTMAX, SIGMOID = {"activation": "softmax"}, {"activation": "sigmoid"}
SMALL = indices(2, 4, 3, 4)
WEIGHTS = [0.5, 1.25, 2.0, 0.75]


def dense(d):
    return d.logits(2, 4, 3, 4), d.probabilities_over_classes(2, 4, 3, 4)


def spoilt(d):
    return d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 3, 4), 255)


def extremes(d):
    return exact([1e4, -1e4, 0], [0, 1e4, -1e4], [-1e4, -1e4, 1], [1e4, 1e4, 0]).T.reshape(1, 3, 4), exact([0, 2, 1, 0])


def valid_masks(make, options):
    """What every loss over classes does with pixels that do not count."""
    yield make("ignore", {**options, "ignoreIndex": 255}, spoilt)
    yield make("ignore-in-range", {**options, "ignoreIndex": 0}, SMALL)
    yield make("all-ignored", {**options, "ignoreIndex": 255},
               lambda d: (d.logits(1, 3, 3, 3), d.labels(3, 1, 3, 3) * 0 + 255))
    yield make("mask", options, lambda d: (*SMALL(d), d.weights(2, 3, 4)))
    yield make("mask-dense", options, lambda d: (*dense(d), d.weights(2, 1, 3, 4)))
    yield make("mask-none", {**options, "reduction": "none"}, lambda d: (*SMALL(d), d.weights(2, 3, 4)))


def pixel_forms(make):
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {"reduction": reduction}, SMALL)
        yield make(f"dense-{reduction}", {"reduction": reduction}, dense)
    yield make("vector", {}, lambda d: (d.logits(5, 3), d.labels(3, 5)))
    yield make("1d", {}, indices(2, 3, 8))
    yield make("3d", {}, indices(1, 3, 2, 3, 3))
    yield make("extreme-logits", {}, extremes)


def poly():
    make = named("poly-cross-entropy")
    yield from pixel_forms(make)
    yield from valid_masks(make, {})
    for name, options in {"epsilon": {"epsilon": 2.5}, "epsilon-0": {"epsilon": 0}, "epsilon-below-0": {"epsilon": -1},
                          "weights": {"classWeights": WEIGHTS}, "smoothing": {"labelSmoothing": 0.2},
                          "both": {"classWeights": WEIGHTS, "labelSmoothing": 0.1, "epsilon": 3},
                          "sum": {"classWeights": WEIGHTS, "reduction": "sum"}}.items():
        yield make(f"{name}-labels", options, SMALL)
        yield make(f"{name}-dense", options, dense)
    yield make("weights-ignore", {"classWeights": WEIGHTS, "ignoreIndex": 255}, spoilt)


def generalized():
    make = named("generalized-cross-entropy")
    yield from pixel_forms(make)
    yield from valid_masks(make, {})
    for q in (0.01, 0.5, 1.0):
        yield make(f"q-{q}", {"q": q}, SMALL)
        yield make(f"q-{q}-dense", {"q": q}, dense)


def unified_focal():
    make = named("unified-focal")
    peer = peers.unified_focal
    yield make("defaults-binary", {}, binary(2, 1, 4, 5), peer=peer)
    yield make("defaults-two-classes", {}, indices(2, 2, 4, 5), peer=peer)
    yield make("defaults", {}, SMALL)
    yield make("one-hot", {}, lambda d: (d.logits(2, 3, 3, 4), d.one_hot(3, 2, 3, 4)))
    yield make("soft-target", {}, dense)
    for name, options in {"delta": {"delta": 0.7}, "gamma": {"gamma": 0.25}, "weight": {"weight": 0.3},
                          "only-entropy": {"weight": 1.0}, "only-regions": {"weight": 0.0},
                          "all": {"delta": 0.8, "gamma": 0.75, "weight": 0.6}}.items():
        yield make(f"{name}-binary", options, binary(2, 1, 4, 5), peer=peer)
        yield make(f"{name}-two-classes", options, indices(2, 2, 3, 4), peer=peer)
        yield make(name, options, SMALL)
    for reduction in ALL_REDUCTIONS:
        yield make(f"symmetric-{reduction}", {"symmetric": True, "reduction": reduction}, SMALL)
        yield make(f"symmetric-binary-{reduction}", {"symmetric": True, "reduction": reduction}, binary(2, 1, 4, 5))
    yield make("symmetric-dense", {"symmetric": True, "gamma": 0.3}, dense)
    yield make("gamma-0", {"gamma": 0.0}, SMALL)
    yield make("3d", {}, binary(2, 1, 2, 3, 4), peer=peer)
    yield make("vector", {}, lambda d: (d.logits(5, 3), d.labels(3, 5)))
    yield from valid_masks(make, {})
    yield make("binary-mask", {}, lambda d: (*binary(2, 1, 4, 5)(d), d.weights(2, 4, 5)))
    yield make("binary-ignore", {"ignoreIndex": 255}, lambda d: (d.logits(2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255)))


def wasserstein_dice():
    make = named("wasserstein-dice")
    peer = peers.wasserstein_dice
    apart = {"distances": [[0.0, 2.0, 2.0, 1.0], [2.0, 0.0, 0.5, 1.5], [2.0, 0.5, 0.0, 1.0], [1.0, 1.5, 1.0, 0.0]]}
    lopsided = {"distances": [[0.0, 1.0, 3.0, 2.0], [0.5, 0.0, 1.0, 1.0], [2.0, 1.5, 0.0, 1.0], [1.0, 1.0, 1.0, 0.0]]}
    for weighting in ("default", "gdl"):
        for reduction in ALL_REDUCTIONS:
            options = {**apart, "weighting": weighting, "reduction": reduction}
            yield make(f"{weighting}-{reduction}", options, SMALL, peer=peer)
        options = {**apart, "weighting": weighting}
        yield make(f"{weighting}-smooth", {**options, "smooth": 1.0}, SMALL, peer=peer)
        yield make(f"{weighting}-smooth-apart", {**options, "smoothNumerator": 0, "smoothDenominator": 0.5}, SMALL,
                   peer=peer)
        yield make(f"{weighting}-dense", options, dense)
        yield make(f"{weighting}-lopsided", {**lopsided, "weighting": weighting}, SMALL, peer=peer)
        yield from valid_masks(lambda name, *rest, kind=weighting: make(f"{kind}-{name}", *rest), {"weighting": weighting})
    yield make("even", {}, SMALL, peer=peer)
    yield make("3d", {}, indices(1, 3, 2, 3, 3), peer=peer)
    yield make("1d", {}, indices(2, 3, 9), peer=peer)
    yield make("background-only", {"distances": [[0, 1], [1, 0]]},
               lambda d: (d.logits(2, 2, 3, 4), d.labels(2, 2, 3, 4) * 0), peer=peer)
    yield make("probabilities", {"activation": "none"},
               lambda d: (d.probabilities_over_classes(2, 3, 3, 4), d.labels(3, 2, 3, 4)))


def mcc():
    make = named("mcc")
    peer = peers.mcc
    yield make("defaults", {}, lambda d: (d.probabilities(2, 1, 4, 5), d.binary(2, 1, 4, 5)), peer=peer)
    for aggregate in ("sample", "batch"):
        for reduction in ALL_REDUCTIONS:
            options = {"aggregate": aggregate, "reduction": reduction}
            yield make(f"{aggregate}-{reduction}", {**SOFTMAX, **options}, SMALL, peer=peer)
    yield make("sigmoid", SIGMOID, binary(2, 3, 3, 4), peer=peer)
    yield make("3d", SIGMOID, binary(2, 1, 2, 3, 4), peer=peer)
    yield make("no-background", {**SOFTMAX, "includeBackground": False}, SMALL, peer=peer)
    yield make("smooth", {**SIGMOID, "smooth": 1.0}, binary(2, 1, 4, 5), peer=peer)
    yield make("smooth-apart", {**SIGMOID, "smoothNumerator": 0.5, "smoothDenominator": 2.0}, binary(2, 1, 4, 5), peer=peer)
    yield make("perfect", {}, lambda d: (exact([[0, 1, 0, 1]]), exact([[0, 1, 0, 1]])), peer=peer)
    yield make("perfect-empty", {}, lambda d: (exact([[0, 0, 0, 0]]), exact([[0, 0, 0, 0]])), peer=peer,
               differs=(peers.mcc_smp, "says one half"))
    yield make("wrong-way-round", {}, lambda d: (exact([[1, 0, 1, 0]]), exact([[0, 1, 0, 1]])), peer=peer)
    yield make("empty-target", {}, lambda d: (d.probabilities(2, 1, 3, 4), d.binary(2, 1, 3, 4) * 0), peer=peer)
    yield make("all", {**SOFTMAX, "aggregate": "all"}, SMALL)
    yield make("weights", {**SOFTMAX, "classWeights": WEIGHTS}, SMALL)
    yield make("weights-normalized", {**SOFTMAX, "classWeights": WEIGHTS, "normalizeWeights": True}, SMALL)
    yield make("soft-target", SIGMOID, lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)), peer=peer)
    yield from valid_masks(make, SOFTMAX)


def sensitivity_specificity():
    make = named("sensitivity-specificity")
    yield make("defaults", {}, lambda d: (d.probabilities(2, 1, 4, 5), d.binary(2, 1, 4, 5)))
    for aggregate in ("sample", "batch", "all"):
        for reduction in ALL_REDUCTIONS:
            yield make(f"{aggregate}-{reduction}", {**SOFTMAX, "aggregate": aggregate, "reduction": reduction}, SMALL)
    for r in (0.0, 0.1, 1.0):
        yield make(f"weight-{r}", {**SIGMOID, "sensitivityWeight": r}, binary(2, 1, 4, 5))
    yield make("smooth", {**SIGMOID, "smooth": 1.0}, binary(2, 1, 4, 5))
    yield make("smooth-apart", {**SIGMOID, "smoothNumerator": 0, "smoothDenominator": 0.5}, binary(2, 1, 4, 5))
    yield make("no-background", {**SOFTMAX, "includeBackground": False}, SMALL)
    yield make("soft-target", SIGMOID, lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)))
    yield make("weights", {**SOFTMAX, "classWeights": WEIGHTS}, SMALL)
    yield make("weights-normalized", {**SOFTMAX, "classWeights": WEIGHTS, "normalizeWeights": True}, SMALL)
    for policy in ("smooth", "skip", "zero", "penalize"):
        yield make(f"empty-{policy}", {**SOFTMAX, "emptyTarget": policy}, indices(2, 9, 2, 3))
    yield from valid_masks(make, SOFTMAX)


def deep_supervision():
    make = named("deep-supervision")
    dice = {"loss": {"loss": "dice", "options": {"activation": "softmax"}}}
    levels = lambda d: [d.logits(2, 3, 8, 6), d.logits(2, 3, 4, 3), d.logits(2, 3, 3, 2)]
    small = lambda d: (levels(d), d.labels(3, 2, 1, 8, 6))
    for rule in ("exp", "same", "two", [0.5, 2.0, 1.25]):
        name = rule if isinstance(rule, str) else "list"
        yield make(name, {**dice, "weights": rule}, small, peer=peers.deep_dice)
        yield make(f"{name}-normalized", {**dice, "weights": rule, "normalize": True}, small)
    yield make("defaults", dice, small, peer=peers.deep_dice)
    yield make("one-level", dice, lambda d: ([d.logits(2, 3, 4, 4)], d.labels(3, 2, 1, 4, 4)), peer=peers.deep_dice)
    yield make("six-levels", dice, lambda d: ([d.logits(1, 3, n, n) for n in (8, 4, 3, 2, 2, 1)], d.labels(3, 1, 1, 8, 8)),
               peer=peers.deep_dice)
    sigmoid = {"loss": {"loss": "dice", "options": {"activation": "sigmoid", "smooth": 1.0}}}
    yield make("dense", sigmoid, lambda d: ([d.logits(2, 2, 6, 7), d.logits(2, 2, 3, 4)], d.binary(2, 2, 6, 7)),
               peer=peers.deep_dice)
    yield make("1d", sigmoid, lambda d: ([d.logits(2, 1, 9), d.logits(2, 1, 5)], d.binary(2, 1, 9)), peer=peers.deep_dice)
    yield make("3d", sigmoid, lambda d: ([d.logits(1, 1, 4, 3, 5), d.logits(1, 1, 2, 2, 3)], d.binary(1, 1, 4, 3, 5)),
               peer=peers.deep_dice)
    entropy = {"loss": {"loss": "cross-entropy"}}
    plain = lambda d: (levels(d), d.labels(3, 2, 8, 6))
    yield make("labels-without-channel", entropy, plain)
    yield make("none", {"loss": {"loss": "dice", "options": {"activation": "softmax", "reduction": "none"}},
                        "weights": "two"}, small)
    yield make("ignore", {**entropy, "ignoreIndex": 255}, lambda d: (levels(d), d.spoil(d.labels(3, 2, 8, 6), 255)))
    yield make("mask", dice, lambda d: (*small(d), d.weights(2, 8, 6)))
    yield make("mask-with-channel", entropy, lambda d: (*plain(d), d.weights(2, 1, 8, 6)))


TABLES = {"poly-cross-entropy": poly, "generalized-cross-entropy": generalized, "unified-focal": unified_focal,
          "wasserstein-dice": wasserstein_dice, "mcc": mcc, "sensitivity-specificity": sensitivity_specificity,
          "deep-supervision": deep_supervision}
