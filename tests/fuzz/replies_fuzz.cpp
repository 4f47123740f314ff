// A platform that answers anything. Line N of the input stands in the place of the body of reply N, of a tenant that
// answers as the vendor's pages say; a line of one `=` leaves the reply as it is.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>

#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "fuzz/program.h"
#include "support/http_tenant.h"
#include "support/reached_tenant.h"

namespace {

using namespace farol;

constexpr std::string_view policy = R"(farol 1
policy "Tenant" { }
use dingtalk 2026.12
tiers public < secret
store drive { on: dingtalk kind: folder }
data files: secret { store: drive }
app orders
department sales
role staff { title: "Staff" }
role boss inherits staff { title: "Boss" }
allow staff to drive.read on files
only staff to drive.read on files because "They are secret"
allow boss to app.use on orders
only boss to app.use on orders because "Orders cost money"
allow boss to contacts.see_mobile on all
only boss to contacts.see_mobile on all because "Telephone numbers are personal data"
bind members staff to "u1,u2"
bind members boss to "u3"
bind data files to "node-1"
bind app orders to "1000111"
bind department sales to 10001
bind tenant corp to "ding1"
bind tenant operator to "opUnion"
bind tenant operator_user to "op"
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  testing::HttpTenant tenant("ding1");
  tenant.people = {{"opUnion", "op"}};
  tenant.state.departments["10001"] = "Sales";
  tenant.state.apps["1000111"].departments = {"1"};
  tenant.state.grants["node-1"]["USER op"] = {"OWNER"};
  tenant.state.grants["node-1"]["USER u9"] = {"EDITOR"};
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  tenant.alter = [&](testing::HttpReply& reply) {
    std::string line;
    if (std::getline(lines, line) && line != "=") reply.body = line;
  };
  testing::reach_tenant(&tenant);
  base::MemoryFileSystem files;
  files.files["p/policy.farol"] = policy;
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
