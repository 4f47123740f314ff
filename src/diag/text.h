// Text for people as data: a message of messages/messages.pot and the arguments that fill it. `sentence` makes the
// words, in the language of the reader, when a finding is rendered; until then texts are compared and searched by
// argument.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/phrases.h"

namespace farol::diag {

// The messages, by their place in messages.pot. The functions that make texts of them are in generated headers, one for
// each folder that says something: "diag/messages_check.h" declares `message::rules_disagree(allow, deny)`.
enum class Message : std::uint16_t;

struct Argument;

struct Text {
  Text() = default;
  Text(Message id, std::vector<Argument> with);

  Message message{};  // zero: no text
  std::vector<Argument> arguments;

  [[nodiscard]] bool empty() const { return message == Message{}; }
};

// What an argument is in the sentence, a name in backticks for instance, is a matter of the message.
struct Argument {
  std::variant<std::string, std::vector<std::string>, std::size_t, base::Date, Text, std::vector<Text>> value;
};

[[nodiscard]] bool operator==(const Argument& a, const Argument& b);
[[nodiscard]] bool operator<(const Argument& a, const Argument& b);
[[nodiscard]] bool operator==(const Text& a, const Text& b);
[[nodiscard]] bool operator<(const Text& a, const Text& b);

// The text with each name and each quotation of the policy in it replaced: findings of two policies are the same where
// only names changed.
[[nodiscard]] Text with_names(Text text, const std::function<std::string(const std::string&)>& later);

// How an argument is written. The letters are those of the generated tables; messages.pot has the words.
enum class Form : char {
  verbatim = 'v',   // {x}             as it is
  name = 'n',       // {x:name}        `x`
  names = 'N',      // {x:names}       `a`, `b` and 7 more
  names_all = 'l',  // {x:names_all}   `a`, `b`, `c`, up to a hundred
  names_and = 'a',  // {x:names_and}   `a` and `b`
  names_or = 'o',   // {x:names_or}    `a` or `b`
  noun = 'r',       // {x:noun}        a role; in another language the word of its message `noun_role`, with no article
  phrase = 'h',     // {x:phrase}      a phrase of base/phrases.def by its identifier
  filled = 'f',     // {x:filled}      the same, with what is filled in behind the identifier
  count = 'c',      // {x:count}       a number, by which the plural form is chosen
  day = 'd',        // {x:day}         2026-11-29
  text = 't',       // {x:text}        another text
  texts = 'T',      // {x:texts}       one, two and 7 more
  texts_and = 'A',  // {x:texts_and}   one and two
  texts_or = 'O',   // {x:texts_or}    one or two
  parts = 'p',      // {x:parts}       one, two
  point = 'P',      // {x:point}       one · two
  clauses = 's',    // {x:clauses}     one; two
};

struct MessageForm {
  std::string_view name;  // of the argument
  Form form;
};
struct MessageInfo {
  std::string_view id;
  std::vector<MessageForm> arguments;
};
[[nodiscard]] const MessageInfo& info(Message message);
// All but zero.
[[nodiscard]] std::size_t message_count();

// The words of a text. A message that the language does not have is said in English.
[[nodiscard]] std::string sentence(const Text& text, base::Language language = base::Language::en);
[[nodiscard]] std::vector<std::string> sentences(const std::vector<Text>& texts,
                                                 base::Language language = base::Language::en);
// The messages that a language does not have, or whose English changed since they were translated.
[[nodiscard]] std::vector<std::string_view> untranslated(base::Language language);

}  // namespace farol::diag
