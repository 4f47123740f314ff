#include "syntax/stored_tree.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"

namespace farol::syntax {
namespace {

// std::optional and base::Rare.
template <class T>
concept MayBeLeftOut = requires(T value) {
  value.emplace(), *value, static_cast<bool>(value);
};

template <class T, class Node>
concept Is = std::same_as<std::remove_const_t<T>, Node>;

// `members` calls an archive, which writes or reads, with all members of a node. The structured binding needs the name
// of each of them: a node to which a member is added does not compile until it is added here.
#define FAROL_NODE(Node, ...)                        \
  void members(auto& archive, Is<Node> auto& node) { \
    auto& [__VA_ARGS__] = node;                      \
    archive(__VA_ARGS__);                            \
  }
FAROL_NODE(Name, text, span)
FAROL_NODE(String, text, span)
FAROL_NODE(LocalizedString, language, text)
FAROL_NODE(Number, text, span)
FAROL_NODE(base::Date, days)
FAROL_NODE(base::Duration, count, unit)
FAROL_NODE(DateLiteral, date, span)
FAROL_NODE(DurationLiteral, duration, span)
FAROL_NODE(Attribute, key, values)
FAROL_NODE(Block, attributes, span)
FAROL_NODE(Term, form, span, name, to)
FAROL_NODE(TermList, terms, except, span, terms_span)
FAROL_NODE(Condition, kind, name, values, children, span)
FAROL_NODE(PolicyDeclaration, title, block)
FAROL_NODE(Use, pack, name, version)
FAROL_NODE(Include, path)
FAROL_NODE(Drop, label, because)
FAROL_NODE(Tiers, names, block)
FAROL_NODE(Declaration, kind, name, tier, inherits, block)
FAROL_NODE(ContextDeclaration, name, values, block)
FAROL_NODE(ConditionDeclaration, name, condition)
FAROL_NODE(SetDeclaration, kind, name, list)
FAROL_NODE(Bind, kind, name, id)
FAROL_NODE(Fact, kind, name, block)
FAROL_NODE(RuleBody, subjects, features, objects, when, controls, from, until, because, kept_by)
FAROL_NODE(Rule, verb, verb_span, body)
FAROL_NODE(Guardrail, kind, body)
FAROL_NODE(Require, body)
FAROL_NODE(Separate, names, at_most, because)
FAROL_NODE(Expectation, effect, body, day, span)
FAROL_NODE(FindingExpectation, absent, finding, things, span)
FAROL_NODE(Test, name, expectations, findings)
FAROL_NODE(Waive, finding, things, until, because, by, instead)
FAROL_NODE(WordList, limit, name, values, because)
FAROL_NODE(CheckAtom, value, call, arguments, span)
FAROL_NODE(CheckTerm, first, anchor, after, span)
FAROL_NODE(Predicate, kind, children, terms, values, range, negated, order, bound, span)
FAROL_NODE(CheckRange, kind, variable, filter, span)
FAROL_NODE(CheckPart, attribute, block)
FAROL_NODE(Check, id, severity, title, ranges, expected, parts)
FAROL_NODE(Statement, label, final, doc, span, statement)
FAROL_NODE(BrokenStatement, span, is_rule, declares, mentions)
#undef FAROL_NODE

class Writer {
 public:
  void operator()(const auto&... each) { (write(each), ...); }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  // Seven bits in each byte, the lowest first.
  void write_number(std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U) bytes_ += static_cast<char>((number & 0x7FU) | 0x80U);
    bytes_ += static_cast<char>(number);
  }

  template <class T>
  void write(const T& value) {
    if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
      write_number(static_cast<std::uint64_t>(value));
    } else {
      members(*this, value);
    }
  }
  void write(const std::string& text) {
    write_number(text.size());
    bytes_ += text;
  }
  void write(const Span& span) {
    write_number(span.is_none() ? 0 : span.begin + std::uint64_t{1});
    write_number(span.end - span.begin);
  }
  void write(const MayBeLeftOut auto& value) {
    write_number(value ? 1 : 0);
    if (value) write(*value);
  }
  template <class T>
  void write(const std::vector<T>& values) {
    write_number(values.size());
    for (const T& value : values) write(value);
  }
  template <class... Nodes>
  void write(const std::variant<Nodes...>& value) {
    write_number(value.index());
    std::visit([this](const auto& node) { write(node); }, value);
  }

  std::string bytes_;
};

class Reader {
 public:
  Reader(std::string_view bytes, source::SourceId source) : bytes_(bytes), source_(source) {}

  void operator()(auto&... each) { (read(each), ...); }

 private:
  std::uint64_t read_number() {
    std::uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      number |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return number;
    }
  }

  template <class T>
  void read(T& value) {
    if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
      value = static_cast<T>(read_number());
    } else {
      members(*this, value);
    }
  }
  void read(std::string& text) {
    const std::size_t size = read_number();
    text.assign(bytes_.substr(at_, size));
    at_ += size;
  }
  void read(Span& span) {
    const std::uint64_t begin = read_number();
    const std::uint64_t size = read_number();
    if (begin == 0) return;
    span = {source_, static_cast<std::uint32_t>(begin - 1), static_cast<std::uint32_t>(begin - 1 + size)};
  }
  void read(MayBeLeftOut auto& value) {
    if (read_number() != 0) read(value.emplace());
  }
  template <class T>
  void read(std::vector<T>& values) {
    values.resize(read_number());
    for (T& value : values) read(value);
  }
  template <class... Nodes>
  void read(std::variant<Nodes...>& value) {
    read_alternative(value, read_number(), std::index_sequence_for<Nodes...>{});
  }
  template <class Variant, std::size_t... index>
  void read_alternative(Variant& value, std::size_t chosen, std::index_sequence<index...>) {
    ((chosen == index ? read(value.template emplace<index>()) : void()), ...);
  }

  std::string_view bytes_;
  source::SourceId source_;
  std::size_t at_ = 0;
};

}  // namespace

std::string store_tree(const File& file) {
  Writer writer;
  writer(file.version, file.statements, file.broken);
  return writer.take();
}

File read_tree(std::string_view bytes, source::SourceId source) {
  File file;
  file.source = source;
  Reader(bytes, source)(file.version, file.statements, file.broken);
  return file;
}

}  // namespace farol::syntax
