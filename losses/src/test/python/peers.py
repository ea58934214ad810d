"""The peers, asked for the same loss: adapters from the catalogue's options to their arguments.

Each function takes `(options, prediction, target, mask)` like the formulas and returns the peer's
tensor. An adapter that has to finish the peer's work by hand says so in its name's source line.
"""

import warnings
from unittest import mock

import monai
import segmentation_models_pytorch as smp
import torch
import torch.nn.functional as F
import torchvision
from monai.losses import (
    BoundaryLoss, DiceCELoss, DiceLoss, FocalLoss, HausdorffDTLoss, LogHausdorffDTLoss, SoftclDiceLoss,
    SoftDiceclDiceLoss, SSIMLoss)

from formulas import activate, holds_indices, per_class
from formulas_structure import pool

warnings.filterwarnings("ignore", category=UserWarning)

TORCH = f"torch {torch.__version__.split('+')[0]}"
TORCHVISION = f"torchvision {torchvision.__version__.split('+')[0]}"
MONAI = f"monai {monai.__version__}"
SMP = f"smp {smp.__version__}"


def source(text, single=False):
    """Marks a peer with the words that go into a case's source; single: it computes in float32."""
    def mark(function):
        function.source, function.single = text, single
        return function
    return mark


def reduction(o):
    return o.get("reduction", "mean")


def labels(x, t):
    return t.reshape(x.shape[0], *x.shape[2:]).long()


# --- torch ---


@source(TORCH)
def bce(o, x, t, m):
    return F.binary_cross_entropy(x, t.reshape(x.shape), weight=m, reduction=reduction(o))


@source(TORCH)
def bce_with_logits(o, x, t, m):
    weight = per_class(o["posWeight"], x).reshape(-1, *[1] * (x.dim() - 2)) if "posWeight" in o else None
    return F.binary_cross_entropy_with_logits(
        x, t.reshape(x.shape), weight=m, pos_weight=weight, reduction=reduction(o))


@source(TORCH + ", on the valid elements alone")
def bce_with_logits_valid(o, x, t, m):
    t = t.reshape(x.shape)
    valid = (t != o["ignoreIndex"]).all(1, keepdim=True).expand_as(x)
    return F.binary_cross_entropy_with_logits(x[valid], t[valid], reduction=reduction(o))


@source(TORCH)
def cross_entropy(o, x, t, m):
    return F.cross_entropy(
        x, labels(x, t) if holds_indices(x, t) else t, weight=class_weights(o, x),
        ignore_index=o.get("ignoreIndex", -100), reduction=reduction(o),
        label_smoothing=o.get("labelSmoothing", 0.0))


@source(TORCH)
def nll(o, x, t, m):
    return F.nll_loss(x, labels(x, t), weight=class_weights(o, x),
                      ignore_index=o.get("ignoreIndex", -100), reduction=reduction(o))


def class_weights(o, x):
    return torch.tensor(o["classWeights"], dtype=x.dtype) if "classWeights" in o else None


@source(TORCH)
def mae(o, x, t, m):
    return F.l1_loss(x, t.reshape(x.shape), reduction=reduction(o))


@source(TORCH)
def mse(o, x, t, m):
    return F.mse_loss(x, t.reshape(x.shape), reduction=reduction(o))


# --- torchvision ---


@source(TORCHVISION)
def focal_vision(o, x, t, m):
    return torchvision.ops.sigmoid_focal_loss(
        x, t.reshape(x.shape), alpha=o.get("alpha", -1), gamma=o.get("gamma", 2), reduction=reduction(o))


@source(TORCHVISION)
def box_iou(o, x, t, m):
    values = 1 - torchvision.ops.box_iou(x, t).diagonal()
    return {"none": values, "sum": values.sum(), "mean": values.mean()}[reduction(o)]


# --- MONAI ---


def monai_dice_arguments(o, x, t):
    both = o.get("smooth", 1e-5)
    arguments = dict(
        sigmoid=o.get("activation") == "sigmoid", softmax=o.get("activation") == "softmax",
        to_onehot_y=holds_indices(x, t), squared_pred=o.get("squared", False),
        include_background=o.get("includeBackground", True), batch=o.get("aggregate") == "batch",
        smooth_nr=o.get("smoothNumerator", both), smooth_dr=o.get("smoothDenominator", both),
        reduction=reduction(o))
    return arguments


