#include "query/report.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "query/maker.h"

namespace farol::query {
namespace {

constexpr std::array<std::string_view, 11> names = {"assessment", "deletion", "evidence",     "inventory",
                                                    "metadata",   "notice",   "notification", "review",
                                                    "risk",       "training", "usage"};

}  // namespace

document::Document Maker::make(Kind kind) {
  switch (kind) {
    case Kind::assessment: assessment(); break;
    case Kind::deletion: deletion(); break;
    case Kind::evidence: evidence(); break;
    case Kind::inventory: inventory(); break;
    case Kind::metadata: metadata(); break;
    case Kind::notice: notice(); break;
    case Kind::notification: notification(); break;
    case Kind::review: review(); break;
    case Kind::risk: risk(); break;
    case Kind::training: training(); break;
    case Kind::usage: usage(); break;
  }
  document_.foot.push_back(say_(Phrase::report_foot));
  document_.frame.digest = digest();
  return std::move(document_);
}

void Maker::begin(Phrase title) {
  document_.title = say_(title);
  document_.lead.push_back(say_(Phrase::pair, {say_(Phrase::controller), controller()}));
  document_.lead.push_back(say_(Phrase::as_of, {base::to_string(decisions_.as_of)}));
  document_.frame.firm = controller();
  document_.frame.date = say_(Phrase::as_of, {base::to_string(decisions_.as_of)});
}

std::string Maker::controller() const {
  const std::string stated = say_.stated(model_.policy, "controller");
  return stated.empty() ? say_.label(model_.policy) : stated;
}

std::string Maker::digest() const {
  std::string all;
  for (const std::string& statement : model_.canonical) all.append(statement).append("\n");
  return base::sha256_hex(all);
}

document::Section& Maker::section(Phrase heading) {
  return document_.add_section(say_(heading));
}

void Maker::add_table(document::Section& section, const std::vector<Thing>& things,
                      const std::vector<Column>& columns) {
  document::Table table;
  for (const Column& column : columns) table.head.emplace_back(say_(column.head));
  for (const Thing thing : things) {
    std::vector<document::Cell> row;
    for (const Column& column : columns) row.emplace_back(cell(thing, column.key));
    table.rows.push_back(std::move(row));
  }
  if (table.rows.empty()) section.add(say_(Phrase::not_stated));
  section.add(std::move(table));
}

std::string Maker::cell(Thing thing, Key key) const {
  const Declared& declared = say_.things().declared(thing);
  if (key.empty()) return say_.label(declared);
  if (key == "tier") return tier_of(thing);
  if (key == "region" || key == "encryption") return by_store(thing, key);
  if (key == "retention" || key == "after" || key == "then") return kept(thing, key);
  if (key == "reach") return reach(thing);
  return say_.attribute(declared, key);
}

std::string Maker::cited(const model::Citation& citation) const {
  const std::string& law = citation.law.in(base::tag(say_.language()));
  return citation.article.empty() ? law : say_(Phrase::law_and_place, {law, citation.article});
}

std::span<const std::string_view> kinds() { return names; }

std::optional<Kind> find_kind(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Kind>(found - names.begin()));
}

document::Document make(Kind kind, const model::Model& model, const decide::Decisions& decisions, const Inputs& inputs,
                        base::Language language) {
  return Maker(model, decisions, inputs, language).make(kind);
}

}  // namespace farol::query
