// Tables with a known meaning, in the shapes in which people keep them: what is imported is never wider than the table,
// no refusal is lost, and every cell that was not understood is asked about.
#include <iconv.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
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
#include "support/temporary_folder.h"

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
// Of tables with two columns of names: what is not written again stands below what it was.
const std::vector<std::pair<std::string, std::string>> pairs = {
    {"Jobs", "create"}, {"Jobs", "close"},  {"Kasse", "öffnen"},  {"库存", "盘点"},
    {"库存", "报废"},   {"Cofre", "abrir"}, {"Ledger", "post it"}};
const std::vector<std::string> roles = {"Staff", "HR", "店主", "Gestão", "Night shift"};

struct Table {
  std::string text, form = "t.csv";
  std::map<std::pair<std::string, std::string>, Meaning> cells;  // by feature and role
  std::set<std::pair<std::string, std::string>> unknown;
};

using Rows = std::vector<std::vector<std::string>>;

// In another encoding, or nothing where it lacks one of the characters.
std::optional<std::string> encoded(const std::string& text, const char* encoding) {
  const iconv_t converter = iconv_open(encoding, "UTF-8");
  REQUIRE(converter != reinterpret_cast<iconv_t>(-1));
  std::string in = text, out(4 * text.size() + 16, '\0');
  char *from = in.data(), *to = out.data();
  std::size_t left = in.size(), room = out.size();
  const std::size_t done = iconv(converter, &from, &left, &to, &room);
  iconv_close(converter);
  if (done == static_cast<std::size_t>(-1)) return std::nullopt;
  out.resize(out.size() - room);
  return out;
}

std::string workbook_of(const Rows& rows) {
  const testing::TemporaryFolder folder;
  const std::string path = (folder.path() / "t.xlsx").string();
  lxw_workbook* book = workbook_new(path.c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (rows[r][c].empty()) continue;
      const auto row = static_cast<lxw_row_t>(r);
      const auto column = static_cast<lxw_col_t>(c);
      // Spreadsheets keep a lone 1 or 0 as a number.
      if (rows[r][c] == "1" || rows[r][c] == "0")
        worksheet_write_number(sheet, row, column, rows[r][c] == "1" ? 1 : 0, nullptr);
      else
        worksheet_write_string(sheet, row, column, rows[r][c].c_str(), nullptr);
    }
  }
  REQUIRE(workbook_close(book) == LXW_NO_ERROR);
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string row_of(const std::vector<std::string>& cells, bool markdown) {
  if (markdown) return fmt::format("| {} |\n", fmt::join(cells, " | "));
  std::string row;
  for (const std::string& cell : cells) row += (row.empty() ? "" : ",") + fmt::format("\"{}\"", cell);
  return row + "\n";
}

using Cells = std::map<std::pair<std::string, std::string>, Written>;

struct Plan {
  std::vector<std::string> features;                         // as the policy calls them
  std::vector<std::pair<std::string, std::string>> divided;  // the same in two columns
  std::size_t roles = 0;
  Cells cells;
};

Plan random_plan(Random& random, bool divided, Table& table) {
  Plan plan;
  const Hand hand = hands()[random.below(hands().size())];
  const std::size_t most = divided ? pairs.size() : features.size();
  const std::size_t count = 2 + random.below(most - 2);
  plan.roles = 2 + random.below(roles.size() - 2);
  for (std::size_t f = 0; f < count; ++f) {
    plan.features.push_back(divided ? pairs[f].first + ": " + pairs[f].second : features[f]);
    if (divided) plan.divided.push_back(pairs[f]);
    for (std::size_t r = 0; r < plan.roles; ++r) {
      const std::size_t die = random.below(10);
      Written cell{"", Meaning::nothing};
      if (die < 4)
        cell = {random.pick(hand.yes), Meaning::yes};
      else if (die < 7)
        cell = {random.pick(hand.no), Meaning::no};
      else if (die == 7)
        cell = {random.pick(unclear), Meaning::unknown};
      plan.cells[{plan.features[f], roles[r]}] = cell;
      table.cells[{plan.features[f], roles[r]}] = cell.meaning;
    }
  }
  return plan;
}

