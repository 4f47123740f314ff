#include "diag/message_json.h"

#include <cstddef>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace farol::diag {
namespace {

using Json = nlohmann::ordered_json;

// Lists stay lists and numbers stay numbers; a text in a text is given as its words.
Json argument_json(const Argument& argument, base::Language language) {
  return std::visit(
      [&](const auto& value) -> Json {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, Text>) {
          return sentence(value, language);
        } else if constexpr (std::is_same_v<Value, std::vector<Text>>) {
          return sentences(value, language);
        } else if constexpr (std::is_same_v<Value, base::Date>) {
          return base::to_string(value);
        } else {
          return value;
        }
      },
      argument.value);
}

// Returns the arguments by their names in messages.pot.
Json arguments_json(const Text& text, base::Language language) {
  Json json = Json::object();
  const auto& forms = info(text.message).arguments;
  for (std::size_t i = 0; i < text.arguments.size(); ++i)
    json[std::string(forms[i].name)] = argument_json(text.arguments[i], language);
  return json;
}

}  // namespace

Json message_json(const Diagnostic& finding, base::Language language) {
  // Of a finding that begins later the message is "from DAY: …": what is behind that is the same on any day.
  const Text& said = finding.from ? std::get<Text>(finding.message.arguments.back().value) : finding.message;
  return {{"message_id", info(said.message).id}, {"arguments", arguments_json(said, language)}};
}

}  // namespace farol::diag
