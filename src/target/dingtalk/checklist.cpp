#include "target/dingtalk/checklist.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "target/dingtalk/checklist_annex.h"
#include "target/dingtalk/checklist_words.h"
#include "target/dingtalk/console_words.h"
#include "target/dingtalk/work_order.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using document::Cell;
using document::Fields;
using document::Line;
using document::Look;

class Maker : ChecklistWords {
 public:
  Maker(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
        const AdminConfig& config, const Ledger& ledger, base::Language language)
      : ChecklistWords(language),
        model_(model),
        answers_(answers),
        config_(config),
        ledger_(ledger),
        as_of_(decisions.as_of) {
    tasks_ = tasks_of(model, config);
    std::size_t number = 0;
    for (const Task& task : tasks_) {
      ++number;
      for (const Step* step : task.steps) numbers_.emplace(step->id, std::to_string(number));
    }
    for (const StepKind kind : {StepKind::console, StepKind::people, StepKind::api}) {
      usual(kind, Phrase::checklist_verify) = most_frequent(kind, &Step::verify);
      usual(kind, Phrase::checklist_undo) = most_frequent(kind, &Step::undo);
      usual(kind, Phrase::checklist_evidence) = evidence_in_words(kind);
    }
    // What only looks stands in the annex, behind the requests.
    for (const Step& step : config.steps) {
      if (step.only_reads) numbers_.emplace(step.id, std::to_string(tasks_.empty() ? 1 : tasks_.size()));
    }
  }

  document::Document run() {
    document::Document document;
    document.language = language_;
    const std::string name = model_.policy.name.empty() ? std::string{} : in_language(label(model_.policy));
    document.title = name.empty() ? text(Phrase::checklist) : fill(Phrase::checklist_title, {name});
    document.lead = {fill(Phrase::as_of, {base::to_string(as_of_)}), text(Phrase::checklist_intro)};
    std::size_t confirmed = 0;
    for (const Step& step : config_.steps) {
      if (is_done(step)) ++confirmed;
    }
    if (!ledger_.empty())
      document.lead.push_back(
          fill(Phrase::checklist_progress, {std::to_string(confirmed), std::to_string(config_.steps.size())}));
    add_first_page(document);
    add_missing_ids(document);
    document::Section cards{text(Phrase::checklist_steps)};
    cards.add(usual_ways());
    for (const Task& task : tasks_) cards.sections.push_back(card_of(task, cards.sections.size() + 1));
    if (!cards.sections.empty()) document.sections.push_back(std::move(cards));
    add_unsupported(document);
    if (auto annex = annex_of(config_, language_)) document.sections.push_back(std::move(*annex));
    return document;
  }

 private:
  [[nodiscard]] bool is_done(const Step& step) const {
    const Status status = ledger_.status_of(step.id, step.target, as_of_);
    return status.last != nullptr && status.standing == Standing::current;
  }
  [[nodiscard]] bool is_done(const Task& task) const {
    return std::all_of(task.steps.begin(), task.steps.end(), [&](const Step* step) { return is_done(*step); });
  }

