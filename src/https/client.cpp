#include "https/client.h"

#include <utility>

#include "base/json_writer.h"

namespace farol::https {
namespace {

class Client final : public apply::Transport {
 public:
  explicit Client(RunProgram run_program) : run_program_(std::move(run_program)) {}

  [[nodiscard]] bool has_credentials() const override { return true; }

  [[nodiscard]] apply::Answer send(const apply::Message& message) override {
    // Without that variable the client reports whoever uses it to a tracker of its vendor.
    std::vector<std::string> words{"env", "DO_NOT_TRACK=1", "dws", "api", message.method, message.path};
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
    // The client fails where the platform refuses, and where its answer is empty: which of the two, only looking tells.
    if (const auto* error = std::get_if<base::FileError>(&output))
      return {apply::Answer::Kind::unknown, 0, {}, "dws: " + error->reason};
    return {apply::Answer::Kind::answered, 200, std::move(std::get<std::string>(output))};
  }

 private:
  RunProgram run_program_;
};

}  // namespace

std::unique_ptr<apply::Transport> through_client(RunProgram run_program) {
  return std::make_unique<Client>(std::move(run_program));
}

}  // namespace farol::https
