#include <string>
#include <string_view>
#include <variant>

#include "cli/filters.h"
#include "cli/input.h"
#include "cli/lookup.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "query/graph.h"

namespace farol::cli {
namespace {

std::string_view graph_format(const Request& request) {
  const std::string* file = request.find(OptionId::output);
  const bool is_mermaid = file != nullptr && (file->ends_with(".mmd") || file->ends_with(".md"));
  return request.format(file, is_mermaid ? "mermaid" : "dot");
}

ExitCode write_picture(Context& context, const std::string& dot) {
  auto picture = context.environment.run_program
                     ? context.environment.run_program({"dot", "-Tsvg"}, dot)
                     : base::FileResult<std::string>{base::FileError{"no other program can be called here"}};
  if (const auto* error = std::get_if<base::FileError>(&picture))
    return usage_error(context, message::no_graphviz(error->reason));
  return write(context, std::get<std::string>(picture));
}

}  // namespace

ExitCode graph(Context& context) {
  const Request& request = context.request;
  const driver::Compilation compilation = compile_policy(context, policy_paths(context, request.arguments));
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;

  query::GraphOptions options;
  options.language = context.settings.language;
  auto error = collect(
      request, OptionId::role, [&](const auto& name) { return look_up_role(compilation.model, name); }, options.roles);
  if (!error)
    error = collect(
        request, OptionId::feature, [&](const auto& name) { return look_up_features(compilation.model, name); },
        options.features);
  if (error) return usage_error(context, error->message);
  const query::Graph graph = query::build_graph(compilation.model, compilation.answers, options);
  const std::string_view format = graph_format(request);
  if (format == "svg") return write_picture(context, render_dot(graph));
  if (format == "html")
    return write(context, graph_page(graph, compilation.model, compilation.decisions, compilation.answers,
                                     context.settings.language));
  if (format == "mermaid") return write(context, render_mermaid(graph));
  return write(context, format == "json" ? render_json(graph) : render_dot(graph));
}

}  // namespace farol::cli
