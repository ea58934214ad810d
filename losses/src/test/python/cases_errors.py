"""Cases that want an error: the catalogue's rules on shapes (1), activation (2) and errors (10).

`ShapeException` where prediction, target and mask do not go together; exactly `IllegalArgumentException`
where an option, a label or a number is wrong.
"""

import torch

from cases_pixel import named

SHAPE, VALUE = "ShapeException", "IllegalArgumentException"
SOFTMAX, SIGMOID = {"activation": "softmax"}, {"activation": "sigmoid"}


def shapes(x, t, mask=None, classes=None):
    """Inputs of the shapes given; whole labels where classes is given, 0/1 otherwise."""
    def inputs(d):
        target = d.labels(classes, *t) if classes else d.binary(*t)
        return (d.probabilities(*x), target) + ((d.weights(*mask),) if mask else ())
    return inputs


def errors():
    yield from wrong_shapes()
    yield from wrong_activations()
    yield from wrong_labels()
    yield from wrong_options()
    yield from wrong_combinators()
    yield from wrong_structure()


def wrong_shapes():
    note = "rule 1"
    rows = [
        ("dice", "other-width", SIGMOID, shapes((2, 1, 4, 4), (2, 1, 4, 5))),
        ("dice", "other-batch", SIGMOID, shapes((2, 1, 4, 4), (3, 1, 4, 4))),
        ("dice", "other-channels", SIGMOID, shapes((2, 3, 4, 4), (2, 2, 4, 4))),
        ("dice", "other-rank", SOFTMAX, shapes((2, 3, 4, 4), (2, 1, 4, 4, 1), classes=3)),
        ("dice", "no-spatial-axis", SOFTMAX, shapes((4, 3), (4,), classes=3)),
        ("iou", "no-spatial-axis", SIGMOID, shapes((4, 3), (4, 3))),
        ("iou", "other-height", SIGMOID, shapes((2, 1, 4, 4), (2, 1, 3, 4))),
        ("cross-entropy", "other-height", {}, shapes((2, 3, 4, 4), (2, 3, 4), classes=3)),
        ("cross-entropy", "other-batch", {}, shapes((2, 3, 4, 4), (1, 4, 4), classes=3)),
        ("cross-entropy", "classification-other-batch", {}, shapes((4, 3), (5,), classes=3)),
        ("cross-entropy", "four-spatial-axes", {}, shapes((1, 2, 2, 2, 2, 2), (1, 2, 2, 2, 2), classes=2)),
        ("nll", "other-width", {}, shapes((2, 3, 4, 4), (2, 4, 5), classes=3)),
        ("focal", "other-width", {}, shapes((2, 1, 4, 4), (2, 1, 4, 5))),
        ("bce", "other-width", {}, shapes((2, 1, 4, 4), (2, 1, 4, 5))),
        ("bce", "class-indices", {}, shapes((2, 3, 4, 4), (2, 1, 4, 4), classes=2)),
        ("mae", "class-indices", {}, shapes((2, 3, 4, 4), (2, 4, 4), classes=2)),
        ("mse", "class-indices", {}, shapes((2, 3, 4, 4), (2, 1, 4, 4), classes=2)),
        ("mse", "other-channels", {}, shapes((2, 2, 4, 4), (2, 3, 4, 4))),
        ("bce-with-logits", "other-rank", {}, shapes((2, 1, 4, 4), (2, 4))),
        ("context-attention", "other-width", {}, shapes((2, 1, 4, 4), (2, 1, 4, 5))),
        ("box-iou", "five-numbers", {}, shapes((3, 5), (3, 5))),
        ("box-iou", "other-count", {}, shapes((3, 4), (4, 4))),
        ("dice", "mask-other-width", SIGMOID, shapes((2, 1, 4, 4), (2, 1, 4, 4), (2, 1, 4, 5))),
        ("dice", "mask-per-channel", SIGMOID, shapes((2, 3, 4, 4), (2, 3, 4, 4), (2, 3, 4, 4))),
        ("cross-entropy", "mask-other-batch", {}, shapes((2, 3, 4, 4), (2, 4, 4), (1, 4, 4), classes=3)),
        ("bce-with-logits", "mask-other-rank", {}, shapes((2, 1, 4, 4), (2, 1, 4, 4), (2, 4))),
        ("box-iou", "mask-other-count", {}, shapes((3, 4), (3, 4), (4,))),
    ]
    for loss, name, options, inputs in rows:
        yield named(loss)(name, options, inputs, error=SHAPE, note=note)


