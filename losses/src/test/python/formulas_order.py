"""Losses that sort pixels, as plain float64 formulas; see `formulas.py`."""

import torch

from formulas import FORMULAS, activate, evaluate, prepare, ratio, reduce_plain, with_ignore


def lovasz(errors, t, m):
    """The Lovász extension of the Jaccard loss for one line of pixels, straight from its definition."""
    valid = m > 0
    errors, t, m = errors[valid], t[valid], m[valid]
    order = torch.sort(errors.detach(), descending=True, stable=True).indices
    errors, t, m = errors[order], t[order], m[order]
    union = (m * t).sum() + (m * (1 - t)).cumsum(0)
    jaccard = 1 - ((m * t).sum() - (m * t).cumsum(0)) / union
    steps = torch.diff(jaccard, prepend=torch.zeros(1, dtype=jaccard.dtype))
    return (errors * steps).sum()


def lines(o, x):
    """[N, C, spatial...] as [pictures, C, pixels]: each sample a picture, or the batch one."""
    flat = x.flatten(2)
    return flat if o.get("perImage") else flat.movedim(1, 0).flatten(1).unsqueeze(0)


def lovasz_lines(o, errors, t, m):
    """One value for each picture and channel."""
    e, t, m = lines(o, errors), lines(o, t), lines(o, m.expand_as(errors))
    rows = [[lovasz(*parts) for parts in zip(*picture)] for picture in zip(e, t, m)]
    return torch.stack([torch.stack(row) for row in rows])


def lovasz_hinge(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    values = lovasz_lines(o, torch.relu(1 - x * (2 * t - 1)), t, m)
    return reduce_plain(o, values if o.get("perImage") else values[0])


def lovasz_softmax(o, x, t, mask):
    t, m = prepare(o, x, t, mask)
    chosen = o.get("classes", "present")
    listed = chosen if isinstance(chosen, list) else list(range(x.shape[1]))
    p = activate({"activation": "softmax", **o}, x)[:, listed]
    t = t[:, listed]
    values = lovasz_lines(o, (t - p).abs(), t, m)
    kept = torch.ones_like(values)
    if chosen == "present":
        kept = (lines(o, m * t).sum(-1) > 0).to(x.dtype)
    if o.get("reduction", "mean") == "mean":
        return ratio((values * kept).sum(-1), kept.sum(-1)).mean()
    values = values * kept
    return reduce_plain(o, values if o.get("perImage") else values[0])


def top_k(o, x, t, mask):
    inner = with_ignore(o, o["loss"])
    values = evaluate(inner["loss"], {**inner["options"], "reduction": "none"}, x, t, mask)
    _, m = prepare(inner["options"], x, t, mask)
    m = (m.squeeze(1) if values.dim() < x.dim() else m).expand_as(values).flatten()
    values = values.flatten()
    count = max(1, int(o.get("fraction", 0.1) * int((m > 0).sum()) + 1e-6))
    key = torch.where(m > 0, values.detach(), -torch.inf)
    taken = torch.sort(key, descending=True, stable=True).indices[:count]
    return ratio((values * (m > 0))[taken].sum(), m[taken].sum())


FORMULAS.update({"lovasz-hinge": lovasz_hinge, "lovasz-softmax": lovasz_softmax, "top-k": top_k})
