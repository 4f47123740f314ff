#include "query/tables.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/ids.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/permission_json.h"
#include "model/digest.h"
#include "query/holders.h"
#include "query/table_file.h"
#include "query/tables_sql.h"

namespace farol::query {
namespace {

using decide::Decisions;
using decide::PersonCell;
using decide::PersonSegment;
using model::ActsOn;
using model::ContextId;
using model::FeatureId;
using model::Model;
using model::ObjectId;
using model::RoleId;
using model::RuleId;

class Tables {
 public:
  Tables(const Model& model, const Decisions& decisions, const source::SourceMap& sources)
      : model_(model), decisions_(decisions), sources_(sources) {
    std::string weights;
    for (const ContextId id : base::ids(model.contexts)) {
      when_ += "," + column_of(model, id, "when_");
      weights += "," + column_of(model, id, "weight_");
    }
    cell_ = TableFile{"farol_cell", "table_id,object_id" + weights};
    decision_ = TableFile{"farol_decision", "table_id,object_id,answer_id" + when_};
    refusal_ = TableFile{"farol_refusal", "holder_id,feature_id,object_id,kind" + when_};
  }

  void add_vocabulary() {
    for (const RoleId role : base::ids(model_.roles)) {
      role_.number(role.index()).text(model_[role].name).text(model_[role].label({})).end_row();
      for (const RoleId held : model_[role].ancestors) role_holds_.number(role.index()).number(held.index()).end_row();
    }
    for (const FeatureId feature : base::ids(model_.features)) {
      const model::Feature& it = model_[feature];
      feature_.number(feature.index()).text(it.name).text(it.label({})).text(to_string(it.acts_on));
      feature_.number(it.governed ? 1 : 0);
      const auto& objects = model_.objects_of(it.acts_on);
      const auto nameless =
          std::find_if(objects.begin(), objects.end(), [&](ObjectId object) { return model_[object].name.empty(); });
      if (nameless == objects.end())
        feature_.null();
      else
        feature_.number(nameless->index());
      feature_.end_row();
    }
    for (std::size_t kind = 0; kind < model::acts_on_count; ++kind) {
      for (const ObjectId object : model_.objects_of(static_cast<ActsOn>(kind)))
        add_object(static_cast<ActsOn>(kind), object);
    }
    for (const RuleId rule : base::ids(model_.rules)) add_rule(rule);
    for (const ContextId id : base::ids(model_.contexts)) {
      for (std::size_t value = 0; value < model_[id].values.size(); ++value) {
        context_.text(model_[id].name).text("when_" + name_in_columns(model_, id)).number(value + 1);
        context_.text(model_[id].values[value]).end_row();
      }
    }
    for (std::size_t i = 0; i < model_.separations.size(); ++i) {
      const model::Separation& separation = model_.separations[i];
      separation_.number(i).text(separation.label.empty() ? separation.text : separation.label);
      separation_.text(separation.text).text_or_null(separation.because.in({})).end_row();
    }
  }

  void add_holder(const Holder& holder) {
    const std::size_t id = begin_holder(holder.roles);
    for (const FeatureId feature : base::ids(model_.features)) {
      if (is_silent(model_, decisions_, holder, feature)) continue;
      holder_table_.number(id).number(feature.index()).number(table_for(holder, feature)).end_row();
    }
    if (holder.person != nullptr) {
      add_breaches(id, *holder.person);
      for (const decide::Disagreement& found : find_disagreements(model_, decisions_, *holder.person)) {
        for (const decide::Place& place : found.places) add_refusal(id, found.kind, place);
      }
    } else if (!model_.separations.empty()) {
      const RoleId role = holder.roles.empty() ? model_.nobody() : holder.roles.front();
      add_breaches(id, person_of(decisions_, role, holder.roles));
    }
  }

  [[nodiscard]] std::vector<base::OutputFile> files(std::string_view version) {
    std::string all = model::digest_of(model_) + base::to_string(decisions_.as_of) + std::string(version);
    for (const TableFile* table : tables()) all += table->name() + "\n" + table->body();
    const std::string id = base::sha256_hex(all).substr(0, 16);
    stamp_.text(model::digest_of(model_)).text(base::to_string(decisions_.as_of)).text(version).end_row();
    for (const TableFile* table : tables()) stamp_rows_.text(table->name()).number(table->size()).end_row();
    std::vector<base::OutputFile> result{stamp_.file(id), stamp_rows_.file(id)};
    for (const TableFile* table : tables()) result.push_back(table->file(id));
    for (base::OutputFile& file : sql_files(model_, names())) result.push_back(std::move(file));
    return result;
  }

 private:
  // Above so many cases of one cell, those with values that are not known are left out.
  static constexpr std::size_t max_cases = 65'536;

  // A row of an object: its answer, and a value or nothing for each context.
  struct CaseRow {
    std::size_t object = 0, answer = 0;
    std::vector<std::optional<std::uint32_t>> values;
    bool operator<(const CaseRow& other) const {
      return std::tie(object, answer, values) < std::tie(other.object, other.answer, other.values);
    }
  };
  using Values = std::vector<std::vector<std::optional<std::uint32_t>>>;

