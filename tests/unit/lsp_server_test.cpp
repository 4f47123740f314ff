// `farol lsp` between its two streams.
#include <atomic>
#include <sstream>
#include <string>
#include <thread>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/date.h"
#include "base/file_system.h"
#include "lsp/server.h"

namespace lsp_server_test {
namespace {

using namespace farol;

// Notes whether a thread other than the one that made it flushes it.
class Flushed : public std::stringbuf {
 public:
  [[nodiscard]] bool was_elsewhere() const { return was_elsewhere_; }

 protected:
  int sync() override {
    if (std::this_thread::get_id() != owner_) was_elsewhere_ = true;
    return std::stringbuf::sync();
  }

 private:
  std::thread::id owner_ = std::this_thread::get_id();
  std::atomic<bool> was_elsewhere_ = false;
};

std::string message(const std::string& body) { return fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body); }

}  // namespace

TEST_CASE("only the thread that writes answers flushes them, even where the input is tied to the output") {
  std::istringstream in{message(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})") +
                        message(R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})") +
                        message(R"({"jsonrpc":"2.0","method":"exit"})")};
  Flushed flushed;
  std::ostream out{&flushed};
  in.tie(&out);
  const base::MemoryFileSystem disk;
  CHECK(lsp::serve(in, out, disk, *base::parse_date("2026-11-24"), base::Language::en));
  CHECK(flushed.str().find(R"("id":2)") != std::string::npos);
  CHECK_FALSE(flushed.was_elsewhere());
}

}  // namespace lsp_server_test
