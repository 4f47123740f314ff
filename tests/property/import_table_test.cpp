// Tables with a known meaning, in the shapes in which people keep them: what is imported is never wider than the table,
// no refusal is lost, and every cell that was not understood is asked about.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/date.h"
#include "decide/answers.h"
#include "driver/tenant.h"
#include "query/answers.h"
#include "random.h"
#include "support/farol.h"

namespace property::import_table_test {
namespace {

using namespace farol;

enum class Meaning { yes, no, nothing, unknown };

struct Written {
  std::string text;
  Meaning meaning;
};

// How one office writes yes and no: the marks of a table are of one hand.
struct Hand {
  std::vector<std::string> yes, no;
};

const std::vector<Hand>& hands() {
  static const std::vector<Hand> all = {{{"✔", "✓"}, {"✖", "✗"}},
                                        {{"✔️"}, {"❌"}},
                                        {{"Yes", "yes", "Y"}, {"No", "no", "N"}},
                                        {{"√"}, {"×"}},
                                        {{"○"}, {"×"}},
                                        {{"☑"}, {"☐"}},
                                        {{"可", "可以"}, {"否", "不可以"}},
                                        {{"允许", "允許"}, {"不允许", "不允許", "禁止"}},
                                        {{"S", "s"}, {"N", "n"}},
                                        {{"Sim", "SIM"}, {"Não", "NAO"}},
                                        {{"Permitido", "permitido"}, {"Proibido", "PROIBIDO"}},
                                        {{"1"}, {"0"}},
                                        {{"TRUE"}, {"FALSE"}}};
  return all;
}

const std::vector<std::string> unclear = {
    "x", "?", "own", "✅ 本部门", "1 (self only)", "see note", "SCOPED", "部分", "△", "yes, after hours", "2"};
const std::vector<std::string> features = {"chat.send",       "meeting.join", "contacts.export", "Post jobs",
                                           "close ledger",    "库存盘点",     "audit.read",      "Apagar contas",
                                           "approval.submit", "job.create"};
const std::vector<std::string> roles = {"Staff", "HR", "店主", "Gestão", "Night shift"};

struct Table {
  std::string text;
  std::map<std::pair<std::string, std::string>, Meaning> cells;  // by feature and role
  std::set<std::pair<std::string, std::string>> unknown;
};

std::string row_of(const std::vector<std::string>& cells, bool markdown) {
  if (markdown) return fmt::format("| {} |\n", fmt::join(cells, " | "));
  std::string row;
  for (const std::string& cell : cells) row += (row.empty() ? "" : ",") + fmt::format("\"{}\"", cell);
  return row + "\n";
}

Table random_table(std::uint32_t seed) {
  Random random(seed);
  Table table;
  const Hand hand = hands()[random.below(hands().size())];
  const std::size_t feature_count = 2 + random.below(features.size() - 2),
                    role_count = 2 + random.below(roles.size() - 2);
  std::map<std::pair<std::string, std::string>, Written> written;
  for (std::size_t f = 0; f < feature_count; ++f) {
    for (std::size_t r = 0; r < role_count; ++r) {
      const std::size_t die = random.below(10);
      Written cell{"", Meaning::nothing};
      if (die < 4)
        cell = {random.pick(hand.yes), Meaning::yes};
      else if (die < 7)
        cell = {random.pick(hand.no), Meaning::no};
      else if (die == 7)
        cell = {random.pick(unclear), Meaning::unknown};
      // A table of numbers has no mark for what is not said.
      written[{features[f], roles[r]}] = cell;
      table.cells[{features[f], roles[r]}] = cell.meaning;
    }
  }
  const std::size_t shape = random.below(5);
  const bool markdown = random.below(4) == 0;
  std::vector<std::vector<std::string>> rows;
  if (shape <= 2) {  // features down; with a column of groups; with remarks
    if (random.below(3) == 0 && !markdown) rows.push_back({"Who may do what"});
    std::vector<std::string> head{shape == 1 ? "No." : "Feature"};
    if (shape == 1) head.push_back("Feature");
    for (std::size_t r = 0; r < role_count; ++r) head.push_back(roles[r]);
    if (shape == 2) head.push_back("Notes");
    rows.push_back(head);
    for (std::size_t f = 0; f < feature_count; ++f) {
      std::vector<std::string> row;
      if (shape == 1) row.push_back(fmt::format("{}", f + 1));
      row.push_back(features[f]);
      for (std::size_t r = 0; r < role_count; ++r) row.push_back(written[{features[f], roles[r]}].text);
      if (shape == 2) row.push_back(random.below(2) == 0 ? "ask first" : "");
      rows.push_back(row);
    }
  } else if (shape == 3) {  // roles down
    std::vector<std::string> head{"Role"};
    for (std::size_t f = 0; f < feature_count; ++f) head.push_back(features[f]);
    rows.push_back(head);
    for (std::size_t r = 0; r < role_count; ++r) {
      std::vector<std::string> row{roles[r]};
      for (std::size_t f = 0; f < feature_count; ++f) row.push_back(written[{features[f], roles[r]}].text);
      rows.push_back(row);
    }
  } else {  // one grant a line
    rows.push_back({"Role", "Permission", "Allowed"});
    for (const auto& [place, cell] : written) {
      if (cell.meaning != Meaning::nothing) rows.push_back({place.second, place.first, cell.text});
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.text += row_of(rows[i], markdown);
    if (markdown && i == 0) table.text += row_of(std::vector<std::string>(rows[0].size(), "---"), true);
  }
  for (const auto& [place, cell] : written) {
    if (cell.meaning == Meaning::unknown) table.unknown.insert(place);
  }
  return table;
}

// The thing of a table of a model that has a title, or is called so.
template <class List>
std::optional<std::size_t> titled(const List& list, const std::string& title) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].name == title || list[i].title.text == title) return i;
  }
  return std::nullopt;
}

