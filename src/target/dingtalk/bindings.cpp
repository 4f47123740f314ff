#include "target/dingtalk/bindings.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace farol::dingtalk {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view word_characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-";
constexpr std::size_t longest = 200;  // bytes of one id

bool is_of(std::string_view id, std::string_view characters) {
  return id.find_first_not_of(characters) == std::string_view::npos;
}

// 2^53, from which on doubles skip numbers.
bool is_above_doubles(std::string_view id) {
  constexpr std::string_view bound = "9007199254740992";
  id.remove_prefix(std::min(id.find_first_not_of('0'), id.size()));
  return id.size() > bound.size() || (id.size() == bound.size() && id >= bound);
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    part = part.substr(0, part.find_last_not_of(' ') + 1);
    parts.emplace_back(part);
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

std::string key_of(const model::Binding& binding) { return binding.kind + "." + binding.name; }

std::optional<std::string> find_fault_of_number(std::string_view id) {
  if (id.empty() || !is_of(id, digits)) return "is not made of digits alone";
  if (is_above_doubles(id)) return "is above 2^53, where the platform's clients change digits";
  return std::nullopt;
}

std::optional<std::string> find_fault_in_word(std::string_view id, std::string_view more) {
  if (id.empty()) return "is empty";
  if (id.size() > longest) return "is longer than 200 characters";
  if (id.find("..") != std::string_view::npos) return "has `..` in it";
  const auto is_right = [&](char c) {
    return word_characters.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos;
  };
  const auto wrong = std::find_if_not(id.begin(), id.end(), is_right);
  if (wrong == id.end()) return std::nullopt;
  const auto code = static_cast<unsigned char>(*wrong);
  if (code < 0x20 || code == 0x7F) return "has a control character in it";
  if (code >= 0x80) return "has characters in it that no id of the platform has";
  return "has `" + std::string(1, *wrong) + "` in it";
}

}  // namespace

const IdKind* find_id_kind(std::string_view key) {
  constexpr bool one = false;
  constexpr bool list = true;
  static constexpr IdKind kinds[] = {
#define FAROL_ID(key, how, form, more, title, lookup) {key, how, IdForm::form, more, base::Phrase::id_##title, lookup},
#include "target/dingtalk/id_kinds.def"
#undef FAROL_ID
  };
  const std::string_view kind = key.substr(0, key.find('.'));
  const auto* found = std::find_if(std::begin(kinds), std::end(kinds),
                                   [&](const IdKind& each) { return each.key == kind || each.key == key; });
  return found == std::end(kinds) ? nullptr : found;
}

bool is_list(std::string_view key) {
  const IdKind* kind = find_id_kind(key);
  return kind != nullptr && kind->is_list;
}

std::optional<std::string> find_fault(const model::Binding& binding) {
  const IdKind* kind = find_id_kind(key_of(binding));
  if (kind == nullptr) return find_fault_in_word(binding.id, "");
  if (kind->form == IdForm::number) return find_fault_of_number(binding.id);
  if (kind->form == IdForm::digits && (binding.id.empty() || !is_of(binding.id, digits)))
    return "is not made of digits alone";
  if (!kind->is_list) return find_fault_in_word(binding.id, kind->more);
  std::vector<std::string> ids = split(binding.id);
  for (const std::string& id : ids) {
    if (id.empty()) return "has an empty one in its list";
    if (const auto fault = find_fault_in_word(id, kind->more)) return "has one in its list that " + *fault;
  }
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice != ids.end()) return "has `" + *twice + "` in its list twice";
  return std::nullopt;
}

void check_bindings(const model::Model& model, diag::Sink& sink) {
  for (const model::Binding& binding : model.bindings) {
    const auto fault = find_fault(binding);
    if (!fault) continue;
    auto finding = diag::make(diag::Code::bad_binding, binding.span,
                              diag::message::bad_binding(binding.kind, binding.name, *fault));
    if (is_list(key_of(binding))) finding.help = "the ids of a list have commas between them";
    sink.report(std::move(finding));
  }
}

Bindings::Bindings(const model::Model& model) {
  for (const model::Binding& binding : model.bindings) {
    if (find_fault(binding)) continue;
    const std::string key = key_of(binding);
    std::vector<std::string> ids = is_list(key) ? split(binding.id) : std::vector<std::string>{binding.id};
    std::sort(ids.begin(), ids.end());
    ids_.emplace(key, std::move(ids));
  }
}

Value Bindings::text(const std::string& key) const {
  const auto found = ids_.find(key);
  return found == ids_.end() ? Value{Unbound{key}} : dingtalk::text(found->second.front());
}

Value Bindings::number(const std::string& key) const {
  const auto found = ids_.find(key);
  if (found == ids_.end()) return {Unbound{key}};
  const std::string& id = found->second.front();
  std::int64_t value = 0;
  std::from_chars(id.data(), id.data() + id.size(), value);
  return dingtalk::number(value);
}

Value::List Bindings::list(const std::string& key) const {
  const auto found = ids_.find(key);
  if (found == ids_.end()) return {Value{Unbound{key}}};
  Value::List values;
  for (const std::string& id : found->second) values.push_back(dingtalk::text(id));
  return values;
}

std::vector<std::string> Bindings::ids(const std::string& key) const {
  const auto found = ids_.find(key);
  return found == ids_.end() ? std::vector<std::string>{} : found->second;
}

}  // namespace farol::dingtalk
