"""Kin of losses that stand elsewhere, as plain float64 formulas; see `formulas.py`.

Of Dice: Tversky, its power, log-cosh and generalized Dice; of MAE and MSE: Huber and smooth L1; of the
IoU of boxes: what is added to it.
"""

import math

import torch

from formulas import FORMULAS, dice, focal, prepare, reduce_pixels, reduce_plain, region
from formulas_regions import chord_power, sums


def tversky_parts(o):
    alpha, beta = o.get("alpha", 0.5), o.get("beta", 0.5)
    return lambda p, t, hit, m: (hit, hit + alpha * (m * p - hit) + beta * (m * t - hit))


def tversky(o, x, t, mask):
    return region(o, x, t, mask, tversky_parts(o))


def focal_tversky(o, x, t, mask):
    return region(o, x, t, mask, tversky_parts(o), lambda values: chord_power(values, o.get("gamma", 0.75)))


def log_cosh_dice(o, x, t, mask):
    return torch.log(torch.cosh(dice(o, x, t, mask)))


def generalized_dice(o, x, t, mask):
    p, t, _, total = sums(o, x, t, mask)
    size = total(t)
    raw = {"square": size ** -2, "simple": 1 / size, "uniform": torch.ones_like(size)}[o.get("weightType", "square")]
    finite = torch.where(raw.isinf(), 0.0, raw)
    w = torch.where(raw.isinf(), finite.amax(-1, keepdim=True), raw)
    both = o.get("smooth", 1e-5)
    a, b = o.get("smoothNumerator", both), o.get("smoothDenominator", both)
    numerator = 2 * (w * total(p * t)).sum(-1) + a
    denominator = (w * (total(p) + size)).sum(-1) + b
    present = size.amax(-1) > 0
    values = torch.where(present, 1 - numerator / torch.where(present, denominator, 1.0), 0.0)
    return reduce_plain(o, values.reshape(-1))


def huber(o, x, t, mask):
    return bent(o, x, t, mask, o.get("delta", 1), 1)


def smooth_l1(o, x, t, mask):
    return bent(o, x, t, mask, o.get("beta", 1), o.get("beta", 1))


def bent(o, x, t, mask, at, divisor):
    """d²/2 up to a distance, then straight on."""
    t, m = prepare(o, x, t, mask)
    away = (torch.where(m > 0, x, 0.0) - t).abs()
    values = away if at == 0 else torch.where(away <= at, away ** 2 / 2, at * (away - at / 2)) / divisor
    return reduce_pixels(o, values, m)


def box_loss(more):
    """1 − IoU, and `more` of the boxes, the IoU and the union."""
    def loss(o, x, t, mask):
        hit = torch.relu(torch.minimum(x[:, 2:], t[:, 2:]) - torch.maximum(x[:, :2], t[:, :2])).prod(1)
        union = (x[:, 2:] - x[:, :2]).prod(1) + (t[:, 2:] - t[:, :2]).prod(1) - hit
        iou = hit / (union + 1e-7)
        values = 1 - iou + more(x, t, iou, union)
        return reduce_pixels(o, values, torch.ones_like(values) if mask is None else mask)
    return loss


def around(x, t):
    return torch.maximum(x[:, 2:], t[:, 2:]) - torch.minimum(x[:, :2], t[:, :2])


def waste(x, t, iou, union):
    area = around(x, t).prod(1)
    return (area - union) / (area + 1e-7)


def apart(x, t, iou, union):
    centre = lambda box: (box[:, :2] + box[:, 2:]) / 2
    return ((centre(x) - centre(t)) ** 2).sum(1) / ((around(x, t) ** 2).sum(1) + 1e-7)


def apart_and_unlike(x, t, iou, union):
    angle = lambda box: torch.atan2(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1])
    v = 4 / math.pi ** 2 * (angle(t) - angle(x)) ** 2
    alpha = (v / (1 - iou + v + 1e-7)).detach()
    return apart(x, t, iou, union) + alpha * v


def dice_focal(o, x, t, mask):
    given = {"activation": "sigmoid", **o}
    one, other = o.get("weights", [1, 1])
    return one * dice(given, x, t, mask) + other * focal(given, x, t, mask)


FORMULAS.update({
    "tversky": tversky, "focal-tversky": focal_tversky, "log-cosh-dice": log_cosh_dice,
    "generalized-dice": generalized_dice, "huber": huber, "smooth-l1": smooth_l1, "giou": box_loss(waste),
    "diou": box_loss(apart), "ciou": box_loss(apart_and_unlike), "dice-focal": dice_focal,
})
