// One paper that is being made. For the .cpp files of this folder only.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "query/report.h"
#include "query/wording.h"

namespace farol::query {

using base::Phrase;
using check::Thing;

// The words of severities, by their number.
inline constexpr std::array<std::string_view, 3> severities = {"error", "warning", "note"};

struct Paper {
  Paper(const model::Model& its_model, const decide::Decisions& its_decisions, const Inputs& its_inputs,
        base::Language language);

  document::Section& section(Phrase heading) { return document.add_section(say(heading)); }

  const model::Model& model;
  const decide::Decisions& decisions;
  const Inputs& inputs;
  Wording say;
  std::vector<Thing> personal;  // the classes of data that are about people
  document::Document document;
  const std::vector<Thing>* only =
      nullptr;  // of the data that a fact is about, a part of the paper names these; null: all
};

struct Column {
  Phrase head;
  std::string_view key;  // of the attribute; empty: the thing itself
};
// A section with a row for each thing; it says "not stated" if there is none.
[[nodiscard]] document::Section table_section(const Paper& paper, Phrase heading, const std::vector<Thing>& things,
                                              std::initializer_list<Column> columns);
void add_table(Paper& paper, Phrase heading, const std::vector<Thing>& things, std::initializer_list<Column> columns);
// What a column shows of a thing. Some keys are looked up in what covers a class of data: its store, its retention.
[[nodiscard]] std::string cell_of(const Paper& paper, Thing thing, std::string_view key);
[[nodiscard]] std::string controller_of(const Paper& paper);
// How a check stands, and on how many things it looked.
[[nodiscard]] std::string in_words(const Paper& paper, const check::CheckResult& result);
// `Law 8/2005, article 23`
[[nodiscard]] std::string cited(const Paper& paper, const model::Citation& citation);
// Returns true if the role may use the feature on the object in some context.
[[nodiscard]] bool may(const Paper& paper, model::RoleId role, model::FeatureId feature, model::ObjectId object);
// What a role may do to an object, by the titles of the features.
[[nodiscard]] std::vector<std::string> allowed(const Paper& paper, model::RoleId role, model::ObjectId object);
// Returns true if a fact names one of the classes of data in its `data`.
[[nodiscard]] bool is_about(const Paper& paper, Thing fact, const std::vector<Thing>& data);
// Adds a general description of the safeguards, from what the policy really decides and requires.
void add_measures(const Paper& paper, document::Section& section);

// The ten items of article 23 of Law 8/2005 for some classes of data, numbered.
[[nodiscard]] std::vector<document::Section> article_23(Paper& paper, const std::vector<Thing>& data);
// Those that are given some of the data, and those that run a store of it.
[[nodiscard]] std::vector<Thing> processors_of(const Paper& paper, const std::vector<Thing>& data);
// The facts of a kind that cover a class of data.
[[nodiscard]] std::vector<Thing> covering(const Paper& paper, std::string_view kind, Thing data);

// Each fills a paper that has its title already.
void write_applicability(Paper& paper);
void write_approvals(Paper& paper);
void write_assessment(Paper& paper);
void write_deletion(Paper& paper);
void write_evidence(Paper& paper);
void write_incidents(Paper& paper);
void write_inventory(Paper& paper);
void write_metadata(Paper& paper);
void write_notice(Paper& paper);
void write_notification(Paper& paper);
void write_processors(Paper& paper);
void write_requests(Paper& paper);
void write_review(Paper& paper);
void write_risk(Paper& paper);
void write_training(Paper& paper);
void write_usage(Paper& paper);

}  // namespace farol::query
