#include <algorithm>
#include <optional>

#include "cli/filters.h"
#include "cli/input.h"
#include "cli/lookup.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "diag/snippet.h"
#include "document/document.h"
#include "driver/documents.h"

namespace farol::cli {
namespace {

std::optional<UsageError> read_filters(const Request& request, const model::Model& model,
                                       driver::MatrixOptions& options) {
  auto error = collect(
      request, OptionId::role, [&](const auto& name) { return look_up_role(model, name); }, options.roles);
  if (!error)
    error = collect(
        request, OptionId::feature, [&](const auto& name) { return look_up_features(model, name); }, options.features);
  if (!error)
    error = collect(
        request, OptionId::tier, [&](const auto& name) { return look_up_tier(model, name); }, options.tiers);
  if (!error)
    error = collect(
        request, OptionId::data, [&](const auto& name) { return look_up_data(model, name); }, options.data);
  return error;
}

driver::MatrixFormat matrix_format(const Request& request) {
  using driver::MatrixFormat;
  const std::string* file = request.find(OptionId::check);
  const std::string_view format = request.format(file != nullptr ? file : request.find(OptionId::output), "text");
  if (format == "md") return MatrixFormat::markdown;
  if (format == "csv") return MatrixFormat::csv;
  if (format == "xlsx") return MatrixFormat::xlsx;
  return format == "html" ? MatrixFormat::html : MatrixFormat::text;
}

// Version control on Windows may have changed the line ends.
std::string without_returns(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return text;
}

// The day that a matrix says it is of, which stands where `today` stands in one that is made now.
std::optional<base::Date> stated_day(const std::string& content, const std::string& now, base::Date today) {
  const std::string day = base::to_string(today);
  const std::size_t at = now.find(day);
  if (at == std::string::npos || content.size() < at + day.size() || content.compare(0, at, now, 0, at) != 0)
    return std::nullopt;
  return base::parse_date(content.substr(at, day.size()));
}

// A matrix does not grow stale by the calendar alone: what is decided today is compared, under the day of the file.
ExitCode compare(Context& context, const std::string& file, const driver::Compilation& compilation,
                 driver::MatrixOptions options) {
  constexpr std::size_t largest = std::size_t{64} << 20;
  const std::string path = located(context, file);
  const auto read = context.files().read(path, largest);
  if (const auto* error = std::get_if<base::FileError>(&read))
    return usage_error(context, message::cannot_read(path, message::verbatim(error->reason)));
  const std::string content = without_returns(std::get<std::string>(read));
  std::string matrix = driver::render_matrix(compilation, options);
  options.stated = stated_day(content, matrix, context.settings.as_of);
  if (options.stated && *options.stated != context.settings.as_of) matrix = driver::render_matrix(compilation, options);
  if (content == matrix) {
    print(context, said(context, message::matrix_agrees(diag::printable_text(path))));
    return ExitCode::done;
  }
  std::string again = "farol matrix";
  for (const std::string& given : context.request.arguments) again += " " + given;
  error(context, said(context, message::matrix_is_stale(path, again + " -o " + file)));
  return ExitCode::failed;
}

}  // namespace

ExitCode matrix(Context& context) {
  const Request& request = context.request;
  const std::string* file = request.find(OptionId::check);
  if (file != nullptr && output_file(context))
    return usage_error(context, "`--check` writes nothing, so it does not go with `-o`");
  const driver::Compilation compilation = compile_policy(context, policy_paths(context, request.arguments));
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;

  driver::MatrixOptions options;
  options.language = context.settings.language;
  options.format = matrix_format(request);
  options.color = file == nullptr && colors_output(context);
  options.width = output_width(context);
  options.facts = request.has(OptionId::rows);
  if (options.format == driver::MatrixFormat::xlsx) {
    if (!document::renders_workbooks())
      return usage_error(context, "this build of farol writes no workbooks; write CSV instead: -o matrix.csv");
    if (file != nullptr)
      return usage_error(context, "a workbook cannot be checked; check the matrix as Markdown or CSV instead");
    if (!output_file(context)) return usage_error(context, "a workbook is a file: farol matrix -o matrix.xlsx");
  }
  if (const auto error = read_filters(request, compilation.model, options)) return usage_error(context, error->message);
  // Whoever names a form, a file or a part wants all of it.
  options.overview = !output_file(context) && file == nullptr && !request.has(OptionId::format) &&
                     options.roles.empty() && options.features.empty() && options.tiers.empty() && options.data.empty();
  if (file != nullptr) return compare(context, *file, compilation, options);
  const std::string matrix = driver::render_matrix(compilation, options);
  if (matrix.empty() && options.format == driver::MatrixFormat::xlsx) return usage_error(context, no_workbook);
  return write(context, matrix);
}

}  // namespace farol::cli
