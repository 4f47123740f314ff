"""Random policies, as objects of language.py and as text."""
from datetime import date, timedelta

from language import Policy

FEATURES = {'drive.read': 'data', 'drive.download': 'data', 'drive.write': 'data', 'house.see': 'data',
            'house.copy': 'data', 'app.use': 'app', 'gate.open': 'nothing', 'gate.shut': 'nothing'}
WILDCARDS = {'data': ['house.*'], 'app': [], 'nothing': ['gate.*']}
OWN = """feature house.see { acts_on: data  kept_by: people }
feature house.copy { acts_on: data }
feature gate.open { kept_by: console  scope: role, user }
feature gate.shut { kept_by: console  scope: organisation }
control badge
control witness
context hour: day | night | unknown
context seat: desk | field
"""


WAIVED_UNTIL = '2026-12-01'
WAIVER = 'waive missing-feature for house.copy, drive.write, drive.download until %s because "w"\n' % WAIVED_UNTIL
TODAY = '2026-11-23'


def days_of(policy):
    """Today, and each day ahead on which something begins or that is the last of something, with the day behind it."""
    last = {rule['until'] for rule in policy.rules if rule['until']}
    return sorted({TODAY} | last | {str(date.fromisoformat(day) + timedelta(1)) for day in last} | {rule['from'] for rule in policy.rules if rule['from']})


def make(random):
    policy = Policy()
    policy.tiers = ['low', 'middle', 'high']
    policy.data = {'d%d' % i: random.choice(policy.tiers) for i in range(3)}
    policy.apps = ['a0', 'a1']
    names = ['r%d' % i for i in range(random.randint(4, 6))]
    for i, name in enumerate(names):
        count = random.choice([0, 1, 1, 2]) if i else 0
        policy.roles[name] = sorted(random.sample(names[:i], min(count, i)))
    policy.features = dict(FEATURES)
    policy.contexts = {'hour': ['day', 'night', 'unknown'], 'seat': ['desk', 'field']}
    # What is never done at random is made of the rest: something allowed, a door, a rule with dates, a separation.
    verbs = ['allow', 'allow', 'allow', 'only'] + random.choices(
        ['allow', 'deny', 'forbid', 'only'], [6, 4, 1, 1], k=random.randint(2, 6))
    for number, verb in enumerate(verbs):
        policy.rules.append(rule(random, policy, verb, number, dated=number == 2 or random.random() < .15))
    if random.random() < .7:
        policy.requires.append({'subjects': subjects(random, policy), 'controls': [random.choice(['badge', 'witness'])]})
    policy.separations = [sorted(random.sample(names, 2))]
    for person in range(6):
        for role in random.sample(names, random.choice([1, 2, 2, 3])):
            policy.members.setdefault(role, []).append('u%d' % person)
    return policy


def subjects(random, policy):
    terms = []
    for _ in range(random.choice([1, 1, 1, 2])):
        how = random.choices(['role', 'exactly', 'everyone'], [8, 1, 2])[0]
        terms.append((how, None if how == 'everyone' else random.choice(sorted(policy.roles))))
    return sorted(set(terms), key=str)


def rule(random, policy, verb, number, dated):
    kind = random.choices(['data', 'app', 'nothing'], [6, 2, 2])[0]
    features = [name for name, acts_on in policy.features.items() if acts_on == kind]
    objects = {'data': policy.tiers + sorted(policy.data), 'app': policy.apps, 'nothing': []}[kind]
    chosen = random.sample(features, random.choice([1, 1, min(2, len(features))]))
    if WILDCARDS[kind] and random.random() < .25:
        chosen = [random.choice(WILDCARDS[kind])]
    on = random.sample(objects, random.choice([1, 1, 2])) if objects and random.random() < .7 else ['all']
    when = {}
    if random.random() < .4:
        context = random.choice(sorted(policy.contexts))
        values = policy.contexts[context]
        when[context] = sorted(random.sample(values, random.randint(1, len(values) - 1)))
    dates = random.choice([(None, '2026-12-01'), ('2026-12-02', None), ('2026-11-24', '2026-12-01'),
                           (None, '2026-11-23')]) if dated else (None, None)
    who = subjects(random, policy)
    if verb == 'only':
        who = [term for term in who if term[0] != 'everyone'] or [('role', random.choice(sorted(policy.roles)))]
    return {'label': 'x%d' % number, 'verb': verb, 'subjects': who, 'features': sorted(chosen), 'objects': sorted(on),
            'when': when, 'controls': random.sample(['badge', 'witness'], 1)
            if verb == 'allow' and random.random() < .3 else [], 'from': dates[0], 'until': dates[1], 'kind': kind}


def words_of(term):
    return 'everyone' if term[0] == 'everyone' else ('exactly ' if term[0] == 'exactly' else '') + term[1]


def text_of_rule(rule):
    text = '%s: %s %s to %s' % (rule['label'], rule['verb'], ', '.join(map(words_of, rule['subjects'])),
                                ', '.join(rule['features']))
    if rule['kind'] != 'nothing':
        text += ' on ' + ', '.join(rule['objects'])
    if rule['when']:
        text += ' when ' + ' and '.join('%s is %s' % (c, ' or '.join(v)) for c, v in rule['when'].items())
    if rule['controls']:
        text += ' requiring ' + ', '.join(rule['controls'])
    text += ''.join(' %s %s' % (key, rule[key]) for key in ('from', 'until') if rule[key])
    return text + ' because "%s"' % rule['label']


def text_of(policy, needs=False):
    """With `needs` one of the features needs another one, and that is an error where it is not there."""
    lines = ['farol 1', 'use dingtalk 2026.12', 'tiers ' + ' < '.join(policy.tiers),
             'store shelf { on: dingtalk  kind: folder }']
    lines += ['data %s: %s { store: shelf }' % item for item in policy.data.items()]
    lines += ['app ' + app for app in policy.apps] + [OWN.rstrip()]
    lines += ['role ' + name + (' inherits ' + ', '.join(parents) if parents else '')
              for name, parents in policy.roles.items()]
    lines += [text_of_rule(rule) for rule in policy.rules]
    lines += ['require %s for %s' % (', '.join(each['controls']), ', '.join(map(words_of, each['subjects'])))
              for each in policy.requires]
    lines += ['separate %s because "apart"' % ', '.join(each) for each in policy.separations]
    lines += ['bind members %s to "%s"' % (role, ','.join(people)) for role, people in policy.members.items()]
    lines += ['bind role %s to %d' % (role, 100 + i) for i, role in enumerate(policy.roles)]
    lines += ['bind app %s to "%d"' % (app, 900 + i) for i, app in enumerate(policy.apps)]
    lines += ['bind data %s to "n%s"' % (name, name) for name in policy.data]
    # What is about people here is one of the answers, not a reason to have none.
    text = '\n'.join(lines + ['severity { missing-feature: off  duties-not-separated: off }']) + '\n'
    if not needs:
        return text
    return text.replace('house.copy { acts_on: data }', 'house.copy { acts_on: data  needs: house.see }').replace(
        'missing-feature: off  ', '')
