// Lowering of who sees an app. Apps of other firms and those that the policy does not name are set by hand.
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

Value::Object scope_of(const ConfigBuilder& builder, const Subjects& subjects, const Setting& setting,
                       std::size_t batch) {
  const bool everybody = builder.is_everybody(setting.on);
  Value::Object body;
  add_lists(body, Call::app_scope, subjects);
  if (everybody) body.push_back({"addDeptIds", list({number(root_department)})});
  if (batch > 1) return body;
  // New apps are open to the whole organisation. With nobody left it is for administrators, which no list says.
  if (!everybody) body.push_back({"delDeptIds", list({number(root_department)})});
  body.push_back({"onlyAdminVisible", boolean(!everybody && subjects.size() == 0)});
  return body;
}

void lower_app(ConfigBuilder& builder, FeatureId feature, ObjectId app) {
  const model::Object& declared = builder.model[app];
  const auto& allowed = builder.allowed(feature, app);
  Setting setting = by_request(builder, feature, allowed);
  const Subjects subjects =
      builder.is_everybody(allowed) ? Subjects{} : subjects_of(builder, allowed, true, builder.refused(feature, {app}));
  if (subjects.size() > subject_lists_of(Call::app_scope).most) {
    setting.missing = Reason::too_many;
    builder.set(feature, app, setting);
    return;
  }
  std::vector<Subjects> parts = batches(subjects, limits::app_list);
  if (parts.empty()) parts.emplace_back();
  for (std::size_t batch = 1; batch <= parts.size(); ++batch) {
    Step step =
        request_step("app " + declared.name,
                     {Call::app_scope,
                      {{"agentId", builder.bindings.text("app." + declared.name)}},
                      {},
                      scope_of(builder, parts[batch - 1], setting, batch)},
                     texts(Phrase::pair, {label(builder.model[feature]), label(declared)}), whom(builder, setting.on));
    step.wanted = wanted_of(builder, setting.on);
    if (subjects.is_snapshot) step.note = lines({step.note, texts(Phrase::step_snapshot)});
    std::vector<StepIndex> after = subjects.after;
    after.insert(after.end(), setting.steps.begin(), setting.steps.end());
    setting.steps.push_back(builder.add_request(std::move(step), std::move(after), batch));
  }
  builder.set(feature, app, setting);
}

}  // namespace

void lower_apps(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  for (const FeatureId feature : features) {
    std::vector<ObjectId> others;
    for (const ObjectId app : builder.objects_of(feature)) {
      // The request is for apps of the organisation's own.
      const bool is_own = !builder.model[app].other && builder.model[app].find("provider") == nullptr;
      if (is_own) {
        lower_app(builder, feature, app);
      } else {
        others.push_back(app);
      }
    }
    if (!others.empty()) builder.set(feature, others, by_hand(builder, feature, others));
  }
}

}  // namespace farol::dingtalk
