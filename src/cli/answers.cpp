// `who` and `what`: their arguments are names, and now and then the paths of a policy.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "cli/lookup.h"
#include "cli/output.h"
#include "cli/question.h"
#include "diag/messages_cli.h"
#include "document/document.h"
#include "driver/people.h"
#include "people/holders.h"
#include "query/description.h"
#include "query/listing.h"
#include "query/residual_access.h"

namespace farol::cli {
namespace {

std::string render_listing(const driver::Compilation& compilation, const query::Listing& listing,
                           const AnswerOptions& options) {
  const base::Date as_of = compilation.decisions.as_of;
  if (options.json)
    return query::render_json(listing, compilation.model, as_of, compilation.answers, compilation.sources);
  const auto document =
      query::listing_document(listing, compilation.model, as_of, compilation.sources, options.language);
  return document::render_text(document, {options.color, 0});
}

bool is_of_class(const model::Feature& feature, const std::string& feature_class) {
  const model::Attribute* attribute = feature.find("class");
  return attribute != nullptr && !attribute->values.empty() &&
         attribute->values.front() == model::Value{model::Word{feature_class}};
}

std::string who_can_json(const driver::Compilation& compilation, const std::string& feature_class,
                         const std::string& object, const std::vector<query::Listing>& listings,
                         const query::ResidualAccess& residual) {
  base::JsonWriter json;
  json.begin_object();
  json.key("as_of").string(base::to_string(compilation.decisions.as_of));
  json.key("class").string(feature_class);
  json.key("object").string(object);
  json.key("answers").begin_array();
  for (const query::Listing& listing : listings)
    query::write_json(json, listing, compilation.model, compilation.decisions.as_of, compilation.answers,
                      compilation.sources);
  json.end_array();
  query::write_members(json, residual, compilation.model);
  json.end_object();
  return json.take();
}

// The question again, so that the answer stands by itself.
std::string nobody_can(const driver::Compilation& compilation, const std::string& feature_class,
                       const std::string& object, const AnswerOptions& options) {
  const auto id = compilation.model.find_object(object);
  const std::string& title = id ? compilation.model[*id].label(base::tag(options.language)) : object;
  const auto question = base::find_phrase("who_can_" + feature_class);
  return base::fill(*question, options.language, {title}) + "\n" +
         base::fill(base::Phrase::as_of, options.language, {base::to_string(compilation.decisions.as_of)}) + "\n\n" +
         std::string{base::text(base::Phrase::nobody, options.language)} + "\n";
}

std::string render_who_can(const driver::Compilation& compilation, const std::string& feature_class,
                           const std::string& object, const AnswerOptions& options) {
  const model::Model& model = compilation.model;
  std::vector<query::Listing> listings;
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    const model::FeatureId feature{i};
    if (!is_of_class(model[feature], feature_class) || !acts_on(model, feature, object)) continue;
    query::Listing listing = query::who(model, compilation.answers, feature, object);
    if (!listing.grants.empty()) listings.push_back(std::move(listing));
  }
  const query::ResidualAccess residual =
      query::residual_access(model, compilation.answers, query::find_objects(model, object));
  if (options.json) return who_can_json(compilation, feature_class, object, listings, residual);
  std::string text;
  for (const query::Listing& listing : listings) text += render_listing(compilation, listing, options) + "\n";
  if (text.empty()) text = nobody_can(compilation, feature_class, object, options) + "\n";
  return text + document::render_text(query::residual_document(residual, model, options.language), {options.color, 0});
}

ExitCode answer_who_can(Context& context, const driver::Compilation& compilation,
                        const std::vector<std::string>& names);

ExitCode answer_who(Context& context, const driver::Compilation& compilation, const std::vector<std::string>& names) {
  const auto feature = look_up_feature(compilation.model, names.front());
  // `who wages`: the question that is asked most.
  if (std::holds_alternative<UsageError>(feature) && names.size() == 1 &&
      std::holds_alternative<model::ObjectId>(look_up_object(compilation.model, names.front())))
    return answer_who_can(context, compilation, {"can", "see", names.front()});
  if (const auto* error = std::get_if<UsageError>(&feature)) return refuse(context, *error, names.front());
  const auto id = std::get<model::FeatureId>(feature);
  std::string object;
  if (names.size() > 1) {
    const auto found = look_up_object(compilation.model, names[1]);
    if (const auto* error = std::get_if<UsageError>(&found)) return refuse(context, *error, names[1]);
    object = compilation.model[std::get<model::ObjectId>(found)].name;
    if (!acts_on(compilation.model, id, object))
      return usage_error(
          context, message::not_done_to(names.front(), object, std::string(to_string(compilation.model[id].acts_on))));
  }
  return write(context, render_listing(compilation, query::who(compilation.model, compilation.answers, id, object),
                                       answer_options(context)));
}

ExitCode answer_who_can(Context& context, const driver::Compilation& compilation,
                        const std::vector<std::string>& names) {
  const auto found = look_up_object(compilation.model, names[2]);
  if (const auto* error = std::get_if<UsageError>(&found)) return refuse(context, *error, names[2]);
  const std::string& object = compilation.model[std::get<model::ObjectId>(found)].name;
  return write(context, render_who_can(compilation, names[1], object, answer_options(context)));
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
      return usage_error(
          context, message::what_can_be_asked(with_suggestion(message::cannot_ask_who_can(names[1]), names[1], words),
                                              as_names(words)));
    return with_policy(context, question,
                       [&](const auto& compilation) { return answer_who_can(context, compilation, names); });
  }
  if (names.size() > 2)
    return refuse(context, message::one_name_too_many(names[2], "farol who FEATURE [OBJECT]"), names[2]);
  return with_policy(context, question,
                     [&](const auto& compilation) { return answer_who(context, compilation, names); });
}

