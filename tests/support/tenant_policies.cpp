#include "support/tenant_policies.h"

#include <array>
#include <random>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace farol::testing {
namespace {

using Names = std::vector<std::string_view>;

class TenantPolicy {
 public:
  TenantPolicy(std::uint32_t seed, Bound bound) : random_(seed), bound_(bound) {}

  std::string write() {
    text_ = "farol 1\npolicy \"Tenant\" { title.zh-Hant: \"某機構 \\\"甲\\\"\"";
    if (one_in(2)) text_ += one_in(2) ? " edition: standard" : " edition: exclusive";
    text_ += " }\nuse dingtalk 2026.12\ntiers public < internal < secret\n";
    declare();
    const int rules = pick(3, 14);
    for (int i = 0; i < rules; ++i) add_rule();
    if (bound_ != Bound::none) bind();
    return text_;
  }

 private:
  int pick(int low, int high) { return low + static_cast<int>(random_() % static_cast<unsigned>(high - low + 1)); }
  bool one_in(unsigned n) { return random_() % n == 0; }
  template <class List>
  auto one_of(const List& list) {
    return list[random_() % list.size()];
  }

  void declare() {
    text_ +=
        "store folder { on: dingtalk kind: folder }\nstore shared { on: dingtalk }\n"
        "store library { on: dingtalk kind: space }\nstore meeting { on: dingtalk kind: meeting }\n"
        "store cabinet { on: premises kind: cabinet }\n";
    for (const std::string_view data : data_) {
      text_ += fmt::format("data {}: {}", data, one_of(tiers_));
      if (!one_in(5)) text_ += fmt::format(" {{ store: {} }}", one_of(stores_));
      text_ += '\n';
    }
    text_ +=
        "group talk { made_by_app: yes }\ngroup board { title: \"Board \\\"A\\\"\" }\napp crm\napp bought { provider: "
        "\"another firm\" }\n"
        "place office { latitude: \"22.198745\" longitude: \"113.543873\" radius: 300 }\nplace site\n"
        "department sales\ndepartment ward\nrole staff\nrole manager inherits staff\n"
        "role nurse inherits staff { department: ward }\nrole auditor { members: \"A. Person\" manages: sales, ward }\n"
        "role guest { department: \"Visitors\" }\n";
  }

  void add_rule() {
    static const std::array<Names, 5> kinds = {
        Names{"drive.read", "drive.download", "drive.write", "drive.delete", "doc.read", "doc.copy", "doc.write",
              "scheduled.join_external", "scheduled.record_automatically", "scheduled.own_recording", "chat.send_file",
              "drive.share_external"},
        Names{"chat.post", "chat.invite", "chat.mention_all", "chat.befriend", "meeting.start_in_group",
              "chat.post_file"},
        Names{"contacts.see", "contacts.see_mobile", "contacts.see_email", "contacts.see_title_in_chat",
              "attendance.see_location"},
        Names{"contacts.reach_executives", "attendance.check_in_outside", "attendance.check_in_face", "device.sign_in",
              "chat.send", "contacts.export", "approval.submit", "audit.read"},
        Names{"app.use", "attendance.check_in", "meeting.record", "meeting.join"}};
    const std::size_t kind = random_() % kinds.size();
    const std::string_view feature = one_of(kinds[kind]);
    std::string_view object;
    if (kind == 0)
      object = one_of(Names{"files", "papers", "records", "minutes", "all", "internal or below", "secret"});
    if (kind == 1) object = one_of(Names{"talk", "board", "all"});
    if (kind == 2) object = one_of(Names{"sales", "ward", "all"});
    if (feature == "app.use") object = one_of(Names{"crm", "bought", "all"});
    if (feature == "attendance.check_in") object = one_of(Names{"office", "site", "all"});
    if (feature == "meeting.record") object = one_of(Names{"internal or below", "secret", "all"});
    const std::string_view verb = one_of(Names{"allow", "allow", "allow", "deny", "forbid"});
    text_ += fmt::format("{} {} to {}", verb, one_of(roles_), feature);
    if (!object.empty()) text_ += fmt::format(" on {}", object);
    if (one_in(4)) {
      const std::string_view condition = one_of(
          Names{"device is managed", "network is not other", "reach is self or department", "audience is internal"});
      text_ += fmt::format(" when {}", condition);
    }
    if (verb == "allow" && one_in(5))
      text_ += fmt::format(" requiring {}", one_of(Names{"mfa", "watermark", "announced"}));
    text_ += " because \"b\"";
    if (one_in(4)) text_ += " kept by \"the manager\"";
    text_ += '\n';
  }

  void bind() {
    const auto add = [&](std::string_view what, std::string_view id) {
      if (bound_ == Bound::all || one_in(2)) text_ += fmt::format("bind {} to \"{}\"\n", what, id);
    };
    int id = 20000;
    for (const std::string_view role : Names{"staff", "manager", "guest"})
      add(fmt::format("role {}", role), std::to_string(++id));
    add("role auditor", "20009");
    for (const std::string_view role : Names{"staff", "manager", "auditor"}) {
      std::vector<std::string> users;
      const int count = one_in(8) ? pick(100, 130) : pick(1, 5);
      for (int i = 0; i < count; ++i) users.push_back(fmt::format("{}-{}", role, i));
      add(fmt::format("members {}", role), fmt::format("{}", fmt::join(users, ",")));
    }
    add("department sales", "10001");
    add("department ward", "10002");
    for (const std::string_view store : stores_) add(fmt::format("store {}", store), fmt::format("node-{}", store));
    for (const std::string_view data : data_) {
      // With an id of its own a class has a node of its own; it needs one where a store is not for it alone.
      add(fmt::format("data {}", data), fmt::format("node_{}", data));
    }
    add("group talk", "cid5d5uM3XEw3gxbNc/n7EQ4g==");
    add("group board", "cidB+A==");
    add("app crm", "1000111");
    add("place office", "123");
    add("place site", one_in(2) ? "123" : "124");
    add("tenant corp", "ding0001");
    add("creator meeting", "creatorUnion");
    add("tenant operator", "operatorUnion");
    add("tenant operator_user", "manager4711");
    add("tenant role_group", "15071135");
    add("tenant executives", "ceo,cfo");
    add("tenant recording_owner", "auditUnion");
    add("tenant devices_mac", "02:00:00:00:00:01,02:00:00:00:00:02");
    add("tenant devices_win", "02-00-00-00-00-03");
  }

  std::mt19937 random_;
  Bound bound_;
  std::string text_;
  const Names data_{"files", "papers", "records", "minutes"};
  const Names stores_{"folder", "shared", "library", "meeting", "cabinet"};
  const Names tiers_{"public", "internal", "secret"};
  const Names roles_{"staff", "manager",  "nurse",         "auditor",
                     "guest", "everyone", "exactly staff", "everyone except manager"};
};

}  // namespace

std::string tenant_policy(std::uint32_t seed, Bound bound) { return TenantPolicy{seed, bound}.write(); }

}  // namespace farol::testing
