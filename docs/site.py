"""Makes a site of the documentation, for MkDocs: what the top folder has belongs to it, too.

    make docs       (mkdocs build, which reads mkdocs.yml)

Pages are written to be read where they lie, in an editor or on a code host. For the site, links
to and from the top folder are bent, and what only tests read is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent.parent
TOP = {
    "README.md": "index.md",
    "ARCHITECTURE.md": "ARCHITECTURE.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "LICENSE": "LICENSE.txt",
}
"""What lies in the top folder, and where the site has it."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what lies in the top folder, and a list of the decisions."""
    for name, place in TOP.items():
        text = (ROOT / name).read_text("utf-8")
        files.append(File.generated(config, place, content=_lowered(text)))
    listed = "\n".join(_decisions())
    page = f"# Decisions\n\nEach choice with a real alternative, and why.\n\n{listed}\n"
    files.append(File.generated(config, "decisions/index.md", content=page))
    return files


def _lowered(text: str) -> str:
    """Bend the links of a page in the top folder, as if it stood among the others."""
    text = re.sub(r"\]\(docs/decisions/\)", "](decisions/index.md)", text)
    text = re.sub(r"\]\(docs/", "](", text)
    return re.sub(r"\]\(([A-Z]+(?:\.md)?)([#)])", lambda link: f"]({TOP[link[1]]}{link[2]}", text)


def _decisions() -> Iterator[str]:
    for path in sorted((ROOT / "docs/decisions").glob("*.md")):
        title = path.read_text("utf-8").split("\n", 1)[0].removeprefix("# ")
        yield f"{int(path.stem[:4])}. [{title}]({path.name})"


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs gives them by name
    """Leave out what examples tell their tests alone; bend links to the top folder."""
    markdown = re.sub(r"^<!-- run: .*? -->\n", "", markdown, flags=re.MULTILINE)
    markdown = re.sub(r"^(```[a-z]+) .*$", r"\1", markdown, flags=re.MULTILINE)
    depth = page.file.src_uri.count("/")
    above = re.escape("../" * (depth + 1))
    return re.sub(
        rf"\]\({above}([A-Z]+(?:\.md)?)([#)])",
        lambda link: f"]({'../' * depth}{TOP[link[1]]}{link[2]}",
        markdown,
    )
