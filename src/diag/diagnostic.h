// What a stage has to say to the user, as data. Text is made once, by a renderer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "diag/text.h"
#include "source/source_map.h"

namespace farol::diag {

enum class Severity : std::uint8_t { error, warning, note };
[[nodiscard]] std::string_view to_string(Severity severity);

enum class Code : std::uint16_t {
#define FAROL_CODE(identifier, number, name, severity) identifier,
#include "diag/codes.def"
#undef FAROL_CODE
};

struct CodeInfo {
  Code code;
  std::string_view number;  // `F3001`
  std::string_view name;    // `conflict`
  Severity severity;
};
[[nodiscard]] const CodeInfo& info(Code code);
[[nodiscard]] const std::vector<CodeInfo>& all_codes();  // in the order of the registry
// Finds a code by its number or its name. Returns null if there is none.
[[nodiscard]] const CodeInfo* find_code(std::string_view number_or_name);

// Returns true for what `diff` finds: it is about two policies, and can be neither waived nor set.
[[nodiscard]] bool is_of_change(const CodeInfo& code);

// What a policy or a command line can make of a kind of finding.
enum class Setting : std::uint8_t { error, warning, off };
// Returns true for warnings, and for the errors about meaning that an organisation may live with, for a while and with
// a reason.
[[nodiscard]] bool can_be_waived(const CodeInfo& code);
// Returns true for what can be waived and for notes. All other errors stay errors whatever is set.
[[nodiscard]] bool can_be_set(const CodeInfo& code);
// The checks of packs and of organisations have names such as `MO-XFER-001`; the codes above never have capital letters
// in theirs.
[[nodiscard]] bool is_name_of_check(std::string_view name);

// A second place of the finding, and what it has to do with it.
struct Label {
  source::Span span;
  Text text;
};

struct Edit {
  source::Span span;  // what is replaced; empty to insert
  std::string text;
};

// One of several alternatives. `effect` says what applying it changes in the policy's meaning, where that is known.
struct Fix {
  Text title;
  Text effect;
  std::vector<Edit> edits;
};

// One point at which the finding can be seen.
struct Witness {
  Text role;
  std::string feature;
  Text object;                                               // empty: the feature acts on nothing
  std::vector<std::pair<std::string, std::string>> context;  // context, value
};

// Returns the point as "executive · meeting.record · restricted · device personal".
[[nodiscard]] Text point_of(const Witness& witness);

struct Diagnostic {
  Code code{};
  Severity severity{};
  Text message;
  source::Span span;  // may be no place: then `file` names what it is about, or is empty
  std::string file;
  std::string check;                    // of a failed check: its ID, which is shown for the code
  std::optional<base::Date> from;       // it is not so today: it begins on this day, which the message says
  std::optional<std::size_t> of_check;  // of a failed check: its place in the list of what the checks found
  Text title;                           // of a failed check: what all of its findings are
  std::string subject;                  // of a failed check: the first thing it is about, as people call it; or nothing
  std::vector<Label> labels;
  std::vector<Text> details;  // lines such as the cells of a conflict
  std::vector<Text> grounds;  // of a failed check: on what it rests, and where that stands
  Text help;
  std::optional<Witness> witness;
  std::vector<Fix> fixes;
  // What it is about, for waivers: sets of names, each of which is the whole of it in one respect (all its rules, all
  // its roles, all its features …). A waiver that names all of one set covers the finding.
  std::vector<std::vector<std::string>> about;

  // Returns the kind by which it is waived and set: `shadowed-rule`, or the ID of the check.
  [[nodiscard]] std::string_view kind() const { return check.empty() ? info(code).name : std::string_view(check); }
};

// Returns `F3001`, or the ID of the check.
[[nodiscard]] std::string_view code_text(const Diagnostic& diagnostic);

// Why a finding does not count: what a `waive` says.
struct Waiver {
  std::string because, by, instead;  // the last two may be empty
  std::string until;                 // a day
  source::Span span;
};
struct Waived {
  Diagnostic finding;
  std::vector<Waiver> waivers;  // together they cover it; never empty
};

// Makes a finding with the severity of the registry.
[[nodiscard]] Diagnostic make(Code code, source::Span span, Text message);

}  // namespace farol::diag
