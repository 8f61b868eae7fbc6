"""QR codes, so that a phone opens a link that stands on paper or on another screen."""

from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """Return a QR code as an SVG element with a quiet zone, black on white; its words stand beside it on the page."""
    out = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#fff", svgclass="qr-code")
    return out.getvalue().decode()
