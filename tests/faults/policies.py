"""Policies of a given size, each of what is hardest for one part of the compiler."""

HEAD = "farol 1\n"
# What is too large even at the size of the quick mode.
MUST_REFUSE = {"many rules with exceptions", "features of each role", "features for all roles in a list",
               "all apps but one in each rule", "a range of tiers in each rule", "conflicts", "checks of many roles"}
SMALL = HEAD + "role staff\nfeature f { kept_by: people }\n"


def many(size, make):
    """As many lines as fit."""
    lines, length, i = [], 0, 0
    while length < size:
        lines.append(make(i))
        length += len(lines[-1].encode())
        i += 1
    return "".join(lines)


def names(size, name, between=", "):
    """As many names as fit in a list."""
    listed, length = [], 0
    while length < size:
        listed.append(name(len(listed)))
        length += len(listed[-1]) + len(between)
    return between.join(listed)


def lines(count, make):
    return "".join(make(i) for i in range(count))


def policies(size):
    rule = "allow staff to f\n"
    # What is wrong with the text.
    yield "hidden characters", SMALL + "\u200b" * (size // 3)
    yield "full-width marks", SMALL + "deny staff to f " + "，" * (size // 3)
    yield "marks that are no marks", SMALL + "; " * (size // 2)
    yield "curly quotes", SMALL + many(size, lambda i: f"role a{i} {{ title: “x” }}\n")
    yield "names of two scripts", SMALL + many(size, lambda i: f"role а{i}b\n")
    yield "names that look alike", SMALL + many(size, lambda i: "role " + f"{i:b}".replace("1", "l").replace("0", "I") + "\n")
    yield "half a rule", SMALL + "allow staff to\n" * (size // 15)
    yield "words", SMALL + "word " * (size // 5)
    yield "open blocks", SMALL + "role a {\n" * (size // 9)
    yield "open parentheses", SMALL + "allow staff to f when " + "(" * size
    yield "nots", SMALL + "context net: a | b\nallow staff to f when " + "not " * (size // 4) + "net is a\n"
    yield "one long string", SMALL + 'policy "' + "x" * size + '"\n'
    yield "an open comment", SMALL + "/*" * (size // 2)
    yield "comments", SMALL + "/* */" * (size // 5)
    yield "comments of documentation", SMALL + "/// word\n" * (size // 9)
    yield "documentation of one role", HEAD + "/// word\n" * (size // 9) + "role staff\n"
    yield "backticks", SMALL + "`a`." * (size // 4)
    yield "one long name", SMALL + "role " + "a" * size + "\n"
    # What names nothing, or too much.
    yield "unknown roles", SMALL + many(size, lambda i: f"allow r{i} to f\n")
    yield "unknown roles in one list", SMALL + "allow " + names(size, lambda i: f"r{i}") + " to f\n"
    yield "unknown features", SMALL + many(size, lambda i: f"allow staff to g{i}\n")
    yield "unknown attributes", SMALL + many(size, lambda i: f"role r{i} {{ a{i}: 1 }}\n")
    yield "unknown conditions", SMALL + many(size, lambda i: f"allow staff to f when c{i}\n")
    yield "one role many times", SMALL + "role staff\n" * (size // 11)
    yield "one role in one list", SMALL + "allow " + names(size, lambda i: "staff") + " to f\n"
    yield "one attribute many times", HEAD + "role staff {" + " title: \"x\"" * (size // 11) + "}\n"
    yield "unknown bindings", SMALL + many(size, lambda i: f"bind role r{i} to {i}\n")
    yield "unknown facts", SMALL + many(size, lambda i: f"fact{i} x {{ a: 1 }}\n")
    # Roles.
    yield "roles", SMALL + many(size, lambda i: f"role r{i}\n")
    yield "a chain of roles", SMALL + "role r0\n" + many(size, lambda i: f"role r{i + 1} inherits r{i}\n") + rule
    count = size // 30
    yield "a circle of roles", SMALL + lines(count, lambda i: f"role r{i} inherits r{(i + 1) % count}\n")
    yield "roles in layers", SMALL + many(size, lambda i: f"role r{i}" + (" inherits " + ", ".join(
        f"r{j}" for j in range(i - i % 300 - 300, i - i % 300)) if i >= 300 else "") + "\n")
    count = size // 35
    roles, allows = lines(count, lambda i: f"role r{i}\n"), lines(count, lambda i: f"allow r{i} to f\n")
    yield "a role for each rule", SMALL + roles + allows
    yield "roles of one role", SMALL + lines(count, lambda i: f"role r{i} inherits staff\n") + "allow staff to f\n"
    yield "conflicts of roles", SMALL + roles + allows + lines(count, lambda i: f"deny r{i} to f\n")
    yield "conflicts with all", SMALL + "deny everyone to f\n" + roles + allows
    yield "many rules with exceptions", SMALL + roles + lines(count, lambda i: f"allow everyone except r{i} to f\n")
    yield "separated roles", SMALL + roles + lines(count - 1, lambda i: f'separate r{i}, r{i + 1} because "x"\n')
    count = size // 22
    roles, listed = lines(count, lambda i: f"role r{i}\n"), ", ".join(f"r{i}" for i in range(count))
    yield "all roles in one rule", SMALL + roles + f"allow {listed} to f\n"
    yield "all roles separated", SMALL + roles + f'separate {listed} because "x"\n'
    yield "all roles in one list", SMALL + roles + f"roles s = {listed}\n" + "allow s to f\n"
    some = ", ".join(f"r{i}" for i in range(0, count, 2))
    yield "exceptions", SMALL + roles + f"allow everyone except {some} to f\n"
    yield "exceptions of the address book", f"{HEAD}use dingtalk 2026.12\n{roles}allow everyone except {some} to contacts.see\n"
    yield "roles in two lists", SMALL + roles + f"allow {listed} to f\ndeny {some} to f\n"
    yield "sets in sets", SMALL + "roles s0 = staff\n" + many(size, lambda i: f"roles s{i + 1} = s{i}\n") + "allow s9 to f\n"
    yield "sets of sets", SMALL + "roles s0 = staff\n" + many(size, lambda i: f"roles s{i + 1} = s{i}, s{i // 2}\n")
    # Features and things.
    yield "features", SMALL + many(size, lambda i: f"feature f{i}\n") + rule
    yield "features with a rule for all", SMALL + many(size, lambda i: f"feature a.f{i}\n") + "allow staff to a.*\n"
    count = size // 35
    features = lines(count, lambda i: f"feature a.f{i}\n")
    yield "a feature for each rule", SMALL + features + lines(count, lambda i: f"allow staff to a.f{i}\n")
    count = size // 45
    roles, features = lines(count, lambda i: f"role r{i}\n"), lines(count, lambda i: f"feature a.f{i}\n")
    yield "features and roles", HEAD + roles + features + lines(count, lambda i: f"allow r{i} to a.f{i}\n")
    yield "features for all roles", HEAD + roles + features + "allow everyone to a.*\n"
    yield "features for all roles but one", HEAD + roles + features + "allow everyone except r0 to a.*\n"
    yield "features for all roles in a list", HEAD + roles + features + "allow " + ", ".join(f"r{i}" for i in range(count)) + " to a.*\n"
    yield "features of each role", HEAD + roles + features + lines(count, lambda i: f"allow r{i} to a.*\n")
    yield "segments of a name", SMALL + "feature " + names(size, lambda i: f"a{i}", ".") + "\n"
    acting = HEAD + "role staff\nfeature g { acts_on: app }\n"
    yield "apps", acting + many(size, lambda i: f"app s{i}\n") + "allow staff to g on all\n"
    count = size // 40
    apps = lines(count, lambda i: f"app s{i}\n")
    yield "an app for each rule", acting + apps + lines(count, lambda i: f"allow staff to g on s{i}\n")
    yield "an app for each deny", acting + "allow staff to g on all\n" + apps + lines(count, lambda i: f"deny staff to g on s{i}\n")
    yield "all apps but one in each rule", acting + apps + lines(count, lambda i: f"allow staff to g on all except s{i}\n")
    data = "tiers open < closed\n" + many(size, lambda i: f"data d{i}: open\n")
    yield "classes of data", HEAD + "role staff\nuse dingtalk 2026.12\n" + data + "allow staff to drive.* on all\n"
    yield "classes of data in a part", HEAD + "role staff\nfeature g { acts_on: data }\n" + data + "allow staff to g on open except d0\n"
    yield "tiers", SMALL + "tiers " + names(size, lambda i: f"t{i}", " < ") + "\n"
    count = size // 60
    tiers = "tiers " + " < ".join(f"t{i}" for i in range(count)) + "\n" + lines(count, lambda i: f"data d{i}: t{i}\n")
    yield "a range of tiers in each rule", acting.replace("app", "data") + tiers + lines(
        count, lambda i: f"allow staff to g on t{i} or below\n")
    # Conditions.
    yield "contexts", SMALL + many(size, lambda i: f"context c{i}: a | b\n")
    count = size // 60
    contexts = lines(count, lambda i: f"context c{i}: a | b\n")
    yield "a context in each rule", SMALL + contexts + lines(count, lambda i: f"allow staff to f when c{i} is a\n")
    yield "all contexts in one rule", SMALL + contexts + "allow staff to f when " + " and ".join(
        f"c{i} is a" for i in range(count)) + "\n"
    yield "one of all contexts in one rule", SMALL + contexts + "allow staff to f when " + " or ".join(
        f"(c{i} is a)" for i in range(count)) + "\n"
    yield "one of each pair in one rule", SMALL + contexts + "allow staff to f when " + " and ".join(
        f"((c{i} is a) or (c{i + 1} is a))" for i in range(0, count - 1, 2)) + "\n"
    twelve = lines(12, lambda i: f"context c{i}: a | b\n")
    yield "combinations in each rule", SMALL + twelve + many(size, lambda i: "allow staff to f when " + " and ".join(
        f"c{j} is {'ab'[i * 7 >> j & 1]}" for j in range(12)) + "\n")
    yield "values", SMALL + "context c: " + names(size, lambda i: f"v{i}", " | ") + "\n"
    values = SMALL + "context c: " + " | ".join(f"v{i}" for i in range(4096)) + "\n"
    yield "a value in each rule", values + many(size, lambda i: f"allow staff to f when c is v{i % 4096}\n")
    yield "not a value in each rule", values + many(size, lambda i: f"allow staff to f when c is not v{i % 4096}\n")
    yield "many values in each rule", values + many(size, lambda i: "allow staff to f when c is " + " or ".join(
        f"v{(i * 31 + j * 7) % 4096}" for j in range(500)) + "\n")
    yield "named conditions", SMALL + "context c: a | b\ncondition n0 = c is a\n" + many(size, lambda i: f"condition n{i + 1} = n{i}\n")
    yield "named conditions twice", (SMALL + "context c: a | b\ncondition n0 = c is a\n" +
                                     many(size, lambda i: f"condition n{i + 1} = n{i} and n{i}\n") + "allow staff to f when n99\n")
    yield "days", SMALL + many(size, lambda i: f"allow staff to f from {2000 + i % 7000:04}-{i % 12 + 1:02}-{i % 28 + 1:02}\n")
    yield "days soon", SMALL + many(size, lambda i: f"allow staff to f from 2027-{i % 12 + 1:02}-{i % 28 + 1:02}\n")
    count = size // 50
    controls = lines(count, lambda i: f"control c{i}\n")
    yield "controls", SMALL + controls + lines(count, lambda i: f"allow staff to f requiring c{i}\n")
    yield "all controls in one rule", SMALL + controls + "allow staff to f requiring " + ", ".join(f"c{i}" for i in range(count)) + "\n"
    # Rules that meet, and statements that ask.
    yield "one rule many times", SMALL + rule * (size // len(rule))
    yield "conflicts", SMALL + (rule + "deny staff to f\n") * (size // 33)
    yield "rules with labels", SMALL + many(size, lambda i: f"l{i}: allow staff to f\n")
    yield "guardrails", SMALL + rule + many(size, lambda i: 'never allow staff to f because "x"\n')
    yield "requirements", SMALL + "control c\n" + rule + many(size, lambda i: "require c for staff\n")
    yield "tests", SMALL + many(size, lambda i: 'test "t%d" { expect deny staff to f }\n' % i)
    yield "expectations of one test", SMALL + 'test "t" {\n' + "expect deny staff to f\n" * (size // 23) + "}\n"
    count = size // 60
    roles = lines(count, lambda i: f"role r{i}\n")
    yield "tests of all roles", SMALL + roles + 'test "t" {\n' + "expect deny everyone to f\n" * count + "}\n"
    yield "waivers", SMALL + roles + lines(count, lambda i: f'waive unused-role for r{i} until 2027-01-01 because "x"\n')
    yield "checks of pairs", SMALL + roles + 'check A-1 error "x" { for role r where (some role s where s is not r) expect r.title is "x" }\n'
    yield "checks", SMALL + many(size, lambda i: 'check A-%d error "x" { for role r expect r.title is "x" }\n' % i)
    yield "checks of many roles", SMALL + roles + lines(count, lambda i: 'check A-%d error "x" { for role r expect r.title is "x" }\n' % i)
    yield "uses", SMALL + "use dingtalk 2026.12\n" * (size // 21)
    yield "drops", SMALL + many(size, lambda i: f'drop l{i} because "x"\n')
