// The matrix laid out. The golden tests in tests/golden/outputs show whole documents; these hold single promises.
#include <doctest/doctest.h>

#include <sstream>

#include "base/text.h"
#include "document/words.h"
#include "query/matrix.h"
#include "query/matrix_words.h"
#include "sema_policy.h"
#include "target/dingtalk/lower.h"

namespace matrix_render_test {

using namespace farol;
using testing::Policy;

namespace {

constexpr base::Date today{20780};

query::Rows rows_of(const Policy& policy) {
  const auto decisions = decide::decide(policy.model, today);
  return query::collect_rows(policy.model, decisions, dingtalk::lower(policy.model, decisions).answers, {});
}

query::MatrixWords build(const Policy& policy, base::Language language = base::Language::en) {
  return query::in_words(policy.model, rows_of(policy), today, document::Words{policy.model, language});
}

std::string page(const Policy& policy, const query::MatrixOptions& options = {}) {
  const auto decisions = decide::decide(policy.model, today);
  return query::matrix_page(policy.model, decisions, dingtalk::lower(policy.model, decisions).answers, policy.sources,
                            options);
}

document::Document laid_out(const Policy& policy, base::Language language = base::Language::en) {
  query::MatrixOptions options;
  options.language = language;
  const auto decisions = decide::decide(policy.model, today);
  document::Document whole;
  query::matrix_document(policy.model, decisions, dingtalk::lower(policy.model, decisions).answers, options,
                         [&](const document::Document& part) { whole = part; });
  return whole;
}

document::Document sheet(const Policy& policy) {
  const auto decisions = decide::decide(policy.model, today);
  return query::matrix_sheet(policy.model, decisions, dingtalk::lower(policy.model, decisions).answers, {});
}

std::string many_roles(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "role r" + std::to_string(i) + "\nallow r" + std::to_string(i) + " to meeting.join\n";
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("no title ends the element that holds the page's data, and the page asks for nothing") {
  const auto policy = testing::in_world(
      "role evil inherits staff { title: \"</script><img src=https://example.org>\" }\n"
      "allow evil to drive.read on internal because \"<b>\"\n");
  REQUIRE(policy.finding().empty());
  const std::string text = page(policy);
  const std::size_t data = text.find("<script id=\"data\"");
  REQUIRE(data != std::string::npos);
  CHECK(text.find("</script>", data) == text.find("</script>\n<script>", data));
  CHECK(text.find("<img") == std::string::npos);
  for (const char* outside : {"src=\"", "url(", "@import", "href=\"http"})
    CHECK(text.find(outside) == std::string::npos);
  for (const base::Language language : base::all_languages)
    CHECK(text.find("\"tag\": \"" + std::string{base::tag(language)} + "\"") != std::string::npos);
  // The language that was asked for is the one that it opens in.
  query::MatrixOptions options;
  options.language = base::Language::pt;
  CHECK(page(policy, options).starts_with("<!doctype html>\n<html lang=\"pt\">"));
}

TEST_CASE("a spreadsheet takes no cell for a formula, and finds every column in every line") {
  const auto policy = testing::in_world(
      "role sum { title: \" =1+1\" }\nrole plus { title: \"＋1\" }\nrole tab { title: \"a \\\"quoted\\\", word\" }\n"
      "allow sum, plus, tab to meeting.join\n");
  REQUIRE(policy.finding().empty());
  const std::string csv = render_csv(sheet(policy));
  CHECK(csv.starts_with("\xEF\xBB\xBF\"Group\","));
  CHECK(csv.find("\"' =1+1\"") != std::string::npos);
  CHECK(csv.find("\"'＋1\"") != std::string::npos);
  CHECK(csv.find("\"a \"\"quoted\"\", word\"") != std::string::npos);
}

TEST_CASE("a table of too many cells is a list by role, with roles that may do the same together") {
  constexpr std::size_t roles = 251, features = 200;
  static_assert(roles * features > query::most_cells);
  std::string text = "context network: vpn | office\n";
  for (std::size_t i = 0; i < roles; ++i) text += "role r" + std::to_string(i) + "\n";
  for (std::size_t i = 0; i < features; ++i) {
    const std::string feature = "f" + std::to_string(i);
    text += "feature " + feature + "\nallow r0, r1 to " + feature + "\n";
  }
  const Policy policy{text + "allow r2 to f7 when network is vpn\n"};
  REQUIRE(policy.finding().empty());
  const auto decisions = decide::decide(policy.model, today);
  const auto answers = dingtalk::lower(policy.model, decisions).answers;

  std::vector<document::Document> parts;
  query::matrix_document(policy.model, decisions, answers, {},
                         [&](const document::Document& part) { parts.push_back(part); });
  REQUIRE(parts.size() == 5);  // the head; r0 and r1; whoever may do nothing; r2; the notes and explanations
  CHECK(render_markdown(parts[0]).find("251 roles and 200 features would have 50200 cells") != std::string::npos);
  CHECK(render_markdown(parts[1]).starts_with("## r0, r1\n\n| Feature | Answer | Kept by |\n"));
  CHECK(lines_of(render_markdown(parts[1])).size() == 4 + features);
  CHECK(render_markdown(parts[2]).starts_with("## r10, r100, "));
  CHECK(render_markdown(parts[2]).ends_with("\n\nnone\n"));
  CHECK(render_markdown(parts[3]) == "## r2\n\n| Feature | Answer | Kept by |\n|---|---|---|\n| f7 | ✔¹ | nobody |\n");
  CHECK(render_markdown(parts[4]).starts_with("## Notes\n\n1. network: vpn\n"));

  std::string csv;
  query::matrix_sheet(policy.model, decisions, answers, {},
                      [&](const document::Document& part) { csv += render_csv(part, !csv.empty()); });
  const std::vector<std::string> lines = lines_of(csv);
  REQUIRE(lines.size() == 1 + features + 1);
  CHECK(lines.front().starts_with("\xEF\xBB\xBF\"Role\",\"Group\",\"Feature\","));
  CHECK(lines[1].starts_with("\"r0, r1\",\"Other features\",\"f0\",\"f0\",\"✔\","));
  CHECK(lines.back().starts_with("\"r2\",\"Other features\",\"f7\",\"f7\",\"✔ [network: vpn]\","));
}

TEST_CASE("marks differ by form") {
  std::set<std::string_view> forms;
  for (const document::Mark mark : query::marks_of_answers) {
    forms.insert(symbol(mark));
    CHECK(base::display_width(symbol(mark)) == 1);
  }
  CHECK(forms.size() == 5);
}

TEST_CASE("equal notes have one number, in the order of reading") {
  const Policy policy = testing::in_world(
      "allow staff to chat.send when device is managed requiring watermark\n"
      "allow staff to meeting.join when network is vpn\n"
      "allow staff to drive.read on public when device is managed requiring watermark\n");
  const query::MatrixWords matrix = build(policy);
  CHECK(matrix.notes == std::vector<std::string>{"device: managed; requires: watermark", "network: vpn"});
  CHECK(matrix.groups.size() == 3);  // chat, drive, meeting
  const query::FeatureLine& chat = matrix.groups[0].lines[0];
  CHECK(chat.cells[chat.of_role[1]].empty() == false);
}

TEST_CASE("data is named in every answer of a cell if its tier has not the same answers") {
  const Policy policy = testing::in_world(
      "allow staff to drive.read on confidential when device is managed\n"
      "allow staff to drive.read on contracts when device is personal requiring watermark\n");
  const query::MatrixWords matrix = build(policy);
  for (std::size_t i = 0; i < matrix.roles.size(); ++i) {
    if (matrix.roles[i] != "staff") continue;
    const query::FeatureLine& line = matrix.groups.front().lines.front();
    const std::vector<query::CellEntry>& cell = line.cells[line.of_role[i]];
    REQUIRE(cell.size() == 2);
    CHECK(cell[0].on == "confidential, contracts");
    CHECK(cell[0].note == 1);
    CHECK(cell[1].on == "contracts");
    CHECK(cell[1].note == 2);
  }
}

TEST_CASE("columns of Chinese text line up") {
  const Policy policy{
      "tiers 公開 < 內部\n"
      "role staff { title.zh-Hant: \"員工\" }\n"
      "role manager inherits staff { title.zh-Hant: \"高級管理人員\" }\n"
      "feature drive.read { acts_on: data title.zh-Hant: \"查看檔案\" }\n"
      "feature drive.x { acts_on: data }\n"
      "allow staff to drive.read, drive.x on 公開\n"
      "allow manager to drive.read on 內部\n"};
  const auto lines = lines_of(render_text(laid_out(policy, base::Language::zh_hant), {false, 100}));
  std::set<std::size_t> columns;
  for (const std::string& line : lines) {
    for (const std::string_view mark : {"無", "執行方式"}) {
      const std::size_t at = line.rfind(mark);
      if (at != std::string::npos && at + mark.size() == line.size())
        columns.insert(base::display_width(line.substr(0, at)));
    }
  }
  CHECK(columns.size() == 1);
}

TEST_CASE("no line is wider than the terminal, and none ends in spaces") {
  const Policy policy{
      "feature meeting.join\nfeature meeting.record { title: \"Record what is said in a meeting for the minutes\" }\n" +
      many_roles(30) + "allow r1 to meeting.record\n"};
  for (const std::size_t width : {40U, 80U, 120U}) {
    for (const std::string& line : lines_of(render_text(laid_out(policy), {false, width}))) {
      CAPTURE(line);
      CHECK(base::display_width(line) <= width);
      CHECK_FALSE(line.ends_with(' '));
    }
  }
}

TEST_CASE("tables are turned round where that needs less room") {
  const Policy wide{"feature meeting.join\n" + many_roles(30)};
  CHECK(render_text(laid_out(wide), {false, 100}).find("\nRole ") != std::string::npos);
  CHECK(render_markdown(laid_out(wide)).find("\n| Role |") != std::string::npos);
  const Policy narrow{"feature meeting.join\n" + many_roles(3)};
  CHECK(render_text(laid_out(narrow), {false, 100}).find("\nFeature ") != std::string::npos);
  CHECK(render_markdown(laid_out(narrow)).find("\n| Feature |") != std::string::npos);
}

TEST_CASE("colour only where it is asked for") {
  const document::Document matrix = laid_out(testing::in_world("allow staff to chat.send\n"));
  CHECK(render_text(matrix, {false, 100}).find('\x1b') == std::string::npos);
  CHECK(render_text(matrix, {true, 100}).find("\x1b[32m✔\x1b[0m") != std::string::npos);
}

TEST_CASE("a table is all that Markdown makes of the texts of a policy") {
  const Policy policy{
      "role staff { title: \"a|b <i> *x* [l](u) `c` \\\\ _y_ in_word\" }\n"
      "feature chat.send { title: \"1. first\" }\n"
      "allow staff to chat.send because \"# no heading & $1$\"\n"};
  const std::string markdown = render_markdown(laid_out(policy));
  CHECK(markdown.find("| a\\|b \\<i\\> \\*x\\* \\[l\\](u) \\`c\\` \\\\ \\_y\\_ in_word |") != std::string::npos);
  CHECK(markdown.find("| 1. first<br>`chat.send` |") != std::string::npos);
  CHECK(markdown.find("“\\# no heading \\& \\$&#8203;1\\$”: allow staff to chat.send\n") != std::string::npos);
}

TEST_CASE("who keeps what, and whom a rule names") {
  const Policy policy{
      "role staff\n"
      "feature chat.send\n"
      "feature meeting.join { kept_by: console }\n"
      "allow staff to chat.send kept by \"the team leaders\"\n"
      "deny everyone to chat.send\n"
      "allow staff to meeting.join\n"};
  const query::MatrixWords matrix = build(policy);
  CHECK(matrix.groups[0].lines[0].kept_by == "people, nobody");
  CHECK(matrix.groups[1].lines[0].kept_by == "console");
  const auto& kept = matrix.below.back().items;
  REQUIRE(kept.size() == 3);
  CHECK(kept[1].ends_with("chat.send (the team leaders)"));
}

TEST_CASE("every language has its words, and titles fall back") {
  const Policy policy{
      "policy \"Lotus\" { title.zh-Hant: \"蓮花\" }\n"
      "role staff { title: \"Staff\" title.zh-Hant: \"員工\" }\n"
      "feature chat.send\n"
      "allow staff to chat.send\n"};
  CHECK(build(policy, base::Language::en).title == "Lotus: who may do what");
  CHECK(build(policy, base::Language::zh_hans).title == "蓮花：权限矩阵");
  CHECK(build(policy, base::Language::pt).title == "Lotus: quem pode fazer o quê");
  CHECK(build(policy, base::Language::pt).roles[0] == "Staff");
  CHECK(build(policy, base::Language::zh_hant).groups[0].title == "聊天");
  CHECK(build(policy, base::Language::zh_hant).roles[0] == "員工");
}

}  // namespace matrix_render_test
