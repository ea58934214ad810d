"""Cases of kin: tversky, focal-tversky, log-cosh-dice, generalized-dice; huber, smooth-l1; giou, diou, ciou;
dice-focal."""

import peers_families as peers
from cases_classes import valid_masks
from cases_pixel import ALL_REDUCTIONS, exact, masked, named
from cases_region import SIGMOID, SOFTMAX, WEIGHTS, aggregates, binary, empty_targets, forms, indices, without

UNEVEN = {"alpha": 0.3, "beta": 0.7}
SMP = {**SIGMOID, "aggregate": "batch", "emptyTarget": "zero", "smooth": 1.0}


def with_options(loss, base):
    """A maker of cases that have some options each."""
    make = named(loss)
    return lambda name, options, inputs, **more: make(name, {**base, **options}, inputs, **more)


def tversky():
    make = named("tversky")
    yield from forms(with_options("tversky", UNEVEN), peers.tversky)
    yield from aggregates(with_options("tversky", UNEVEN), peers.tversky)
    yield from empty_targets(with_options("tversky", UNEVEN), None)
    yield from valid_masks(make, {**SOFTMAX, **UNEVEN})
    for name, options in {"even": {}, "iou": {"alpha": 1.0, "beta": 1.0}, "misses-alone": {"alpha": 0.0, "beta": 2.0},
                          "extras-alone": {"alpha": 1.5, "beta": 0.0}, "smooth": {**UNEVEN, "smooth": 1.0},
                          "smooth-apart": {**UNEVEN, "smoothNumerator": 0.5, "smoothDenominator": 2.0}}.items():
        yield make(name, {**SIGMOID, **options}, binary(2, 1, 4, 5), peer=peers.tversky)
        yield make(f"{name}-softmax", {**SOFTMAX, **options}, indices(4, 3, 4), peer=peers.tversky)
    yield make("weights", {**SOFTMAX, **UNEVEN, "classWeights": WEIGHTS}, indices(4, 3, 4))
    yield make("smp", {**SMP, **UNEVEN}, binary(2, 1, 4, 5), peer=peers.tversky_smp)
    yield make("smp-multiclass", {**SMP, **SOFTMAX, **UNEVEN}, indices(4, 3, 4), peer=peers.tversky_smp)
    yield make("smp-log", {**SMP, **UNEVEN, "log": True}, binary(2, 1, 4, 5), peer=peers.tversky_smp)


def focal_tversky():
    make = named("focal-tversky")
    yield from forms(with_options("focal-tversky", {**UNEVEN, "gamma": 1.5}), None)
    yield from aggregates(with_options("focal-tversky", UNEVEN), None)
    yield from valid_masks(make, {**SOFTMAX, **UNEVEN})
    for gamma in (0.5, 0.75, 1.0, 1.5, 2.0):
        yield make(f"gamma-{gamma}", {**SIGMOID, "gamma": gamma}, binary(2, 1, 4, 5))
        yield make(f"smp-gamma-{gamma}", {**SMP, **UNEVEN, "gamma": gamma}, binary(2, 1, 4, 5), peer=peers.tversky_smp)
    yield make("smp-multiclass", {**SMP, **SOFTMAX, "gamma": 2.0}, indices(4, 3, 4),
               differs=(peers.tversky_smp, "takes the power of the mean over classes"))
    yield make("perfect-root", {"gamma": 0.5}, lambda d: (exact([[0, 1, 0, 1]]), exact([[0, 1, 0, 1]])))
    yield make("weights", {**SOFTMAX, **UNEVEN, "classWeights": WEIGHTS}, indices(4, 3, 4))
    yield make("empty-skip", {**SOFTMAX, "emptyTarget": "skip"},
               lambda d: (d.logits(2, 4, 3, 4), without(d.labels(4, 2, 1, 3, 4), 2)))
    yield make("log", {**SIGMOID, "log": True}, binary(2, 1, 4, 5))


def log_cosh_dice():
    make = named("log-cosh-dice")
    yield from forms(make, peers.log_cosh_dice)
    yield from valid_masks(make, SOFTMAX)
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {**SOFTMAX, "reduction": reduction}, indices(3, 3, 4), peer=peers.log_cosh_dice)
    yield make("squared", {**SIGMOID, "squared": True}, binary(2, 1, 4, 5), peer=peers.log_cosh_dice)
    yield make("soft-labels", {**SIGMOID, "softLabels": True}, lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)),
               peer=peers.log_cosh_dice)
    yield make("batch", {**SOFTMAX, "aggregate": "batch"}, indices(4, 3, 4), peer=peers.log_cosh_dice)
    yield make("weights", {**SOFTMAX, "classWeights": WEIGHTS}, indices(4, 3, 4), peer=peers.log_cosh_dice)
    yield make("log-far", {"log": True, "smooth": 1e-9}, lambda d: (exact([[1, 0, 1, 0]]), exact([[0, 1, 0, 1]])))


