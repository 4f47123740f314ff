// What a table says, whatever its shape: who may do what, by role and feature, and which duties stay apart.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "target/dingtalk/import_marks.h"

namespace farol::dingtalk {

struct TableRole {
  std::string title;
  bool is_nobody = false;  // whoever holds no role
};

// A feature of the catalogue, or one that the table brings.
struct TableFeature {
  const model::Feature* known = nullptr;
  std::string title;        // of one that the table brings
  std::string name;         // the same, where the table says how a policy calls it
  std::string section;      // what it stands under
  std::vector<Cell> cells;  // one for each role
};

struct TablePair {
  bool of_roles = false;
  std::string one, other, because;
};

// Finds features of the catalogue by name and by title in any language; case and accents do not count.
class FeatureFinder {
 public:
  explicit FeatureFinder(const model::Model& catalogue);
  // Returns null if there is none, or if several are called so.
  [[nodiscard]] const model::Feature* find(std::string_view text) const;
  // Returns the feature that a text nearly names: a slip, or the same characters in another order; null if there is
  // none.
  [[nodiscard]] const model::Feature* find_nearest(std::string_view text) const;

 private:
  std::map<std::string, const model::Feature*, std::less<>> by_name_;        // folded; null: several
  std::map<std::u32string, const model::Feature*, std::less<>> by_letters_;  // the same, sorted
};

class TableContent {
 public:
  TableContent(const FeatureFinder& finder, base::Language language) : finder_(finder), language_(language) {}

  // The number of a role, which is made where it is new: case and accents make no other role.
  std::size_t role(std::string_view title, bool is_nobody = false);
  // The number of a feature. `label` is what the table calls it, the most general part first: `Jobs`, `create`. One
  // that the catalogue does not have becomes the organisation's own.
  std::size_t feature(const std::vector<std::string>& label, std::string_view section = {});
  // The same for a name of a policy with its title.
  std::size_t feature_named(const std::string& name, const std::string& title);
  // Sets what a role may do; where something stands there already, the stricter one holds, and that is asked.
  void set(std::size_t feature, std::size_t role, Cell cell);
  void ask(diag::Text question) { questions.push_back(std::move(question)); }
  // Makes all rows as wide as there are roles.
  void fill();

  std::vector<TableRole> roles;
  std::vector<TableFeature> features;
  std::vector<TablePair> pairs;
  std::vector<diag::Text> questions;
  diag::Text refusal;  // why nothing is made of the table

 private:
  const model::Feature* known(const std::vector<std::string>& label) const;

  const FeatureFinder& finder_;
  base::Language language_;  // of titles of the catalogue, in questions
  std::map<std::string, std::size_t, std::less<>> role_numbers_, feature_numbers_;
};

// How a question calls a feature.
[[nodiscard]] const std::string& name_of(const TableFeature& feature);

}  // namespace farol::dingtalk
