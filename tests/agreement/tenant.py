"""What a tenant lets people do after the steps: a function of state and request, as the vendor documents the calls
(who sees an app, members of a folder), and of nothing that the compiler thinks. Everything adds up."""

RANKS = {'READER': 1, 'DOWNLOADER': 2, 'EDITOR': 3, 'MANAGER': 4}
NEEDS = {'drive.read': 1, 'drive.download': 2, 'drive.write': 3}


class Tenant:
    def __init__(self, roles_of_people):
        self.roles = roles_of_people  # by person, the ids of roles that they carry
        self.apps, self.nodes = {}, {}

    def send(self, method, path, request):
        body, ids = request.get('body', {}), request.get('path', {})
        if path.endswith('/scopes') and method == 'POST':
            app = self.apps.setdefault(ids['agentId'], {'all': True, 'roles': set(), 'users': set()})
            if 1 in body.get('delDeptIds', []):
                app['all'] = False
            if 1 in body.get('addDeptIds', []):
                app['all'] = True
            app['roles'] |= {each for each in body.get('addRoleIds', []) if not isinstance(each, dict)}
            app['users'] |= {each for each in body.get('addUserIds', []) if not isinstance(each, dict)}
            if body.get('onlyAdminVisible'):
                app['all'] = False
        if path.endswith('/permissions') and method == 'POST':
            node = self.nodes.setdefault(ids['dentryUuid'], {})
            for member in body['members']:
                who = '*' if member['type'] == 'ORG' else member['id']
                if isinstance(who, dict):
                    continue  # nobody is bound to the role
                node[who] = max(node.get(who, 0), RANKS[body['roleId']])

    def may(self, person, feature, thing):
        """None where no step has set anything."""
        if feature == 'app.use':
            app = self.apps.get(thing)
            if app is None:
                return None
            return app['all'] or person in app['users'] or bool(self.roles[person] & app['roles'])
        if feature in NEEDS:
            node = self.nodes.get(thing)
            return None if node is None else max(node.get(person, 0), node.get('*', 0)) >= NEEDS[feature]
        return None
