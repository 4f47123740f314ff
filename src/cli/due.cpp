#include <algorithm>
#include <charconv>

#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "document/document.h"
#include "driver/confirmations.h"
#include "query/due.h"

namespace farol::cli {
namespace {

// Reads `30d`, `8 weeks`, `6m` or `1y`. Returns nullopt if the text is no span of time.
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
  if (!duration) return usage_error(context, message::no_span_of_time(*within));
  const std::vector<std::string> paths = policy_paths(context, request.arguments);
  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  // A waiver that has expired is an error of the policy, and just what this verb is asked for.
  if (compilation.unreadable) return code;

  const auto ledger = read_ledger(context, compilation.model, paths);
  if (!ledger) return ExitCode::usage_error;

  const base::Language language = context.settings.language;
  const model::Model& model = compilation.model;
  const base::Date as_of = compilation.decisions.as_of, last = base::add(as_of, *duration);
  // Steps are those of a policy that may be written.
  std::vector<dingtalk::SignedStep> confirmed;
  if (!ledger->empty() && compilation.may_write())
    confirmed = driver::signed_steps(compilation, *ledger, language, false);
  const auto items = query::find_due(model, compilation.sources, as_of, last, confirmed);
  const query::RenderOptions render{language, as_of, last};
  const std::string_view format = request.format(request.find(OptionId::output), "text");
  const std::string document =
      format == "ics"    ? render_calendar(items, model, compilation.sources, render)
      : format == "json" ? render_json(items, model, compilation.sources, render)
      : format == "html" ? query::due_page(items, model, compilation.sources, render)
                         : document::render_text(query::document_of(items, model, compilation.sources, render),
                                                 {colors_output(context)});
  const bool overdue = std::any_of(items.begin(), items.end(), [](const query::Item& item) { return item.overdue; });
  return worse(worse(code, write(context, document)), overdue ? ExitCode::failed : ExitCode::done);
}

}  // namespace farol::cli
