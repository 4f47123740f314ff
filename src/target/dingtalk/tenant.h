// What a tenant has set, as far as documented calls show it: the content of an export, without order, times and pages.
//
// Ids are texts, digit for digit, whatever the calls take them for.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "target/dingtalk/calls.h"

namespace farol::dingtalk {

// A sentence for people, in whatever language: a phrase, and what is filled in.
struct Note {
  base::Phrase phrase{};
  std::vector<std::string> details{};

  // For a message: see diag::Form::filled.
  [[nodiscard]] std::vector<std::string> filled() const {
    std::vector<std::string> words{std::string(base::identifier(phrase))};
    words.insert(words.end(), details.begin(), details.end());
    return words;
  }
};

// The value that a call showed, or why it shows none: it was not made, it was refused, or some of its pages are
// missing.
template <class T>
struct Seen {
  std::optional<T> value;
  std::optional<Note> why_not;
};

struct RoleGroup {
  std::string id, name;
};
struct Role {
  std::string id, name, group;  // `group` is a name
};
struct Roles {
  std::vector<RoleGroup> groups;
  std::vector<Role> roles;                     // by id
  std::map<std::string, std::size_t> by_name;  // the first of each name

  [[nodiscard]] const Role* find(const std::string& id) const;
  [[nodiscard]] const Role* find_named(const std::string& name) const;
};

struct TenantPerson {
  std::string id, name;
  std::set<std::string> manages;  // ids of departments
};

struct Department {
  std::string id, name, parent;
};

using Ids = std::set<std::string>;

// An item of a reply: its fields by their path in tenant_fields.def. Numbers and truth values are texts, as they are
// written.
struct Record {
  std::map<std::string, Ids, std::less<>> fields;

  [[nodiscard]] bool shows(std::string_view path) const { return fields.contains(path); }
  // Returns the values of a field; none if the reply does not have it.
  [[nodiscard]] const Ids& all(std::string_view path) const;
  // Returns the one value of a field; an empty text if the reply does not have it.
  [[nodiscard]] const std::string& one(std::string_view path) const;
  [[nodiscard]] bool is_on(std::string_view path) const { return one(path) == "true"; }
};
using Records = std::vector<Record>;
// Returns true for a permission on a node that ends after some seconds.
[[nodiscard]] bool lapses(const Record& grant);

struct Tenant {
  std::string collected;          // when, as the export says; empty: it does not
  std::string corp, operator_id;  // of the organisation, and of whoever asked for folders; empty: no call has it
  Seen<Roles> roles;
  std::map<std::string, Seen<std::vector<TenantPerson>>> members;  // by role
  // By id. Those that were found are there, with `why_not`, where the list is not whole.
  Seen<std::vector<Department>> departments;
  std::map<std::string, Seen<std::vector<TenantPerson>>> users;  // by department
  // The replies to all other calls, by what they are about: a person, node, app, group, meeting or platform.
  std::map<Call, std::map<std::string, Seen<Records>>> records;
  std::vector<Note> passed_over;  // calls of the export that say nothing, with the reason

  // Returns what a call shows of one thing, or that it was not made.
  [[nodiscard]] const Seen<Records>& records_of(Call call, const std::string& about = {}) const;
};

// Returns what was seen of an object, or that no call was made for it.
template <class T>
[[nodiscard]] Seen<T> seen_of(const std::map<std::string, Seen<T>>& all, const std::string& id) {
  const auto found = all.find(id);
  return found == all.end() ? Seen<T>{{}, Note{base::Phrase::drift_not_called}} : found->second;
}

}  // namespace farol::dingtalk
