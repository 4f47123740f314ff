// The sheet that goes out to the owners of data and comes back with their decisions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/phrases.h"
#include "document/document.h"
#include "query/grants.h"
#include "query/removals.h"
#include "source/source_map.h"

namespace farol::query {

// For a spreadsheet: one row for each permission, with columns to fill in. What has changed is said if `compares`, who
// holds the role where that is known (null: it is not).
[[nodiscard]] document::Document make_sheet(const std::vector<Change>& changes, bool compares,
                                            const RoleHolders* holders, base::Language language);

// A line that came back.
struct ReviewAnswer {
  std::uint64_t row = 0;
  std::string sheet;  // the name of its file
  std::string permission;
  std::optional<bool> keep;  // nullopt: left open
  std::string by, remark;
  std::optional<base::Date> on;
};
// Reads a sheet in whatever language it was made. Returns a message with the row if a word is neither yes nor no, or a
// day is not one.
[[nodiscard]] std::variant<std::vector<ReviewAnswer>, std::string> read_sheet(std::string_view text,
                                                                              const std::string& name);

// The result of a review: the answers of all sheets, compared with what the policy says today.
struct Result {
  struct Line {
    ReviewedGrant grant;
    const ReviewAnswer* answer = nullptr;
    std::string before;  // of `altered`: the permission that the owner saw
  };
  std::vector<Line> kept, refused;
  std::vector<Line> open;                 // on a sheet, and not decided
  std::vector<Line> unsigned_;            // decided, but nobody says who or when
  std::vector<Line> by_holders;           // decided by who has it, without a word about that
  std::vector<Line> altered;              // on a sheet, under other terms than today
  std::vector<Line> missing;              // on no sheet
  std::vector<const ReviewAnswer*> gone;  // on a sheet, and no longer in the policy
  std::optional<base::Date> last;         // the day of the latest decision
  std::vector<Removal> removals;          // point into `tenant`
  std::optional<ReadTenant> tenant;       // where it was read

  // Every permission of today is decided, and stays: what is to be removed keeps the review open until it is gone.
  [[nodiscard]] bool complete() const { return undecided() == 0 && !is_open(); }
  // Something that is to be removed may be there still.
  [[nodiscard]] bool is_open() const {
    return std::any_of(removals.begin(), removals.end(), [](const Removal& each) { return each.is_open(); });
  }
  [[nodiscard]] std::size_t undecided() const {
    return open.size() + unsigned_.size() + by_holders.size() + altered.size() + missing.size();
  }
};
// Compares the answers with the policy of today. Returns a message if one permission was decided twice, and
// differently, or on a day that is still to come.
[[nodiscard]] std::variant<Result, std::string> hold_against(const std::vector<ReviewAnswer>& answers,
                                                             const std::vector<ReviewedGrant>& grants,
                                                             const RoleHolders* holders, const model::Model& model,
                                                             const decide::Decisions& decisions);

// A sheet that came back, as whoever reads the evidence can tell it.
struct ReadSheet {
  std::string name, digest;  // SHA-256 of its bytes
  std::size_t rows = 0;
};
// The paper of the result: the rules to look at for what is to go, and the statement that records the review.
[[nodiscard]] document::Document make_document(const Result& result, const std::vector<ReadSheet>& sheets,
                                               const model::Model& model, const decide::Decisions& decisions,
                                               const source::SourceMap& sources, base::Language language);
// The sheets, what was decided, and what became of each removal.
void add_review(document::Section& section, const Result& result, const std::vector<ReadSheet>& sheets,
                base::Language language);

}  // namespace farol::query