void add_answers(const Plan& plan, std::size_t feature, std::vector<std::string>& row) {
  for (std::size_t r = 0; r < plan.roles; ++r) row.push_back(plan.cells.at({plan.features[feature], roles[r]}).text);
}

// Features down: with numbers, remarks, a title above, and lines that only head what follows.
Rows features_down(Random& random, const Plan& plan, bool numbers, bool remarks, bool titles) {
  Rows rows;
  if (titles && random.below(3) == 0) rows.push_back({"Who may do what"});
  std::vector<std::string> head{numbers ? "No." : "Feature"};
  if (numbers) head.push_back("Feature");
  head.insert(head.end(), roles.begin(), roles.begin() + static_cast<std::ptrdiff_t>(plan.roles));
  if (remarks) head.push_back("Notes");
  rows.push_back(head);
  for (std::size_t f = 0; f < plan.features.size(); ++f) {
    if (titles && random.below(6) == 0) {
      rows.emplace_back(head.size());
      rows.back()[0] = "— Section —";
    }
    std::vector<std::string> row;
    if (numbers) row.push_back(fmt::format("{}", f + 1));
    row.push_back(plan.features[f]);
    add_answers(plan, f, row);
    if (remarks) row.push_back(random.below(2) == 0 ? "ask first" : "");
    rows.push_back(row);
  }
  return rows;
}

Rows modules_and_actions(Random& random, const Plan& plan) {
  Rows rows;
  std::vector<std::string> head{"Module", "Action"};
  head.insert(head.end(), roles.begin(), roles.begin() + static_cast<std::ptrdiff_t>(plan.roles));
  rows.push_back(head);
  const bool once = random.below(2) == 0;
  for (std::size_t f = 0; f < plan.features.size(); ++f) {
    const auto& [module, action] = plan.divided[f];
    const bool is_same = once && f > 0 && plan.divided[f - 1].first == module;
    std::vector<std::string> row{is_same ? "" : module, action};
    add_answers(plan, f, row);
    rows.push_back(row);
  }
  return rows;
}

Rows roles_down(const Plan& plan) {
  Rows rows{{"Role"}};
  rows[0].insert(rows[0].end(), plan.features.begin(), plan.features.end());
  for (std::size_t r = 0; r < plan.roles; ++r) {
    std::vector<std::string> row{roles[r]};
    for (const std::string& feature : plan.features) row.push_back(plan.cells.at({feature, roles[r]}).text);
    rows.push_back(row);
  }
  return rows;
}

Rows grants(const Plan& plan, bool divided) {
  Rows rows{divided ? std::vector<std::string>{"Role", "Resource", "Action", "Allowed"}
                    : std::vector<std::string>{"Role", "Permission", "Allowed"}};
  for (std::size_t f = 0; f < plan.features.size(); ++f) {
    for (std::size_t r = 0; r < plan.roles; ++r) {
      const Written& cell = plan.cells.at({plan.features[f], roles[r]});
      if (cell.meaning == Meaning::nothing) continue;
      if (divided)
        rows.push_back({roles[r], plan.divided[f].first, plan.divided[f].second, cell.text});
      else
        rows.push_back({roles[r], plan.features[f], cell.text});
    }
  }
  return rows;
}

