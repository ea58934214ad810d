"""The catalogue's losses as plain float64 formulas.

Every function takes `(options, prediction, target, mask)` and returns the loss as a torch tensor,
so that autograd gives the gradient. Nothing here is fast and nothing is shared with the Java code
or with a peer: this file is the second opinion that both are held against.

Vocabulary: `m` is the one valid mask (pixel weights, 0 where a pixel does not count), `t` a dense
target, `a` and `b` the smoothing of numerator and denominator.
"""

import torch
import torch.nn.functional as F

# --- what all losses share: targets, the valid mask, activation, reductions ---


def holds_indices(x, t):
    """Class indices: no channel axis, or one of length 1, where the prediction has several."""
    return x.shape[1] > 1 and t.shape != x.shape


def per_class(values, x):
    """A number, or one number per class, shaped so that it multiplies [N, C, spatial...]."""
    values = torch.as_tensor(values, dtype=x.dtype)
    return values if values.dim() == 0 else values.reshape(1, -1, *[1] * (x.dim() - 2))


def prepare(o, x, t, mask):
    """The dense target and the valid mask [N, 1, spatial...], with invalid target pixels set to 0."""
    pixels = (x.shape[0], 1, *x.shape[2:])
    ignored = o.get("ignoreIndex")
    indices = holds_indices(x, t)
    t = t.reshape(pixels if indices else x.shape)
    valid = torch.ones(pixels, dtype=torch.bool)
    if ignored is not None:
        valid = (t != ignored).all(dim=1, keepdim=True)
    m = valid.to(x.dtype) if mask is None else valid * mask.reshape(pixels)
    t = torch.where(m > 0, t, torch.zeros_like(t))
    if indices:
        t = F.one_hot(t.squeeze(1).long(), x.shape[1]).movedim(-1, 1)
        t = torch.where(m > 0, t.to(x.dtype), 0.0)
    return t, m


def activate(o, x):
    kind = o.get("activation", "none")
    return {"none": lambda: x, "sigmoid": lambda: torch.sigmoid(x),
            "softmax": lambda: torch.softmax(x, 1)}[kind]()


def ratio(numerator, denominator):
    """numerator / denominator, and 0 where the denominator is 0: nothing valid costs nothing."""
    empty = denominator == 0
    return torch.where(empty, 0.0, numerator / torch.where(empty, 1.0, denominator))


def reduce_pixels(o, values, m, denominator=None):
    """Values per pixel or element; the mean divides by the weights, or by the denominator given."""
    m = m.expand_as(values)
    kind = o.get("reduction", "mean")
    if kind == "none":
        return m * values
    total = (m * values).sum()
    return total if kind == "sum" else ratio(total, (m if denominator is None else denominator).sum())


def reduce_plain(o, values):
    kind = o.get("reduction", "mean")
    return values if kind == "none" else values.sum() if kind == "sum" else values.mean()


# --- pixel losses ---


