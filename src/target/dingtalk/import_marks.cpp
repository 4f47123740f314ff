#include "target/dingtalk/import_marks.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "diag/messages_target.h"

namespace farol::dingtalk {
namespace {

constexpr std::string_view allowing[] = {
    "✔",         "✓",         "✅",         "√",         "🗸",       "☑",          "●",     "⭕",       "👍",
    "yes",       "y",         "allow",     "allowed",   "permit",     "permitted",  "grant", "granted", "true",
    "1",         "on",        "ok",        "enabled",   "can",        "sim",        "pode",  "aceite",  "permite",
    "permitido", "permitida", "concedido", "concedida", "autorizado", "autorizada", "ja",    "oui",     "si",
    "erlaubt",   "是",        "有",        "可",        "可以",       "能",         "对",    "對",      "行",
    "允许",      "允許",      "准许",      "准許",      "同意",       "许可",       "許可",  "开",      "開",
    "授权",      "授權",      "具备",      "具備"};
constexpr std::string_view denying[] = {"✖",
                                        "✗",
                                        "✘",
                                        "❌",
                                        "×",
                                        "✕",
                                        "╳",
                                        "⛔",
                                        "🚫",
                                        "👎",
                                        "☐",
                                        "no",
                                        "n",
                                        "deny",
                                        "denied",
                                        "forbid",
                                        "forbidden",
                                        "refused",
                                        "not allowed",
                                        "not permitted",
                                        "false",
                                        "0",
                                        "off",
                                        "disabled",
                                        "cannot",
                                        "never",
                                        "nao",
                                        "nao pode",
                                        "nao permitido",
                                        "nao permitida",
                                        "proibido",
                                        "proibida",
                                        "negado",
                                        "negada",
                                        "recusado",
                                        "recusada",
                                        "vedado",
                                        "interdito",
                                        "nao autorizado",
                                        "nao autorizada",
                                        "nein",
                                        "non",
                                        "verboten",
                                        "否",
                                        "无",
                                        "無",
                                        "不",
                                        "不可",
                                        "不可以",
                                        "不能",
                                        "不行",
                                        "不许",
                                        "不許",
                                        "不准",
                                        "不得",
                                        "不允许",
                                        "不允許",
                                        "没有",
                                        "沒有",
                                        "没",
                                        "关",
                                        "關",
                                        "禁止",
                                        "禁",
                                        "拒绝",
                                        "拒絕",
                                        "未授权",
                                        "未授權",
                                        "错",
                                        "錯",
                                        "不同意",
                                        "不具备",
                                        "不具備"};
constexpr std::string_view silent[] = {"", "–", "-", "—", "－", "―", "none", "nenhum", "nenhuma"};
constexpr std::string_view faint[] = {"○", "〇", "◯", "s"};

std::map<std::string, CellAnswer, std::less<>> make_words() {
  std::map<std::string, CellAnswer, std::less<>> words;
  for (const std::string_view word : allowing) words.emplace(base::fold_loosely(word), CellAnswer::allow);
  for (const std::string_view word : denying) words.emplace(base::fold_loosely(word), CellAnswer::deny);
  for (const std::string_view word : silent) words.emplace(base::fold_loosely(word), CellAnswer::none);
  return words;
}

// The line's answer, with what stands behind it; nullopt if its first word is no mark of Farol's.
std::optional<CellEntry> entry_of(std::string line) {
  static const std::map<std::string_view, CellAnswer> marks = {{"✔", CellAnswer::allow},
                                                               {"⊘", CellAnswer::allow},
                                                               {"✖", CellAnswer::deny},
                                                               {"–", CellAnswer::none},
                                                               {"○", CellAnswer::platform}};
  CellEntry entry;
  if (line.empty()) return entry;
  if (line.ends_with(']')) {
    const std::size_t open = line.find(" [");
    if (open != std::string::npos) {
      entry.note = line.substr(open + 2, line.size() - open - 3);
      line.erase(open);
    }
  }
  const std::size_t blank = line.find(' ');
  const auto mark = marks.find(std::string_view(line).substr(0, blank));
  if (mark == marks.end()) {
    // A cell that somebody filled in by hand.
    const auto by_hand = entry.note.empty() ? answer_of(line) : std::nullopt;
    if (!by_hand) return std::nullopt;
    entry.answer = *by_hand;
    return entry;
  }
  entry.answer = mark->second;
  if (blank != std::string::npos) entry.on = std::string(base::trimmed(std::string_view(line).substr(blank)));
  return entry;
}

// How strict a cell is: a refusal most, then what is not understood, then what is not permitted.
int strictness(const Cell& cell) {
  if (!cell.doubt.empty()) return 2;
  const auto has = [&](CellAnswer answer) {
    return std::any_of(cell.entries.begin(), cell.entries.end(),
                       [&](const CellEntry& entry) { return entry.answer == answer; });
  };
  if (has(CellAnswer::allow)) return 0;
  return has(CellAnswer::deny) ? 3 : 1;
}

}  // namespace

std::optional<CellAnswer> answer_of(std::string_view word) {
  static const auto words = make_words();
  std::string folded = base::fold_loosely(word);
  while (folded.ends_with('.') || folded.ends_with('!')) folded.pop_back();
  const auto found = words.find(folded);
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

bool is_faint_yes(std::string_view word) {
  const std::string folded = base::fold_loosely(word);
  return std::any_of(std::begin(faint), std::end(faint),
                     [&](std::string_view each) { return base::fold_loosely(each) == folded; });
}

bool stands_for_answer(std::string_view cell) {
  const std::string text(base::trimmed(cell));
  if (text.empty()) return false;
  const auto answer = answer_of(text);
  if (answer) return *answer != CellAnswer::none;
  const base::CodePoint first = base::decode(text, 0);
  const bool is_one_sign = first.size == text.size() &&
                           (!base::is_name_continue(first.value) || std::string_view("xXvVoO").find(text) != text.npos);
  if (is_faint_yes(text) || is_one_sign) return true;
  // More than yes or no: behind a sign, or in brackets behind a word.
  const std::size_t end = std::min(text.find_first_of(" \n(（*:：,，/"), text.size());
  const auto begins = [&](std::string_view part) {
    return answer_of(part).value_or(CellAnswer::none) != CellAnswer::none;
  };
  if (first.value > 0x2000 && first.value < 0x3000 && begins(text.substr(0, first.size))) return true;
  const std::size_t next = text.find_first_not_of(" \n", end);
  return begins(text.substr(0, end)) && next != std::string::npos &&
         std::string_view("(（*:：,，/").find(text[next]) != std::string_view::npos;
}

Cell cell_of_table(std::string_view text, bool faint_is_yes) {
  Cell cell{std::string(base::trimmed(text)), {}, {}};
  if (const auto answer = answer_of(cell.text)) {
    cell.entries.push_back({*answer, {}, {}});
  } else if (is_faint_yes(cell.text)) {
    if (faint_is_yes) {
      cell.entries.push_back({CellAnswer::allow, {}, {}});
    } else {
      cell.doubt = message::import_why_faint();
    }
  } else {
    const std::size_t first = std::min(cell.text.find_first_of(" \n(（:：,，"), cell.text.size());
    const bool has_mark = answer_of(cell.text.substr(0, first)).value_or(CellAnswer::none) != CellAnswer::none;
    cell.doubt = has_mark ? message::import_why_more() : message::import_why_mark();
  }
  return cell;
}

Cell cell_of_matrix(std::string_view text) {
  Cell cell{std::string(text), {}, {}};
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    auto entry = entry_of(std::string(base::trimmed(text.substr(from, end - from))));
    from = end + 1;
    if (!entry) {
      cell.entries.clear();
      cell.doubt = message::import_why_mark();
      return cell;
    }
    cell.entries.push_back(std::move(*entry));
  }
  return cell;
}

const Cell& stricter(const Cell& a, const Cell& b) { return strictness(b) > strictness(a) ? b : a; }

}  // namespace farol::dingtalk
