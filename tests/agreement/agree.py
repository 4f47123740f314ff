#!/usr/bin/env python3
"""agree.py CALLS FOLDER [POLICIES] [FIRST | breaks]: holds every output of the program to language.py, on random policies.

At every point (role, nobody, or a person with several roles; feature; object; case), on each day on which something
begins or ends, permissions.json, `explain`, `who`, `what`, the matrix as CSV, `roster`, `diff` to an edited copy and
back, and a tenant that took the requests must say what the page about the language says, or a list that the output has for it
must name the difference. CALLS is made from calls.cpp, which runs the command lines. Prints how many points were compared; ends with 1 at the first difference. With `breaks` the
outputs are distorted, one after the other, and each distortion has to be found.
"""
import csv
import io
import json
import os
import random
import re
import subprocess
import sys
from itertools import product

import generate
from breaks import BREAKS
from tenant import Tenant

TITLES = {'Use an app': 'app.use', 'Look at files': 'drive.read', 'Download files': 'drive.download',
          'Add and change files': 'drive.write'}

class Disagreement(Exception):
    pass


class Run:
    def __init__(self, calls, folder, distorted=None):
        self.folder, self.count = folder, {}
        self.farol = subprocess.Popen([calls], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.distorted = distorted or (None, None)

    def read(self, output, text):
        return self.distorted[1](text) if self.distorted[0] == output else text

    def call(self, *arguments, codes=(0,)):
        self.farol.stdin.write(json.dumps(arguments) + '\n')
        self.farol.stdin.flush()
        done = json.loads(self.farol.stdout.readline())
        if codes and done['code'] not in codes:
            raise Disagreement('farol %s: exit %d\n%s' % (' '.join(arguments), done['code'], done['err']))
        self.code = done['code']
        return self.read(arguments[0], done['out'])

    def same(self, what, point, expected, found):
        self.count[what] = self.count.get(what, 0) + 1
        if expected != found:
            raise Disagreement('%s at %s: the language says %s, the program %s' % (what, point, expected, found))


class Answers:
    """The answers of language.py on one day, each asked once."""

    def __init__(self, policy, day):
        self.policy, self.day, self.known = policy, day, {}

    def at(self, who, feature, thing, case):
        key = (who, feature, thing, tuple(sorted(case.items())))
        if key not in self.known:
            self.known[key] = self.policy.answer(who, feature, thing, case, self.day)
        return self.known[key]

    def roles(self):
        return [(role,) for role in self.policy.roles] + [()]

    def points(self, whos, features=None):
        for who in whos:
            for feature in features or self.policy.features:
                for thing in self.policy.objects(feature):
                    for case in self.policy.cases():
                        yield who, feature, thing, case


def cases_of(policy, when):
    """`when` of the documents: alternatives, each with values for some contexts."""
    return [case for case in policy.cases()
            if any(all(case[c] in values for c, values in each.items()) for each in when)]


def thing_of(name):
    return '*' if isinstance(name, dict) or name in ('any other app', 'other apps') else name


def fill(policy, table, key, entry, value):
    for thing in (map(thing_of, entry['objects']) if entry['objects'] else ['']):
        for case in cases_of(policy, entry['when']):
            point = (*key, thing, tuple(sorted(case.items())))
            if point in table:
                raise Disagreement('said twice: %s' % (point,))
            table[point] = value


def controls_of(entry):
    return frozenset(each['control'] if isinstance(each, dict) else each for each in entry['controls'])


def entries(document):
    """Each answer of permissions.json for each of its roles and features."""
    for decision in document['decisions']:
        for answer in decision['answers']:
            for role in answer['roles']:
                for feature in answer['features']:
                    yield decision, answer, role, feature


def check_permissions(run, policy, answers, document):
    table = {}
    others = {json.dumps(each['name']) for each in document['things'] if isinstance(each.get('name'), dict)}
    assert not others
    for decision, answer, role, feature in entries(document):
        if feature not in policy.features:
            continue
        who = () if role is None else (role,)
        said = (decision['effect'], controls_of(decision), decision['expires'])
        fill(policy, table, (who, feature), dict(answer, when=decision['when']), said)
    for who, feature, thing, case in answers.points(answers.roles()):
        point = (who, feature, thing, tuple(sorted(case.items())))
        run.same('permissions.json', point, answers.at(who, feature, thing, case),
                 table.get(point, ('none', frozenset(), None)))
    for feature in policy.features:
        said = policy.governed(feature) or any(point[1] == feature for point in table)
        run.same('left to the platform', feature, not said, feature in document['ungoverned'] and not said)


def check_questions(run, policy, answers, chance):
    names = {(): 'everyone'}
    day = ('--as-of', answers.day, '--format', 'json')
    who, feature = chance.choice(answers.roles()[:-1]), chance.choice(sorted(policy.features))
    table = {}
    for entry in json.loads(run.call('explain', who[0], feature, 'p.farol', *day))['answers']:
        fill(policy, table, (), entry, (entry['effect'], controls_of(entry)))
    for _, _, thing, case in answers.points([who], [feature]):
        run.same('explain', (who, feature, thing, case), answers.at(who, feature, thing, case)[:2],
                 table.get((thing, tuple(sorted(case.items())))))
    for verb in ('who', 'what'):
        feature, who = chance.choice(sorted(policy.features)), chance.choice(answers.roles())
        asked = feature if verb == 'who' else names.get(who) or who[0]
        table = {}
        for entry in json.loads(run.call(verb, asked, '--in', 'p.farol', *day))['grants']:
            if entry['feature'] in policy.features:
                holder = () if entry['role'] in (None, 'everyone') else (entry['role'],)
                fill(policy, table, (holder, entry['feature']), entry, controls_of(entry))
        points = answers.points(answers.roles(), [feature]) if verb == 'who' else answers.points([who])
        for holder, about, thing, case in points:
            answer = answers.at(holder, about, thing, case)
            run.same(verb, (holder, about, thing, case), answer[1] if answer[0] == 'allow' else None,
                     table.get((holder, about, thing, tuple(sorted(case.items())))))


def objects_in_cell(policy, feature, cell):
    """What a cell of the matrix allows something on, by the way of reading that the matrix gives: a mark alone is
    everything, a tier is its data and its classes, but for what the cell names by itself."""
    lines = [(line[:1], [word.strip() for word in line[1:].split(' [')[0].split(',') if word.strip()])
             for line in cell.split('\n')]
    named = {thing_of(word) for _, words in lines for word in words if thing_of(word) in policy.objects(feature)}
    allowed = set()
    for mark, words in lines:
        if mark not in ('✔', '⊘'):
            continue
        if not words or 'other data' in words:
            allowed |= set(policy.objects(feature)) - named
        for word in words:
            for tier in tiers_of(policy, word):
                allowed |= {tier} | {name for name, on in policy.data.items() if on == tier and name not in named}
            if thing_of(word) in policy.objects(feature):
                allowed.add(thing_of(word))
    return allowed


def tiers_of(policy, word):
    if word in policy.tiers:
        return [word]
    if word.startswith('up to '):
        return policy.tiers[:policy.tiers.index(word[len('up to '):]) + 1]
    for end, from_there in ((' and above', True), (' or above', True), (' or below', False)):
        if word.endswith(end):
            at = policy.tiers.index(word[:-len(end)])
            return policy.tiers[at:] if from_there else policy.tiers[:at + 1]
    return []


def check_cell(run, policy, answers, form, role, feature, cell):
    """A cell of a table: whether it allows, and on what."""
    objects = {thing for _, _, thing, case in answers.points([(role,)], [feature])
               if answers.at((role,), feature, thing, case)[0] == 'allow'}
    run.same(form, (role, feature), bool(objects), any(mark in cell for mark in '✔⊘'))
    run.same('objects of ' + form, (role, feature, cell), objects - {''}, objects_in_cell(policy, feature, cell) - {''})


def check_markdown(run, policy, answers):
    text = run.call('matrix', 'p.farol', '--format', 'md', '--as-of', answers.day)
    roles = ()
    for line in text.split('\n'):
        cells = [cell.strip() for cell in line.split('|')[1:-1]]
        if cells[:1] == ['Feature']:
            roles = cells[1:-1]
            continue
        title = cells[0].split('<br>')[0] if cells else ''
        feature = TITLES.get(title, title)
        if feature in policy.features:
            for role, cell in zip(roles, cells[1:]):
                if role in policy.roles:
                    check_cell(run, policy, answers, 'the matrix in Markdown', role, feature,
                               re.sub('[¹²³⁴⁵⁶⁷⁸⁹⁰]+', '', cell.replace('<br>', '\n').replace('\\', '')))


def check_page(run, policy, answers):
    """The page of the matrix has its cells as data."""
    page = run.call('matrix', 'p.farol', '--format', 'html', '--as-of', answers.day)
    data = json.loads(re.search('<script id="data" type="application/json">(.*?)</script>', page, re.S).group(1))
    for i, role in enumerate(data['roles']):
        for j, feature in enumerate(data['features']):
            if role in policy.roles and feature in policy.features:
                marks = {entry['mark'] for entry in data['cells'][data['columns'][data['column'][i]][j]]}
                allowed = any(answers.at(*point)[0] == 'allow' for point in answers.points([(role,)], [feature]))
                run.same('the page of the matrix', (role, feature, sorted(marks)), allowed,
                         bool(marks & {'allow', 'withheld'}))


def check_review_sheet(run, policy, answers):
    """Who has access to each class of data, with which safeguards: the last column says it in the language."""
    sheet = run.call('report', 'review', 'p.farol', '--format', 'csv', '--as-of', answers.day)
    said = {}
    for row in list(csv.reader(io.StringIO(sheet.lstrip('\ufeff'))))[1:]:
        role, feature, thing, *rest = row[-1].split(' ')
        said.setdefault((role, feature, thing), set()).update({'badge', 'witness'} & set(re.split('[ ,]', ' '.join(rest))))
    for role, feature in product(policy.roles, policy.features):
        for thing in policy.data if policy.features[feature] == 'data' else ():
            allowed = [answer for answer in (answers.at((role,), feature, thing, case) for case in policy.cases())
                       if answer[0] == 'allow']
            row = said.get((role, feature, thing))
            run.same('the review sheet', (role, feature, thing), bool(allowed), row is not None)
            if row is not None:
                run.same('controls of the review sheet', (role, feature, thing),
                         {control for answer in allowed for control in answer[1]}, row)


def check_matrix(run, policy, answers):
    rows = list(csv.reader(io.StringIO(run.call('matrix', 'p.farol', '--format', 'csv', '--as-of', answers.day).lstrip('\ufeff'))))
    head = rows[0]
    for row in rows[1:]:
        if len(row) < len(head) or row[2] not in policy.features:
            continue
        for column in range(3, len(head) - 2):
            if head[column] not in policy.roles:
                continue
            who, feature = (head[column],), row[2]
            check_cell(run, policy, answers, 'the matrix', who[0], feature, row[column])
            controls = {c for _, _, thing, case in answers.points([who], [feature])
                        for c in answers.at(who, feature, thing, case)[1]}
            run.same('controls of the matrix', (who, feature), controls,
                     {c for c in ('badge', 'witness') if c in row[column]})


def roles_of_people(policy):
    people = {}
    for role, members in policy.members.items():
        for person in members:
            people.setdefault(person, []).append(role)
    return people


def check_people(run, policy, answers):
    people = roles_of_people(policy)
    with open(os.path.join(run.folder, 'people.csv'), 'w') as file:
        file.write('userid,roles\n' + ''.join('%s,"%s"\n' % (who, ','.join(r)) for who, r in sorted(people.items())))
    report = json.loads(run.call('roster', 'p.farol', '--users', 'people.csv', '--format', 'json', '--as-of',
                                 answers.day, codes=(0, 1)))
    broken = {tuple(each['roles']) for each in report['violations']}
    denied = {}
    for each in report['disagreements']:
        for cause in each['denied']:
            for place in cause['places']:
                if place['feature'] in policy.features:
                    for thing in (map(thing_of, place['objects']) if place['objects'] else ['']):
                        for case in cases_of(policy, place['when']):
                            denied.setdefault((tuple(each['roles']), place['feature']), set()).add(
                                (thing, tuple(sorted(case.items()))))
    for person, roles in people.items():
        who = tuple(policy.counting(roles))
        run.same('separations', (person, who), any(policy.breaks(s, who) for s in policy.separations), who in broken)
        if len(who) < 2:
            continue
        for _, feature, thing, case in answers.points([who]):
            alone = any(answers.at((role,), feature, thing, case)[0] == 'allow' for role in who)
            if alone and answers.at(who, feature, thing, case)[0] != 'allow':
                run.same('roster', (who, feature, thing, case), True,
                         (thing, tuple(sorted(case.items()))) in denied.get((who, feature), ()))
            elif answers.at(who, feature, thing, case)[0] == 'allow':
                run.same('roster', (who, feature, thing, case), False,
                         (thing, tuple(sorted(case.items()))) in denied.get((who, feature), ()))


def resolved(value):
    if isinstance(value, dict):
        return {key: resolved(each) for key, each in value.items()}
    return [resolved(each) for each in value] if isinstance(value, list) else value


def check_tenant(run, policy, answers, document, steps):
    people = roles_of_people(policy)
    ids = {role: 100 + i for i, role in enumerate(policy.roles)}
    tenant = Tenant({person: {ids[role] for role in roles} for person, roles in people.items()})
    calls = {call['name']: call for call in steps['calls']}
    for step in steps['steps']:
        if step['kind'] == 'api':
            call = calls[step['request']['call']]
            tenant.send(call['method'], call['path'], resolved(step['request']))
    listed = {(person, what['feature'], thing) for each in document.get('several_roles', [])
              for what in each['what'] for thing in what['objects'] for person in each['people'] or people
              if set(each['roles']) <= set(people[person])}
    short = {(role, feature, thing) for _, answer, role, feature in entries(document) if answer.get('reason')
             for thing in answer['objects']}
    places = {app: str(900 + i) for i, app in enumerate(policy.apps)}
    places.update({name: 'n' + name for name in policy.data})
    for person, roles in people.items():
        who = tuple(policy.counting(roles))
        for feature in ('app.use', 'drive.read', 'drive.download', 'drive.write'):
            if not policy.governed(feature):
                continue
            for thing, place in places.items():
                if thing not in policy.objects(feature) or tenant.may(person, feature, place) is None:
                    continue
                effects = {answers.at(who, feature, thing, case)[0] for case in policy.cases()}
                may = tenant.may(person, feature, place)
                excused = (person, feature, thing) in listed or any((r, feature, thing) in short for r in roles)
                if 'allow' not in effects:
                    run.same('tenant', (person, roles, feature, thing), False, may and not excused)
                elif effects == {'allow'}:
                    run.same('tenant', (person, roles, feature, thing), True, may or excused)


def check_diff(run, policy, day, chance):
    """To a copy without one rule, and back."""
    gone = chance.choice(policy.rules)
    edited = policy.without(gone)
    with open(os.path.join(run.folder, 'q.farol'), 'w') as file:
        file.write(generate.text_of(edited))
    run.call('check', 'q.farol', '--error-format', 'json', '--as-of', day, codes=())
    if run.code != 0:
        return
    before, after = Answers(policy, day), Answers(edited, day)
    for sides in ((before, after, 'p.farol', 'q.farol'), (after, before, 'q.farol', 'p.farol')):
        old, new, first, second = sides
        changes = {}
        for change in json.loads(run.call('diff', first, second, '--format', 'json', '--as-of', day))['changes']:
            if (change['from'] or '') > day:
                continue
            for role in change['roles']:
                for feature in change['features']:
                    for thing in (map(thing_of, change['objects']) if change['objects'] else ['']):
                        for case in cases_of(policy, change['when']):
                            changes[((role,) if role else (), feature, thing, tuple(sorted(case.items())))] = (
                                change['before']['effect'], change['after']['effect'])
        for who, feature, thing, case in old.points(old.roles()):
            was, now = old.at(who, feature, thing, case)[0], new.at(who, feature, thing, case)[0]
            if (was == 'allow') != (now == 'allow'):
                found = changes.get((who, feature, thing, tuple(sorted(case.items()))), (None, None))
                run.same('diff', (first, who, feature, thing, case), (was == 'allow', now == 'allow'),
                         tuple(effect == 'allow' for effect in found))


def check_needs(run, policy, answers):
    """A feature that another one needs (section 10), and a waiver of that finding (section 8) until 1 December."""
    missing = False
    for who, _, thing, case in answers.points(answers.roles(), ['house.copy']):
        needed = answers.at(who, 'house.see', thing, case)[0]
        there = needed == 'allow' if policy.governed('house.see') else needed != 'deny'
        missing |= answers.at(who, 'house.copy', thing, case)[0] == 'allow' and not there
    text = generate.text_of(policy, needs=True)
    for waived in (False, True):
        with open(os.path.join(run.folder, 'n.farol'), 'w') as file:
            file.write(text + (generate.WAIVER if waived else ''))
        found = json.loads(run.call('check', 'n.farol', '--error-format', 'json', '--as-of', answers.day, codes=(0, 1)))
        listed = {key: any(each['name'] == 'missing-feature' and 'house.copy' in each['message'] and not each.get('from')
                           for each in found.get(key, [])) for key in ('diagnostics', 'waived')}
        covered = waived and answers.day <= generate.WAIVED_UNTIL
        run.same('needs', (answers.day, waived), {'diagnostics': missing and not covered, 'waived': missing and covered}, listed)
        expired = any(each['name'] == 'expired-waiver' for each in found['diagnostics'] if not each.get('from'))
        run.same('waivers', (answers.day, waived), waived and not covered, expired)


def check_policy(run, seed):
    chance = random.Random(seed)
    policy = generate.make(chance)
    with open(os.path.join(run.folder, 'p.farol'), 'w') as file:
        file.write(generate.text_of(policy))
    clean = 0
    days = generate.days_of(policy)
    for day in days:
        answers = Answers(policy, day)
        found = json.loads(run.call('check', 'p.farol', '--error-format', 'json', '--as-of', day, codes=(0, 1)))
        errors = [each for each in found['diagnostics'] if each['severity'] == 'error']
        codes = {each['name'] for each in errors}
        # What begins on a later day is told today, with its day.
        today = {each['name'] for each in errors if not each.get('from')}
        has_conflict = any(answers.at(*point)[0] == 'conflict' for point in answers.points(answers.roles()))
        run.same('conflicts', day, has_conflict, 'conflict' in today)
        if codes:
            continue
        clean += 1
        run.call('compile', 'p.farol', '-o', 'out', '--as-of', day)
        with open(os.path.join(run.folder, 'out', 'permissions.json')) as file:
            document = json.loads(run.read('permissions.json', file.read()))
        with open(os.path.join(run.folder, 'out', 'steps.json')) as file:
            steps = json.loads(run.read('steps.json', file.read()))
        check_permissions(run, policy, answers, document)
        check_questions(run, policy, answers, chance)
        check_matrix(run, policy, answers)
        chance.choice([check_markdown, check_page, check_review_sheet])(run, policy, answers)
        check_people(run, policy, answers)
        check_tenant(run, policy, answers, document, steps)
        if day in days[-2:]:
            check_needs(run, policy, answers)
        if day == days[-1]:
            check_diff(run, policy, day, chance)
    run.count['days'] = run.count.get('days', 0) + len(days)
    return clean


def find_breaks(calls, folder, policies):
    missed = []
    for name, distorted in BREAKS.items():
        try:
            run = Run(calls, folder, distorted)
            for seed in range(1, policies + 1):
                check_policy(run, seed)
            missed.append(name)
        except Disagreement:
            pass
    print('NOTE: %d deliberate breaks, %d of them found%s' % (
        len(BREAKS), len(BREAKS) - len(missed), ''.join('; not found: ' + name for name in missed)))
    return 1 if missed else 0


def main():
    calls, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    policies = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    os.makedirs(folder, exist_ok=True)
    if sys.argv[4:] == ['breaks']:
        return find_breaks(calls, folder, policies)
    first = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    run, clean = Run(calls, folder), 0
    for seed in range(first, first + policies):
        try:
            clean += check_policy(run, seed)
        except Disagreement as fault:
            print('seed %d: %s\n\n%s' % (seed, fault, open(os.path.join(folder, 'p.farol')).read()))
            return 1
    print('NOTE: %d random policies, %d of their days free of errors; points compared: %s' % (
        policies, clean, ', '.join('%s %d' % item for item in sorted(run.count.items()))))
    return 0 if clean > policies // 4 else 1


if __name__ == '__main__':
    sys.exit(main())
