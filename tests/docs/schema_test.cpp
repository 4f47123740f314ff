// docs/permissions.schema.json and docs/steps.schema.json are what the tables of fields say.
#include <doctest/doctest.h>

#include "support/repository.h"
#include "target/dingtalk/permissions_document.h"
#include "target/dingtalk/steps_document.h"

namespace farol::testing {

namespace {

void check_schema(const std::string& path, const std::string& now) {
  if (update_wanted()) write_repository(path, now);
  CHECK_MESSAGE(read_repository(path) == now, path, " is stale: FAROL_UPDATE_GOLDEN=1 rewrites it");
}

}  // namespace

TEST_CASE("the schemas of what is written for programs are those of the tables") {
  check_schema("docs/permissions.schema.json", dingtalk::permissions_json_schema());
  check_schema("docs/steps.schema.json", dingtalk::steps_json_schema());
}

}  // namespace farol::testing
