#include "cli/check_page.h"

#include <algorithm>

#include "base/json_writer.h"
#include "document/document.h"
#include "document/words.h"
#include "source/place.h"

namespace farol::cli {
namespace {

using base::Phrase;

constexpr std::string_view severity_words[] = {"error", "warning", "note"};

std::optional<std::size_t> index_of(const model::Model& model, std::string_view id) {
  const auto found =
      std::find_if(model.checks.begin(), model.checks.end(), [&](const auto& check) { return check.id == id; });
  if (found == model.checks.end()) return std::nullopt;
  return static_cast<std::size_t>(found - model.checks.begin());
}

// A message without a finding: what is filled in is left open.
std::string unfilled(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t open = std::min(text.find('{', at), text.size());
    result += text.substr(at, open - at);
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) return result + std::string(text.substr(open));
    const bool is_filled = model::is_placeholder(text.substr(open + 1, close - open - 1));
    result += is_filled ? "…" : "{";
    at = is_filled ? close + 1 : open + 1;
  }
  return result;
}

class Page {
 public:
  Page(const driver::Compilation& from, std::size_t index, const driver::Compilation* policy,
       const AnswerOptions& options)
      : model_(from.model), sources_(from.sources), check_(model_.checks[index]), policy_(policy), options_(options) {
    if (policy_ != nullptr) in_policy_ = index_of(policy_->model, check_.id);
  }

  [[nodiscard]] document::Document document() const {
    document::Fields fields;
    const auto add = [&](Phrase name, document::Cell cell) {
      if (!cell.lines.empty()) fields.push_back({std::string(say(name)), std::move(cell)});
    };
    add(Phrase::check_weight, document::word(severity(), options_.language));
    if (!check_.basis.empty()) add(Phrase::check_rests, check::rests_on(check_, base::tag(options_.language)));
    add(Phrase::check_says, unfilled(in(check_.message)));
    add(Phrase::check_condition, condition());
    add(Phrase::check_settings, settings());
    if (!check_.remedy.empty()) add(Phrase::check_remedy, unfilled(in(check_.remedy)));
    add(Phrase::check_source, sources());
    if (!check_.basis.empty())
      add(Phrase::check_reviewed,
          check_.reviewed_by.empty() ? std::string(say(Phrase::check_reviewed_by_nobody)) : check_.reviewed_by);
    if (check_.in_force || check_.until)
      add(Phrase::check_in_force, fill(Phrase::check_from_until, {day_of(check_.in_force), day_of(check_.until)}));
    if (!check_.claim.empty()) add(Phrase::check_claim, check_.claim + " (docs/compliance.md)");
    add(Phrase::check_pack, pack());
    if (policy_ != nullptr) add(Phrase::check_finds, finds());
    document::Document document;
    document.language = options_.language;
    document.title = fill(Phrase::pair, {check_.id, in(check_.title)});
    document.sections.push_back({{}, {std::move(fields)}});
    return document;
  }

