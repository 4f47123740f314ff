// `farol lsp` between its two streams.
#include <atomic>
#include <sstream>
#include <string>
#include <string_view>
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

TEST_CASE(
    "a session answers each message before the call returns, and leaves the advice of a large policy for a rest") {
  std::string text = "farol 1\\n";
  constexpr int roles = 25, features = 21;  // more rules than those for which advice waits
  for (int i = 0; i < roles; ++i) text += fmt::format("role r{}\\n", i);
  for (int i = 0; i < features; ++i) text += fmt::format("feature a.f{}\\n", i);
  for (int i = 0; i < roles * features; ++i) text += fmt::format("allow r{} to a.f{}\\n", i / features, i % features);
  const base::MemoryFileSystem disk;
  std::ostringstream out;
  lsp::Session session{out, disk, *base::parse_date("2026-11-24"), base::Language::en};
  // What was said since the last call.
  const auto said = [&] {
    std::string words = out.str();
    out.str("");
    return words;
  };
  const auto take = [&](std::string_view body) {
    session.take(body);
    return said();
  };
  CHECK(take("no JSON").find("-32700") != std::string::npos);
  CHECK(take(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})").find(R"("id":1)") !=
        std::string::npos);
  CHECK(take(R"({"jsonrpc":"2.0","method":"initialized","params":{}})").empty());
  CHECK(take(fmt::format(R"({{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{{"textDocument":{{)"
                         R"("uri":"file:///p.farol","languageId":"farol","version":1,"text":"{}"}}}}}})",
                         text))
            .find("publishDiagnostics") != std::string::npos);
  session.rest();
  CHECK(said().empty());

  const auto type = [&](std::string_view added) {
    return take(fmt::format(R"({{"jsonrpc":"2.0","method":"textDocument/didChange","params":{{"textDocument":{{)"
                            R"("uri":"file:///p.farol","version":2}},"contentChanges":[{{"text":"{}{}"}}]}}}})",
                            text, added));
  };
  const std::string soon = type("allow r0 to a.f0\\nallow nobody to a.f0\\n");
  CHECK(soon.find("unknown role `nobody`") != std::string::npos);
  CHECK(type("allow r0 to a.f0\\n").find("F4006") == std::string::npos);
  session.rest();
  CHECK(said().find("F4006") != std::string::npos);
  session.rest();
  CHECK(said().empty());
}

}  // namespace lsp_server_test
