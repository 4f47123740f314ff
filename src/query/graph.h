// Roles, features and who is allowed what, as a picture: nodes and edges first, then a text for a program that draws.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/phrases.h"
#include "decide/answers.h"
#include "decide/decisions.h"
#include "model/model.h"

namespace farol::query {

struct Node {
  std::string name;   // as the policy has it; of whoever holds no role, nothing
  std::string label;  // its title in the language, or the name
};

// A namespace at the top (`drive`), with those of its features that are nodes of their own. Features without one have a
// group each, without a label.
struct Group {
  Node node;
  std::vector<Node> features;
};

// A group as a whole, or one of its features.
struct Target {
  std::size_t group = 0;
  std::size_t feature = whole;
  static constexpr std::size_t whole = static_cast<std::size_t>(-1);

  auto operator<=>(const Target&) const = default;
};

struct Graph {
  std::string title;
  std::vector<Node> roles;
  std::vector<Group> groups;
  std::vector<std::pair<std::size_t, std::size_t>> inherits;  // indices into `roles`: heir, ancestor
  std::vector<std::pair<std::size_t, Target>> allowed;        // what an inherited role is allowed too is not repeated
  std::vector<std::pair<std::size_t, std::size_t>> separate_roles;
  std::vector<std::pair<Target, Target>> separate_features;
};

struct GraphOptions {
  base::Language language = base::Language::en;
  // Each list that is not empty narrows the graph: to roles and what they inherit, to features.
  std::vector<model::RoleId> roles;
  std::vector<model::FeatureId> features;
};

// Features are nodes of their own where they are asked for, or separated; the others are in their group. Something is
// allowed where it is so on some object, in some context.
[[nodiscard]] Graph build_graph(const model::Model& model, const decide::Answers& answers, const GraphOptions& options);

// Whatever is in a name or title, it cannot end the quotes around it or be read as markup.
[[nodiscard]] std::string render_dot(const Graph& graph);
[[nodiscard]] std::string render_mermaid(const Graph& graph);
[[nodiscard]] std::string render_json(const Graph& graph);
// The same as a page of HTML: roles in layers, each behind what it inherits, coloured by the highest tier that it
// reaches. With `matrix`, the address of the page of the matrix, a role leads there.
[[nodiscard]] std::string graph_page(const Graph& graph, const model::Model& model, const decide::Decisions& decisions,
                                     const decide::Answers& answers, base::Language language,
                                     std::string_view matrix = {});

}  // namespace farol::query
