#include <algorithm>

#include "cli/lookup.h"
#include "cli/session.h"
#include "diag/snippet.h"
#include "driver/documents.h"

namespace farol::cli {
namespace {

// `--role hr,it_admin --role staff` are three names.
std::vector<std::string> names_of(const Request& request, OptionId option) {
  std::vector<std::string> names;
  for (const std::string& value : request.all(option)) {
    for (std::size_t at = 0; at <= value.size();) {
      const std::size_t end = std::min(value.find(',', at), value.size());
      names.push_back(value.substr(at, end - at));
      at = end + 1;
    }
  }
  return names;
}

template <class Id>
void add(std::vector<Id>& ids, Id id) {
  ids.push_back(id);
}
template <class Id>
void add(std::vector<Id>& ids, const std::vector<Id>& more) {
  ids.insert(ids.end(), more.begin(), more.end());
}

// What the names of an option stand for, in `ids`; else what is wrong with one of them.
template <class Id, class LookUp>
std::optional<UsageError> collect(const Request& request, OptionId option, LookUp look_up, std::vector<Id>& ids) {
  for (const std::string& name : names_of(request, option)) {
    auto found = look_up(name);
    if (auto* error = std::get_if<UsageError>(&found)) return std::move(*error);
    add(ids, std::get<0>(found));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return std::nullopt;
}

std::optional<UsageError> read_filters(const Request& request, const model::Model& model,
                                       driver::MatrixOptions& options) {
  auto error = collect(
      request, OptionId::role, [&](const auto& name) { return look_up_role(model, name); }, options.roles);
  if (!error)
    error = collect(
        request, OptionId::feature, [&](const auto& name) { return look_up_features(model, name); }, options.features);
  if (!error)
    error = collect(
        request, OptionId::tier, [&](const auto& name) { return look_up_tier(model, name); }, options.tiers);
  if (!error)
    error = collect(
        request, OptionId::data, [&](const auto& name) { return look_up_data(model, name); }, options.data);
  return error;
}

bool wants_markdown(const Session& session) {
  if (const std::string* format = session.request().find(OptionId::format)) return *format == "md";
  const std::string* file = session.request().find(OptionId::check);
  if (file == nullptr) file = session.request().find(OptionId::output);
  return file != nullptr && file->ends_with(".md");
}

// Version control on Windows may have changed the line ends.
std::string without_returns(std::string text) {
  text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
  return text;
}

ExitCode compare(Session& session, const std::string& file, const std::string& matrix) {
  constexpr std::size_t largest = std::size_t{64} << 20;
  const std::string path = session.located(file);
  const auto content = session.files().read(path, largest);
  if (const auto* error = std::get_if<base::FileError>(&content))
    return session.refuse("cannot read `" + path + "`: " + error->reason);
  if (without_returns(std::get<std::string>(content)) == matrix) {
    session.say(diag::printable_text(path) + " is what the policy says");
    return done;
  }
  std::string again = "farol matrix";
  for (const std::string& given : session.request().arguments) again += " " + given;
  session.complain("`" + path + "` is stale: the policy says something else; to write it again: " + again + " -o " +
                   file);
  return no;
}

}  // namespace

int matrix(Session& session) {
  const Request& request = session.request();
  const std::string* file = request.find(OptionId::check);
  if (file != nullptr && session.output_file())
    return session.refuse("`--check` writes nothing, so it does not go with `-o`");
  const driver::Compilation compilation = session.compile(session.policy_paths(request.arguments));
  const ExitCode code = session.report_errors(compilation);
  if (!compilation.may_write()) return code;

  driver::MatrixOptions options;
  options.language = session.language();
  options.markdown = wants_markdown(session);
  options.color = file == nullptr && session.colors_output();
  options.width = session.width();
  if (const auto error = read_filters(request, compilation.model, options)) return session.refuse(error->message);
  const std::string matrix = driver::render_matrix(compilation, options);
  return file == nullptr ? session.write(matrix) : compare(session, *file, matrix);
}

}  // namespace farol::cli
