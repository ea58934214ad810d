"""What MONAI, smp, torch and torchvision say of the families of `formulas_families.py`; see `peers.py`."""

import segmentation_models_pytorch as smp
import torch
import torch.nn.functional as F
from monai.losses import DiceFocalLoss, GeneralizedDiceLoss, TverskyLoss
from torchvision import ops

from peers import MONAI, SMP, TORCH, TORCHVISION, dice, flat_none, holds_indices, monai_dice_arguments, monai_target
from peers import reduction, smp_mode, smp_target, source


def monai_arguments(o, x, t):
    arguments = monai_dice_arguments(o, x, t)
    arguments.pop("squared_pred")
    return arguments


@source(MONAI)
def tversky(o, x, t, m):
    loss = TverskyLoss(**monai_arguments(o, x, t), alpha=o.get("alpha", 0.5), beta=o.get("beta", 0.5))
    return flat_none(o, loss(x, monai_target(x, t)))


@source(SMP)
def tversky_smp(o, x, t, m):
    """Its power is taken of the mean over classes, so it is ours for one class alone."""
    loss = smp.losses.TverskyLoss(
        smp_mode(x, t), from_logits=o.get("activation", "none") != "none", log_loss=o.get("log", False),
        smooth=o["smooth"], alpha=o.get("alpha", 0.5), beta=o.get("beta", 0.5), gamma=o.get("gamma", 1.0), eps=1e-7)
    return loss(x, smp_target(x, t))


@source(MONAI + ", ln cosh of it")
def log_cosh_dice(o, x, t, m):
    return torch.log(torch.cosh(dice(o, x, t, m)))


@source(MONAI)
def generalized_dice(o, x, t, m):
    loss = GeneralizedDiceLoss(**monai_arguments(o, x, t), w_type=o.get("weightType", "square"))
    return loss(x, monai_target(x, t)).reshape([-1] if reduction(o) == "none" else [])


@source(TORCH)
def huber(o, x, t, m):
    return F.huber_loss(x, t.reshape(x.shape), delta=o.get("delta", 1.0), reduction=reduction(o))


@source(TORCH)
def smooth_l1(o, x, t, m):
    return F.smooth_l1_loss(x, t.reshape(x.shape), beta=o.get("beta", 1.0), reduction=reduction(o))


def box(function):
    @source(TORCHVISION)
    def loss(o, x, t, m):
        return function(x, t, reduction=reduction(o))
    return loss


giou = box(ops.generalized_box_iou_loss)
diou = box(ops.distance_box_iou_loss)
ciou = box(ops.complete_box_iou_loss)


@source(MONAI, single=True)
def dice_focal(o, x, t, m):
    one, other = o.get("weights", [1.0, 1.0])
    loss = DiceFocalLoss(**monai_dice_arguments({"activation": "sigmoid", **o}, x, t), gamma=o.get("gamma", 2.0),
                         alpha=o.get("alpha"), lambda_dice=one, lambda_focal=other)
    return loss(x, monai_target(x, t))
