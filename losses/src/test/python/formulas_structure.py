"""Losses of neighbours, outlines and boxes, and combinators, as plain float64 formulas; see `formulas.py`."""

import numpy as np
import torch
import torch.nn.functional as F
from scipy.ndimage import distance_transform_edt

from formulas import (FORMULAS, activate, bce_with_logits, cross_entropy, dice, evaluate, prepare, ratio,
                      reduce_pixels, reduce_plain, with_ignore)


def pool(x, window, **options):
    kernel = [F.avg_pool1d, F.avg_pool2d, F.avg_pool3d][x.dim() - 3]
    return kernel(x, window, **options)


def context_attention(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    window, s = o.get("window", 31), o.get("smooth", 1)
    near = pool(t, window, stride=1, padding=window // 2)
    w = m * (1 + o.get("strength", 5) * (near - t).abs())
    axes = list(range(2, x.dim()))
    entropy = F.softplus(x) - x * t
    p = torch.sigmoid(x)
    hit, both = (w * p * t).sum(axes), (w * (p + t)).sum(axes)
    value = ratio((w * entropy).sum(axes), w.sum(axes)) + 1 - (hit + s) / (both - hit + s)
    return reduce_plain(o, value)


def to_outline(o, inside):
    """The distance of each element to the nearest one of the other kind; 0 where there is none."""
    inside = inside.detach().numpy()
    result = np.zeros(inside.shape)
    for at in np.ndindex(inside.shape[:2]):
        if inside[at].any() and not inside[at].all():
            result[at] = sum(distance_transform_edt(x, o.get("spacing")) for x in (inside[at], ~inside[at]))
    return torch.from_numpy(result)


def distance_loss(o, x, t, mask, values):
    t, m = prepare(o, x, t, mask)
    p = torch.where(m > 0, activate(o, x), 0.0)
    if not o.get("includeBackground", True):
        p, t = p[:, 1:], t[:, 1:]
    axes = list(range(2, x.dim()))
    return reduce_plain(o, ratio((m * values(p, t)).sum(axes), m.expand_as(p).sum(axes)))


def boundary(o, x, t, mask):
    def values(p, t):
        far = to_outline(o, t > 0.5)
        return p * torch.where((t > 0.5) & (far > 0), 1 - far, far)
    return distance_loss(o, x, t, mask, values)


def hausdorff_dt(o, x, t, mask):
    power = lambda x: to_outline(o, x > 0.5) ** o.get("alpha", 2)
    return distance_loss(o, x, t, mask, lambda p, t: (p - t) ** 2 * (power(p) + power(t)))


def log_hausdorff_dt(o, x, t, mask):
    return torch.log1p(hausdorff_dt(o, x, t, mask))


def structure(o, x, t, mask):
    """Prediction, dense target and valid mask of the losses that look at neighbours."""
    t, m = prepare(o, x, t, mask)
    p = torch.where(m > 0, activate(o, x), 0.0)
    return (p, t, m) if o.get("includeBackground", True) else (p[:, 1:], t[:, 1:], m)


def max_pool(x, window):
    kernel = [F.max_pool1d, F.max_pool2d, F.max_pool3d][x.dim() - 3]
    return kernel(x, window, stride=1, padding=[size // 2 for size in window])


def erode(x):
    axes = range(x.dim() - 2)
    least = [-max_pool(-x, [3 if i == axis else 1 for i in axes]) for axis in axes]
    both = least[0]
    for one in least[1:]:
        both = torch.minimum(both, one)
    return both


def skeleton(x, iterations):
    peeled = lambda e: torch.relu(e - max_pool(erode(e), [3] * (x.dim() - 2)))
    skel = peeled(x)
    for _ in range(iterations):
        x = erode(x)
        d = peeled(x)
        skel = skel + torch.relu(d - skel * d)
    return skel


def cl_dice(o, x, t, mask):
    p, t, m = structure(o, x, t, mask)
    k, s = o.get("iterations", 3), o.get("smooth", 1.0)
    sums = lambda values: (m * values).flatten(1).sum(1)
    share = lambda skel, within: or_one(sums(skel * within) + s, sums(skel) + s)
    precision, sensitivity = share(skeleton(p, k), t), share(skeleton(t, k), p)
    values = 1 - 2 * precision * sensitivity / (precision + sensitivity + 1e-4)
    return reduce_plain(o, torch.where(m.flatten(1).sum(1) == 0, 0.0, values))


def or_one(numerator, denominator):
    nothing = denominator == 0
    return torch.where(nothing, 1.0, numerator / torch.where(nothing, 1.0, denominator))


def dice_cl_dice(o, x, t, mask):
    alpha = o.get("alpha", 0.5)
    return (1 - alpha) * dice(o, x, t, mask) + alpha * cl_dice(o, x, t, mask)


def ssim(o, x, t, mask):
    """Moments under a dense window, one window at a time; variances about the window's own mean."""
    p, t, m = structure(o, x, t, mask)
    size, axes = o.get("windowSize", 11), x.dim() - 2
    line = torch.exp(-(((torch.arange(size) - (size - 1) / 2).to(x.dtype) / o.get("sigma", 1.5)) ** 2) / 2)
    weight = line / line.sum()
    for _ in range(axes - 1):
        weight = weight[..., None] * (line / line.sum())
    under = lambda v: windows(v, size).flatten(-axes)
    mean = lambda v: (v * weight.flatten()).sum(-1)
    a, b = under(p), under(t)
    mu_a, mu_b = mean(a), mean(b)
    away_a, away_b = a - mu_a[..., None], b - mu_b[..., None]
    c1, c2 = ((o.get(name, k) * o.get("dataRange", 1.0)) ** 2 for name, k in (("k1", 0.01), ("k2", 0.03)))
    alike = (2 * mu_a * mu_b + c1) / (mu_a ** 2 + mu_b ** 2 + c1)
    alike = alike * (2 * mean(away_a * away_b) + c2) / (mean(away_a ** 2) + mean(away_b ** 2) + c2)
    centre = [(size - 1) // 2] * axes
    w = windows(m, size)[(..., *centre)].expand_as(alike)
    return reduce_plain(o, ratio((w * (1 - alike)).flatten(1).sum(1), w.flatten(1).sum(1)))


def windows(v, size):
    for axis in range(2, v.dim()):
        v = v.unfold(axis, size, 1)
    return v


def box_iou(o, x, t, mask):
    low, high = torch.maximum(x[:, :2], t[:, :2]), torch.minimum(x[:, 2:], t[:, 2:])
    hit = (high - low).clamp(min=0).prod(1)
    union = (x[:, 2:] - x[:, :2]).prod(1) + (t[:, 2:] - t[:, :2]).prod(1) - hit
    same = (x == t).all(1) & (union == 0)
    values = torch.where(same, 0.0, 1 - hit / (union + 1e-7))
    return reduce_pixels(o, values, torch.ones_like(values) if mask is None else mask)


def multi_scale(o, x, t, mask):
    scales = o.get("scales", [1, 2, 4])
    weights = o.get("weights", [1 / len(scales)] * len(scales))
    inner = with_ignore(o, o["loss"])
    t, m = prepare(inner["options"], x, t, mask)
    p = torch.where(m > 0, activate(o, x), 0.0)
    options = {k: v for k, v in inner["options"].items() if k != "ignoreIndex"}
    maps = lambda s: [v if s == 1 else pool(v, s) for v in (p, t, m)]
    return sum(w * evaluate(inner["loss"], options, *maps(s)) for w, s in zip(weights, scales))


def weighted_sum(o, x, t, mask):
    parts = [with_ignore(o, part) for part in o["parts"]]
    return sum(part.get("weight", 1) * evaluate(part["loss"], part["options"], x, t, mask) for part in parts)


def dice_ce(o, x, t, mask):
    return dice({"activation": "softmax", **o}, x, t, mask) + cross_entropy(o, x, t, mask)


def dice_bce(o, x, t, mask):
    return dice({"activation": "sigmoid", **o}, x, t, mask) + bce_with_logits(o, x, t, mask)


FORMULAS.update({
    "box-iou": box_iou, "context-attention": context_attention, "multi-scale": multi_scale,
    "sum": weighted_sum, "boundary": boundary, "hausdorff-dt": hausdorff_dt,
    "log-hausdorff-dt": log_hausdorff_dt, "dice-ce": dice_ce, "dice-bce": dice_bce, "cl-dice": cl_dice,
    "dice-cl-dice": dice_cl_dice, "ssim": ssim,
})
