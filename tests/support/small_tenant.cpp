#include "support/small_tenant.h"

namespace farol::testing {

std::string small_policy() {
  return R"(farol 1
policy "Tenant" { }
use dingtalk 2026.12
tiers public < secret
store drive { on: dingtalk kind: folder }
data files: secret { store: drive }
app orders
department sales
role staff { title: "Staff" }
role boss inherits staff { title: "Boss" }
readers: allow staff to drive.read on files
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
}

void fill(HttpTenant& tenant) {
  tenant.people = {{"opUnion", "op"}};
  tenant.state.departments["10001"] = "Sales";
  tenant.state.apps["1000111"].departments = {"1"};
  tenant.state.grants["node-1"]["USER op"] = {"OWNER"};
  tenant.state.grants["node-1"]["USER u9"] = {"EDITOR"};
  tenant.state.grants["node-1"]["USER u1"] = {"MANAGER"};
}

}  // namespace farol::testing
