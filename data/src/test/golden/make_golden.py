"""Golden files for the readers of NumPy's files and of pictures.

python3 make_golden.py, in this folder; the committed files were made by NumPy 2.4.6 and Pillow 12.3.0.
"""

import pathlib

import numpy as np
from PIL import Image, ImageCms

resources = pathlib.Path(__file__).parent.parent / "resources/dev/cajal/data"
numpy_files = resources / "numpy"
image_files = resources / "image"

# Every type in both orders of bytes and of axes: the numbers 0 to 23 less 5 where there are signs,
# as [2, 3, 4]; of truth values, whether they are divisible by 3.
arrays = {}
for kind in ["b1", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]:
    for bytes_order in "<>":
        for axes in "CF":
            numbers = np.arange(24).reshape(2, 3, 4)
            if kind == "b1":
                numbers = numbers % 3 == 0
            elif kind[0] != "u":
                numbers = numbers - 5
            name = f"{kind}_{'little' if bytes_order == '<' else 'big'}_{axes}"
            arrays[name] = np.asarray(numbers, dtype=bytes_order + kind, order=axes)
np.savez(numpy_files / "types.npz", **arrays)
np.savez_compressed(
    numpy_files / "compressed.npz",
    x=np.arange(10000, dtype="<f4"),
    empty=np.zeros((0, 7), "<i4"),
    scalar=np.array(2.5),
)
np.savez(numpy_files / "mixed.npz", names=np.array(["a", "b"]), x=np.array([1, 2], "<i4"))

for version in [(1, 0), (2, 0), (3, 0)]:
    with open(numpy_files / f"version{version[0]}.npy", "wb") as file:
        np.lib.format.write_array(file, np.array([[1.5, -2]], "<f4"), version=version)

halves = np.array([0.1, 65504, -0.0, 6e-8, np.inf, np.nan], "<f2")
np.savez(numpy_files / "halves.npz", halves=halves, floats=halves.astype("<f4"))

# What is to be written: see NpyTest.
np.save(numpy_files / "floats.npy", np.array([[1, -0.0, np.nan], [4.25, 5, 6]], "<f4"))
np.save(numpy_files / "doubles.npy", np.array([np.pi]))
np.save(numpy_files / "ints.npy", np.arange(120000, dtype="<i4").reshape(40, 30, 100)[:2, :1, :3].copy())
np.save(numpy_files / "truths.npy", np.array([True, False]))
np.save(numpy_files / "scalar.npy", np.array(7, "<i4"))
np.save(numpy_files / "empty.npy", np.zeros((0, 3), "<f4"))

refused = {
    "objects": np.array([{}, None], dtype=object),
    "texts": np.array(["a", "bc"]),
    "letters": np.array([b"a"]),
    "complex": np.array([1j]),
    "times": np.array(["2020-01-01"], "M8[D]"),
    "records": np.zeros(2, [("a", "<f4"), ("b", "<i4")]),
    "long_floats": np.zeros(1, np.longdouble),
}
for name, array in refused.items():
    np.save(numpy_files / f"refused_{name}.npy", array, allow_pickle=True)

# Pictures: means of areas where sizes divide, straight lines between pixels.
random = np.random.default_rng(7)
large = random.integers(0, 256, (12, 18, 3), dtype=np.uint8)
small = random.integers(0, 256, (5, 4, 3), dtype=np.uint8)
np.savez(
    image_files / "scaling.npz",
    large=large,
    mean=np.asarray(Image.fromarray(large).resize((6, 4), Image.Resampling.BOX)),
    small=small,
    lines=np.asarray(Image.fromarray(small).resize((12, 15), Image.Resampling.BILINEAR)),
)

gradient = np.arange(64, dtype=np.uint8).reshape(8, 8) * 4
Image.fromarray(gradient).save(image_files / "grey.png")
Image.fromarray((gradient.astype(np.uint16) * 257)).save(image_files / "grey16.png")
Image.fromarray(np.dstack([gradient, gradient, gradient.T])).save(image_files / "colours.png")
alpha = np.dstack([gradient, gradient, gradient.T, gradient[::-1]])
Image.fromarray(alpha).save(image_files / "alpha.png")
Image.fromarray(np.dstack([gradient, gradient[::-1]]), "LA").save(image_files / "grey_alpha.png")
palette = Image.fromarray(gradient // 64).convert("P")
palette.putpalette([255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30])
palette.save(image_files / "palette.png", transparency=3)
palette.save(image_files / "palette.gif")
Image.fromarray(gradient > 100).save(image_files / "one_bit.png")
Image.fromarray(np.dstack([gradient, gradient, gradient.T])).save(image_files / "colours.bmp")
colours = Image.fromarray(np.dstack([gradient, gradient, gradient.T]))
colours.convert("CMYK").save(image_files / "cmyk.jpg")
exif = Image.Exif()
exif[0x0112] = 6
colours.save(image_files / "turned.jpg", exif=exif, quality=95)
Image.fromarray(gradient).save(image_files / "grey.jpg", quality=95)
# With a profile that has red and green the wrong way round, so that it shows who applies it.
profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
for ending in ["jpg", "png"]:
    options = {"quality": 95, "subsampling": 0} if ending == "jpg" else {}
    colours.save(image_files / f"profile.{ending}", icc_profile=bytes(profile), **options)
np.savez(
    image_files / "decoded.npz",
    grey_jpg=np.asarray(Image.open(image_files / "grey.jpg")),
    turned_jpg=np.asarray(Image.open(image_files / "turned.jpg")),
    profile_jpg=np.asarray(Image.open(image_files / "profile.jpg")),
)
