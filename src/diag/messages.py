"""Makes the C++ tables of messages: messages.py FOLDER messages.pot zh-Hant.po zh-Hans.po pt.po

messages.pot has every message: `msgctxt` is its identifier, `msgid` its English with the arguments as `{name:form}`
(src/diag/text.h lists the forms), `#:` the folders of src/ that say it. A .po file has the same with `msgstr`.
messages_check.h declares one function for each message of src/check, so that a wrong number or type of arguments does
not compile; messages.cpp defines them, and the tables. An unknown form, or a translation that has other arguments than
the English, fails the build.

messages.py missing messages.pot pt.po: lists what a language does not have, or has for an earlier English.

messages.py help help_texts.cpp zh-Hant.po zh-Hans.po pt.po: makes the table of the texts of `--help`, whose English is
in src/cli/verbs.def, and which a .po file has by their English alone.
"""
import re
import sys

FORMS = {  # form: its letter, the type of the parameter
    "": ("v", "std::string"), "name": ("n", "std::string"), "names": ("N", "std::vector<std::string>"),
    "names_all": ("l", "std::vector<std::string>"), "noun": ("r", "std::string"),
    "phrase": ("h", "std::string"), "filled": ("f", "std::vector<std::string>"),
    "names_and": ("a", "std::vector<std::string>"), "names_or": ("o", "std::vector<std::string>"),
    "count": ("c", "std::size_t"), "day": ("d", "base::Date"), "text": ("t", "Text"),
    "texts": ("T", "std::vector<Text>"), "texts_and": ("A", "std::vector<Text>"),
    "texts_or": ("O", "std::vector<Text>"), "parts": ("p", "std::vector<Text>"),
    "point": ("P", "std::vector<Text>"), "clauses": ("s", "std::vector<Text>"),
}
PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([a-z_]+)(?::([a-z_]+))?\}|[{}]")


def fail(path, what):
    sys.exit(path + ": " + what)


def unquoted(path, text):
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        fail(path, "not a quoted text: " + text)
    return re.sub(r"\\(.)", lambda match: "\n" if match.group(1) == "n" else match.group(1), text[1:-1])


def entries(path):
    """The entries of a .po file as dictionaries: msgctxt, msgid, msgid_plural, msgstr, msgstr[0] …, fuzzy."""
    entry, key = {}, None
    with open(path, encoding="utf-8") as file:
        for line in list(file) + ["\n"]:
            line = line.strip()
            if not line:
                if "msgid" in entry:
                    yield entry
                entry, key = {}, None
            elif line.startswith("#,") and "fuzzy" in line:
                entry["fuzzy"] = "yes"
            elif line.startswith("#:"):
                entry["folders"] = line[2:].split()
            elif line.startswith("#"):
                continue
            elif line.startswith('"'):
                entry[key] += unquoted(path, line)
            else:
                key, text = line.split(" ", 1)
                entry[key] = unquoted(path, text)


def arguments_of(path, entry):
    """Name to form, in the order of the English."""
    found = {}
    for text in (entry["msgid"], entry.get("msgid_plural", "")):
        for match in PLACEHOLDER.finditer(text):
            if match.group(0) in "{}":
                fail(path, "a lone brace in: " + text)
            if match.group(1) is None:
                continue
            if (match.group(2) or "") not in FORMS:
                fail(path, "unknown form in: " + text)
            found.setdefault(match.group(1), match.group(2) or "")
    return found


def literal(path, text, arguments, translated):
    """A C++ literal in which an argument is \\1, its form and its place. A translation may leave the form out."""
    names = list(arguments)

    def place(match):
        if match.group(1) is None:
            return match.group(0)[0]
        name = match.group(1)
        if name not in arguments:
            fail(path, "no argument " + name + " in: " + text)
        form = match.group(2) or (arguments[name] if translated else "")
        if FORMS[form][1] != FORMS[arguments[name]][1]:
            fail(path, "another type of " + name + " in: " + text)
        return "\1" + FORMS[form][0] + str(names.index(name))

    text = PLACEHOLDER.sub(place, text)
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\1", '\\1""')
    return '"' + text + '"'