  // What most steps of a kind have in common is said once, above the cards.
  using Usual = std::map<std::pair<StepKind, Phrase>, std::string>;
  [[nodiscard]] std::string& usual(StepKind kind, Phrase what) { return usual_[{kind, what}]; }
  [[nodiscard]] std::string most_frequent(StepKind kind, Texts Step::*member) const {
    std::map<std::string, std::size_t> counts;
    for (const Task& task : tasks_) {
      if (task.kind != kind || kind == StepKind::api) continue;
      for (const Step* step : task.steps) ++counts[in_language(step->*member)];
    }
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? std::string{} : most->first;
  }
  [[nodiscard]] document::Table usual_ways() const {
    document::Table table;
    table.head.emplace_back(text(Phrase::checklist_unless));
    constexpr Phrase whats[] = {Phrase::checklist_verify, Phrase::checklist_undo, Phrase::checklist_evidence};
    for (const Phrase what : whats) table.head.emplace_back(text(what));
    for (const StepKind kind : {StepKind::console, StepKind::people, StepKind::api}) {
      const bool occurs =
          std::any_of(tasks_.begin(), tasks_.end(), [&](const Task& task) { return task.kind == kind; });
      if (!occurs) continue;
      auto& row = table.rows.emplace_back();
      row.emplace_back(kind_in_words(kind));
      for (const Phrase what : whats) row.emplace_back(usual_.at({kind, what}));
    }
    return table;
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

  // A card has what is the same of all its steps, and a row for each where there are several.
  [[nodiscard]] document::Section card_of(const Task& task, std::size_t number) const {
    const Step& first = *task.steps.front();
    document::Section section{numbers_.at(first.id) + ". " + in_language(task.title)};
    section.id = id_of_card(task, number);
    section.card = true;
    if (task.steps.size() == 1) {
      section.add(fields_of(first, task.kind != StepKind::api));
    } else {
      section.add(fields_of(task));
      section.add(task.kind == StepKind::api ? requests_in(task) : settings_in(task));
    }
    section.add(signature_of(task));
    return section;
  }

  // One signature for all steps of a card; it is filled in where the same person has confirmed all of them.
  [[nodiscard]] document::Signature signature_of(const Task& task) const {
    const bool done = is_done(task);
    const Step& first = *task.steps.front();
    const Status status = ledger_.status_of(first.id, first.target, as_of_);
    const auto all_have = [&](auto member) {
      return done && std::all_of(task.steps.begin(), task.steps.end(), [&](const Step* step) {
               return ledger_.status_of(step->id, step->target, as_of_).last->*member == status.last->*member;
             });
    };
    const std::string by = all_have(&Confirmation::by) ? status.last->by : std::string{};
    const std::string on = all_have(&Confirmation::on) ? base::to_string(status.last->on) : std::string{};
    const std::string evidence = all_have(&Confirmation::evidence) ? status.last->evidence : std::string{};
    return {done,
            text(Phrase::checklist_done),
            {{text(Phrase::checklist_name), by},
             {text(Phrase::checklist_date), on},
             {text(Phrase::checklist_evidence), evidence}}};
  }

  [[nodiscard]] std::vector<Line> confirmation_of(const Step& step) const {
    const Status status = ledger_.status_of(step.id, step.target, as_of_);
    if (status.last == nullptr) return {};
    std::vector<Line> lines{in_words(status, language_)};
    if (!status.last->evidence.empty())
      lines.emplace_back(fill(Phrase::pair, {text(Phrase::checklist_evidence), status.last->evidence}));
    return lines;
  }

  // The steps of one place of the console, or what the same people are told.
  [[nodiscard]] document::Table settings_in(const Task& task) const {
    const bool by_hand = task.kind == StepKind::console;
    document::Table table;
    table.head = {text(Phrase::checklist_what), text(Phrase::checklist_setting), text(Phrase::checklist_value),
                  text(Phrase::checklist_id)};
    if (!by_hand) table.head.erase(table.head.begin() + 1);
    for (const Step* step : task.steps) {
      Cell id{code(step->id)};
      for (Line& line : confirmation_of(*step)) id.lines.push_back(std::move(line));
      std::vector<Cell> row{in_language(step->title), with_gloss(step->setting), in_language(step->value), id};
      if (!by_hand) row.erase(row.begin() + 1);
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  [[nodiscard]] document::Table requests_in(const Task& task) const {
    document::Table table;
    table.head = {text(Phrase::checklist_what), text(Phrase::checklist_value), text(Phrase::checklist_id)};
    for (const RequestRow& row : rows_of(task)) {
      Cell values, ids;
      for (const Step* step : row.steps) {
        const std::string value = on_one_line(in_language(step->value));
        const bool is_named = row.steps.size() > 1;
        values.lines.emplace_back(is_named ? fill(Phrase::pair, {in_language(step->title), value}) : value);
        ids.lines.push_back(code(step->id));
        for (Line& line : confirmation_of(*step)) ids.lines.push_back(std::move(line));
      }
      table.rows.push_back({in_language(row.title), std::move(values), std::move(ids)});
    }
    return table;
  }

  // As the console has it, with what that means in the reader's language.
  [[nodiscard]] std::string with_gloss(const std::string& words) const {
    const std::string gloss = gloss_of(words, language_);
    return gloss.empty() ? words : words + " = " + gloss;
  }

  // One line for each card, those by hand first: what a firm of five people works through.
  void add_first_page(document::Document& document) const {
    document::Section first{text(Phrase::checklist_first)};
    const auto add = [&](Phrase heading, StepKind kind) {
      document::List list;
      for (const Task& task : tasks_) {
        if (task.kind == kind) list.items.push_back({first_line_of(task)});
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

  [[nodiscard]] Line first_line_of(const Task& task) const {
    const Step& first = *task.steps.front();
    Line line{numbers_.at(first.id) + ". " + in_language(task.title)};
    line.mark = is_done(task) ? document::Mark::done : document::Mark::open;
    const bool alike =
        std::all_of(task.steps.begin(), task.steps.end(), [&](const Step* step) { return step->value == first.value; });
    const std::string value = on_one_line(in_language(first.value));
    if (task.kind == StepKind::api || !alike || value.empty()) return line;
    document::Run& run = line.runs.back();
    run.text = fill(Phrase::pair, {run.text, value});
    return line;
  }
  [[nodiscard]] std::string on_one_line(std::string words) const {
    for (std::size_t at = words.find('\n'); at != std::string::npos; at = words.find('\n', at))
      words.replace(at, 1, text(Phrase::list_semicolon));
    return words;
  }

  [[nodiscard]] Line kind_in_words(StepKind kind) const {
    constexpr Phrase kinds[] = {Phrase::checklist_by_request, Phrase::checklist_by_hand, Phrase::checklist_by_people};
    return text(kinds[static_cast<std::size_t>(kind)]);
  }
  [[nodiscard]] std::string evidence_in_words(StepKind kind) const {
    constexpr Phrase evidence[] = {Phrase::evidence_api, Phrase::evidence_console, Phrase::evidence_people};
    return text(evidence[static_cast<std::size_t>(kind)]);
  }

  // Only where it is not what is usual for the kind.
  void add_unusual(Fields& fields, StepKind kind, Phrase name, Cell cell) const {
    const bool is_usual = cell.lines.size() == 1 && words_of_line(cell.lines.front()) == usual_.at({kind, name});
    if (!is_usual) add_to(fields, name, std::move(cell));
  }

  void add_place(Fields& fields, const Step& step) const {
    if (step.menu.empty()) return;
    const Phrase confidence = step.menu_documented ? Phrase::checklist_documented : Phrase::checklist_look_for;
    add_to(fields, Phrase::checklist_menu, fill(Phrase::name_in_brackets, {with_gloss(step.menu), text(confidence)}));
  }

  // What is the same of several steps, each of it once.
  [[nodiscard]] Fields fields_of(const Task& task) const {
    Fields fields;
    add_to(fields, Phrase::checklist_how, kind_in_words(task.kind));
    const auto add_all = [&](Phrase name, const auto& lines_of) {
      Cell cell;
      for (const Step* step : task.steps) {
        for (Line& line : lines_of(*step)) {
          const bool known = std::any_of(cell.lines.begin(), cell.lines.end(),
                                         [&](const Line& each) { return words_of_line(each) == words_of_line(line); });
          if (!known && !line.empty()) cell.lines.push_back(std::move(line));
        }
      }
      if (name == Phrase::checklist_verify || name == Phrase::checklist_undo)
        return add_unusual(fields, task.kind, name, std::move(cell));
      add_to(fields, name, std::move(cell));
    };
    const auto one = [](const std::string& words) {
      return words.empty() ? std::vector<Line>{} : std::vector<Line>{Line{words}};
    };
    std::vector<std::string> menus;
    for (const Step* step : task.steps) {
      if (std::find(menus.begin(), menus.end(), step->menu) != menus.end()) continue;
      menus.push_back(step->menu);
      add_place(fields, *step);
    }
    add_all(Phrase::checklist_note, [&](const Step& step) { return one(in_language(step.note)); });
    add_all(Phrase::checklist_edition, [&](const Step& step) { return one(step.edition); });
    if (task.kind != StepKind::api) {
      add_all(Phrase::checklist_verify, [&](const Step& step) { return one(in_language(step.verify)); });
      add_all(Phrase::checklist_undo, [&](const Step& step) { return one(in_language(step.undo)); });
    }
    add_to(fields, Phrase::checklist_after, tasks_before(task));
    add_all(Phrase::checklist_why, [&](const Step& step) { return reasons_of(step); });
    if (task.kind != StepKind::api)
      add_all(Phrase::checklist_source, [&](const Step& step) { return one(step.source); });
    return fields;
  }
  static std::string words_of_line(const Line& line) {
    std::string words;
    for (const document::Run& run : line.runs) words += run.text;
    return words;
  }

  // The numbers of the cards that come before, but for the card itself.
  [[nodiscard]] std::string tasks_before(const Task& task) const {
    std::vector<std::string> before;
    for (const Step* step : task.steps) {
      for (const std::string& id : step->after) {
        const std::string& number = numbers_.at(id);
        if (number != numbers_.at(task.steps.front()->id) &&
            std::find(before.begin(), before.end(), number) == before.end())
          before.push_back(number);
      }
    }
    std::string all;
    for (const std::string& number : before) all += (all.empty() ? "" : text(Phrase::list_comma)) + number;
    return all;
  }

  // A step by itself. Of a request only what a person needs who does not send it: the rest is in the annex.
  [[nodiscard]] Fields fields_of(const Step& step, bool whole) const {
    Fields fields;
    add_to(fields, Phrase::checklist_how, kind_in_words(step.kind));
    if (step.kind == StepKind::console) {
      add_place(fields, step);
      add_to(fields, Phrase::checklist_setting, with_gloss(step.setting));
    }
    add_to(fields, Phrase::checklist_value, in_language(step.value));
    add_to(fields, Phrase::checklist_note, in_language(step.note));
    add_to(fields, Phrase::checklist_edition, step.edition);
    if (whole) add_unusual(fields, step.kind, Phrase::checklist_verify, in_language(step.verify));
    if (whole) add_unusual(fields, step.kind, Phrase::checklist_undo, in_language(step.undo));
    add_to(fields, Phrase::checklist_after, tasks_before({step.kind, {&step}, {}}));
    add_to(fields, Phrase::checklist_why, reasons_of(step));
    if (whole) add_to(fields, Phrase::checklist_source, step.source);
    add_to(fields, Phrase::confirmed, confirmation_of(step));
    add_to(fields, Phrase::checklist_id, code(step.id));
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

  // Roles with the same answer are named together, and features with the same answers for the same reason.
  void add_unsupported(document::Document& document) const {
    using RolesByAnswer = std::map<std::string, std::vector<model::RoleId>>;
    std::map<std::pair<model::FeatureId, Reason>, RolesByAnswer> answers;
    answers_.for_each([&](model::RoleId role, const decide::Answer& answer) {
      if (answer.enforcement.shortfall)
        answers[{answer.feature, *answer.enforcement.shortfall}][words(model_, answer, language_)].push_back(role);
    });
    if (answers.empty() && answers_.added_up().empty()) return;
    std::map<std::pair<Reason, RolesByAnswer>, std::vector<model::FeatureId>> features;
    for (const auto& [what, roles] : answers) features[{what.second, roles}].push_back(what.first);
    document::Section& section = document.add_section(text(Phrase::checklist_unsupported));
    const RoleLabels labels(model_, language_);
    for (const auto& [what, roles] : answers) {
      const auto& together = features.at({what.second, roles});
      if (together.front() != what.first) continue;
      std::vector<Texts> titles;
      for (const model::FeatureId feature : together) titles.push_back(label(model_[feature]));
      section.add(Line()
                      .add(in_language(dingtalk::list(titles)), Look::strong)
                      .add(fill(Phrase::pair, {"", ""}))
                      .add(text(phrase_of(what.second))));
      document::List list;
      for (const auto& [answer, its] : roles) list.items.push_back({fill(Phrase::pair, {labels.list(its), answer})});
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
  std::vector<Task> tasks_;
  Usual usual_;
  std::unordered_map<std::string, std::string> numbers_;  // of the card that a step is on
};

}  // namespace

document::Document checklist(const model::Model& model, const decide::Decisions& decisions,
                             const decide::Answers& answers, const AdminConfig& config, const Ledger& ledger,
                             base::Language language) {
  return Maker(model, decisions, answers, config, ledger, language).run();
}

}  // namespace farol::dingtalk
