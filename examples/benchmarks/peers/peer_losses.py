"""The peers' losses for each work of the catalogue's benchmark: work -> peer -> shape -> loss(x, target).

`torch` and `torchvision` are their own functions, `monai` (1.6.1) and `smp` (segmentation_models_pytorch 0.6.0) their loss
classes, `by hand` is plain PyTorch where nobody has the loss.
"""

import monai.losses as M
import segmentation_models_pytorch.losses as S
import torch
import torch.nn.functional as F
import torchvision.ops as V

from bench_peers import context_attention, mean_dice

TVERSKY = dict(alpha=0.3, beta=0.7)


def plain(function):
    """A loss that is the same for each shape."""
    return lambda shape: function


def per_class(shape):
    return 1 + 0.25 * torch.arange(shape[1], dtype=torch.float32)


def monai(kind, softmax=False, **options):
    """A MONAI loss from logits, class indices taken as it wants them."""
    def build(shape):
        activation = {"softmax": True, "to_onehot_y": True} if softmax else {"sigmoid": True}
        loss = kind(**activation, **options)
        return (lambda x, t: loss(x, t[:, None])) if softmax else loss
    return build


def smp(kind, mode, **options):
    return lambda shape: kind(mode, **options)


def smp_binary(kind, **options):
    return smp(kind, "binary", **options)


def smp_classes(kind, **options):
    return smp(kind, "multiclass", **options)


def both(kind_monai, kind_smp, softmax, monai_options=None, **smp_options):
    mode = "multiclass" if softmax else "binary"
    return {"monai": monai(kind_monai, softmax, **(monai_options or {})),
            "smp": smp(kind_smp, mode, **smp_options)}


# --- by hand ---


def dice_of(p, t):
    return mean_dice((p * t).flatten(2).sum(2), p.flatten(2).sum(2), t.flatten(2).sum(2))


def log_cosh_dice(softmax):
    def build(shape):
        loss = monai(M.DiceLoss, softmax)(shape)
        return lambda x, t: torch.log(torch.cosh(loss(x, t)))
    return build


def multi_scale_dice(x, t):
    p, total = torch.sigmoid(x), 0.0
    for scale in (1, 2, 4):
        coarse = (p, t) if scale == 1 else (F.avg_pool2d(p, scale), F.avg_pool2d(t, scale))
        total = total + dice_of(*coarse) / 3
    return total


def one_dimensional_windows(x, t):
    """Context attention with two windows of one axis each, which its authors do not use."""
    mean = F.avg_pool2d(F.avg_pool2d(t, (31, 1), 1, (15, 0)), (1, 31), 1, (0, 15))
    w = 1 + 5 * (mean - t).abs()
    entropy = (w * F.binary_cross_entropy_with_logits(x, t, reduction="none")).sum((2, 3)) / w.sum((2, 3))
    p = torch.sigmoid(x)
    hit, union = (p * t * w).sum((2, 3)), ((p + t) * w).sum((2, 3))
    return (entropy + 1 - (hit + 1) / (union - hit + 1)).mean()


def sensitivity_specificity(x, t):
    p = torch.sigmoid(x)
    error = (t - p) ** 2
    hit = ((error * t).flatten(2).sum(2) + 1e-5) / (t.flatten(2).sum(2) + 1e-5)
    rest = ((error * (1 - t)).flatten(2).sum(2) + 1e-5) / ((1 - t).flatten(2).sum(2) + 1e-5)
    return (0.5 * hit + 0.5 * rest).mean()


def hardest(values):
    k = max(1, int(0.1 * values.numel()))
    return values.flatten().topk(k, sorted=False).values.mean()


def top_k_bce(x, t):
    return hardest(F.binary_cross_entropy_with_logits(x, t, reduction="none"))


def top_k_ce(x, y):
    return hardest(F.cross_entropy(x, y, reduction="none"))


def poly_cross_entropy(x, y):
    nll = F.cross_entropy(x, y, reduction="none")
    return (nll + 1 - torch.exp(-nll)).mean()


def generalized_cross_entropy(x, y):
    p = torch.softmax(x, 1).gather(1, y[:, None])
    return ((1 - p ** 0.7) / 0.7).mean()


def weighted_cross_entropy(shape):
    weight = per_class(shape)
    return lambda x, y: F.cross_entropy(x, y, weight=weight, label_smoothing=0.1, ignore_index=255)


def focal_softmax(shape):
    loss = M.FocalLoss(to_onehot_y=True, use_softmax=True)
    return lambda x, y: loss(x, y[:, None])


def wasserstein_dice(shape):
    loss = M.GeneralizedWassersteinDiceLoss(1 - torch.eye(shape[1]).numpy())
    return loss


def unified_focal(x, t):
    return UNIFIED(torch.sigmoid(x), t)


UNIFIED = M.AsymmetricUnifiedFocalLoss(delta=0.6)


def hausdorff(kind):
    return lambda shape: kind(sigmoid=True, include_background=True)


def matched_iou(x, t):
    """Overlap of each box with its own partner; torchvision's pairs all with all."""
    low, high = torch.maximum(x[:, :2], t[:, :2]), torch.minimum(x[:, 2:], t[:, 2:])
    shared = (high - low).clamp(min=0).prod(1)
    area = lambda b: (b[:, 2:] - b[:, :2]).prod(1)
    return (1 - shared / (area(x) + area(t) - shared + 1e-7)).mean()


def boxes(function):
    return lambda shape: lambda x, t: function(x, t, reduction="mean")


