"""The formulas of the cookbook, for PyTorch: what judges the Java ones.

Each takes prediction and target (and a mask where there is one) and options by name. Labels come as
float64 and are made whole here.
"""

import torch
import torch.nn.functional as F
from scipy.ndimage import distance_transform_edt

BATCH_AND_PIXELS = (0, 2, 3)
ALL_BUT_BATCH = (1, 2, 3)


def one_hot(labels, x):
    return F.one_hot(labels.long(), x.shape[1]).movedim(-1, 1).to(x.dtype)


def cross_entropy(x, labels):
    return F.cross_entropy(x, labels.long(), reduction="none")


# Pixels


def tversky_kahneman(p, t, gamma):
    q = torch.where(t > 0.5, p, 1 - p)
    w = q**gamma / (q**gamma + (1 - q) ** gamma) ** (1 / gamma)
    return -w.clamp(1e-7, 1).log().mean()


def recall(x, labels):
    y = one_hot(labels, x)
    missed = (y * (x.argmax(1) != labels)[:, None]).sum(BATCH_AND_PIXELS) + 1
    weight = missed / (y.sum(BATCH_AND_PIXELS) + 1)
    return (cross_entropy(x, labels) * weight[labels.long()]).mean()


def margin_smoothing(x, labels, margin, alpha):
    below = F.relu(x.amax(1, keepdim=True) - x - margin)
    return cross_entropy(x, labels).mean() + alpha * below.mean()


def neighbour_calibration(x, labels, alpha):
    share = F.avg_pool2d(one_hot(labels, x), 3, 1, 1)
    return cross_entropy(x, labels).mean() + alpha * (share - x).abs().mean()


def jensen_shannon(student, teacher):
    log_p, log_q = student.log_softmax(1), teacher.log_softmax(1)
    p, q = log_p.exp(), log_q.exp()
    log_m = ((p + q) / 2).log()
    return ((p * (log_p - log_m) + q * (log_q - log_m)) / 2).sum(1).mean()


# Regions


def focal_dice(x, labels, beta):
    p, y = x.softmax(1), one_hot(labels, x)
    dice = (2 * (p * y).sum(BATCH_AND_PIXELS) + 1e-5) / ((p + y).sum(BATCH_AND_PIXELS) + 1e-5)
    return (1 - dice ** (1 / beta)).sum()


def dice_plus_plus(p, t, gamma):
    tp, fp, fn = (p * t).sum(), ((p * (1 - t)) ** gamma).sum(), (((1 - p) * t) ** gamma).sum()
    return 1 - (2 * tp + 1e-6) / (2 * tp + fp + fn + 1e-6)


def log_dice(p, t, gamma):
    dice = (2 * (p * t).sum(ALL_BUT_BATCH) + 1) / ((p + t).sum(ALL_BUT_BATCH) + 1)
    return ((-dice.log()) ** gamma).mean()


def soft_iou(x, t, log_temperature):
    p = (x / torch.as_tensor(log_temperature, dtype=x.dtype).exp()).sigmoid()
    both = (p * t).sum(ALL_BUT_BATCH)
    return (1 - both / ((p + t).sum(ALL_BUT_BATCH) - both + 1e-6)).mean()


def asymmetric(p, t, beta):
    tp, fn, fp = (p * t).sum(), ((1 - p) * t).sum(), (p * (1 - t)).sum()
    return 1 - (1 + beta**2) * tp / ((1 + beta**2) * tp + beta**2 * fn + fp)


def jaccard_metric(p, t):
    apart, total = (p - t).abs().sum((2, 3)), (p + t).sum((2, 3))
    return (1 - (total - apart) / (total + apart)).mean()


def sorted_f1(p, t, temperature):
    taken, order = p.flatten().sort(descending=True, stable=True)
    hits = (taken * t.flatten()[order]).cumsum(0)
    f1 = 2 * hits / (taken.cumsum(0) + t.sum())
    return 1 - ((f1 / temperature).softmax(0) * f1).sum()


# Compounds


def combo(p, t, alpha, beta, smooth):
    q = p.clamp(1e-7, 1 - 1e-7)
    entropy = -(beta * t * q.log() + (1 - beta) * (1 - t) * (1 - q).log()).mean()
    dice = (2 * (p * t).sum() + smooth) / (p.sum() + t.sum() + smooth)
    return alpha * entropy - (1 - alpha) * dice


def exp_log(x, labels, dice, cross, gamma, class_weights):
    p, y = x.softmax(1), one_hot(labels, x)
    score = (2 * (p * y).sum(BATCH_AND_PIXELS) + 1) / ((p + y).sum(BATCH_AND_PIXELS) + 1)
    weight = torch.tensor(class_weights, dtype=x.dtype)[labels.long()]
    pixels = (weight * cross_entropy(x, labels) ** gamma).mean()
    return dice * ((-score.log()) ** gamma).mean() + cross * pixels


# Outlines


def active_contour(p, t, lam):
    down, right = p.diff(dim=2), p.diff(dim=3)
    squares = down[:, :, 1:, :-2] ** 2 + right[:, :, :-2, 1:] ** 2
    region = (p * (1 - t) ** 2).sum() + ((1 - p) * t**2).sum()
    return (squares + 1e-8).sqrt().sum() + lam * region


def total_variation(p, t):
    return p.diff(dim=2).abs().mean() + p.diff(dim=3).abs().mean()


def sobel_edge(p, t):
    across = torch.tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=p.dtype)
    kernels = torch.stack([across, across.T])[:, None]
    edges = lambda x: ((F.conv2d(x, kernels, padding=1) ** 2).sum(1) + 1e-6).sqrt()
    return (edges(p) - edges(t)).abs().mean()