// As a file: CSV in some encoding, Markdown, or a workbook.
void write_as_file(Random& random, const Rows& rows, bool markdown, Table& table) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    table.text += row_of(rows[i], markdown);
    if (markdown && i == 0) table.text += row_of(std::vector<std::string>(rows[0].size(), "---"), true);
  }
  if (markdown) {
    table.form = "t.md";
    return;
  }
  const std::size_t form = random.below(12);
  if (form == 0) {
    table.text = workbook_of(rows);
    table.form = "t.xlsx";
  } else if (form <= 4) {
    constexpr const char* encodings[] = {"UTF-16", "UTF-16LE", "GB18030", "BIG5"};
    const char* encoding = encodings[form - 1];
    if (auto other = encoded(table.text, encoding)) {
      table.text = std::move(*other);
      table.form = fmt::format("t.{}.csv", encoding);
    }
  }
}

Table random_table(std::uint32_t seed) {
  Random random(seed);
  Table table;
  const std::size_t shape = random.below(7);
  const bool divided = shape >= 5, markdown = random.below(4) == 0;
  const Plan plan = random_plan(random, divided, table);
  const Rows rows = shape <= 2   ? features_down(random, plan, shape == 1, shape == 2, !markdown)
                    : shape == 3 ? roles_down(plan)
                    : shape == 5 ? modules_and_actions(random, plan)
                                 : grants(plan, divided);
  write_as_file(random, rows, markdown, table);
  for (const auto& [place, cell] : plan.cells) {
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
  std::map<std::string, std::size_t> forms;
  for (std::uint32_t seed = 0; seed < rounds(5'000); ++seed) {
    const Table table = random_table(seed);
    const auto result = driver::import_policy(*base::parse_date(testing::today), table.form, table.text);
    if (std::get_if<driver::BadFile>(&result) != nullptr) continue;  // refused as a whole: nothing is wider
    ++tables;
    ++forms[table.form];
    const auto& imported = std::get<driver::ImportedPolicy>(result);
    const driver::Compilation policy = testing::compile_text(imported.policy);
    INFO("seed ", seed, "\n", table.text, "\n", imported.policy);
    REQUIRE(policy.may_write());
    std::string questions;
    for (const diag::Text& question : imported.questions) questions += sentence(question) + "\n";
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
  for (const char* form : {"t.csv", "t.md", "t.xlsx", "t.UTF-16.csv", "t.UTF-16LE.csv", "t.GB18030.csv"})
    CHECK_MESSAGE(forms[form] > 0, form);
  fmt::print("NOTE: {} random tables imported: {} cells, {} allowed, {} refused, {} asked about\n", tables, cells,
             allowed, refused, asked);
}

TEST_CASE("a table of duties that stay apart gives no permission, and keeps every pair") {
  for (std::uint32_t seed = 0; seed < rounds(500); ++seed) {
    Random random(seed);
    std::string text = random.below(2) == 0 ? "Role,Conflicting role,Reason\n" : "Role A,Role B,Risk\n";
    std::set<std::pair<std::string, std::string>> apart;
    for (std::size_t i = 0; i < 1 + random.below(6); ++i) {
      const std::string a = random.pick(roles), b = random.pick(roles);
      text += fmt::format("{},{},\"why {}\"\n", a, b, i);
      if (a != b) apart.insert(std::minmax(a, b));
    }
    const auto result = driver::import_policy(*base::parse_date(testing::today), "pairs.csv", text);
    if (std::get_if<driver::BadFile>(&result) != nullptr) {
      CHECK_MESSAGE(apart.empty(), text);
      continue;
    }
    const auto& imported = std::get<driver::ImportedPolicy>(result);
    const driver::Compilation policy = testing::compile_text(imported.policy);
    INFO(text, "\n", imported.policy);
    CHECK(imported.policy.find("\nallow ") == std::string::npos);
    std::set<std::pair<std::string, std::string>> found;
    for (const model::Separation& each : policy.model.separations) {
      REQUIRE(each.roles.size() == 2);
      const auto name = [&](std::size_t i) {
        const auto& role = policy.model[each.roles[i]];
        return role.title.text.empty() ? role.name : role.title.text;
      };
      found.insert(std::minmax(name(0), name(1)));
    }
    CHECK(found == apart);
  }
}

}  // namespace property::import_table_test
