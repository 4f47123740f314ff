// What carries a request to the platform. Nothing in this folder knows how: the program gives one, and a test another.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "target/dingtalk/calls.h"

namespace farol::apply {

// How the platform is reached.
struct Connection {
  dingtalk::Region region = dingtalk::Region::mainland;
  std::string server{};     // in the place of the platform: a simulated one on this machine; empty: the platform
  std::string authority{};  // a file with certificates to trust in the place of the system's
  bool by_client = false;   // through the vendor's client
};

struct Message {
  std::string method;
  dingtalk::Host host = dingtalk::Host::api;
  std::string path;
  std::vector<std::pair<std::string, std::string>> query{};  // not escaped yet
  std::string body{};                                        // JSON; empty: none
  std::string token{};                                       // empty: none yet
  bool reads = false;                                        // it changes nothing
};

struct Answer {
  // Where it is not known whether the platform has taken the request, it may have done what was asked.
  enum class Kind : std::uint8_t { answered, not_sent, unknown };
  Kind kind = Kind::unknown;
  long status = 0;        // of HTTP, where it was answered
  std::string body{};     // as it came
  std::string problem{};  // in words, where it was not answered; never with a token or a secret
  bool is_final = false;  // where it was not: asked again, it would end in the same way
};

class Transport {
 public:
  virtual ~Transport() = default;
  [[nodiscard]] virtual Answer send(const Message& message) = 0;
  // Returns true if it finds a token by itself, as the vendor's client does.
  [[nodiscard]] virtual bool has_credentials() const { return false; }
};

// Time as a parameter: a test does not wait.
struct Timing {
  std::function<std::chrono::milliseconds()> now;  // since any moment
  std::function<void(std::chrono::milliseconds)> sleep;
};

}  // namespace farol::apply
