// Signatures: that a step was made, by whom, on which day, and with which evidence. They are kept in a plain
// CSV beside the policy, which a spreadsheet opens too. For whatever no call can read back it is all that is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/csv.h"
#include "base/date.h"
#include "base/file_system.h"
#include "base/phrases.h"
#include "model/model.h"
#include "model/reviews.h"

namespace farol::dingtalk {

inline constexpr std::string_view confirmations_file = "confirmations.csv";

// One row of the file.
struct Confirmation {
  std::uint64_t row = 0;     // as the spreadsheet counts, from 1
  std::string step;          // the id of the step, which is made of what it sets
  std::string target;        // what it sets it on: the same for the step's successors with other values
  std::string title, value;  // of the step, in the words of that day
  std::string by;
  base::Date on;
  std::string evidence;  // a path, from the folder of the file; empty: none
  std::string digest;    // of the evidence: SHA-256 in hexadecimal; empty: none
};

enum class Standing : std::uint8_t {
  open,       // nobody has confirmed the step
  current,    // somebody has, and it counts
  lapsed,     // it was too long ago
  changed,    // what was confirmed on this target is another value
  withdrawn,  // a confirmation whose target no step has any more
};

struct Status {
  Standing standing = Standing::open;
  const Confirmation* last = nullptr;  // the latest on the step's target; of `open` none
  base::Date due;                      // the last day on which it counts; of `open` nothing
};
[[nodiscard]] base::Phrase phrase_of(Standing standing);

// A step of a policy, with what is confirmed of it; or a confirmation of what is no step any more.
struct SignedStep {
  std::string id, target;
  std::string title, value;  // in one language
  std::string how;           // `api`, `console` or `people`; of what is no step nothing
  Status status;
};

// A file of confirmations, with whatever columns people have added.
class Confirmations {
 public:
  // An empty one.
  Confirmations();
  // The text of a file, or what is wrong with it and where: `row 3: …`.
  [[nodiscard]] static std::variant<Confirmations, std::string> read(std::string_view text);

  [[nodiscard]] const std::vector<Confirmation>& list() const { return list_; }
  // Of a step, by its id and its target. Rows of a later day than `as_of` do not count yet.
  [[nodiscard]] Status status_of(std::string_view step, std::string_view target, base::Date as_of,
                                 const base::Duration& period) const;

  // `row` is given by the file.
  void add(Confirmation confirmation);
  // The whole file; rows that were read come back as they were.
  [[nodiscard]] std::string write() const;

 private:
  base::CsvRows rows_;                // the head first
  std::vector<std::size_t> columns_;  // of `rows_`, by field
  std::vector<Confirmation> list_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_target_;  // their places in the list
};

// The confirmations that belong to a policy, as they count there.
struct Ledger {
  Confirmations confirmations;
  base::Original original;     // the file that they were read from
  model::ReviewPeriod period;  // a confirmation counts until the next review of access

  [[nodiscard]] bool empty() const { return confirmations.list().empty(); }
  [[nodiscard]] Status status_of(std::string_view step, std::string_view target, base::Date as_of) const {
    return confirmations.status_of(step, target, as_of, period.length);
  }
};
// "2026-11-01, Ana Wong; counts until 2027-05-01". Empty where nobody has confirmed.
[[nodiscard]] std::string in_words(const Status& status, base::Language language);

}  // namespace farol::dingtalk
