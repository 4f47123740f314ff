#include "target/dingtalk/checklist.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/html.h"

namespace farol::dingtalk {

using base::Language;
using base::Phrase;

namespace {

// One line of a step's table.
struct Row {
  Phrase name;
  std::vector<std::string> lines;
  bool is_code = false;
};

struct Item {
  std::string number, title, id;
  std::vector<Row> rows;
  std::string name, date;  // of whoever has confirmed it, where that counts
};

// What both forms show, in one language.
class Checklist {
 public:
  Checklist(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
            const AdminConfig& config, const dingtalk::Ledger& ledger, Language language)
      : model_(model), config_(config), ledger_(ledger), as_of_(decisions.as_of), language_(language) {
    title = fill(Phrase::checklist_title, {model.policy.name.empty() ? std::string{} : label(model.policy)[index()]});
    if (model.policy.name.empty()) title = text(Phrase::checklist);
    as_of = fill(Phrase::as_of, {base::to_string(decisions.as_of)});
    for (std::size_t i = 0; i < config.steps.size(); ++i) numbers_.emplace(config.steps[i].id, std::to_string(i + 1));
    std::size_t confirmed = 0;
    for (const Step& step : config.steps) {
      items.push_back(item_of(step));
      if (!items.back().name.empty()) ++confirmed;
    }
    if (!ledger.empty())
      progress = fill(Phrase::checklist_progress, {std::to_string(confirmed), std::to_string(items.size())});
    for (const NeededId& needed : config.ids) {
      if (needed.ids.empty()) missing_ids.push_back({needed.key, needed.title[index()], needed.lookup});
    }
    collect_unsupported(answers);
  }

  struct MissingId {
    std::string key, title, lookup;
  };
  struct Unsupported {
    std::string feature, reason;
    std::vector<std::string> permissions;
  };

  [[nodiscard]] std::string text(Phrase phrase) const { return std::string(base::text(phrase, language_)); }
  [[nodiscard]] std::string fill(Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, language_, arguments);
  }

  std::string title, as_of;
  std::string progress;  // empty: nothing is confirmed
  std::vector<Item> items;
  std::vector<MissingId> missing_ids;
  std::vector<Unsupported> unsupported;

 private:
  [[nodiscard]] std::size_t index() const { return static_cast<std::size_t>(language_); }

  static std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      lines.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
  }

  static std::string request_line(const Request& request) {
    const CallInfo& call = info(request.call);
    return std::string(call.method) + " https://" + std::string(to_string(call.host)) + path_of(request);
  }

  [[nodiscard]] Item item_of(const Step& step) const {
    Item item{numbers_.at(step.id), step.title[index()], step.id, {}, {}, {}};
    const auto add = [&](Phrase name, std::vector<std::string> lines, bool is_code = false) {
      if (!lines.empty()) item.rows.push_back({name, std::move(lines), is_code});
    };
    const auto add_text = [&](Phrase name, const Texts& texts) { add(name, lines_of(texts[index()])); };
    constexpr Phrase kinds[] = {Phrase::checklist_by_request, Phrase::checklist_by_hand, Phrase::checklist_by_people};
    add(Phrase::checklist_how, {text(kinds[static_cast<std::size_t>(step.kind)])});
    if (step.kind == StepKind::console) {
      if (!step.menu.empty()) {
        const Phrase confidence = step.menu_documented ? Phrase::checklist_documented : Phrase::checklist_look_for;
        add(Phrase::checklist_menu, {fill(Phrase::name_in_brackets, {step.menu, text(confidence)})});
      }
      add(Phrase::checklist_setting, lines_of(step.setting));
    }
    if (step.request) {
      add(Phrase::checklist_request, {request_line(*step.request)}, true);
      if (!step.request->query.empty()) add(Phrase::checklist_query, {to_json(object(step.request->query))}, true);
      if (!step.request->body.empty()) add(Phrase::checklist_body, {to_json(object(step.request->body))}, true);
      if (!step.for_each.empty()) add(Phrase::checklist_for_each, {step.for_each}, true);
      add(Phrase::checklist_code, lines_of(info(step.request->call).permission_code), true);
    }
    add_text(Phrase::checklist_value, step.value);
    add_text(Phrase::checklist_note, step.note);
    add(Phrase::checklist_edition, lines_of(step.edition));
    add_text(Phrase::checklist_verify, step.verify);
    if (step.check) add(Phrase::checklist_check, {request_line(*step.check)}, true);
    add_text(Phrase::checklist_undo, step.undo);
    if (step.undo_request)
      add(Phrase::checklist_undo_request, {request_line(*step.undo_request), to_json(object(step.undo_request->body))},
          true);
    std::string after;
    for (const std::string& id : step.after) after += (after.empty() ? "" : text(Phrase::list_comma)) + numbers_.at(id);
    add(Phrase::checklist_after, lines_of(after));
    std::vector<std::string> why;
    for (const model::RuleId rule : step.rules) {
      const model::Localized& because = model_[rule].because;
      // The reason comes behind it, in the language of the list.
      const std::string& whole = model_[rule].reference();
      const std::string reference = whole.substr(0, whole.find(" because "));
      why.push_back(because.empty() ? reference : fill(Phrase::pair, {reference, because.in(base::tag(language_))}));
    }
    add(Phrase::checklist_why, std::move(why));
    add(Phrase::checklist_source, lines_of(step.source));
    constexpr Phrase evidence[] = {Phrase::evidence_api, Phrase::evidence_console, Phrase::evidence_people};
    add(Phrase::checklist_evidence, {text(evidence[static_cast<std::size_t>(step.kind)])});
    add_confirmation(step, item);
    return item;
  }

