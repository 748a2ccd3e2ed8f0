"""Small instruments as plain values, and a writer that knows on which line each key stands."""

import json
from copy import deepcopy

from brygga.engines.risk import Answers, read

ABC = ("calm", "warm", "hot")


def both(text):
    return {"sv": f"{text} på svenska", "en": f"{text} in English"}


def level(name, start, end):
    return {"id": name, "from": start, "to": end, "name": both(name), "meaning": both("meaning")}


def axis(name, top):
    return {
        "id": name,
        "name": both(name),
        "meaning": both("meaning"),
        "level": [level("low", 0, 1), level("middle", 2, 3), level("high", 4, top)],
    }


def statement(name, topic, floors=(None, None, None)):
    alternatives = []
    for points, (each, floor) in enumerate(zip(ABC, floors, strict=True)):
        told = {"id": each, "points": points, **both(each)}
        alternatives.append(told | ({"at_least": floor} if floor else {}))
    return {
        "id": name,
        "topic": topic,
        "topic_by": "brygga",
        "heading": both("heading"),
        "text": both("text"),
        "help": both("help"),
        "sources": both("sources"),
        "alternative": alternatives,
    }


def result(name, at, way, **more):
    return {
        "id": name,
        "at": at,
        "name": both(name),
        "meaning": both("meaning"),
        "why": both("why"),
        "measures": ["talk", "listen"],
        "way": way,
        **more,
        "avoid": [both("haste"), both("silence")],
    }


def base(kind):
    return {
        "id": f"small_{kind}",
        "kind": kind,
        "version": 1,
        "origin": "organisation",
        "label": both("label"),
        "title": both("title"),
        "intro": both("intro"),
        "link": {
            "name": both("link"),
            "address": {"sv": "https://exempel.se/a", "en": "https://example.org/a"},
        },
        "role": [{"id": "leader", **both("leader")}],
        "way": [
            {"id": "inform", "name": both("inform"), "meaning": both("meaning")},
            {"id": "safety_first", "name": both("safety"), "meaning": both("meaning")},
        ],
        "measure": [
            {"id": "talk", "who": "leader", **both("talk")},
            {"id": "listen", "who": "leader", **both("listen")},
        ],
    }


def statements_document():
    """Four statements on one axis; the last one's highest answer sets a floor."""
    return {
        **base("statements"),
        "do_not_know": "warm",
        "scale": [{"id": each, **both(each)} for each in ABC],
        "axis": [axis("risk", 8)],
        "topic": [
            {"id": "one", "axis": "risk", "title": both("one")},
            {"id": "two", "axis": "risk", "title": both("two")},
        ],
        "statement": [
            statement("first", "one"),
            statement("second", "one"),
            statement("third", "two"),
            statement("grave", "two", (None, "middle", "high")),
        ],
        "result": [
            result("low", {"risk": "low"}, "inform"),
            result("middle", {"risk": "middle"}, "inform", next="matrix"),
            result("high", {"risk": "high"}, "safety_first", then=["inform"]),
        ],
    }


def matrix_document():
    """Three statements an axis and all nine squares."""
    return {
        **base("matrix"),
        "axis": [axis("complexity", 6), axis("conflict", 6)],
        "topic": [
            {"id": "talk", "axis": "conflict", "title": both("talk")},
            {"id": "issue", "axis": "complexity", "title": both("issue")},
        ],
        "statement": [
            statement("tone", "talk"),
            statement("hate", "talk"),
            statement("threats", "talk", (None, "middle", "high")),
            statement("values", "issue"),
            statement("past", "issue"),
            statement("trust", "issue"),
        ],
        "result": [
            result(
                f"{complexity}_{conflict}",
                {"complexity": complexity, "conflict": conflict},
                "safety_first" if conflict == "high" else "inform",
            )
            for complexity in ("low", "middle", "high")
            for conflict in ("low", "middle", "high")
        ],
    }


def screening_document():
    document = statements_document()
    document |= base("screening") | {"aid": [{"id": "one", **both("aid")}]}
    document["topic"] = document["topic"][:1]
    document["statement"] = [statement("risk", "one")]
    document["axis"][0]["level"] = [level(n, i, i) for i, n in enumerate(("low", "middle", "high"))]
    return document


DOCUMENTS = {
    "screening": screening_document,
    "statements": statements_document,
    "matrix": matrix_document,
}


def written(document):
    """Write a document as TOML, one key a line; return the text and the line of every path."""
    sheet = Sheet()
    sheet.table(document, (), "")
    return "\n".join(sheet.lines) + "\n", sheet.places


class Sheet:
    def __init__(self):
        self.lines = []
        self.places = {}

    def put(self, path, text):
        self.lines.append(text)
        for length in range(1, len(path) + 1):
            self.places.setdefault(path[:length], len(self.lines))

    def pair(self, path, name, value):
        if isinstance(value, dict):
            for key, inner in value.items():
                self.pair((*path, key), f"{name}.{key}", inner)
        elif isinstance(value, list):
            self.put(path, f"{name} = [")
            for place, item in enumerate(value):
                self.put((*path, place), f"  {scalar(item)},")
            self.lines.append("]")
        else:
            self.put(path, f"{name} = {scalar(value)}")

    def table(self, content, path, header):
        lists = {key: value for key, value in content.items() if is_tables(value)}
        for key, value in content.items():
            if key not in lists:
                self.pair((*path, key), key, value)
        for key, items in lists.items():
            for place, item in enumerate(items):
                self.lines.append(f"# {key} number {place + 1}")
                self.put((*path, key, place), f"[[{header}{key}]]")
                self.table(item, (*path, key, place), f"{header}{key}.")


def is_tables(value):
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def scalar(value):
    """Write a value on one line; JSON's texts and numbers are TOML's too."""
    if isinstance(value, list):
        return "[" + ", ".join(scalar(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {scalar(each)}" for key, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def small(kind):
    return read(written(DOCUMENTS[kind]())[0])


def changed(document, path, value):
    """Return a copy in which the value at a path is another, or gone if it is None."""
    copy = deepcopy(document)
    *parents, last = path
    place = copy
    for part in parents:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return copy


def answered(instrument, **given):
    return Answers(instrument.edition, given)


def all_paths(value, path=()):
    """Go through every key and item of a plain value, from the outside in."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in inner:
        yield (*path, key)
        yield from all_paths(each, (*path, key))


def kinds_of_paths(document):
    """Go through one path of each kind: the last item stands for all items of a list."""
    found = {}
    for path in all_paths(document):
        found[tuple("" if isinstance(part, int) else part for part in path)] = path
    return list(found.values())
