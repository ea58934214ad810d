"""Cases of losses that sort pixels: lovasz-hinge, lovasz-softmax, top-k.

Where two errors tie, the gradient depends on which comes first, and smp leaves that open. A case that a
peer confirms has no ties that matter; if one gets some, another name gives it other numbers.
"""

import peers_more as peers
from cases_pixel import ALL_REDUCTIONS, exact, named


def binary(*shape):
    return lambda d: (d.logits(*shape), d.binary(*shape))


def spread(*shape):
    """Logits so far apart that none are equal."""
    return lambda d: (d.logits(*shape, scale=16), d.binary(*shape))


def indices(n, classes, *spatial):
    return lambda d: (d.logits(n, classes, *spatial), d.labels(classes, n, 1, *spatial))


def lovasz_hinge():
    make = named("lovasz-hinge")
    yield make("defaults", {}, binary(2, 1, 4, 5), peer=peers.lovasz)
    yield make("per-image", {"perImage": True}, binary(3, 1, 4, 5), peer=peers.lovasz)
    yield make("1d", {}, binary(2, 1, 17), peer=peers.lovasz)
    yield make("3d", {"perImage": True}, spread(2, 1, 2, 3, 4), peer=peers.lovasz)
    yield make("channels", {}, spread(2, 3, 3, 4), peer=peers.lovasz_channels)
    yield make("channels-together", {"perImage": True}, binary(2, 3, 3, 4),
               differs=(peers.lovasz, "sorts the channels together"))
    for reduction in ALL_REDUCTIONS:
        for per_image in (False, True):
            yield make(f"{reduction}-{per_image}", {"reduction": reduction, "perImage": per_image}, binary(2, 2, 3, 4))
    yield make("without-channel", {}, lambda d: (d.logits(2, 1, 4, 5), d.binary(2, 4, 5)), peer=peers.lovasz)
    yield make("empty-target", {}, lambda d: (d.logits(2, 1, 3, 4), d.binary(2, 1, 3, 4) * 0), peer=peers.lovasz)
    yield make("full-target", {}, lambda d: (d.logits(2, 1, 3, 4), d.binary(2, 1, 3, 4) * 0 + 1), peer=peers.lovasz)
    yield make("no-error", {}, lambda d: (exact([[4, -4, 8]]), exact([[1, 0, 1]])), peer=peers.lovasz)
    yield make("single-pixel", {}, binary(1, 1, 1, 1), peer=peers.lovasz)
    yield make("extreme-logits", {}, lambda d: (exact([[1e4, -1e4, 1e3, -5e3, 0]]), exact([[1, 0, 0, 1, 1]])),
               peer=peers.lovasz)
    yield make("soft-target", {}, lambda d: (d.logits(2, 1, 4, 5), d.probabilities(2, 1, 4, 5)))
    for per_image in (False, True):
        options = {"ignoreIndex": 255, "perImage": per_image}
        yield make(f"ignore-255-{per_image}", options, lambda d: (
            d.logits(2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255)), peer=peers.lovasz)
    yield make("ignore-in-range", {"ignoreIndex": 1}, binary(2, 1, 4, 5), peer=peers.lovasz)
    yield make("all-ignored", {"ignoreIndex": 255}, lambda d: (d.logits(1, 1, 3, 3), d.binary(1, 1, 3, 3) * 0 + 255),
               peer=peers.lovasz)
    yield make("mask", {}, lambda d: (*binary(2, 1, 4, 5)(d), d.weights(2, 1, 4, 5)))
    yield make("mask-per-image", {"perImage": True}, lambda d: (*binary(2, 2, 3, 4)(d), d.weights(2, 3, 4)))
    yield make("mask-empty-target", {}, lambda d: (
        d.logits(2, 1, 3, 4), d.binary(2, 1, 3, 4) * 0, d.weights(2, 1, 3, 4)))
    yield make("mask-of-zeros", {}, lambda d: (*binary(1, 1, 3, 3)(d), d.weights(1, 1, 3, 3) * 0))


