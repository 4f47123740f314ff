#include "lsp/inbox.h"

#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

namespace farol::lsp {
namespace {

bool is_method(const Json& message, std::string_view name) {
  const auto method = message.is_object() ? message.find("method") : message.end();
  return message.is_object() && method != message.end() && *method == name;
}

// The request that a `$/cancelRequest` names; null if it names none.
Json id_to_cancel(const Json& message) {
  if (!is_method(message, "$/cancelRequest")) return nullptr;
  const auto params = message.find("params");
  return params != message.end() && params->is_object() ? params->value("id", Json(nullptr)) : Json(nullptr);
}

}  // namespace

Inbox::Inbox(Connection& connection) : connection_(connection) {
  try {
    reader_.emplace([this] {
      while (read_one()) {
      }
    });
  } catch (const std::system_error&) {
    // There are no threads.
  }
}

Inbox::~Inbox() {
  if (reader_) reader_->join();
}

bool Inbox::wait(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  if (!reader_) return !waiting_.empty() || ended_;
  return arrived_.wait_for(lock, most, [this] { return !waiting_.empty() || ended_; });
}

std::optional<Received> Inbox::next() {
  if (!reader_ && is_empty() && !ended_) read_one();
  std::unique_lock lock(mutex_);
  arrived_.wait(lock, [this] { return !waiting_.empty() || ended_; });
  if (waiting_.empty()) return std::nullopt;
  Received first = std::move(waiting_.front());
  waiting_.pop_front();
  return first;
}

bool Inbox::is_empty() {
  const std::lock_guard lock(mutex_);
  return waiting_.empty();
}

void Inbox::add(Received received) {
  const std::lock_guard lock(mutex_);
  if (const Json id = id_to_cancel(received.message); !id.is_null()) {
    for (Received& each : waiting_) {
      const auto own = each.message.is_object() ? each.message.find("id") : each.message.end();
      if (each.message.is_object() && own != each.message.end() && *own == id) each.is_taken_back = true;
    }
  }
  waiting_.push_back(std::move(received));
  arrived_.notify_one();
}

bool Inbox::read_one() {
  bool is_last = true;
  if (auto message = connection_.read()) {
    Received received{Json::parse(message->text, nullptr, false), message->too_long, false};
    is_last = is_method(received.message, "exit");
    add(std::move(received));
  }
  if (!is_last) return true;
  const std::lock_guard lock(mutex_);
  ended_ = true;
  arrived_.notify_one();
  return false;
}

}  // namespace farol::lsp