PEERS = {
    "bce": {"torch": plain(F.binary_cross_entropy)},
    "bce-with-logits": {"torch": plain(F.binary_cross_entropy_with_logits),
                        "smp": lambda shape: S.SoftBCEWithLogitsLoss()},
    "mse": {"torch": plain(F.mse_loss)},
    "mae": {"torch": plain(F.l1_loss)},
    "huber": {"torch": plain(F.huber_loss)},
    "smooth-l1": {"torch": plain(F.smooth_l1_loss)},
    "focal-sigmoid": {
        "torchvision": lambda shape: lambda x, t: V.sigmoid_focal_loss(x, t, reduction="mean"),
        "monai": lambda shape: M.FocalLoss(alpha=0.25), "smp": smp_binary(S.FocalLoss, alpha=0.25)},
    "dice-sigmoid": {**both(M.DiceLoss, S.DiceLoss, False),
                     "by hand": plain(lambda x, t: dice_of(torch.sigmoid(x), t))},
    "dice-squared-sigmoid": {"monai": monai(M.DiceLoss, squared_pred=True)},
    "iou-sigmoid": both(M.DiceLoss, S.JaccardLoss, False, {"jaccard": True}),
    "tversky-sigmoid": both(M.TverskyLoss, S.TverskyLoss, False, TVERSKY, **TVERSKY),
    "focal-tversky-sigmoid": {"smp": smp_binary(S.TverskyLoss, gamma=0.75, **TVERSKY)},
    "generalized-dice-sigmoid": {"monai": monai(M.GeneralizedDiceLoss)},
    "log-cosh-dice-sigmoid": {"monai": log_cosh_dice(False)},
    "sensitivity-specificity-sigmoid": {"by hand": plain(sensitivity_specificity)},
    "mcc-sigmoid": {"monai": monai(M.MCCLoss),
                    "smp": lambda shape: lambda x, t: SMP_MCC(torch.sigmoid(x), t)},
    "lovasz-hinge": {"smp": smp_binary(S.LovaszLoss)},
    "lovasz-hinge-per-image": {"smp": smp_binary(S.LovaszLoss, per_image=True)},
    "dice-bce": {"monai": monai(M.DiceCELoss),
                 "smp": lambda shape: lambda x, t: SMP_DICE(x, t) + F.binary_cross_entropy_with_logits(x, t)},
    "dice-focal-sigmoid": {"monai": monai(M.DiceFocalLoss)},
    "unified-focal": {"monai": plain(unified_focal)},
    "context-attention": {"by hand, as its authors": plain(context_attention),
                          "by hand, two 1-D windows": plain(one_dimensional_windows)},
    "multi-scale-dice": {"by hand": plain(multi_scale_dice)},
    "top-k-bce": {"by hand": plain(top_k_bce)},
    "cross-entropy": {"torch": plain(F.cross_entropy), "smp": lambda shape: S.SoftCrossEntropyLoss(smooth_factor=0.0)},
    "cross-entropy-weights-smoothing": {"torch": weighted_cross_entropy},
    "nll": {"torch": plain(F.nll_loss)},
    "focal-softmax": {"monai": focal_softmax},
    "poly-cross-entropy": {"by hand": plain(poly_cross_entropy)},
    "generalized-cross-entropy": {"by hand": plain(generalized_cross_entropy)},
    "dice-softmax": both(M.DiceLoss, S.DiceLoss, True),
    "dice-squared-softmax": {"monai": monai(M.DiceLoss, True, squared_pred=True)},
    "iou-softmax": both(M.DiceLoss, S.JaccardLoss, True, {"jaccard": True}),
    "tversky-softmax": both(M.TverskyLoss, S.TverskyLoss, True, TVERSKY, **TVERSKY),
    "focal-tversky-softmax": {"smp": smp_classes(S.TverskyLoss, gamma=0.75, **TVERSKY)},
    "generalized-dice-softmax": {"monai": monai(M.GeneralizedDiceLoss, True)},
    "log-cosh-dice-softmax": {"monai": log_cosh_dice(True)},
    "mcc-softmax": {"monai": monai(M.MCCLoss, True)},
    "wasserstein-dice": {"monai": wasserstein_dice},
    "lovasz-softmax": {"smp": lambda shape: lambda x, y: SMP_LOVASZ(torch.softmax(x, 1), y)},
    "sum": {"monai": monai(M.DiceCELoss, True, lambda_ce=0.5)},
    "dice-ce": {"monai": monai(M.DiceCELoss, True),
                "smp": lambda shape: lambda x, y: SMP_DICES(x, y) + F.cross_entropy(x, y)},
    "dice-focal-softmax": {"monai": monai(M.DiceFocalLoss, True)},
    "top-k-ce": {"by hand": plain(top_k_ce)},
    "boundary": {"monai": monai(M.BoundaryLoss)},
    "hausdorff-dt": {"monai": hausdorff(M.HausdorffDTLoss)},
    "log-hausdorff-dt": {"monai": hausdorff(M.LogHausdorffDTLoss)},
    "cl-dice": {"monai": monai(M.SoftclDiceLoss)},
    "dice-cl-dice": {"monai": monai(M.SoftDiceclDiceLoss)},
    "ssim": {"monai": lambda shape: M.SSIMLoss(spatial_dims=2)},
    "box-iou": {"by hand": plain(matched_iou)},
    "giou": {"torchvision": boxes(V.generalized_box_iou_loss)},
    "diou": {"torchvision": boxes(V.distance_box_iou_loss)},
    "ciou": {"torchvision": boxes(V.complete_box_iou_loss)},
}

SMP_MCC = S.MCCLoss()
SMP_DICE = S.DiceLoss("binary")
SMP_DICES = S.DiceLoss("multiclass")
SMP_LOVASZ = S.LovaszLoss("multiclass", from_logits=False)