  [[nodiscard]] std::string json() const {
    base::JsonWriter json;
    json.begin_object();
    json.key("check").string(check_.id);
    json.key("title").string(in(check_.title));
    json.key("severity").string(severity());
    json.key("basis").string(check_.basis);
    json.key("confidence").string(check_.confidence);
    json.key("message").string(in(check_.message));
    json.key("remedy").string(in(check_.remedy));
    json.key("condition").strings(condition_lines());
    json.key("settings").begin_array();
    for (const std::string& name : check_.settings) {
      json.begin_object(base::JsonWriter::Layout::line);
      json.key("name").string(name);
      json.key("value").string(value_of(name));
      json.key("standard").string(standard_of(name));
      json.end_object();
    }
    json.end_array();
    json.key("reviewed_by").string(check_.reviewed_by);
    json.key("in_force").string(check_.in_force ? base::to_string(*check_.in_force) : "");
    json.key("until").string(check_.until ? base::to_string(*check_.until) : "");
    json.key("claim").string(check_.claim);
    json.key("pack").string(check_.pack);
    json.key("version").string(version());
    json.key("citations").begin_array();
    for (const model::Citation& citation : check_.citations) {
      json.begin_object(base::JsonWriter::Layout::line);
      json.key("law").string(in(citation.law));
      json.key("article").string(citation.article);
      json.key("checked").string(citation.checked ? base::to_string(*citation.checked) : "");
      json.key("url").string(citation.url);
      json.key("note").string(citation.note);
      json.key("read").string(citation.read);
      json.end_object();
    }
    json.end_array();
    if (policy_ != nullptr) {
      json.key("used").boolean(in_policy_.has_value());
      json.key("findings").begin_array();
      for (const check::Finding* finding : findings()) {
        json.begin_object(base::JsonWriter::Layout::line);
        json.key("place").string(place(*finding));
        json.key("message").string(message(*finding));
        json.end_object();
      }
      json.end_array();
    }
    json.end_object();
    return json.take();
  }

