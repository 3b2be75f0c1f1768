"""The preview as a web application, and the server that it runs in.

    app = application(root, host="127.0.0.1:8643")
    serve(root, port=8643)                               until it is interrupted

    /                                 all articles in all locales
    /vi/                              those of one
    /vi/skin/collagen                 an article beside its translation
    /-/entries/vi/skin/collagen       the list of its entries, to take the place of an older one
    /-/standing/vi/skin/collagen      what becomes of its page
    /-/entry/vi/NAME/skin/collagen    what is told of one
    /-/events/vi/skin/collagen        an event whenever something in it changed
    /-/edit                           POST: open a catalog in an editor
    /-/pages/KEY/skin/collagen.html   a frame (`?locale=vi&at-once&side=target`), and below KEY its pictures

Whatever is read is read in other threads, so that a large page holds nothing up.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import socket
import subprocess
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from polypage.errors import PolypageError, SettingsError
from polypage.preview import writing
from polypage.preview.assets import TYPES, asset
from polypage.preview.contents import Contents, settled
from polypage.preview.desk import Desk, Side
from polypage.preview.details import details
from polypage.preview.editors import Editor, available, command
from polypage.preview.framing import own_file, policy
from polypage.preview.guard import PAGES, Guard
from polypage.preview.watching import Watcher
from polypage.preview.writing import Addresses, Listing, Setting
from polypage.profiles import is_pseudo, profile, spelling
from polypage.project import SITE, load
from polypage.runs.scope import scope_of

_OWN_FILES = {"preview.css": "text/css", "preview.js": "text/javascript"}


def application(root: Path, *, host: str, remote: bool = False) -> Guard:
    """Make the application for a project; `host` is the name and port by which it is reached."""
    return _guarded(_Preview(root, host, remote=remote), host)


def _guarded(preview: _Preview, host: str) -> Guard:
    port = host.rpartition(":")[2]
    return Guard(preview.app(), hosts=frozenset({host, f"localhost:{port}", f"127.0.0.1:{port}"}))


def address(root: Path, *, slugs: Sequence[str] = (), locales: Sequence[str] = ()) -> str:
    """Return the path of the page that shows an article or a locale; of several, the first.

    Raises:
        PolypageError: The project has no such article or locale.
    """
    scope = scope_of(load(root), slugs, locales)
    if not scope.locales:
        remedy = "name some in the settings, [project] locales, or one with -l"
        raise SettingsError(root, "there is no locale to show", remedy=remedy)
    if slugs:
        return _path(scope.locales[0], scope.slugs[0])
    return f"/{scope.locales[0]}/" if locales else "/"


def serve(root: Path, *, port: int, remote: bool = False, on_start: Callable[[str], None]) -> None:
    """Serve a project on this machine alone until interrupted; tell the address when it is known.

    Raises:
        PolypageError: The settings make no sense, or the port is taken.
    """
    load(root)
    with _bound(port) as listening:
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        preview = _Preview(root, host, remote=remote)
        config = uvicorn.Config(
            _guarded(preview, host),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        on_start(f"http://{host}")
        with suppress(KeyboardInterrupt):
            _Server(config, preview.stop).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server that tells those who listen for events that there will be no more of them."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the listening first: it would never end by itself."""
        self._stop()
        await super().shutdown(sockets)


