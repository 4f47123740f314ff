#include "target/dingtalk/checklist.h"

#include "target/dingtalk/console_words.h"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace farol::dingtalk {
namespace {

using base::Phrase;
using document::Cell;
using document::Fields;
using document::Line;
using document::Look;

Line code(std::string_view text) { return Line().add(text, Look::code); }

std::string request_line(const Request& request, Region region) {
  const CallInfo& call = info(request.call);
  return std::string(call.method) + " https://" + std::string(address_of(call.host, region)) + path_of(request);
}

class Maker {
 public:
  Maker(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
        const AdminConfig& config, const Ledger& ledger, base::Language language)
      : model_(model),
        answers_(answers),
        config_(config),
        ledger_(ledger),
        as_of_(decisions.as_of),
        language_(language) {
    for (std::size_t i = 0; i < config.steps.size(); ++i) numbers_.emplace(config.steps[i].id, std::to_string(i + 1));
  }

  document::Document run() {
    document::Document document;
    document.language = language_;
    const std::string name = model_.policy.name.empty() ? std::string{} : in_language(label(model_.policy));
    document.title = name.empty() ? text(Phrase::checklist) : fill(Phrase::checklist_title, {name});
    document.frame.firm = name;
    document.frame.date = fill(Phrase::as_of, {base::to_string(as_of_)});
    document.lead = {document.frame.date, text(Phrase::checklist_intro)};
    document::Section steps{text(Phrase::checklist_steps)};
    std::size_t confirmed = 0;
    for (const Step& step : config_.steps) {
      const Status status = ledger_.status_of(step.id, step.target, as_of_);
      const bool done = status.last != nullptr && status.standing == Standing::current;
      if (done) ++confirmed;
      steps.sections.push_back(section_of(step, status, done));
    }
    if (!ledger_.empty())
      document.lead.push_back(
          fill(Phrase::checklist_progress, {std::to_string(confirmed), std::to_string(config_.steps.size())}));
    add_first_page(document);
    add_missing_ids(document);
    document.sections.push_back(std::move(steps));
    add_unsupported(document);
    return document;
  }

 private:
  [[nodiscard]] std::string text(Phrase phrase) const { return std::string(base::text(phrase, language_)); }
  [[nodiscard]] std::string fill(Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, language_, arguments);
  }
  [[nodiscard]] const std::string& in_language(const Texts& texts) const {
    return texts[static_cast<std::size_t>(language_)];
  }

  void add_missing_ids(document::Document& document) const {
    document::List list;
    for (const NeededId& needed : config_.ids) {
      if (!needed.ids.empty()) continue;
      Line line = code(needed.key);
      line.add(" " + in_language(needed.title));
      if (!needed.lookup.empty()) line.add(": ").add(needed.lookup, Look::code);
      list.items.push_back({std::move(line)});
    }
    if (list.items.empty()) return;
    document::Section& section = document.add_section(text(Phrase::checklist_missing));
    section.add(text(Phrase::checklist_missing_intro));
    section.add(std::move(list));
  }

  [[nodiscard]] document::Section section_of(const Step& step, const Status& status, bool done) const {
    document::Section section{numbers_.at(step.id) + ". " + in_language(step.title)};
    section.id = step.id;
    section.card = true;
    Fields fields = fields_of(step);
    if (status.last != nullptr) {
      std::vector<Line> lines{in_words(status, language_)};
      if (!status.last->evidence.empty())
        lines.emplace_back(fill(Phrase::pair, {text(Phrase::checklist_evidence), status.last->evidence}));
      fields.push_back({text(Phrase::confirmed), std::move(lines)});
    }
    fields.push_back({text(Phrase::checklist_id), code(step.id)});
    section.add(std::move(fields));
    section.add(document::Signature{done,
                                    text(Phrase::checklist_done),
                                    {{text(Phrase::checklist_name), done ? status.last->by : ""},
                                     {text(Phrase::checklist_date), done ? base::to_string(status.last->on) : ""},
                                     {text(Phrase::checklist_evidence), done ? status.last->evidence : ""}}});
    return section;
  }

  // As the console has it, with what that means in the reader's language.
  [[nodiscard]] std::string with_gloss(const std::string& words) const {
    const std::string gloss = gloss_of(words, language_);
    return gloss.empty() ? words : words + " = " + gloss;
  }

  // One line for each step, those by hand first: what a firm of five people works through.
  void add_first_page(document::Document& document) const {
    document::Section first{text(Phrase::checklist_first)};
    const auto add = [&](Phrase heading, StepKind kind) {
      document::List list;
      for (const Step& step : config_.steps) {
        if (step.kind != kind || step.only_reads) continue;
        const Status status = ledger_.status_of(step.id, step.target, as_of_);
        const bool done = status.last != nullptr && status.standing == Standing::current;
        Line line{numbers_.at(step.id) + ". " + in_language(step.title)};
        line.mark = done ? document::Mark::done : document::Mark::open;
        const std::string value = on_one_line(in_language(step.value));
        if (!value.empty()) line.add(": " + value);
        list.items.push_back({std::move(line)});
      }
      if (list.items.empty()) return;
      first.add(Line().add(text(heading), Look::strong));
      first.add(std::move(list));
    };
    add(Phrase::checklist_first_hand, StepKind::console);
    add(Phrase::checklist_first_people, StepKind::people);
    add(Phrase::checklist_first_requests, StepKind::api);
    if (!first.blocks.empty()) document.sections.push_back(std::move(first));
  }
  [[nodiscard]] std::string on_one_line(std::string words) const {
    for (std::size_t at = words.find('\n'); at != std::string::npos; at = words.find('\n', at))
      words.replace(at, 1, text(Phrase::list_semicolon));
    return words;
  }

