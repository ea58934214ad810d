"""Further peers: what MONAI, smp and torch say of sorted and of region losses; see `peers.py`."""

import segmentation_models_pytorch as smp
import torch
import torch.nn.functional as F
from monai.losses import AsymmetricUnifiedFocalLoss, DeepSupervisionLoss, DiceLoss, GeneralizedWassersteinDiceLoss
from monai.losses.mcc_loss import MCCLoss

from peers import MONAI, SMP, TORCH, flat_none, holds_indices, labels, monai_target, reduction, smp_mode, smp_target
from peers import source


@source(SMP, single=True)
def lovasz(o, x, t, m):
    """It mixes its own float32 with what it is given."""
    x, t = x.float(), t.float()
    return smp.losses.LovaszLoss(smp_mode(x, t), per_image=o.get("perImage", False),
                                 ignore_index=o.get("ignoreIndex"))(x, smp_target(x, t))


@source(SMP + ", channel by channel", single=True)
def lovasz_channels(o, x, t, m):
    return torch.stack([lovasz(o, x[:, c:c + 1], t[:, c:c + 1], m) for c in range(x.shape[1])]).mean()


@source(TORCH)
def top_k_cross_entropy(o, x, t, m):
    options = {**o["loss"].get("options", {}), **o}
    ignored = options.get("ignoreIndex", -100)
    target = labels(x, t)
    values = F.cross_entropy(x, target, ignore_index=ignored, reduction="none",
                             label_smoothing=options.get("labelSmoothing", 0.0))[target != ignored]
    return torch.topk(values, max(1, int(o.get("fraction", 0.1) * values.numel() + 1e-6))).values.mean()


@source(MONAI)
def unified_focal(o, x, t, m):
    p = torch.sigmoid(x) if x.shape[1] == 1 else torch.softmax(x, 1)
    target = t.reshape(x.shape) if x.shape[1] == 1 or not holds_indices(x, t) else one_hot(x, t)
    loss = AsymmetricUnifiedFocalLoss(
        weight=o.get("weight", 0.5), gamma=o.get("gamma", 0.5), delta=o.get("delta", 0.6))
    return loss(p, target)


def one_hot(x, t):
    return F.one_hot(labels(x, t), x.shape[1]).movedim(-1, 1).to(x.dtype)


@source(MONAI)
def wasserstein_dice(o, x, t, m):
    both, classes = o.get("smooth", 1e-5), x.shape[1]
    distances = torch.as_tensor(o.get("distances", 1 - torch.eye(classes)), dtype=x.dtype)
    mode = {"gdl": "GDL", "default": "default"}[o.get("weighting", "default")]
    loss = GeneralizedWassersteinDiceLoss(
        distances, weighting_mode=mode, reduction=reduction(o),
        smooth_nr=o.get("smoothNumerator", both), smooth_dr=o.get("smoothDenominator", both))
    return loss(x, t)


@source(MONAI)
def mcc(o, x, t, m):
    return flat_none(o, MCCLoss(
        include_background=o.get("includeBackground", True), to_onehot_y=holds_indices(x, t),
        sigmoid=o.get("activation") == "sigmoid", softmax=o.get("activation") == "softmax", reduction=reduction(o),
        smooth_nr=o.get("smoothNumerator", o.get("smooth", 0)),
        smooth_dr=o.get("smoothDenominator", o.get("smooth", 1e-5)),
        batch=o.get("aggregate") == "batch")(x, monai_target(x, t)))


@source(SMP)
def mcc_smp(o, x, t, m):
    return smp.losses.MCCLoss(eps=o.get("smoothDenominator", 1e-5))(x, t)


@source(MONAI, single=True)
def deep_dice(o, predictions, t, m):
    options = o["loss"]["options"]
    loss = DiceLoss(sigmoid=options["activation"] == "sigmoid", softmax=options["activation"] == "softmax",
                    to_onehot_y=holds_indices(predictions[0], t), smooth_nr=options.get("smooth", 1e-5),
                    smooth_dr=options.get("smooth", 1e-5))
    rule = o.get("weights", "exp")
    given = dict(weights=rule) if isinstance(rule, list) else dict(weight_mode=rule)
    value = DeepSupervisionLoss(loss, **given)(list(predictions), t)
    return value
