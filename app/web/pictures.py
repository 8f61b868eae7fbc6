"""The pictures of Easy Read pages: the installation's own pack, and behind it the built-in one for what that lacks."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from flask import Flask, before_render_template, current_app, g

from app.errors import Refused
from app.library.pictures import Credit, PathOf, Picture, PicturePack, read_pack
from app.web.languages import page_language
from app.web.look import look
from config import BUILT_IN_PICTURES, Settings

BUILT = Path(__file__).parent / "static" / "built"
SIDE = 96
"""What a page says of a picture's width and height, in pixels; style sheets decide how large it is."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as a page shows it. alt: what can be seen, in the page's language."""

    url: str
    alt: str
    width: int = SIDE
    height: int = SIDE


@dataclass(frozen=True)
class Pictures:
    """Every picture of an installation. packs: whoever comes first wins, picture by picture."""

    packs: Sequence[PicturePack]

    @cached_property
    def by_id(self) -> Mapping[str, Picture]:
        return {picture_id: each for pack in reversed(self.packs) for picture_id, each in pack.pictures.items()}

    @cached_property
    def url_by_id(self) -> Mapping[str, str]:
        """{id: address}. An address holds a hash of the file's content, so that browsers may keep it for good."""
        return {picture_id: _address(picture.path) for picture_id, picture in self.by_id.items()}

    @cached_property
    def files_elsewhere(self) -> Mapping[str, Path]:
        """{address: file} of the pictures that do not lie among the built files."""
        found = {self.url_by_id[picture_id]: picture.path for picture_id, picture in self.by_id.items()}
        return {address: path for address, path in found.items() if not path.is_relative_to(BUILT)}

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """Whom to thank, each once, for the pictures that can come up."""
        return tuple(dict.fromkeys(picture.credit for picture in self.by_id.values()))


def pictures_of(settings: Settings) -> Pictures:
    """Return an installation's pictures. Raises Invalid with every fault of a pack, Refused when nothing is built."""
    own = settings.pictures.resolve()
    if own == BUILT_IN_PICTURES:
        return Pictures([_built_in()])
    return Pictures([read_pack(own), _built_in()])


def place_of(folder: Path) -> PathOf:
    """Return where a file that a pack's manifest names is: below its folder, or where the build put the built-in ones.

    Raises Refused when nothing is built.
    """
    if folder.resolve() != BUILT_IN_PICTURES:
        return folder.joinpath
    try:
        built: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    except FileNotFoundError:
        raise Refused("The style sheets and scripts have not been built. Run: make assets") from None
    return lambda name: BUILT / built.get(f"pictures/{folder.name}/{name}", name)


@cache
def _built_in() -> PicturePack:
    return read_pack(BUILT_IN_PICTURES, place_of(BUILT_IN_PICTURES))


def prepare(app: Flask, pictures: Pictures) -> None:
    app.extensions["driving_seat_pictures"] = pictures
    app.jinja_env.globals.update(look=look, picture=shown, picture_credit=lambda: pictures.credits)
    before_render_template.connect(_note_edition, app, weak=False)


def shown(picture_id: str) -> ShownPicture | None:
    """Return the picture of something.

    None on pages that are not in Easy Read (is_easy_read among their variables), for readers who switched pictures
    off, and where no pack has one.
    """
    pictures: Pictures = current_app.extensions["driving_seat_pictures"]
    if not (g.get("shows_pictures") and look().pictures) or picture_id not in pictures.by_id:
        return None
    alt = pictures.by_id[picture_id].alt
    return ShownPicture(pictures.url_by_id[picture_id], alt.get(page_language(), alt["en"]))


def files_elsewhere() -> Mapping[str, Path]:
    """Return {address: file} of the pictures of a pack of the installation's own, for pages that become PDF."""
    pictures: Pictures = current_app.extensions["driving_seat_pictures"]
    return pictures.files_elsewhere


def _note_edition(_app: Flask, context: Mapping[str, object], **_more: object) -> None:
    """Macros cannot see the variables of the page that they stand in."""
    g.shows_pictures = bool(context.get("is_easy_read"))


def _address(path: Path) -> str:
    if path.is_relative_to(BUILT):
        return f"/static/{path.relative_to(BUILT).as_posix()}"
    content_hash = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return f"/static/pictures/own/{path.stem}.{content_hash}{path.suffix}"
