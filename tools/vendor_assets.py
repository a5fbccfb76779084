# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools[woff]>=4.60,<5"]
# ///
"""Fetch the browser's third-party files from npm, cut to what is used, with their checksums.

`uv run tools/vendor_assets.py` fetches and writes; `--check` only compares the files with
VERSIONS.json, offline. Nothing else in the project needs npm or fontTools.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import draw_marks  # type: ignore[import-not-found]  # beside this script

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src/khuevan/ui/static/ui/vendor"
PDF_FONTS = ROOT / "src/khuevan/platform/papers/fonts"
TEST_VENDOR = ROOT / "tests/vendor"
VERSIONS = VENDOR / "VERSIONS.json"

PACKAGES = {
    "htmx.org": "2.0.11",
    "@fontsource/be-vietnam-pro": "5.3.0",
    "@fontsource/inter": "5.3.0",
    "lucide-static": "1.62.0",
    "axe-core": "4.14.1",
}
LICENSES = {"htmx.org", "@fontsource/be-vietnam-pro", "@fontsource/inter", "lucide-static"}
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
DIGITS = "0123456789,.+−%–"
# The names templates may use; add here, run this file, commit both.
ICONS = """
accessibility activity archive arrow-down arrow-down-a-z arrow-left arrow-left-right arrow-right
arrow-up arrow-up-a-z arrow-up-down arrow-up-right award badge-check ban banknote bell book-open
bookmark briefcase building building-2 calculator calendar calendar-check calendar-clock
calendar-days calendar-x camera chart-column check check-check chevron-down chevron-left
chevron-right chevron-up chevrons-up-down circle circle-alert circle-check circle-dot
circle-minus circle-question-mark circle-stop circle-user circle-x clipboard-check clock
clock-alert cloud cloud-check cloud-off columns-3 copy database door-open download ellipsis
equal external-link eye eye-off file-check file-clock file-down file-exclamation-point file-pen
file-plus file-spreadsheet file-text file-up file-x filter fingerprint flag folder folder-open
gavel git-compare-arrows globe graduation-cap grip-vertical heart-pulse history hourglass house
id-card image inbox info key-round landmark languages layers layout-dashboard layout-grid
library link list list-checks list-ordered loader-circle lock lock-open log-in log-out mail map
map-pin megaphone menu message-square minus monitor moon network notebook-pen package paperclip
pencil phone pin plus printer qr-code receipt-text redo-2 refresh-cw repeat-2 rotate-ccw rotate-cw
save
scale school scroll-text search send server settings shield shield-alert shield-check shield-off
sliders-horizontal smartphone square square-check star stethoscope sun table tag target trash-2
trending-down trending-up triangle-alert undo-2 upload user user-check user-cog user-minus
user-plus user-x users users-round wallet wifi-off wrench x
""".split()  # noqa: SIM905  a hundred words read better so


def pack(name: str, version: str, into: Path) -> Path:
    """Fetch one npm package and return the folder it was unpacked to."""
    subprocess.run(  # noqa: S603  fixed names from PACKAGES
        ["npm", "pack", "--silent", f"{name}@{version}"],  # noqa: S607
        cwd=into, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    archive = into / f"{name.lstrip('@').replace('/', '-')}-{version}.tgz"
    folder = into / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def sprite(icons: Path) -> str:
    """Return the used icons and our own marks as one SVG of symbols."""
    symbols = []
    for name in sorted(ICONS):
        source = (icons / f"{name}.svg").read_text(encoding="utf-8")
        inside = source[source.index(">", source.index("<svg")) + 1 : source.rindex("</svg>")]
        body = re.sub(r">\s+<", "><", inside)
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
            f'stroke-linecap="round" stroke-linejoin="round">{body.strip()}</symbol>\n'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{draw_marks.symbols()}{"".join(symbols)}</svg>\n'


def digits(source: Path, weight: int) -> bytes:
    """Return Inter cut to the characters of numbers, its tabular figures made the only ones."""
    # Imported here so that --check runs without fontTools.
    from fontTools import subset  # type: ignore[import-not-found]  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]  # noqa: PLC0415

    font = TTFont(source)
    tabular = _substitutions(font, "tnum")
    for table in font["cmap"].tables:
        table.cmap = {code: tabular.get(glyph, glyph) for code, glyph in table.cmap.items()}
    for tag in ("GSUB", "GPOS", "GDEF", "STAT"):
        if tag in font:
            del font[tag]
    _rename(font, "Khue Van Digits", WEIGHTS[weight])
    options = subset.Options(
        flavor="woff2", notdef_outline=True, name_IDs=[0, 1, 2, 13, 14], hinting=True
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text=DIGITS)
    cutter.subset(font)
    return _bytes(font, "woff2")


def _substitutions(font: Any, feature: str) -> dict[str, str]:
    """Return the one-to-one glyph substitutions of a feature."""
    table = font["GSUB"].table
    found: dict[str, str] = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == feature:
            for index in record.Feature.LookupListIndex:
                for lookup in table.LookupList.Lookup[index].SubTable:
                    found.update(getattr(lookup, "ExtSubTable", lookup).mapping)
    return found


def _rename(font: Any, family: str, style: str) -> None:
    names = font["name"]
    full = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family}-{style}".replace(" ", "")}
    for name_id, value in full.items():
        names.setName(value, name_id, 3, 1, 0x409)


def _bytes(font: Any, flavor: str | None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        font.flavor, font.recalcTimestamp = flavor, False
        font.save(Path(folder, "font"))
        return Path(folder, "font").read_bytes()


def pdf_font(files: Path, weight: int) -> bytes:
    """Return the Latin and Vietnamese cuts of one weight joined to one TTF, for PDF."""
    from fontTools.merge import Merger, Options  # type: ignore[import-not-found]  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for cut in ("latin", "vietnamese"):
            font = TTFont(files / f"be-vietnam-pro-{cut}-{weight}-normal.woff2")
            created = font["head"].created
            part = Path(folder, f"{cut}.ttf")
            part.write_bytes(_bytes(font, None))
            parts.append(str(part))
        merged = Merger(options=Options(drop_tables=["GDEF", "GPOS", "GSUB"])).merge(parts)
        merged["head"].created = merged["head"].modified = created  # the same bytes on every run
        _rename(merged, "Be Vietnam Pro", WEIGHTS[weight])
        return _bytes(merged, None)


def fetch() -> dict[Path, tuple[str, bytes]]:
    """Return every file to write with the package it came from."""
    with tempfile.TemporaryDirectory() as temp:
        folders = {name: pack(name, version, Path(temp)) for name, version in PACKAGES.items()}
        vietnam, inter = "@fontsource/be-vietnam-pro", "@fontsource/inter"
        out: dict[Path, tuple[str, bytes]] = {
            VENDOR / "htmx.min.js": (
                "htmx.org",
                (folders["htmx.org"] / "dist/htmx.min.js").read_bytes(),
            ),
            VENDOR / "icons.svg": (
                "lucide-static",
                sprite(folders["lucide-static"] / "icons").encode(),
            ),
            TEST_VENDOR / "axe.min.js": (
                "axe-core",
                (folders["axe-core"] / "axe.min.js").read_bytes(),
            ),
        }
        for weight, style in WEIGHTS.items():
            for cut in ("latin", "vietnamese"):
                source = folders[vietnam] / f"files/be-vietnam-pro-{cut}-{weight}-normal.woff2"
                out[VENDOR / f"be-vietnam-pro-{cut}-{weight}.woff2"] = (
                    vietnam,
                    source.read_bytes(),
                )
            source = folders[inter] / f"files/inter-latin-{weight}-normal.woff2"
            out[VENDOR / f"digits-{weight}.woff2"] = (inter, digits(source, weight))
            if weight != 500:
                data = pdf_font(folders[vietnam] / "files", weight)
                out[PDF_FONTS / f"BeVietnamPro-{style}.ttf"] = (vietnam, data)
        for name in LICENSES:
            target = VENDOR / "licenses" / f"{name.split('/')[-1]}.txt"
            out[target] = (name, (folders[name] / "LICENSE").read_bytes())
        out[PDF_FONTS / "OFL.txt"] = (vietnam, (folders[vietnam] / "LICENSE").read_bytes())
        out[TEST_VENDOR / "axe-core.LICENSE.txt"] = (
            "axe-core",
            (folders["axe-core"] / "LICENSE").read_bytes(),
        )
        return out


def write() -> None:
    """Fetch, write the files and their checksums."""
    rows = []
    for path, (package, data) in sorted(fetch().items()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        rows.append(
            {
                "package": package,
                "version": PACKAGES[package],
                "file": path.relative_to(ROOT).as_posix(),
                "sha256": hashlib.sha256(data).hexdigest(),
            }
        )
    VERSIONS.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def problems() -> list[str]:
    """Return one line for each vendored file that is missing or was changed by hand."""
    found = []
    for row in json.loads(VERSIONS.read_text(encoding="utf-8")):
        path = ROOT / row["file"]
        if not path.exists():
            found.append(f"{row['file']} is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            found.append(f"{row['file']} differs from {row['package']} {row['version']}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only, fetch nothing")
    if parser.parse_args().check:
        found = problems()
        sys.stdout.writelines(f"{line}\n" for line in found)
        return 1 if found else 0
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
