#include "sema/doubts.h"

namespace farol::sema {
void Doubts::add(const syntax::RuleBody& body) {
  if (everything_) return;
  if (!body.features || !add_terms(body.features->terms)) add_everything();
}

void Doubts::add(const syntax::BrokenStatement& broken) {
  if (everything_ || !broken.is_rule) return;
  // A keyword is no name, so it is not among the mentions.
  bool any = false;
  if (resolution_.sources.text(broken.span).find("everything") != std::string_view::npos) add_everything();
  for (const syntax::Name& name : broken.mentions) any = add_name(name.text) || any;
  if (!any) add_everything();
}

void Doubts::settle() {
  auto& features = resolution_.model.features;
  for (std::size_t i = 0; i < features.size(); ++i)
    features[i].uncertain = features[i].uncertain || everything_ || marked_[i];
}

// Whether one of the terms names a feature, or could.
bool Doubts::add_terms(const std::vector<syntax::Term>& terms) {
  bool any = false;
  for (const syntax::Term& term : terms) {
    switch (term.form) {
      case syntax::Term::Form::everything:
        add_everything();
        any = true;
        break;
      case syntax::Term::Form::wildcard: any = add_namespace(term.name.text) || any; break;
      case syntax::Term::Form::name: any = add_name(term.name.text) || any; break;
      case syntax::Term::Form::exactly:
      case syntax::Term::Form::everyone:
      case syntax::Term::Form::all:
      case syntax::Term::Form::or_below:
      case syntax::Term::Form::or_above:
      case syntax::Term::Form::range: break;
    }
  }
  return any;
}

bool Doubts::add_name(std::string_view name) {
  const bool in_namespace = add_namespace(name);
  const Symbol* symbol = resolution_.names.find(name);
  if (symbol == nullptr) {
    if (in_namespace) return true;
    const auto nearest = resolution_.names.find_nearest(name, wanted::feature_term);
    return nearest && add_name(*nearest);
  }
  if (symbol->kind == Kind::feature) {
    // A feature that is not in the model cannot be marked there, but it is what the statement is about.
    if (!symbol->broken) marked_[symbol->index] = true;
    return true;
  }
  if (symbol->kind != Kind::feature_list) return in_namespace;
  if (!lists_.insert(symbol->name).second) return true;
  return add_terms(resolution_.feature_lists[symbol->index].node->list.terms);
}

bool Doubts::add_namespace(std::string_view name) {
  const auto found = resolution_.namespaces.find(name);
  if (found == resolution_.namespaces.end()) return false;
  const model::Namespace& space = resolution_.model[found->second];
  for (std::uint32_t i = space.first; i < space.last; ++i) marked_[i] = true;
  return true;
}

}  // namespace farol::sema