  void add_confirmation(const Step& step, Item& item) const {
    const dingtalk::Status status = ledger_.status_of(step.id, step.target, as_of_);
    if (status.last == nullptr) return;
    Row row{Phrase::confirmed, {dingtalk::in_words(status, language_)}};
    if (!status.last->evidence.empty())
      row.lines.push_back(fill(Phrase::pair, {text(Phrase::checklist_evidence), status.last->evidence}));
    item.rows.push_back(std::move(row));
    if (status.standing != dingtalk::Standing::current) return;
    item.name = status.last->by;
    item.date = base::to_string(status.last->on);
  }

  void collect_unsupported(const decide::Answers& answers) {
    std::map<std::pair<model::FeatureId, Reason>, std::vector<std::string>> grouped;
    answers.for_each([&](model::RoleId role, const decide::Answer& answer) {
      if (answer.enforcement.shortfall)
        grouped[{answer.feature, *answer.enforcement.shortfall}].push_back(words(model_, role, answer)[index()]);
    });
    for (auto& [what, lines] : grouped)
      unsupported.push_back({label(model_[what.first])[index()], text(phrase_of(what.second)), std::move(lines)});
  }

  const model::Model& model_;
  const AdminConfig& config_;
  const dingtalk::Ledger& ledger_;
  base::Date as_of_;
  Language language_;
  std::unordered_map<std::string, std::string> numbers_;
};

