"""E-mail addresses, phone numbers and street addresses in running Swedish text."""

import re
from collections.abc import Iterator

Spans = Iterator[tuple[int, int]]

_BLANK = "[ \t\u00a0\u202f]"
_DASH = "[-‐‑–−]"

# What makes a number an amount, an age or a date rather than a part of an address.
_UNIT = re.compile(
    rf"""
    {_BLANK}?(?:%|(?:
      gånger|ggr|meter|m|km|mil|kr|kronor|tkr|mkr|mnkr|miljoner|procent|st|stycken|personer
    | invånare|röster|barn|elever|år|månader|veckor|dagar|timmar|tim|minuter|min|januari|februari
    | mars|april|maj|juni|juli|augusti|september|oktober|november|december
    | jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec
    )\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)

_AT = rf"(?:@|{_BLANK}?[\[(](?:at|a|snabel-a)[\])]{_BLANK}?)"
_EMAIL = re.compile(
    rf"(?<![\w.+-])\w[\w.+-]{{0,63}}{_AT}(?:\w[\w-]{{0,62}}\.){{1,8}}[^\W\d_]{{2,24}}",
    re.IGNORECASE,
)

_GAP = rf"(?:{_BLANK}|{_DASH})?"
_MARK = rf"(?:\){_BLANK}?|{_BLANK}?(?:{_DASH}|/){_BLANK}?|{_BLANK})"  # after an area code
_PHONE = re.compile(
    rf"""
    (?<![\w,.:/+-])(?:
      0[1-9]\d{{7,8}}
    | \(?08{_MARK}\d(?:{_GAP}\d){{6,7}}
    | \(?0[1-9]\d{_MARK}\d(?:{_GAP}\d){{5,6}}
    | \(?0[1-9]\d\d{_MARK}\d(?:{_GAP}\d){{4,5}}
    | (?:\+|00)46{_GAP}(?:\(0\)|0)?{_BLANK}?[1-9](?:{_GAP}\d){{6,8}}
    | \+(?!46)[1-9]\d{{0,2}}(?:{_GAP}\d){{7,11}}
    )(?!\w|[-,./:]\d)
    """,
    re.VERBOSE,
)
_AMOUNT = re.compile(rf"\+\d{{1,3}}(?:{_BLANK}\d{{3}})+")
_AFTER_A_WORD = re.compile(
    rf"""
    \b(?:tel|telefon|telefonnummer|tfn|mobil|mobilnummer|ring|sms)[.:]?
    (?:{_BLANK}(?:mig|oss|på|är|nr)){{0,2}}{_BLANK}?
    (?P<number>[1-9]\d{{1,2}}(?:{_GAP}\d{{2,3}}){{2}})
    (?!\w|[-,./:]\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBERED_OTHERWISE = re.compile(
    r"""
    (?:\bdnr|diarie(?:nr|nummer)|ärende(?:nr|nummer)?|\borg\.?\ ?nr|organisationsnummer
    |bankgiro|\bbg|plusgiro|\bpg|konto(?:nr|nummer)?)\W{0,3}$
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEAD = 24  # characters before a number that may say what it is

_ADDRESS = re.compile(
    rf"""
    (?<!\w)(?:
      (?i:(?!(?:järn|gång|cykel|motor|riks|läns|europa)väg)
          [^\W\d_]{{2,40}}(?:gatan|vägen|gränden|gränd|torget|stigen|allén|backen))
    | (?i:gamla|nya|stora|lilla|norra|södra|östra|västra|övre|nedre|långa|breda)
      {_BLANK}(?i:gatan|vägen|gränden|gränd|torget|stigen|allén|backen)
    | [A-ZÅÄÖ][^\W\d_]{{2,40}}s{_BLANK}(?i:gata|väg|gränd|torg|stig|allé|backe|plats|plan|kaj)
    )
    {_BLANK}(?:nr\.?{_BLANK})?
    (?!(?:19|20)\d\d\b)\d{{1,4}}(?:{_BLANK}?[A-Ha-h]\b)?
    (?!\w|[.,:]\d|:\w)
    """,
    re.VERBOSE,
)


def emails(text: str) -> Spans:
    """Find e-mail addresses, also with the sign written as (at)."""
    return (match.span() for match in _EMAIL.finditer(text))


def phones(text: str) -> Spans:
    """Find phone numbers, Swedish ones with area code or after a word such as tel, and foreign."""
    for match in _PHONE.finditer(text):
        lead = text[max(0, match.start() - _LEAD) : match.start()]
        amount = _AMOUNT.fullmatch(match[0]) and _is_amount(text, match)
        if not amount and not _NUMBERED_OTHERWISE.search(lead):
            yield match.span()
    for match in _AFTER_A_WORD.finditer(text):
        if not _is_amount(text, match):
            yield match.span("number")


def addresses(text: str) -> Spans:
    """Find streets with a house number."""
    return (match.span() for match in _ADDRESS.finditer(text) if not _is_amount(text, match))


def _is_amount(text: str, match: re.Match[str]) -> bool:
    return _UNIT.match(text, match.end()) is not None
