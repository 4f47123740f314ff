// Talking with one tenant: the token of the app, the pace that the platform allows, and what an answer means.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "apply/transport.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/json_tree.h"
#include "target/dingtalk/requests.h"

namespace farol::apply {

// Of an app of the organisation's own.
struct Credentials {
  std::string app_key, app_secret;
};

struct Reply {
  enum class Kind : std::uint8_t {
    done,       // the answer says so
    refused,    // the platform has done nothing, and says why
    used_up,    // so many calls were made that the platform takes no more this month
    not_taken,  // nothing was done, and the same may be done later: no way there, no token, too often
    unknown,    // it may have been done: whoever asks has to look
  };
  Kind kind = Kind::unknown;
  std::string text{};                 // JSON; empty where the call answers nothing
  dingtalk::Node tree{};              // the same
  std::string reason{};               // where it was not done
  std::vector<std::string> scopes{};  // the permission codes that the app lacks
};

class Session {
 public:
  // `corp` is the organisation that the policy is for: a token is asked for in it and in no other.
  Session(Transport& transport, Timing timing, Credentials credentials, std::string corp)
      : transport_(transport),
        timing_(std::move(timing)),
        credentials_(std::move(credentials)),
        corp_(std::move(corp)) {}

  // Asks for a token. Returns why there is none.
  [[nodiscard]] std::optional<std::string> open();

  // Sends a request whose ids are all known. A call that reads is tried again where nothing came back. A call that
  // changes something is sent again only where it is sure that the platform has not taken it.
  [[nodiscard]] Reply call(const dingtalk::Request& request);

  [[nodiscard]] std::size_t calls() const { return calls_; }
  [[nodiscard]] std::size_t counted() const { return counted_; }  // of them, against the calls of a month
  [[nodiscard]] const Timing& timing() const { return timing_; }

 private:
  void keep_pace();
  void back_off(std::size_t tries);
  struct Attempt {
    Reply reply;
    bool may_come_again = false;
    bool is_bad_token = false;
  };
  [[nodiscard]] Attempt once(const dingtalk::Request& request);

  Transport& transport_;
  Timing timing_;
  Credentials credentials_;
  std::string corp_, token_;
  std::size_t calls_ = 0, counted_ = 0;
  std::vector<std::chrono::milliseconds> recent_;  // when the last calls were made
  std::uint32_t jitter_ = 1;
};

// As a parameter of the query has it: a text without its quotes.
[[nodiscard]] std::string query_text(const dingtalk::Value& value);
// Returns the text without anything that could be a token or a secret, on one line.
[[nodiscard]] std::string masked(std::string_view text);

}  // namespace farol::apply