// Text that Markdown shows as it is, inside a table too.
std::string markdown(std::string_view text) {
  constexpr std::string_view special = "\\`*_[]<>|~&$#";
  std::string escaped;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      escaped += ' ';
      continue;
    }
    if (special.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// A code span may hold anything but a run of as many backticks as it is fenced with; a table cell no bar.
std::string markdown_code(std::string_view text) {
  std::string fence = "`";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  std::string code = fence + (fence.size() > 1 ? " " : "");
  for (const char c : text) {
    if (c == '|') code += '\\';
    code += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return code + (fence.size() > 1 ? " " : "") + fence;
}

constexpr std::string_view style = R"css(
body { font: 11pt/1.45 system-ui, "Noto Sans", "Noto Sans CJK TC", "Microsoft JhengHei", "PingFang HK", sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff; }
h1 { font-size: 1.6rem; margin: 0 0 .2rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
article { border: 1px solid #888; border-radius: 4px; padding: .6rem .9rem; margin: 0 0 .9rem; break-inside: avoid; }
article h3 { font-size: 1.05rem; margin: 0 0 .4rem; }
article h3 small { font-weight: normal; color: #555; float: right; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; vertical-align: top; width: 9rem; font-weight: 600; padding: .12rem .6rem .12rem 0; }
td { vertical-align: top; padding: .12rem 0; overflow-wrap: anywhere; }
code { font: .9em ui-monospace, "Noto Sans Mono", monospace; }
.sign { display: flex; gap: 1rem; margin-top: .6rem; }
.sign span { flex: 1; border-bottom: 1px solid #888; min-height: 1.5rem; }
.sign .box { flex: none; border: 1.5px solid #111; width: 1rem; height: 1rem; min-height: 1rem; line-height: 1; text-align: center; }
@media print { body { margin: 0; max-width: none; font-size: 9.5pt; } h2 { break-after: avoid; } }
@page { margin: 18mm 16mm; }
)css";

}  // namespace

std::string render_checklist_markdown(const model::Model& model, const decide::Decisions& decisions,
                                      const decide::Answers& answers, const AdminConfig& config,
                                      const dingtalk::Ledger& ledger, Language language) {
  const Checklist list{model, decisions, answers, config, ledger, language};
  std::string out = "# " + markdown(list.title) + "\n\n" + markdown(list.as_of) + "\n\n";
  out += markdown(list.text(Phrase::checklist_intro)) + "\n";
  if (!list.progress.empty()) out += "\n" + markdown(list.progress) + "\n";
  if (!list.missing_ids.empty()) {
    out += "\n## " + markdown(list.text(Phrase::checklist_missing)) + "\n\n" +
           markdown(list.text(Phrase::checklist_missing_intro)) + "\n\n";
    for (const auto& each : list.missing_ids) {
      out += "- " + markdown_code(each.key) + " " + markdown(each.title);
      out += each.lookup.empty() ? "\n" : ": " + markdown_code(each.lookup) + "\n";
    }
  }
  out += "\n## " + markdown(list.text(Phrase::checklist_steps)) + "\n";
  for (const Item& item : list.items) {
    out += "\n### " + item.number + ". " + markdown(item.title) + "\n\n";
    const std::string done = markdown(list.text(Phrase::checklist_done));
    const std::string name = markdown(list.text(Phrase::checklist_name));
    const std::string date = markdown(list.text(Phrase::checklist_date));
    if (item.name.empty()) {
      out += "☐ " + done + " \\_\\_\\_\\_\\_\\_  " + name + " \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_  " + date +
             " \\_\\_\\_\\_\\_\\_\\_\\_\n";
    } else {
      out += "☑ " + done + "  " + name + " " + markdown(item.name) + "  " + date + " " + markdown(item.date) + "\n";
    }
    out += "\n| | |\n|---|---|\n";
    for (const Row& row : item.rows) {
      out += "| " + markdown(list.text(row.name)) + " | ";
      for (std::size_t i = 0; i < row.lines.size(); ++i) {
        if (i > 0) out += "<br>";
        out += row.is_code ? markdown_code(row.lines[i]) : markdown(row.lines[i]);
      }
      out += " |\n";
    }
    out += "| " + markdown(list.text(Phrase::checklist_id)) + " | " + markdown_code(item.id) + " |\n";
  }
  if (!list.unsupported.empty()) {
    out += "\n## " + markdown(list.text(Phrase::checklist_unsupported)) + "\n";
    for (const auto& each : list.unsupported) {
      out += "\n**" + markdown(each.feature) + "**: " + markdown(each.reason) + "\n\n";
      for (const std::string& line : each.permissions) out += "- " + markdown(line) + "\n";
    }
  }
  return out;
}

std::string render_checklist_html(const model::Model& model, const decide::Decisions& decisions,
                                  const decide::Answers& answers, const AdminConfig& config,
                                  const dingtalk::Ledger& ledger, Language language) {
  const Checklist list{model, decisions, answers, config, ledger, language};
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"" + std::string(base::tag(language)) +
      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
      base::escape_html(list.title) + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n<h1>" +
      base::escape_html(list.title) + "</h1>\n<p>" + base::escape_html(list.as_of) + "</p>\n<p>" +
      base::escape_html(list.text(Phrase::checklist_intro)) + "</p>\n";
  if (!list.progress.empty()) out += "<p>" + base::escape_html(list.progress) + "</p>\n";
  if (!list.missing_ids.empty()) {
    out += "<h2>" + base::escape_html(list.text(Phrase::checklist_missing)) + "</h2>\n<p>" +
           base::escape_html(list.text(Phrase::checklist_missing_intro)) + "</p>\n<ul>\n";
    for (const auto& each : list.missing_ids) {
      out += "<li><code>" + base::escape_html(each.key) + "</code> " + base::escape_html(each.title);
      out += each.lookup.empty() ? "</li>\n" : ": <code>" + base::escape_html(each.lookup) + "</code></li>\n";
    }
    out += "</ul>\n";
  }
  out += "<h2>" + base::escape_html(list.text(Phrase::checklist_steps)) + "</h2>\n";
  for (const Item& item : list.items) {
    out += "<article id=\"" + item.id + "\">\n<h3>" + item.number + ". " + base::escape_html(item.title) + " <small>" +
           item.id + "</small></h3>\n<table>\n";
    for (const Row& row : item.rows) {
      out += "<tr><th scope=\"row\">" + base::escape_html(list.text(row.name)) + "</th><td>";
      for (std::size_t i = 0; i < row.lines.size(); ++i) {
        if (i > 0) out += "<br>";
        out += row.is_code ? "<code>" + base::escape_html(row.lines[i]) + "</code>" : base::escape_html(row.lines[i]);
      }
      out += "</td></tr>\n";
    }
    out += std::string("</table>\n<div class=\"sign\"><span class=\"box\">") + (item.name.empty() ? "" : "✓") +
           "</span><span>" + base::escape_html(list.text(Phrase::checklist_name)) +
           (item.name.empty() ? "" : " " + base::escape_html(item.name)) + "</span><span>" +
           base::escape_html(list.text(Phrase::checklist_date)) +
           (item.date.empty() ? "" : " " + base::escape_html(item.date)) + "</span><span>" +
           base::escape_html(list.text(Phrase::checklist_evidence)) + "</span></div>\n</article>\n";
  }
  if (!list.unsupported.empty()) {
    out += "<h2>" + base::escape_html(list.text(Phrase::checklist_unsupported)) + "</h2>\n";
    for (const auto& each : list.unsupported) {
      out += "<p><b>" + base::escape_html(each.feature) + "</b>: " + base::escape_html(each.reason) + "</p>\n<ul>\n";
      for (const std::string& line : each.permissions) out += "<li>" + base::escape_html(line) + "</li>\n";
      out += "</ul>\n";
    }
  }
  return out + "</body>\n</html>\n";
}

}  // namespace farol::dingtalk
