// Any bytes as what a tenant shows: it is read, or a fault says at which byte.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "target/dingtalk/import.h"
#include "target/dingtalk/tenant_export.h"

using namespace farol;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto read = dingtalk::read_export(text);
  fuzz::count.add(data, size, !std::holds_alternative<std::vector<dingtalk::Fault>>(read));
  if (const auto* faults = std::get_if<std::vector<dingtalk::Fault>>(&read)) {
    require(!faults->empty() && faults->size() <= dingtalk::max_faults, "no fault, or too many");
    for (const dingtalk::Fault& fault : *faults) require(fault.offset <= text.size(), "a fault outside the file");
  }
  dingtalk::Names names{[](const std::string&) { return false; }};
  if (const auto draft = dingtalk::draft_from_contacts(text, "2026.12", names, base::Language::en))
    require(!base::find_invalid_utf8(render(*draft, "fuzz.json", base::Language::en)), "a draft is not UTF-8");
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_any);
}
