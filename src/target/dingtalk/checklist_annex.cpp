#include "target/dingtalk/checklist_annex.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "target/dingtalk/checklist_words.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using document::Cell;
using document::Field;
using document::Fields;
using document::Line;

std::string request_line(const Request& request, Region region) {
  const CallInfo& call = info(request.call);
  return std::string(call.method) + " https://" + std::string(address_of(call.host, region)) + path_of(request);
}

Fields::const_iterator find_field(const Fields& fields, const std::string& name) {
  return std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
}

// Moves the fields that are the same everywhere out of `each`. Returns them in the order of their first occurrence.
Fields take_common(std::vector<Fields>& each) {
  Fields common;
  for (const Field& field : each.front()) {
    const bool is_same = std::all_of(each.begin() + 1, each.end(), [&](const Fields& its) {
      const auto found = find_field(its, field.name);
      return found != its.end() && found->value == field.value;
    });
    if (is_same) common.push_back(field);
  }
  for (Fields& fields : each)
    std::erase_if(fields, [&](const Field& field) { return find_field(common, field.name) != common.end(); });
  return common;
}

class Annex : ChecklistWords {
 public:
  Annex(const AdminConfig& config, base::Language language) : ChecklistWords(language), config_(config) {}

  [[nodiscard]] document::Section run() const {
    document::Section annex{text(Phrase::checklist_annex)};
    annex.on_paper = false;
    annex.add(text(Phrase::checklist_annex_intro));
    std::vector<std::vector<const Step*>> together;
    for (const Step& step : config_.steps) {
      if (!step.request) continue;
      const bool goes_on = !together.empty() && together.back().back()->request->call == step.request->call;
      if (!goes_on) together.emplace_back();
      together.back().push_back(&step);
    }
    for (const auto& steps : together)
      annex.sections.push_back(steps.size() == 1 ? section_of(*steps.front()) : section_of(steps));
    return annex;
  }

 private:
  [[nodiscard]] document::Section section_of(const Step& step) const {
    document::Section section{in_language(step.title)};
    section.add(fields_of(step));
    return section;
  }

  // What is the same of all of them once, and a row for each with the rest.
  [[nodiscard]] document::Section section_of(const std::vector<const Step*>& steps) const {
    std::vector<Fields> each;
    for (const Step* step : steps) each.push_back(fields_of(*step));
    const CallInfo& call = info(steps.front()->request->call);
    document::Section section{std::string(call.method) + " " + std::string(call.path)};
    section.add(take_common(each));
    std::vector<std::string> names;
    for (const Fields& fields : each) {
      for (const Field& field : fields) {
        if (std::find(names.begin(), names.end(), field.name) == names.end()) names.push_back(field.name);
      }
    }
    document::Table table;
    table.head.emplace_back(text(Phrase::checklist_what));
    for (const std::string& name : names) table.head.emplace_back(name);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      std::vector<Cell>& row = table.rows.emplace_back();
      row.emplace_back(in_language(steps[i]->title));
      for (const std::string& name : names) {
        const auto found = find_field(each[i], name);
        row.push_back(found == each[i].end() ? Cell{} : found->value);
      }
    }
    section.add(std::move(table));
    return section;
  }

  [[nodiscard]] Fields fields_of(const Step& step) const {
    Fields fields;
    const Request& request = *step.request;
    add_to(fields, Phrase::checklist_request, code(request_line(request, config_.region)));
    if (!request.query.empty()) add_to(fields, Phrase::checklist_query, code(to_json(object(request.query))));
    if (!request.body.empty()) add_to(fields, Phrase::checklist_body, code(to_json(object(request.body))));
    if (!step.for_each.empty()) add_to(fields, Phrase::checklist_for_each, code(step.for_each));
    const std::string_view permission = info(request.call).permission_code;
    if (!permission.empty()) add_to(fields, Phrase::checklist_code, code(permission));
    if (step.only_reads) add_to(fields, Phrase::checklist_value, in_language(step.value));
    add_to(fields, Phrase::checklist_verify, in_language(step.verify));
    if (step.check) add_to(fields, Phrase::checklist_check, code(request_line(*step.check, config_.region)));
    add_to(fields, Phrase::checklist_undo, in_language(step.undo));
    if (step.undo_request)
      add_to(fields, Phrase::checklist_undo_request,
             std::vector<Line>{code(request_line(*step.undo_request, config_.region)),
                               code(to_json(object(step.undo_request->body)))});
    add_to(fields, Phrase::checklist_source, step.source);
    add_to(fields, Phrase::checklist_id, code(step.id));
    return fields;
  }

  const AdminConfig& config_;
};

}  // namespace

std::optional<document::Section> annex_of(const AdminConfig& config, base::Language language) {
  document::Section annex = Annex(config, language).run();
  if (annex.sections.empty()) return std::nullopt;
  return annex;
}

}  // namespace farol::dingtalk
