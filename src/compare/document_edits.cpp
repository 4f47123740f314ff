// What is known of the statements of a permissions.json.
#include <map>
#include <set>
#include <string>

#include "compare/edits.h"
#include "compare/later_words.h"

namespace farol::compare {
namespace {

using Account = Edit::Account;
using Guard = Edit::Guard;
using Kind = model::StatementText::Kind;

// What both a policy and a permissions.json hold of its safeguards and facts, by name.
std::map<std::string, std::string> facts_in_documents(const Side& side, const std::vector<Rename>& renames, bool old) {
  std::map<std::string, std::string> facts;
  const Model& model = side.model;
  const auto words = [&](const std::string& text) { return old ? in_later_words(text, renames) : text; };
  for (const model::Role& role : model.roles) {
    const bool own_admin = role.admin;
    if (own_admin) facts["role " + words(role.name) + ": admin"] = "yes";
    if (!role.clearance.is_none())
      facts["role " + words(role.name) + ": clearance"] = words(model[role.clearance].name);
  }
  for (const model::UsedLibrary& library : model.libraries)
    facts[(library.pack ? "use pack " : "use ") + library.name] = library.version;
  return facts;
}

}  // namespace

void add_document_edits(const Side& before, const Side& after, Difference& difference) {
  const auto old = facts_in_documents(before, difference.vocabulary.renames, true);
  const auto now = facts_in_documents(after, difference.vocabulary.renames, false);
  std::set<std::string> keys;
  for (const auto* facts : {&old, &now}) {
    for (const auto& [key, value] : *facts) keys.insert(key);
  }
  for (const std::string& key : keys) {
    const auto was = old.find(key), is = now.find(key);
    if (was != old.end() && is != now.end() && was->second == is->second) continue;
    Edit edit;
    const auto text = [&](const auto& found) { return found->second.empty() ? key : key + " " + found->second; };
    if (was != old.end()) edit.before = text(was);
    if (is != now.end()) edit.after = text(is);
    edit.kind = was == old.end() ? Edit::Kind::added : is == now.end() ? Edit::Kind::removed : Edit::Kind::edited;
    const bool library = key.starts_with("use ");
    edit.what = library ? Kind::use : Kind::declaration;
    const bool guards = !library || key.starts_with("use pack ");
    edit.account = guards ? Account::safeguard : Account::fact;
    if (guards)
      edit.guard = edit.kind == Edit::Kind::removed ? Guard::weaker
                   : edit.kind == Edit::Kind::added ? Guard::stronger
                                                    : Guard::unclear;
    difference.edits.push_back(std::move(edit));
  }
  if (before.digest == after.digest) return;
  const bool seen = !difference.empty() || !difference.edits.empty() || !difference.things.empty();
  difference.unseen = seen ? Difference::Unseen::perhaps : Difference::Unseen::something;
}

}  // namespace farol::compare
