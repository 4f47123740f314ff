#include "diag/diagnostic.h"

#include <algorithm>

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
#define FAROL_CODE(identifier, number, name, severity, message) {Code::identifier, number, name, Severity::severity},
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

std::string_view code_text(const Diagnostic& diagnostic) {
  return diagnostic.check.empty() ? info(diagnostic.code).number : std::string_view(diagnostic.check);
}

Diagnostic make(Code code, source::Span span, std::string message) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = info(code).severity;
  diagnostic.message = std::move(message);
  diagnostic.span = span;
  return diagnostic;
}

}  // namespace farol::diag