def generalized_dice():
    make = named("generalized-dice")
    yield from forms(make, peers.generalized_dice)
    yield from valid_masks(make, SOFTMAX)
    absent = lambda d: (d.logits(2, 4, 3, 4), without(d.labels(4, 2, 1, 3, 4), 2))
    for kind in ("square", "simple", "uniform"):
        for aggregate in ("sample", "batch"):
            options = {**SOFTMAX, "weightType": kind, "aggregate": aggregate}
            yield make(f"{kind}-{aggregate}", options, indices(4, 3, 4), peer=peers.generalized_dice)
            yield make(f"{kind}-{aggregate}-absent", options, absent,
                       peer=None if aggregate == "batch" else peers.generalized_dice)
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {**SOFTMAX, "reduction": reduction}, indices(3, 3, 4), peer=peers.generalized_dice)
    yield make("no-background", {**SOFTMAX, "includeBackground": False}, indices(4, 3, 4), peer=peers.generalized_dice)
    yield make("smooth-apart", {**SIGMOID, "smoothNumerator": 0.5, "smoothDenominator": 2.0}, binary(2, 3, 3, 4),
               peer=peers.generalized_dice)
    yield make("nothing-there", SIGMOID, lambda d: (d.logits(2, 2, 3, 4), d.binary(2, 2, 3, 4) * 0))


def bent(loss, option, peer):
    make = named(loss)
    pair = lambda *shape: lambda d: (d.logits(*shape), d.logits(*shape))
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {"reduction": reduction}, pair(2, 1, 4, 5), peer=peer)
    for at in (0.25, 2.5):
        yield make(f"{option}-{at}", {option: at}, pair(2, 3, 3, 4), peer=peer)
    yield make("vector", {}, pair(4, 3), peer=peer)
    yield make("3d", {}, pair(2, 1, 2, 3, 4), peer=peer)
    yield make("target-without-channel", {}, lambda d: (d.logits(2, 1, 4, 5), d.logits(2, 4, 5)), peer=peer)
    yield make("at-the-bend", {}, lambda d: (exact([[0, 1, -2.5, 3]]), exact([[1, 1, -2.5, 5]])), peer=peer)
    yield make("large", {}, lambda d: (exact([[1e4, -1e4, 5]]), exact([[-1e4, -1e4, 1]])), peer=peer)
    yield from masked(make, lambda d, *shape: d.logits(*shape), None)


def numbers():
    yield from bent("huber", "delta", peers.huber)
    yield from bent("smooth-l1", "beta", peers.smooth_l1)
    yield named("smooth-l1")("beta-0", {"beta": 0}, lambda d: (d.logits(2, 1, 4, 5), d.logits(2, 1, 4, 5)),
                             peer=peers.smooth_l1)


def boxes():
    for loss in ("giou", "diou", "ciou"):
        make, peer = named(loss), getattr(peers, loss)
        for reduction in ALL_REDUCTIONS:
            yield make(reduction, {"reduction": reduction}, lambda d: d.boxes(7), peer=peer)
            yield make(f"mask-{reduction}", {"reduction": reduction}, lambda d: (*d.boxes(6), d.weights(6)))
        yield make("one", {}, lambda d: (exact([1, 1, 4, 5]), exact([2, 3, 6, 8])), peer=peer)
        yield make("inside", {}, lambda d: (exact([2, 2, 3, 4]), exact([1, 1, 5, 6])), peer=peer)
        yield make("apart", {"reduction": "none"}, lambda d: (exact([0, 0, 1, 1]), exact([5, 5, 6, 7])), peer=peer)
        yield make("mask-of-zeros", {}, lambda d: (*d.boxes(3), d.weights(3) * 0))


def dice_focal():
    make = named("dice-focal")
    for name, options in {"defaults": {}, "smooth": {"smooth": 1.0}, "squared": {"squared": True}, "gamma": {"gamma": 1.5},
                          "batch": {"aggregate": "batch"}, "weights": {"weights": [0.7, 0.3]}}.items():
        yield make(name, options, binary(2, 1, 4, 5), peer=peers.dice_focal)
        yield make(f"{name}-channels", options, binary(2, 3, 3, 4), peer=peers.dice_focal)
    yield make("softmax", SOFTMAX, indices(4, 3, 4), differs=(peers.dice_focal, "takes the sigmoid focal loss all the same"))
    yield make("alpha", {"alpha": 0.25}, binary(2, 1, 4, 5))
    yield make("ignore", {**SOFTMAX, "ignoreIndex": 255},
               lambda d: (d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 3, 4), 255)))
    yield make("mask", {}, lambda d: (*binary(2, 1, 4, 5)(d), d.weights(2, 4, 5)))


TABLES = {"tversky": tversky, "focal-tversky": focal_tversky, "log-cosh-dice": log_cosh_dice,
          "generalized-dice": generalized_dice, "numbers": numbers, "boxes": boxes, "dice-focal": dice_focal}