namespace {

// All that one person may do, by all their roles.
ExitCode what_of_person(Context& context, const Question& question, const std::string& who) {
  const std::string* users = context.request.find(OptionId::users);
  if (users == nullptr) return usage_error(context, "whose roles? farol what --person ID --users FILE");
  if (!question.names.empty())
    return refuse(context, message::one_name_too_many(question.names.front(), "farol what --person ID --users FILE"),
                  question.names.front());
  if (const auto refused = refuse_shared_input(context, question.paths, {users})) return *refused;
  return with_policy(context, question, [&](const driver::Compilation& compilation) {
    const model::Model& model = compilation.model;
    const people::List list = people_list(context, *users);
    const auto found = people::find_person(model, compilation.decisions.as_of, list, who);
    if (const auto* bad = std::get_if<people::BadList>(&found))
      return usage_error(context, message::cannot_read(bad->name, message::verbatim(bad->reason)));
    const auto& held = std::get<people::HeldRoles>(found);
    if (held.person.id.empty()) return usage_error(context, message::nobody_of_list(*users, who));
    for (const std::string& name : held.unknown) info(context, message::unknown_role_of_list(name));
    const auto decided = driver::decide_people(compilation, {held.roles});
    if (const auto* problem = std::get_if<std::string>(&decided)) return usage_error(context, *problem);
    const auto& person = std::get<std::vector<decide::Person>>(decided).front();
    const std::string name = held.person.name.empty() ? held.person.id : held.person.name + " (" + held.person.id + ")";
    return write(context,
                 render_listing(compilation, query::what(model, compilation.decisions, person, name, held.roles),
                                answer_options(context)));
  });
}

}  // namespace

ExitCode what(Context& context) {
  const Question question = question_of(context);
  const std::vector<std::string>& names = question.names;
  if (const std::string* who = context.request.find(OptionId::person)) return what_of_person(context, question, *who);
  if (names.empty()) return usage_error(context, "what may which role do? farol what ROLE");
  if (names.size() > 1) return refuse(context, message::one_name_too_many(names[1], "farol what ROLE"), names[1]);
  return with_policy(context, question, [&](const driver::Compilation& compilation) {
    model::RoleId role = compilation.model.nobody();
    if (names.front() != "everyone") {
      const auto found = look_up_role(compilation.model, names.front());
      if (const auto* error = std::get_if<UsageError>(&found)) return refuse(context, *error, names.front());
      role = std::get<model::RoleId>(found);
    }
    return write(context, render_listing(compilation, query::what(compilation.model, compilation.answers, role),
                                         answer_options(context)));
  });
}

}  // namespace farol::cli
