// include/farol/farol.h by way of the pipeline: every type of ours becomes one of the standard library here.
#include <farol/farol.h>

#include "base/version.h"
#include "diag/messages_driver.h"
#include "driver/documents.h"
#include "driver/driver.h"

namespace farol {
namespace {

Position to_public(source::Position position) { return {position.line, position.column, position.offset}; }

Range to_public(const source::SourceMap& sources, source::Span span, const std::string& file = {}) {
  if (span.is_none()) return {file, {}, {}};
  return {sources.name(span.source), to_public(sources.position(span.source, span.begin)),
          to_public(sources.position(span.source, span.end))};
}

Severity to_public(diag::Severity severity) {
  switch (severity) {
    case diag::Severity::error: return Severity::error;
    case diag::Severity::warning: return Severity::warning;
    case diag::Severity::note: return Severity::note;
  }
  return Severity::error;
}

Diagnostic to_public(const source::SourceMap& sources, const diag::Diagnostic& diagnostic) {
  const diag::CodeInfo& code = diag::info(diagnostic.code);
  Diagnostic result;
  result.code = code.number;
  result.name = code.name;
  result.severity = to_public(diagnostic.severity);
  result.message = sentence(diagnostic.message);
  result.range = to_public(sources, diagnostic.span, diagnostic.file);
  for (const diag::Label& label : diagnostic.labels)
    result.labels.push_back({to_public(sources, label.span), sentence(label.text)});
  result.details = sentences(diagnostic.details);
  result.help = sentence(diagnostic.help);
  for (const diag::Fix& fix : diagnostic.fixes) {
    Fix& made = result.fixes.emplace_back(Fix{sentence(fix.title), sentence(fix.effect), {}});
    for (const diag::Edit& edit : fix.edits) made.edits.push_back({to_public(sources, edit.span), edit.text});
  }
  return result;
}

}  // namespace

struct Policy::Content {
  driver::Compilation compilation;
  std::vector<Diagnostic> diagnostics;
  bool has_day = true;

  Content(driver::Options options, const Options& wanted) {
    const auto day = base::parse_date(wanted.as_of);
    has_day = day.has_value();
    options.as_of = day.value_or(base::Date{});
    options.load.root = wanted.root;
    options.today_in = [](std::string_view zone) { return base::day_in(base::DiskFileSystem{}, zone, {}); };
    compilation = driver::compile(base::DiskFileSystem{}, options);
    if (!has_day) {
      compilation.sink.report(
          diag::make(diag::Code::bad_attribute, {}, diag::message::not_a_day_written(wanted.as_of)));
    }
    for (const diag::Diagnostic& found : compilation.sink.sorted(compilation.sources))
      diagnostics.push_back(to_public(compilation.sources, found));
  }
};

Policy::Policy(std::unique_ptr<Content> content) : content_(std::move(content)) {}
Policy::Policy(Policy&& other) noexcept = default;
Policy& Policy::operator=(Policy&& other) noexcept = default;
Policy::~Policy() = default;

Policy Policy::from_paths(const std::vector<std::string>& paths, const Options& options) {
  driver::Options made;
  made.load.paths = paths;
  return Policy{std::make_unique<Content>(std::move(made), options)};
}

Policy Policy::from_text(std::string_view text, const Options& options) {
  driver::Options made;
  made.load.paths = {"-"};
  made.load.standard_input = text;
  return Policy{std::make_unique<Content>(std::move(made), options)};
}

const std::vector<Diagnostic>& Policy::diagnostics() const { return content_->diagnostics; }

bool Policy::ok() const { return content_->compilation.may_write(); }

std::optional<std::string> Policy::permissions_json() const {
  if (!ok()) return std::nullopt;
  return driver::permissions_json(content_->compilation);
}

std::optional<std::string> Policy::steps_json() const {
  if (!ok()) return std::nullopt;
  return driver::steps_json(content_->compilation);
}

std::optional<std::string> Policy::matrix_markdown(std::string_view language) const {
  const auto known = base::parse_language(language);
  if (!ok() || !known) return std::nullopt;
  driver::MatrixOptions options;
  options.language = *known;
  options.format = driver::MatrixFormat::markdown;
  return driver::render_matrix(content_->compilation, options);
}

std::string version() { return std::string{base::version}; }

}  // namespace farol
