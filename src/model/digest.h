// The digest of a policy: equal for policies with the same statements, however they are laid out.
#pragma once

#include <string>

#include "model/model.h"

namespace farol::model {

// "sha256:" and 64 hexadecimal digits, of the canonical text of all statements.
[[nodiscard]] std::string digest_of(const Model& model);

}  // namespace farol::model