def monai_target(x, t):
    return t.reshape(x.shape[0], 1, *x.shape[2:]) if holds_indices(x, t) else t.reshape(x.shape)


def flat_none(o, value):
    """MONAI keeps axes of length 1 when it reduces nothing."""
    return value.reshape([n for n in value.shape[:2]] if o.get("aggregate") != "batch" else [-1]) \
        if reduction(o) == "none" else value


@source(MONAI)
def dice(o, x, t, m, **more):
    weights = o.get("classWeights")
    if weights is not None and not o.get("includeBackground", True):
        weights = weights[1:]
    loss = DiceLoss(**monai_dice_arguments(o, x, t), weight=weights, soft_label=o.get("softLabels", False),
                    ignore_index=o.get("ignoreIndex"), **more)
    return flat_none(o, loss(x, monai_target(x, t)))


@source(MONAI + ", jaccard with twice the smoothing")
def iou(o, x, t, m):
    both = o.get("smooth", 1e-5)
    doubled = {**o, "smoothNumerator": 2 * o.get("smoothNumerator", both),
               "smoothDenominator": 2 * o.get("smoothDenominator", both)}
    return dice(doubled, x, t, m, jaccard=True)


@source(MONAI)
def dice_ce(o, x, t, m):
    arguments = monai_dice_arguments({"activation": "softmax", **o}, x, t)
    weight = class_weights(o, x)
    return DiceCELoss(**arguments, weight=weight, label_smoothing=o.get("labelSmoothing", 0.0))(x, monai_target(x, t))


@source(MONAI)
def dice_bce(o, x, t, m):
    """With one channel MONAI's Dice + CE is Dice + BCE with logits."""
    return DiceCELoss(**monai_dice_arguments({"activation": "sigmoid", **o}, x, t))(x, monai_target(x, t))


@source(MONAI)
def weighted_dice_ce(o, x, t, m):
    first, second = o["parts"]
    loss = DiceCELoss(**monai_dice_arguments(first["options"], x, t),
                      lambda_dice=first["weight"], lambda_ce=second["weight"])
    return loss(x, monai_target(x, t))


def monai_focal(o, x, t, how, soft):
    return FocalLoss(to_onehot_y=holds_indices(x, t), gamma=o.get("gamma", 2), alpha=o.get("alpha"),
                     reduction=how, use_softmax=soft)(x, monai_target(x, t))


@source(MONAI, single=True)
def focal_monai(o, x, t, m):
    return monai_focal(o, x, t, reduction(o), False)


@source(MONAI + ", its reduction none summed", single=True)
def focal_monai_sum(o, x, t, m):
    return monai_focal(o, x, t, "none", False).sum()


@source(MONAI + ", its reduction none reduced per pixel", single=True)
def focal_softmax(o, x, t, m):
    values = monai_focal(o, x, t, "none", True).sum(1)
    return {"none": values, "sum": values.sum(), "mean": values.mean()}[reduction(o)]


@source(MONAI, single=True)
def focal_softmax_direct(o, x, t, m):
    return monai_focal(o, x, t, reduction(o), True)


def monai_distance_arguments(o, x, t):
    return dict(sigmoid=o.get("activation") == "sigmoid", softmax=o.get("activation") == "softmax",
                to_onehot_y=holds_indices(x, t), include_background=o.get("includeBackground", True),
                reduction=reduction(o))


@source(MONAI, single=True)
def boundary(o, x, t, m):
    return flat_none(o, BoundaryLoss(**monai_distance_arguments(o, x, t))(x, monai_target(x, t)))


@source(MONAI, single=True)
def hausdorff(o, x, t, m):
    loss = HausdorffDTLoss(alpha=o.get("alpha", 2), **monai_distance_arguments(o, x, t))
    return flat_none(o, loss(x, monai_target(x, t)))


