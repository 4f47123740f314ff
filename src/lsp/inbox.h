// What the client has sent and nobody has answered yet. A thread of its own reads, so that a request can be taken back
// while another one is answered. Where the system has no threads, as under WebAssembly, a message is read when somebody
// asks for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include <nlohmann/json.hpp>

#include "lsp/answers.h"
#include "lsp/connection.h"

namespace farol::lsp {

struct Received {
  Json message;                // discarded: it was not JSON
  bool is_too_long = false;    // and was passed over
  bool is_taken_back = false;  // a request that `$/cancelRequest` named before it was begun
};

// Reads until the stream ends or the client says `exit`, which an inbox waits for before it goes.
class Inbox {
 public:
  explicit Inbox(Connection& connection);
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;
  ~Inbox();

  // Returns false if nothing has come after that time, and more may; without threads, at once.
  [[nodiscard]] bool wait(std::chrono::milliseconds most);
  // Waits for the next message; nullopt behind the last one.
  [[nodiscard]] std::optional<Received> next();
  [[nodiscard]] bool is_empty();

 private:
  // Reads one message; returns false behind the last one.
  bool read_one();
  void add(Received received);

  Connection& connection_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Received> waiting_;
  bool ended_ = false;
  std::optional<std::thread> reader_;  // last, since it uses the others
};

}  // namespace farol::lsp
