#include "target/dingtalk/lower.h"

#include <atomic>

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

namespace {
std::atomic<std::size_t> count = 0;
}  // namespace

std::size_t lowerings() { return count; }

Lowered lower(const model::Model& model, const decide::Decisions& decisions, const LowerOptions& options) {
  ++count;
  Draft draft{model, decisions, options};
  lower_roles(draft);
  lower_files(draft, "folder_role");
  lower_files(draft, "space_role");
  lower_contacts(draft);
  lower_hidden_fields(draft, "field_hiding");
  lower_hidden_fields(draft, "field_hiding_by_scene");
  lower_executives(draft);
  lower_apps(draft);
  lower_groups(draft);
  lower_attendance(draft);
  lower_meetings(draft);
  lower_devices(draft);
  lower_settings_by_hand(draft);
  return draft.finish();
}

}  // namespace farol::dingtalk
