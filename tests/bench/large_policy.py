"""large_policy.py ROLES FEATURES: a policy drawn at random, of whose roles one in ten is allowed what another one is."""
import random
import sys

roles, features = int(sys.argv[1]), int(sys.argv[2])
chance = random.Random(17)
tiers = ["public", "internal", "confidential", "restricted"]
print("farol 1")
print("tiers " + " < ".join(tiers))
for i in range(features):
    print(f"feature area{i % 20}.feature{i} {{ acts_on: data  kept_by: console }}")
for i in range(roles):
    print(f"role role{i}")
grants = []
for i in range(roles):
    if grants and i % 10 == 9:
        grants.append(chance.choice(grants))
        continue
    chosen = chance.sample(range(features), 12)
    grants.append([(feature, chance.choice(tiers)) for feature in sorted(chosen)])
for i, grant in enumerate(grants):
    for tier in tiers:
        names = ", ".join(f"area{f % 20}.feature{f}" for f, its in grant if its == tier)
        if names:
            print(f"allow role{i} to {names} on {tier}" + ("" if tier == "public" else " or below"))
