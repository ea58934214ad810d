"""Cases of structure: cl-dice with dice-cl-dice, and ssim."""

import torch

import peers
from cases_other import SIGMOID, SOFTMAX, blob
from cases_pixel import ALL_REDUCTIONS, named

TIES = "flat regions: every window ties"


def lines(n, c, height, width):
    """Two crossing lines, three and two pixels wide, elsewhere in each sample and channel."""
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    masks = [((y - x + 2 * k) % 9 < 3) | ((y + x // 2 + k) % 7 < 2) for k in range(n * c)]
    return torch.stack(masks).reshape(n, c, height, width).double()


def ramp(t):
    """Probabilities that run from 1/8 to 7/8 in steps, so that neighbours tie and differ."""
    steps = torch.arange(t.numel()).reshape(t.shape) // 3 % 4
    return (1 + steps + 3 * t) / 8


def cl_dice():
    yield from forms()
    yield from skeletons()
    yield from valid_masks(named("cl-dice"), {**SIGMOID, "iterations": 1}, lines)
    yield from dice_cl_dice()


def forms():
    make, peer = named("cl-dice"), peers.cl_dice
    pair = lambda *shape: lambda d: (d.logits(*shape), lines(*shape))
    yield make("defaults", {}, lambda d: (d.probabilities(2, 1, 9, 8), lines(2, 1, 9, 8)), peer=peer)
    yield make("sigmoid", SIGMOID, pair(2, 1, 9, 8), peer=peer)
    for reduction in ALL_REDUCTIONS:
        yield make(f"sigmoid-channels-{reduction}", {**SIGMOID, "reduction": reduction}, pair(2, 3, 5, 6),
                   peer=peer)
    indices = lambda d: (d.logits(2, 3, 6, 5), d.labels(3, 2, 1, 6, 5))
    yield make("softmax-indices", SOFTMAX, indices, peer=peer)
    yield make("softmax-no-background", {**SOFTMAX, "includeBackground": False}, indices, peer=peer)
    yield make("softmax-one-hot", SOFTMAX, lambda d: (d.logits(2, 3, 4, 5), d.one_hot(3, 2, 4, 5)), peer=peer)
    yield make("soft-target", SIGMOID, lambda d: (d.logits(2, 1, 6, 7), d.probabilities(2, 1, 6, 7)), peer=peer)
    yield make("target-without-channel", SIGMOID, lambda d: (d.logits(2, 1, 5, 6), d.binary(2, 5, 6)), peer=peer)
    yield make("smooth", {**SIGMOID, "smooth": 1e-3}, pair(1, 1, 7, 8), peer=peer)
    yield make("3d", SIGMOID, lambda d: (d.logits(2, 1, 4, 5, 6), d.binary(2, 1, 4, 5, 6)), peer=peer)
    yield make("3d-softmax", {**SOFTMAX, "iterations": 1},
               lambda d: (d.logits(1, 2, 3, 4, 5), d.labels(2, 1, 1, 3, 4, 5)), peer=peer)
    yield make("1d", SIGMOID, lambda d: (d.logits(2, 1, 12), d.binary(2, 1, 12)))
    yield make("single-pixel", SIGMOID, lambda d: (d.logits(1, 1, 1, 1), d.binary(1, 1, 1, 1)), peer=peer)
    yield make("single-row", SIGMOID, lambda d: (d.logits(1, 1, 1, 7), d.binary(1, 1, 1, 7)), peer=peer)


def skeletons():
    make, peer = named("cl-dice"), peers.cl_dice
    for k in (0, 1, 2, 5):
        yield make(f"iterations-{k}", {**SIGMOID, "iterations": k},
                   lambda d: (d.logits(1, 1, 12, 11), blob(1, 1, 12, 11)), peer=peer)
    yield make("wide-object", {**SIGMOID, "iterations": 4},
               lambda d: (d.logits(1, 1, 9, 10), d.binary(1, 1, 9, 10) * 0 + 1), peer=peer)
    yield make("steps", {}, lambda d: (ramp(lines(2, 1, 8, 9)), lines(2, 1, 8, 9)), peer=peer, note=TIES)
    yield make("steps-3d", {}, lambda d: (ramp(d.binary(1, 1, 4, 5, 6)), d.binary(1, 1, 4, 5, 6)), peer=peer,
               note=TIES)
    yield make("flat", {}, lambda d: (d.binary(1, 1, 6, 7) * 0 + 0.5, lines(1, 1, 6, 7)), peer=peer, note=TIES)
    yield make("p-at-0-and-1", {}, lambda d: (lines(2, 1, 7, 8).flip(3), lines(2, 1, 7, 8)), peer=peer, note=TIES)
    yield make("perfect", {}, lambda d: (lines(1, 1, 8, 8),) * 2, peer=peer, note="costs 5e-5")
    yield make("extreme-logits", SIGMOID,
               lambda d: (torch.sign(d.logits(1, 1, 5, 6) + 1 / 128) * 1e4, lines(1, 1, 5, 6)), peer=peer, note=TIES)
    yield make("empty-target", SIGMOID, lambda d: (d.logits(1, 1, 5, 6), d.binary(1, 1, 5, 6) * 0), peer=peer)
    yield make("no-smoothing-empty", {"smooth": 0.0},
               lambda d: (d.probabilities(1, 1, 5, 6), d.binary(1, 1, 5, 6) * 0), differs=(peer, "gives NaN"))


def valid_masks(make, options, target):
    pair = lambda *shape: lambda d: (d.logits(*shape), target(*shape))
    ignoring = {**options, "ignoreIndex": 255}
    yield make("ignore", ignoring, lambda d: (d.logits(2, 1, 6, 7), d.spoil(target(2, 1, 6, 7), 255)))
    yield make("ignore-any-channel", ignoring,
               lambda d: (d.logits(2, 2, 6, 6), d.spoil_pixels(target(2, 2, 6, 6), 255)))
    yield make("ignore-indices", {**ignoring, **SOFTMAX},
               lambda d: (d.logits(2, 3, 6, 6), d.spoil(d.labels(3, 2, 6, 6), 255)))
    yield make("all-ignored", ignoring, lambda d: (d.logits(1, 1, 6, 6), d.binary(1, 1, 6, 6) * 0 + 255))
    yield make("mask", options, lambda d: (*pair(2, 1, 6, 7)(d), d.weights(2, 1, 6, 7)))
    yield make("mask-channels-none", {**options, "reduction": "none"},
               lambda d: (*pair(2, 2, 6, 6)(d), d.weights(2, 6, 6)))
    yield make("mask-indices", {**options, **SOFTMAX},
               lambda d: (d.logits(2, 3, 6, 6), d.labels(3, 2, 1, 6, 6), d.weights(2, 1, 6, 6)))
    yield make("mask-of-one-sample", options, lambda d: (
        *pair(2, 1, 6, 6)(d), d.weights(2, 1, 6, 6) * torch.tensor([0.0, 1.0]).reshape(2, 1, 1, 1).double()))


def dice_cl_dice():
    make, peer = named("dice-cl-dice"), peers.dice_cl_dice
    pair = lambda *shape: lambda d: (d.logits(*shape), lines(*shape))
    both = {"smooth": 1.0}
    yield make("sigmoid", {**SIGMOID, **both}, pair(2, 1, 7, 8), peer=peer)
    for alpha in (0.0, 0.3, 1.0):
        yield make(f"alpha-{alpha}", {**SIGMOID, **both, "alpha": alpha}, pair(2, 2, 5, 6), peer=peer)
    yield make("sum", {**both, "reduction": "sum", "iterations": 1},
               lambda d: (d.probabilities(1, 1, 6, 6), lines(1, 1, 6, 6)), peer=peer)
    yield make("softmax-no-background", {**SOFTMAX, **both, "includeBackground": False},
               lambda d: (d.logits(2, 3, 5, 6), d.labels(3, 2, 1, 5, 6)), peer=peer)
    yield make("3d", {**SIGMOID, **both}, lambda d: (d.logits(1, 1, 3, 4, 5), d.binary(1, 1, 3, 4, 5)), peer=peer)
    yield make("defaults", {}, lambda d: (d.probabilities(2, 1, 6, 7), lines(2, 1, 6, 7)),
               differs=(peer, "smooths Dice by 1 by default"))
    yield make("squared", {**SIGMOID, "squared": True, "smoothDenominator": 0.5}, pair(2, 1, 6, 7))
    yield make("mask", SIGMOID, lambda d: (*pair(2, 1, 6, 7)(d), d.weights(2, 1, 6, 7)))
    yield make("ignore", {**SIGMOID, "ignoreIndex": 255},
               lambda d: (d.logits(2, 1, 6, 7), d.spoil(lines(2, 1, 6, 7), 255)))


def ssim():
    make, peer = named("ssim"), peers.ssim
    small = {"windowSize": 5}
    pair = lambda *shape: lambda d: (d.probabilities(*shape), d.probabilities(*shape))
    yield make("defaults", {}, lambda d: (d.probabilities(1, 1, 13, 12), blob(1, 1, 13, 12)), peer=peer)
    yield make("defaults-one-window", {}, pair(2, 1, 11, 11), peer=peer)
    for reduction in ALL_REDUCTIONS:
        yield make(f"small-{reduction}", {**small, "reduction": reduction}, pair(2, 2, 7, 6), peer=peer)
    for name, options in {"size-1": {"windowSize": 1}, "size-2": {"windowSize": 2}, "size-4": {"windowSize": 4},
                          "sigma": {**small, "sigma": 0.75}, "data-range": {**small, "dataRange": 4.0},
                          "k1": {**small, "k1": 0.25}, "k2": {**small, "k2": 0.125}}.items():
        yield make(name, options, pair(1, 1, 6, 7), peer=peer)
    yield make("sigmoid", {**small, **SIGMOID}, lambda d: (d.logits(2, 1, 7, 6), blob(2, 1, 7, 6)), peer=peer)
    yield make("softmax-one-hot", {**small, **SOFTMAX},
               lambda d: (d.logits(1, 3, 6, 6), d.one_hot(3, 1, 6, 6)), peer=peer)
    yield make("softmax-indices", {**small, **SOFTMAX}, lambda d: (d.logits(2, 3, 6, 6), d.labels(3, 2, 6, 6)))
    yield make("softmax-no-background", {**small, **SOFTMAX, "includeBackground": False},
               lambda d: (d.logits(2, 3, 6, 6), d.labels(3, 2, 1, 6, 6)))
    yield make("numbers", {**small, "dataRange": 8.0}, lambda d: (d.logits(1, 2, 6, 7), d.logits(1, 2, 6, 7)),
               peer=peer)
    yield make("3d", {"windowSize": 3}, pair(1, 2, 4, 5, 4), peer=peer)
    yield make("3d-sigmoid", {"windowSize": 3, **SIGMOID},
               lambda d: (d.logits(1, 1, 3, 5, 4), d.binary(1, 1, 3, 5, 4)), peer=peer)
    yield make("flat", small, lambda d: (d.binary(1, 1, 6, 6) * 0 + 0.5, d.binary(1, 1, 6, 6) * 0 + 0.25),
               note="in float32 the weights of a window do not sum to 1, which is all a flat picture shows")
    yield make("perfect", small, lambda d: (blob(1, 1, 7, 7),) * 2, note="gradient left out: it is rounding",
               gradient=False)
    yield make("extreme-logits", {**small, **SIGMOID},
               lambda d: (torch.sign(d.logits(1, 1, 6, 6) + 1 / 128) * 1e4, d.binary(1, 1, 6, 6)), peer=peer)
    yield from valid_masks(make, {"windowSize": 3, **SIGMOID}, blob)


TABLES = {"cl-dice": cl_dice, "ssim": ssim}
