"""Cases of the losses that measure distances: boundary, hausdorff-dt, log-hausdorff-dt."""

import torch

import peers
from cases_errors import SHAPE, VALUE, shapes
from cases_other import blob
from cases_pixel import ALL_REDUCTIONS, exact, named

SOFTMAX, SIGMOID = {"activation": "softmax"}, {"activation": "sigmoid"}


def boundary():
    yield from shared(named("boundary"), peers.boundary)


def hausdorff():
    for loss, peer in (("hausdorff-dt", peers.hausdorff), ("log-hausdorff-dt", peers.log_hausdorff)):
        make = named(loss)
        yield from shared(make, peer)
        for alpha in (0.5, 1.0, 3.0):
            yield make(f"alpha-{alpha}", {**SIGMOID, "alpha": alpha}, discs(1, 2, 9, 11), peer=peer)
        yield make("half-is-outside", {}, lambda d: (
            exact([0.5, 0.5], [0.25, 0.75]).reshape(1, 1, 2, 2), exact([0.5, 1], [0, 0]).reshape(1, 1, 2, 2)),
            peer=peer)


def discs(*shape):
    return lambda d: (d.logits(*shape), blob(*shape))


def indices(classes, *spatial):
    return lambda d: (d.logits(2, classes, *spatial), d.labels(classes, 2, 1, *spatial))


def shared(make, peer):
    """Activations, targets, reductions, empty targets, pixels that do not count."""
    yield make("defaults", {}, lambda d: (d.probabilities(2, 1, 9, 11), blob(2, 1, 9, 11)), peer=peer)
    for reduction in ALL_REDUCTIONS:
        yield make(f"sigmoid-{reduction}", {**SIGMOID, "reduction": reduction}, discs(2, 2, 7, 8), peer=peer)
        yield make(f"softmax-{reduction}", {**SOFTMAX, "reduction": reduction}, indices(3, 5, 6), peer=peer)
    yield make("softmax-indices-without-channel", SOFTMAX,
               lambda d: (d.logits(2, 3, 4, 5), d.labels(3, 2, 4, 5)), peer=peer)
    yield make("softmax-one-hot", SOFTMAX, lambda d: (d.logits(2, 3, 4, 5), d.one_hot(3, 2, 4, 5)), peer=peer)
    yield make("no-background", {**SOFTMAX, "includeBackground": False}, indices(4, 5, 6), peer=peer)
    yield make("no-background-none", {**SIGMOID, "includeBackground": False, "reduction": "none"},
               discs(2, 3, 6, 7), peer=peer)
    yield make("target-without-channel", SIGMOID,
               lambda d: (d.logits(2, 1, 6, 7), blob(2, 1, 6, 7).squeeze(1)), peer=peer)
    yield make("soft-target", SIGMOID, lambda d: (d.logits(2, 1, 6, 7), d.probabilities(2, 1, 6, 7)), peer=peer)
    yield make("3d", SIGMOID, lambda d: (d.logits(2, 1, 4, 5, 6), d.binary(2, 1, 4, 5, 6, share=0.9)), peer=peer)
    yield make("3d-softmax", SOFTMAX, indices(3, 3, 4, 2), peer=peer)
    yield make("wide", SIGMOID, lambda d: (d.logits(1, 1, 3, 40), blob(1, 1, 3, 40)), peer=peer)
    yield make("one-row", SIGMOID, lambda d: (d.logits(1, 1, 1, 12), d.binary(1, 1, 1, 12)), peer=peer)
    yield make("empty-target", SIGMOID, lambda d: (d.logits(1, 1, 5, 6), d.binary(1, 1, 5, 6) * 0), peer=peer)
    yield make("full-target", SIGMOID, lambda d: (d.logits(1, 1, 5, 6), d.binary(1, 1, 5, 6) * 0 + 1), peer=peer)
    yield make("some-empty", {**SIGMOID, "reduction": "none"},
               lambda d: (d.logits(2, 2, 5, 6), blob(2, 2, 5, 6) * torch.tensor([[0.0, 1], [1, 0]])[..., None, None]),
               peer=peer)
    yield make("single-pixel", SIGMOID, lambda d: (d.logits(1, 1, 1, 1), d.binary(1, 1, 1, 1)), peer=peer)
    yield make("extreme-logits", SIGMOID,
               lambda d: (torch.sign(d.logits(1, 1, 4, 5) + 1 / 128) * 1e4, d.binary(1, 1, 4, 5)), peer=peer)
    yield make("perfect", {}, lambda d: (blob(1, 1, 7, 8), blob(1, 1, 7, 8)), peer=peer)
    yield make("spacing", {**SIGMOID, "spacing": [2.5, 0.75]}, discs(1, 2, 8, 9))
    yield make("spacing-3d", {**SIGMOID, "spacing": [3.0, 1.0, 0.5]},
               lambda d: (d.logits(1, 1, 4, 5, 6), d.binary(1, 1, 4, 5, 6, share=0.9)))
    yield make("ignore", {**SIGMOID, "ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 6, 7), d.spoil(blob(2, 1, 6, 7), 255)))
    yield make("ignore-indices", {**SOFTMAX, "ignoreIndex": 255},
               lambda d: (d.logits(2, 3, 4, 5), d.spoil(d.labels(3, 2, 4, 5), 255)))
    yield make("ignore-class", {**SOFTMAX, "ignoreIndex": 1, "reduction": "none"}, indices(3, 4, 5))
    yield make("all-ignored", {**SIGMOID, "ignoreIndex": 255},
               lambda d: (d.logits(1, 1, 3, 4), d.binary(1, 1, 3, 4) * 0 + 255))
    yield make("mask", SIGMOID, lambda d: (d.logits(2, 1, 6, 7), blob(2, 1, 6, 7), d.weights(2, 1, 6, 7)))
    yield make("mask-indices-sum", {**SOFTMAX, "reduction": "sum"},
               lambda d: (*indices(3, 4, 5)(d), d.weights(2, 4, 5)))

    yield from errors(make)


def errors(make):
    plain = shapes((2, 1, 4, 4), (2, 1, 4, 4))
    for name, options, inputs in (
        ("one-spatial-axis", {}, shapes((2, 1, 9), (2, 1, 9))),
        ("other-width", SIGMOID, shapes((2, 1, 4, 4), (2, 1, 4, 5))),
        ("sigmoid-class-indices", SIGMOID, shapes((2, 3, 4, 4), (2, 1, 4, 4), classes=3)),
    ):
        yield make(name, options, inputs, error=SHAPE, note="rule 1")
    for name, options in (("softmax-over-one", SOFTMAX), ("spacing-of-3-axes", {"spacing": [1.0, 1.0, 1.0]}),
                          ("spacing-0", {"spacing": [1.0, 0.0]}), ("background-of-one", {"includeBackground": False})):
        yield make(name, options, plain, error=VALUE, note="rule 10")


TABLES = {"boundary": boundary, "hausdorff-dt": hausdorff}