  [[nodiscard]] std::vector<const TableFile*> tables() const {
    return {&role_,        &role_holds_,   &feature_,    &object_,        &context_, &holder_,
            &holder_role_, &holder_table_, &decision_,   &cell_,          &case_,    &answer_,
            &answer_rule_, &rule_,         &separation_, &holder_breach_, &refusal_};
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const TableFile* table : tables()) all.push_back(table->name());
    return all;
  }
  void add_object(ActsOn kind, ObjectId object) {
    const model::Object& it = model_[object];
    const std::string_view name = decide::name_in_documents(model_, object);
    object_.text(to_string(kind)).number(object.index()).text(name).text(it.name.empty() ? name : it.label({}));
    if (it.tier.is_none())
      object_.null();
    else
      object_.text(model_[it.tier].name);
    object_.end_row();
  }

  void add_rule(RuleId id) {
    const model::Rule& rule = model_[id];
    rule_.number(id.index()).text(rule.reference()).text(rule.text).text_or_null(rule.because.in({}));
    const source::Span place = rule.spans.statement;
    if (place.is_none()) {
      rule_.null().null();
    } else {
      rule_.text(sources_.name(place.source)).number(sources_.position(place.source, place.begin).line);
    }
    rule_.end_row();
  }

  std::size_t begin_holder(const std::vector<RoleId>& roles) {
    const std::size_t id = holder_.size();
    std::vector<std::size_t> numbers;
    for (const RoleId role : roles) numbers.push_back(role.index());
    holder_.number(id).text(fmt::format("{}", fmt::join(numbers, "-"))).end_row();
    for (const std::size_t role : numbers) holder_role_.number(id).number(role).end_row();
    return id;
  }

  void add_breaches(std::size_t holder, const decide::Person& person) {
    for (const decide::Violation& violation : find_violations(model_, decisions_, person))
      holder_breach_.number(holder).number(violation.separation).end_row();
  }

  void add_refusal(std::size_t holder, decide::Disagreement::Kind kind, const decide::Place& place) {
    constexpr std::array<std::string_view, 3> names = {"roles_disagree", "none_alone", "taken"};
    for (const ObjectId object : place.objects) {
      for (const auto& values : cases(place.contexts, place.where)) {
        refusal_.number(holder).number(place.feature.index()).number(object.index());
        refusal_.text(names[static_cast<std::size_t>(kind)]);
        add_values(refusal_, values);
        refusal_.end_row();
      }
    }
  }

  // The cases of a set as disjoint rows of single values.
  [[nodiscard]] Values cases(const std::vector<model::ContextId>& contexts, const base::BitSet& where) const {
    Values rows;
    for (const decide::Box& box : decide::boxes_of(model_, contexts, where)) {
      Values of_box{std::vector<std::optional<std::uint32_t>>(model_.contexts.size())};
      for (const auto& [context, values] : box) {
        Values wider;
        for (const auto& row : of_box) {
          for (const std::uint32_t value : values) {
            wider.push_back(row);
            wider.back()[context.index()] = value;
          }
        }
        of_box = std::move(wider);
      }
      rows.insert(rows.end(), std::make_move_iterator(of_box.begin()), std::make_move_iterator(of_box.end()));
    }
    return rows;
  }

  // Roles with the same table of the decisions share one here, which is made once.
  std::size_t table_for(const Holder& holder, FeatureId feature) {
    const auto table = table_of(model_, decisions_, holder, feature);
    if (!table) return add_table(rows_of(holder, feature));
    const auto [known, fresh] = singles_.try_emplace({*table, model_[feature].acts_on}, 0);
    if (fresh) known->second = add_table(rows_of(holder, feature));
    return known->second;
  }

  [[nodiscard]] std::vector<CaseRow> rows_of(const Holder& holder, FeatureId feature) {
    std::vector<CaseRow> rows;
    for (const ObjectId object : model_.objects_of(model_[feature].acts_on)) {
      const PersonCell cell = cell_of(model_, decisions_, holder, feature, object);
      for (const PersonSegment& segment : cell.segments) {
        const std::size_t answer = answer_of(segment);
        for (auto& values : cases(cell.contexts, segment.answer.where))
          rows.push_back({object.index(), answer, std::move(values)});
      }
    }
    return rows;
  }

  // Equal tables are one.
  std::size_t add_table(std::vector<CaseRow> rows) {
    const auto [known, fresh] = known_tables_.try_emplace(std::move(rows), known_tables_.size());
    if (fresh) {
      for (const CaseRow& row : known->first) {
        decision_.number(known->second).number(row.object).number(row.answer);
        add_values(decision_, row.values);
        decision_.end_row();
      }
      const std::vector<CaseRow>& all = known->first;
      for (auto begin = all.begin(); begin != all.end();) {
        const auto end = std::find_if(begin, all.end(), [&](const CaseRow& it) { return it.object != begin->object; });
        add_cases(known->second, std::span(all).subspan(static_cast<std::size_t>(begin - all.begin()),
                                                        static_cast<std::size_t>(end - begin)));
        begin = end;
      }
    }
    return known->second;
  }

