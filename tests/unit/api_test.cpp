// The installed interface, used as a program of somebody else would.
#include <algorithm>

#include <doctest/doctest.h>

#include <farol/farol.h>

namespace api_test {

namespace {

const std::string policy = "farol 1\nuse dingtalk 2026.11\nrole staff\nallow staff to meeting.join\n";
const farol::Options options{.as_of = "2026-11-23", .root = ""};

}  // namespace

TEST_CASE("a policy that is clean gives its documents") {
  const farol::Policy compiled = farol::Policy::from_text(policy, options);
  CHECK(compiled.ok());
  CHECK(compiled.diagnostics().empty());
  CHECK(compiled.permissions_json().value().find("\"meeting.join\"") != std::string::npos);
  CHECK(compiled.steps_json().value().find("farol-steps-1") != std::string::npos);
  CHECK(compiled.matrix_markdown("pt").has_value());
  CHECK_FALSE(compiled.matrix_markdown("fr").has_value());
}

TEST_CASE("a policy with an error gives findings and no document") {
  const farol::Policy compiled = farol::Policy::from_text(policy + "allow stuff to meeting.join\n", options);
  CHECK_FALSE(compiled.ok());
  CHECK_FALSE(compiled.permissions_json().has_value());
  CHECK_FALSE(compiled.steps_json().has_value());
  REQUIRE(compiled.diagnostics().size() == 1);
  const farol::Diagnostic& finding = compiled.diagnostics().front();
  CHECK(finding.name == "unknown-name");
  CHECK(finding.severity == farol::Severity::error);
  CHECK(finding.range.file == "<stdin>");
  CHECK(finding.range.start.line == 5);
  CHECK(finding.range.start.column == 7);
}

TEST_CASE("what cannot be read, and a day that is none, are findings too") {
  CHECK_FALSE(farol::Policy::from_paths({"/no/such/file.farol"}, options).ok());
  const farol::Policy undated = farol::Policy::from_text(policy, {.as_of = "tomorrow", .root = ""});
  CHECK_FALSE(undated.ok());
  CHECK(undated.diagnostics().size() == 1);
}

}  // namespace api_test
