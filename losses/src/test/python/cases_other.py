"""Cases of structure, boxes and combinators: context-attention, box-iou, multi-scale, sums."""

import torch

import peers
from cases_pixel import ALL_REDUCTIONS, named

SOFTMAX, SIGMOID = {"activation": "softmax"}, {"activation": "sigmoid"}


def blob(n, c, height, width):
    """A disc for each sample and channel, cut by the border in some."""
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    discs = [((y - (2 + 3 * k) % height) ** 2 + (x - (4 + 5 * k) % width) ** 2 < (2 + k) ** 2) for k in range(n * c)]
    return torch.stack(discs).reshape(n, c, height, width).double()


def context_attention():
    make = named("context-attention")
    small = {"window": 5}
    pair = lambda n, c, h, w: lambda d: (d.logits(n, c, h, w), blob(n, c, h, w))
    yield make("defaults", {}, pair(1, 1, 12, 14), note="as F3Net's structure loss")
    yield make("defaults-wide", {}, pair(1, 1, 33, 35), note="as F3Net's structure loss")
    for reduction in ALL_REDUCTIONS:
        yield make(f"small-{reduction}", {**small, "reduction": reduction}, pair(2, 2, 6, 7))
    yield make("window-1", {"window": 1}, pair(2, 1, 6, 7))
    yield make("window-3-strength-2", {"window": 3, "strength": 2.0, "smooth": 0.5}, pair(2, 1, 6, 7))
    yield make("strength-0", {**small, "strength": 0.0}, pair(2, 1, 6, 7))
    yield make("soft-target", small, lambda d: (d.logits(2, 1, 6, 7), d.probabilities(2, 1, 6, 7)))
    yield make("target-without-channel", small, lambda d: (d.logits(2, 1, 6, 7), d.binary(2, 6, 7)))
    yield make("1d", small, lambda d: (d.logits(2, 1, 12), d.binary(2, 1, 12)))
    yield make("3d", {"window": 3}, lambda d: (d.logits(1, 1, 3, 4, 5), d.binary(1, 1, 3, 4, 5)))
    yield make("empty-target", small, lambda d: (d.logits(1, 1, 5, 6), d.binary(1, 1, 5, 6) * 0))
    yield make("full-target", small, lambda d: (d.logits(1, 1, 5, 6), d.binary(1, 1, 5, 6) * 0 + 1))
    yield make("single-pixel", small, lambda d: (d.logits(1, 1, 1, 1), d.binary(1, 1, 1, 1)))
    yield make("extreme-logits", small,
               lambda d: (torch.sign(d.logits(1, 1, 4, 5) + 1 / 128) * 1e4, d.binary(1, 1, 4, 5)))
    yield make("ignore", {**small, "ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 6, 7), d.spoil(blob(2, 1, 6, 7), 255)))
    yield make("ignore-any-channel", {**small, "ignoreIndex": 255},
               lambda d: (d.logits(2, 2, 5, 6), d.spoil_pixels(blob(2, 2, 5, 6), 255)))
    yield make("all-ignored", {**small, "ignoreIndex": 255},
               lambda d: (d.logits(1, 1, 3, 4), d.binary(1, 1, 3, 4) * 0 + 255))
    yield make("mask", small, lambda d: (d.logits(2, 1, 6, 7), blob(2, 1, 6, 7), d.weights(2, 1, 6, 7)))
    yield make("mask-channels-sum", {**small, "reduction": "sum"},
               lambda d: (d.logits(2, 2, 5, 6), blob(2, 2, 5, 6), d.weights(2, 5, 6)))


def box_iou():
    make = named("box-iou")
    for reduction in ALL_REDUCTIONS:
        yield make(reduction, {"reduction": reduction}, lambda d: d.boxes(7), peer=peers.box_iou)
    yield make("defaults", {}, lambda d: d.boxes(3), peer=peers.box_iou)
    yield make("one", {},
               lambda d: (torch.tensor([[1.0, 1, 4, 5]]).double(),
               torch.tensor([[2.0, 3, 6, 8]]).double()), peer=peers.box_iou)
    yield make("inside", {},
               lambda d: (torch.tensor([[2.0, 2, 3, 4]]).double(),
               torch.tensor([[1.0, 1, 5, 6]]).double()), peer=peers.box_iou)
    yield make("apart", {"reduction": "none"}, lambda d: (
        torch.tensor([[0.0, 0, 1, 1]]).double(), torch.tensor([[5.0, 5, 6, 7]]).double()), peer=peers.box_iou)
    yield make("identical", {}, lambda d: (torch.tensor([[1.0, 1, 4, 5]]).double(),) * 2, peer=peers.box_iou,
               note="gradient left out: every edge is a tie", gradient=False)
    yield make("identical-points", {}, lambda d: (torch.tensor([[2.0, 3, 2, 3]]).double(),) * 2,
               differs=(peers.box_iou,
               "gives NaN"), note="gradient must be finite, else free", gradient=False)
    yield make("point-in-box", {"reduction": "none"}, lambda d: (
        torch.tensor([[2.0, 3, 2, 3]]).double(), torch.tensor([[1.0, 1, 4, 5]]).double()), gradient=False)
    for reduction in ALL_REDUCTIONS:
        yield make(f"mask-{reduction}", {"reduction": reduction}, lambda d: (*d.boxes(6), d.weights(6)))
    yield make("mask-of-zeros", {}, lambda d: (*d.boxes(3), d.weights(3) * 0))


def multi_scale():
    make = named("multi-scale")
    inner = lambda loss, **options: {"loss": loss, "options": options}
    pair = lambda *shape: lambda d: (d.logits(*shape), d.binary(*shape))
    peer = peers.multi_scale
    yield make("dice", {"loss": inner("dice", smooth=1.0), **SIGMOID}, pair(2, 1, 8, 12), peer=peer)
    yield make("dice-defaults", {"loss": inner("dice")},
               lambda d: (d.probabilities(2, 1, 8, 8), d.binary(2, 1, 8, 8)), peer=peer)
    yield make("iou", {"loss": inner("iou"), **SIGMOID}, pair(2, 2, 4, 8), peer=peer)
    yield make("bce", {"loss": inner("bce"), **SIGMOID}, pair(2, 1, 8, 8), peer=peer)
    yield make("bce-sum", {"loss": inner("bce", reduction="sum"), **SIGMOID}, pair(1, 1, 8, 8), peer=peer)
    yield make("mse-one-hot", {"loss": inner("mse"), **SOFTMAX},
               lambda d: (d.logits(1, 3, 8, 8), d.one_hot(3, 1, 8, 8)), peer=peer)
    yield make("remainders", {"loss": inner("dice", smooth=1.0), **SIGMOID}, pair(2, 1, 7, 11), peer=peer)
    yield make("scales", {"loss": inner("dice", smooth=1.0), **SIGMOID, "scales": [1, 3]}, pair(2, 1, 7, 9),
               peer=peer)
    yield make("one-scale", {"loss": inner("dice", smooth=1.0), **SIGMOID, "scales": [2]}, pair(2, 1, 6, 8),
               peer=peer)
    yield make("weights",
               {"loss": inner("dice", smooth=1.0), **SIGMOID, "scales": [1, 2, 4],
               "weights": [0.5, 0.3, 0.2]},
               pair(2, 1, 8, 8), peer=peer)
    yield make("soft-target", {"loss": inner("mse"), **SIGMOID},
               lambda d: (d.logits(1, 1, 8, 8), d.probabilities(1, 1, 8, 8)), peer=peer)
    yield make("target-without-channel", {"loss": inner("dice"), **SIGMOID},
               lambda d: (d.logits(2, 1, 4, 8), d.binary(2, 4, 8)), peer=peer)
    yield make("1d", {"loss": inner("dice"), **SIGMOID}, pair(2, 1, 13), peer=peer)
    yield make("3d", {"loss": inner("dice"), **SIGMOID, "scales": [1, 2]}, pair(1, 1, 4, 4, 5), peer=peer)
    yield make("mask", {"loss": inner("dice", smooth=1.0), **SIGMOID},
               lambda d: (*pair(2, 1, 8, 8)(d),
               d.positive_weights(2, 1, 8, 8)), note="the mask is pooled too")
    yield make("mask-bce", {"loss": inner("bce"), **SIGMOID},
               lambda d: (*pair(2, 1, 8, 8)(d), d.positive_weights(2, 8, 8)))
    yield make("ignore-whole-blocks", {"loss": inner("dice", smooth=1.0), **SIGMOID, "ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 8, 8), ignored_corner(d.binary(2, 1, 8, 8))))


def ignored_corner(target):
    """The first 4x4 block ignored, so that a pooled pixel is ignored as a whole or not at all."""
    target[:, :, :4, :4] = 255
    return target


def sums():
    yield from weighted()
    yield from dice_and_cross_entropy()
    yield from dice_and_bce()


def part(loss, weight, **options):
    return {"loss": loss, "weight": weight, "options": options}


def weighted():
    make = named("sum")
    indices = lambda d: (d.logits(2, 4, 3, 4), d.labels(4, 2, 1, 3, 4))
    spoilt = lambda d: (d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 1, 3, 4), 255))
    binary = lambda d: (d.logits(2, 1, 4, 5), d.binary(2, 1, 4, 5))
    dice, entropy = part("dice", 1.0, activation="softmax", smooth=1e-5), part("cross-entropy", 0.5)
    peer = peers.weighted_dice_ce
    yield make("dice-cross-entropy", {"parts": [dice, entropy]}, indices, peer=peer)
    yield make("dice-cross-entropy-1d", {"parts": [dice, entropy]},
               lambda d: (d.logits(2, 3, 7), d.labels(3, 2, 1, 7)), peer=peer)
    yield make("dice-cross-entropy-3d", {"parts": [dice, entropy]},
               lambda d: (d.logits(1, 3, 2, 3, 4), d.labels(3, 1, 1, 2, 3, 4)), peer=peer)
    yield make("dice-bce",
               {"parts": [part("dice", 0.75, activation="sigmoid", smooth=1.0), part("bce-with-logits", 2.0)]}, binary, peer=peer)
    yield make("handed-ignore", {"parts": [dice, entropy], "ignoreIndex": 255}, spoilt)
    yield make("own-ignore", {"parts": [part("dice", 1.0, activation="softmax", ignoreIndex=255),
                                        part("cross-entropy", 1.0, ignoreIndex=255)]}, spoilt)
    yield make("same-ignore-twice",
               {"parts": [part("dice", 1.0, activation="softmax", ignoreIndex=255), entropy],
                                     "ignoreIndex": 255}, spoilt)
    yield make("focal-dice-softmax", {"parts": [part("focal", 1.0, activation="softmax", gamma=2.0), dice]},
               indices)
    yield make("three-parts", {"parts": [part("bce-with-logits", 1.0), part("iou", 0.5, activation="sigmoid"),
                                         part("focal", 0.25, alpha=0.25)]}, binary)
    yield make("one-part", {"parts": [part("mse", 3.0)]}, lambda d: (d.logits(2, 1, 6), d.logits(2, 1, 6)))
    yield make("weight-zero", {"parts": [dice, part("cross-entropy", 0.0)]}, indices, peer=peer)
    yield make("default-weight", {"parts": [{"loss": "dice", "options": {"activation": "sigmoid"}},
                                            {"loss": "bce-with-logits"}]}, binary)
    yield make("mask", {"parts": [dice, entropy]}, lambda d: (*indices(d), d.weights(2, 1, 3, 4)))
    yield make("sums-of-sums",
               {"parts": [part("sum", 2.0, parts=[part("mae", 1.0), part("mse", 0.5)]), part("mae", 1.0)]},
               lambda d: (d.logits(2, 1, 6), d.logits(2, 1, 6)))


def dice_and_cross_entropy():
    make = named("dice-ce")
    indices = lambda d: (d.logits(2, 4, 3, 4), d.labels(4, 2, 1, 3, 4))
    for name, options in {
        "defaults": {}, "smooth": {"smooth": 1.0}, "squared": {"squared": True}, "sum": {"reduction": "sum"},
        "no-background": {"includeBackground": False}, "batch": {"aggregate": "batch"},
        "weights": {"classWeights": [0.5, 2.0, 1.25, 0.75]}, "label-smoothing": {"labelSmoothing": 0.1},
    }.items():
        yield make(name, options, indices, peer=peers.dice_ce)
    yield make("one-hot", {}, lambda d: (d.logits(2, 3, 3, 4), d.one_hot(3, 2, 3, 4)), peer=peers.dice_ce)
    yield make("ignore", {"ignoreIndex": 255},
               lambda d: (d.logits(2, 4, 3, 4), d.spoil(d.labels(4, 2, 3, 4), 255)))
    yield make("mask", {}, lambda d: (*indices(d), d.weights(2, 3, 4)))


def dice_and_bce():
    make = named("dice-bce")
    binary = lambda d: (d.logits(2, 1, 4, 5), d.binary(2, 1, 4, 5))
    for name, options in {"defaults": {}, "smooth": {"smooth": 1.0}, "squared": {"squared": True},
                          "sum": {"reduction": "sum"}, "batch": {"aggregate": "batch"}}.items():
        yield make(name, options, binary, peer=peers.dice_bce)
    yield make("3d", {}, lambda d: (d.logits(2, 1, 2, 3, 4), d.binary(2, 1, 2, 3, 4)), peer=peers.dice_bce)
    yield make("channels", {}, lambda d: (d.logits(2, 3, 3, 4), d.binary(2, 3, 3, 4)))
    yield make("pos-weight", {"posWeight": 3.0}, binary)
    yield make("label-smoothing", {"labelSmoothing": 0.1}, binary, note="only the BCE part is smoothed")
    yield make("ignore", {"ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 4, 5), d.spoil(d.binary(2, 1, 4, 5), 255)))
    yield make("mask", {}, lambda d: (*binary(d), d.weights(2, 4, 5)))


TABLES = {"context-attention": context_attention, "box-iou": box_iou, "multi-scale": multi_scale, "sum": sums}
