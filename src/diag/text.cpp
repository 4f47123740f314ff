#include "diag/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <type_traits>

#include "base/text.h"
#include "diag/message_table.h"
#include "diag/messages_diag.h"

namespace farol::diag {
namespace {

using base::Language;

// How many of a list are spelled out: of one that is cut, and of one that is whole in any usual policy.
constexpr std::size_t max_listed = 8, max_whole = 100;

std::size_t index_of(Message message) { return static_cast<std::size_t>(message); }

const MessageRow& row_of(Message message) { return message_rows()[index_of(message)]; }

// The messages `noun_…` by their English.
const std::map<std::string_view, Message, std::less<>>& noun_messages() {
  static const auto all = [] {
    std::map<std::string_view, Message, std::less<>> made;
    const auto rows = message_rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].id.starts_with("noun_")) made.emplace(rows[i].sentences.front().front(), static_cast<Message>(i));
    }
    return made;
  }();
  return all;
}

// A line end that is part of a name or a title is none of the sentence.
std::string in_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string in_backticks(std::string name) { return "`" + in_one_line(base::shown_name(std::move(name))) + "`"; }

class SentenceWriter {
 public:
  explicit SentenceWriter(Language language) : language_(language) {}

  [[nodiscard]] std::string write(const Text& text) const {
    if (text.empty()) return {};
    const std::string_view pattern = pattern_of(text);
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] != '\1') {
        out += pattern[i];
        continue;
      }
      const auto form = static_cast<Form>(pattern[i + 1]);
      out += write(text.arguments.at(static_cast<std::size_t>(pattern[i + 2] - '0')), form);
      i += 2;
    }
    return out;
  }

 private:
  [[nodiscard]] std::string_view pattern_of(const Text& text) const {
    const MessageRow& row = row_of(text.message);
    const Forms own = row.sentences[static_cast<std::size_t>(language_)];
    const Language spoken = own.empty() ? Language::en : language_;
    const Forms forms = row.sentences[static_cast<std::size_t>(spoken)];
    if (forms.size() == 1) return forms.front();
    for (const Argument& argument : text.arguments) {
      if (const auto* count = std::get_if<std::size_t>(&argument.value)) return forms[plural_form(spoken, *count)];
    }
    return forms.front();
  }

  [[nodiscard]] static std::string join(const std::vector<std::string>& words, std::string_view between) {
    std::string out;
    for (const std::string& word : words) out.append(&word == &words.front() ? "" : between).append(word);
    return out;
  }

  // The last two have a word between them of their own.
  [[nodiscard]] static std::string join(std::vector<std::string> words, std::string_view between,
                                        std::string_view last) {
    if (words.size() < 2) return join(words, between);
    const std::string end = std::string(last) + words.back();
    words.pop_back();
    return join(words, between) + end;
  }

  // In another language as its translators call it.
  [[nodiscard]] std::string called(const std::string& noun) const {
    const auto found = noun_messages().find(noun);
    return found == noun_messages().end() ? noun : write({found->second, {}});
  }

  [[nodiscard]] std::string noun_of(const std::string& noun) const {
    if (language_ != Language::en) return called(noun);
    if (noun.empty() || noun == "data") return noun;
    const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
    return (vowel ? "an " : "a ") + noun;
  }

  [[nodiscard]] std::string phrase_of(const std::string& identifier) const {
    const auto phrase = base::find_phrase(identifier);
    return phrase ? std::string{base::text(*phrase, language_)} : identifier;
  }

  [[nodiscard]] std::string filled(const std::vector<std::string>& words) const {
    const auto phrase = words.empty() ? std::nullopt : base::find_phrase(words.front());
    if (!phrase) return {};
    std::array<std::string_view, 3> details;
    for (std::size_t i = 0; i < details.size() && i + 1 < words.size(); ++i) details[i] = words[i + 1];
    return base::fill(*phrase, language_, {details[0], details[1], details[2]});
  }

  [[nodiscard]] std::string in_short(std::vector<std::string> words, std::size_t most) const {
    const std::string comma = write(message::list_comma());
    if (words.size() <= most) return join(words, comma);
    const std::size_t more = words.size() - most;
    words.resize(most);
    return join(words, comma) + write(message::list_more(more));
  }

  [[nodiscard]] std::string write(const std::vector<std::string>& words, Form form) const {
    switch (form) {
      case Form::names:
      case Form::texts: return in_short(words, max_listed);
      case Form::names_and: return join(words, write(message::list_and()));
      case Form::texts_and: return join(words, write(message::list_comma()), write(message::list_and()));
      case Form::names_or:
      case Form::texts_or: return join(words, write(message::list_comma()), write(message::list_or()));
      case Form::names_all: return in_short(words, max_whole);
      case Form::parts: return join(words, write(message::list_comma()));
      case Form::clauses: return join(words, write(message::list_semicolon()));
      case Form::point: return join(words, " · ");
      case Form::verbatim:
      case Form::name:
      case Form::noun:
      case Form::phrase:
      case Form::filled:
      case Form::count:
      case Form::day:
      case Form::text: break;
    }
    return {};  // one thing, which is no list
  }

  // What the operating system says is in English; the commonest is said in the reader's language.
  [[nodiscard]] std::string of_system(const std::string& line) const {
    constexpr std::size_t longest = 32;
    if (language_ == Language::en || line.size() > longest) return line;
    for (const Text& known :
         {message::system_no_such_file(), message::system_permission_denied(), message::system_is_directory(),
          message::system_no_directory(), message::system_no_space()}) {
      if (sentence(known, Language::en) == line) return write(known);
    }
    return line;
  }

  [[nodiscard]] std::string write(const Argument& argument, Form form) const {
    return std::visit(
        [&](const auto& value) -> std::string {
          using Value = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, std::string>) {
            if (form == Form::noun) return noun_of(value);
            if (form == Form::phrase) return phrase_of(value);
            if (form == Form::name) return in_backticks(value);
            std::string line = in_one_line(value);
            return form == Form::verbatim ? of_system(line) : line;
          } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
            if (form == Form::filled) return filled(value);
            std::vector<std::string> names;
            for (const std::string& name : value) names.push_back(in_backticks(name));
            return write(names, form);
          } else if constexpr (std::is_same_v<Value, std::size_t>) {
            return std::to_string(value);
          } else if constexpr (std::is_same_v<Value, base::Date>) {
            return base::to_string(value);
          } else if constexpr (std::is_same_v<Value, Text>) {
            return write(value);
          } else {
            return write(sentences(value, language_), form);
          }
        },
        argument.value);
  }

  Language language_;
};

