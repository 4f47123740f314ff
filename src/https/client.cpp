#include "https/client.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/json_writer.h"

namespace farol::https {
namespace {

// Behind what the client answers stand its exit code, and what it says on standard error: the reason of a refusal.
// Without that variable the client reports whoever uses it to a tracker of its vendor.
constexpr char mark = '\036';
constexpr std::string_view script =
    R"(exec 3>&1; said=$(DO_NOT_TRACK=1 "$@" 2>&1 >&3 3>&-); printf '\036%s\036%s' "$?" "$said")";

class Client final : public apply::Transport {
 public:
  explicit Client(RunProgram run_program) : run_program_(std::move(run_program)) {}

  [[nodiscard]] bool has_credentials() const override { return true; }

  [[nodiscard]] apply::Answer send(const apply::Message& message) override {
    std::vector<std::string> words{"sh", "-c", std::string(script), "sh", "dws", "api", message.method, message.path};
    if (!message.query.empty()) {
      base::JsonWriter json;
      json.begin_object(base::JsonWriter::Layout::line);
      // The client makes floats of numbers, so that these are texts.
      for (const auto& [key, value] : message.query) json.key(key).string(value);
      json.end_object();
      words.insert(words.end(), {"--params", json.take()});
    }
    if (!message.body.empty()) words.insert(words.end(), {"--data", message.body});
    if (message.host == dingtalk::Host::oapi) words.insert(words.end(), {"--base-url", "https://oapi.dingtalk.com"});
    words.insert(words.end(), {"--timeout", "60"});
    auto output = run_program_(words, {});
    using Kind = apply::Answer::Kind;
    if (const auto* error = std::get_if<base::FileError>(&output))
      return {Kind::unknown, 0, {}, "dws: " + error->reason};
    std::string& all = std::get<std::string>(output);
    const std::size_t code = std::min(all.find(mark), all.size());
    const std::size_t words_of_client = std::min(all.find(mark, code + 1), all.size());
    const std::string status = all.substr(std::min(code + 1, all.size()), words_of_client - code - 1);
    if (status == "0") {
      all.resize(code);
      return {Kind::answered, 200, std::move(all)};
    }
    const std::string said = words_of_client < all.size() ? all.substr(words_of_client + 1) : std::string{};
    // 127: there is no such program.
    if (status == "127") return {Kind::not_sent, 0, {}, said, true};
    // The client fails where the platform refuses, and where its answer is empty: which of the two, only looking tells.
    return {Kind::unknown, 0, {}, "dws: " + status + ": " + said};
  }

 private:
  RunProgram run_program_;
};

}  // namespace

std::unique_ptr<apply::Transport> through_client(RunProgram run_program) {
  return std::make_unique<Client>(std::move(run_program));
}

}  // namespace farol::https
