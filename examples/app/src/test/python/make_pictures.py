"""Makes the small pictures that the tests of the readers read, as other programs write them.

    pip install -r requirements.txt
    python make_pictures.py

They go to ../resources/pictures. What is in each stands in values.txt beside them, a line for each picture: name, page,
width, height, numbers of a pixel, how far a number may be off, and the numbers row by row. refused.txt has the files that
are refused, with words of the reason.
"""

import pathlib
import zlib

import cv2
import numpy as np
import tifffile
from PIL import Image

OUT = pathlib.Path(__file__).parent / "../resources/pictures"
VALUES = []
REFUSED = []


def ramp(height, width, bands=1, step=1, start=0, dtype=np.uint8):
    """Numbers that differ from their neighbours, and rows from columns."""
    grid = np.arange(width)[None, :, None] + 7 * np.arange(height)[:, None, None] + 53 * np.arange(bands)[None, None, :]
    numbers = (grid * step + start).astype(dtype)
    return numbers[:, :, 0] if bands == 1 else numbers


def expect(name, numbers, page=0, off=0):
    """Notes what must be read, [height, width] or [height, width, bands]."""
    array = numbers if numbers.ndim == 3 else numbers[:, :, None]
    height, width, bands = array.shape
    row = [name, page, width, height, bands, off, *(repr(n.item()) for n in array.reshape(-1))]
    VALUES.append(" ".join(str(one) for one in row))


def refuse(name, words):
    REFUSED.append(f"{name}|{words}")


def tiff(name, numbers, **how):
    """Writes with tifffile; photometric is grey or RGB unless it is given."""
    how.setdefault("photometric", "rgb" if numbers.ndim == 3 and numbers.shape[-1] in (3, 4) else "minisblack")
    tifffile.imwrite(OUT / name, numbers, metadata=None, **how)
    return numbers


def kinds_of_numbers():
    for dtype, step, start in [
        (np.uint8, 3, 0), (np.uint16, 999, 0), (np.uint32, 2**27, 2**20), (np.uint64, 2**40, 5),
        (np.int8, 3, -60), (np.int16, 999, -20000), (np.int32, 2**25, -(2**30)), (np.int64, 2**40, -5),
        (np.float16, 0.25, -1), (np.float32, 0.37, -3), (np.float64, 1e-7, 1),
    ]:
        name = f"kind-{np.dtype(dtype).name}.tif"
        expect(name, tiff(name, ramp(4, 5, step=step, start=start, dtype=dtype)))
    expect("bits-1.tif", bits1())
    bools()
    twelve = ramp(4, 5, step=97, dtype=np.uint16)
    expect("bits-12.tif", tiff("bits-12.tif", twelve, bitspersample=12))
    four = ramp(4, 5) % 16
    expect("bits-4.tif", tiff("bits-4.tif", four.astype(np.uint8), bitspersample=4))


def bits1():
    bits = ramp(4, 11) % 3 == 1
    tifffile.imwrite(OUT / "bits-1.tif", bits, metadata=None, photometric="minisblack")
    return bits.astype(np.uint8)


def bools():
    """Single bits of which the file says that 0 is white: tifffile means True by 1, unless it is told what 0 is."""
    bits = ramp(4, 11) % 3 == 1
    ways = {
        "bool": {}, "bool-mine": {"software": "mine"}, "bool-plain": {"metadata": None},
        "bool-packed": {"compression": "packbits"},
        "bool-ome": {"ome": True, "software": False, "metadata": {"axes": "ZYX"}},
    }
    for name, how in ways.items():
        tifffile.imwrite(OUT / f"{name}.tif", np.stack([bits, ~bits]), **how)
        expect(f"{name}.tif", bits.astype(np.uint8))
        expect(f"{name}.tif", (~bits).astype(np.uint8), 1)
    name = "bits-1-white-is-zero.tif"
    expect(name, tiff(name, bits.astype(np.uint8), photometric="miniswhite", bitspersample=1))


