"""Which losses, with which options, on which inputs.

Four sizes: small (no two axes of it are equal), middle (what the reference engine, which is slow,
does in a moment), many (classes, for what folds over them) and real.
"""

SIZES = {
    "small": (2, 3, 12, 10, 3),
    "middle": (2, 4, 40, 32, 8),
    "many": (2, 12, 24, 32, 2),
    "real": (4, 4, 128, 128, 16),
}


def numbers(shape, seed, low=-4.0, high=4.0):
    return {"kind": "numbers", "shape": shape, "seed": seed, "low": low, "high": high}


def probabilities(shape, seed):
    return numbers(shape, seed, 0.0625, 0.9375)


def patches(shape, seed, size, count=2):
    return {"kind": "patches", "shape": shape, "seed": seed, "size": size, "count": count}


# Programs that grow with a number are short at the small size: OpenCL compiles them for seconds.


def cases():
    for size, (n, c, h, w, patch) in SIZES.items():
        full, single, labelled = [n, c, h, w], [n, 1, h, w], [n, h, w]
        labels = patches(labelled, 2, patch, c)
        logits, probable = numbers(full, 1), probabilities(full, 1)
        mask = patches(full, 2, patch)
        one_channel = [probabilities(single, 1), patches(single, 2, patch)]

        def case(loss, inputs, **options):
            return {"loss": loss, "size": size, "options": options, "inputs": inputs}

        yield case("tversky_kahneman", [probable, mask], gamma=0.65)
        yield case("recall", [logits, labels])
        yield case("margin_smoothing", [logits, labels], margin=1, alpha=0.1)
        yield case("neighbour_calibration", [logits, labels], alpha=0.1)
        yield case("jensen_shannon", [logits, numbers(full, 2)])
        yield case("focal_dice", [logits, labels], beta=2)
        yield case("dice_plus_plus", [probable, mask], gamma=2)
        yield case("log_dice", [probable, mask], gamma=0.3)
        yield case("soft_iou", [logits, mask], log_temperature=0.5)
        yield case("asymmetric", [probable, mask], beta=1.5)
        yield case("jaccard_metric", [probable, probabilities(full, 2)])
        yield case("sorted_f1", [probable, mask], temperature=0.1)
        yield case("combo", [probable, mask], alpha=0.5, beta=0.4, smooth=1)
        weights = ([0.5, 1.0, 2.0, 1.5] * c)[:c]
        powers = {"dice": 0.8, "cross": 0.2, "gamma": 0.3, "class_weights": weights}
        yield case("exp_log", [logits, labels], **powers)
        yield case("active_contour", [probable, mask], lam=1.5)
        yield case("total_variation", [probable, mask])
        yield case("generalized_surface", [logits, labels])
        # Noise for a target: covariances of what is smooth are nearly singular.
        radius = 2 if size == "small" else 3
        yield case("region_mutual_information", [logits, patches(full, 2, 1)], radius=radius)
        critical = {"kind": "critical", "shape": [3, 5 * h], "seed": 2, "of": n * c * h * w}
        yield case("topology", [probable, critical])
        yield case("skeleton_recall", [logits, mask, patches(full, 3, 1, 2)])
        shares = {"kind": "classes", "shape": full, "seed": 2, "size": patch}
        iterations = {"small": 3, "real": 50}.get(size, 20)
        yield case("sinkhorn", [logits, shares], epsilon=0.5, iterations=iterations)
        yield case("kappa", [logits, labels])
        if size == "many":
            continue  # one channel, or another number of them
        yield case("sobel_edge", one_channel)
        yield case("hausdorff_erosion", one_channel, alpha=2, erosions=5)
        yield case("structural_similarity", one_channel, beta=0.1, c=0.01)
        instances = 2 * c
        yield case("blob", [numbers(single, 1), patches(single, 2, patch, instances + 1)],
                   instances=instances)
        # All pixels are compared with all, so there are fewer of them.
        few = {"small": (2, 5, 6, 5), "middle": (2, 8, 12, 10), "real": (2, 16, 32, 32)}[size]
        yield case("contrastive", [numbers(few, 1, -1.0, 1.0),
                                   patches([few[0], *few[2:]], 2, 2, c)], temperature=0.1)


CASES = list(cases())
