#include "cli/context.h"

#include <string_view>
#include <utility>
#include <vector>

#include "cli/input.h"
#include "diag/diagnostic.h"
#include "diag/messages_cli.h"

namespace farol::cli {
namespace {

std::optional<UsageError> read_days(const Request& request, const std::string& days, Settings& settings) {
  const std::size_t dots = request.verb->name == "diff" ? days.find("..") : std::string::npos;
  std::vector<std::string> parts{days};
  if (dots != std::string::npos) parts = {days.substr(0, dots), days.substr(dots + 2)};
  for (const std::string& part : parts) {
    if (!base::parse_date(part)) return UsageError{sentence(message::not_a_day_written(part), settings.spoken)};
  }
  settings.as_of = *base::parse_date(parts.back());
  settings.is_today = false;
  if (parts.size() == 2) settings.as_of_before = base::parse_date(parts.front());
  return std::nullopt;
}

std::optional<UsageError> set_severity(const std::string& name, diag::Setting setting, Settings& settings) {
  const diag::CodeInfo* code = diag::find_code(name);
  if (code == nullptr && !diag::is_name_of_check(name)) {
    std::vector<std::string_view> settable;
    for (const diag::CodeInfo& each : diag::all_codes()) {
      if (can_be_set(each)) settable.push_back(each.name);
    }
    return UsageError{sentence(with_suggestion(message::no_such_finding(name), name, settable), settings.spoken)};
  }
  if (code != nullptr && !can_be_set(*code))
    return UsageError{sentence(message::stays_an_error(std::string(code->name)), settings.spoken)};
  const std::string kind{code == nullptr ? std::string_view(name) : code->name};
  if (settings.severities.try_emplace(kind, setting).first->second != setting)
    return UsageError{sentence(message::set_twice(kind), settings.spoken)};
  return std::nullopt;
}

}  // namespace

base::Language language_of_locale(std::string_view locale) {
  using base::Language;
  const std::string_view tag = locale.substr(0, locale.find_first_of(".@"));
  if (tag.starts_with("pt")) return Language::pt;
  if (!tag.starts_with("zh")) return Language::en;
  for (const std::string_view place : {"MO", "HK", "TW", "Hant"}) {
    if (tag.find(place) != std::string_view::npos) return Language::zh_hant;
  }
  return Language::zh_hans;
}

std::variant<Settings, UsageError> read_settings(const Request& request, const Environment& environment) {
  Settings settings;
  settings.spoken = environment.language;
  settings.as_of = base::day_in_utc(environment.now);
  const bool has_form = request.verb->find_option("format") != nullptr;
  const bool is_text = !has_form || request.format(nullptr, "text") == "text";
  if (request.verb->answers && is_text && !request.has(OptionId::output)) settings.language = environment.language;
  if (const std::string* tag = request.find(OptionId::lang))
    settings.language = settings.spoken = base::parse_language(*tag).value_or(base::Language::en);
  if (const std::string* days = request.find(OptionId::as_of)) {
    if (auto problem = read_days(request, *days, settings)) return std::move(*problem);
  }
  for (const OptionId id : {OptionId::directory, OptionId::root}) {
    const std::string* folder = request.find(id);
    if (folder == nullptr) continue;
    const std::string path = id == OptionId::directory ? *folder : located(request, *folder);
    if (!environment.files.is_directory(path))
      return UsageError{sentence(message::not_a_folder(*folder), settings.spoken)};
  }
  for (const auto& [id, setting] : {std::pair(OptionId::error, diag::Setting::error),
                                    {OptionId::warn, diag::Setting::warning},
                                    {OptionId::off, diag::Setting::off}}) {
    for (const std::string& name : request.names(id)) {
      if (auto problem = set_severity(name, setting, settings)) return std::move(*problem);
    }
  }
  return settings;
}

}  // namespace farol::cli