  [[nodiscard]] Fields fields_of(const Step& step) const {
    Fields fields;
    const auto add = [&](Phrase name, Cell cell) {
      if (!cell.lines.empty()) fields.push_back({text(name), std::move(cell)});
    };
    constexpr Phrase kinds[] = {Phrase::checklist_by_request, Phrase::checklist_by_hand, Phrase::checklist_by_people};
    add(Phrase::checklist_how, text(kinds[static_cast<std::size_t>(step.kind)]));
    if (step.kind == StepKind::console) {
      if (!step.menu.empty()) {
        const Phrase confidence = step.menu_documented ? Phrase::checklist_documented : Phrase::checklist_look_for;
        add(Phrase::checklist_menu, fill(Phrase::name_in_brackets, {with_gloss(step.menu), text(confidence)}));
      }
      add(Phrase::checklist_setting, with_gloss(step.setting));
    }
    if (step.request) {
      add(Phrase::checklist_request, code(request_line(*step.request, config_.region)));
      if (!step.request->query.empty()) add(Phrase::checklist_query, code(to_json(object(step.request->query))));
      if (!step.request->body.empty()) add(Phrase::checklist_body, code(to_json(object(step.request->body))));
      if (!step.for_each.empty()) add(Phrase::checklist_for_each, code(step.for_each));
      const std::string_view permission = info(step.request->call).permission_code;
      if (!permission.empty()) add(Phrase::checklist_code, code(permission));
    }
    add(Phrase::checklist_value, in_language(step.value));
    add(Phrase::checklist_note, in_language(step.note));
    add(Phrase::checklist_edition, step.edition);
    add(Phrase::checklist_verify, in_language(step.verify));
    if (step.check) add(Phrase::checklist_check, code(request_line(*step.check, config_.region)));
    add(Phrase::checklist_undo, in_language(step.undo));
    if (step.undo_request)
      add(Phrase::checklist_undo_request, std::vector<Line>{code(request_line(*step.undo_request, config_.region)),
                                                            code(to_json(object(step.undo_request->body)))});
    std::string after;
    for (const std::string& id : step.after) after += (after.empty() ? "" : text(Phrase::list_comma)) + numbers_.at(id);
    add(Phrase::checklist_after, after);
    add(Phrase::checklist_why, reasons_of(step));
    add(Phrase::checklist_source, step.source);
    constexpr Phrase evidence[] = {Phrase::evidence_api, Phrase::evidence_console, Phrase::evidence_people};
    add(Phrase::checklist_evidence, text(evidence[static_cast<std::size_t>(step.kind)]));
    return fields;
  }

  // The rules behind a step, each with its reason in the language of the list.
  [[nodiscard]] std::vector<Line> reasons_of(const Step& step) const {
    std::vector<Line> lines;
    for (const model::RuleId rule : step.rules) {
      const model::Localized& because = model_[rule].because;
      const std::string& whole = model_[rule].reference();
      const std::string reference = whole.substr(0, whole.find(" because "));
      lines.emplace_back(because.empty() ? reference
                                         : fill(Phrase::pair, {reference, because.in(base::tag(language_))}));
    }
    return lines;
  }

  void add_unsupported(document::Document& document) const {
    std::map<std::pair<model::FeatureId, Reason>, document::List> grouped;
    answers_.for_each([&](model::RoleId role, const decide::Answer& answer) {
      if (answer.enforcement.shortfall)
        grouped[{answer.feature, *answer.enforcement.shortfall}].items.push_back(
            {words(model_, role, answer, language_)});
    });
    if (grouped.empty() && answers_.added_up().empty()) return;
    document::Section& section = document.add_section(text(Phrase::checklist_unsupported));
    for (auto& [what, list] : grouped) {
      section.add(
          Line().add(in_language(label(model_[what.first])), Look::strong).add(": " + text(phrase_of(what.second))));
      section.add(std::move(list));
    }
    if (answers_.added_up().empty()) return;
    section.add(Line().add(text(Phrase::several_roles), Look::strong));
    document::List several;
    for (const decide::AddedUp& added_up : answers_.added_up())
      several.items.push_back({in_language(words(model_, added_up))});
    section.add(std::move(several));
  }

  const model::Model& model_;
  const decide::Answers& answers_;
  const AdminConfig& config_;
  const Ledger& ledger_;
  base::Date as_of_;
  base::Language language_;
  std::unordered_map<std::string, std::string> numbers_;
};

}  // namespace

document::Document checklist(const model::Model& model, const decide::Decisions& decisions,
                             const decide::Answers& answers, const AdminConfig& config, const Ledger& ledger,
                             base::Language language) {
  return Maker(model, decisions, answers, config, ledger, language).run();
}

}  // namespace farol::dingtalk