enum class Got { allow, deny, none };

Got answer_in(const driver::Compilation& policy, std::size_t role, std::size_t feature) {
  const auto answers = query::summary_of(policy.model, policy.answers, model::RoleId{role}, model::FeatureId{feature});
  bool allows = false, denies = false;
  for (const auto& answer : answers) {
    allows = allows || answer.effect == decide::Effect::allow;
    denies = denies || answer.effect == decide::Effect::deny;
  }
  return allows ? Got::allow : denies ? Got::deny : Got::none;
}

}  // namespace

TEST_CASE("an imported table is never wider than it says, and what is not understood is asked") {
  std::size_t tables = 0, cells = 0, asked = 0, refused = 0, allowed = 0;
  for (std::uint32_t seed = 0; seed < rounds(5'000); ++seed) {
    const Table table = random_table(seed);
    const auto result = driver::import_policy(*base::parse_date(testing::today), "t.csv", table.text);
    if (std::get_if<driver::BadFile>(&result) != nullptr) continue;  // refused as a whole: nothing is wider
    ++tables;
    const auto& imported = std::get<driver::ImportedPolicy>(result);
    const driver::Compilation policy = testing::compile_text(imported.policy);
    INFO("seed ", seed, "\n", table.text, "\n", imported.policy);
    REQUIRE(policy.may_write());
    std::string questions;
    for (const std::string& question : imported.questions) questions += question + "\n";
    for (const auto& [place, meaning] : table.cells) {
      const std::string where = place.first + " / " + place.second;
      INFO(where);
      const auto role = titled(policy.model.roles, place.second), feature = titled(policy.model.features, place.first);
      if (!role || !feature) {
        // What has no role or feature in the policy is nobody's right; a refusal that has none was asked about.
        if (meaning == Meaning::no || meaning == Meaning::unknown) CHECK(!questions.empty());
        continue;
      }
      const Got got = answer_in(policy, *role, *feature);
      ++cells;
      if (meaning != Meaning::yes) CHECK(got != Got::allow);
      if (meaning == Meaning::no) CHECK(got == Got::deny);
      if (meaning == Meaning::yes && got == Got::allow) ++allowed;
      if (meaning == Meaning::unknown) {
        CHECK(got == Got::deny);
        CHECK(questions.find(place.first) != std::string::npos);
        ++asked;
      }
      refused += meaning == Meaning::no ? 1U : 0U;
    }
  }
  CHECK(allowed > asked);
  fmt::print("NOTE: {} random tables imported: {} cells, {} allowed, {} refused, {} asked about\n", tables, cells,
             allowed, refused, asked);
}

}  // namespace property::import_table_test
