// The rows of a matrix in the words of one language. The document, the sheet and the page are made from this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "base/date.h"
#include "document/document.h"
#include "document/words.h"
#include "query/rows.h"

namespace farol::query {

// One answer in a cell: `✔ up to confidential¹`.
struct CellEntry {
  document::Mark mark = document::Mark::none;
  std::string on;                    // empty: everything that the feature acts on
  std::size_t note = 0;              // into `MatrixWords::notes`, from 1; 0: always, and without controls
  std::vector<model::RuleId> rules;  // the deciding ones, sorted
  std::vector<model::TierId> tiers;  // of the data that it is about, sorted; empty for what is not data

  bool operator<(const CellEntry& other) const {
    return std::tie(mark, on, note, rules, tiers) <
           std::tie(other.mark, other.on, other.note, other.rules, other.tiers);
  }
};

struct FeatureLine {
  std::string title;
  std::string name;  // empty if it is the title
  std::string kept_by;
  bool acts = false;                          // on data, apps and the like: an answer may be about some of them
  std::vector<std::vector<CellEntry>> cells;  // each different one once
  std::vector<std::uint32_t> of_role;         // by role: a position in `cells`

  [[nodiscard]] const std::vector<CellEntry>& of(std::size_t role) const { return cells[of_role[role]]; }
};

// The features of one namespace.
struct FeatureGroup {
  std::string title;
  std::vector<FeatureLine> lines;
};

// What is written below the tables.
struct Explanations {
  std::string title;
  std::string text;  // before the items; may be empty
  std::vector<std::string> items;
};

struct MatrixWords {
  std::string title, as_of;
  std::string everywhere;  // the controls that every allow requires, which notes do not repeat; empty if there are none
  std::vector<document::Mark> marks;  // those of the legend; `withheld` only if it occurs
  std::vector<std::string> roles;
  std::vector<FeatureGroup> groups;
  std::vector<std::string> notes;
  // How to read the tables, the reasons that rules give, what nobody may, what is left to the platform, and what keeps
  // what.
  std::vector<Explanations> below;
};

[[nodiscard]] MatrixWords in_words(const model::Model& model, const Rows& rows, base::Date day,
                                   const document::Words& words);
// The first part of a feature's name: `meeting` of `meeting.room.book`. Features that share it are one group.
[[nodiscard]] std::string_view group_of(const model::Feature& feature);
// What a mark says in a legend.
[[nodiscard]] base::Phrase meaning_of(document::Mark mark);
inline constexpr document::Mark marks_of_answers[] = {document::Mark::allow, document::Mark::withheld,
                                                      document::Mark::deny, document::Mark::none,
                                                      document::Mark::platform};

}  // namespace farol::query
