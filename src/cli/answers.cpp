// `who` and `what`: their arguments are names, and now and then the paths of a policy.
#include <algorithm>
#include <array>

#include "cli/lookup.h"
#include "cli/output.h"
#include "cli/question.h"

namespace farol::cli {
namespace {

ExitCode answer_who(Context& context, const driver::Compilation& compilation, const std::vector<std::string>& names) {
  const auto feature = look_up_feature(compilation.model, names.front());
  if (const auto* error = std::get_if<UsageError>(&feature)) return refuse(context, *error, names.front());
  const auto id = std::get<model::FeatureId>(feature);
  std::string object;
  if (names.size() > 1) {
    const auto found = look_up_object(compilation.model, names[1]);
    if (const auto* error = std::get_if<UsageError>(&found)) return refuse(context, *error, names[1]);
    object = compilation.model[std::get<model::ObjectId>(found)].name;
    if (!driver::acts_on(compilation.model, id, object))
      return usage_error(context, "`" + names.front() + "` is not done to `" + object + "`: it acts on " +
                                      std::string(to_string(compilation.model[id].acts_on)));
  }
  return write(context, driver::render_who(compilation, id, object, answer_options(context)));
}

ExitCode answer_who_can(Context& context, const driver::Compilation& compilation,
                        const std::vector<std::string>& names) {
  const auto found = look_up_object(compilation.model, names[2]);
  if (const auto* error = std::get_if<UsageError>(&found)) return refuse(context, *error, names[2]);
  const std::string& object = compilation.model[std::get<model::ObjectId>(found)].name;
  return write(context, driver::render_who_can(compilation, names[1], object, answer_options(context)));
}

}  // namespace

ExitCode who(Context& context) {
  static constexpr std::array<std::string_view, 4> classes{"see", "change", "send", "administer"};
  const Question question = question_of(context);
  const std::vector<std::string>& names = question.names;
  if (names.empty())
    return usage_error(context, "who may do what? farol who FEATURE [OBJECT], such as: farol who meeting.record");
  if (names.front() == "can") {
    const std::vector<std::string_view> words(classes.begin(), classes.end());
    if (names.size() != 3) return usage_error(context, "farol who can see|change|send|administer OBJECT");
    if (std::find(words.begin(), words.end(), names[1]) == words.end())
      return usage_error(context, "who can `" + names[1] + "`" + suggestion(names[1], words) +
                                      "; what can be asked is " + either_of(words));
    return with_policy(context, question,
                       [&](const auto& compilation) { return answer_who_can(context, compilation, names); });
  }
  if (names.size() > 2)
    return usage_error(
        context, "`" + names[2] + "` is one name too many: farol who FEATURE [OBJECT]" + path_hint(context, names[2]));
  return with_policy(context, question,
                     [&](const auto& compilation) { return answer_who(context, compilation, names); });
}

ExitCode what(Context& context) {
  const Question question = question_of(context);
  const std::vector<std::string>& names = question.names;
  if (names.empty()) return usage_error(context, "what may which role do? farol what ROLE");
  if (names.size() > 1)
    return usage_error(context,
                       "`" + names[1] + "` is one name too many: farol what ROLE" + path_hint(context, names[1]));
  return with_policy(context, question, [&](const driver::Compilation& compilation) {
    model::RoleId role = compilation.model.nobody();
    if (names.front() != "everyone") {
      const auto found = look_up_role(compilation.model, names.front());
      if (const auto* error = std::get_if<UsageError>(&found)) return refuse(context, *error, names.front());
      role = std::get<model::RoleId>(found);
    }
    return write(context, driver::render_what(compilation, role, answer_options(context)));
  });
}

}  // namespace farol::cli
