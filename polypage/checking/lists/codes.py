"""Checks of inline codes, which reading a translation finds: none has a function of its own."""

from __future__ import annotations

from polypage.checking.rows import Check, Example, Family
from polypage.model import Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

INLINE = (
    Check(
        "inline-missing",
        Family.INLINE,
        _ERROR,
        "An inline code of the source is not in the translation",
        Example("de", "Read <a1>the paper</a1>.", "Lesen Sie das Papier."),
        Example("de", "Read <a1>the paper</a1>.", "<a1>Das Papier</a1> lesen."),
        "Put the code in where the words want it; the extracted comment says what it stands for.",
    ),
    Check(
        "inline-doubled",
        Family.INLINE,
        _ERROR,
        "An inline code is there more often than in the source",
        Example("de", "Rest<br/>well.", "Ruhen<br/>Sie<br/>gut."),
        Example("de", "Rest<br/>well.", "Ruhen<br/>Sie gut."),
        "Take out what is too much.\n"
        "Of codes without a number, such as `<br/>` or `<b>`, there must be as many as in the source.",
    ),
    Check(
        "inline-unbalanced",
        Family.INLINE,
        _ERROR,
        "The start or the end of a pair is missing, or two pairs overlap",
        Example("de", "Read <a1>the paper</a1>.", "Lesen Sie <a1>das Papier."),
        Example("de", "Read <a1>the paper</a1>.", "Lesen Sie <a1>das Papier</a1>."),
        "Put in what is missing; of two pairs that overlap, end the inner one first.",
    ),
    Check(
        "inline-order",
        Family.INLINE,
        _ERROR,
        "A code whose partner is in another segment has changed places",
        Example("de", "<font1/>Rest.<font2/>", "<font2/>Ruhe.<font1/>"),
        Example("de", "<font1/>Rest.<font2/>", "<font1/>Ruhe.<font2/>"),
        "Put the codes in the order of the source, and no code past them that stood on their other side.\n"
        "Such tags begin or end outside the text that the translator sees; [notation](notation.md#tags-without-their-partner) tells why.",
    ),
    Check(
        "inline-nesting",
        Family.INLINE,
        _ERROR,
        "An inline code has entered or left a pair where it may not",
        Example("de", "<a1>One</a1> <a2>two</a2>", "<a1>Eins <a2>zwei</a2></a1>"),
        Example("de", "<a1>One</a1> <a2>two</a2>", "<a2>Zwei</a2> <a1>eins</a1>"),
        "Move the code out of the link, or back into its pair.\n"
        "As a **warning** it says that something has moved into a link or out of it: see that it is meant to.",
    ),
    Check(
        "inline-unknown",
        Family.INLINE,
        _ERROR,
        "Something looks like markup and is no inline code of the source",
        Example("de", "Rest well.", "Ruhen Sie <b>gut</b>."),
        Example("de", "Rest below 60 beats.", "Ruhen Sie bei < 60 Schlägen."),
        "Leave it out, or write `&lt;b>` if it is text.\n"
        "As a **warning** it says that something merely looks like a tag, and is taken for text.",
    ),
    Check(
        "inline-empty",
        Family.INLINE,
        _WARNING,
        "An inline code has lost the words it held",
        Example("de", "Read <b>this</b>.", "Lesen Sie das.<b></b>"),
        Example("de", "Read <b>this</b>.", "Lesen Sie <b>das</b>."),
        "See that none of the words belong into the pair.\n"
        "As an **error** it says that no words are left at all.",
    ),
)
