#include "driver/graph.h"

#include "query/graph.h"

namespace farol::driver {

std::string render_graph(const Compilation& compilation, const GraphOptions& options) {
  const query::Graph graph =
      query::build_graph(compilation.model, compilation.decisions, {options.language, options.roles, options.features});
  switch (options.form) {
    case GraphOptions::Form::dot: return render_dot(graph);
    case GraphOptions::Form::mermaid: return render_mermaid(graph);
    case GraphOptions::Form::json: return render_json(graph);
  }
  return {};
}

}  // namespace farol::driver
