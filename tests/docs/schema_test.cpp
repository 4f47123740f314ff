// docs/permissions.schema.json is what the tables of fields say.
#include <doctest/doctest.h>

#include "support/repository.h"
#include "target/dingtalk/permissions_document.h"

namespace farol::testing {

TEST_CASE("the schema of permissions.json is the one of the tables") {
  const std::string path = "docs/permissions.schema.json", now = dingtalk::permissions_json_schema();
  if (update_wanted()) write_repository(path, now);
  CHECK_MESSAGE(read_repository(path) == now, path, " is stale: FAROL_UPDATE_GOLDEN=1 rewrites it");
}

}  // namespace farol::testing
