#include "query/cedar.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/ids.h"
#include "base/json_writer.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/permission_json.h"
#include "model/digest.h"
#include "query/holders.h"

namespace farol::query {
namespace {

using base::JsonWriter;
using decide::Decisions;
using decide::PersonSegment;
using model::ActsOn;
using model::FeatureId;
using model::Model;
using model::ObjectId;

// Cedar's escapes are those of Rust; a character that could be mistaken is written by its number.
std::string cedar_text(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result.append(1, '\\').append(1, c);
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      result += fmt::format("\\u{{{:x}}}", static_cast<unsigned char>(c));
    else
      result += c;
  }
  return result + '"';
}

std::string_view type_of(ActsOn kind) {
  switch (kind) {
    case ActsOn::data:
    case ActsOn::tier: return "Data";
    case ActsOn::app: return "App";
    case ActsOn::group: return "Group";
    case ActsOn::place: return "Place";
    case ActsOn::department: return "Department";
    case ActsOn::nothing: break;
  }
  return "Organisation";
}

class CedarExport {
 public:
  CedarExport(const Model& model, const Decisions& decisions) : model_(model), decisions_(decisions) {}

  void add(const Holder& holder) {
    std::vector<std::string> groups;
    for (const FeatureId feature : base::ids(model_.features)) {
      if (!model_[feature].governed || is_silent(model_, decisions_, holder, feature)) continue;
      const std::string permits = permits_of(holder, feature);
      if (permits.empty()) continue;
      const auto [known, fresh] = groups_.try_emplace({feature, permits}, 0);
      if (fresh) {
        known->second = groups_.size();
        write_permits(feature, known->second, permits);
      }
      groups.push_back(group_name(feature, known->second));
    }
    entities_.emplace_back(name_of(holder), std::move(groups));
  }

  [[nodiscard]] std::vector<base::OutputFile> files() const {
    return {{"policies.cedar", head() + policies_},
            {"schema.cedarschema", schema()},
            {"entities.json", entities()},
            {"losses.txt", losses()}};
  }

 private:
  [[nodiscard]] std::string name_of(const Holder& holder) const {
    std::vector<std::string_view> names;
    for (const model::RoleId role : holder.roles) names.push_back(model_[role].name);
    return fmt::format("{}", fmt::join(names, "+"));
  }
  [[nodiscard]] std::string group_name(FeatureId feature, std::size_t number) const {
    return fmt::format("{} {}", model_[feature].name, number);
  }
  [[nodiscard]] std::string resource(ObjectId object) const {
    const std::string_view name = decide::name_in_documents(model_, object);
    return fmt::format("Farol::{}::{}", type_of(model_[object].kind), cedar_text(name.empty() ? "everything" : name));
  }

  // The conditions of the permits of a holder for a feature, each with its annotations: `GROUP` stands for the holders.
  [[nodiscard]] std::string permits_of(const Holder& holder, FeatureId feature) {
    std::map<std::pair<std::string, std::string>, std::vector<ObjectId>> permits;  // notes and cases
    for (const ObjectId object : model_.objects_of(model_[feature].acts_on)) {
      const decide::PersonCell cell = cell_of(model_, decisions_, holder, feature, object);
      for (const PersonSegment& segment : cell.segments) {
        if (segment.answer.effect != decide::Effect::allow) continue;
        permits[{notes_of(segment.answer), cases_of(cell.contexts, segment.answer.where)}].push_back(object);
      }
    }
    std::string text;
    for (const auto& [key, objects] : permits) {
      std::vector<std::string> resources;
      for (const ObjectId object : objects) resources.push_back(resource(object));
      text += fmt::format(
          "{}permit (principal in GROUP, action == ACTION, resource)\nwhen {{ [{}].contains(resource){} }};\n",
          key.first, fmt::join(resources, ", "), key.second);
    }
    return text;
  }

  [[nodiscard]] std::string notes_of(const decide::Segment& answer) {
    std::string notes;
    std::vector<std::string_view> controls, rules;
    for (const model::ControlId control : answer.controls) controls.push_back(model_[control].name);
    controls_.insert(answer.controls.begin(), answer.controls.end());
    for (const model::RuleId rule : answer.rules) rules.push_back(model_[rule].reference());
    notes += fmt::format("@rules({})\n", cedar_text(fmt::format("{}", fmt::join(rules, "; "))));
    if (!controls.empty())
      notes += fmt::format("@requires({})\n", cedar_text(fmt::format("{}", fmt::join(controls, ", "))));
    if (const auto until = decide::last_day(model_, answer.rules))
      notes += fmt::format("@until({})\n", cedar_text(base::to_string(*until)));
    return notes;
  }

