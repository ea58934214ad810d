"""Further losses over classes and regions, as plain float64 formulas; see `formulas.py`."""

import torch
import torch.nn.functional as F

from formulas import (FORMULAS, activate, drop_channel, empty_target, evaluate, holds_indices, one_minus_score,
                      per_class, prepare, ratio, reduce_pixels, reduce_plain, reduce_region, with_ignore)


def poly_cross_entropy(o, x, t, mask):
    indices = holds_indices(x, t)
    t, m = prepare(o, x, t, mask)
    w = per_class(o.get("classWeights", [1.0] * x.shape[1]), x)
    smoothing = o.get("labelSmoothing", 0)
    smooth = t * (1 - smoothing) + smoothing / x.shape[1]
    entropy = -(smooth * w * torch.log_softmax(x, 1)).sum(1, keepdim=True)
    distance = 1 - (smooth * torch.softmax(x, 1)).sum(1, keepdim=True)
    denominator = m * (t * w).sum(1, keepdim=True) if indices else m
    return drop_channel(o, reduce_pixels(o, entropy + o.get("epsilon", 1) * distance, m, denominator))


def generalized_cross_entropy(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    q = o.get("q", 0.7)
    values = (t * -torch.expm1(q * torch.log_softmax(x, 1)) / q).sum(1, keepdim=True)
    return drop_channel(o, reduce_pixels(o, values, m))


def unified_focal(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    if x.shape[1] == 1:
        logs, t = torch.cat([F.logsigmoid(-x), F.logsigmoid(x)], 1), torch.cat([1 - t, t], 1)
    else:
        logs = torch.log_softmax(x, 1)
    delta, gamma, epsilon = o.get("delta", 0.6), o.get("gamma", 0.5), 1e-7
    p = torch.exp(logs)
    entropy = -t * logs.clamp(min=torch.log(torch.tensor(epsilon, dtype=x.dtype)))
    focal = (1 - p) ** gamma
    background = (torch.arange(p.shape[1]) == 0).reshape(1, -1, *[1] * (x.dim() - 2))
    powered = background | torch.tensor(o.get("symmetric", False))
    f = torch.where(background, 1 - delta, delta) * torch.where(powered, focal, 1.0) * entropy
    axes = list(range(2, x.dim()))
    total = lambda v: (m * v).sum(axes) if axes else m * v
    hit, missed, extra = total(t * p), total(t * (1 - p)), total((1 - t) * p)
    cost = 1 - (hit + epsilon) / (hit + delta * missed + (1 - delta) * extra + epsilon)
    plain = (torch.arange(p.shape[1]) == 0) & ~torch.tensor(o.get("symmetric", False))
    regions = torch.where(plain, cost, chord_power(cost, 1 - gamma)).mean(1)
    samples = x.shape[0]
    pixels = ratio((m * f).flatten(1).sum(1) * samples, m.sum() * p.shape[1])
    weight = o.get("weight", 0.5)
    return reduce_plain(o, weight * pixels + (1 - weight) * regions)


def chord_power(x, gamma):
    """x^gamma, below 1e-6 its chord."""
    if gamma >= 1:
        return x ** gamma
    small = x < 1e-6
    return torch.where(small, x * 1e-6 ** (gamma - 1), torch.where(small, 1.0, x) ** gamma)


def wasserstein_dice(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    classes = x.shape[1]
    distances = torch.as_tensor(o.get("distances", 1 - torch.eye(classes)), dtype=x.dtype)
    distances = distances / distances.max()
    p = activate({"activation": "softmax", **o}, x)
    delta = torch.einsum("lc,nc...->nl...", distances, p)
    axes = list(range(2, x.dim()))
    if o.get("weighting", "default") == "gdl":
        alpha = 1 / ((m * t).sum(axes, keepdim=True) + 1)
        numerator, denominator = alpha * (1 - delta), alpha * (2 - delta)
    else:
        alpha = per_class([0.0] + [1.0] * (classes - 1), x)
        numerator, denominator = alpha * (1 - delta), 2 * alpha * (1 - delta) + delta
    total = lambda v: (m * t * v).flatten(1).sum(1)
    values = one_minus_score(o, 2 * total(numerator), total(denominator))
    return reduce_plain(o, torch.where(m.flatten(1).sum(1) == 0, 0.0, values))


def sums(o, x, t, mask):
    """Probability, target and mask without a dropped background, and a sum over what shares a value."""
    t, m = prepare(o, x, t, mask)
    p = activate(o, x)
    weights = torch.as_tensor(o.get("classWeights", [1.0] * x.shape[1]), dtype=x.dtype)
    if not o.get("includeBackground", True):
        p, t, weights = p[:, 1:], t[:, 1:], weights[1:]
    axes = {"sample": list(range(2, x.dim())), "batch": [0, *range(2, x.dim())],
            "all": list(range(x.dim()))}[o.get("aggregate", "sample")]
    return p, t, weights, lambda v: (m * v).sum(axes)


def sensitivity_specificity(o, x, t, mask):
    p, t, weights, total = sums(o, x, t, mask)
    both, r = o.get("smooth", 1e-5), o.get("sensitivityWeight", 0.5)
    a, b = o.get("smoothNumerator", both), o.get("smoothDenominator", both)
    half = lambda part: ratio(total((t - p) ** 2 * part) + a, total(part) + b)
    there = total(torch.ones_like(p))
    values = torch.where(there == 0, 0.0, r * half(t) + (1 - r) * half(1 - t))
    values, kept = empty_target(o, values, total(t) == 0, ratio(total(p), there))
    return reduce_region(o, values, kept, weights)


def mcc(o, x, t, mask):
    p, t, weights, total = sums(o, x, t, mask)
    a, b = o.get("smoothNumerator", o.get("smooth", 0)), o.get("smoothDenominator", o.get("smooth", 1e-5))
    tp, tn, fp, fn = total(p * t), total((1 - p) * (1 - t)), total(p * (1 - t)), total((1 - p) * t)
    right = (fp == 0) & (fn == 0)
    square = torch.where(right, 1.0, (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn) + b)
    values = torch.where(right, 0.0, 1 - (tp * tn - fp * fn + a) / torch.sqrt(square))
    return reduce_region(o, values, torch.ones_like(values), weights)


def deep_supervision(o, predictions, t, mask):
    inner, rule = with_ignore(o, o["loss"]), o.get("weights", "exp")
    by_rule = {"exp": lambda l: max(0.5 ** l, 1 / 16), "same": lambda l: 1.0, "two": lambda l: 1.0 if l == 0 else 0.5}
    weights = rule if isinstance(rule, list) else [by_rule[rule](l) for l in range(len(predictions))]
    divisor = sum(weights) if o.get("normalize") else 1
    fit = lambda v, x: None if v is None else resized(v, x)
    return sum(w / divisor * evaluate(inner["loss"], inner["options"], x, fit(t, x), fit(mask, x))
               for w, x in zip(weights, predictions))


def resized(v, x):
    """Targets and masks in a prediction's size, the nearest element below each centre."""
    channels = v if v.dim() == x.dim() else v.unsqueeze(1)
    out = F.interpolate(channels, size=x.shape[2:], mode="nearest-exact")
    return out if v.dim() == x.dim() else out.squeeze(1)


FORMULAS.update({
    "poly-cross-entropy": poly_cross_entropy, "generalized-cross-entropy": generalized_cross_entropy,
    "unified-focal": unified_focal, "wasserstein-dice": wasserstein_dice,
    "sensitivity-specificity": sensitivity_specificity, "mcc": mcc, "deep-supervision": deep_supervision,
})
