// A platform that answers anything. Line N of the input stands in the place of the body of reply N, of a tenant that
// answers as the vendor's pages say; a line of one `=` leaves the reply as it is.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "fuzz/program.h"
#include "support/http_tenant.h"
#include "support/reached_tenant.h"
#include "support/small_tenant.h"

using namespace farol;

namespace {

// The name of the first run that was sent.
std::optional<std::string> run_in(const base::MemoryFileSystem& files) {
  constexpr std::string_view runs = "/farol-runs/", ending = ".jsonl";
  for (const auto& [path, text] : files.files) {
    if (path.find(runs) == std::string::npos || !path.ends_with(ending)) continue;
    const std::size_t begin = path.rfind('/') + 1;
    return path.substr(begin, path.size() - ending.size() - begin);
  }
  return std::nullopt;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  testing::HttpTenant tenant("ding1");
  testing::fill(tenant);
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  tenant.alter = [&](testing::HttpReply& reply) {
    std::string line;
    if (std::getline(lines, line) && line != "=") reply.body = line;
  };
  testing::reach_tenant(&tenant);
  base::MemoryFileSystem files;
  files.files["p/policy.farol"] = testing::small_policy();
  const bool is_planned = fuzz::ask(files, "apply p -o plan.json").exit == 0;
  fuzz::count.add(data, size, is_planned);
  if (is_planned) {
    static_cast<void>(fuzz::ask(files, "apply p --confirm plan.json --tenant Tenant"));
    static_cast<void>(fuzz::ask(files, "apply p --resume"));
    if (const auto run = run_in(files)) {
      static_cast<void>(fuzz::ask(files, "apply p --undo " + *run + " -o back.json"));
      static_cast<void>(fuzz::ask(files, "apply p --confirm back.json --tenant Tenant"));
    }
  }
  testing::reach_tenant(nullptr);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_json_lines);
}
