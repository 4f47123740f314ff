// A platform that answers anything. Line N of the input stands in the place of the body of reply N, of a tenant that
// answers as the vendor's pages say; a line of one `=` leaves the reply as it is.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "fuzz/program.h"
#include "support/http_tenant.h"
#include "support/reached_tenant.h"
#include "support/small_tenant.h"

using namespace farol;

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
  fuzz::count.add(is_planned);
  if (is_planned) {
    static_cast<void>(fuzz::ask(files, "apply p --confirm plan.json --tenant Tenant"));
    static_cast<void>(fuzz::ask(files, "apply p --resume"));
  }
  testing::reach_tenant(nullptr);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_json_lines);
}
