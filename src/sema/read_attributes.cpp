#include <algorithm>
#include <array>

#include "base/sorted.h"
#include "diag/messages_sema.h"
#include "model/contexts.h"
#include "sema/blocks.h"
#include "sema/phases.h"
#include "sema/schema_types.h"

namespace farol::sema {
namespace {

const syntax::Block* block_of(const std::optional<syntax::Block>& block) { return block ? &*block : nullptr; }

// The index of the word that an attribute has, in the order of an enumeration.
template <class Enumeration, std::size_t count>
void read_enumeration(const CheckedBlock& block, std::string_view key, Enumeration& value) {
  const model::Attribute* attribute = block.find(key);
  if (attribute == nullptr) return;
  const std::string& text = std::get<model::Word>(attribute->values.front()).text;
  for (std::size_t i = 0; i < count; ++i) {
    if (to_string(static_cast<Enumeration>(i)) == text) value = static_cast<Enumeration>(i);
  }
}

bool is_yes(const CheckedBlock& block, std::string_view key) {
  const model::Attribute* attribute = block.find(key);
  return attribute != nullptr && std::get<bool>(attribute->values.front());
}

void keep(CheckedBlock block, model::Declared& declared) {
  declared.title = block.localized("title");
  declared.attributes = std::move(block.attributes);
}

bool is_declared_twice(Resolution& resolution, const model::Declared& declared) {
  const Symbol* symbol = resolution.names.find(declared.name);
  return symbol != nullptr && symbol->twice;
}

void read_role(Resolution& resolution, const Entry<syntax::Declaration>& origin, model::Role& role) {
  CheckedBlock block = check_block(resolution, schema_of("role"), block_of(origin.node->block));
  role.admin = is_yes(block, "admin");
  if (const model::Attribute* clearance = block.find("clearance")) {
    const Symbol* tier = resolution.names.find(std::get<model::Reference>(clearance->values.front()).name);
    role.clearance = model::TierId{tier->index};
  }
  role.uncertain = block.is_wrong("admin") || block.is_wrong("clearance") || is_declared_twice(resolution, role);
  keep(std::move(block), role);
}

// The indices of the things of a kind that an attribute names, sorted.
template <class Id>
std::vector<Id> named_in(Resolution& resolution, const CheckedBlock& block, std::string_view key, Kind kind) {
  std::vector<Id> ids;
  const model::Attribute* attribute = block.find(key);
  if (attribute == nullptr) return ids;
  for (const model::Value& value : attribute->values) {
    const Symbol* symbol = resolution.names.find(std::get<model::Reference>(value).name);
    if (symbol->kind == kind) ids.push_back(Id{symbol->index});
  }
  base::sort_unique(ids);
  return ids;
}

void read_feature(Resolution& resolution, const Entry<syntax::Declaration>& origin, model::Feature& feature) {
  CheckedBlock block = check_block(resolution, schema_of("feature"), block_of(origin.node->block));
  read_enumeration<model::ActsOn, model::acts_on_count>(block, "acts_on", feature.acts_on);
  read_enumeration<model::KeptBy, 4>(block, "kept_by", feature.kept_by);
  feature.privileged = is_yes(block, "privileged");
  feature.uncertain =
      block.is_wrong("acts_on") || block.is_wrong("privileged") || is_declared_twice(resolution, feature);
  feature.needs = named_in<model::FeatureId>(resolution, block, "needs", Kind::feature);
  feature.needs_controls = named_in<model::ControlId>(resolution, block, "needs", Kind::control);
  feature.excludes = named_in<model::FeatureId>(resolution, block, "excludes", Kind::feature);
  feature.excludes_controls = named_in<model::ControlId>(resolution, block, "excludes", Kind::control);
  // A wrong list of controls must not forbid one.
  if (block.is_wrong("controls"))
    std::erase_if(block.attributes, [](const auto& each) { return each.key == "controls"; });
  if (block.find("controls") != nullptr && !block.is_wrong("controls"))
    feature.controls = named_in<model::ControlId>(resolution, block, "controls", Kind::control);
  keep(std::move(block), feature);
}

void read_context(Resolution& resolution, const Entry<syntax::ContextDeclaration>& origin, model::Context& context) {
  std::vector<AttributeSchema> titles;
  std::unordered_map<std::string_view, Span> seen;
  for (const syntax::Name& value : origin.node->values) {
    const auto [first, is_new] = seen.emplace(value.text, value.span);
    if (is_new) {
      titles.push_back(text(value.text));
      context.values.push_back(value.text);
      continue;
    }
    auto finding = diag::make(diag::Code::duplicate_name, value.span, message::value_given_twice(value.text));
    finding.labels.push_back({first->second, message::the_first()});
    resolution.sink.report(std::move(finding));
  }
  if (context.values.size() > model::max_combinations) {
    resolution.report(diag::Code::too_large, origin.node->name.span,
                      message::too_many_values(context.name, model::max_combinations));
  }
  CheckedBlock block = check_block(resolution, schema_of("context"), block_of(origin.node->block), titles);
  for (const std::string& value : context.values) context.value_titles.push_back(block.localized(value));
  keep(std::move(block), context);
}

// Titles alone, by the names of the tiers. The points that stand for the tiers' data are called as they are.
void read_tiers(Resolution& resolution) {
  if (resolution.tiers.empty()) return;
  model::Model& model = resolution.model;
  std::vector<AttributeSchema> titles;
  for (const model::Tier& tier : model.tiers) titles.push_back(text(tier.name));
  CheckedBlock block =
      check_block(resolution, schema_of("tiers"), block_of(resolution.tiers.front().node->block), titles);
  for (std::size_t i = 0; i < model.tiers.size(); ++i) {
    model.tiers[i].title = block.localized(model.tiers[i].name);
    model.objects[i].title = model.tiers[i].title;
  }
}

void read_policy(Resolution& resolution) {
  for (const auto& origin : resolution.statements.of<syntax::PolicyDeclaration>()) {
    if (origin.library) continue;
    CheckedBlock block = check_block(resolution, schema_of("policy"), block_of(origin.node->block));
    model::Declared& policy = resolution.model.policy;
    if (!policy.name.empty()) continue;  // a second one is only checked
    policy.name = origin.node->title.text;
    policy.doc = origin.statement->doc;
    policy.span = origin.node->title.span;
    keep(std::move(block), policy);
    if (policy.title.text.empty()) policy.title.text = policy.name;
  }
}

void read_objects(Resolution& resolution) {
  constexpr std::array<std::string_view, model::acts_on_count> schemas = {"data",  "",           "app", "group",
                                                                          "place", "department", ""};
  for (std::size_t i = 0; i < resolution.objects.size(); ++i) {
    if (resolution.objects[i].node == nullptr) continue;
    model::Object& object = resolution.model.objects[i];
    const BlockSchema& schema = schema_of(schemas[static_cast<std::size_t>(object.kind)]);
    keep(check_block(resolution, schema, block_of(resolution.objects[i].node->block)), object);
  }
}

}  // namespace

void read_attributes(Resolution& resolution) {
  model::Model& model = resolution.model;
  read_policy(resolution);
  read_tiers(resolution);
  for (std::size_t i = 0; i < model.roles.size(); ++i) read_role(resolution, resolution.roles[i], model.roles[i]);
  for (std::size_t i = 0; i < model.features.size(); ++i)
    read_feature(resolution, resolution.features[i], model.features[i]);
  for (std::size_t i = 0; i < model.contexts.size(); ++i)
    read_context(resolution, resolution.contexts[i], model.contexts[i]);
  for (std::size_t i = 0; i < model.controls.size(); ++i) {
    CheckedBlock block = check_block(resolution, schema_of("control"), block_of(resolution.controls[i].node->block));
    const model::Attribute* of = block.find("of");
    model.controls[i].of_account = of != nullptr && std::get<model::Word>(of->values.front()).text == "account";
    model.controls[i].excludes = named_in<model::ControlId>(resolution, block, "excludes", Kind::control);
    keep(std::move(block), model.controls[i]);
  }
  read_objects(resolution);
}

}  // namespace farol::sema
