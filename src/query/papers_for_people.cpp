// What people are told: the rules of use that staff are given, and the statements for those whose data is collected.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "query/answers.h"
#include "query/paper.h"

namespace farol::query {
namespace {

using decide::Answer;

std::string because_of(const Paper& paper, const model::Rule& rule) { return paper.say.in(rule.because); }

// What one rule refuses, or one role may: in which case, on what, with what it takes.
struct Bounds {
  std::string features;  // in words
  model::ActsOn kind = model::ActsOn::nothing;
  std::vector<model::ObjectId> objects;  // sorted
  model::Condition when;
  std::vector<model::ControlId> controls;
  std::optional<base::Date> until;
};

// `Record a meeting on anything up to confidential; Device: a managed device; requires: Announced`.
std::string in_words(const Paper& paper, const Bounds& bounds) {
  const Wording& say = paper.say;
  std::string text = bounds.features + say.on(bounds.objects, bounds.kind);
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += say(Phrase::list_semicolon) + part;
  };
  add(say.condition(bounds.when));
  if (!bounds.controls.empty()) add(say(Phrase::pair, {say(Phrase::field_requires), say.controls(bounds.controls)}));
  if (bounds.until) add(say(Phrase::until_day, {base::to_string(*bounds.until)}));
  return text;
}

// What every permission requires is said once, among the safeguards.
std::vector<model::ControlId> required_everywhere(const decide::Answers& answers) {
  std::optional<std::vector<model::ControlId>> common;
  for (const Answer& answer : answers.all()) {
    if (answer.effect != decide::Effect::allow) continue;
    if (!common) common = answer.controls;
    std::erase_if(*common, [&](model::ControlId control) {
      return !std::binary_search(answer.controls.begin(), answer.controls.end(), control);
    });
  }
  return common.value_or(std::vector<model::ControlId>{});
}

// What a rule refuses in one case is one line: its features, on what, to whom, and why.
void add_refusals(const Paper& paper, document::Section& section) {
  struct Refused {
    std::vector<std::string> features;
    std::set<model::ObjectId> objects;
    std::set<model::RoleId> roles;
    const Answer* first = nullptr;
  };
  const model::Model& model = paper.model;
  std::map<std::tuple<std::size_t, model::ActsOn, std::string>, Refused> lines;  // by rule, kind and case
  for (const Answer& answer : paper.inputs.answers->all()) {
    if (answer.effect != decide::Effect::deny) continue;
    for (const model::RuleId rule : answer.rules) {
      Refused& refused = lines[{rule.index(), model[answer.feature].acts_on, paper.say.condition(answer.when)}];
      const std::string title = paper.say.label(model[answer.feature]);
      if (std::find(refused.features.begin(), refused.features.end(), title) == refused.features.end())
        refused.features.push_back(title);
      refused.objects.insert(answer.objects.begin(), answer.objects.end());
      refused.roles.insert(answer.roles.begin(), answer.roles.end());
      if (refused.first == nullptr) refused.first = &answer;
    }
  }
  document::List list;
  for (const auto& [key, refused] : lines) {
    const std::vector<model::ObjectId> objects(refused.objects.begin(), refused.objects.end());
    std::string text =
        in_words(paper, {paper.say.list(refused.features), std::get<1>(key), objects, refused.first->when, {}, {}});
    std::vector<std::string> roles;
    for (const model::RoleId role : refused.roles) roles.push_back(paper.say.name_of(role));
    // Whoever holds no role is one of them.
    const bool everybody = roles.size() > model.roles.size();
    text = paper.say(Phrase::pair, {everybody ? paper.say(Phrase::for_everybody) : paper.say.list(roles), text});
    if (const std::string why = because_of(paper, model.rules[std::get<0>(key)]); !why.empty())
      text = paper.say(Phrase::name_in_brackets, {text, why});
    list.items.push_back({text});
  }
  if (list.items.empty()) section.add(paper.say(Phrase::not_stated));
  section.add(std::move(list));
}

// What a role may do, with what it may be done to, in which cases and under which conditions.
void add_permissions(Paper& paper, model::RoleId role, const std::vector<model::ControlId>& everywhere) {
  const model::Model& model = paper.model;
  document::List list;
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    for (const Answer& answer : summary_of(model, *paper.inputs.answers, role, model::FeatureId{f})) {
      if (answer.effect != decide::Effect::allow) continue;
      Bounds bounds{paper.say.label(model.features[f]),
                    model.features[f].acts_on,
                    answer.objects,
                    answer.when,
                    {},
                    answer.expires};
      std::set_difference(answer.controls.begin(), answer.controls.end(), everywhere.begin(), everywhere.end(),
                          std::back_inserter(bounds.controls));
      std::string text = in_words(paper, bounds);
      std::vector<std::string> reasons;
      for (const model::RuleId id : answer.rules) {
        const std::string why = because_of(paper, model[id]);
        if (!why.empty() && std::find(reasons.begin(), reasons.end(), why) == reasons.end()) reasons.push_back(why);
      }
      if (!reasons.empty())
        text = paper.say(Phrase::name_in_brackets, {text, paper.say.join(reasons, Phrase::list_semicolon)});
      list.items.push_back({text});
    }
  }
  document::Section& section =
      paper.document.add_section(paper.say(Phrase::may_heading, {paper.say.label(model[role])}));
  if (list.items.empty()) section.add(paper.say(Phrase::may_nothing));
  section.add(std::move(list));
}