def wrong_activations():
    one = shapes((2, 1, 4, 4), (2, 1, 4, 4))
    for loss in ("dice", "iou", "focal"):
        yield named(loss)("softmax-over-one", SOFTMAX, one, error=VALUE, note="rule 2")
        yield named(loss)("sigmoid-class-indices", SIGMOID, shapes((2, 3, 4, 4), (2, 1, 4, 4), classes=3),
                          error=SHAPE, note="rule 2")
    yield named("cross-entropy")("over-one-class", {}, one, error=VALUE, note="rule 2")
    yield named("bce-with-logits")("class-indices", {}, shapes((2, 3, 4, 4), (2, 4, 4), classes=3),
                                   error=SHAPE, note="rule 2")
    yield named("context-attention")("class-indices", {}, shapes((2, 3, 4, 4), (2, 4, 4), classes=3),
                                     error=SHAPE, note="rule 2")
    yield named("dice")("unknown-activation", {"activation": "tanh"}, one, error=VALUE, note="rule 10")


def with_number(value, x=(2, 3, 4, 4), t=(2, 4, 4), classes=3):
    """Good labels, but the one in the middle is `value`."""
    def inputs(d):
        target = d.labels(classes, *t)
        target.view(-1)[target.numel() // 2] = value
        return d.probabilities(*x), target
    return inputs


def wrong_labels():
    for loss, options in (("cross-entropy", {}), ("nll", {}), ("dice", SOFTMAX), ("focal", SOFTMAX)):
        make = named(loss)
        yield make("label-too-large", options, with_number(3.0), error=VALUE, note="rules 3 and 10")
        yield make("label-negative", options, with_number(-1.0), error=VALUE, note="rules 3 and 10")
        yield make("label-not-whole", options, with_number(1.5), error=VALUE, note="rule 1")
    yield named("cross-entropy")("label-255", {}, with_number(255.0), error=VALUE, note="rule 3")
    yield named("cross-entropy")("label-255-other-ignored", {"ignoreIndex": 254}, with_number(255.0),
                                 error=VALUE, note="rule 3")
    for value, name in ((1.5, "probability-above-1"), (-0.25, "probability-below-0")):
        yield named("bce")(name, {}, lambda d, value=value: (
            d.probabilities(1, 1, 2, 3).index_fill(3, torch.tensor([1]), value), d.binary(1, 1, 2,
            3)), error=VALUE, note="row bce")
    yield named("dice")("mask-negative", SIGMOID, lambda d: (
        d.logits(1, 1, 2, 3), d.binary(1, 1, 2, 3), d.weights(1, 1, 2, 3).index_fill(3, torch.tensor([1]),
        -0.5)), error=VALUE, note="rule 3")


def wrong_options():
    binary, classes = shapes((2, 1, 4, 4), (2, 1, 4, 4)), shapes((2, 3, 4, 4), (2, 1, 4, 4), classes=3)
    rows = [
        ("cross-entropy", "two-weights-for-three-classes", {"classWeights": [1.0, 2.0]}, classes),
        ("cross-entropy", "negative-weight", {"classWeights": [1.0, -2.0, 1.0]}, classes),
        ("cross-entropy", "label-smoothing-above-1", {"labelSmoothing": 1.5}, classes),
        ("cross-entropy", "unknown-reduction", {"reduction": "median"}, classes),
        ("cross-entropy", "unknown-option", {"gamma": 2.0}, classes),
        ("nll", "four-weights-for-three-classes", {"classWeights": [1.0, 1.0, 1.0, 1.0]}, classes),
        ("bce-with-logits", "two-pos-weights-for-one-class", {"posWeight": [1.0, 2.0]}, binary),
        ("bce-with-logits", "negative-pos-weight", {"posWeight": -1.0}, binary),
        ("bce-with-logits", "negative-label-smoothing", {"labelSmoothing": -0.1}, binary),
        ("focal", "negative-gamma", {"gamma": -1.0}, binary),
        ("focal", "alpha-above-1", {"alpha": 1.5}, binary),
        ("focal", "two-alphas-for-three-classes", {**SOFTMAX, "alpha": [0.5, 0.5]}, classes),
        ("dice", "two-weights-for-three-classes", {**SOFTMAX, "classWeights": [1.0, 2.0]}, classes),
        ("dice", "weights-with-all", {**SOFTMAX, "classWeights": [1.0, 2.0, 1.0], "aggregate": "all"},
        classes),
        ("dice", "normalized-weights-with-sum",
        {**SOFTMAX, "classWeights": [1.0, 2.0, 1.0], "normalizeWeights": True, "reduction": "sum"}, classes),
        ("dice", "negative-smooth", {**SIGMOID, "smooth": -1.0}, binary),
        ("dice", "unknown-aggregate", {**SIGMOID, "aggregate": "micro"}, binary),
        ("dice", "unknown-empty-target", {**SIGMOID, "emptyTarget": "nan"}, binary),
        ("iou", "squared", {**SIGMOID, "squared": True}, binary),
        ("iou", "weights-with-all", {**SOFTMAX, "classWeights": [1.0, 2.0, 1.0], "aggregate": "all"},
        classes),
        ("context-attention", "even-window", {"window": 4}, binary),
        ("no-such-loss", "unknown-loss", {}, binary),
    ]
    for loss, name, options, inputs in rows:
        yield named(loss)(name, options, inputs, error=VALUE, note="rule 10")


def wrong_combinators():
    make = named("multi-scale")
    binary = shapes((2, 1, 8, 8), (2, 1, 8, 8))
    dice = {"loss": "dice", "options": {}}
    yield make("class-indices", {"loss": dice, **SOFTMAX}, shapes((2, 3, 8, 8), (2, 1, 8, 8), classes=3),
               error=SHAPE, note="row multi-scale")
    yield make("inner-activation", {"loss": {"loss": "dice", "options": SIGMOID}}, binary, error=VALUE,
               note="row multi-scale")
    yield make("two-weights-for-three-scales", {"loss": dice, "weights": [0.5, 0.5]}, binary, error=VALUE,
               note="row multi-scale")
    yield make("scale-0", {"loss": dice, "scales": [1, 0]}, binary, error=VALUE, note="row multi-scale")
    yield named("sum")("two-ignored-labels", {"ignoreIndex": 255, "parts": [
        {"loss": "cross-entropy", "weight": 1.0, "options": {"ignoreIndex": 0}}]},
        shapes((2, 3, 4, 4), (2, 4, 4), classes=3), error=VALUE, note="combinators")


def wrong_structure():
    binary = shapes((2, 1, 16, 16), (2, 1, 16, 16))
    for loss, name, options in [
        ("cl-dice", "negative-iterations", {"iterations": -1}), ("cl-dice", "half-an-iteration", {"iterations": 1.5}),
        ("cl-dice", "only-background", {"includeBackground": False}), ("cl-dice", "softmax-of-one", SOFTMAX),
        ("cl-dice", "negative-smooth", {"smooth": -1.0}), ("dice-cl-dice", "alpha-above-1", {"alpha": 1.5}),
        ("ssim", "window-of-nothing", {"windowSize": 0}), ("ssim", "sigma-0", {"sigma": 0.0}),
        ("ssim", "data-range-0", {"dataRange": 0.0}), ("ssim", "k2-0", {"k2": 0.0}),
    ]:
        yield named(loss)(name, options, binary, error=VALUE, note="rule 10")
    yield named("cl-dice")("no-pixels", {}, shapes((2, 1), (2, 1)), error=SHAPE, note="rule 1")
    yield named("ssim")("one-axis", {}, shapes((2, 1, 16), (2, 1, 16)), error=SHAPE, note="row ssim")
    yield named("ssim")("shorter-than-the-window", {}, shapes((1, 1, 10, 16), (1, 1, 10, 16)), error=SHAPE,
                        note="row ssim")


TABLES = {"errors": errors}
