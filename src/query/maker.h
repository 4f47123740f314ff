// One paper that is being made. For the .cpp files of this folder only.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "query/report.h"
#include "query/wording.h"

namespace farol::query {

using base::Phrase;
using check::Thing;
using model::Declared;

// By what a check counts as.
inline constexpr std::array<std::string_view, 3> severities = {"error", "warning", "note"};

class Maker {
 public:
  Maker(const model::Model& model, const decide::Decisions& decisions, const Inputs& inputs, base::Language language)
      : model_(model), decisions_(decisions), inputs_(inputs), findings_(inputs.findings), say_(model, language) {
    document_.language = language;
    for (const Thing thing : say_.things().of_kind("data")) {
      std::vector<check::Item> personal;
      say_.things().append(thing, "personal", personal);
      if (personal.front() == check::Item{true}) personal_.push_back(thing);
    }
  }

  document::Document make(Kind kind);

 private:
  using Key = std::string_view;
  struct Column {
    Phrase head;
    Key key;  // of the attribute; empty: the thing itself
  };

  void begin(Phrase title);
  [[nodiscard]] std::string controller() const;
  [[nodiscard]] std::string digest() const;
  document::Section& section(Phrase heading);

  // One row for each thing; "not stated" in words where there is none at all.
  void add_table(document::Section& section, const std::vector<Thing>& things, const std::vector<Column>& columns);
  [[nodiscard]] std::string cell(Thing thing, Key key) const;
  [[nodiscard]] std::string tier_of(Thing thing) const;

  // What the stores of a data class say; of a store or a processor its own.
  [[nodiscard]] std::string by_store(Thing thing, Key key) const;

  // Of the data class itself, or of the `retention` that covers it.
  [[nodiscard]] std::string kept(Thing thing, Key key) const;
  [[nodiscard]] std::vector<Thing> covering(std::string_view kind, Thing data) const;

  // The roles that may see the data or change it, by some feature and in some context.
  [[nodiscard]] std::string reach(Thing thing) const;

  // --- The papers ---

  void inventory();
  void deletion();
  void metadata();
  void risk();
  void training();
  void notice();

  // The ten items of article 23 of Law 8/2005.
  void article_23();

  // A general description, from what the policy really decides and requires.
  void measures(document::Section& part);
  void notification();
  void assessment();
  [[nodiscard]] std::string cited(const model::Citation& citation) const;

  // What a role may do to an object, by the titles of the features.
  [[nodiscard]] std::vector<std::string> allowed(model::RoleId role, model::ObjectId object) const;

  // A sheet for each owner of data, with columns to fill in by hand.
  void review();
  void add_changes(const std::string& owner);

  // What people are told: reasons of what is refused, safeguards, and what each role may do.
  void usage();

  // What was checked, with which result, and what the other papers were on that day.
  void evidence();

  // What somebody has signed, and how many steps nobody has.
  void add_confirmations(document::Section& part);
  void add_results(document::Section& part);

  const model::Model& model_;
  const decide::Decisions& decisions_;
  const Inputs& inputs_;
  const check::CheckFindings& findings_;
  Wording say_;
  std::vector<Thing> personal_;
  document::Document document_;
};

}  // namespace farol::query
