// tenant_policies FOLDER COUNT: writes random policies of an organisation, each to a file of its own; some more with
// what random ones seldom have; and to calls.json every documented call, of those that the vendor's client has with a
// request where the documents of policies have none: what is read for them, and what takes away.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "support/tenant_policies.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/requests.h"

namespace {

using namespace farol::dingtalk;

std::optional<Request> example_of(const CallInfo& call) {
  const Value member = object({{"type", text("DEPT")}, {"id", text("10001")}, {"corpId", text("ding1")}});
  switch (call.call) {
    case Call::contact_unrestrict:
    case Call::contact_unhide:
    case Call::field_unhide: return Request{call.call, {{"settingId", text("700001")}}, {}, {}};
    case Call::file_change:
    case Call::file_remove:
      return Request{call.call,
                     {{"dentryUuid", text("node")}},
                     {{"unionId", text("union")}},
                     {{"roleId", text("READER")}, {"members", list({member})}}};
    case Call::device_distrust:
      return with_body(call.call, {{"kickOff", boolean(false)}, {"macAddress", text("02:00")}, {"userId", text("0")}});
    default: break;
  }
  if (call.effect == CallEffect::change) return std::nullopt;
  Request about{call.call, {}, {}, {}};
  if (!call.about.empty()) about.body.push_back({std::string(call.about), text("id")});
  if (call.about == "dentryUuid") about.query.push_back({"unionId", text("union")});
  return read_back(call.call, about);
}

// Whoever is hidden in the contact list from most, and seen by some.
constexpr std::string_view hidden_department = R"(farol 1
policy "Hidden" { }
use dingtalk 2026.12
role staff { title: "Staff" }
role hr inherits staff { title: "HR" }
department sales
department ward
allow staff to contacts.see on all except ward because "Patients do not call the ward"
allow hr to contacts.see on ward because "They plan its shifts"
bind role staff to "20001"
bind role hr to "20002"
bind department sales to "10001"
bind department ward to "10002"
bind tenant corp to "ding1"
bind tenant operator to "union"
bind tenant operator_user to "0"
)";

// A meeting with settings that the vendor's client lacks.
constexpr std::string_view summarised_meeting = R"(farol 1
policy "Summarised" { }
use dingtalk 2026.12
tiers public
store board { on: dingtalk kind: meeting }
data talks: public { store: board }
role staff { title: "Staff" }
deny everyone to scheduled.summarise on talks because "What is said stays there"
bind store board to "meeting-1"
bind creator board to "creatorUnion"
bind tenant corp to "ding1"
)";

bool write_calls(const std::string& path) {
  std::ofstream file(path);
  const char* before = "[";
  for (const CallInfo& call : all_calls()) {
    if (call.tier == Tier::B) continue;
    file << before << R"({"name": ")" << call.identifier << R"(", "client": )";
    if (call.client.empty()) {
      file << "null";
    } else {
      file << R"({"package": ")" << call.package() << R"(", "method": ")" << call.function() << R"("})";
    }
    file << R"(, "method": ")" << call.method << R"(", "path": ")" << call.path << '"';
    if (const auto request = call.client.empty() ? std::nullopt : example_of(call))
      file << R"(, "request": {"path": )" << to_json(object(request->path)) << R"(, "query": )"
           << to_json(object(request->query)) << R"(, "body": )"
           << (request->body.empty() ? "null" : to_json(object(request->body))) << '}';
    file << '}';
    before = ",\n";
  }
  file << "]\n";
  return static_cast<bool>(file);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const auto count = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
  for (std::uint32_t seed = 0; seed < count; ++seed) {
    // Most have their ids bound: these are what is sent.
    const auto bound = seed % 8 == 0   ? farol::testing::Bound::none
                       : seed % 8 == 1 ? farol::testing::Bound::some
                                       : farol::testing::Bound::all;
    std::ofstream file(fmt::format("{}/tenant-{:03}.farol", argv[1], seed));
    file << farol::testing::tenant_policy(seed, bound);
    if (!file) return 1;
  }
  std::ofstream hidden(std::string(argv[1]) + "/tenant-hidden.farol");
  hidden << hidden_department;
  std::ofstream summarised(std::string(argv[1]) + "/tenant-summarised.farol");
  summarised << summarised_meeting;
  return hidden && summarised && write_calls(std::string(argv[1]) + "/calls.json") ? 0 : 1;
}
