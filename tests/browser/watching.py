"""What a browser complains about while somebody uses the pages."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

FAILED_TO_LOAD = "Failed to load resource"


def watch(context: BrowserContext, address: str) -> list[str]:
    """Return a list that fills with errors in the console, refusals by the CSP, server faults and calls elsewhere."""
    complaints: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        is_own_status = (
            message.text.startswith(FAILED_TO_LOAD)
            and message.page is not None
            and message.location["url"] == message.page.url
        )
        if message.type in ("error", "warning") and not is_own_status:
            complaints.append(f"{message.type}: {message.text}")

    def note_error(error: object) -> None:
        complaints.append(f"script: {error}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:", "file:")):
            complaints.append(f"asks elsewhere: {request.url}")

    def note_response(response: Response) -> None:
        if response.status >= 500:
            complaints.append(f"{response.status}: {response.url}")

    context.on("console", note_message)
    context.on("weberror", lambda found: note_error(found.error))
    context.on("request", note_request)
    context.on("response", note_response)
    return complaints
