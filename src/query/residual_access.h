// Access that no rule can rule out: who can change the rules' effect, and who can read data where it is stored without
// being asked. The footnote of `farol who can`.
#pragma once

#include <vector>

#include "base/json_writer.h"
#include "base/phrases.h"
#include "decide/answers.h"
#include "document/document.h"
#include "model/model.h"

namespace farol::query {

// A role that can change who has what: it is `admin: yes`, or is allowed a privileged feature of the class
// `administer`.
struct Administrator {
  model::RoleId role;
  bool admin = false;
  std::vector<model::FeatureId> features;  // of that class, that it is allowed in some case
};

// Where a class of data, or a tier's own data, is stored.
struct Custody {
  model::ObjectId object;
  const model::Entity* store = nullptr;  // null if the policy does not say
};

struct ResidualAccess {
  std::vector<Administrator> administrators;  // by role
  std::vector<Custody> custody;               // by object, then store; of data only
};

[[nodiscard]] ResidualAccess residual_access(const model::Model& model, const decide::Answers& answers,
                                             const std::vector<model::ObjectId>& objects);

[[nodiscard]] document::Document residual_document(const ResidualAccess& residual, const model::Model& model,
                                                   base::Language language);
// As members of the object that is open.
void write_members(base::JsonWriter& json, const ResidualAccess& residual, const model::Model& model);

}  // namespace farol::query
