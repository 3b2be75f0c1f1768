"""HTML's own words: which elements end a paragraph, which attributes people read.

Tables only, from the HTML standard (https://html.spec.whatwg.org/), named where they are read:

    "p" in BLOCK, "em" in BLOCK      -> True, False
    TEXT_ATTRIBUTES["placeholder"]   -> "placeholder"
"""

from typing import Final

BLANKS: Final = "\t\n\f\r "
"""ASCII white space: what collapses. No-break spaces and their like do not."""

VOID: Final = frozenset(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param source"
    " track wbr".split()
)
"""Elements without content or end tag (§13.1.2), obsolete ones included."""

BLOCK: Final = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt"
    " fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr"
    " html legend li listing main menu menuitem nav noframes ol optgroup option p plaintext pre search"
    " section summary table tbody td template tfoot th thead title tr ul xmp"
    # of SVG and MathML, whose texts stand alone
    " desc mtext text".split()
)
"""Elements that begin and end a segment; all others, unknown ones too, stand within text."""

NESTED: Final = frozenset(
    "audio canvas datalist iframe math noscript object picture select svg textarea video".split()
)
"""Elements that are one inline code for the text around them, while their content is read on its own."""

OPAQUE: Final = frozenset("script style".split())
"""Elements whose content nobody reads."""

FOREIGN: Final = frozenset(("svg", "math"))
"""Elements that leave HTML (§13.2.6.5)."""

FOREIGN_TEXT: Final = frozenset("title desc text mtext foreignobject".split())
"""Elements of SVG and MathML that hold text for people, or HTML."""

FOREIGN_INLINE: Final = frozenset("a tspan textpath switch".split())
"""Elements that stand within the text of a graphic."""

HTML_IN_FOREIGN: Final = frozenset(
    "foreignobject desc title annotation-xml mi mo mn ms mtext".split()
)
"""Integration points: HTML again inside SVG and MathML."""

BREAKOUT: Final = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li"
    " listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
"""Start tags that end SVG and MathML (§13.2.6.5); `font` with color, face or size does too."""

PRESERVE_SPACE: Final = frozenset("pre textarea listing plaintext xmp".split())
"""Elements in which white space counts."""

RAW_TEXT: Final = frozenset("script style xmp iframe noembed noframes plaintext".split())
"""Elements that hold text without markup or references."""

CLOSES_P: Final = frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search"
    " section summary table ul xmp".split()
)
"""Elements whose start tag ends an open paragraph (§13.2.6.4.7)."""

HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())

