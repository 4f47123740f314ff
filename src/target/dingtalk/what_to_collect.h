// The calls that show what the steps of a policy set: the script of `collect` and `apply` make the same ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/model.h"
#include "target/dingtalk/admin_config.h"

namespace farol::dingtalk {

struct Collected {
  enum class Kind : std::uint8_t {
    request,            // one list or thing, with all of its pages
    roles_and_members,  // the list of roles, and the members of each
    departments,        // from the root down
    administrators,     // their list, and the scope of each
    attendance_groups,
    left_out,  // a call whose id is not bound
  };
  Kind kind = Kind::request;
  Request request{};          // of `request`
  std::string what{}, key{};  // of `left_out`: the call or step, and the id that is missing
};

// A setting of the security of the exclusive edition, which is made by hand.
[[nodiscard]] bool is_security_control(const Step& step);
// In the order in which they are made. Several steps may ask for the same.
[[nodiscard]] std::vector<Collected> what_to_collect(const model::Model& model, const AdminConfig& config);

}  // namespace farol::dingtalk
