// Checks, typed: every name in them has been looked up, every variable numbered. See docs/language.md, "Checks".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/values.h"

namespace farol::model {

struct CheckExpression;

// `data d where …`: each declared thing of a kind, in the order of the names.
struct CheckRange {
  std::string kind;  // `data`, `role`, `transfer` …
  std::uint32_t variable = 0;
  std::vector<CheckExpression> filter;  // one, or none: all of them
};

// A set of values: none where an attribute is left out, several where it has several.
struct CheckTerm {
  enum class Form : std::uint8_t { path, constants, today, new_year, shifted };
  Form form = Form::path;
  std::uint32_t variable = 0;     // of `path`
  std::vector<std::string> keys;  // of `path`: attributes, the first one of the variable
  bool yes_no = false;            // the last key is a yes/no, and counts as no where it is left out
  std::vector<Value> values;      // of `constants`; a Reference is a declared thing, or one that a pack only knows of
  std::vector<CheckTerm> parts;   // of `shifted`: a duration and a date
  bool after = false;             // of `shifted`
};

struct CheckExpression {
  enum class Form : std::uint8_t {
    all_of,
    any_of,
    negation,
    some,
    count,          // how many there are, against `bound`
    truth,          // a yes/no is yes
    equal,          // the two terms have a value in common, or both have none
    absent,         // the term has no value
    order,          // some value of the first stands so to some value of the second
    allows,         // role, feature[, object]: allowed in some context (on some object)
    always_allows,  // in all contexts (on all objects)
    // feature[, object]: allowed to people without a role, to a role that everybody holds, or to every role there is,
    // if there are two at least.
    open_to_all,
    mentions,   // some text of the first term has one of the words of the second in it, in whatever case
    requires_,  // role, feature[, object], control: wherever it is allowed, the control is required
  };
  enum class Order : std::uint8_t { above, below, before, after, at_most, at_least, exactly };
  Form form = Form::truth;
  std::vector<CheckExpression> children;  // of the first three
  std::vector<CheckRange> range;          // of `some` and `count`: one
  std::vector<CheckTerm> terms;           // of `count`: what the things say is counted, each once; none: the things
  Order order = Order::exactly;
  std::uint64_t bound = 0;
};

struct Citation {
  Localized law;  // or standard, decision, guide
  std::string article, url;
  std::optional<base::Date> checked;  // the day on which somebody looked it up
  std::optional<base::Date> dated;    // of the text that was looked up
  std::string note;                   // how it was read, or what it says in short
  std::string read;                   // what was read of it: `text`, `authority`, `titles`, `secondary`, `none`
};

// What a policy says in the place of a `limit` or `words` of a pack.
struct Parameter {
  std::string pack, name;
  std::string standard, value;  // of the pack, and here, as they are written
  Localized because;
  Span span;
};

// One rule of a pack, or of the organisation's own.
struct Check {
  enum class Severity : std::uint8_t { error, warning, note };
  std::string id;    // `MO-XFER-001`
  std::string pack;  // empty: the organisation's own
  Severity severity = Severity::error;
  Localized title, message, remedy;
  std::string basis;       // `law`, `regulator`, `standard`, `guidance`, `good_practice`, `article_claim`
  std::string confidence;  // A, B or C
  std::vector<Citation> citations;
  std::string claim;        // of the article that the product starts from: its number in docs/compliance.md
  std::uint64_t first = 0;  // where a small firm starts: 1, 2, 3 …; 0: not there
  std::string reviewed_by;  // who has put their name to it
  std::optional<base::Date> in_force, until;  // the days on which it holds, both included
  std::vector<std::string> settings;          // the `limit` and `words` that it names, by their names; sorted
  std::vector<CheckRange> ranges;
  CheckExpression expected;
  // `expect no KIND x`: the range, whose members in a finding are what the message calls x.
  std::vector<CheckRange> unexpected;
  std::vector<std::pair<std::string, std::string>> variables;  // name and kind, by number
  bool asks_decisions = false;                                 // `allows`, `always_allows` or `requires` stands in it
  Span span;                                                   // of the id
};

// What stands between the braces of a message, `d.title` for instance: without blanks. Other braces are text.
[[nodiscard]] inline bool is_placeholder(std::string_view between) {
  return !between.empty() && between.find(' ') == std::string_view::npos;
}

}  // namespace farol::model
