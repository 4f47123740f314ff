"""What the words of a matrix stand for, by the way of reading that the matrix gives itself: a mark alone is everything, a
tier is its data and its classes, but for what the cell names by itself, and what a cell does not mention is not permitted."""
import itertools
import re

ALLOWED = ("✔", "⊘")


def split(text, known, between):
    """The names in a text with `between` in the midst of them, which a name may hold, too."""
    found = []
    while text:
        name = max((each for each in known if text == each or text.startswith(each + between)), key=len, default=None)
        assert name is not None, f"`{text}` begins with none of {sorted(known)}"
        found.append(known[name])
        text = text[len(name) + len(between):]
    return found


class Words:
    """The titles of a policy, from its permissions.json in English."""

    def __init__(self, document):
        self.roles = {each["title"]: each["name"] for each in document["roles"]}
        self.controls = {each["title"]: each["name"] for each in document["controls"]}
        self.tiers = [each["name"] for each in document["tiers"]]
        self.tier_of = {each["name"]: each["tier"] for each in document["data"]}
        things = [each for each in [*document["data"], *document["things"]] if isinstance(each["name"], str)]
        self.things = {each["title"]: each["name"] for each in things}
        self.contexts = {each["title"]: (each["name"], {value["title"]: value["name"] for value in each["values"]})
                         for each in document["contexts"]}
        self.values = dict(self.contexts.values())

    def condition(self, text):
        """The alternatives, each with the values of its contexts; no condition is one that always holds."""
        boxes = []
        for part in text[1:-1].split(") or (") if text.startswith("(") else [text]:
            box = {}
            for title, said in (each.split(": ", 1) for each in part.split("; ") if each):
                name, values = self.contexts[title]
                plain = said.removeprefix("anything but ")
                given = set(split(plain, values, " or "))
                box[name] = given if plain == said else set(values.values()) - given
            boxes.append(box)
        return boxes

    def note(self, text):
        """When, with which controls, and until which day."""
        controls, until = frozenset(), None
        if found := re.search(r"(?:^|; )until (\d{4}-\d\d-\d\d)$", text):
            until, text = found[1], text[:found.start()]
        if found := re.search(r"(?:^|; )requires: (.*)$", text):
            controls, text = frozenset(split(found[1], self.controls, ", ")), text[:found.start()]
        return self.condition(text), controls, until

    def on(self, text, objects, named):
        """The objects for which a mark with these words stands, without those that the cell names elsewhere."""
        tiers = {name: [name] for name in self.tiers}
        for at, name in enumerate(self.tiers):
            tiers |= {f"up to {name}": self.tiers[:at + 1], f"{name} or below": self.tiers[:at + 1]}
            tiers |= {f"{name} or above": self.tiers[at:], f"{name} and above": self.tiers[at:]}
        others = {f"other {each.removeprefix('any other ')}s": {each} for each in objects if each.startswith("any other ")}
        known = {name: name for name in [*self.things, *tiers, *others, "other data"]}
        found = set()
        for word in split(text, known, ", ") if text else ["other data"]:
            if word in self.things:
                found.add(self.things[word])
            elif word in tiers:
                found |= set(tiers[word]) | {name for name, on in self.tier_of.items() if on in tiers[word] and name not in named}
            else:
                found |= others.get(word, objects - named)
        return found & objects

    def named(self, lines):
        """The things that one of the lines names by itself."""
        return {name for text in lines for title, name in self.things.items()
                if re.search(f"(^|, ){re.escape(title)}($|, )", text)}


class Points:
    """What is said at every point of a role and a feature, over the contexts that matter there."""

    def __init__(self, words, boxes):
        self.names = sorted({name for box in boxes for name in box})
        cases = itertools.product(*(words.values[name].values() for name in self.names))
        self.cases = [dict(zip(self.names, case)) for case in cases]
        self.said = {}

    def say(self, objects, when, answer):
        """An answer on these objects, in these cases; two answers at one point are a fault."""
        for thing in objects:
            for case in self.cases:
                if any(all(case[name] in values for name, values in box.items()) for box in when):
                    point = (thing, *case.values())
                    assert self.said.setdefault(point, answer) == answer, f"{point}: {self.said[point]} and {answer}"
