"""Deliberate breaks of outputs, each of which agree.py has to catch: what a fault of the program would look like."""
import json


def in_json(change):
    def distort(text):
        document = json.loads(text)
        change(document)
        return json.dumps(document)
    return distort


def first(document, key, wanted, change):
    for entry in document[key]:
        if wanted(entry):
            return change(entry)
    return None


def is_own(decision):
    return all(feature.split('.')[0] in ('house', 'gate') for answer in decision['answers'] for feature in answer['features'])


def drop(key):
    return in_json(lambda document: document.update({key: []}))


def raise_members(document):
    for step in document['steps']:
        body = step['request'].get('body', {}) if step['kind'] == 'api' else {}
        if 'roleId' in body:
            body['roleId'] = 'EDITOR'


def open_apps(document):
    for step in document['steps']:
        if step['kind'] == 'api' and 'delDeptIds' in step['request'].get('body', {}):
            step['request']['body']['addDeptIds'] = [1]


def each(key, change):
    def all_of(document):
        for entry in document[key]:
            change(entry)
    return in_json(all_of)


# What is broken: the output, and what is done to it.
BREAKS = {
    'an allow of permissions.json is a deny': ('permissions.json', in_json(lambda d: first(
        d, 'decisions', lambda e: is_own(e) and e['effect'] == 'allow', lambda e: e.update(effect='deny')))),
    'permissions.json forgets the controls': ('permissions.json', each('decisions', lambda e: e.update(controls=[]))),
    'permissions.json forgets the last days': ('permissions.json', each('decisions', lambda e: e.update(expires=None))),
    'permissions.json forgets the conditions': ('permissions.json', each('decisions', lambda e: e.update(when=[{}]))),
    'permissions.json calls nothing ungoverned': ('permissions.json', drop('ungoverned')),
    'members of a folder may edit': ('steps.json', in_json(raise_members)),
    'an app is open to all': ('steps.json', in_json(open_apps)),
    '`who` leaves the last grant out': ('who', in_json(lambda d: d['grants'] and d['grants'].pop())),
    '`what` forgets the controls': ('what', each('grants', lambda e: e.update(controls=[]))),
    '`explain` takes a refusal for silence': ('explain', each(
        'answers', lambda e: e.update(effect='none' if e['effect'] == 'deny' else e['effect']))),
    'the matrix drops a control': ('matrix', lambda text: text.replace('badge', '')),
    'the matrix refuses what is allowed': ('matrix', lambda text: text.replace('✔', '–')),
    'the page of the matrix refuses what is allowed': ('matrix', lambda text: text.replace('"mark": "allow"', '"mark": "deny"')),
    'the review sheet leaves the last access out': ('report', lambda text: text.rstrip().rpartition('\n')[0]),
    'the review sheet forgets the controls': ('report', lambda text: text.replace(' requiring ', ' ').replace('badge', 'b')
                                              .replace('witness', 'w')),
    '`check` forgets what is waived': ('check', drop('waived')),
    '`roster` finds nobody who breaks a separation': ('roster', drop('violations')),
    '`roster` finds no disagreement': ('roster', drop('disagreements')),
    '`diff` says that nothing changes': ('diff', drop('changes')),
}
