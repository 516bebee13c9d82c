"""A sheet to draw charts on: boxes, lines, dots and words with Pillow, drawn twice as large and then reduced."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, BinaryIO, Literal

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Align = Literal["left", "middle", "right"]
Sides = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_ANCHORS = {"left": "lm", "middle": "mm", "right": "rm"}
_TWICE = 2
"""Pixels drawn for one that is kept: edges and dots come out smooth."""

_HATCH = 12
"""Pixels from one slanting line to the next."""


class Canvas:
    """A white sheet; places are pixels of the finished picture, and words are placed by the middle of their height."""

    def __init__(self, width: int, height: int) -> None:
        """Take a sheet of this size."""
        from PIL import Image, ImageDraw

        self.width, self.height = width, height
        self.said: list[str] = []
        self._image = Image.new("RGB", (width * _TWICE, height * _TWICE), "white")
        self._draw = ImageDraw.Draw(self._image)

    def box(self, sides: Sides, fill: str, edge: str = "", wide: int = 2) -> None:
        """Draw a filled box, with an edge of its own where one is named."""
        left, top, right, bottom = map(_at, sides)
        corners = [left, top, max(right - 1, left), max(bottom - 1, top)]
        self._draw.rectangle(corners, fill=fill, outline=edge or fill, width=wide * _TWICE)

    def hatched(self, sides: Sides, colour: str, edge: str, wide: int = 2) -> None:
        """Draw a white box with slanting lines."""
        from PIL import Image, ImageDraw

        left, top, right, bottom = map(_at, sides)
        across, down = max(right - left, 1), bottom - top
        patch = Image.new("RGB", (across, down), "white")
        pen = ImageDraw.Draw(patch)
        for foot in range(-down, across, _HATCH * _TWICE):
            pen.line([foot, down, foot + down, 0], fill=colour, width=_TWICE)
        pen.rectangle([0, 0, across - 1, down - 1], outline=edge, width=wide * _TWICE)
        self._image.paste(patch, (left, top))

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str, wide: int = 1) -> None:
        """Draw a straight line."""
        self._draw.line([_at(start[0]), _at(start[1]), _at(end[0]), _at(end[1])], fill=colour, width=wide * _TWICE)

    def dotted(self, x: float, top: float, bottom: float, colour: str) -> None:
        """Draw a dotted line downwards."""
        for y in range(int(top), int(bottom), 8):
            self.box((x - 1, y, x + 2, y + 3), colour)

    def dot(self, x: float, y: float, radius: float, fill: str, edge: str) -> None:
        """Draw a round mark."""
        around = [_at(x - radius), _at(y - radius), _at(x + radius), _at(y + radius)]
        self._draw.ellipse(around, fill=fill, outline=edge, width=2 * _TWICE)

    def words(
        self,
        x: float,
        y: float,
        text: str,
        colour: str,
        *,
        size: int = 20,
        align: Align = "left",
        bold: bool = False,
        halo: str = "",
    ) -> float:
        """Write a line; return how wide it is. A halo keeps it legible on lines that it crosses."""
        self.said.append(text)
        place, font = (_at(x), _at(y)), _font(size * _TWICE)
        if halo:
            self._draw.text(place, text, fill=halo, font=font, anchor=_ANCHORS[align], stroke_width=4 * _TWICE)
        self._draw.text(place, text, fill=colour, font=font, anchor=_ANCHORS[align], stroke_width=int(bold))
        return font.getlength(text) / _TWICE

    def save(self, file: BinaryIO) -> None:
        """Write the picture as PNG; its words stand in the description, for those who cannot see it."""
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_itxt("Description", "\n".join(self.said))
        self._image.reduce(_TWICE).save(file, format="PNG", optimize=True, pnginfo=info)


def _at(place: float) -> int:
    """Return a place on the larger sheet."""
    return round(place * _TWICE)


@cache
def _font(size: int) -> FreeTypeFont:
    """Return Pillow's own font, so that the picture looks the same on every machine."""
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):  # a Pillow that was built without FreeType
        raise RuntimeError("Pillow was built without FreeType")  # noqa: TRY004 - nobody passed a wrong type
    return font
