#include <algorithm>
#include <array>
#include <tuple>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/blocks.h"
#include "sema/canonical.h"
#include "sema/findings.h"
#include "sema/phases.h"
#include "sema/schema_types.h"
#include "syntax/foreign_words.h"

namespace farol::sema {
namespace {

constexpr Words settable_severities = {"error", "warning", "off"};

struct EntityWithText {
  model::Entity entity;
  std::string text;
};

model::Entity make_entity(std::string_view kind, const syntax::Statement& statement, const syntax::Name* name,
                          Span kind_span, bool library, CheckedBlock block) {
  model::Entity entity;
  entity.kind = kind;
  if (name != nullptr) entity.name = name->text;
  entity.doc = statement.doc;
  entity.span = name != nullptr ? name->span : kind_span;
  entity.library = library;
  entity.title = block.localized("title");
  entity.attributes = std::move(block.attributes);
  return entity;
}

// Its keys are the names of findings, and each is given a severity. Several blocks are one: none sets what another has.
void read_severity(Resolution& resolution, const syntax::Fact& fact) {
  std::vector<AttributeSchema> settable;  // its keys are views of the block that was written, which stays
  syntax::Block known{{}, fact.block.span};
  for (const syntax::Attribute& attribute : fact.block.attributes) {
    if (!check_settable_finding(resolution, attribute.key)) continue;
    settable.push_back(word(attribute.key.text, settable_severities));
    known.attributes.push_back(attribute);
  }
  auto& all = resolution.model.severities;
  for (const model::Attribute& attribute : check_block(resolution, {"severity", settable}, &known).attributes) {
    const auto place = std::lower_bound(
        all.begin(), all.end(), attribute.key,
        [](const model::SeveritySetting& setting, const std::string& key) { return setting.finding < key; });
    if (place != all.end() && place->finding == attribute.key) {
      auto finding = diag::make(diag::Code::duplicate_name, attribute.span, message::is_set_already(attribute.key));
      finding.labels.push_back({place->span, message::the_first()});
      resolution.sink.report(std::move(finding));
      continue;
    }
    all.insert(place, {attribute.key, std::get<model::Word>(attribute.values.front()).text, attribute.span});
  }
}

void report_unknown_kind(Resolution& resolution, const syntax::Fact& fact) {
  auto finding =
      diag::make(diag::Code::unknown_name, fact.kind.span, message::unknown_thing("statement", fact.kind.text));
  std::vector<std::string_view> known = {"severity"};
  for (const BlockSchema& schema : fact_schemas()) known.push_back(schema.kind);
  for (const std::string_view each : {"data", "store", "app", "group", "place", "department", "role", "feature",
                                      "context", "control", "policy", "test"}) {
    known.push_back(each);
  }
  if (const auto meant = syntax::find_foreign_keyword(fact.kind.text, true)) {
    const std::string_view word = syntax::text_of_keyword(*meant);
    finding.help = message::keywords_are_english(std::string{word});
    finding.fixes.push_back(did_you_mean_word(fact.kind.span, word));
  } else if (const auto nearest = base::find_nearest(fact.kind.text, known)) {
    finding.fixes.push_back(did_you_mean_word(fact.kind.span, *nearest));
  }
  resolution.sink.report(std::move(finding));
}

std::optional<model::Entity> read_fact(Resolution& resolution, const Entry<syntax::Fact>& entry) {
  const syntax::Fact& fact = *entry.node;
  const syntax::Name* name = fact.name ? &*fact.name : nullptr;
  const auto make = [&](CheckedBlock block) {
    return make_entity(fact.kind.text, *entry.statement, name, fact.kind.span, entry.library, std::move(block));
  };
  if (fact.kind.text == "severity") {
    if (!entry.library) read_severity(resolution, fact);
    return std::nullopt;
  }
  const auto schemas = fact_schemas();
  const auto schema = std::find_if(schemas.begin(), schemas.end(),
                                   [&](const BlockSchema& each) { return each.kind == fact.kind.text; });
  if (schema == schemas.end()) {
    report_unknown_kind(resolution, fact);
    return std::nullopt;
  }
  return make(check_block(resolution, *schema, &fact.block));
}

}  // namespace

void read_facts(Resolution& resolution) {
  std::vector<EntityWithText> entities;
  for (const auto& store : resolution.stores) {
    const syntax::Block* block = store.node->block ? &*store.node->block : nullptr;
    entities.push_back({make_entity("store", *store.statement, &store.node->name, {}, store.library,
                                    check_block(resolution, schema_of("store"), block)),
                        {}});
  }
  for (const auto& fact : resolution.statements.of<syntax::Fact>()) {
    if (auto entity = read_fact(resolution, fact))
      entities.push_back({std::move(*entity), canonical_text(fact.statement->node)});
  }
  std::stable_sort(entities.begin(), entities.end(), [](const EntityWithText& a, const EntityWithText& b) {
    return std::tie(a.entity.name, a.entity.kind, a.text) < std::tie(b.entity.name, b.entity.kind, b.text);
  });
  for (EntityWithText& each : entities) resolution.model.entities.push_back(std::move(each.entity));
}

}  // namespace farol::sema
