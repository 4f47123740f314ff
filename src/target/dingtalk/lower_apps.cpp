// Lowering of who sees an app. Apps of other firms and those that the policy does not name are set by hand.
#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "target/dingtalk/draft.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

Value::Object scope_of(const Draft& draft, const Subjects& subjects, const Setting& setting, std::size_t batch) {
  const bool everybody = draft.is_everybody(setting.on);
  Value::Object body;
  add_lists(body, Call::app_scope, subjects);
  if (everybody) body.push_back({"addDeptIds", list({number(root_department)})});
  if (batch > 1) return body;
  // New apps are open to the whole organisation. With nobody left it is for administrators, which no list says.
  if (!everybody) body.push_back({"delDeptIds", list({number(root_department)})});
  body.push_back({"onlyAdminVisible", boolean(setting.on.empty())});
  return body;
}

void lower_app(Draft& draft, FeatureId feature, ObjectId app) {
  const model::Object& declared = draft.model[app];
  const auto& allowed = draft.allowed(feature, app);
  Setting setting = by_request(draft, feature, allowed);
  const Subjects subjects = draft.is_everybody(allowed) ? Subjects{} : subjects_of(draft, allowed, true);
  if (subjects.size() > subject_lists_of(Call::app_scope).most) {
    setting.missing = Reason::too_many;
    draft.set(feature, app, setting);
    return;
  }
  std::vector<Subjects> parts = batches(subjects, limits::app_list);
  if (parts.empty()) parts.emplace_back();
  for (std::size_t batch = 1; batch <= parts.size(); ++batch) {
    Step step =
        request_step("app " + declared.name,
                     {Call::app_scope,
                      {{"agentId", draft.bindings.text("app." + declared.name)}},
                      {},
                      scope_of(draft, parts[batch - 1], setting, batch)},
                     texts(Phrase::pair, {label(draft.model[feature]), label(declared)}), whom(draft, setting.on));
    std::vector<StepIndex> after = subjects.after;
    after.insert(after.end(), setting.steps.begin(), setting.steps.end());
    setting.steps.push_back(draft.add_request(std::move(step), std::move(after), batch));
  }
  draft.set(feature, app, setting);
}

}  // namespace

void lower_apps(Draft& draft, const std::vector<FeatureId>& features) {
  for (const FeatureId feature : features) {
    std::vector<ObjectId> others;
    for (const ObjectId app : draft.objects_of(feature)) {
      // The request is for apps of the organisation's own.
      const bool is_own = !draft.model[app].other && draft.model[app].find("provider") == nullptr;
      if (is_own) {
        lower_app(draft, feature, app);
      } else {
        others.push_back(app);
      }
    }
    if (!others.empty()) draft.set(feature, others, by_hand(draft, feature, others));
  }
}

}  // namespace farol::dingtalk
