// A tenant that answers over HTTP as the documentation of the platform says, and misbehaves where a test wants it. It
// knows nothing of Farol: it takes what arrives.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "support/http_server.h"

namespace farol::testing {

class HttpTenant {
 public:
  using Json = nlohmann::json;

  // What somebody else may have set, and a test looks at.
  struct Role {
    std::string name, group;
    std::map<std::string, std::set<std::string>> members;  // the departments that each manages
  };
  struct Scope {
    std::set<std::string> roles, departments, users;
    bool administrators_only = false;
    bool operator==(const Scope&) const = default;
  };
  struct State {
    std::map<std::string, std::string> groups;                 // of roles, by id
    std::map<std::string, Role> roles;                         // by id
    std::map<std::string, std::string> departments;            // by id; all below the root
    std::map<std::string, Json> options_of_department;         // what its console restricts
    std::map<std::string, std::map<std::string, Json>> rules;  // by the path of their calls, then by id
    std::map<std::string, Json> executives;                    // by person
    std::map<std::string, std::string> inheritance;            // by node
    // By node, then `USER u1`: the roles of each.
    std::map<std::string, std::map<std::string, std::set<std::string>>> grants;
    std::map<std::string, Scope> apps;
    std::map<std::string, Json> groups_of_chat, meetings, attendance;  // the options, by id
    std::map<std::string, std::map<std::string, Json>> devices;        // by platform, then by address
    std::map<std::string, Json> controls;  // of security that hit somebody: the whole answer
  };

  // What goes wrong with the request of a number, from 1.
  enum class Fault {
    none,
    cut_before,    // the connection ends before the request is taken
    cut_after,     // and after it was taken
    half,          // half an answer, after it was taken
    error_before,  // 500, and nothing was done
    error_after,   // 500, and it was done
    too_often,     // a refusal that says so
    throttle,      // 429 by something in front of the platform, which writes no JSON
    expire,        // every token is void from now on, and nothing was done
    lie,           // success, and nothing was done
    refuse,        // a refusal
  };

  explicit HttpTenant(std::string corp);

  [[nodiscard]] HttpReply answer(const HttpRequest& request);
  // A token for whoever brings one from elsewhere.
  [[nodiscard]] std::string give_token();
  // Within `watch`, what somebody else does at the same time.
  void meanwhile(const std::function<void()>& what);

  State state;
  std::string corp, app_key = "dingapp", app_secret = "secret-of-the-app";
  std::function<Fault(std::size_t number, bool changes)> fault;   // of the request of that number, tokens left out
  std::function<Fault(std::size_t number)> token_fault;           // of the token that is asked for
  std::function<void(std::size_t number, bool is_before)> watch;  // before and after each
  // The permission code that the app lacks for a request; empty: none.
  std::function<std::string(const HttpRequest&)> lacks;
  std::function<void(HttpReply& reply)> alter;  // each, tokens too, before it leaves
  std::size_t late = 0;                         // so many reads of a list still show what was there before a change
  std::size_t month = 5000;                     // calls that are left
  std::size_t page = 100;
  std::map<std::string, std::string> people;  // userids by unionId: in their names nodes are changed
  bool has_every_app = false;  // an app that nobody has set anything of is there, and open to the whole organisation

  // What arrived: the number of each request that changes something, and how often each of those that may not be
  // repeated took effect, by what it makes.
  std::size_t requests = 0, changes = 0;
  std::size_t tokens = 0, asked_tokens = 0;  // that were given, and that were asked for
  std::map<std::string, std::size_t> made;
  std::vector<std::string> sent;      // `POST /role/add_role {…}` of those that change something
  std::vector<std::string> problems;  // requests that no documentation has

 private:
  HttpReply reply_to(const HttpRequest& request);
  [[nodiscard]] HttpReply token(const HttpRequest& request);
  [[nodiscard]] bool changes_something(const HttpRequest& request) const;
  [[nodiscard]] Json take(const HttpRequest& request, const Json& body);
  [[nodiscard]] Json take_role(const std::string& path, const Json& body);
  [[nodiscard]] Json take_thing(const HttpRequest& request, const Json& body);
  [[nodiscard]] Json take_node(const HttpRequest& request, const Json& body, const std::string& node,
                               const std::string& rest);
  [[nodiscard]] std::optional<Json> show(const HttpRequest& request, const Json& body, const State& seen) const;
  [[nodiscard]] std::optional<Json> show_old(const HttpRequest& request, const Json& body, const State& seen) const;
  [[nodiscard]] std::optional<Json> show_node(const Json& body, const State& seen, const std::string& node,
                                              const std::string& rest) const;
  [[nodiscard]] std::string next_id() { return std::to_string(next_id_++); }

  std::mutex mutex_;
  std::set<std::string> valid_;  // tokens
  long next_id_ = 700'001;
  State earlier_;  // what late lists show
  std::size_t late_reads_ = 0;
};

}  // namespace farol::testing
