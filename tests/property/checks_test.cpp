// Checks against a second, naive reading of them on its own data: every variable by name, every value a text, every
// quantifier a loop. It shares nothing with src/checks and src/sema.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "driver/driver.h"
#include "random.h"
#include "support/farol.h"

namespace checks_test {

using namespace farol;
using property::Random;

namespace {

using Texts = std::set<std::string>;

struct Attribute {
  std::string key, kind;  // `kind`: of what it names; empty: it names nothing
  std::vector<std::string> words;
  bool number = false, yes_no = false, list = false;
};
const std::map<std::string, std::vector<Attribute>> schemas = {
    {"data",
     {{"category", "", {"contact", "payroll", "health"}, false, false, true},
      {"store", "store", {}, false, false, true},
      {"people", "", {}, true, false, false},
      {"forever", "", {}, false, true, false}}},
    {"store", {{"region", "", {"MO", "HK", "SG"}, false, false, true}, {"encryption", "", {}, false, true, false}}},
    {"transfer", {{"data", "data", {}, false, false, true}, {"to", "", {"MO", "HK", "SG"}, false, false, false}}},
    {"role",
     {{"secrecy", "", {"professional", "contract"}, false, false, false}, {"shared", "", {}, false, true, false}}},
};

struct Thing {
  std::string kind, name;
  std::map<std::string, std::vector<std::string>> attributes;
};
struct Rule {
  std::string role, data, device, control;  // the last two may be empty
};
struct World {
  std::vector<Thing> things;
  std::vector<Rule> rules;

