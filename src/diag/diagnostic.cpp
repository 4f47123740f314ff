#include "diag/diagnostic.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "diag/messages_diag.h"

namespace farol::diag {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return {};
}

const std::vector<CodeInfo>& all_codes() {
  static const std::vector<CodeInfo> codes = {
#define FAROL_CODE(identifier, number, name, severity) {Code::identifier, number, name, Severity::severity},
#include "diag/codes.def"
#undef FAROL_CODE
  };
  return codes;
}

const CodeInfo& info(Code code) { return all_codes()[static_cast<std::size_t>(code)]; }

const CodeInfo* find_code(std::string_view number_or_name) {
  const auto& codes = all_codes();
  const auto found = std::find_if(codes.begin(), codes.end(), [&](const CodeInfo& code) {
    return code.number == number_or_name || code.name == number_or_name;
  });
  return found == codes.end() ? nullptr : &*found;
}

bool is_of_change(const CodeInfo& code) { return code.number[1] == '8'; }

bool can_be_waived(const CodeInfo& code) {
  if (is_of_change(code)) return false;
  constexpr std::array<std::string_view, 4> errors = {"above-clearance", "missing-feature", "duties-not-separated",
                                                      "toxic-combination"};
  return code.severity == Severity::warning || std::find(errors.begin(), errors.end(), code.name) != errors.end();
}

bool can_be_set(const CodeInfo& code) {
  return can_be_waived(code) || (code.severity == Severity::note && !is_of_change(code));
}

bool is_name_of_check(std::string_view name) {
  return find_code(name) == nullptr &&
         std::any_of(name.begin(), name.end(), [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; });
}

Text point_of(const Witness& witness) {
  std::vector<Text> parts{witness.role, message::verbatim(witness.feature)};
  if (!witness.object.empty()) parts.push_back(witness.object);
  for (const auto& [context, value] : witness.context) parts.push_back(message::context_value(context, value));
  return message::point(std::move(parts));
}

std::string_view code_text(const Diagnostic& diagnostic) {
  return diagnostic.check.empty() ? info(diagnostic.code).number : std::string_view(diagnostic.check);
}

Diagnostic make(Code code, source::Span span, Text message) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = info(code).severity;
  diagnostic.message = std::move(message);
  diagnostic.span = span;
  return diagnostic;
}

}  // namespace farol::diag