  // The rows of one object by the number of the case, where its answer depends on contexts. A value that is not known
  // counts as one more, unless the cases are too many with it: then a line that lacks a value is unknown.
  void add_cases(std::size_t table, std::span<const CaseRow> rows) {
    std::vector<std::size_t> weights(model_.contexts.size(), 0);
    std::size_t count = 1;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (std::none_of(rows.begin(), rows.end(), [&](const CaseRow& it) { return it.values[i].has_value(); })) continue;
      weights[i] = count;
      count *= model_.contexts[i].values.size() + 1;
    }
    if (count == 1) return;
    cell_.number(table).number(rows.front().object);
    for (const std::size_t weight : weights) weight == 0 ? cell_.null() : cell_.number(weight);
    cell_.end_row();
    const std::size_t first = count > max_cases ? 1 : 0;
    for (const CaseRow& row : rows) {
      std::vector<std::size_t> numbers{0};
      for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] == 0) continue;
        std::vector<std::size_t> wider;
        for (const std::size_t number : numbers) {
          if (row.values[i]) {
            wider.push_back(number + weights[i] * (*row.values[i] + 1));
          } else {
            for (std::size_t value = first; value <= model_.contexts[i].values.size(); ++value)
              wider.push_back(number + weights[i] * value);
          }
        }
        numbers = std::move(wider);
      }
      for (const std::size_t number : numbers)
        case_.number(table).number(row.object).number(number).number(row.answer).end_row();
    }
  }

  std::size_t answer_of(const PersonSegment& segment) {
    const auto [known, fresh] = answers_.try_emplace(
        {segment.answer.effect, segment.cause, segment.answer.controls, segment.answer.rules}, answers_.size());
    if (fresh) {
      constexpr std::array<std::string_view, 4> effects = {"none", "allow", "deny", "conflict"};
      constexpr std::array<std::string_view, 3> causes = {"decided", "roles_disagree", "none_alone"};
      std::vector<std::string_view> controls;
      for (const model::ControlId control : segment.answer.controls) controls.push_back(model_[control].name);
      answer_.number(known->second).text(effects[static_cast<std::size_t>(segment.answer.effect)]);
      answer_.text(causes[static_cast<std::size_t>(segment.cause)]);
      answer_.day(decide::last_day(model_, segment.answer.rules)).text(fmt::format("{}", fmt::join(controls, ", ")));
      answer_.end_row();
      for (const RuleId rule : segment.answer.rules) answer_rule_.number(known->second).number(rule.index()).end_row();
    }
    return known->second;
  }

  void add_values(TableFile& table, const std::vector<std::optional<std::uint32_t>>& values) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i])
        table.text(model_.contexts[i].values[*values[i]]);
      else
        table.null();
    }
  }

  const Model& model_;
  const Decisions& decisions_;
  const source::SourceMap& sources_;
  std::string when_;  // the columns of the contexts, each with a comma in front
  TableFile stamp_{"farol_stamp", "policy_digest,as_of,farol_version"};
  TableFile stamp_rows_{"farol_stamp_rows", "table_name,row_count"};
  TableFile role_{"farol_role", "role_id,role,title"};
  TableFile role_holds_{"farol_role_holds", "role_id,holds_id"};
  TableFile feature_{"farol_feature", "feature_id,feature,title,acts_on,governed,default_object_id"};
  TableFile object_{"farol_object", "acts_on,object_id,object,title,tier"};
  TableFile holder_{"farol_holder", "holder_id,roles"};
  TableFile holder_role_{"farol_holder_role", "holder_id,role_id"};
  TableFile holder_table_{"farol_holder_table", "holder_id,feature_id,table_id"};
  TableFile context_{"farol_context", "context,log_column,value_no,value"};
  TableFile decision_{"", ""};
  TableFile cell_{"", ""};
  TableFile case_{"farol_case", "table_id,object_id,case_no,answer_id"};
  TableFile answer_{"farol_answer", "answer_id,effect,cause,until,controls"};
  TableFile answer_rule_{"farol_answer_rule", "answer_id,rule_id"};
  TableFile rule_{"farol_rule", "rule_id,rule,text,because,file,line"};
  TableFile separation_{"farol_separation", "separation_id,separation,text,because"};
  TableFile holder_breach_{"farol_holder_breach", "holder_id,separation_id"};
  TableFile refusal_{"", ""};
  std::map<std::pair<decide::TableId, ActsOn>, std::size_t> singles_;
  std::map<std::vector<CaseRow>, std::size_t> known_tables_;
  std::map<std::tuple<decide::Effect, PersonSegment::Cause, std::vector<model::ControlId>, std::vector<RuleId>>,
           std::size_t>
      answers_;
};

}  // namespace

std::vector<base::OutputFile> export_tables(const Model& model, const Decisions& decisions,
                                            const std::vector<decide::Person>& people, const source::SourceMap& sources,
                                            std::string_view version) {
  Tables tables{model, decisions, sources};
  tables.add_vocabulary();
  for (const Holder& holder : holders_of(model, people)) tables.add_holder(holder);
  return tables.files(version);
}

}  // namespace farol::query
