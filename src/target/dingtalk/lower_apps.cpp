// Who sees an app. Apps of other firms and those that the policy does not name are set by hand.
#include "target/dingtalk/draft.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

void lower_app(Draft& draft, FeatureId feature, ObjectId app) {
  const model::Object& declared = draft.model[app];
  const auto& allowed = draft.allowed(feature, app);
  const bool everybody = draft.is_everybody(allowed);
  const Subjects subjects = everybody ? Subjects{} : subjects_of(draft, allowed, true);

  Setting setting;
  setting.keeper = draft.enforcement(feature).kept_by;
  setting.on = allowed;
  setting.names_roles = true;
  if (!everybody) std::erase(setting.on, draft.model.nobody());
  if (subjects.size() > limits::app_total) {
    setting.missing = Reason::too_many;
    draft.set(feature, app, setting);
    return;
  }
  constexpr std::int64_t root = 1;
  std::vector<Subjects> parts = batches(subjects, limits::app_list);
  if (parts.empty()) parts.emplace_back();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Value::Object body;
    if (!parts[i].tags.empty()) body.push_back({"addRoleIds", list(parts[i].tags)});
    if (!parts[i].departments.empty()) body.push_back({"addDeptIds", list(parts[i].departments)});
    if (!parts[i].users.empty()) body.push_back({"addUserIds", list(parts[i].users)});
    if (everybody) body.push_back({"addDeptIds", list({number(root)})});
    if (i == 0) {
      // New apps are open to the whole organisation. With nobody left it is for administrators, which no list says.
      if (!everybody) body.push_back({"delDeptIds", list({number(root)})});
      body.push_back({"onlyAdminVisible", boolean(setting.on.empty())});
    }
    const Texts value = everybody            ? texts(Phrase::step_everybody)
                        : setting.on.empty() ? texts(Phrase::step_nobody)
                                             : texts(Phrase::step_only, {labels(draft.model, setting.on)});
    Step step =
        request_step("app " + declared.name + " #" + std::to_string(i + 1),
                     {Call::app_scope, {{"agentId", draft.bindings.text("app." + declared.name)}}, {}, std::move(body)},
                     texts(Phrase::pair, {label(draft.model[feature]), label(declared)}), value);
    step.check = Request{Call::app_scope_read, {{"agentId", draft.bindings.text("app." + declared.name)}}, {}, {}};
    step.verify = texts(Phrase::step_verify_members);
    step.undo = texts(Phrase::step_undo_members);
    std::vector<StepIndex> after = subjects.after;
    after.insert(after.end(), setting.steps.begin(), setting.steps.end());
    setting.steps.push_back(draft.add(Phase::apps, std::move(step), std::move(after)));
  }
  draft.set(feature, app, setting);
}

}  // namespace

void lower_apps(Draft& draft) {
  for (const FeatureId feature : draft.stated_with("app_scope")) {
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