  [[nodiscard]] const Thing& find(const std::string& name) const {
    return *std::find_if(things.begin(), things.end(), [&](const Thing& thing) { return thing.name == name; });
  }
  [[nodiscard]] std::vector<std::string> of_kind(const std::string& kind) const {
    std::vector<std::string> names;
    for (const Thing& thing : things) {
      if (thing.kind == kind) names.push_back(thing.name);
    }
    return names;
  }
};

World make_world(Random& random) {
  World world;
  const std::map<std::string, std::string> letters = {{"data", "d"}, {"store", "s"}, {"transfer", "t"}, {"role", "r"}};
  for (const auto& [kind, letter] : letters) {
    const std::size_t count = random.between(kind == "transfer" ? 0 : 1, 3);
    for (std::size_t i = 0; i < count; ++i) world.things.push_back({kind, letter + std::to_string(i), {}});
  }
  for (Thing& thing : world.things) {
    for (const Attribute& attribute : schemas.at(thing.kind)) {
      if (random.chance(40)) continue;
      auto& values = thing.attributes[attribute.key];
      if (attribute.number) values = {std::to_string(random.below(4))};
      if (attribute.yes_no) values = {random.chance(50) ? "yes" : "no"};
      const auto choices = attribute.kind.empty() ? attribute.words : world.of_kind(attribute.kind);
      if (!choices.empty()) values = random.sample(choices, attribute.list ? random.between(1, 2) : 1);
    }
  }
  for (std::size_t i = random.below(5); i > 0; --i) {
    world.rules.push_back({random.pick(world.of_kind("role")), random.pick(world.of_kind("data")),
                           random.chance(50) ? random.chance(50) ? "here" : "there" : "",
                           random.chance(50) ? "mfa" : ""});
  }
  return world;
}

std::string print(const World& world) {
  std::string text = "farol 1\nfeature f.a { acts_on: data }\ncontrol mfa\ncontext device: here | there\n";
  for (const Thing& thing : world.things) {
    text += thing.kind + " " + thing.name + " {";
    for (const auto& [key, values] : thing.attributes) text += fmt::format(" {}: {}", key, fmt::join(values, ", "));
    text += " }\n";
  }
  for (const Rule& rule : world.rules) {
    text += fmt::format("allow {} to f.a on {}", rule.role, rule.data);
    if (!rule.device.empty()) text += " when device is " + rule.device;
    if (!rule.control.empty()) text += " requiring " + rule.control;
    text += "\n";
  }
  return text;
}

using Variables = std::vector<std::pair<std::string, std::string>>;  // name and kind, or name and thing

// --- A predicate: its text, and its answer ---

struct Tree {
  enum class Form { all, any, negation, some, no, count, is, none, truth, same, above, allows, always, requires_ };
  Form form = Form::truth;
  std::vector<Tree> children;
  std::string kind, variable;
  std::string path, other;
  std::vector<std::string> values;
  bool negated = false;
  std::string bound;
};

struct Path {
  std::string text;
  Attribute last;
};

Path make_path(Random& random, const Variables& scope) {
  const auto& [name, kind] = random.pick(scope);
  Path path{name, random.pick(schemas.at(kind))};
  path.text += "." + path.last.key;
  while (!path.last.kind.empty() && random.chance(60)) {
    path.last = random.pick(schemas.at(path.last.kind));
    path.text += "." + path.last.key;
  }
  return path;
}

std::vector<std::string> with_kind(const Variables& scope, const std::string& kind) {
  std::vector<std::string> names;
  for (const auto& [name, each] : scope) {
    if (each == kind) names.push_back(name);
  }
  return names;
}

Tree make_leaf(Random& random, const Variables& scope) {
  Tree tree;
  const auto roles = with_kind(scope, "role"), data = with_kind(scope, "data");
  if (!roles.empty() && !data.empty() && random.chance(50)) {
    tree.form = random.pick(std::vector{Tree::Form::allows, Tree::Form::always, Tree::Form::requires_});
    tree.path = random.pick(roles);
    tree.other = random.pick(data);
    return tree;
  }
  const Path path = make_path(random, scope);
  tree.path = path.text;
  tree.negated = random.chance(40);
  if (path.last.yes_no && random.chance(50)) return tree;
  if (path.last.yes_no) {
    tree.form = Tree::Form::is;
    tree.values = {random.chance(50) ? "yes" : "no"};
    return tree;
  }
  if (random.chance(25)) {
    tree.form = Tree::Form::none;
    return tree;
  }
  if (path.last.number) {
    tree.form = random.chance(50) ? Tree::Form::above : Tree::Form::is;
    tree.bound = std::to_string(random.below(4));
    tree.values = {tree.bound};
    return tree;
  }
  const auto things = path.last.kind.empty() ? std::vector<std::string>{} : with_kind(scope, path.last.kind);
  if (!path.last.kind.empty() && !things.empty()) {
    tree.form = Tree::Form::is;
    tree.values = random.sample(things, random.between(1, 2));
    return tree;
  }
  // Two paths of one type.
  if (random.chance(40)) {
    const Path second = make_path(random, scope);
    if (second.last.key == path.last.key) {
      tree.form = Tree::Form::same;
      tree.other = second.text;
      return tree;
    }
  }
  if (path.last.words.empty()) {
    tree.form = Tree::Form::none;
    return tree;
  }
  tree.form = Tree::Form::is;
  tree.values = random.sample(path.last.words, random.between(1, 2));
  return tree;
}

Tree make_tree(Random& random, const Variables& scope, std::size_t depth) {
  if (depth == 0 || random.chance(25)) return make_leaf(random, scope);
  Tree tree;
  const std::size_t choice = random.below(6);
  if (choice < 3) {
    tree.form = choice == 0 ? Tree::Form::all : choice == 1 ? Tree::Form::any : Tree::Form::negation;
    for (std::size_t i = 0; i < (choice == 2 ? 1U : 2U); ++i)
      tree.children.push_back(make_tree(random, scope, depth - 1));
    return tree;
  }
  tree.form = choice == 3 ? Tree::Form::some : choice == 4 ? Tree::Form::no : Tree::Form::count;
  tree.kind = random.pick(std::vector<std::string>{"data", "store", "transfer", "role"});
  tree.variable = std::string(1, static_cast<char>('a' + scope.size()));
  tree.bound = std::to_string(random.below(3));
  Variables inner = scope;
  inner.emplace_back(tree.variable, tree.kind);
  if (random.chance(85)) tree.children.push_back(make_tree(random, inner, depth - 1));
  return tree;
}

std::string print(const Tree& tree) {
  using Form = Tree::Form;
  const auto joined = [&](std::string_view word) {
    return fmt::format("({}) {} ({})", print(tree.children[0]), word, print(tree.children[1]));
  };
  const auto range = [&] {
    return fmt::format("{} {}{}", tree.kind, tree.variable,
                       tree.children.empty() ? "" : " where " + print(tree.children[0]));
  };
  const std::string is = tree.negated ? " is not " : " is ";
  switch (tree.form) {
    case Form::all: return joined("and");
    case Form::any: return joined("or");
    case Form::negation: return "not (" + print(tree.children[0]) + ")";
    case Form::some: return "some " + range();
    case Form::no: return "no " + range();
    case Form::count: return fmt::format("(count {}) is at most {}", range(), tree.bound);
    case Form::is: return tree.path + is + fmt::format("{}", fmt::join(tree.values, " or "));
    case Form::none: return tree.path + is + "none";
    case Form::truth: return (tree.negated ? "not " : "") + tree.path;
    case Form::same: return tree.path + is + tree.other;
    case Form::above: return tree.path + is + "above " + tree.bound;
    case Form::allows: return fmt::format("allows({}, f.a, {})", tree.path, tree.other);
    case Form::always: return fmt::format("always_allows({}, f.a, {})", tree.path, tree.other);
    case Form::requires_: return fmt::format("requires({}, f.a, {}, mfa)", tree.path, tree.other);
  }
  return {};
}

std::string value_of(const Variables& scope, const std::string& name) {
  for (const auto& [variable, thing] : scope) {
    if (variable == name) return thing;
  }
  return {};
}

// What a path leads to: the names of things, or words.
Texts values(const World& world, const std::string& path, const Variables& scope) {
  const std::size_t first = path.find('.');
  Texts here = {value_of(scope, path.substr(0, first))};
  bool yes_no = false;
  for (std::size_t at = first; at != std::string::npos;) {
    const std::size_t end = path.find('.', at + 1);
    const std::string key = path.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    Texts next;
    for (const std::string& name : here) {
      const Thing& thing = world.find(name);
      const auto& schema = schemas.at(thing.kind);
      yes_no =
          std::find_if(schema.begin(), schema.end(), [&](const Attribute& each) { return each.key == key; })->yes_no;
      const auto found = thing.attributes.find(key);
      if (found != thing.attributes.end()) {
        next.insert(found->second.begin(), found->second.end());
      } else if (yes_no) {
        next.insert("no");
      }
    }
    here = next;
    at = end;
  }
  // A yes/no of nothing counts as no, like one that is left out.
  const bool ends_in_yes_no = path.ends_with(".forever") || path.ends_with(".encryption") || path.ends_with(".shared");
  if (here.empty() && ends_in_yes_no) here.insert("no");
  return here;
}

bool applies(const Rule& rule, const std::string& role, const std::string& data, const std::string& device) {
  return rule.role == role && rule.data == data && (rule.device.empty() || rule.device == device);
}

bool holds(const World& world, const Tree& tree, const Variables& scope);

std::size_t count(const World& world, const Tree& tree, const Variables& scope) {
  std::size_t found = 0;
  for (const std::string& name : world.of_kind(tree.kind)) {
    Variables inner = scope;
    inner.emplace_back(tree.variable, name);
    if (tree.children.empty() || holds(world, tree.children[0], inner)) ++found;
  }
  return found;
}

bool is_one_of(const Texts& found, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& each) { return found.contains(each); });
}

