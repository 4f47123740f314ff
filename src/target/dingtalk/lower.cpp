#include "target/dingtalk/lower.h"

#include <atomic>

#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

std::string_view to_string(StepKind kind) {
  switch (kind) {
    case StepKind::api: return "api";
    case StepKind::console: return "console";
    case StepKind::people: break;
  }
  return "people";
}

namespace {
std::atomic<std::size_t> count = 0;
}  // namespace

std::size_t lowerings() { return count; }

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
      {{"administrator"}, lower_administrators},
  };
  return kinds;
}

Lowered lower(const model::Model& model, const decide::Decisions& decisions, const LowerOptions& options) {
  ++count;
  ConfigBuilder builder{model, decisions, options};
  if (options.plans) lower_roles(builder);
  set_aside_half_said(builder);
  for (const RequestKind& kind : request_kinds()) {
    std::vector<FeatureId> features;
    for (const std::string_view name : kind.names) {
      const auto some = builder.stated_with(name);
      features.insert(features.end(), some.begin(), some.end());
    }
    std::erase_if(features, [&](FeatureId feature) { return builder.objects_of(feature).empty(); });
    if (!features.empty()) kind.lower(builder, features);
  }
  lower_settings_by_hand(builder);
  return builder.assemble();
}

}  // namespace farol::dingtalk
