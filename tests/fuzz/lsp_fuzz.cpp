// A client of the language server that says anything. Lines of JSON are messages one by one; what begins with a head is
// the stream as it comes, with its heads and whatever else.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "base/file_system.h"
#include "base/json_tree.h"
#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "lsp/connection.h"
#include "lsp/server.h"
#include "support/farol.h"

namespace {

using namespace farol;

// What the server says is whole messages, each JSON.
std::size_t count_messages(const std::string& said) {
  std::istringstream in(said);
  std::ostringstream nowhere;
  lsp::Connection connection(in, nowhere);
  std::size_t messages = 0;
  while (const auto message = connection.read()) {
    fuzz::require(std::holds_alternative<base::JsonNode>(base::read_json_tree(message->text)), "a message is no JSON");
    ++messages;
  }
  return messages;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  base::MemoryFileSystem disk;
  disk.files["/w/policy.farol"] = "farol 1\nuse dingtalk 2026.12\nrole staff\nallow staff to meeting.record on all\n";
  const base::Date today = *base::parse_date(testing::today);
  std::ostringstream out;
  if (text.starts_with("Content-Length")) {
    std::istringstream in(text);
    static_cast<void>(lsp::serve(in, out, disk, today, base::Language::en));
  } else {
    lsp::Session session(out, disk, today, base::Language::en);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) session.take(line);
    session.rest();
  }
  fuzz::count.add(data, size, count_messages(out.str()) > 1);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_json_lines);
}
