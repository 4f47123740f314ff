#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "query/graph.h"

namespace farol::query {
namespace {

std::string id_of(const Target& target) {
  return target.feature == Target::whole ? fmt::format("g{}", target.group)
                                         : fmt::format("g{}f{}", target.group, target.feature);
}

// The label, and the name below it where that is something else.
template <class Escape>
std::string lines_of(const Node& node, std::string_view line_end, const Escape& escape) {
  std::string text = escape(node.label);
  if (!node.name.empty() && node.name != node.label) text.append(line_end).append(escape(node.name));
  return text;
}

// Controls and marks that turn text round have no place in a picture.
template <class Append>
std::string mapped(std::string_view text, const Append& append) {
  std::string result;
  const std::string line = base::one_line(text);
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t size = base::decode(line, at).size;
    append(result, std::string_view(line).substr(at, size));
    at += size;
  }
  return result;
}

// The DOT language: in quotes, `\` and `"` are escaped; `\n` and the like come from `\` alone.
std::string in_dot(std::string_view text) {
  return mapped(text, [](std::string& out, std::string_view character) {
    if (character == "\\" || character == "\"") out += '\\';
    out += character;
  });
}

// Mermaid has character codes instead of escapes.
std::string in_mermaid(std::string_view text) {
  return mapped(text, [](std::string& out, std::string_view character) {
    constexpr std::string_view marked = "\"#&<>`\\";
    if (marked.find(character) == std::string_view::npos) {
      out += character;
    } else {
      out += fmt::format("#{};", static_cast<int>(character.front()));
    }
  });
}

void write_groups(base::JsonWriter& json, const Graph& graph) {
  json.key("groups").begin_array();
  for (const Group& group : graph.groups) {
    std::vector<std::string_view> features;
    for (const Node& feature : group.features) features.push_back(feature.name);
    json.begin_object(base::JsonWriter::Layout::line);
    json.key("name").string(group.node.name);
    json.key("title").string(group.node.label);
    json.key("features").strings(features);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string render_dot(const Graph& graph) {
  std::string out = fmt::format(
      "digraph policy {{\n  label=\"{}\";\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n", in_dot(graph.title));
  for (std::size_t i = 0; i < graph.roles.size(); ++i)
    out += fmt::format("  r{} [shape=box, style=rounded, label=\"{}\"];\n", i, lines_of(graph.roles[i], "\\n", in_dot));
  for (std::size_t g = 0; g < graph.groups.size(); ++g) {
    const Group& group = graph.groups[g];
    std::string features;
    const bool boxed = !group.features.empty() && !group.node.name.empty();
    const std::string_view indent = boxed ? "    " : "  ";
    bool whole = false;
    for (const auto& [role, target] : graph.allowed)
      whole = whole || (target.group == g && target.feature == Target::whole);
    for (std::size_t f = 0; f < group.features.size(); ++f)
      features += fmt::format("{}g{}f{} [shape=note, label=\"{}\"];\n", indent, g, f,
                              lines_of(group.features[f], "\\n", in_dot));
    if (whole)
      features.insert(
          0, fmt::format("{}g{} [shape=folder, label=\"{}\"];\n", indent, g, lines_of(group.node, "\\n", in_dot)));
    if (!boxed) {
      out += features;
    } else {
      out +=
          fmt::format("  subgraph cluster_{} {{\n    label=\"{}\";\n{}  }}\n", g, in_dot(group.node.label), features);
    }
  }
  for (const auto& [heir, ancestor] : graph.inherits)
    out += fmt::format("  r{} -> r{} [arrowhead=empty];\n", heir, ancestor);
  for (const auto& [role, target] : graph.allowed) out += fmt::format("  r{} -> {};\n", role, id_of(target));
  for (const auto& [a, b] : graph.separate_roles)
    out += fmt::format("  r{} -> r{} [dir=none, style=dashed, constraint=false];\n", a, b);
  for (const auto& [a, b] : graph.separate_features)
    out += fmt::format("  {} -> {} [dir=none, style=dashed, constraint=false];\n", id_of(a), id_of(b));
  return out + "}\n";
}

std::string render_mermaid(const Graph& graph) {
  std::string out = "flowchart LR\n";
  for (std::size_t i = 0; i < graph.roles.size(); ++i)
    out += fmt::format("  r{}(\"{}\")\n", i, lines_of(graph.roles[i], "<br/>", in_mermaid));
  for (std::size_t g = 0; g < graph.groups.size(); ++g) {
    const Group& group = graph.groups[g];
    std::string nodes;
    bool whole = false;
    for (const auto& [role, target] : graph.allowed)
      whole = whole || (target.group == g && target.feature == Target::whole);
    if (whole) nodes += fmt::format("  g{}[[\"{}\"]]\n", g, lines_of(group.node, "<br/>", in_mermaid));
    for (std::size_t f = 0; f < group.features.size(); ++f)
      nodes += fmt::format("  g{}f{}[\"{}\"]\n", g, f, lines_of(group.features[f], "<br/>", in_mermaid));
    if (group.features.empty() || group.node.name.empty()) {
      out += nodes;
    } else {
      out += fmt::format("  subgraph s{}[\"{}\"]\n{}  end\n", g, in_mermaid(group.node.label), nodes);
    }
  }
  for (const auto& [heir, ancestor] : graph.inherits) out += fmt::format("  r{} ==> r{}\n", heir, ancestor);
  for (const auto& [role, target] : graph.allowed) out += fmt::format("  r{} --> {}\n", role, id_of(target));
  for (const auto& [a, b] : graph.separate_roles) out += fmt::format("  r{} -.- r{}\n", a, b);
  for (const auto& [a, b] : graph.separate_features) out += fmt::format("  {} -.- {}\n", id_of(a), id_of(b));
  return out;
}

std::string render_json(const Graph& graph) {
  using Layout = base::JsonWriter::Layout;
  base::JsonWriter json;
  const auto name_of = [&](const Target& target) -> const std::string& {
    const Group& group = graph.groups[target.group];
    return target.feature == Target::whole ? group.node.name : group.features[target.feature].name;
  };
  const auto role = [&](std::string_view key, std::size_t at) {
    json.key(key);
    if (graph.roles[at].name.empty()) {
      json.null();
    } else {
      json.string(graph.roles[at].name);
    }
  };
  json.begin_object();
  json.key("title").string(graph.title);
  json.key("roles").begin_array();
  for (std::size_t i = 0; i < graph.roles.size(); ++i) {
    json.begin_object(Layout::line);
    role("name", i);
    json.key("title").string(graph.roles[i].label);
    json.end_object();
  }
  json.end_array();
  write_groups(json, graph);
  json.key("inherits").begin_array();
  for (const auto& [heir, ancestor] : graph.inherits) {
    json.begin_object(Layout::line);
    role("role", heir);
    role("inherits", ancestor);
    json.end_object();
  }
  json.end_array();
  json.key("allowed").begin_array();
  for (const auto& [at, target] : graph.allowed) {
    json.begin_object(Layout::line);
    role("role", at);
    json.key(target.feature == Target::whole ? "group" : "feature").string(name_of(target));
    json.end_object();
  }
  json.end_array();
  json.key("separate").begin_array();
  for (const auto& [a, b] : graph.separate_roles)
    json.strings(std::vector<std::string_view>{graph.roles[a].name, graph.roles[b].name});
  for (const auto& [a, b] : graph.separate_features)
    json.strings(std::vector<std::string_view>{name_of(a), name_of(b)});
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace farol::query
