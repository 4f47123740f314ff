#include "target/dingtalk/json_tree.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace farol::dingtalk {
namespace {

constexpr std::size_t max_depth = 64;

// Counts what the parser has taken: where a value begins is not among what it tells.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  CountingIterator(std::string_view text, std::size_t at, std::size_t* taken) : text_(text), at_(at), taken_(taken) {}

  char operator*() const { return text_[at_]; }
  CountingIterator& operator++() {
    ++at_;
    if (taken_ != nullptr) *taken_ = at_;
    return *this;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return a.at_ == b.at_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return a.at_ != b.at_; }

 private:
  std::string_view text_;
  std::size_t at_;
  std::size_t* taken_;
};

class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view text, const std::size_t& taken) : text_(text), taken_(taken) {}

  Node root;
  std::optional<Fault> fault;

  bool null() override { return add(Node::Kind::null, "null"); }
  bool boolean(bool value) override { return add(Node::Kind::boolean, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return add(Node::Kind::number, std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(Node::Kind::number, std::to_string(value)); }
  bool number_float(number_float_t, const string_t& written) override { return add(Node::Kind::number, written); }
  bool string(string_t& value) override { return add(Node::Kind::text, std::move(value)); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(Node::Kind::object); }
  bool start_array(std::size_t) override { return open(Node::Kind::list); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    const std::size_t offset = next();
    if (!keys_.back().insert(name).second) return fail(offset, fmt::format("the key `{}` stands here twice", name));
    key_ = std::move(name);
    last_ = taken_;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& exception) override {
    // `[json.exception.parse_error.101] parse error at line 1, column 5: syntax error …`
    std::string_view what = exception.what();
    if (const std::size_t colon = what.find(": "); colon != std::string_view::npos) what.remove_prefix(colon + 2);
    const std::size_t offset = std::min(position > 0 ? position - 1 : 0, text_.size());
    const bool is_cut = offset >= text_.size();
    return fail(offset, is_cut ? "the file ends in the middle of a value: a part of it is missing" : std::string(what));
  }

 private:
  // Where the value begins that was just taken: behind what was before it, and blanks, colon and comma.
  [[nodiscard]] std::size_t next() const {
    const std::size_t found = text_.find_first_not_of(" \t\r\n,:", last_);
    return found == std::string_view::npos ? text_.size() : found;
  }

  Node& place() {
    if (open_.empty()) return root;
    Node& outer = *open_.back();
    if (outer.kind == Node::Kind::list) return outer.items.emplace_back();
    return outer.members.emplace_back(std::move(key_), Node{}).second;
  }

  bool add(Node::Kind kind, std::string value) {
    const std::size_t offset = next();
    Node& node = place();
    node.kind = kind;
    node.offset = offset;
    // A number is known to have ended by what stands behind it.
    last_ = offset + (kind == Node::Kind::number ? 1 : 0);
    if (kind == Node::Kind::number) {
      while (last_ < text_.size() && std::string_view("+-.eE0123456789").find(text_[last_]) != std::string_view::npos)
        ++last_;
      // As it is written, whatever a number of C++ makes of it.
      value = std::string(text_.substr(offset, last_ - offset));
    } else {
      last_ = taken_;
    }
    node.text = std::move(value);
    return true;
  }

  bool open(Node::Kind kind) {
    const std::size_t offset = next();
    if (open_.size() == max_depth) return fail(offset, "the values are nested too deeply");
    Node& node = place();
    node.kind = kind;
    node.offset = offset;
    open_.push_back(&node);
    keys_.emplace_back();
    last_ = taken_;
    return true;
  }

  bool close() {
    open_.pop_back();
    keys_.pop_back();
    last_ = taken_;
    return true;
  }

  bool fail(std::size_t offset, std::string reason) {
    fault = Fault{offset, std::move(reason)};
    return false;
  }

  std::string_view text_;
  const std::size_t& taken_;
  std::size_t last_ = 0;
  std::vector<Node*> open_;  // only the last of a list or object grows, so these stay where they are
  std::vector<std::unordered_set<std::string>> keys_;
  std::string key_;
};

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found =
      std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.first == key; });
  return found == members.end() ? nullptr : &found->second;
}

std::string_view to_string(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::null: return "nothing";
    case Node::Kind::boolean: return "true or false";
    case Node::Kind::number: return "a number";
    case Node::Kind::text: return "a text";
    case Node::Kind::list: return "a list";
    case Node::Kind::object: break;
  }
  return "an object";
}

std::variant<Node, Fault> read_json_tree(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  const std::size_t start = text.starts_with(mark) ? mark.size() : 0;
  std::size_t taken = start;
  Builder builder{text, taken};
  const bool whole = nlohmann::json::sax_parse(CountingIterator{text, start, &taken},
                                               CountingIterator{text, text.size(), nullptr}, &builder);
  if (builder.fault) return *builder.fault;
  if (!whole) return Fault{0, "it is not JSON"};
  return std::move(builder.root);
}

}  // namespace farol::dingtalk
