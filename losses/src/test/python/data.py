"""Inputs of the cases: small tensors whose numbers are exact both as float32 and as short decimals.

Every number is a multiple of a power of two (1/64 for logits, 1/128 for probabilities), so what the
file says, what Java reads as float and what the formulas use as float64 is the same number.
"""

import zlib

import torch


class Data:
    """A source of tensors that depends on the name of its case only."""

    def __init__(self, name):
        self.random = torch.Generator().manual_seed(zlib.crc32(name.encode()))

    def _normal(self, shape):
        return torch.randn(shape, generator=self.random, dtype=torch.float64)

    def _whole(self, low, high, shape):
        return torch.randint(low, high, shape, generator=self.random).double()

    def logits(self, *shape, scale=2.5):
        return torch.round(self._normal(shape) * scale * 64) / 64

    def probabilities(self, *shape):
        return self._whole(1, 128, shape) / 128

    def probabilities_over_classes(self, *shape):
        """Rows of 128ths along axis 1 that sum to exactly 1."""
        raw = torch.softmax(self._normal(shape) * 1.5, 1)
        units = torch.floor(raw * 128)
        units.scatter_add_(1, raw.argmax(1, keepdim=True), 128 - units.sum(1, keepdim=True))
        return units / 128

    def log_probabilities(self, *shape):
        return torch.round(torch.log_softmax(self._normal(shape) * 2, 1) * 256) / 256

    def binary(self, *shape, share=0.4):
        return (torch.rand(shape, generator=self.random) < share).double()

    def labels(self, classes, *shape):
        return self._whole(0, classes, shape)

    def one_hot(self, classes, n, *spatial):
        return torch.nn.functional.one_hot(self.labels(classes, n, *spatial).long(), classes).movedim(-1, 1).double()

    def spoil(self, target, value, share=0.3):
        """Some entries replaced by value, such as an ignored label."""
        return torch.where(self.binary(*target.shape, share=share) > 0, float(value), target)

    def spoil_pixels(self, target, value, share=0.3):
        """One channel of some pixels replaced by value."""
        hit = self.binary(target.shape[0], 1, *target.shape[2:], share=share) > 0
        first = torch.arange(target.shape[1]).reshape(1, -1, *[1] * (target.dim() - 2)) == 1
        return torch.where(hit & first, float(value), target)

    def weights(self, *shape):
        """Pixel weights: quarters from 0 to 2."""
        return self._whole(0, 9, shape) / 4

    def positive_weights(self, *shape):
        return self._whole(1, 9, shape) / 4

    def boxes(self, n):
        """Pairs of boxes that overlap more or less; the last pair is apart."""
        corner, size = self._whole(0, 256, (n, 2)) / 64, self._whole(64, 320, (n, 2)) / 64
        shift, grow = self._whole(-37, 37, (n, 2)) / 64, self._whole(-29, 61, (n, 2)) / 64
        first = torch.cat([corner, corner + size], 1)
        second = torch.cat([corner + shift, corner + shift + size + grow], 1)
        second[-1] += 16
        return first, second
