#include "fuzz/mutators.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "fuzz/body.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace fuzz {

namespace {

using Json = nlohmann::ordered_json;

std::size_t below(Random& random, std::size_t limit) { return limit == 0 ? 0 : random() % limit; }

void collect(Json& node, std::vector<Json*>& found) {
  found.push_back(&node);
  for (Json& child : node) {
    if (node.is_structured()) collect(child, found);
  }
}

void change_leaf(Json& leaf, Random& random, const ChangeBytes& change_bytes) {
  switch (below(random, 8)) {
    case 0: leaf = nullptr; break;
    case 1: leaf = Json::array(); break;
    case 2: leaf = Json::object(); break;
    case 3: leaf = static_cast<std::int64_t>(random()) - 5; break;
    case 4: leaf = !(leaf.is_boolean() && leaf.get<bool>()); break;
    default: leaf = change_bytes(leaf.is_string() ? leaf.get<std::string>() : leaf.dump());
  }
}

void change_list(Json& list, Random& random) {
  const std::size_t at = below(random, list.size());
  const std::size_t other = below(random, list.size());
  switch (below(random, 3)) {
    case 0: list.erase(list.begin() + static_cast<std::ptrdiff_t>(at)); break;
    case 1: list.push_back(list[at]); break;
    default: std::swap(list[at], list[other]);
  }
}

void change_object(Json& object, Random& random, const ChangeBytes& change_bytes) {
  auto member = object.begin();
  std::advance(member, static_cast<std::ptrdiff_t>(below(random, object.size())));
  const std::string key = member.key();
  const Json value = member.value();
  switch (below(random, 4)) {
    case 0: object.erase(key); break;
    case 1: object[change_bytes(key)] = value; break;
    case 2: object[key] = Json::array({value}); break;
    default: {
      auto other = object.begin();
      std::advance(other, static_cast<std::ptrdiff_t>(below(random, object.size())));
      object[key] = other.value();
    }
  }
}

// A policy by its statements: each begins at a line whose first character is a letter.
std::vector<std::string> statements_of(const std::string& text) {
  std::vector<std::string> found(1);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const char first = text[at];
    if (first >= 'a' && first <= 'z' && !found.back().empty()) found.emplace_back();
    found.back() += text.substr(at, end - at);
    at = end;
  }
  return found;
}

// What may be there twice, or not at all, without another statement becoming wrong.
constexpr std::array<std::string_view, 6> rule_words{"allow ", "deny ", "forbid ", "only ", "require ", "separate "};

std::string join(const std::vector<std::string>& parts) {
  std::string made;
  for (const std::string& part : parts) made += part;
  return made;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || (c & 0x80) != 0;
}

// Words, texts in quotes, and single characters.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (is_word(text[at])) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (text[at] == '"') {
      while (end < text.size() && text[end] != '"' && text[end] != '\n') ++end;
      end = std::min(end + 1, text.size());
    }
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

// Words of one kind can stand in the place of each other: names, names of features, texts, numbers, signs.
std::size_t kind_of(const std::string& word) {
  const char first = word.front();
  if (first == '"') return 0;
  if (first >= '0' && first <= '9') return 1;
  if (!is_word(first)) return 2;
  return word.find('.') == std::string::npos ? 3 : 4;
}

// `text` with one of its words changed, mostly for one of the same kind out of `source`.
std::string change_words(const std::string& text, const std::string& source, Random& random,
                         const ChangeBytes& change_bytes) {
  std::vector<std::string> words = words_of(text);
  const std::vector<std::string> others = words_of(source);
  if (words.empty() || others.empty()) return change_bytes(text);
  std::string& word = words[below(random, words.size())];
  std::string other = others[below(random, others.size())];
  constexpr int attempts = 20;
  for (int i = 0; i < attempts && kind_of(other) != kind_of(word); ++i) other = others[below(random, others.size())];
  switch (below(random, 8)) {
    case 0: word.clear(); break;
    case 1: word += " " + other; break;
    case 2: word = change_bytes(word); break;
    default: word = other;
  }
  return join(words);
}