  // A context that a request leaves out satisfies no condition about it.
  [[nodiscard]] std::string cases_of(const std::vector<model::ContextId>& contexts, const base::BitSet& where) const {
    std::vector<std::string> alternatives;
    for (const decide::Box& box : decide::boxes_of(model_, contexts, where)) {
      std::vector<std::string> parts;
      for (const auto& [id, values] : box) {
        std::vector<std::string> words;
        for (const std::uint32_t value : values) words.push_back(cedar_text(model_[id].values[value]));
        const std::string name = cedar_text(model_[id].name);
        parts.push_back(fmt::format("context has {0} && [{1}].contains(context[{0}])", name, fmt::join(words, ", ")));
      }
      if (parts.empty()) return {};
      alternatives.push_back(fmt::format("({})", fmt::join(parts, " && ")));
    }
    return fmt::format(" && ({})", fmt::join(alternatives, " || "));
  }

  void write_permits(FeatureId feature, std::size_t number, std::string text) {
    const auto replace = [&](std::string_view mark, const std::string& by) {
      for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + by.size()))
        text.replace(at, mark.size(), by);
    };
    replace("principal in GROUP", "principal in Farol::Answers::" + cedar_text(group_name(feature, number)));
    replace("action == ACTION", "action == Farol::Action::" + cedar_text(model_[feature].name));
    policies_ += text;
  }

  [[nodiscard]] std::string head() const {
    return fmt::format("// {} on {}. See losses.txt for what is not in it.\n", model::digest_of(model_),
                       base::to_string(decisions_.as_of));
  }

  [[nodiscard]] std::string schema() const {
    std::string text = head() +
                       "namespace Farol {\n  entity Answers;\n  entity Holder in [Answers];\n  entity Person in "
                       "[Holder];\n  entity Data, App, Group, Place, Department, Organisation;\n";
    std::string contexts;
    for (const model::Context& context : model_.contexts)
      contexts += fmt::format("{}{}?: String", contexts.empty() ? "" : ", ", cedar_text(context.name));
    for (const FeatureId feature : base::ids(model_.features)) {
      if (!model_[feature].governed) continue;
      text += fmt::format("  action {} appliesTo {{ principal: [Person], resource: [{}], context: {{ {} }} }};\n",
                          cedar_text(model_[feature].name), type_of(model_[feature].acts_on), contexts);
    }
    return text + "}\n";
  }

  [[nodiscard]] std::string entities() const {
    JsonWriter json;
    const auto write_id = [&](std::string_view type, std::string_view id) {
      json.begin_object(JsonWriter::Layout::line);
      json.key("type").string("Farol::" + std::string(type));
      json.key("id").string(id);
      json.end_object();
    };
    json.begin_array();
    for (const auto& [name, groups] : entities_) {
      json.begin_object();
      json.key("uid");
      write_id("Holder", name);
      json.key("attrs").begin_object(JsonWriter::Layout::line);
      json.end_object();
      json.key("parents").begin_array();
      for (const std::string& group : groups) write_id("Answers", group);
      json.end_array();
      json.end_object();
    }
    json.end_array();
    return json.take();
  }

  // One line for each thing that the policy says and Cedar does not do.
  [[nodiscard]] std::string losses() const {
    std::string text =
        "Days: the policies are those of " + base::to_string(decisions_.as_of) +
        ". Export again when a rule begins or ends; an @until says when a permit has to go.\n"
        "People: whoever has no Holder as parent is allowed nothing. People with several roles need the Holder of "
        "just their combination.\n"
        "Contexts: a request that leaves a context out is allowed nothing that depends on it.\n"
        "Refusals: Cedar says that nothing permits a request, and not which rule refuses it; farol explain does.\n";
    for (const model::Rule& rule : model_.rules) {
      if (rule.from && decisions_.as_of < *rule.from)
        text += fmt::format("Begins on {}, and is not in it: {}\n", base::to_string(*rule.from), rule.reference());
      if (rule.until && decisions_.as_of <= *rule.until)
        text +=
            fmt::format("Ends after {}, which no engine sees: {}\n", base::to_string(*rule.until), rule.reference());
    }
    for (const model::ControlId control : controls_)
      text += fmt::format("Demanded by permits that @require it, and for the application to see to: {}\n",
                          model_[control].name);
    for (const model::Separation& separation : model_.separations)
      text += fmt::format("Not checked by a request, but by farol roster: {}\n",
                          separation.label.empty() ? separation.text : separation.label);
    for (const FeatureId feature : base::ids(model_.features)) {
      if (!model_[feature].governed)
        text += fmt::format("Left to the platform, without an action: {}\n", model_[feature].name);
    }
    return text;
  }

  const Model& model_;
  const Decisions& decisions_;
  std::map<std::pair<FeatureId, std::string>, std::size_t> groups_;
  std::vector<std::pair<std::string, std::vector<std::string>>> entities_;
  std::set<model::ControlId> controls_;  // that some permit requires
  std::string policies_;
};

}  // namespace

std::vector<base::OutputFile> export_cedar(const Model& model, const Decisions& decisions,
                                           const std::vector<decide::Person>& people) {
  CedarExport cedar{model, decisions};
  for (const Holder& holder : holders_of(model, people)) cedar.add(holder);
  return cedar.files();
}

}  // namespace farol::query
