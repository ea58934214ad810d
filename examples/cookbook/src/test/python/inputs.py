"""Inputs that Java and Python make by themselves, so that no file need hold them.

Element i of a tensor comes from the whole number bits(i, seed) of 22 bits; for one seed all of them
differ. What is made of it is exact in float64 and then rounded to float32 once: both sides have
equal bits. The Java twin is `MadeInput`.
"""

import numpy as np
import torch

BITS = 22
MASK = (1 << BITS) - 1


def bits(i, seed):
    """Mixes whole numbers below 2^22: one to one, for each seed."""
    k = (np.asarray(i, dtype=np.int64) + seed * 7919) & MASK
    k = (k * 0x2545F5) & MASK
    k ^= k >> 11
    k = (k * 0x1B8735) & MASK
    return k ^ (k >> 11)


def whole(i, seed, count):
    """A whole number from 0 to count − 1."""
    return (bits(i, seed) * count) >> BITS


def numbers(shape, seed, low, high):
    """Numbers within low..high, all different: logits, probabilities, features."""
    unit = (bits(np.arange(np.prod(shape)), seed) + 0.5) / (1 << BITS)
    return (low + (high - low) * unit).astype(np.float32).reshape(shape)


def patches(shape, seed, size, count):
    """Squares of one whole number 0 to count − 1 each, in planes over the last two axes."""
    *leading, h, w = shape
    down, across = -(-h // size), -(-w // size)
    plane = np.arange(int(np.prod(leading))).reshape(*leading, 1, 1)
    y, x = np.arange(h)[:, None] // size, np.arange(w) // size
    return whole((plane * down + y) * across + x, seed, count).astype(np.float32)


def classes(shape, seed, size):
    """The patches of [N, H, W] as ones and zeros [N, C, H, W]."""
    n, c, h, w = shape
    labels = patches((n, h, w), seed, size, c)
    return (labels[:, None] == np.arange(c).reshape(1, c, 1, 1)).astype(np.float32)


def critical(shape, seed, of):
    """[3, K]: positions within `of` elements, wanted numbers 0 or 1, weights within ¼..2."""
    k = np.arange(shape[1])
    weights = numbers((shape[1],), seed + 2, 0.25, 2)
    return np.stack([whole(k, seed, of), whole(k, seed + 1, 2), weights]).astype(np.float32)


def made(spec):
    """Makes an input of its description, in float64."""
    options = {key: value for key, value in spec.items() if key != "kind"}
    array = {"numbers": numbers, "patches": patches, "classes": classes, "critical": critical}
    return torch.from_numpy(array[spec["kind"]](**options)).double()
