// The roles as a page: src/query/page/graph.*, and in it a box for each role, which the script joins by lines.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/html.h"
#include "base/page_phrases.h"
#include "document/page.h"
#include "document/words.h"
#include "query/graph.h"
#include "query/page.h"

namespace farol::query {
namespace {

using base::Phrase;
using document::Words;

// How far each role stands from those that inherit nothing.
std::vector<std::size_t> layers_of(const Graph& graph) {
  std::vector<std::size_t> layers(graph.roles.size(), 0);
  // Inheritance has no rings, so that this ends after as many rounds as it is deep.
  for (bool moved = true; moved;) {
    moved = false;
    for (const auto& [heir, ancestor] : graph.inherits) {
      if (layers[heir] > layers[ancestor]) continue;
      layers[heir] = layers[ancestor] + 1;
      moved = true;
    }
  }
  return layers;
}

// The highest tier on which a role is allowed something, by the name of the role; nothing: none.
std::map<std::string, std::size_t> tiers_reached(const model::Model& model, const decide::Answers& answers) {
  std::map<std::string, std::size_t> reached;
  answers.for_each([&](model::RoleId role, const decide::Answer& answer) {
    if (answer.effect != decide::Effect::allow) return;
    for (const model::ObjectId object : answer.objects) {
      const model::TierId tier = model[object].tier;
      if (tier.is_none()) continue;
      std::size_t& most = reached[role == model.nobody() ? "" : model[role].name];
      most = std::max(most, tier.index() + 1);
    }
  });
  return reached;
}

std::string joined(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (const std::size_t number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
  return text;
}

class Boxes {
 public:
  Boxes(const Graph& graph, const model::Model& model, const decide::Answers& answers, const Words& words,
        std::string_view matrix)
      : graph_(graph), model_(model), words_(words), matrix_(matrix), reached_(tiers_reached(model, answers)) {}

  [[nodiscard]] std::string html() const {
    const std::vector<std::size_t> layers = layers_of(graph_);
    std::string out;
    for (std::size_t layer = 0; layer < graph_.roles.size(); ++layer) {
      std::string boxes;
      for (std::size_t role = 0; role < graph_.roles.size(); ++role) {
        if (layers[role] == layer) boxes += box(role);
      }
      if (boxes.empty()) break;
      out += "<ul class=\"layer\">\n" + boxes + "</ul>\n";
    }
    return out;
  }

 private:
  [[nodiscard]] std::string names(const std::vector<std::size_t>& roles) const {
    std::vector<std::string> labels;
    for (const std::size_t role : roles) labels.push_back(graph_.roles[role].label);
    return words_.list(labels);
  }

  [[nodiscard]] std::string box(std::size_t role) const {
    std::vector<std::size_t> parents, apart;
    for (const auto& [heir, ancestor] : graph_.inherits) {
      if (heir == role) parents.push_back(ancestor);
    }
    for (const auto& [a, b] : graph_.separate_roles) {
      if (a == role) apart.push_back(b);
      if (b == role) apart.push_back(a);
    }
    std::vector<std::string> groups;
    for (const auto& [allowed, target] : graph_.allowed) {
      if (allowed != role) continue;
      const Group& group = graph_.groups[target.group];
      groups.push_back(target.feature == Target::whole ? group.node.label : group.features[target.feature].label);
    }
    const Node& node = graph_.roles[role];
    const auto tier = reached_.find(node.name);
    const std::size_t most = tier == reached_.end() ? 0 : tier->second;
    const std::size_t tiers = model_.tiers.size();
    const std::size_t heat = most == 0 ? 0 : tiers < 2 ? 3 : 1 + (most - 1) * 2 / (tiers - 1);
    const std::string label = base::escape_html(node.label);
    const bool leads = !matrix_.empty() && !node.name.empty();
    std::string out = fmt::format(
        "<li id=\"role-{}\" class=\"role h{}\" data-role=\"{}\" data-parents=\"{}\" data-apart=\"{}\"><b>{}</b>", role,
        heat, role, joined(parents), joined(apart),
        leads ? fmt::format("<a href=\"{}#role={}\">{}</a>", base::escape_html(matrix_), base::escape_html(node.name),
                            label)
              : label);
    const auto line = [&](std::string_view kind, const std::string& text) {
      if (!text.empty()) out += fmt::format("<span class=\"{}\">{}</span>", kind, base::escape_html(text));
    };
    if (!parents.empty()) line("path", words_(base::pages::page_inherits, {names(parents)}));
    if (most > 0 && !model_.tiers.front().name.empty())
      line("tier", words_(base::pages::page_reaches, {words_.title(model_.tiers[most - 1])}));
    line("groups", words_.list(groups));
    if (!apart.empty())
      line("apart", std::string(document::symbol(document::Mark::deny)) + " " +
                        words_(base::pages::page_separate, {names(apart)}));
    return out + "</li>\n";
  }

  const Graph& graph_;
  const model::Model& model_;
  const Words& words_;
  std::string_view matrix_;
  std::map<std::string, std::size_t> reached_;
};

}  // namespace

std::string graph_page(const Graph& graph, const model::Model& model, const decide::Decisions& decisions,
                       const decide::Answers& answers, base::Language language, std::string_view matrix) {
  const Words words{model, language};
  const document::Frame frame = document::frame_of(model, language, decisions.as_of);
  const std::string style = "\n" + std::string(document::page_style()) + std::string(page_part("graph.css")) +
                            document::page_frame(graph.title, frame, true);
  const std::string script = "\n" + std::string(page_part("graph.js"));
  const std::string title = base::escape_html(graph.title);
  return filled_page("graph.html", {{"@LANGUAGE@", base::tag(language)},
                                    {"@SECURITY@", document::security_policy(style, script)},
                                    {"@TITLE@", title},
                                    {"@STYLE@", style},
                                    {"@HEADING@", title},
                                    {"@AS_OF@", base::escape_html(frame.date)},
                                    {"@TEXT@", base::escape_html(words.text(base::pages::page_graph_text))},
                                    {"@ROLES@", Boxes(graph, model, answers, words, matrix).html()},
                                    {"@SCRIPT@", script}});
}

}  // namespace farol::query
