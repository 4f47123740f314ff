#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "random.h"
#include "support/oracle_policy.h"

// Random small policies, their text in several layouts, and small random changes to them.
namespace property {

// The day on which the generated policies are decided: their dated rules begin and end around it.
inline constexpr std::string_view today = "2026-11-23";

// A policy with anything in it: some compile, others have conflicts and other errors.
oracle::Policy generate_policy(std::uint32_t seed);

// The same policy, its errors repaired one by one as an author would.
oracle::Policy without_errors(oracle::Policy policy, Random& random);

// The policy with what roles, features and controls can say of each other: clearances, `needs`, `excludes`,
// separations.
oracle::Policy with_facts(oracle::Policy policy, Random& random);

oracle::Statement random_rule(const oracle::Policy& policy, oracle::Verb verb, const std::string& label,
                              Random& random);

// The policy with one more declaration, which nothing in it mentions.
struct Extended {
  oracle::Policy policy;
  enum class What { role, data, thing, feature, context } what;
  std::string name;
};
Extended with_new_declaration(const oracle::Policy& policy, Random& random);

// The same rules with some lists written as several statements, one for each group of their terms. Labels of the pieces
// continue the label of the whole with a dash.
oracle::Policy with_lists_split(const oracle::Policy& policy, Random& random);

// The same rules with the content of named lists and conditions in the place of their names.
oracle::Policy with_names_written_out(const oracle::Policy& policy);

// A policy with as little in it as can be that still has some property, which the given one has.
oracle::Policy smallest_with(oracle::Policy policy, const std::function<bool(const oracle::Policy&)>& has_property);

struct Layout {
  std::uint32_t seed = 0;
  bool shuffled = false;    // statements in any order
  std::size_t files = 1;    // the first includes the others
  bool spread_out = false;  // one part of a statement on a line, and comments
};

struct SourceFile {
  std::string path;
  std::string text;
};

// The first file is the one to compile.
std::vector<SourceFile> print(const oracle::Policy& policy, const Layout& layout);

std::string text_of(const oracle::Condition& condition);
std::string text_of(const oracle::Statement& statement);

}  // namespace property
