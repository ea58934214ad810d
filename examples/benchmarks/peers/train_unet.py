"""Trains the small U-Net on membrane images in PyTorch: the baseline of the same job in Java.

    pip install -r requirements.txt
    python train_unet.py --images DIR --masks DIR --invert-masks --steps 400 --seed 0

Versions: python 3.11, torch 2.15.0, numpy, pillow.

Images and masks pair by file name. The last fifth by name is for validation, the rest for training:
random 128x128 crops without augmentation, batches of 8, Adam at 3e-3, Dice plus BCE with logits. The
Dice printed at the end is pooled over all pixels of the whole validation images, at logit >= 0.
`--normalise` says how grey values 0..255 become the input: `centred` 4 (x/255 - 1/2) is the default,
`raw` x/255, `standard` per image (x - mean) / deviation. Prints one JSON line; progress on stderr.
"""

import argparse
import json
import re
import sys
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from unet import UNet, bce_dice

BATCH, CROP = 8, 128

NORMALISE = {
    "centred": lambda x: 4 * (x / 255 - 0.5),
    "raw": lambda x: x / 255,
    "standard": lambda x: (x - x.mean()) / x.std(),
}


def natural(path):
    """2.png before 10.png."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path.name)]


def load(given):
    """All images and masks as float32 [count, 1, height, width], in the order asked for."""
    key = natural if given.order == "natural" else lambda path: path.name
    names = sorted(Path(given.images).glob("*.png"), key=key)
    grey = lambda path: np.asarray(Image.open(path).convert("L"), dtype=np.float32)
    images = np.stack([NORMALISE[given.normalise](grey(path)) for path in names])
    masks = np.stack([grey(Path(given.masks) / path.name) / 255 for path in names])
    if given.invert_masks:
        masks = 1 - masks
    return images[:, None], (masks > 0.5).astype(np.float32)[:, None]


def crops(images, masks, random):
    """One batch of random crops."""
    height, width = images.shape[2:]
    picked = []
    for _ in range(BATCH):
        i = random.integers(len(images))
        y, x = random.integers(height - CROP + 1), random.integers(width - CROP + 1)
        window = np.s_[i, :, y:y + CROP, x:x + CROP]
        picked.append((images[window], masks[window]))
    return tuple(torch.from_numpy(np.stack(part)) for part in zip(*picked))


def train(images, masks, given):
    """The trained network and the seconds of each step."""
    torch.manual_seed(given.seed)
    random = np.random.default_rng(given.seed)
    network = UNet()
    if given.channels_last:
        network = network.to(memory_format=torch.channels_last)
    adam = torch.optim.Adam(network.parameters(), lr=3e-3)
    seconds = []
    for step in range(given.steps):
        x, t = crops(images, masks, random)
        if given.channels_last:
            x = x.to(memory_format=torch.channels_last)
        start = time.perf_counter()
        adam.zero_grad()
        loss = bce_dice(network(x), t)
        loss.backward()
        adam.step()
        seconds.append(time.perf_counter() - start)
        if step % 50 == 0:
            print(f"step {step}: loss {loss.item():.4f}", file=sys.stderr)
    return network, seconds


@torch.no_grad()
def pooled_dice(network, images, masks):
    hit = found = there = 0.0
    for image, mask in zip(images, masks):
        answer = (network(torch.from_numpy(image)[None]) >= 0).double()
        truth = torch.from_numpy(mask)[None].double()
        hit += (answer * truth).sum().item()
        found += answer.sum().item()
        there += truth.sum().item()
    return 2 * hit / (found + there)


def arguments():
    parser = argparse.ArgumentParser(description="Trains the small U-Net on membrane images.")
    parser.add_argument("--images", required=True)
    parser.add_argument("--masks", required=True)
    parser.add_argument("--invert-masks", action="store_true", help="dark is foreground")
    parser.add_argument("--order", choices=("natural", "lexicographic"), default="natural")
    parser.add_argument("--normalise", choices=list(NORMALISE), default="centred")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--channels-last", action="store_true")
    return parser.parse_args()


def main():
    given = arguments()
    torch.set_num_threads(given.threads)
    images, masks = load(given)
    split = len(images) - len(images) // 5
    start = time.perf_counter()
    network, seconds = train(images[:split], masks[:split], given)
    total = time.perf_counter() - start
    score = pooled_dice(network, images[split:], masks[split:])
    print(json.dumps({
        "seed": given.seed, "order": given.order, "normalise": given.normalise, "steps": given.steps,
        "threads": given.threads, "dice": round(score, 4), "ms_per_step": round(1e3 * float(np.median(seconds)), 2),
        "seconds": round(total, 1)}))


if __name__ == "__main__":
    main()
