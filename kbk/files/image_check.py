"""Opens an uploaded picture and writes it anew, upright, without metadata and no larger than needed.

Runs in the cage only.
"""

from pathlib import Path
from typing import Literal

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from kbk.files.refusals import refusal

MAX_PIXELS = 40_000_000
MAX_SIDE = 2000


def check_image(
    path: Path, clean_path: Path, name: str, image_format: Literal["JPEG", "PNG"]
) -> tuple[int, int]:
    """Writes the picture in the same format to ``clean_path``; returns its new width and height in pixels.

    Raises FileProblem. The size is read from the header, before any pixel is unpacked.
    """
    # The limit below is stricter than Pillow's own, and has a sentence.
    Image.MAX_IMAGE_PIXELS = None
    # WeasyPrint, which may have been imported before the cage forked, lets half pictures pass everywhere.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(path, formats=[image_format]) as image:
            _check_pixels(image, name)
            image.draft("RGB", (MAX_SIDE, MAX_SIDE))
            upright = ImageOps.exif_transpose(image)
            plain = upright.convert(_mode(upright, image_format))
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError):
        raise refusal(
            name,
            "rusak atau bukan gambar yang dapat dibuka",
            "Buka gambarnya, simpan ulang sebagai JPEG atau PNG, lalu unggah lagi",
        ) from None
    plain.thumbnail((MAX_SIDE, MAX_SIDE))
    # What is left in here (comments, colour profile, position) would be written out again.
    plain.info.clear()
    plain.save(clean_path, image_format, optimize=True, **({"quality": 85} if image_format == "JPEG" else {}))
    return plain.size


def _check_pixels(image: Image.Image, name: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise refusal(
            name,
            f"berukuran {width} × {height} piksel; paling besar {MAX_PIXELS // 1_000_000} megapiksel",
            "Perkecil gambarnya, lalu unggah lagi",
        )


def _mode(image: Image.Image, image_format: str) -> str:
    if image_format == "PNG" and image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode in {"1", "L", "I;16"} else "RGB"