bool permission_holds(const World& world, const Tree& tree, const Variables& scope) {
  const std::string role = value_of(scope, tree.path), data = value_of(scope, tree.other);
  std::size_t allowed = 0, guarded = 0;
  for (const char* device : {"here", "there"}) {
    bool some = false, mfa = false;
    for (const Rule& rule : world.rules) {
      if (!applies(rule, role, data, device)) continue;
      some = true;
      mfa = mfa || rule.control == "mfa";
    }
    allowed += some ? 1U : 0U;
    guarded += some && mfa ? 1U : 0U;
  }
  if (tree.form == Tree::Form::allows) return allowed > 0;
  if (tree.form == Tree::Form::always) return allowed == 2;
  return guarded == allowed;
}

bool holds(const World& world, const Tree& tree, const Variables& scope) {
  using Form = Tree::Form;
  const auto found = [&] { return values(world, tree.path, scope); };
  switch (tree.form) {
    case Form::all: return holds(world, tree.children[0], scope) && holds(world, tree.children[1], scope);
    case Form::any: return holds(world, tree.children[0], scope) || holds(world, tree.children[1], scope);
    case Form::negation: return !holds(world, tree.children[0], scope);
    case Form::some: return count(world, tree, scope) > 0;
    case Form::no: return count(world, tree, scope) == 0;
    case Form::count: return count(world, tree, scope) <= static_cast<std::size_t>(std::stoi(tree.bound));
    case Form::is: {
      std::vector<std::string> wanted;
      for (const std::string& value : tree.values) {
        const std::string thing = value_of(scope, value);
        wanted.push_back(thing.empty() ? value : thing);
      }
      return is_one_of(found(), wanted) != tree.negated;
    }
    case Form::none: return found().empty() != tree.negated;
    case Form::truth: return found().contains("yes") != tree.negated;
    case Form::same: {
      const Texts a = found(), b = values(world, tree.other, scope);
      const bool same = (a.empty() && b.empty()) || is_one_of(a, {b.begin(), b.end()});
      return same != tree.negated;
    }
    case Form::above: {
      bool more = false;
      for (const std::string& each : found()) more = more || std::stoi(each) > std::stoi(tree.bound);
      return more != tree.negated;
    }
    case Form::allows:
    case Form::always:
    case Form::requires_: return permission_holds(world, tree, scope);
  }
  return false;
}

}  // namespace

TEST_CASE("checks find what a naive reading of them finds") {
  std::size_t findings = 0, kept = 0;
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    const World world = make_world(random);
    const Tree tree = make_tree(random, {{"a", "data"}}, 4);
    const std::string check = "check X-1 error \"x\" {\n  for data a\n  expect " + print(tree) + "\n}\n";
    const driver::Compilation compilation = testing::compile_text(print(world) + check);
    CAPTURE(seed);
    CAPTURE(print(world) + check);
    REQUIRE_FALSE(compilation.sink.has_blocking_errors());
    REQUIRE(compilation.model.checks.size() == 1);
    Texts expected, actual;
    for (const std::string& name : world.of_kind("data")) {
      if (!holds(world, tree, {{"a", name}})) expected.insert(name);
    }
    const check::CheckedThings things(compilation.model);
    for (const check::Finding& finding : compilation.checks.list)
      actual.insert(things.declared(finding.things[0]).name);
    REQUIRE(actual == expected);
    findings += expected.size();
    kept += world.of_kind("data").size() - expected.size();
  }
  CHECK(findings > 500);
  CHECK(kept > 500);
  fmt::print("NOTE: {} findings and {} things without one agreed with the naive reading of checks\n", findings, kept);
}

}  // namespace checks_test