MessageInfo read_info(const MessageRow& row) {
  MessageInfo result{row.id, {}};
  std::string_view names = row.names;
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(' '));
    result.arguments.push_back({name.substr(1), static_cast<Form>(name.front())});
    names.remove_prefix(std::min(names.size(), name.size() + 1));
  }
  return result;
}

}  // namespace

Text::Text(Message id, std::vector<Argument> with) : message(id), arguments(std::move(with)) {}

bool operator==(const Argument& a, const Argument& b) { return a.value == b.value; }
bool operator<(const Argument& a, const Argument& b) { return a.value < b.value; }
bool operator==(const Text& a, const Text& b) { return a.message == b.message && a.arguments == b.arguments; }
bool operator<(const Text& a, const Text& b) {
  return a.message != b.message ? a.message < b.message : a.arguments < b.arguments;
}

Text with_names(Text text, const std::function<std::string(const std::string&)>& later) {
  for (Argument& argument : text.arguments) {
    if (auto* name = std::get_if<std::string>(&argument.value)) *name = later(*name);
    if (auto* names = std::get_if<std::vector<std::string>>(&argument.value))
      std::transform(names->begin(), names->end(), names->begin(), later);
    if (auto* nested = std::get_if<Text>(&argument.value)) *nested = with_names(std::move(*nested), later);
    if (auto* all = std::get_if<std::vector<Text>>(&argument.value)) {
      for (Text& each : *all) each = with_names(std::move(each), later);
    }
  }
  return text;
}

const MessageInfo& info(Message message) {
  static const std::vector<MessageInfo> all = [] {
    std::vector<MessageInfo> made;
    for (const MessageRow& row : message_rows()) made.push_back(read_info(row));
    return made;
  }();
  return all[index_of(message)];
}

std::size_t message_count() { return message_rows().size() - 1; }

std::string sentence(const Text& text, Language language) { return SentenceWriter(language).write(text); }

std::vector<std::string> sentences(const std::vector<Text>& texts, Language language) {
  std::vector<std::string> lines;
  for (const Text& text : texts) lines.push_back(sentence(text, language));
  return lines;
}

std::vector<std::string_view> untranslated(Language language) {
  std::vector<std::string_view> ids;
  for (const MessageRow& row : message_rows()) {
    if (!row.id.empty() && row.sentences[static_cast<std::size_t>(language)].empty()) ids.push_back(row.id);
  }
  return ids;
}

}  // namespace farol::diag
