// A tenant's export that is being made a policy. For the .cpp files of this folder only.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "target/dingtalk/drift_comparison.h"
#include "target/dingtalk/import.h"

namespace farol::dingtalk {

// A role of the policy that is being made.
struct ImportedRole {
  std::string name;
  std::string tag, department;  // ids, of which it has at most one
  std::set<std::string> members;
};

class TenantImporter {
 public:
  TenantImporter(const Tenant& tenant, const model::Model& catalogue, std::string_view version, Names names,
                 base::Language language);

  PolicyDraft run();
  // How many roles, and departments, folders, apps and groups, the draft declares.
  [[nodiscard]] std::size_t roles() const { return subjects_.size(); }
  [[nodiscard]] std::size_t things() const { return department_names_.size() + things_; }

 private:
  void ask(diag::Text question);
  [[nodiscard]] std::string said(const diag::Text& text) const { return sentence(text, language_); }

  // Returns what a call shows of each thing that was asked for.
  [[nodiscard]] const std::map<std::string, Seen<Records>>& things(Call call) const;

  // Binds an id. Returns false, with a question, if it cannot be bound.
  bool bind(const std::string& kind, const std::string& name, const std::string& id);
  void add_departments();
  void declare_departments();
  void ask_about_restrictions(const Department& department, const Record& full);
  // The role of the tenant whose members are just these people, since so it was set; otherwise one for them.
  std::size_t role_of(const Ids& users);
  void ask_about_administrators();
  void why(diag::Text what, const std::optional<Note>& note);
  void add_roles();
  void bind_members(const ImportedRole& subject);

  // The attribute `manages`: a policy says for all members which departments they manage, a tenant for each.
  std::string manages(const ImportedRole& subject, const std::vector<TenantPerson>& members);

  // The role that stands for a department or for some people, which is declared at the first use.
  std::optional<std::size_t> of_department(const std::string& id);
  std::size_t of_people(const std::set<std::string>& users);

  // Roles for the lists of a rule. Returns nullopt, with a question, if one of them is not known.
  std::optional<std::set<std::size_t>> subjects_of(const diag::Text& what, const Ids& tags, const Ids& departments,
                                                   const Ids& users);
  // The same for the lists of a rule, which has them under the keys of the call that sets them.
  std::optional<std::set<std::size_t>> subjects_of(const Record& rule, Call set_by);
  // Returns what a call shows; null, with a question, if it shows nothing.
  const Records* seen(diag::Text what, const Seen<Records>& live);

  // What a subject may see: nothing at all, or these; `others` are departments beyond those that have a name.
  struct View {
    bool nothing = false;
    bool own = false;                // its own department only
    std::optional<Ids> departments;  // these only
    Ids hidden;                      // all but these
    bool operator==(const View&) const = default;
    bool operator<(const View& other) const {
      return std::tie(nothing, own, departments, hidden) <
             std::tie(other.nothing, other.own, other.departments, other.hidden);
    }
  };

  void add_contacts();
  void restrict(const Record& rule, std::map<std::size_t, View>& views);
  using Hidings = std::map<std::string, std::set<std::size_t>>;  // by department, who sees it nonetheless
  void hide(const Record& rule, Hidings& hidings);

  // `a, b`, or `everyone except c` where whoever holds no role is among them.
  [[nodiscard]] std::string subjects(const std::set<std::size_t>& who, bool with_nobody) const;
  [[nodiscard]] std::string objects(const View& view) const;
  [[nodiscard]] std::string departments(const Ids& ids) const;  // their names
  void add_fields();
  void add_executives();
  void add_files();

  // Roles for the members of a permission.
  std::optional<std::set<std::size_t>> grantees(const std::string& node, const Records& grants, std::string_view role);
  void add_apps();
  void add_groups();
  void finish_declarations();

  const Tenant& tenant_;
  const model::Model& catalogue_;
  Names names_;
  base::Language language_;
  PolicyDraft draft_;
  std::set<diag::Text> asked_;  // each question once
  std::string declarations_;
  std::map<std::string, std::string> department_names_;
  std::vector<ImportedRole> subjects_;
  std::size_t things_ = 0;  // folders, apps and groups
  std::map<std::string, std::size_t> by_tag_, by_department_;
  // The first role of the tenant with these members, and what stands for people who are no such role.
  std::map<std::set<std::string>, std::size_t> by_members_, by_people_;
};

// A rule of the address book, in a question.
[[nodiscard]] diag::Text title_of(const Record& rule);

}  // namespace farol::dingtalk
