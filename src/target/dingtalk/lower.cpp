#include "target/dingtalk/lower.h"

#include <algorithm>

#include "target/dingtalk/draft.h"

namespace farol::dingtalk {

std::string_view to_string(StepKind kind) {
  switch (kind) {
    case StepKind::api: return "api";
    case StepKind::console: return "console";
    case StepKind::people: break;
  }
  return "people";
}

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::condition: return "condition";
    case Reason::objects: return "objects";
    case Reason::organisation: return "organisation";
    case Reason::implied: return "implied";
    case Reason::unnamed: return "unnamed";
    case Reason::too_many: return "too_many";
    case Reason::elsewhere: return "elsewhere";
    case Reason::edition: return "edition";
    case Reason::undocumented: return "undocumented";
    case Reason::nothing: break;
  }
  return "nothing";
}

base::Phrase phrase_of(Reason reason) {
  using base::Phrase;
  switch (reason) {
    case Reason::condition: return Phrase::reason_condition;
    case Reason::objects: return Phrase::reason_objects;
    case Reason::organisation: return Phrase::reason_organisation;
    case Reason::implied: return Phrase::reason_implied;
    case Reason::unnamed: return Phrase::reason_unnamed;
    case Reason::too_many: return Phrase::reason_too_many;
    case Reason::elsewhere: return Phrase::reason_elsewhere;
    case Reason::edition: return Phrase::reason_edition;
    case Reason::undocumented: return Phrase::reason_undocumented;
    case Reason::nothing: break;
  }
  return Phrase::reason_nothing;
}

const std::vector<RequestKind>& request_kinds() {
  static const std::vector<RequestKind> kinds = {
      {{"folder_role"}, lower_folders},
      {{"space_role"}, lower_spaces},
      {{"contact_restriction"}, lower_contacts},
      {{"field_hiding"}, lower_hidden_fields},
      {{"field_hiding_by_scene"}, lower_hidden_fields},
      {{"executive_mode"}, lower_executives},
      {{"app_scope"}, lower_apps},
      {{"group_option"}, lower_groups},
      {{"attendance_option", "attendance_position"}, lower_attendance},
      {{"meeting_option", "meeting_owner"}, lower_meetings},
      {{"trusted_device"}, lower_devices},
  };
  return kinds;
}

AdminConfig lower(const model::Model& model, const decide::Decisions& decisions, const LowerOptions& options) {
  Draft draft{model, decisions, options};
  lower_roles(draft);
  for (const RequestKind& kind : request_kinds()) {
    std::vector<FeatureId> features;
    for (const std::string_view name : kind.names) {
      const auto some = draft.stated_with(name);
      features.insert(features.end(), some.begin(), some.end());
    }
    if (!features.empty()) kind.lower(draft, features);
  }
  lower_settings_by_hand(draft);
  return draft.finish();
}

decide::Keeping keeping_of(const AdminConfig& config) {
  decide::Keeping keeping;
  for (const KeptPermission& each : config.permissions) keeping.add(each.permission, each.kept_by);
  return keeping;
}

}  // namespace farol::dingtalk
