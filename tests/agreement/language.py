"""What a policy decides, point by point, as docs/language.md says it (sections 4, 5, 6 and 9), and by nothing else.

It is plain on purpose: every rule is written out into rules of one subject, one feature and one object, and every
question is asked at one point. It knows no output of the program. What it has worked out once it remembers.
"""
from itertools import product

NOBODY = None  # whoever holds no role


class Policy:
    """tiers, data {name: tier}, apps, roles {name: parents}, features {name: kind}, contexts {name: values},
    rules, requires, separations, members {role: people}."""

    def __init__(self):
        self.tiers, self.apps, self.rules, self.requires, self.separations = [], [], [], [], []
        self.data, self.roles, self.features, self.contexts, self.members = {}, {}, {}, {}, {}
        self.known = {}

    def without(self, rule):
        """The same policy without one of its rules."""
        edited = Policy()
        edited.__dict__.update(self.__dict__, rules=[each for each in self.rules if each is not rule], known={})
        return edited

    def once(self, key, make):
        if key not in self.known:
            self.known[key] = make()
        return self.known[key]

    # --- what there is

    def objects(self, feature):
        kind = self.features[feature]
        if kind == 'data':
            return list(self.tiers) + list(self.data)
        return self.apps + ['*'] if kind == 'app' else ['']  # '*': any other app

    def cases(self):
        names = sorted(self.contexts)
        return self.once('cases', lambda: [dict(zip(names, values))
                                           for values in product(*(self.contexts[name] for name in names))])

    def inherits(self, role, other):
        return self.once(('inherits', role, other), lambda: role == other or any(
            self.inherits(parent, other) for parent in self.roles[role]))

    def counting(self, roles):
        """Roles that another role of the same person inherits do not count."""
        return sorted(r for r in roles if not any(o != r and self.inherits(o, r) for o in roles))

    def governed(self, feature):
        return any(rule['verb'] == 'allow' and any(self.feature_in(feature, term) for term in rule['features'])
                   for rule in self.rules)

    # --- does one term speak of a point, or lie inside another

    def subject_speaks(self, term, who):
        how, role = term
        if how == 'everyone':
            return True
        if how == 'exactly':
            return who == (role,)  # of somebody with several roles, who is one more role, it says nothing
        return any(self.inherits(each, role) for each in who)

    def subject_inside(self, one, other):
        if other[0] == 'everyone':
            return True
        if one[0] == 'everyone' or other[0] == 'exactly':
            return one == other
        return self.inherits(one[1], other[1])

    @staticmethod
    def feature_in(feature, term):
        return feature == term or (term.endswith('.*') and feature.startswith(term[:-1]))

    def feature_inside(self, one, other):
        return one == other or self.feature_in(one, other)

    def object_in(self, thing, term):
        return term == 'all' or thing == term or self.data.get(thing) == term

    def object_inside(self, one, other):
        return other == 'all' or one == other or self.data.get(one) == other

    def holds(self, when, case):
        return all(case[context] in values for context, values in when.items())

    # --- the answer

    def in_force(self, day):
        return self.once(('in force', day), lambda: [
            rule for rule in self.rules
            if (rule['from'] or '') <= day and (rule['until'] is None or day <= rule['until'])])

    def exploded(self, feature, thing, day):
        """The parts of each allow and deny that speak of the feature and the object."""
        return self.once(('exploded', feature, thing, day), lambda: [
            (rule, *part) for rule in self.in_force(day) if rule['verb'] in ('allow', 'deny')
            for part in product(rule['subjects'], rule['features'], rule['objects'])
            if self.feature_in(feature, part[1]) and self.object_in(thing, part[2])])

    def cases_of(self, rule):
        """For each case whether the condition of the rule holds in it."""
        return self.once(('cases', id(rule)), lambda: [self.holds(rule['when'], case) for case in self.cases()])

    def refusing(self, who, feature, thing, case, day):
        found = []
        for rule in self.in_force(day):
            if rule['verb'] not in ('forbid', 'only'):
                continue
            about = any(self.feature_in(feature, term) for term in rule['features']) and \
                any(self.object_in(thing, term) for term in rule['objects'])
            if not about:
                continue
            inside = any(self.subject_speaks(term, who) for term in rule['subjects'])
            holds = self.holds(rule['when'], case)
            if (inside and holds) if rule['verb'] == 'forbid' else not (inside and holds):
                found.append(rule)
        return found

    def more_special(self, one, other):
        _, subject_a, feature_a, thing_a = one
        _, subject_b, feature_b, thing_b = other
        cases_a, cases_b = self.cases_of(one[0]), self.cases_of(other[0])
        inside = self.subject_inside(subject_a, subject_b) and self.feature_inside(feature_a, feature_b) and \
            self.object_inside(thing_a, thing_b) and all(b or not a for a, b in zip(cases_a, cases_b))
        return inside and (subject_a != subject_b or feature_a != feature_b or thing_a != thing_b or cases_a != cases_b)

    def answer(self, who, feature, thing, case, day):
        """(effect, controls, expires) for somebody with these roles, of which only those that count are given."""
        refusing = self.refusing(who, feature, thing, case, day)
        if refusing:
            return 'deny', frozenset(), self.last_day(refusing)
        applying = [one for one in self.exploded(feature, thing, day)
                    if self.subject_speaks(one[1], who) and self.holds(one[0]['when'], case)]
        deciding = [one for one in applying if not any(self.more_special(other, one) for other in applying)]
        if not deciding:
            return 'none', frozenset(), None
        verbs = {one[0]['verb'] for one in deciding}
        expires = self.last_day([one[0] for one in deciding])
        if len(verbs) > 1:
            return ('conflict' if len(who) < 2 else 'deny'), frozenset(), expires
        if verbs == {'deny'}:
            return 'deny', frozenset(), expires
        if len(who) > 1 and not any(self.answer((role,), feature, thing, case, day)[0] == 'allow' for role in who):
            return 'deny', frozenset(), expires
        controls = {control for one in applying if one[0]['verb'] == 'allow' for control in one[0]['controls']}
        for require in self.requires:
            if any(self.subject_speaks(term, who) for term in require['subjects']):
                controls.update(require['controls'])
        return 'allow', frozenset(controls), expires

    @staticmethod
    def last_day(rules):
        days = [rule['until'] for rule in rules]
        return None if None in days else max(days)

    def breaks(self, separation, roles):
        held = [role for role in separation if any(self.inherits(each, role) for each in roles)]
        return len(held) > 1
