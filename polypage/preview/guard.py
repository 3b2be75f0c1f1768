"""Who may ask a preview for what, and what browsers are told about its answers.

Any page in a browser can send requests to this machine. So the preview answers only where it was
asked for by its own name, by its own pages or by hand; what stands below `/-/pages/` is for frames
without an origin, whose requests look like anybody's: it needs the key in its address.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGES = "/-/pages/"
"""Below it is what comes from articles; above it, what is ours."""

_METHODS = frozenset({"GET", "HEAD", "POST"})
_OURS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; frame-src http://{host}" + PAGES + "; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_ABOUT_OURS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Stands before an application and lets in what may come in."""

    def __init__(self, app: ASGIApp, *, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        add = _adding(send, scope["path"], headers.get("host", ""))
        if refused := self._refusal(scope, headers):
            await PlainTextResponse(f"polypage preview: {refused}\n", 403)(scope, receive, add)
            return
        await self._app(scope, receive, add)

    def _refusal(self, scope: Scope, headers: Headers) -> str:
        """Say why a request is not answered; empty if it is."""
        host = headers.get("host", "")
        if host not in self._hosts:
            return "it is asked for by another name than its own"
        if scope["method"] not in _METHODS:
            return "it knows no such method"
        if scope["path"].startswith(PAGES) and scope["method"] != "POST":
            return ""
        if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            return "another site asks for it"
        if headers.get("origin", f"http://{host}") != f"http://{host}":
            return "another site asks for it"
        return ""


def _adding(send: Send, path: str, host: str) -> Send:
    """Return a way to send answers with our headers added; what an answer says itself stands."""
    is_ours = not path.startswith(PAGES)
    added = {**_ALWAYS, **(_ABOUT_OURS if is_ours else {})}
    if is_ours:
        added["Content-Security-Policy"] = _OURS.format(host=host)

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in added.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers
