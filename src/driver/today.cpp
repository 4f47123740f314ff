#include "driver/today.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "diag/messages_driver.h"

namespace farol::driver {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> zones{{{"MO", "Asia/Macau"},
                                                                              {"HK", "Asia/Hong_Kong"},
                                                                              {"CN", "Asia/Shanghai"},
                                                                              {"TW", "Asia/Taipei"},
                                                                              {"SG", "Asia/Singapore"}}};

void report(const model::Attribute& attribute, const std::string& zone, base::NoDay why, diag::Sink& sink) {
  const auto known = base::built_in_zones();
  const std::vector<std::string_view> names(known.begin(), known.end());
  const bool no_such = why == base::NoDay::no_such_zone;
  auto finding = diag::make(diag::Code::bad_attribute, attribute.span,
                            no_such ? message::no_time_zone(zone) : message::time_zone_not_known_here(zone));
  finding.help = message::time_zone_help();
  if (const auto nearest = base::find_nearest(zone, names)) finding.help = message::did_you_mean(std::string{*nearest});
  sink.report(std::move(finding));
}

}  // namespace

std::string time_zone_of(const model::Model& model) {
  if (const model::Attribute* said = model.policy.find("time_zone")) {
    if (const auto* zone = std::get_if<std::string>(&said->values.front())) return *zone;
  }
  if (const model::Attribute* said = model.policy.find("jurisdiction")) {
    for (const model::Value& value : said->values) {
      const auto* word = std::get_if<model::Word>(&value);
      for (const auto& [jurisdiction, zone] : zones) {
        if (word != nullptr && word->text == jurisdiction) return std::string{zone};
      }
    }
  }
  return "UTC";
}

base::Date day_of(const model::Model& model, const Options& options, diag::Sink& sink) {
  if (!options.today_in) return options.as_of;
  const std::string zone = time_zone_of(model);
  const base::DayInZone today = options.today_in(zone);
  if (const auto* day = std::get_if<base::Date>(&today)) return options.is_today ? *day : options.as_of;
  if (const model::Attribute* said = model.policy.find("time_zone"))
    report(*said, zone, std::get<base::NoDay>(today), sink);
  return options.as_of;
}

}  // namespace farol::driver
