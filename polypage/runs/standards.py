"""What a project judges translations by before they are handed on.

errors_of(hit.entry, standards_of(project, "vi"))
"""

from __future__ import annotations

from polypage.checking.glossary import NO_TERMS, Glossary
from polypage.errors import GlossaryError
from polypage.profiles import profile
from polypage.project import Project
from polypage.reuse.vetting import Standards
from polypage.runs.localefiles import open_glossary


def standards_of(project: Project, locale: str) -> Standards:
    """Read what holds for a locale; that its glossary cannot be read is told by checks."""
    settings = project.settings
    return Standards(
        profile(settings.project.source_locale),
        profile(locale),
        settings.checks.weights(locale),
        _glossary(project, locale),
    )


def _glossary(project: Project, locale: str) -> Glossary:
    try:
        return open_glossary(project, locale).glossary
    except GlossaryError:
        return NO_TERMS