FORMATTING: Final = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""Elements that browsers take up again after a block that cuts through them (§13.2.4.3)."""

SPECIAL: Final = HTML_IN_FOREIGN | frozenset(
    "address applet area article aside base basefont bgsound blockquote body br button caption center"
    " col colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset"
    " h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link listing main marquee"
    " menu meta nav noembed noframes noscript object ol p param plaintext pre script search section"
    " select source style summary table tbody td template textarea tfoot th thead title tr track ul wbr"
    " xmp".split()
)
"""Elements that an inline end tag does not reach through (§13.2.4.2)."""

SCOPE: Final = HTML_IN_FOREIGN | frozenset(
    "applet caption html table td th marquee object select template".split()
)
"""Where the search for an open element ends (§13.2.4.2, element scope)."""

LIST_SCOPE: Final = SCOPE | {"ol", "ul"}
BUTTON_SCOPE: Final = SCOPE | {"button"}
TABLE_SCOPE: Final = frozenset("html table template".split())
TABLE_PARTS: Final = frozenset("caption colgroup tbody td tfoot th thead tr".split())

_IN_TABLE = frozenset("table template html".split())
_IN_SECTION = _IN_TABLE | {"tbody", "thead", "tfoot"}

TABLE_PARENTS: Final = {
    **dict.fromkeys(("td", "th"), _IN_SECTION | {"tr"}),
    **dict.fromkeys(("tbody", "thead", "tfoot", "caption", "colgroup"), _IN_TABLE),
    "tr": _IN_SECTION,
    "col": _IN_TABLE | {"colgroup"},
}
"""For the start tag of each part of a table the open elements that it does not end."""

IN_HEAD: Final = frozenset(
    "base basefont bgsound link meta noframes noscript script style template title".split()
)
"""Elements that do not end the head (§13.2.6.4.4)."""

OPTIONAL_END_INLINE: Final = frozenset("rb rp rt rtc".split())
"""Elements within text whose end tag may be left out."""

OPTIONAL_END: Final = OPTIONAL_END_INLINE | {"dd", "dt", "li", "optgroup", "option", "p"}
"""Elements that end by themselves before others do (§13.2.6.3, implied end tags)."""

TEXT_ATTRIBUTES: Final = {
    "alt": "image text",
    "title": "tooltip",
    "placeholder": "placeholder",
    "aria-label": "label for screen readers",
    "aria-description": "description for screen readers",
    "aria-roledescription": "role for screen readers",
    "aria-valuetext": "value for screen readers",
    "aria-placeholder": "placeholder for screen readers",
    "label": "label",
    "summary": "table summary",
    "abbr": "abbreviation of a table header",
    "value": "button",
    "content": "metadata",
}
"""Attributes that people read, and what they are to a translator."""

TEXT_ATTRIBUTE_ELEMENTS: Final = {
    "alt": frozenset("img area input image applet".split()),
    "placeholder": frozenset("input textarea".split()),
    "label": frozenset("track option optgroup menuitem menu".split()),
    "summary": frozenset(("table",)),
    "abbr": frozenset(("th",)),
    "value": frozenset(("input",)),
    "content": frozenset(("meta",)),
}
"""Where an attribute is read by people; one not named here is on any element."""

BUTTON_TYPES: Final = frozenset("button reset submit".split())
"""Types of `input` whose value is what the button says."""

META_ROLES: Final = {
    "title": "page title",
    "description": "page description",
    "abstract": "page description",
    "keywords": "page keywords",
    "application-name": "site name",
    "apple-mobile-web-app-title": "site name",
    "dc.title": "page title for catalogs",
    "dc.description": "page description for catalogs",
    "dcterms.title": "page title for catalogs",
    "dcterms.description": "page description for catalogs",
    "og:title": "page title for social media",
    "og:description": "page description for social media",
    "og:site_name": "site name for social media",
    "og:image:alt": "image text for social media",
    "article:section": "section for social media",
    "article:tag": "keywords for social media",
    "twitter:title": "page title for social media",
    "twitter:description": "page description for social media",
    "twitter:image:alt": "image text for social media",
    "twitter:label1": "label for social media",
    "twitter:data1": "what the label is of",
    "twitter:label2": "label for social media",
    "twitter:data2": "what the label is of",
    "name": "name",
    "headline": "headline",
    "alternativeheadline": "headline",
}
"""The metadata that people read, by the name, property or itemprop of `meta`."""

URL_ATTRIBUTES: Final = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href", "imagesrcset"),
    "meta": ("content",),
    "img": ("src", "srcset", "data-src", "data-srcset"),
    "source": ("src", "srcset", "data-src", "data-srcset"),
    "script": ("src",),
    "iframe": ("src", "data-src"),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "input": ("src",),
    "object": ("data",),
    "body": ("background",),
    "table": ("background",),
    "td": ("background",),
    # of SVG
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
}
"""Attributes that lead to other files. With `data-src` and its like scripts load pictures late."""

SOURCE_SETS: Final = frozenset("srcset data-srcset imagesrcset".split())
"""Attributes that hold several addresses, each with its size (§4.8.4.2.1)."""

META_URLS: Final = frozenset(
    "og:image og:image:url og:image:secure_url og:audio og:video twitter:image twitter:image:src"
    " image thumbnailurl msapplication-tileimage".split()
)
"""The metadata that leads to a picture or the like, by the name, property or itemprop of `meta`."""

ROLES: Final = {
    "p": "paragraph",
    "h1": "heading level 1",
    "h2": "heading level 2",
    "h3": "heading level 3",
    "h4": "heading level 4",
    "h5": "heading level 5",
    "h6": "heading level 6",
    "li": "list item",
    "dt": "term",
    "dd": "definition",
    "td": "table cell",
    "th": "table header",
    "caption": "table caption",
    "figcaption": "caption",
    "blockquote": "quotation",
    "summary": "summary",
    "legend": "legend",
    "title": "page title",
    "option": "option",
    "optgroup": "option group",
    "address": "address",
    "pre": "preformatted text",
    "textarea": "text field",
    "text": "text in a graphic",
    "desc": "description of a graphic",
    "mtext": "text in a formula",
    "button": "button",
    "label": "label",
    "a": "link",
}
"""What an element's text is to a translator."""