@source(MONAI, single=True)
def log_hausdorff(o, x, t, m):
    loss = LogHausdorffDTLoss(alpha=o.get("alpha", 2), **monai_distance_arguments(o, x, t))
    return flat_none(o, loss(x, monai_target(x, t)))


@source(MONAI + " on pooled maps")
def multi_scale(o, x, t, m):
    scales = o.get("scales", [1, 2, 4])
    weights = o.get("weights", [1 / len(scales)] * len(scales))
    inner = {"dice": dice, "iou": iou, "bce": bce, "mse": mse}[o["loss"]["loss"]]
    p, options = activate(o, x), o["loss"].get("options", {})
    maps = lambda s: [v if s == 1 else pool(v, s) for v in (p, t.reshape(x.shape))]
    return sum(w * inner(options, *maps(s), None) for w, s in zip(weights, scales))


def monai_centerline_arguments(o, x, t):
    arguments = monai_dice_arguments(o, x, t)
    for unknown in ("squared_pred", "batch"):
        arguments.pop(unknown)
    both = o.get("smooth", 1.0)
    return {**arguments, "smooth_nr": both, "smooth_dr": both, "iter_": o.get("iterations", 3)}


@source(MONAI)
def cl_dice(o, x, t, m):
    return SoftclDiceLoss(**monai_centerline_arguments(o, x, t))(x, monai_target(x, t))


@source(MONAI)
def dice_cl_dice(o, x, t, m):
    arguments = monai_centerline_arguments(o, x, t)
    return SoftDiceclDiceLoss(**arguments, alpha=o.get("alpha", 0.5))(x, monai_target(x, t))


@source(MONAI + ", given float64, its window in float32", single=True)
def ssim(o, x, t, m):
    loss = SSIMLoss(
        x.dim() - 2, data_range=o.get("dataRange", 1.0), win_size=o.get("windowSize", 11),
        kernel_sigma=o.get("sigma", 1.5), k1=o.get("k1", 0.01), k2=o.get("k2", 0.03), reduction=reduction(o))
    with mock.patch("monai.metrics.regression.convert_data_type", lambda v, **_: (v,)):
        return loss(activate(o, x), t.reshape(x.shape)).reshape([-1] if reduction(o) == "none" else [])


# --- smp ---


def smp_mode(x, t):
    return "multiclass" if holds_indices(x, t) else "binary" if x.shape[1] == 1 else "multilabel"


def smp_arguments(o, x, t):
    return dict(from_logits=o.get("activation", "none") != "none", log_loss=o.get("log", False),
                class_weights=o.get("classWeights"), ignore_index=o.get("ignoreIndex"), eps=1e-7)


def smp_target(x, t):
    return labels(x, t) if holds_indices(x, t) else t


@source(SMP + ", its smooth is half of Dice's")
def dice_smp(o, x, t, m):
    return smp.losses.DiceLoss(smp_mode(x, t), smooth=o["smooth"] / 2, **smp_arguments(o, x, t))(x, smp_target(x, t))


@source(SMP)
def iou_smp(o, x, t, m):
    arguments = {k: v for k, v in smp_arguments(o, x, t).items() if k not in ("class_weights", "ignore_index")}
    return smp.losses.JaccardLoss(smp_mode(x, t), smooth=o["smooth"], **arguments)(x, smp_target(x, t))


@source(SMP)
def focal_smp(o, x, t, m):
    return smp.losses.FocalLoss(
        smp_mode(x, t), alpha=o.get("alpha"), gamma=o.get("gamma", 2), ignore_index=o.get("ignoreIndex"),
        reduction=reduction(o), normalized=o.get("normalized", False),
        reduced_threshold=o.get("reducedThreshold"))(x, smp_target(x, t))


@source(SMP + ", smooth_factor = half of labelSmoothing")
def bce_with_logits_smp(o, x, t, m):
    half = o["labelSmoothing"] / 2 if "labelSmoothing" in o else None
    return smp.losses.SoftBCEWithLogitsLoss(
        ignore_index=o.get("ignoreIndex"), reduction=reduction(o), smooth_factor=half)(x, t.reshape(x.shape))
