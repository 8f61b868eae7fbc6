"""What a browser calls itself, told coarsely, so that people know their own devices in a list and nobody more."""

_BROWSERS = {
    "Edg": "Edge",
    "SamsungBrowser": "Samsung Internet",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrom": "Chrome",
    "Safari": "Safari",
}
_SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


def label_of(user_agent: str) -> str:
    """Return the browser and the kind of device, such as "Firefox/Android"; a part that is not known is empty."""
    return "/".join(
        next((name for sign, name in known.items() if sign in user_agent), "") for known in (_BROWSERS, _SYSTEMS)
    )
