// The confirmations of a policy's steps: what they are worth.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "driver/driver.h"
#include "target/dingtalk/confirmations.h"

namespace farol::driver {

// A file that is not there is an empty one, unless it must be there. Or what is wrong with it, with its place.
[[nodiscard]] std::variant<dingtalk::Ledger, std::string> read_ledger(const base::FileSystem& disk,
                                                                      const std::string& path,
                                                                      const model::Model& model, bool must_exist);

// The steps of a policy in their order, each with what is confirmed of it; then, by target, the latest confirmations of
// what is no step any more, if they are wanted.
[[nodiscard]] std::vector<dingtalk::SignedStep> signed_steps(const Compilation& compilation,
                                                             const dingtalk::Ledger& ledger, base::Language language,
                                                             bool withdrawn);

}  // namespace farol::driver