 private:
  [[nodiscard]] std::string_view say(Phrase phrase) const { return base::text(phrase, options_.language); }
  [[nodiscard]] std::string fill(Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, options_.language, arguments);
  }
  [[nodiscard]] const std::string& in(const model::Localized& text) const {
    return text.in(base::tag(options_.language));
  }
  [[nodiscard]] std::string_view severity() const { return severity_words[static_cast<std::size_t>(check_.severity)]; }

  // What it goes through and expects, as it is written: checks are made to be read aloud.
  [[nodiscard]] std::vector<std::string> condition_lines() const {
    std::vector<std::string> lines;
    std::string_view text = sources_.text(check_.span.source).substr(check_.span.end);
    text.remove_prefix(std::min(text.find('{'), text.size() - 1) + 1);
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
      if (line.empty() || line.starts_with("//")) continue;
      if (line.starts_with("title") || line.starts_with("message") || line.starts_with("remedy") ||
          line.starts_with("basis") || line.starts_with('}'))
        break;
      lines.emplace_back(line);
    }
    return lines;
  }
  [[nodiscard]] std::vector<document::Line> condition() const {
    const std::vector<std::string> lines = condition_lines();
    return {lines.begin(), lines.end()};
  }

  static std::string day_of(const std::optional<base::Date>& day) { return day ? base::to_string(*day) : "…"; }

  [[nodiscard]] const model::Parameter* own(std::string_view name) const {
    if (policy_ == nullptr) return nullptr;
    const auto& all = policy_->model.parameters;
    const auto found = std::find_if(all.begin(), all.end(), [&](const model::Parameter& each) {
      return each.pack == check_.pack && each.name == name;
    });
    return found == all.end() ? nullptr : &*found;
  }
  // What the pack says: the statement is beside the check.
  [[nodiscard]] std::string standard_of(const std::string& name) const {
    if (const model::Parameter* parameter = own(name)) return parameter->standard;
    const std::string_view text = sources_.text(check_.span.source);
    for (const std::string_view word : {"\nlimit ", "\nwords "}) {
      const std::string head = std::string(word) + name + " = ";
      const std::size_t at = text.find(head);
      if (at != std::string_view::npos)
        return std::string(text.substr(at + head.size(), text.find('\n', at + head.size()) - at - head.size()));
    }
    return {};
  }
  [[nodiscard]] std::string value_of(const std::string& name) const {
    const model::Parameter* parameter = own(name);
    return parameter == nullptr ? standard_of(name) : parameter->value;
  }
  // `review = 12 months (the pack says 6 months: …)`: what a policy can set in one line.
  [[nodiscard]] std::vector<document::Line> settings() const {
    std::vector<document::Line> lines;
    for (const std::string& name : check_.settings) {
      std::string text = name + " = " + value_of(name);
      if (const model::Parameter* parameter = own(name))
        text = fill(Phrase::check_setting_own, {text, parameter->standard, in(parameter->because)});
      lines.emplace_back(text);
    }
    return lines;
  }

  // Where it stands, the day on which somebody looked, and what was read.
  [[nodiscard]] std::vector<document::Line> sources() const {
    std::vector<document::Line> lines;
    for (const model::Citation& citation : check_.citations) {
      lines.emplace_back(check::in_words(citation, base::tag(options_.language)));
      if (!citation.url.empty())
        lines.push_back(document::Line().add(citation.url, document::Look::plain, citation.url));
    }
    return lines;
  }

  [[nodiscard]] std::string version() const {
    for (const model::UsedLibrary& library : model_.libraries) {
      if (library.pack && library.name == check_.pack) return library.version;
    }
    return {};
  }
  [[nodiscard]] std::string pack() const {
    return check_.pack.empty() ? std::string(say(Phrase::check_own)) : check_.pack + " " + version();
  }

  [[nodiscard]] std::vector<const check::Finding*> findings() const {
    std::vector<const check::Finding*> found;
    for (const check::Finding& finding : policy_->checks.list) {
      if (in_policy_ && finding.check == *in_policy_) found.push_back(&finding);
    }
    return found;
  }
  [[nodiscard]] std::string message(const check::Finding& finding) const {
    const model::Model& model = policy_->model;
    return check::render(model, finding, model.checks[finding.check].message, base::tag(options_.language));
  }
  [[nodiscard]] std::string place(const check::Finding& finding) const {
    const check::CheckedThings things(policy_->model);
    for (const check::Thing thing : finding.things) {
      const model::Declared& declared = things.declared(thing);
      if (!declared.library && !declared.span.is_none()) return source::place_of(policy_->sources, declared.span);
    }
    return {};
  }

  [[nodiscard]] std::vector<document::Line> finds() const {
    if (!in_policy_) return {fill(Phrase::check_not_used, {check_.pack})};
    const auto has = [&](const std::vector<std::size_t>& list) {
      return std::find(list.begin(), list.end(), *in_policy_) != list.end();
    };
    if (!policy_->may_write() || has(policy_->checks.waiting)) return {say(Phrase::check_waits)};
    if (has(policy_->checks.too_large)) return {say(Phrase::check_too_large)};
    if (has(policy_->checks.out_of_force)) return {say(Phrase::check_out_of_force)};
    std::vector<document::Line> lines;
    for (const check::Finding* finding : findings()) {
      const std::string at = place(*finding);
      lines.emplace_back(at.empty() ? message(*finding) : fill(Phrase::pair, {at, message(*finding)}));
    }
    for (const auto& [check, count] : policy_->checks.more) {
      if (check == *in_policy_) lines.emplace_back("… (+" + std::to_string(count) + ")");
    }
    if (lines.empty()) lines.emplace_back(say(Phrase::check_finds_nothing));
    return lines;
  }

  const model::Model& model_;
  const source::SourceMap& sources_;
  const model::Check& check_;
  const driver::Compilation* policy_;
  const AnswerOptions& options_;
  std::optional<std::size_t> in_policy_;
};

}  // namespace

std::optional<std::string> render_check(const driver::Compilation& packs, const driver::Compilation* policy,
                                        std::string_view id, const AnswerOptions& options) {
  for (const driver::Compilation* from : {policy, &packs}) {
    if (from == nullptr) continue;
    const auto index = index_of(from->model, id);
    if (!index) continue;
    const Page page{*from, *index, policy, options};
    return options.json ? page.json() : document::render_text(page.document(), {options.color});
  }
  return std::nullopt;
}

std::vector<std::string_view> ids_of_checks(const model::Model& model) {
  std::vector<std::string_view> ids;
  for (const model::Check& check : model.checks) ids.push_back(check.id);
  return ids;
}

}  // namespace farol::cli