def generalized_surface(x, labels):
    p, y = x.softmax(1), one_hot(labels, x)

    def distance(mask):
        assert (mask == 0).any(), "a class fills a sample or is not in it"
        return torch.from_numpy(distance_transform_edt(mask.numpy())).to(x.dtype)

    d = torch.stack([torch.stack([distance(c) - distance(1 - c) for c in n]) for n in y])
    weight = 1 / (y.sum(BATCH_AND_PIXELS) + 1)
    share = weight / weight.sum()
    right = ((d * (1 - (y + p))) ** 2).sum(BATCH_AND_PIXELS)
    return 1 - (share * right).sum() / (share * (d**2).sum(BATCH_AND_PIXELS)).sum()


def hausdorff_erosion(p, t, alpha, erosions):
    cross = torch.tensor([[0, 0.2, 0], [0.2, 0.2, 0.2], [0, 0.2, 0]], dtype=p.dtype)[None, None]
    wrong, total = (p - t) ** 2, 0
    for k in range(1, erosions + 1):
        eroded = F.relu(F.conv2d(wrong, cross, padding=1) - 0.5)
        low, high = eroded.amin((2, 3), True), eroded.amax((2, 3), True)
        wrong = torch.where(high > low, (eroded - low) / (high - low), eroded)
        total = total + wrong * k**alpha
    return total.mean()


# Structure


def structural_similarity(p, t, beta, c):
    i = torch.arange(-1, 2, dtype=p.dtype)
    g = torch.exp(-(i**2) / (2 * 1.5**2))
    kernel = (g[:, None] * g / g.sum() ** 2)[None, None]
    mean = lambda a: F.conv2d(a, kernel, padding=1)

    def normalized(a):
        centred = a - mean(a)
        return (centred + c) / ((mean(centred**2) + 1e-6).sqrt() + c)

    apart = (normalized(t) - normalized(p)).abs()
    hard = (apart > beta * apart.max()).detach()
    entropy = F.binary_cross_entropy(p, t, reduction="none")
    return (hard * apart * entropy).sum() / hard.sum()


def region_mutual_information(x, t, radius):
    near = lambda a: F.unfold(a.flatten(0, 1)[:, None], radius).unflatten(0, a.shape[:2])
    centred = lambda a: a - a.mean(3, keepdim=True)
    known, wanted = centred(near(x.sigmoid())), centred(near(t))
    count, diagonal = known.shape[3], 5e-4 * torch.eye(radius**2, dtype=x.dtype)
    cross = wanted @ known.mT / count
    left = wanted @ wanted.mT / count + diagonal
    left = left - cross @ torch.linalg.solve(known @ known.mT / count + diagonal, cross.mT)
    return torch.logdet(left).mean() / 2 / radius**2


def topology(p, critical):
    position, wanted, weight = critical
    return ((p.flatten()[position.long()] - wanted) ** 2 * weight).sum()


def skeleton_recall(x, t, skeleton):
    p = x.sigmoid()
    dice = (2 * (p * t).sum((2, 3)) + 1) / ((p + t).sum((2, 3)) + 1)
    found = ((p * skeleton).sum((2, 3)) + 1) / (skeleton.sum((2, 3)) + 1)
    return (1 - dice).mean() + (1 - found).mean()


# Groups


def blob(x, ids, instances):
    p, total, count = x.sigmoid(), 0, 0
    for k in range(1, instances + 1):
        mine = (ids == k).to(x.dtype)
        seen = p * ((ids == 0) | (ids == k))
        both = seen.sum(ALL_BUT_BATCH) + mine.sum(ALL_BUT_BATCH) + 1e-6
        dice = 2 * (seen * mine).sum(ALL_BUT_BATCH) / both
        present = mine.amax(ALL_BUT_BATCH)
        total, count = total + ((1 - dice) * present).sum(), count + present.sum()
    return total / count


def contrastive(z, labels, temperature):
    unit = F.normalize(z.movedim(1, -1).flatten(0, -2), dim=1)
    me = torch.eye(len(unit), dtype=torch.bool)
    label = labels.reshape(-1, 1)
    alike = (label == label.T) & ~me
    similar = unit @ unit.T / temperature
    log_share = similar - similar.masked_fill(me, -torch.inf).logsumexp(1, keepdim=True)
    return -((alike * log_share).sum(1) / alike.sum(1).clamp(min=1)).mean()


# Classes in an order


def sinkhorn(x, t, epsilon, iterations):
    i = torch.arange(x.shape[1], dtype=x.dtype)
    cost = (i[:, None] - i).abs()
    log_a, log_b = x.softmax(1).mean((2, 3)).log(), (t.mean((2, 3)) + 1e-6).log()
    f, g = torch.zeros_like(log_a), torch.zeros_like(log_b)
    for _ in range(iterations):
        f = epsilon * (log_a - ((g[:, None] - cost) / epsilon).logsumexp(2))
        g = epsilon * (log_b - ((f[:, :, None] - cost) / epsilon).logsumexp(1))
    plan = ((f[:, :, None] + g[:, None] - cost) / epsilon).exp()
    return (plan * cost).sum((1, 2)).mean()


def kappa(x, labels):
    c = x.shape[1]
    p, y = x.softmax(1).movedim(1, -1).flatten(0, 2), F.one_hot(labels.long().flatten(), c)
    i = torch.arange(c, dtype=x.dtype)
    weight = ((i[:, None] - i) / (c - 1)) ** 2
    y = y.to(x.dtype)
    observed, chance = y.T @ p, torch.outer(y.sum(0), p.sum(0)) / len(p)
    return (weight * observed).sum() / (weight * chance).sum()
