// What a tenant has set, as far as documented calls show it: the content of an export, without order, times and pages.
//
// Ids are texts, digit for digit, whatever the calls take them for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/phrases.h"

namespace farol::dingtalk {

// A sentence for people, in whatever language: a phrase, and what is filled in.
struct Note {
  base::Phrase phrase{};
  std::vector<std::string> details{};
};

// What a call showed, or why it shows nothing: it was not made, it was refused, or some of its pages are missing.
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
  std::vector<Role> roles;  // by id

  [[nodiscard]] const Role* find(const std::string& id) const;
  [[nodiscard]] const Role* find_named(const std::string& name) const;
};

struct TenantMember {
  std::string id, name;
  std::set<std::string> manages;  // ids of departments
};

struct Department {
  std::string id, name, parent;
};

// A rule of the address book: who sees whom, who is hidden, or which fields are.
struct ContactRule {
  std::string id, name, description;
  std::string type;  // of a restriction
  bool active = false;
  std::map<std::string, bool> flags;  // `restrictInSearch`
  std::map<std::string, std::set<std::string>>
      lists;  // `excludeTagIds`, by the name in the call; empty ones are left out
};

struct Executive {
  std::set<std::string> scenes, permitted;  // ids of roles, departments and people, which the call does not tell apart
};

struct Grant {
  std::string type, id;  // `DEPT`, `10001`
  std::string role;      // `READER`
  bool operator==(const Grant&) const = default;
  bool operator<(const Grant& other) const {
    return std::tie(type, id, role) < std::tie(other.type, other.id, other.role);
  }
};

struct App {
  std::string id, name;
};
struct AppScope {
  std::set<std::string> roles, departments, users;
  bool administrators_only = false;
};

struct Device {
  std::string address, user, status;
};

// Switches by their path in the call, `moziConfVirtualExtraSetting.waitingRoom`; numbers as they are written.
using Switches = std::map<std::string, std::string>;

struct Tenant {
  std::string collected;          // when, as the export says; empty: it does not
  std::string corp, operator_id;  // of the organisation, and of whoever asked for folders; empty: no call has it
  Seen<Roles> roles;
  std::map<std::string, Seen<std::vector<TenantMember>>> members;  // by role
  Seen<std::vector<Department>> departments;                       // by id
  std::map<std::string, Seen<std::vector<TenantMember>>> users;    // by department
  Seen<std::vector<ContactRule>> restrictions, hidings, hidden_fields;
  std::map<std::string, Seen<Executive>> executives;
  std::map<std::string, Seen<std::string>> inheritance;    // by node
  std::map<std::string, Seen<std::vector<Grant>>> grants;  // by node
  Seen<std::vector<App>> apps;
  std::map<std::string, Seen<AppScope>> app_scopes;
  std::map<std::string, Seen<Switches>> groups, meetings;
  std::map<std::string, Seen<std::vector<Device>>> devices;  // by platform
};

// Of some object: what was seen of it, or that no call was made for it.
template <class T>
[[nodiscard]] Seen<T> seen_of(const std::map<std::string, Seen<T>>& all, const std::string& id) {
  const auto found = all.find(id);
  return found == all.end() ? Seen<T>{{}, Note{base::Phrase::drift_not_called}} : found->second;
}

}  // namespace farol::dingtalk
