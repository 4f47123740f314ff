#include "target/dingtalk/settings_of_policy.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "target/dingtalk/console_words.h"
#include "target/dingtalk/step_kinds.h"

namespace farol::dingtalk {
namespace {

using Document = PermissionsDocument;

// What comes first in a menu, but for the places that everything is in: the console itself and the workbench.
std::string area_of(std::string_view menu) {
  constexpr std::string_view further = " > ";
  for (const std::string_view place : {"钉钉管理后台", "工作台"}) {
    if (menu.starts_with(place) && menu.substr(place.size()).starts_with(further))
      menu.remove_prefix(place.size() + further.size());
  }
  return std::string(menu.substr(0, std::min(menu.find(further), menu.find("；"))));
}

class Settings {
 public:
  Settings(const model::Model& model, base::Language language) : model_(model), language_(language) {}

  void add(const Step& step) {
    if (step.kind == StepKind::people) return;
    Document::Setting setting = place_of_step(step);
    const std::string area = area_of(setting.menu);
    const auto key = std::tuple{setting.menu, setting.setting, setting.what, setting.set_by};
    const auto known = places_.find(key);
    if (known != places_.end()) {
      Document::Setting& whole = areas_[known->second.first].settings[known->second.second];
      whole.steps.push_back(step.id);
      add_wanted(step, whole);
      return;
    }
    setting.steps.push_back(step.id);
    add_wanted(step, setting);
    auto found =
        std::find_if(areas_.begin(), areas_.end(), [&](const Document::Area& each) { return each.area == area; });
    if (found == areas_.end()) found = areas_.insert(found, {area, gloss_of(area, language_), {}});
    places_.emplace(key, std::pair{static_cast<std::size_t>(found - areas_.begin()), found->settings.size()});
    found->settings.push_back(std::move(setting));
  }

  std::vector<Document::Area> take() && { return std::move(areas_); }

 private:
  [[nodiscard]] const std::string& in_language(const Texts& texts) const {
    return texts[static_cast<std::size_t>(language_)];
  }

  [[nodiscard]] Document::Setting place_of_step(const Step& step) const {
    Document::Setting setting;
    setting.menu = step.menu;
    setting.setting = step.setting;
    bool documented = step.menu_documented;
    if (step.request) {
      const ConsolePlace& place = place_of(step.request->call);
      setting.menu = place.menu;
      setting.setting = place.setting;
      documented = place.documented;
    }
    if (documented) setting.menu_confidence = Document::Confidence::documented;
    setting.menu_means = gloss_of(setting.menu, language_);
    setting.setting_means = gloss_of(setting.setting, language_);
    setting.what = in_language(step.about.front().empty() ? step.title : step.about);
    setting.set_by = step.kind;
    return setting;
  }

  void add_wanted(const Step& step, Document::Setting& setting) const {
    std::vector<Document::Wanted> all;
    for (const Wanted& wanted : step.wanted) {
      Document::Wanted& made = all.emplace_back();
      made.whom = wanted.whom;
      for (const model::RoleId role : wanted.roles)
        made.roles.push_back({role == model_.nobody() ? std::string{} : model_[role].name});
      made.people = wanted.people;
      made.value = in_language(wanted.value);
      made.scope = in_language(wanted.scope);
    }
    if (all.empty()) all.push_back({Document::Whom::organisation, {}, {}, in_language(step.value), {}});
    // Parts of a long list say the same of the same roles.
    for (Document::Wanted& each : all) {
      const bool known = std::any_of(setting.wanted.begin(), setting.wanted.end(), [&](const Document::Wanted& other) {
        return each.whom == other.whom && each.roles == other.roles && each.people == other.people &&
               each.value == other.value && each.scope == other.scope;
      });
      if (!known) setting.wanted.push_back(std::move(each));
    }
  }

  const model::Model& model_;
  base::Language language_;
  std::vector<Document::Area> areas_;
  std::map<std::tuple<std::string, std::string, std::string, StepKind>, std::pair<std::size_t, std::size_t>> places_;
};

}  // namespace

std::vector<PermissionsDocument::Area> settings_of(const model::Model& model, const AdminConfig& config,
                                                   base::Language language) {
  Settings settings(model, language);
  for (const Step& step : config.steps) settings.add(step);
  return std::move(settings).take();
}

}  // namespace farol::dingtalk
