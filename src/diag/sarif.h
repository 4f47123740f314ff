// Findings for code scanning: the Static Analysis Results Interchange Format, SARIF 2.1.0
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), within what GitHub takes of it
// (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "diag/sink.h"

namespace farol::diag {

struct SarifOptions {
  std::string_view version;  // of farol
  std::string_view home;     // of the project, an absolute URL; empty: none, and no links to pages
  // The absolute path at which farol was started: files below it are named from there, so that the document is the same
  // on every machine.
  std::string folder;
};

// One run with the findings of one policy or, one after the other, of several. It is valid whatever the policies are.
//
// - Lines and columns count code points; fixes are replacements in them.
// - `partialFingerprints.primaryLocationLineHash`, which is what GitHub tells alerts by, is made of the kind of
//   finding, its message and the text that it is about, so that it stays when lines move; alike ones are numbered.
// - What is waived is a result with a suppression. Kinds that are off are rules that are not enabled. What was counted
//   but not spelled out is a notification.
class SarifLog {
 public:
  // GitHub shows so many related locations of a result.
  static constexpr std::size_t max_related = 100;

  explicit SarifLog(SarifOptions options);
  ~SarifLog();
  SarifLog(const SarifLog&) = delete;
  SarifLog& operator=(const SarifLog&) = delete;

  // Adds the findings of one policy, in the language for it: a policy may ask for one of its own. `complete` says that
  // every input could be read.
  void add(const source::SourceMap& sources, const Sink& sink, bool complete,
           base::Language language = base::Language::en);
  // Returns the document with two-space indent and a final new line.
  [[nodiscard]] std::string document() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace farol::diag