def places_in(text):
    """The arguments of a text and its doubled braces, each as often as it stands there."""
    return sorted(match.group(1) or match.group(0) for match in PLACEHOLDER.finditer(text))


def english_of(entry):
    return [entry["msgid"]] + ([entry["msgid_plural"]] if "msgid_plural" in entry else [])


def forms_of(path, entry, arguments, translated):
    if not translated:
        texts = english_of(entry)
    elif "msgid_plural" in entry:
        texts = [entry[key] for key in sorted(entry) if key.startswith("msgstr[")]
    else:
        texts = [entry.get("msgstr", "")]
    if any(not text for text in texts) or not texts:
        return ""
    # A language with one form says it as English says it of several.
    english = english_of(entry)[-1:] if len(texts) == 1 else english_of(entry)
    for place, text in enumerate(texts):
        if places_in(text) != places_in(english[min(place, len(english) - 1)]):
            fail(path, "other arguments than the English of " + entry["msgctxt"] + ": " + text)
    return ", ".join(literal(path, text, arguments, translated) for text in texts)


def is_translated(entry, theirs):
    """Whether a language has a message, and for the English of today."""
    said = theirs.get(entry["msgctxt"])
    if said is None or "fuzzy" in said or said["msgid"] != entry["msgid"]:
        return False
    return bool(said.get("msgstr") or said.get("msgstr[0]"))


def by_id(path):
    return {entry["msgctxt"]: entry for entry in entries(path) if entry.get("msgctxt")}


def list_missing(template, translation):
    theirs = by_id(translation)
    for entry in by_id(template).values():
        if not is_translated(entry, theirs):
            print(entry["msgctxt"] + ": " + entry["msgid"])


def plural_of(path):
    for entry in entries(path):
        if entry["msgid"] == "":
            match = re.search(r"plural=([^;]+);", entry.get("msgstr", ""))
            if match:
                return match.group(1)
    fail(path, "no plural forms")


def alias_of(folder):
    """So that a folder says `message::rules_disagree(…)`."""
    if folder == "diag":
        return ""
    space = "farol::" + {"target": "dingtalk"}.get(folder, folder)
    return "\nnamespace " + space + " {\nnamespace message = diag::message;\n}  // namespace " + space + "\n"