bool is_rule(const std::string& statement) {
  return std::any_of(rule_words.begin(), rule_words.end(),
                     [&](std::string_view word) { return statement.starts_with(word); });
}

}  // namespace

std::string change_json(const std::string& text, Random& random, const ChangeBytes& change_bytes) {
  Json tree = Json::parse(text, nullptr, false);
  if (tree.is_discarded()) return change_bytes(text);
  for (std::size_t change = below(random, 3) + 1; change > 0; --change) {
    std::vector<Json*> nodes;
    collect(tree, nodes);
    Json& node = *nodes[below(random, nodes.size())];
    if (below(random, 6) == 0) {
      const Json other = *nodes[below(random, nodes.size())];
      node = other;
    } else if (!node.is_structured() || node.empty()) {
      change_leaf(node, random, change_bytes);
    } else if (node.is_array()) {
      change_list(node, random);
    } else {
      change_object(node, random, change_bytes);
    }
  }
  return tree.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string change_json_lines(const std::string& text, Random& random, const ChangeBytes& change_bytes) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  std::string& line = lines[below(random, lines.size())];
  const std::string other = lines[below(random, lines.size())];
  switch (below(random, 6)) {
    case 0: line.clear(); break;
    case 1: line += other; break;
    default: line = change_json(line, random, change_bytes) + "\n";
  }
  return join(lines);
}

std::string change_any(const std::string& text, Random& random, const ChangeBytes& change_bytes) {
  if (Json::accept(text)) return change_json(text, random, change_bytes);
  const std::string first = text.substr(0, text.find('\n'));
  if (first.starts_with("{") && Json::accept(first)) return change_json_lines(text, random, change_bytes);
  return change_words(text, text, random, change_bytes);
}

std::string change_policy(const std::string& text, Random& random, const ChangeBytes& change_bytes) {
  std::vector<std::string> statements = statements_of(text);
  std::size_t at = below(random, statements.size());
  constexpr int attempts = 10;
  for (int i = 0; i < attempts && !is_rule(statements[at]); ++i) at = below(random, statements.size());
  const std::size_t other = below(random, statements.size());
  switch (below(random, 10)) {
    case 0: statements[at].clear(); break;
    case 1: std::swap(statements[at], statements[other]); break;
    case 2: statements[other] = change_words(statements[other], text, random, change_bytes); break;
    case 3: return change_words(text, text, random, change_bytes);
    case 4:
    case 5:
    case 6: statements[at] += change_words(statements[at], text, random, change_bytes); break;
    default: statements[at] = change_words(statements[at], text, random, change_bytes);
  }
  return join(statements);
}

std::size_t mutate(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed, std::size_t head,
                   std::string (*change)(const std::string&, Random&, const ChangeBytes&)) {
  Random random(seed);
  // What a fuzzer keeps is mostly refused, since there are many ways to be wrong. Three times in four it is an input
  // that was accepted which is changed.
  const auto& known = count.known();
  if (!known.empty() && below(random, 4) != 0) {
    const std::vector<std::uint8_t>& accepted = known[below(random, known.size())];
    size = std::min(accepted.size(), most);
    std::copy_n(accepted.begin(), size, data);
  }
  if (size <= head || below(random, 8) == 0) return LLVMFuzzerMutate(data, size, most);
  const std::string text(reinterpret_cast<const char*>(data) + head, size - head);
  const std::string changed = change(text, random, [](const std::string& bytes) {
    constexpr std::size_t room = 16;
    std::string buffer = bytes + std::string(room, '\0');
    buffer.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(buffer.data()), bytes.size(), buffer.size()));
    return buffer;
  });
  const std::size_t length = std::min(changed.size(), most - head);
  std::memcpy(data + head, changed.data(), length);
  return head + length;
}

std::string cross_policies(const std::string& one, const std::string& other, Random& random) {
  std::vector<std::string> statements = statements_of(one);
  const std::vector<std::string> more = statements_of(other);
  for (const std::string& each : more) {
    if (below(random, 3) != 0) continue;
    statements.insert(statements.begin() + static_cast<std::ptrdiff_t>(below(random, statements.size() + 1)), each);
  }
  return join(statements);
}

}  // namespace fuzz
