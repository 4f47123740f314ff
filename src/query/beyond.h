// What no rule can promise: who can change the rules' effect, and who can read data without being asked. The footnote
// of `farol who can`.
#pragma once

#include <string>
#include <vector>

#include "base/json_writer.h"
#include "base/phrases.h"
#include "decide/decisions.h"
#include "model/model.h"

namespace farol::query {

// A role that can change who has what: it is `admin: yes`, or is allowed a privileged feature of the class
// `administer`.
struct Administrator {
  model::RoleId role;
  bool admin = false;
  std::vector<model::FeatureId> features;  // of that kind, that it is allowed in some case
};

// Where a class of data, or a tier's own data, lies.
struct Custody {
  model::ObjectId object;
  const model::Entity* store = nullptr;  // none: the policy does not say
};

struct Beyond {
  std::vector<Administrator> administrators;  // by role
  std::vector<Custody> custody;               // by object, then store; of data only
};

[[nodiscard]] Beyond beyond_rules(const model::Model& model, const decide::Decisions& decisions,
                                  const std::vector<model::ObjectId>& objects);

[[nodiscard]] std::string render_text(const Beyond& beyond, const model::Model& model, base::Language language,
                                      bool color);
// As members of the object that is open.
void write_members(base::JsonWriter& json, const Beyond& beyond, const model::Model& model);

}  // namespace farol::query