def write_if_changed(path, text):
    """So that a new message of one folder does not compile the others again."""
    try:
        with open(path, encoding="utf-8") as file:
            if file.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def main(folder, template, *translations):
    messages = [entry for entry in entries(template) if entry.get("msgctxt")]
    known = [by_id(path) for path in translations]
    ids = [entry["msgctxt"] for entry in messages]
    for path, theirs in zip(translations, known):
        for one in theirs:
            if one not in ids:
                fail(path, "no message " + one)
    doubles = [one for one in set(ids) if ids.count(one) > 1]
    if doubles:
        fail(template, "twice: " + ", ".join(sorted(doubles)))

    names, declared, defined, sentences, rows = [], {}, [], [], ['    {"", "", {}},']
    for entry in messages:
        one, arguments = entry["msgctxt"], arguments_of(template, entry)
        if "msgid_plural" in entry and "count" not in arguments.values():
            fail(template, "a plural and no count: " + one)
        parameters = ", ".join(FORMS[form][1] + " " + name for name, form in arguments.items())
        names.append("  " + one + ",")
        if not entry.get("folders"):
            fail(template, "no folder says " + one)
        for each in entry["folders"]:
            declared.setdefault(each, []).append("[[nodiscard]] Text " + one + "(" + parameters + ");")
        values = ", ".join("{std::move(" + name + ")}" for name in arguments)
        defined.append("Text " + one + "(" + parameters + ") { return {Message::" + one + ", arguments(" +
                       values.replace("{std::move(", "Argument{std::move(") + ")}; }")
        spans = []
        for language, (path, theirs) in enumerate([(template, None)] + list(zip(translations, known))):
            said = entry if theirs is None else theirs.get(one)
            usable = theirs is None or is_translated(entry, theirs)
            forms = forms_of(path, said, arguments, theirs is not None) if usable else ""
            if not forms:
                spans.append("{}")
                continue
            name = one + "_" + str(language)
            sentences.append("constexpr std::string_view " + name + "[] = {" + forms + "};")
            spans.append(name)
        letters = " ".join(FORMS[form][0] + name for name, form in arguments.items())
        rows.append('    {"' + one + '", "' + letters + '", {' + ", ".join(spans) + "}},")

    note = "// Generated by src/diag/messages.py.\n"
    for each, functions in declared.items():
        write_if_changed(folder + "/messages_" + each + ".h",
                         note + '#pragma once\n\n#include "diag/text.h"\n\nnamespace farol::diag::message {\n\n' +
                         "\n".join(functions) + "\n\n}  // namespace farol::diag::message\n" + alias_of(each))
    plurals = [plural_of(path) for path in (template,) + translations]
    source = (note + '#include "diag/message_table.h"\n#include "diag/text.h"\n\n'
              "namespace farol::diag {\n\nenum class Message : std::uint16_t {\n  nothing,\n" + "\n".join(names) +
              "\n};\n\nnamespace {\n\n" + "\n".join(sentences) + "\n\nconstexpr MessageRow rows[] = {\n" +
              "\n".join(rows) + "\n};\n\ntemplate <class... Arguments>\n"
              "std::vector<Argument> arguments(Arguments... each) {\n  std::vector<Argument> all;\n"
              "  all.reserve(sizeof...(each));\n  (all.push_back(std::move(each)), ...);\n  return all;\n}\n\n"
              "}  // namespace\n\nstd::span<const MessageRow> message_rows() { return rows; }\n\n"
              "std::size_t plural_form(base::Language language, std::size_t count) {\n"
              "  [[maybe_unused]] const std::size_t n = count;\n  switch (static_cast<std::size_t>(language)) {\n" +
              "\n".join("    case " + str(i) + ": return static_cast<std::size_t>(" + plural + ");"
                        for i, plural in enumerate(plurals)) +
              "\n  }\n  return 0;\n}\n\nnamespace message {\n" + "\n".join(defined) +
              "\n}  // namespace message\n\n}  // namespace farol::diag\n")
    write_if_changed(folder + "/messages.cpp", source)
    write_if_changed(folder + "/messages.stamp", "")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def write_help(out, *translations):
    """Rows in the order of their English, so that one is found by halves."""
    rows = {}
    for language, path in enumerate(translations):
        for entry in entries(path):
            if entry["msgid"] and "fuzzy" not in entry:
                if entry["msgid"].count("{WORDS}") != entry.get("msgstr", "").count("{WORDS}"):
                    fail(path, "other arguments than the English: " + entry["msgid"])
                rows.setdefault(entry["msgid"], [""] * len(translations))[language] = entry.get("msgstr", "")
    lines = ["    {" + quoted(english) + ",\n     {" + ", ".join(quoted(text) for text in texts) + "}},"
             for english, texts in sorted(rows.items(), key=lambda row: row[0].encode("utf-8"))]
    write_if_changed(out, "// Generated by src/diag/messages.py.\n#include \"cli/help_texts.h\"\n\nnamespace farol::cli {\n\n"
                     "std::span<const HelpText> help_texts() {\n  static constexpr HelpText rows[] = {\n" + "\n".join(lines) +
                     "\n  };\n  return rows;\n}\n\n}  // namespace farol::cli\n")


if sys.argv[1] == "missing":
    list_missing(*sys.argv[2:])
elif sys.argv[1] == "help":
    write_help(*sys.argv[2:])
else:
    main(*sys.argv[1:])
