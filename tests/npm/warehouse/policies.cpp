// warehouse_policies FOLDER FIRST COUNT: writes random policies, people with one to four roles, and what the naive
// evaluator says of every one of them at every point. warehouse_policies FOLDER POLICY DAY: writes the same of a policy
// that is there, as points_of_policy.h says. Each policy that compiles has a folder of its own:
//   policy.farol   people.csv, for `--users`   roles.csv, every person   points.csv, what was done and its verdict
// A person whose combination of roles is in no list is there too: the tables must say that they do not know them.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/csv.h"
#include "base/file_system.h"
#include "driver/driver.h"
#include "points_of_policy.h"
#include "property/generator.h"
#include "support/oracle.h"

namespace {

using oracle::Effect;
using oracle::Policy;
using oracle::Set;
using property::Random;
using warehouse::write;

struct Somebody {
  std::string id;
  Set roles;
  bool listed = true;
};

// The roles that no other one of them inherits.
Set counting(const Policy& policy, const Set& roles) {
  Set result;
  for (const std::string& role : roles) {
    bool inherited = false;
    for (const std::string& other : roles)
      inherited = inherited || (other != role && oracle::ancestors_of(policy, other).contains(role));
    if (!inherited) result.insert(role);
  }
  return result;
}

std::vector<Somebody> somebodies(const Policy& policy, Random& random) {
  std::vector<Somebody> people{{"nobody, with \"quotes\"", {}}};
  for (const oracle::Role& role : policy.roles) people.push_back({"the only '" + role.name + "'; --", {role.name}});
  for (std::size_t i = 0; i < 4 && !policy.roles.empty(); ++i) {
    Set roles;
    for (std::size_t r = random.between(2, 4); r > 0; --r) roles.insert(random.pick(policy.roles).name);
    people.push_back({fmt::format("員工 {}, \\x", i), roles, i < 3});
  }
  return people;
}

std::string verdict(Effect effect, bool governed) {
  switch (effect) {
    case Effect::allow: return "allowed";
    case Effect::deny:
    case Effect::conflict: return "refused";
    case Effect::none: break;
  }
  return governed ? "not permitted" : "left to the platform";
}

// How a log names an object: what nobody declares has a name that the policy does not know, or none.
void write_object(farol::base::CsvWriter& csv, const oracle::Feature& feature, const std::string& object) {
  if (object == oracle::no_object || object == oracle::untiered) return csv.no_value();
  const bool other = feature.acts_on != oracle::Kind::data && object == oracle::other_thing(feature.acts_on);
  if (other) return csv.cell("what nobody has declared");
  csv.cell(object);
}

bool write_policy(const std::filesystem::path& folder, std::uint32_t seed) {
  Random random(seed + 1);
  const Policy policy = without_errors(property::generate_policy(seed), random);
  const std::string text = property::print(policy, {}).front().text;
  farol::base::MemoryFileSystem disk;
  disk.files["policy.farol"] = text;
  farol::driver::Options options;
  options.as_of = *farol::base::parse_date(property::today);
  options.load.paths = {"policy.farol"};
  options.repairs = false;
  if (!farol::driver::compile(disk, options).may_write()) return false;

  using farol::base::CsvWriter;
  CsvWriter listed{farol::base::CsvReader::program}, roles{farol::base::CsvReader::program},
      points{farol::base::CsvReader::program};
  listed.row({"id", "roles"});
  const std::vector<Somebody> people = somebodies(policy, random);
  std::set<Set> known;
  for (const Somebody& each : people) {
    const Set held = counting(policy, each.roles);
    if (each.listed || held.size() < 2) known.insert(held);
    if (each.listed) listed.row({each.id, fmt::format("{}", fmt::join(each.roles, ";"))});
    for (const std::string& role : each.roles) roles.row({each.id, role});
    if (each.roles.empty()) {
      roles.cell(each.id);
      roles.no_value();
      roles.end_row();
    }
  }
  const Set governed = oracle::decide(policy, property::today).governed;
  for (const Somebody& each : people) {
    const bool is_known = known.contains(counting(policy, each.roles));
    for (const auto& [point, answer] : oracle::decide_person(policy, property::today, each.roles)) {
      const auto feature = std::find_if(policy.features.begin(), policy.features.end(),
                                        [&, &name = point.feature](const auto& one) { return one.name == name; });
      points.cell(each.id);
      points.cell(point.feature);
      write_object(points, *feature, point.object);
      for (const std::string& value : point.context) points.cell(value);
      points.cell(is_known ? verdict(answer.effect, governed.contains(point.feature))
                           : "unknown: combination of roles");
      points.end_row();
    }
  }
  std::string columns;
  for (const oracle::Context& context : policy.contexts) columns += "," + context.name;
  std::filesystem::create_directories(folder);
  write(folder / "policy.farol", text);
  write(folder / "people.csv", listed.take());
  write(folder / "roles.csv", roles.take());
  write(folder / "points.csv", points.take());
  write(folder / "contexts", columns);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  if (std::filesystem::exists(argv[2])) return warehouse::write_points_of_policy(argv[1], argv[2], argv[3]) ? 0 : 1;
  const auto first = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  const auto count = std::strtoul(argv[3], nullptr, 10);
  std::size_t written = 0;
  for (std::uint32_t seed = first; written < count; ++seed) {
    if (write_policy(std::filesystem::path(argv[1]) / fmt::format("{:05}", seed), seed)) ++written;
  }
  return 0;
}