def lovasz_softmax():
    make = named("lovasz-softmax")
    small = indices(2, 4, 3, 4)
    yield make("defaults", {}, small, peer=peers.lovasz)
    yield make("per-image", {"perImage": True}, small, peer=peers.lovasz)
    yield make("without-channel", {}, lambda d: (d.logits(2, 3, 3, 4), d.labels(3, 2, 3, 4)), peer=peers.lovasz)
    yield make("1d", {}, indices(2, 3, 9))
    yield make("3d", {"perImage": True}, indices(2, 3, 2, 3, 3))
    yield make("absent-classes", {}, indices(1, 9, 2, 3), peer=peers.lovasz)
    yield make("absent-classes-all", {"classes": "all"}, indices(1, 9, 2, 3),
               differs=(peers.lovasz, "leaves classes out that are not present"))
    yield make("all-per-image", {"classes": "all", "perImage": True}, small)
    yield make("list", {"classes": [2, 0]}, small)
    yield make("list-per-image", {"classes": [1], "perImage": True, "reduction": "none"}, small)
    for reduction in ALL_REDUCTIONS:
        yield make(f"{reduction}", {"reduction": reduction}, indices(2, 5, 2, 3))
        yield make(f"{reduction}-per-image", {"reduction": reduction, "perImage": True}, indices(2, 5, 2, 3))
    yield make("probabilities", {"activation": "none"},
               lambda d: (d.probabilities_over_classes(2, 3, 3, 4), d.labels(3, 2, 1, 3, 4)))
    yield make("one-channel", {"activation": "none"}, lambda d: (d.probabilities(2, 1, 3, 4), d.binary(2, 1, 3, 4)))
    yield make("sigmoid", {"activation": "sigmoid"}, lambda d: (d.logits(2, 3, 3, 4, scale=1.5) + 1 / 512, d.binary(2, 3, 3, 4)))
    yield make("one-hot", {}, lambda d: (d.logits(2, 3, 3, 4), d.one_hot(3, 2, 3, 4)))
    yield make("soft-target", {}, lambda d: (d.logits(2, 3, 3, 4), d.probabilities_over_classes(2, 3, 3, 4)))
    for per_image in (False, True):
        yield make(f"ignore-{per_image}", {"ignoreIndex": 255, "perImage": per_image}, lambda d: (
            d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 3, 4), 255)), peer=peers.lovasz)
    yield make("ignore-in-range", {"ignoreIndex": 0}, small, peer=peers.lovasz)
    yield make("all-ignored", {"ignoreIndex": 255}, lambda d: (d.logits(1, 3, 3, 3), d.labels(3, 1, 3, 3) * 0 + 255))
    yield make("mask", {}, lambda d: (*small(d), d.weights(2, 3, 4)))
    yield make("mask-per-image-all", {"perImage": True, "classes": "all"}, lambda d: (*small(d), d.weights(2, 1, 3, 4)))


def top_k():
    make = named("top-k")
    inner = {"loss": "cross-entropy", "options": {}}
    small, peer = indices(2, 3, 4, 5), peers.top_k_cross_entropy
    yield make("defaults", {"loss": inner}, small, peer=peer)
    for fraction in (0.05, 0.3, 0.7, 1.0, 0.001):
        yield make(f"fraction-{fraction}", {"loss": inner, "fraction": fraction}, small, peer=peer)
    yield make("vector", {"loss": inner, "fraction": 0.5}, lambda d: (d.logits(8, 3), d.labels(3, 8)), peer=peer)
    smoothed = {"loss": "cross-entropy", "options": {"labelSmoothing": 0.1}}
    yield make("smoothing", {"loss": smoothed, "fraction": 0.25}, small, peer=peer)
    spoilt = lambda d: (d.logits(2, 3, 4, 5), d.spoil(d.labels(3, 2, 4, 5), 255))
    yield make("ignore", {"loss": inner, "fraction": 0.3, "ignoreIndex": 255}, spoilt, peer=peer)
    within = {"loss": "cross-entropy", "options": {"ignoreIndex": 255}}
    yield make("ignore-within", {"loss": within, "fraction": 0.3}, spoilt, peer=peer)
    yield make("all-ignored", {"loss": within}, lambda d: (d.logits(1, 3, 2, 2), d.labels(3, 1, 2, 2) * 0 + 255))
    yield make("elements", {"loss": {"loss": "bce-with-logits"}, "fraction": 0.2}, binary(2, 2, 3, 4))
    yield make("class-weights", {"loss": {"loss": "cross-entropy", "options": {"classWeights": [0.5, 2.0, 1.0]}},
                                 "fraction": 0.2}, small)
    yield make("reduction-is-replaced", {"loss": {"loss": "focal", "options": {"reduction": "sum"}}}, binary(2, 1, 4, 5))
    yield make("ties", {"loss": {"loss": "mae"}, "fraction": 0.5},
               lambda d: (exact([[0.5, 1, 0.5, 0.5, 1, 0.25]]), exact([[0, 0, 0, 0, 0, 0]])))
    yield make("mask", {"loss": inner, "fraction": 0.25}, lambda d: (*small(d), d.weights(2, 4, 5)))
    yield make("mask-elements", {"loss": {"loss": "mse"}, "fraction": 0.25},
               lambda d: (d.logits(2, 2, 3, 4), d.logits(2, 2, 3, 4), d.weights(2, 3, 4)))


TABLES = {"lovasz-hinge": lovasz_hinge, "lovasz-softmax": lovasz_softmax, "top-k": top_k}
