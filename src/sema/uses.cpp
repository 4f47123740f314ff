// Which roles and named lists are of some use, as far as a policy can tell.
#include <set>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "sema/phases.h"

namespace farol::sema {
namespace {

class Uses {
 public:
  explicit Uses(Resolution& resolution) : resolution_(resolution) {
    for (const auto* lists : {&resolution.role_lists, &resolution.feature_lists, &resolution.object_lists}) {
      for (const auto& list : *lists) lists_.emplace(list.node->name.text, list.node);
    }
  }

  void run() {
    const Statements& statements = resolution_.statements;
    for (const auto& entry : statements.of<syntax::Rule>()) mark(entry.node->body);
    for (const auto& entry : statements.of<syntax::Guardrail>()) mark(entry.node->body);
    for (const auto& entry : statements.of<syntax::Require>()) mark(entry.node->body);
    for (const auto& entry : statements.of<syntax::Separate>()) mark(entry.node->names);
    for (const auto& entry : statements.of<syntax::Bind>()) mark(entry.node->name.text);
    for (const auto& entry : statements.of<syntax::Declaration>()) mark(entry.node->inherits);
    for (const syntax::BrokenStatement* broken : statements.broken) mark(broken->mentions);
    // Tests name lists too, and a list that only a test uses is used. A role that only a test names has no rule.
    for (const auto& entry : statements.of<syntax::Test>()) {
      for (const syntax::Expectation& expectation : entry.node->expectations) mark_lists(expectation.body);
    }
    while (!open_.empty()) {
      const syntax::SetDeclaration* list = open_.back();
      open_.pop_back();
      mark(list->list);
    }
  }

  [[nodiscard]] bool has(std::string_view name) const { return used_.contains(name); }

 private:
  void mark(std::string_view name) {
    if (!used_.insert(name).second) return;
    if (const auto list = lists_.find(name); list != lists_.end()) open_.push_back(list->second);
  }
  void mark(const std::vector<syntax::Name>& names) {
    for (const syntax::Name& name : names) mark(name.text);
  }
  void mark(const syntax::TermList& list) {
    for (const auto* terms : {&list.terms, &list.except}) {
      for (const syntax::Term& term : *terms) mark(term.name.text);
    }
  }
  void mark(const syntax::RuleBody& body) {
    mark(body.subjects);
    if (body.features) mark(*body.features);
    if (body.objects) mark(*body.objects);
  }
  void mark_lists(const syntax::TermList& list) {
    for (const auto* terms : {&list.terms, &list.except}) {
      for (const syntax::Term& term : *terms) {
        if (lists_.contains(term.name.text)) mark(term.name.text);
      }
    }
  }
  void mark_lists(const syntax::RuleBody& body) {
    mark_lists(body.subjects);
    if (body.features) mark_lists(*body.features);
    if (body.objects) mark_lists(*body.objects);
  }

  Resolution& resolution_;
  std::unordered_map<std::string_view, const syntax::SetDeclaration*> lists_;
  std::unordered_set<std::string_view> used_;
  std::vector<const syntax::SetDeclaration*> open_;
};

}  // namespace

void mark_uses(Resolution& resolution) {
  Uses uses(resolution);
  uses.run();
  // What could not be read may have named anything.
  const bool unread = resolution.program.unreadable;
  // A shared file declares for all who include it.
  std::set<source::SourceId> shared;
  for (const syntax::File& file : resolution.program.files) {
    if (file.included) shared.insert(file.source);
  }
  for (model::Role& role : resolution.model.roles)
    role.used = unread || !role.inherits.empty() || shared.contains(role.span.source) || uses.has(role.name);
  for (model::NamedSet& set : resolution.model.sets)
    set.used = unread || shared.contains(set.span.source) || uses.has(set.name);
}

}  // namespace farol::sema
