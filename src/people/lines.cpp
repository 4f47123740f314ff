#include "people/lines.h"

#include <algorithm>
#include <array>

#include "base/csv.h"
#include "base/text.h"
#include "base/workbook.h"
#include "people/readers.h"

namespace farol::people {
namespace {

constexpr std::string_view save_as = "; save it as “CSV UTF-8” and try again";

// What the first bytes say of a file that is no text in UTF-8.
std::optional<std::string> wrong_kind(std::string_view start) {
  if (start.starts_with("\xD0\xCF\x11\xE0")) return "it is a spreadsheet (.xls), not CSV" + std::string(save_as);
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"))
    return "it is UTF-16, as Excel writes “Unicode text”" + std::string(save_as);
  if (start.substr(0, 4).find('\0') != std::string_view::npos)
    return "it is not text, or it is UTF-16" + std::string(save_as);
  return std::nullopt;
}

struct Names {
  Field field;
  std::string_view names;  // each between bars, case folded
};

// The Chinese heads are those of the exports of DingTalk's, WeCom's and Feishu's address books and consoles, the keys
// those of their calls. What WeCom calls a tag and Feishu a user group is where their firms keep roles.
constexpr std::array known = {
    Names{Field::id,
          "|id|userid|user_id|user id|员工userid|員工userid|用户id|用戶id|成员userid|identificador|账号|帐号|帳號|"
          "用户 id|用戶 id|"},
    Names{Field::name, "|name|full name|full_name|姓名|成员姓名|nome|"},
    Names{
        Field::roles,
        "|roles|role|role_list|rolelist|角色|角色名称|角色名稱|função|funções|标签|標籤|用户组|用戶組|user group|user "
        "groups|"},
    Names{Field::from, "|from|from date|开始日期|開始日期|生效日期|de|início|"},
    Names{Field::until, "|until|until date|结束日期|結束日期|失效日期|até|fim|"},
};

// A number of the firm's own: it stands for the id only where no column has that, for exports have both. Lark's English
// export calls it `Employee ID` and the id `User ID`.
constexpr std::string_view numbers_of_staff =
    "|staffid|employee id|employee_id|员工id|員工id|员工 id|員工 "
    "id|工号|工號|员工编号|員工編號|员工号|員工號|人员编号|人員編號|职工号|職工號|staff number|staff no|staff "
    "no.|staff "
    "id|employee number|"
    "employee no|employee no.|número de funcionário|numero de funcionario|n.º de funcionário|matrícula|";

bool is_in(std::string_view names, std::string_view name) {
  return names.find("|" + base::fold_case(base::trimmed(name, " \t*\r\n")) + "|") != std::string_view::npos;
}

}  // namespace

bool is_staff_number(std::string_view head) {
  return !head.empty() && !base::find_invalid_utf8(head) && is_in(numbers_of_staff, head);
}

std::optional<Field> field_named(std::string_view name) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '*' || c == '\r' || c == '\n'; };
  while (!name.empty() && blank(name.front())) name.remove_prefix(1);
  while (!name.empty() && blank(name.back())) name.remove_suffix(1);
  if (name.empty() || name.size() > 64 || base::find_invalid_utf8(name)) return std::nullopt;
  const std::string wanted = "|" + base::fold_case(name) + "|";
  for (const Names& each : known) {
    if (each.names.find(wanted) != std::string_view::npos) return each.field;
  }
  return std::nullopt;
}

bool read_day(std::string_view text, std::optional<base::Date>& day) {
  day.reset();
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return true;
  std::string written(text);
  std::replace(written.begin(), written.end(), '/', '-');
  day = base::parse_date(written);
  return day.has_value();
}

std::vector<std::string_view> split_roles(std::string_view cell) {
  constexpr std::array<std::string_view, 7> separators{",", ";", "|", "\n", "、", "，", "；"};
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  const auto add = [&](std::size_t end) {
    std::string_view part = cell.substr(from, end - from);
    while (!part.empty() && (part.front() == ' ' || part.front() == '\r' || part.front() == '\t'))
      part.remove_prefix(1);
    while (!part.empty() && (part.back() == ' ' || part.back() == '\r' || part.back() == '\t')) part.remove_suffix(1);
    if (!part.empty()) parts.push_back(part);
  };
  for (std::size_t at = 0; at < cell.size();) {
    const auto separator = std::find_if(separators.begin(), separators.end(),
                                        [&](std::string_view each) { return cell.substr(at).starts_with(each); });
    if (separator == separators.end()) {
      ++at;
      continue;
    }
    add(at);
    at += separator->size();
    from = at;
  }
  add(cell.size());
  return parts;
}

namespace {

// The first sheet of a workbook, which is a ZIP file and has to be read whole.
std::optional<std::string> read_sheet(base::Bytes& bytes, const std::function<void(const Line&)>& take) {
  constexpr std::size_t max_workbook = std::size_t{64} << 20;
  std::string whole;
  while (!bytes.ahead().empty()) {
    whole += bytes.ahead();
    bytes.take(bytes.ahead().size());
    if (whole.size() > max_workbook) return "it is a spreadsheet of more than 64 MiB" + std::string(save_as);
  }
  if (!bytes.problem().empty()) return std::nullopt;
  auto sheet = base::read_workbook(whole);
  if (auto* problem = std::get_if<std::string>(&sheet)) return std::move(*problem);
  const auto stream = base::stream_of(std::move(std::get<base::Sheet>(sheet).csv));
  base::Bytes table{*stream};
  if (table.ahead().starts_with("\xEF\xBB\xBF")) table.take(3);
  return read_csv(table, [&](const Line& guarded) {
    Line line = guarded;
    for (std::string* text : {&line.id, &line.name, &line.roles}) *text = base::without_guard(std::move(*text));
    take(line);
  });
}

}  // namespace

std::optional<std::string> read_lines(base::ByteStream& stream, const std::function<void(const Line&)>& take) {
  base::Bytes bytes{stream};
  if (base::looks_like_workbook(bytes.ahead())) {
    auto problem = read_sheet(bytes, take);
    return bytes.problem().empty() ? problem : bytes.problem();
  }
  if (auto wrong = wrong_kind(bytes.ahead())) return wrong;
  if (bytes.ahead().starts_with("\xEF\xBB\xBF")) bytes.take(3);
  const std::string_view start = bytes.ahead();
  const std::size_t first = start.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && (start[first] == '[' || start[first] == '{');
  const std::string_view ink = start.substr(std::min(first, start.size()));
  const bool ldif = ink.starts_with("dn:") || ink.starts_with("version:") ||
                    (ink.starts_with('#') && ink.find("\ndn:") != std::string_view::npos);
  auto problem = json ? read_json(bytes, take) : ldif ? read_ldif(bytes, take) : read_csv(bytes, take);
  return bytes.problem().empty() ? problem : bytes.problem();
}

}  // namespace farol::people
