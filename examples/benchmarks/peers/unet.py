"""The small U-Net and the losses that the peer scripts share. Versions: python 3.11, torch 2.15.0."""

import torch
import torch.nn.functional as F
from torch import nn


def block(inputs, outputs):
    """Two 3x3 convolutions with bias, zero padding and ReLU."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(inplace=True),
        nn.Conv2d(outputs, outputs, 3, padding=1), nn.ReLU(inplace=True))


class UNet(nn.Module):
    """8-16-32 channels, two levels down, one logit a pixel; sides must be multiples of 4."""

    def __init__(self, first=8):
        super().__init__()
        self.encoder1 = block(1, first)
        self.encoder2 = block(first, 2 * first)
        self.bottleneck = block(2 * first, 4 * first)
        self.decoder2 = block(6 * first, 2 * first)
        self.decoder1 = block(3 * first, first)
        self.head = nn.Conv2d(first, 1, 1)

    def forward(self, x):
        skip1 = self.encoder1(x)
        skip2 = self.encoder2(F.max_pool2d(skip1, 2))
        low = self.bottleneck(F.max_pool2d(skip2, 2))
        up2 = self.decoder2(torch.cat([doubled(low), skip2], 1))
        up1 = self.decoder1(torch.cat([doubled(up2), skip1], 1))
        return self.head(up1)


def doubled(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


def dice(p, t, smooth=1e-5):
    """Soft Dice of probabilities, one ratio per sample and channel, then the mean."""
    p, t = p.flatten(2), t.flatten(2)
    hit = (p * t).sum(2)
    return 1 - ((2 * hit + smooth) / (p.sum(2) + t.sum(2) + smooth)).mean()


def bce_dice(x, t):
    return F.binary_cross_entropy_with_logits(x, t) + dice(torch.sigmoid(x), t)
