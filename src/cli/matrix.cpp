#include <algorithm>
#include <optional>

#include "cli/filters.h"
#include "cli/lookup.h"
#include "cli/session.h"
#include "diag/snippet.h"
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

// Where it is not said, the name of the file decides.
driver::MatrixFormat format_of(const Session& session) {
  using driver::MatrixFormat;
  const std::string* format = session.request().find(OptionId::format);
  if (format == nullptr) format = session.request().find(OptionId::check);
  if (format == nullptr) format = session.request().find(OptionId::output);
  if (format == nullptr) return MatrixFormat::text;
  const std::string ending = format->substr(format->rfind('.') + 1);
  if (ending == "md") return MatrixFormat::markdown;
  if (ending == "csv") return MatrixFormat::csv;
  return ending == "html" ? MatrixFormat::html : MatrixFormat::text;
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
ExitCode compare(Session& session, const std::string& file, const driver::Compilation& compilation,
                 driver::MatrixOptions options) {
  constexpr std::size_t largest = std::size_t{64} << 20;
  const std::string path = session.located(file);
  const auto read = session.files().read(path, largest);
  if (const auto* error = std::get_if<base::FileError>(&read))
    return session.refuse("cannot read `" + path + "`: " + error->reason);
  const std::string content = without_returns(std::get<std::string>(read));
  std::string matrix = driver::render_matrix(compilation, options);
  options.stated = stated_day(content, matrix, session.as_of());
  if (options.stated && *options.stated != session.as_of()) matrix = driver::render_matrix(compilation, options);
  if (content == matrix) {
    session.say(diag::printable_text(path) + " is what the policy says");
    return done;
  }
  std::string again = "farol matrix";
  for (const std::string& given : session.request().arguments) again += " " + given;
  session.complain("`" + path + "` is stale: the policy says something else; to write it again: " + again + " -o " +
                   file);
  return no;
}

}  // namespace

int matrix(Session& session) {
  const Request& request = session.request();
  const std::string* file = request.find(OptionId::check);
  if (file != nullptr && session.output_file())
    return session.refuse("`--check` writes nothing, so it does not go with `-o`");
  const driver::Compilation compilation = session.compile(session.policy_paths(request.arguments));
  const ExitCode code = session.report_errors(compilation);
  if (!compilation.may_write()) return code;

  driver::MatrixOptions options;
  options.language = session.language();
  options.format = format_of(session);
  options.color = file == nullptr && session.colors_output();
  options.width = session.width();
  if (const auto error = read_filters(request, compilation.model, options)) return session.refuse(error->message);
  return file == nullptr ? session.write(driver::render_matrix(compilation, options))
                         : compare(session, *file, compilation, options);
}

}  // namespace farol::cli
