#include "target/dingtalk/step_kinds.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace farol::dingtalk {

const StepTemplate& template_of(Call call) {
  using enum Call;
  using base::Phrase;
  static constexpr auto none = std::nullopt;
  static constexpr StepTemplate templates[] = {
#define FAROL_STEP(call, phase, read_back, verify, undo, note) \
  {Call::call, Phase::phase, read_back, Phrase::step_verify_##verify, Phrase::step_undo_##undo, note},
#define FAROL_LISTS(call, roles, departments, people, most)
#define FAROL_PLACE(call, documented, menu, setting)
#include "target/dingtalk/step_kinds.def"
#undef FAROL_PLACE
#undef FAROL_LISTS
#undef FAROL_STEP
  };
  const auto* found = std::find_if(std::begin(templates), std::end(templates),
                                   [&](const StepTemplate& each) { return each.call == call; });
  if (found == std::end(templates)) std::abort();
  return *found;
}

const SubjectLists& subject_lists_of(Call call) {
  static constexpr SubjectLists lists[] = {
#define FAROL_STEP(call, phase, read_back, verify, undo, note)
#define FAROL_LISTS(call, roles, departments, people, most) {Call::call, roles, departments, people, most},
#define FAROL_PLACE(call, documented, menu, setting)
#include "target/dingtalk/step_kinds.def"
#undef FAROL_PLACE
#undef FAROL_LISTS
#undef FAROL_STEP
  };
  const auto* found =
      std::find_if(std::begin(lists), std::end(lists), [&](const SubjectLists& each) { return each.call == call; });
  if (found == std::end(lists)) std::abort();
  return *found;
}

const ConsolePlace& place_of(Call call) {
  static constexpr ConsolePlace places[] = {
#define FAROL_STEP(call, phase, read_back, verify, undo, note)
#define FAROL_LISTS(call, roles, departments, people, most)
#define FAROL_PLACE(call, documented, menu, setting) {Call::call, documented, menu, setting},
#include "target/dingtalk/step_kinds.def"
#undef FAROL_PLACE
#undef FAROL_LISTS
#undef FAROL_STEP
  };
  const auto* found =
      std::find_if(std::begin(places), std::end(places), [&](const ConsolePlace& each) { return each.call == call; });
  if (found == std::end(places)) std::abort();
  return *found;
}

}  // namespace farol::dingtalk