std::string joined(const Paper& paper, const std::vector<Thing>& data, std::string_view key) {
  std::vector<std::string> parts;
  for (const Thing each : data) {
    std::string part = cell_of(paper, each, key);
    if (key == "retention" && data.size() > 1) part = paper.say(Phrase::pair, {cell_of(paper, each, ""), part});
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
  }
  return paper.say.list(parts);
}

// One statement of collection: what article 10 of Law 8/2005 asks for, and what else the policy says, for the people of
// some of its data.
void add_statement(Paper& paper, Thing notice, const std::vector<Thing>& data) {
  const Wording& say = paper.say;
  const check::CheckedThings& things = say.things();
  const model::Declared& each = things.declared(notice);
  document::List list;
  const auto add = [&](Phrase head, const std::string& text) {
    list.items.push_back({say(Phrase::pair, {say(head), text})});
  };
  const auto add_if = [&](Phrase head, std::string_view key) {
    if (const std::string text = say.stated(each, key); !text.empty()) add(head, text);
  };
  add(Phrase::controller, controller_of(paper));
  if (!data.empty()) {
    add(Phrase::people, joined(paper, data, "subjects"));
    add(Phrase::category, joined(paper, data, "category"));
  }
  add_if(Phrase::features_of_data, "features");
  add(Phrase::purpose, say.attribute(each, "purpose"));
  add(Phrase::recipients, say.attribute(each, "recipients"));
  for (const Thing transfer : things.of_kind("transfer")) {
    if (data.empty() || !is_about(paper, transfer, data)) continue;
    const model::Declared& out = things.declared(transfer);
    add(Phrase::transfers, say(Phrase::name_in_brackets, {say.attribute(out, "to"), say.attribute(out, "recipient")}));
  }
  if (!data.empty()) add(Phrase::retention, joined(paper, data, "retention"));
  add(Phrase::obligatory, say.attribute(each, "obligatory"));
  add_if(Phrase::other_way, "alternative");
  add_if(Phrase::how_consent, "consent");
  add(Phrase::rights_title, say.attribute(each, "rights"));
  add(Phrase::contact, say.attribute(each, "contact"));
  add_if(Phrase::date, "date");
  const auto is_yes = [&](std::string_view key) {
    std::vector<check::Item> said;
    things.append(notice, key, said);
    return !said.empty() && said.front() == check::Item{true};
  };
  if (is_yes("may_object")) list.items.push_back({say(Phrase::may_object_sentence)});
  if (is_yes("open_network")) list.items.push_back({say(Phrase::open_network_sentence)});
  std::vector<std::string> names;
  for (const Thing thing : data) names.push_back(cell_of(paper, thing, ""));
  document::Section& section = paper.document.add_section(
      names.empty() ? say.label(each) : say(Phrase::pair, {joined(paper, data, "subjects"), say.list(names)}));
  section.sheet = true;
  section.add(std::move(list));
}

// Apart for those whose data it is: nobody reads in a sheet for patients what is kept of the staff.
void add_statements(Paper& paper, Thing notice) {
  std::vector<std::pair<std::string, std::vector<Thing>>> by_people;
  for (const Thing data : paper.say.things().of_kind("data")) {
    if (!is_about(paper, notice, {data})) continue;
    const std::string people = cell_of(paper, data, "subjects");
    const auto same =
        std::find_if(by_people.begin(), by_people.end(), [&](const auto& each) { return each.first == people; });
    if (same == by_people.end())
      by_people.emplace_back(people, std::vector{data});
    else
      same->second.push_back(data);
  }
  if (by_people.empty()) add_statement(paper, notice, {});
  for (const auto& [people, data] : by_people) add_statement(paper, notice, data);
}

}  // namespace

void write_notice(Paper& paper) {
  for (const Thing notice : paper.say.things().of_kind("notice")) add_statements(paper, notice);
  if (paper.document.sections.empty()) paper.section(Phrase::purpose).add(paper.say(Phrase::not_stated));
}

// Who issues them and when; what nobody may, what each role may, with its bounds and reasons; a line to sign.
void write_usage(Paper& paper) {
  add_table(
      paper, Phrase::issued, paper.say.things().of_kind("usage"),
      {{Phrase::papers, ""}, {Phrase::version_heading, "version"}, {Phrase::date, "date"}, {Phrase::owner, "owner"}});
  if (paper.inputs.answers != nullptr) {
    add_refusals(paper, paper.section(Phrase::never_heading));
    add_measures(paper, paper.section(Phrase::safeguards_heading));
    const auto everywhere = required_everywhere(*paper.inputs.answers);
    for (std::size_t r = 0; r < paper.model.roles.size(); ++r) add_permissions(paper, model::RoleId{r}, everywhere);
  }
  paper.section(Phrase::read_and_signed).add(paper.say(Phrase::sign_line));
}

}  // namespace farol::query