def _bound(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError as error:
        remedy = "choose another with --port, or let the system choose with --port 0"
        problem = f"port {port} cannot be had: {error.strerror}"
        raise PolypageError("preview", problem, remedy=remedy) from error


class _Preview:
    """What the answers are made of."""

    def __init__(self, root: Path, host: str, *, remote: bool) -> None:
        self._root = root
        self._remote = remote
        self._desk = Desk(root)
        self._contents = Contents()
        self._watcher = Watcher(root)
        self._editors = available(os.environ)
        self._token = secrets.token_urlsafe(24)
        self._key = secrets.token_urlsafe(24)
        self._pages = f"http://{host}{PAGES}{self._key}/"

    def app(self) -> Starlette:
        routes = [
            Route("/", self.contents),
            Route("/-/style/{name}", self.own_file),
            Route("/-/entries/{locale}/{slug:path}", self.entries),
            Route("/-/standing/{locale}/{slug:path}", self.standing),
            Route("/-/entry/{locale}/{name}/{slug:path}", self.entry),
            Route("/-/events/{locale}/{slug:path}", self.events),
            Route("/-/edit", self.edit, methods=["POST"]),
            Route(PAGES + "{key}/{name:path}", self.page),
            Route("/{locale}/", self.contents),
            Route("/{locale}/{slug:path}", self.article),
        ]
        handlers = {PolypageError: self.problem, SettingsError: self.problem}
        return Starlette(routes=routes, exception_handlers=handlers, lifespan=self._watching)

    @asynccontextmanager
    async def _watching(self, _: Starlette) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watcher.run())
        try:
            yield
        finally:
            self._watcher.stop()
            await watching

    def stop(self) -> None:
        """End all that goes on."""
        self._watcher.stop()

    # --- pages ----------------------------------------------------------------------------

    def contents(self, request: Request) -> Response:
        project = load(self._root)
        locale = request.path_params.get("locale")
        every = project.settings.project.locales
        if locale is not None and spelling(locale) not in every:
            raise SettingsError(project.root, f"{locale!r} is no locale of this project")
        listings = [
            Listing(
                profile(each),
                f"/{each}/",
                [
                    (_path(each, progress.slug), progress)
                    for progress in self._contents.of(project, each)
                ],
            )
            for each in ((spelling(locale),) if locale else every)
        ]
        title = profile(spelling(locale)).name if locale else project.root.name
        at = self._addresses(contents="/" if locale else "")
        return HTMLResponse(writing.contents_page(listings, at, title))

    def article(self, request: Request) -> Response:
        sheet = self._desk.sheet(*_asked(request), at_once=True)
        return HTMLResponse(writing.article_page(sheet, self._setting(sheet.slug, sheet.locale)))

    def entries(self, request: Request) -> Response:
        at_once = "at-once" in request.query_params
        sheet = self._desk.sheet(*_asked(request), at_once=at_once)
        return HTMLResponse(writing.entries_part(sheet, self._setting(sheet.slug, sheet.locale)))

    def standing(self, request: Request) -> Response:
        page = self._desk.standing(*_asked(request))
        found = settled(load(self._root), (page.slug,), page.locale) if page.standing else {}
        return HTMLResponse(writing.standing_part(page, is_settled=page.slug in found))

    def entry(self, request: Request) -> Response:
        slug, locale = _asked(request)
        row = self._desk.row(slug, locale, request.path_params["name"])
        if row is None:
            raise HTTPException(404)
        told = details(self._root, row, locale)
        return HTMLResponse(writing.entry_part(told, self._setting(slug, locale)))

    def problem(self, _: Request, error: Exception) -> Response:
        status = 404 if isinstance(error, SettingsError) else 500
        page = writing.problem_page(str(error), self._addresses(contents="/"))
        return HTMLResponse(page, status)

    def own_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _OWN_FILES:
            raise HTTPException(404)
        return Response(own_file(name), media_type=_OWN_FILES[name])

    def _setting(self, slug: str, locale: str) -> Setting:
        source = profile(load(self._root).settings.project.source_locale)
        names = tuple(editor.name for editor in self._editors)
        at = self._addresses(slug, locale, contents="/")
        return Setting(at, profile(locale), source, self._token, names)

    def _addresses(self, slug: str = "", locale: str = "", *, contents: str) -> Addresses:
        frame = f"{PAGES}{self._key}/{quote(slug)}.html?locale={locale}&at-once&side="
        return Addresses(
            style="/-/style/preview.css",
            script="/-/style/preview.js",
            contents=contents,
            locale=f"/{locale}/",
            source=f"{frame}source",
            target=f"{frame}target",
            entries=f"/-/entries{_path(locale, slug)}",
            standing="" if is_pseudo(locale) else f"/-/standing{_path(locale, slug)}",
            entry=f"/-/entry/{locale}/NAME/{quote(slug)}",
            events=f"/-/events{_path(locale, slug)}",
            edit="/-/edit",
        )

    # --- frames ---------------------------------------------------------------------------

    def page(self, request: Request) -> Response:
        if not secrets.compare_digest(request.path_params["key"].encode(), self._key.encode()):
            raise HTTPException(404)
        name, asked = request.path_params["name"], request.query_params
        if "side" in asked:
            side: Side = "source" if asked["side"] == "source" else "target"
            at_once = "at-once" in asked
            return self._frame(
                name.removesuffix(".html"), asked.get("locale", ""), side, at_once=at_once
            )
        path = asset(load(self._root), name)
        if path is None:
            raise HTTPException(404, headers={"Content-Security-Policy": "sandbox"})
        headers = {
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            "Access-Control-Allow-Origin": "*",  # fonts, for frames without an origin
        }
        return FileResponse(path, media_type=TYPES[path.suffix.lower()], headers=headers)

    def _frame(self, slug: str, locale: str, side: Side, *, at_once: bool) -> Response:
        html = self._desk.frame(
            slug, locale, side, own=self._pages, remote=self._remote, at_once=at_once
        )
        said = f"{policy(own=self._pages, remote=self._remote)}; sandbox allow-scripts"
        return HTMLResponse(
            html.encode("utf-8", "replace"), headers={"Content-Security-Policy": said}
        )

    # --- while somebody works -------------------------------------------------------------

    async def events(self, request: Request) -> Response:
        slug, locale = _asked(request)
        paths = await run_in_threadpool(self._watched, slug, locale)
        return StreamingResponse(self._told(paths), media_type="text/event-stream")

    def _watched(self, slug: str, locale: str) -> frozenset[str]:
        project = load(self._root)
        catalogs = (project.catalog_path(each, locale) for each in (slug, SITE))
        # Beside its catalogs a locale's folder has its glossary, and what else holds for all pages.
        beside = project.glossary_path(locale, ".csv").parent
        files = (project.source_path(slug), *catalogs, beside)
        return frozenset(map(project.relative, files))

    async def _told(self, paths: frozenset[str]) -> AsyncIterator[str]:
        yield "retry: 500\n\n"
        async for changed in self._watcher.changes():
            touched = sorted(path for path in changed if _touches(path, paths))
            if touched:
                yield f"event: changed\ndata: {json.dumps(touched)}\n\n"

    async def edit(self, request: Request) -> Response:
        token = request.headers.get("x-polypage-token", "")
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            raise HTTPException(403)
        try:
            asked = await request.json()
            locale, slug, name = (str(asked[key]) for key in ("locale", "slug", "name"))
            editor = self._editors[int(asked["editor"])]
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise HTTPException(400) from error
        return await run_in_threadpool(self._open, editor, slug, locale, name)

    def _open(self, editor: Editor, slug: str, locale: str, name: str) -> Response:
        row = self._desk.row(slug, locale, name)
        if row is None:
            raise HTTPException(404)
        path = load(self._root).root / row.path
        words = command(editor, path, row.entry.line)
        try:
            process = subprocess.Popen(words, start_new_session=True)  # noqa: S603 - the user's own editor
        except OSError as error:
            raise HTTPException(500, f"{editor.name} cannot be started") from error
        Thread(target=process.wait, daemon=True).start()
        return PlainTextResponse(f"{editor.name} opens {row.place}")


def _touches(path: str, paths: frozenset[str]) -> bool:
    return path in paths or path.rpartition("/")[0] in paths or path.endswith(".css")


def _asked(request: Request) -> tuple[str, str]:
    return request.path_params["slug"], request.path_params["locale"]


def _path(locale: str, slug: str) -> str:
    return f"/{locale}/{quote(slug)}"
