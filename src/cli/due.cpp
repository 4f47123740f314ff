#include <algorithm>
#include <charconv>

#include "cli/input.h"
#include "cli/output.h"
#include "driver/calendar.h"

namespace farol::cli {
namespace {

// `30d`, `8 weeks`, `6m`, `1y`.
std::optional<base::Duration> parse_duration(std::string_view text) {
  base::Duration duration;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), duration.count);
  constexpr std::int64_t longest = 100'000;
  if (error != std::errc{} || duration.count < 0 || duration.count > longest) return std::nullopt;
  std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  while (unit.starts_with(' ')) unit.remove_prefix(1);
  using Unit = base::Duration::Unit;
  const auto is = [&](std::string_view letter, std::string_view word) {
    return unit == letter || unit == word || unit == std::string(word) + "s";
  };
  if (is("d", "day")) {
    duration.unit = Unit::days;
  } else if (is("w", "week")) {
    duration.unit = Unit::weeks;
  } else if (is("m", "month")) {
    duration.unit = Unit::months;
  } else if (is("y", "year")) {
    duration.unit = Unit::years;
  } else {
    return std::nullopt;
  }
  return duration;
}

}  // namespace

ExitCode due(Context& context) {
  const Request& request = context.request;
  const std::string* within = request.find(OptionId::within);
  const auto duration = parse_duration(within == nullptr ? "30d" : *within);
  if (!duration) return usage_error(context, "`" + *within + "` is no span of time; it is written 30d, 8w, 6m or 1y");
  const std::vector<std::string> paths = policy_paths(context, request.arguments);
  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  // A waiver that has expired is an error of the policy, and just what this verb is asked for.
  if (compilation.unreadable) return code;

  const auto ledger = read_ledger(context, compilation.model, paths);
  if (!ledger) return ExitCode::usage_error;

  const std::string_view format = request.format(nullptr, "text");
  driver::CalendarOptions options;
  options.language = context.settings.language;
  options.color = colors_output(context);
  options.within = *duration;
  if (format == "json") options.form = driver::CalendarOptions::Form::json;
  if (format == "ics") options.form = driver::CalendarOptions::Form::calendar;
  const driver::Calendar calendar = driver::render_due(compilation, options, *ledger);
  return worse(worse(code, write(context, calendar.document)), calendar.overdue ? ExitCode::failed : ExitCode::done);
}

}  // namespace farol::cli