def packed():
    for dtype in (np.uint8, np.uint16, np.uint32):
        grey = ramp(9, 21, step=5 if dtype == np.uint8 else 777, dtype=dtype)
        for compression in ("lzw", "zlib"):
            name = f"{compression}-2-{np.dtype(dtype).name}.tif"
            expect(name, tiff(name, grey, compression=compression, predictor=2, rowsperstrip=7))
    for dtype in (np.float16, np.float32, np.float64):
        name = f"zlib-3-{np.dtype(dtype).name}.tif"
        numbers = ramp(5, 6, step=0.25, start=-2, dtype=dtype)
        expect(name, tiff(name, numbers, compression="zlib", predictor=3))
    name = "packbits.tif"
    expect(name, tiff(name, (ramp(6, 9) // 8).astype(np.uint8), compression="packbits"))
    name = "lzw-2-rgb.tif"
    expect(name, tiff(name, ramp(5, 6, 3), compression="lzw", predictor=2))
    name = "zlib-2-rgb16-planar.tif"
    planes = ramp(5, 6, 3, step=400, dtype=np.uint16)
    tiff(name, np.moveaxis(planes, -1, 0).copy(), photometric="rgb", planarconfig="separate", compression="zlib",
         predictor=2)
    expect(name, planes)
    name = "big-endian-2.tif"
    expect(name, tiff(name, ramp(5, 6, step=999, dtype=np.uint16), byteorder=">", compression="lzw", predictor=2))
    name = "big-endian-3.tif"
    expect(name, tiff(name, ramp(5, 6, step=0.5, dtype=np.float32), byteorder=">", compression="zlib", predictor=3))
    name = "noise-lzw.tif"
    noise = np.random.default_rng(1).integers(0, 255, (64, 70), dtype=np.uint8)
    expect(name, tiff(name, noise, compression="lzw"))
    name = "tiles.tif"
    expect(name, tiff(name, ramp(18, 20, step=99, dtype=np.uint16), tile=(16, 16), compression="zlib", predictor=2))
    name = "tiles-rgb.tif"
    expect(name, tiff(name, ramp(18, 20, 3), tile=(16, 16), compression="lzw"))
    name = "tiles-left-out.tif"
    one = ramp(16, 16)
    tifffile.imwrite(OUT / name, iter([one, None]), shape=(16, 32), dtype=np.uint8, tile=(16, 16), metadata=None,
                     photometric="minisblack", compression="zlib")
    expect(name, np.concatenate([one, np.zeros_like(one)], axis=1))
    for name, order in (("bigtiff.tif", "<"), ("bigtiff-big-endian.tif", ">")):
        expect(name, tiff(name, ramp(4, 5, step=999, dtype=np.uint16), bigtiff=True, byteorder=order))
    name = "opencv-16.tif"
    numbers = ramp(12, 13, step=333, dtype=np.uint16)
    cv2.imwrite(str(OUT / name), numbers)
    expect(name, numbers)
    name = "opencv-float.tif"
    numbers = ramp(4, 5, step=0.1, dtype=np.float32)
    cv2.imwrite(str(OUT / name), numbers)
    expect(name, numbers)
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits"):
        name = f"pillow-{compression}.tif"
        numbers = ramp(9, 10, 3)
        Image.fromarray(numbers).save(OUT / name, compression=compression)
        expect(name, numbers)
    name = "pillow-group4.tif"
    bits = (ramp(9, 10) // 4 % 2).astype(np.uint8)
    Image.fromarray(bits * 255).convert("1").save(OUT / name, compression="group4")
    expect(name, bits)
    name = "jpeg-in-tiff.tif"
    numbers = np.kron(np.array([[20, 90, 200], [230, 150, 60]], np.uint8), np.ones((8, 8), np.uint8))
    expect(name, tiff(name, numbers, compression="jpeg", compressionargs={"level": 95}), off=6)


def colours():
    name = "white-is-zero.tif"
    expect(name, tiff(name, ramp(4, 5), photometric="miniswhite"))
    name = "white-is-zero-16.tif"
    expect(name, tiff(name, ramp(4, 5, step=999, dtype=np.uint16), photometric="miniswhite"))
    name = "palette.tif"
    table = np.stack([np.arange(256) * 257, np.arange(256)[::-1] * 257, np.full(256, 513)]).astype(np.uint16)
    expect(name, tiff(name, ramp(4, 5), photometric="palette", colormap=table))
    name = "alpha.tif"
    expect(name, tiff(name, ramp(4, 5, 4), photometric="rgb", extrasamples=["unassalpha"]))
    for bands in (2, 4, 5):
        name = f"channels-{bands}.tif"
        numbers = ramp(4, 5, bands)
        tiff(name, numbers, photometric="minisblack", planarconfig="contig")
        refuse(name, f"has {bands} channels")
    name = "channels-4-rgb.tif"
    tiff(name, ramp(4, 5, 4), photometric="rgb", extrasamples=["unspecified"])
    refuse(name, "has 4 channels")
    name = "channels-5-planar.tif"
    tiff(name, np.moveaxis(ramp(4, 5, 5), -1, 0).copy(), photometric="minisblack", planarconfig="separate")
    refuse(name, "has 5 channels")
    Image.fromarray(ramp(8, 8, 4), "CMYK").save(OUT / "cmyk.tif")
    refuse("cmyk.tif", "CMYK")
    Image.fromarray(ramp(8, 8, 4), "CMYK").save(OUT / "cmyk.jpg")
    refuse("cmyk.jpg", "CMYK")
    tiff("zstd.tif", ramp(4, 5), compression="zstd")
    refuse("zstd.tif", "Zstandard")
    tiff("complex.tif", ramp(4, 5).astype(np.complex64))
    refuse("complex.tif", "complex numbers")
    tiff("lab.tif", ramp(4, 5, 3), photometric="cielab")
    refuse("lab.tif", "Lab")
    tiff("ycbcr.tif", ramp(4, 6, 3), photometric="ycbcr", subsampling=(1, 1))
    refuse("ycbcr.tif", "YCbCr")


def turned():
    grey = ramp(4, 5, step=9)
    upright = {
        1: grey, 2: grey[:, ::-1], 3: grey[::-1, ::-1], 4: grey[::-1], 5: grey.T, 6: np.rot90(grey, -1),
        7: grey[::-1, ::-1].T, 8: np.rot90(grey),
    }
    for tag, seen in upright.items():
        name = f"turned-{tag}.tif"
        tiff(name, grey, extratags=[(274, "H", 1, tag, True)])
        expect(name, seen)
    blocks = np.kron(np.array([[20, 90, 200], [230, 150, 60]], np.uint8), np.ones((8, 8), np.uint8))
    for tag in (1, 3, 6, 8):
        exif = Image.Exif()
        exif[274] = tag
        seen = {1: blocks, 3: blocks[::-1, ::-1], 6: np.rot90(blocks, -1), 8: np.rot90(blocks)}[tag]
        Image.fromarray(blocks).save(OUT / f"turned-{tag}.jpg", exif=exif, quality=95)
        expect(f"turned-{tag}.jpg", seen, off=6)
        Image.fromarray(blocks).save(OUT / f"turned-{tag}.png", exif=exif)
        expect(f"turned-{tag}.png", seen)


def series():
    pages = np.stack([ramp(4, 5, start=20 * page) for page in range(3)])
    tiff("pages.tif", pages)
    for page in range(3):
        expect("pages.tif", pages[page], page)
    tifffile.imwrite(OUT / "imagej-slices.tif", pages.astype(np.uint16), imagej=True, metadata={"axes": "ZYX"})
    for page in range(3):
        expect("imagej-slices.tif", pages[page], page)
    one_directory(pages.astype(np.uint16))
    composite = np.stack([np.stack([ramp(4, 5, start=20 * z + 60 * c) for c in range(3)]) for z in range(2)])
    tifffile.imwrite(OUT / "imagej-3-channels.tif", composite, imagej=True, metadata={"axes": "ZCYX"})
    for z in range(2):
        expect("imagej-3-channels.tif", np.moveaxis(composite[z], 0, -1), z)
    tifffile.imwrite(OUT / "imagej-2-channels.tif", composite[:, :2].copy(), imagej=True, metadata={"axes": "ZCYX"})
    refuse("imagej-2-channels.tif", "has 2 channels")
    tifffile.imwrite(OUT / "imagej-no-axes.tif", np.concatenate([pages, pages[:1]]), imagej=True)
    expect("imagej-no-axes.tif", pages[0], 3)
    tifffile.imwrite(OUT / "ome-2-channels.ome.tif", composite[:, :2].copy(), metadata={"axes": "ZCYX"},
                     photometric="minisblack")
    refuse("ome-2-channels.ome.tif", "OME-TIFF of 2 channels")
    with tifffile.TiffWriter(OUT / "pyramid.tif") as writer:
        whole = ramp(16, 16)
        writer.write(whole, subifds=0, metadata=None, photometric="minisblack")
        writer.write(whole[::2, ::2].copy(), subfiletype=1, metadata=None, photometric="minisblack")
    expect("pyramid.tif", whole)


def one_directory(slices):
    """ImageJ describes only the first slice of files over 4 GB; this is one in small."""
    count, height, width = slices.shape
    text = f"ImageJ=1.54f\nimages={count}\nslices={count}\n\0".encode()
    fields = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 16), (259, 3, 1, 1), (262, 3, 1, 1),
        (270, 2, len(text), 200), (273, 4, 1, 256), (277, 3, 1, 1), (278, 3, 1, height), (279, 4, 1, 2 * width * height),
    ]
    head = b"MM\0*" + (8).to_bytes(4, "big") + len(fields).to_bytes(2, "big")
    for tag, kind, number, value in fields:
        packed = value.to_bytes(2, "big") + b"\0\0" if kind == 3 else value.to_bytes(4, "big")
        head += tag.to_bytes(2, "big") + kind.to_bytes(2, "big") + number.to_bytes(4, "big") + packed
    head += b"\0\0\0\0"
    data = head.ljust(200, b"\0") + text
    (OUT / "imagej-one-directory.tif").write_bytes(data.ljust(256, b"\0") + slices.astype(">u2").tobytes())
    for page in range(count):
        expect("imagej-one-directory.tif", slices[page], page)


def other_formats():
    grey = ramp(5, 6, step=4)
    rgb = ramp(5, 6, 3)
    for ending in ("png", "bmp"):
        Image.fromarray(grey).save(OUT / f"grey.{ending}")
        expect(f"grey.{ending}", grey)
        Image.fromarray(rgb).save(OUT / f"rgb.{ending}")
        expect(f"rgb.{ending}", rgb)
    Image.fromarray(ramp(5, 6, step=999, dtype=np.uint16)).save(OUT / "grey-16.png")
    expect("grey-16.png", ramp(5, 6, step=999, dtype=np.uint16))
    cv2.imwrite(str(OUT / "rgb-16.png"), ramp(5, 6, 3, step=300, dtype=np.uint16)[:, :, ::-1])
    expect("rgb-16.png", ramp(5, 6, 3, step=300, dtype=np.uint16))
    entries = Image.fromarray(ramp(5, 6) % 4)
    entries.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0])
    for ending in ("png", "gif", "bmp"):
        entries.save(OUT / f"palette.{ending}")
        expect(f"palette.{ending}", ramp(5, 6) % 4)
    Image.fromarray(ramp(5, 6, 4)).save(OUT / "rgba.png")
    expect("rgba.png", ramp(5, 6, 4))
    beyond = bytearray((OUT / "palette.png").read_bytes())
    place = beyond.index(b"PLTE")
    table = bytes(beyond[place + 4:place + 10])  # two colours of four
    short = len(table).to_bytes(4, "big") + b"PLTE" + table

    short += zlib.crc32(b"PLTE" + table).to_bytes(4, "big")
    length = int.from_bytes(beyond[place - 4:place], "big")
    (OUT / "palette-beyond.png").write_bytes(beyond[:place - 4] + short + beyond[place + 8 + length:])
    refuse("palette-beyond.png", "palette entry")
    frames = [Image.fromarray(grey), Image.fromarray(grey + 1)]
    frames[0].save(OUT / "animation.png", save_all=True, append_images=frames[1:])
    refuse("animation.png", "animation of 2 pictures")


def masks():
    """Masks that are read, or refused, as masks; what is stored in them is nothing special."""
    ones = np.array([[0, 1], [1, 0]])
    red = np.stack([ones, 0 * ones, 0 * ones], axis=-1).astype(np.uint16)
    for name, numbers in {
        "mask-red-16": red, "mask-red-16-full": red * 65535, "mask-beyond": (ones * (2**31 + 5)).astype(np.uint32),
        "mask-most": (ones * (2**32 - 1)).astype(np.uint32),
        "mask-infinite": np.where(ones == 1, np.inf, 0).astype(np.float32),
        "mask-nan": np.where(ones == 1, np.nan, 0).astype(np.float32),
    }.items():
        tiff(f"{name}.tif", numbers)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.iterdir():
        old.unlink()
    kinds_of_numbers()
    packed()
    colours()
    turned()
    series()
    other_formats()
    masks()
    (OUT / "values.txt").write_text("\n".join(VALUES) + "\n")
    (OUT / "refused.txt").write_text("\n".join(REFUSED) + "\n")


main()
