// Any bytes as a permissions.json: it is a policy that is decided, or there is a problem that says where.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "target/dingtalk/document_lines.h"
#include "target/dingtalk/permissions_as_policy.h"
#include "target/dingtalk/permissions_file.h"

using namespace farol;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(dingtalk::read_lines(text, base::Language::en));
  static_cast<void>(dingtalk::read_steps(text));
  const auto read = dingtalk::read_permissions_file(text, base::Language::en);
  const auto* file = std::get_if<dingtalk::PermissionsFile>(&read);
  fuzz::count.add(data, size, file != nullptr);
  if (file == nullptr) {
    for (const std::string& problem : std::get<dingtalk::NotPermissions>(read).problems)
      require(!base::find_invalid_utf8(problem), "a problem is not UTF-8");
    return 0;
  }
  const auto policy = dingtalk::as_policy(file->permissions);
  if (const auto* problems = std::get_if<dingtalk::NotPermissions>(&policy)) {
    require(!problems->problems.empty(), "refused without a problem");
    return 0;
  }
  const auto& made = std::get<dingtalk::PermissionsAsPolicy>(policy);
  require(made.decisions.rows.size() == made.model.features.size(), "a feature has no row");
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_any);
}
