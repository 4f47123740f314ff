#include "lsp/reach.h"

#include <array>
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include <nlohmann/json.hpp>

#include "compare/difference.h"
#include "lsp/places.h"

namespace farol::lsp {
namespace {

using source::Span;

// What a rule decides, of all answers that rest on it.
struct Reach {
  std::set<model::RoleId> roles;
  std::set<model::ObjectId> objects;
  std::set<std::tuple<model::RoleId, model::FeatureId, model::ObjectId>> points;
  bool has_objects = false;
};

std::vector<Reach> reach_of(const driver::Compilation& compilation, const std::vector<bool>& asked) {
  std::vector<Reach> reach(compilation.model.rules.size());
  for (const decide::Answer& answer : compilation.answers.all()) {
    for (const model::RuleId rule : answer.rules) {
      if (!asked[rule.index()]) continue;
      Reach& of_rule = reach[rule.index()];
      of_rule.roles.insert(answer.roles.begin(), answer.roles.end());
      of_rule.objects.insert(answer.objects.begin(), answer.objects.end());
      of_rule.has_objects |= compilation.model[answer.feature].acts_on != model::ActsOn::nothing;
      for (const model::RoleId role : answer.roles) {
        for (const model::ObjectId object : answer.objects) of_rule.points.emplace(role, answer.feature, object);
      }
    }
  }
  return reach;
}

std::string words_of(const Reach& reach, base::Language language) {
  const auto count = [](const auto& set) { return std::to_string(set.size()); };
  if (reach.points.empty()) return std::string{base::text(base::Phrase::reach_of_nothing, language)};
  if (!reach.has_objects)
    return base::fill(base::Phrase::reach_without_objects, language, {count(reach.roles), count(reach.points)});
  return base::fill(base::Phrase::reach_of_rule, language,
                    {count(reach.roles), count(reach.objects), count(reach.points)});
}

Json lens(const Json& range, std::string title, std::string_view command) {
  return {{"range", range}, {"command", {{"title", std::move(title)}, {"command", command}}}};
}

void add_tests(const File& file, Json& lenses) {
  const driver::Compilation& compilation = file.compilation;
  struct Count {
    std::size_t all = 0, failed = 0;
  };
  std::vector<Count> counts(compilation.model.tests.size());
  for (const driver::TestResult& each : driver::run_tests(compilation)) {
    ++counts[each.test].all;
    if (!each.passed()) ++counts[each.test].failed;
  }
  Places places{compilation.sources, file.encoding};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const Span& span = compilation.model.tests[i].span;
    if (span.source != file.source) continue;
    const auto [all, failed] = counts[i];
    lenses.push_back(lens(places.range(span),
                          failed == 0 ? base::fill(base::Phrase::lens_test_passes, file.language, {std::to_string(all)})
                                      : base::fill(base::Phrase::lens_test_fails, file.language,
                                                   {std::to_string(failed), std::to_string(all)}),
                          "farol.test"));
  }
}

void add_edits(const File& file, const driver::Compilation& committed, Json& lenses) {
  const driver::Compilation& now = file.compilation;
  const compare::Difference difference =
      compare::compare({committed.model, committed.decisions}, {now.model, now.decisions});
  Places places{now.sources, file.encoding};
  for (const compare::Edit& edit : difference.edits) {
    if (edit.kind == compare::Edit::Kind::removed || edit.after_span.source != file.source) continue;
    std::array<std::size_t, 3> points{};
    for (const std::size_t change : edit.changes)
      points[static_cast<std::size_t>(difference.changes[change].direction)] += difference.changes[change].points();
    const auto count = [&](compare::Direction direction) {
      return std::to_string(points[static_cast<std::size_t>(direction)]);
    };
    lenses.push_back(lens(places.range(edit.after_span),
                          edit.changes.empty()
                              ? std::string{base::text(base::Phrase::lens_edit_nothing, file.language)}
                              : base::fill(base::Phrase::lens_edit, file.language,
                                           {count(compare::Direction::widening), count(compare::Direction::narrowing),
                                            count(compare::Direction::mixed)}),
                          "farol.diff"));
  }
}

}  // namespace

Json inlay_hints(const File& file, std::uint32_t begin, std::uint32_t end) {
  const driver::Compilation& compilation = file.compilation;
  Json result = Json::array();
  if (!compilation.may_write()) return result;
  std::vector<bool> asked(compilation.model.rules.size());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const Span& statement = compilation.model.rules[i].spans.statement;
    asked[i] = statement.source == file.source && statement.begin <= end && statement.end >= begin;
  }
  const std::vector<Reach> reach = reach_of(compilation, asked);
  Places places{compilation.sources, file.encoding};
  const base::Date today = compilation.decisions.as_of;
  std::map<Span, std::size_t> in_order;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i]) in_order.emplace(compilation.model.rules[i].spans.statement, i);
  }
  for (const auto& [span, i] : in_order) {
    const model::Rule& rule = compilation.model.rules[i];
    result.push_back({{"position", places.range(span)["end"]},
                      {"label", rule.is_live(today)
                                    ? words_of(reach[i], file.language)
                                    : base::fill(base::Phrase::reach_not_yet, file.language, {base::to_string(today)})},
                      {"paddingLeft", true}});
  }
  return result;
}

Json code_lenses(const File& file, const driver::Compilation* committed) {
  Json lenses = Json::array();
  if (!file.compilation.may_write()) return lenses;
  add_tests(file, lenses);
  if (committed != nullptr && committed->may_write()) add_edits(file, *committed, lenses);
  return lenses;
}

}  // namespace farol::lsp