def bce(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    x = torch.where(m > 0, x, 0.5)
    return reduce_pixels(o, -t * floored_log(x) - (1 - t) * floored_log(1 - x), m)


def floored_log(p):
    """ln p, never below -100, with slope 0 below."""
    low = p < 3.8e-44
    return torch.where(low, -100.0, torch.log(torch.where(low, 1.0, p)))


def bce_with_logits(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    smoothing = o.get("labelSmoothing", 0)
    t = t * (1 - smoothing) + smoothing / 2
    positives = per_class(o.get("posWeight", 1.0), x) * t * F.softplus(-x)
    return reduce_pixels(o, positives + (1 - t) * F.softplus(x), m)


def cross_entropy(o, x, t, mask):
    return nll(o, torch.log_softmax(x, 1), t, mask)


def nll(o, x, t, mask):
    """x holds log-probabilities; labelSmoothing is cross entropy's."""
    indices = holds_indices(x, t)
    t, m = prepare(o, x, t, mask)
    w = per_class(o.get("classWeights", [1.0] * x.shape[1]), x)
    smoothing = o.get("labelSmoothing", 0)
    smooth = t * (1 - smoothing) + smoothing / x.shape[1]
    values = -(smooth * w * x).sum(1, keepdim=True)
    denominator = m * (t * w).sum(1, keepdim=True) if indices else m
    return drop_channel(o, reduce_pixels(o, values, m, denominator))


def drop_channel(o, values):
    return values.squeeze(1) if o.get("reduction") == "none" else values


def mae(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    return reduce_pixels(o, (torch.where(m > 0, x, 0.0) - t).abs(), m)


def mse(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    return reduce_pixels(o, (torch.where(m > 0, x, 0.0) - t) ** 2, m)


def focal(o, x, t, mask):
    soft = o.get("activation", "sigmoid") == "softmax"
    return focal_softmax(o, x, t, mask) if soft else focal_sigmoid(o, x, t, mask)


def focal_sigmoid(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    alpha = o.get("alpha")
    hit = miss = torch.ones((), dtype=x.dtype)
    if alpha is not None:
        hit = per_class(alpha, x)
        miss = miss if isinstance(alpha, list) else 1 - hit
    values = t * hit * focal_term(o, x) + (1 - t) * miss * focal_term(o, -x)
    if o.get("normalized"):
        factor = t * modulation(o, F.logsigmoid(-x)) + (1 - t) * modulation(o, F.logsigmoid(x))
        values = ratio(values, (m * factor).sum())
    return reduce_pixels(o, values, m)


def focal_term(o, x):
    """(1 - p)^gamma * -ln p for p = sigmoid(x)."""
    log_p, log_q = F.logsigmoid(x), F.logsigmoid(-x)
    return focal_factor(o, log_p, log_q) * -log_p


def modulation(o, log_q):
    """(1 - p)^gamma from ln(1 - p)."""
    return torch.exp(o.get("gamma", 2) * log_q)


def focal_factor(o, log_p, log_q):
    threshold = o.get("reducedThreshold")
    if threshold is None:
        return modulation(o, log_q)
    far = torch.exp(log_p) < threshold
    return torch.where(far, 1.0, modulation(o, log_q) / threshold ** o.get("gamma", 2))


def focal_softmax(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    classes = x.shape[1]
    alpha = o.get("alpha", [1.0] * classes)
    if not isinstance(alpha, list):
        alpha = [1 - alpha] + [alpha] * (classes - 1)
    log_p = torch.log_softmax(x, 1)
    log_q = log_others(x) - torch.logsumexp(x, 1, keepdim=True)
    values = (t * per_class(alpha, x) * focal_factor(o, log_p, log_q) * -log_p).sum(1, keepdim=True)
    if o.get("normalized"):
        values = ratio(values, (m * t * modulation(o, log_q)).sum())
    return drop_channel(o, reduce_pixels(o, values, m))


def log_others(x):
    """For each class the log-sum-exp of all the other classes."""
    classes = range(x.shape[1])
    others = [x[:, [d for d in classes if d != c]] for c in classes]
    return torch.stack([torch.logsumexp(other, 1) for other in others], 1)


# --- region losses ---


def dice(o, x, t, mask):
    return region(o, x, t, mask, lambda p, t, hit, m: (2 * hit, sizes(o, p, m) + sizes(o, t, m)))


def iou(o, x, t, mask):
    return region(o, x, t, mask, lambda p, t, hit, m: (hit, m * p + m * t - hit))


def sizes(o, p, m):
    return m * p * p if o.get("squared") else m * p


def region(o, x, t, mask, parts, cost=lambda values: values):
    """`parts` gives numerator and denominator per element, which are summed here; `cost` follows."""
    t, m = prepare(o, x, t, mask)
    p = torch.where(m > 0, activate(o, x), 0.0)
    weights = torch.as_tensor(o.get("classWeights", [1.0] * x.shape[1]), dtype=x.dtype)
    if not o.get("includeBackground", True):
        p, t, weights = p[:, 1:], t[:, 1:], weights[1:]
    m = m.expand_as(p)
    hit = m * (p + t - (p - t).abs()) / 2 if o.get("softLabels") else m * p * t
    axes = {"sample": list(range(2, x.dim())), "batch": [0, *range(2, x.dim())],
            "all": list(range(x.dim()))}[o.get("aggregate", "sample")]
    numerator, denominator = (part.sum(axes) for part in parts(p, t, hit, m))
    values = cost(one_minus_score(o, numerator, denominator))
    if m.sum() == 0:
        values = values * 0
    values, kept = empty_target(o, values, (m * t).sum(axes) == 0, ratio((m * p).sum(axes), m.sum(axes)))
    return reduce_region(o, values, kept, weights)


def one_minus_score(o, numerator, denominator):
    both = o.get("smooth", 1e-5)
    numerator = numerator + o.get("smoothNumerator", both)
    denominator = denominator + o.get("smoothDenominator", both)
    nothing = (numerator == 0) & (denominator == 0)
    score = torch.where(nothing, 1.0, numerator / torch.where(nothing, 1.0, denominator))
    return -torch.log(score.clamp(min=1e-7)) if o.get("log") else 1 - score


def empty_target(o, values, empty, mean_prediction):
    """The values under the empty-target policy, and which of them the mean takes."""
    policy = o.get("emptyTarget", "smooth")
    if policy == "smooth":
        return values, torch.ones_like(empty)
    instead = mean_prediction if policy == "penalize" else torch.zeros_like(values)
    return torch.where(empty, instead, values), ~empty if policy == "skip" else torch.ones_like(empty)


def reduce_region(o, values, kept, weights):
    if o.get("aggregate") != "all":
        values = values * weights
    if o.get("reduction", "mean") != "mean":
        return reduce_plain(o, values)
    shares = weights.expand_as(values) if o.get("normalizeWeights") else torch.ones_like(values)
    return ratio((values * kept).sum(), (shares * kept).sum())


# --- all of them by their ids ---


def with_ignore(o, part):
    """A combinator hands its ignoreIndex to its parts."""
    options = dict(part.get("options", {}))
    if "ignoreIndex" in o:
        options["ignoreIndex"] = o["ignoreIndex"]
    return {**part, "options": options}


FORMULAS = {
    "bce": bce, "bce-with-logits": bce_with_logits, "cross-entropy": cross_entropy, "nll": nll,
    "mae": mae, "mse": mse, "focal": focal, "dice": dice, "iou": iou,
}


def evaluate(loss, options, x, t, mask=None):
    return FORMULAS[loss](options, x, t, mask)
