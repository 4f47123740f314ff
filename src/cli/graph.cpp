#include "driver/graph.h"

#include "cli/filters.h"
#include "cli/lookup.h"
#include "cli/session.h"

namespace farol::cli {
namespace {

// The format that is asked for, else that which the name of the file says.
std::string format_of(const Session& session) {
  if (const std::string* format = session.request().find(OptionId::format)) return *format;
  const std::string* file = session.request().find(OptionId::output);
  if (file == nullptr) return "dot";
  if (file->ends_with(".svg")) return "svg";
  if (file->ends_with(".json")) return "json";
  return file->ends_with(".mmd") || file->ends_with(".md") ? "mermaid" : "dot";
}

ExitCode write_picture(Session& session, const std::string& dot) {
  auto picture = session.run_program({"dot", "-Tsvg"}, dot);
  if (const auto* error = std::get_if<base::FileError>(&picture))
    return session.refuse("Graphviz, which draws the picture, cannot be used: `dot`: " + error->reason +
                          "; install it, or take --format dot or mermaid");
  return session.write(std::get<std::string>(picture));
}

}  // namespace

int graph(Session& session) {
  const Request& request = session.request();
  const driver::Compilation compilation = session.compile(session.policy_paths(request.arguments));
  const ExitCode code = session.report_errors(compilation);
  if (!compilation.may_write()) return code;

  driver::GraphOptions options;
  options.language = session.language();
  auto error = collect(
      request, OptionId::role, [&](const auto& name) { return look_up_role(compilation.model, name); }, options.roles);
  if (!error)
    error = collect(
        request, OptionId::feature, [&](const auto& name) { return look_up_features(compilation.model, name); },
        options.features);
  if (error) return session.refuse(error->message);
  const std::string format = format_of(session);
  if (format == "mermaid") options.form = driver::GraphOptions::Form::mermaid;
  if (format == "json") options.form = driver::GraphOptions::Form::json;
  const std::string document = driver::render_graph(compilation, options);
  return format == "svg" ? write_picture(session, document) : session.write(document);
}

}  // namespace farol::cli
