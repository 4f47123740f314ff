#include "sema/blocks.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>

#include "base/phrases.h"
#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/canonical.h"

namespace farol::sema {
namespace {

using diag::Code;

// The language that a tag of another standard means; of `zh` alone both scripts, the one of Macau first.
std::vector<std::string_view> languages_meant(std::string_view tag) {
  const std::string folded = base::fold_case(tag);
  const auto is_one_of = [&](std::initializer_list<std::string_view> tags) {
    return std::find(tags.begin(), tags.end(), folded) != tags.end();
  };
  if (is_one_of({"zh", "chinese", "cn-zh"})) return {"zh-Hant", "zh-Hans"};
  if (is_one_of({"zh-tw", "zh-hk", "zh-mo", "zh_tw", "zh_hk", "zh_mo", "tw", "hk", "cht", "hant", "zh-hant-mo", "tc"}))
    return {"zh-Hant"};
  if (is_one_of({"zh-cn", "zh-sg", "zh_cn", "cn", "chs", "hans", "zh-hans-cn", "sc"})) return {"zh-Hans"};
  if (is_one_of({"pt-pt", "pt-br", "pt-mo", "pt_pt", "pt_br", "por", "portuguese"})) return {"pt"};
  if (is_one_of({"en-us", "en-gb", "en_us", "en_gb", "eng", "english"})) return {"en"};
  return {};
}

// The word of a closed list whose title in some language is what was written: `Macau` is `MO`.
std::optional<std::string_view> word_titled(std::string_view text, std::span<const std::string_view> words) {
  const std::string wanted = base::fold_loosely(text);
  for (const std::string_view word : words) {
    std::string identifier = "word_" + std::string(word);
    std::replace(identifier.begin(), identifier.end(), '-', '_');
    const auto phrase = base::find_phrase(identifier);
    for (const base::Language language : base::all_languages) {
      if (phrase && base::fold_loosely(base::text(*phrase, language)) == wanted) return word;
    }
  }
  return std::nullopt;
}

// `healthcare` for `health`: the only word of the list with which it begins.
std::optional<std::string_view> word_begun(std::string_view text, std::span<const std::string_view> words) {
  constexpr std::size_t shortest = 4;
  const std::string folded = base::fold_case(text);
  std::optional<std::string_view> found;
  for (const std::string_view word : words) {
    if (word.size() < shortest || !folded.starts_with(word)) continue;
    if (found) return std::nullopt;
    found = word;
  }
  return found;
}

// What people say for a word of a closed list.
std::optional<std::string_view> word_meant(std::string_view text, std::span<const std::string_view> words) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 26> meanings = {{
      {"medical", "health"},
      {"patient", "health"},
      {"salary", "payroll"},
      {"salaries", "payroll"},
      {"wages", "payroll"},
      {"pay", "payroll"},
      {"phone", "contact"},
      {"telephone", "contact"},
      {"email", "contact"},
      {"passport", "id_document"},
      {"id_card", "id_document"},
      {"bank", "financial_account"},
      {"financial", "financial_account"},
      {"card", "cardholder"},
      {"face", "biometric"},
      {"fingerprint", "biometric"},
      {"children", "minor"},
      {"video", "recording_av"},
      {"recording", "recording_av"},
      {"gps", "location"},
      {"password", "credential"},
      {"passwords", "credential"},
      {"secret", "business_secret"},
      {"staff", "employees"},
      {"clients", "customers"},
      {"guests", "visitors"},
  }};
  const std::string folded = base::fold_case(text);
  for (const auto& [said, meant] : meanings) {
    if (folded == said && std::find(words.begin(), words.end(), meant) != words.end()) return meant;
  }
  return std::nullopt;
}

// `sim`, `是`, `true`
std::string_view yes_or_no(std::string_view text) {
  const std::string word = base::fold_loosely(text);
  for (const std::string_view yes : {"sim", "true", "y", "是", "有", "1", "on"}) {
    if (word == yes) return "yes";
  }
  for (const std::string_view no : {"nao", "false", "n", "否", "不", "沒有", "没有", "0", "off"}) {
    if (word == no) return "no";
  }
  return {};
}

bool check_known_language(Resolution& resolution, std::string_view language, Span span) {
  if (std::find(languages().begin(), languages().end(), language) != languages().end()) return true;
  auto finding = diag::make(Code::bad_attribute, span, message::no_language(std::string{language}));
  finding.help = message::known_are({languages().begin(), languages().end()});
  std::vector<std::string_view> meant = languages_meant(language);
  if (const auto nearest = base::find_nearest(language, languages()); meant.empty() && nearest)
    meant.push_back(*nearest);
  if (!meant.empty() && resolution.sources.text(span).ends_with(language)) {
    const auto size = static_cast<std::uint32_t>(language.size());
    for (const std::string_view each : meant)
      finding.fixes.push_back(did_you_mean_word({span.source, span.end - size, span.end}, each));
  }
  resolution.sink.report(std::move(finding));
  return false;
}

void report_twice(Resolution& resolution, std::string_view key, Span second, Span first) {
  auto finding = diag::make(Code::duplicate_name, second, message::given_twice(std::string{key}));
  finding.labels.push_back({first, message::the_first()});
  resolution.sink.report(std::move(finding));
}

// What a value of an attribute looks like, for messages.
diag::Text expected(const AttributeSchema& schema) {
  switch (schema.type) {
    case Type::text:
    case Type::string: return message::a_text_in_quotes();
    case Type::number: return message::a_number();
    case Type::date: return message::a_date_such_as();
    case Type::duration: return message::a_duration_such_as();
    case Type::yes_no: return message::yes_or_no_words();
    case Type::word: return message::one_of({schema.words.begin(), schema.words.end()});
    case Type::name: return message::name_of_kind(std::string{schema.wanted.noun});
    case Type::name_or_string: return message::name_of_kind_or_text(std::string{schema.wanted.noun});
    case Type::old_name: return message::name_that_it_had();
  }
  return {};
}

// The values of one attribute.
class ValueReader {
 public:
  ValueReader(Resolution& resolution, const AttributeSchema& schema) : resolution_(resolution), schema_(schema) {}

  // Nothing: it is not of the type, and that was reported.
  std::optional<model::Value> read(const syntax::Value& written) {
    return std::visit([&](const auto& value) { return read_as(value); }, written);
  }

 private:
  using Result = std::optional<model::Value>;

  Result read_as(const syntax::String& value) {
    if (schema_.type == Type::text || schema_.type == Type::string || schema_.type == Type::name_or_string)
      return value.text;
    if (schema_.type == Type::word) return report_word(value.text, value.span);
    return wrong(value.span);
  }
  Result read_as(const syntax::Number& value) {
    if (schema_.type == Type::number) return model::Number{value.text};
    return wrong(value.span);
  }
  Result read_as(const syntax::DateLiteral& value) {
    if (schema_.type == Type::date) return value.date;
    return wrong(value.span);
  }
  Result read_as(const syntax::DurationLiteral& value) {
    if (schema_.type == Type::duration) return value.duration;
    return wrong(value.span);
  }
  Result read_as(const syntax::Name& value) {
    switch (schema_.type) {
      case Type::yes_no:
        if (value.text == "yes" || value.text == "no") return value.text == "yes";
        return wrong(value.span);
      case Type::word: return read_word(value);
      case Type::old_name: return model::Reference{value.text};
      case Type::name:
      case Type::name_or_string:
        if (resolution_.names.resolve(value, schema_.wanted) == nullptr) return std::nullopt;
        return model::Reference{value.text};
      case Type::text:
      case Type::string:
      case Type::number:
      case Type::date:
      case Type::duration: return wrong(value.span);
    }
    return std::nullopt;
  }

  Result read_word(const syntax::Name& value) {
    if (std::find(schema_.words.begin(), schema_.words.end(), value.text) != schema_.words.end())
      return model::Word{value.text};
    return report_word(value.text, value.span);
  }

  Result report_word(const std::string& text, Span span) {
    auto finding = diag::make(Code::bad_attribute, span, message::has_no_value(std::string{schema_.key}, text));
    if (const auto titled = word_titled(text, schema_.words)) {
      finding.fixes.push_back(did_you_mean_word(span, *titled));
    } else if (const auto meant = word_meant(text, schema_.words)) {
      finding.fixes.push_back(did_you_mean_word(span, *meant));
    } else if (const auto nearest = base::find_nearest(text, schema_.words)) {
      finding.fixes.push_back(did_you_mean_word(span, *nearest));
    } else if (const auto begun = word_begun(text, schema_.words)) {
      finding.fixes.push_back(did_you_mean_word(span, *begun));
    } else {
      finding.help = message::key_is(std::string{schema_.key}, expected(schema_));
    }
    resolution_.sink.report(std::move(finding));
    return std::nullopt;
  }

  Result wrong(Span span) {
    const std::string seen{resolution_.sources.text(span)};
    auto finding =
        diag::make(Code::bad_attribute, span, message::is_but_not(std::string{schema_.key}, expected(schema_), seen));
    if (schema_.type == Type::text || schema_.type == Type::string) {
      finding.fixes.push_back({message::put_in_quotes(), {}, {{span, "\"" + seen + "\""}}});
    } else if (schema_.type == Type::number && seen.size() > 2 && seen.front() == '"' &&
               seen.find_first_not_of("0123456789", 1) == seen.size() - 1) {
      const std::string number = seen.substr(1, seen.size() - 2);
      finding.fixes.push_back({message::write_name(number), {}, {{span, number}}});
    } else if (const auto word = yes_or_no(seen); schema_.type == Type::yes_no && !word.empty()) {
      finding.fixes.push_back(did_you_mean_word(span, word));
    }
    resolution_.sink.report(std::move(finding));
    return std::nullopt;
  }

  Resolution& resolution_;
  const AttributeSchema& schema_;
};

class BlockReader {
 public:
  BlockReader(Resolution& resolution, const BlockSchema& schema, std::span<const AttributeSchema> more)
      : resolution_(resolution), schema_(schema), more_(more) {}

  CheckedBlock read(const syntax::Block& block) {
    result_.attributes.reserve(block.attributes.size());
    for (const syntax::Attribute& attribute : block.attributes) read(attribute);
    // Places are sorted, since an attribute is large, and the catalogue has thousands.
    auto& attributes = result_.attributes;
    std::vector<std::size_t> order(attributes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return std::tie(attributes[a].key, attributes[a].language) < std::tie(attributes[b].key, attributes[b].language);
    });
    std::vector<model::Attribute> sorted;
    sorted.reserve(order.size());
    for (const std::size_t place : order) sorted.push_back(std::move(attributes[place]));
    attributes = std::move(sorted);
    return std::move(result_);
  }

 private:
  [[nodiscard]] const AttributeSchema* find(std::string_view key) const {
    for (const std::span<const AttributeSchema> each : {schema_.attributes, more_}) {
      const auto found =
          std::find_if(each.begin(), each.end(), [&](const AttributeSchema& known) { return known.key == key; });
      if (found != each.end()) return &*found;
    }
    return nullptr;
  }

  void read(const syntax::Attribute& attribute) {
    const std::string_view whole = attribute.key.text;
    const auto dot = whole.rfind('.');
    const AttributeSchema* schema = find(whole);
    std::string_view language;
    if (schema == nullptr && dot != std::string_view::npos && (schema = find(whole.substr(0, dot))) != nullptr) {
      language = whole.substr(dot + 1);
    }
    if (schema == nullptr) return report_unknown(attribute);
    const auto [first, is_new] = seen_.emplace(whole, attribute.key.span);
    if (!is_new) return report_twice(resolution_, whole, attribute.key.span, first->second);
    if (!check_language(*schema, language, attribute) || !read_values(*schema, language, attribute)) {
      result_.wrong.push_back(schema->key);
    }
  }

  bool check_language(const AttributeSchema& schema, std::string_view language, const syntax::Attribute& attribute) {
    if (language.empty()) return true;
    if (schema.type == Type::text) return check_known_language(resolution_, language, attribute.key.span);
    resolution_.report(Code::bad_attribute, attribute.key.span,
                       message::same_in_all_languages(std::string{schema.key}));
    return false;
  }

  bool read_values(const AttributeSchema& schema, std::string_view language, const syntax::Attribute& attribute) {
    const Span span = cover(attribute.key.span, span_of(attribute.values.back()));
    if (!schema.list && attribute.values.size() > 1) {
      resolution_.report(Code::bad_attribute, span_of(attribute.values[1]),
                         message::one_value_only(std::string{schema.key}));
      return false;
    }
    model::Attribute checked{std::string(schema.key), std::string(language), {}, span};
    bool right = true;
    ValueReader reader(resolution_, schema);
    for (const syntax::Value& value : attribute.values) {
      auto read = reader.read(value);
      if (read)
        checked.values.push_back(std::move(*read));
      else
        right = false;
    }
    if (!checked.values.empty()) result_.attributes.push_back(std::move(checked));
    return right;
  }

  void report_unknown(const syntax::Attribute& attribute) {
    std::vector<std::string_view> keys;
    for (const std::span<const AttributeSchema> each : {schema_.attributes, more_}) {
      for (const AttributeSchema& known : each) keys.push_back(known.key);
    }
    const std::string_view key = attribute.key.text;
    auto finding = diag::make(Code::bad_attribute, attribute.key.span,
                              message::no_attribute_of(std::string{key}, std::string{schema_.kind}));
    // What may have been meant counts as wrong, so that nothing rests on its absence.
    if (const auto nearest = base::find_nearest(key.substr(0, key.find('.')), keys)) {
      result_.wrong.push_back(*nearest);
      const auto begin = attribute.key.span.begin;
      const auto size = static_cast<std::uint32_t>(std::min(key.find('.'), key.size()));
      finding.fixes.push_back(did_you_mean_word({attribute.key.span.source, begin, begin + size}, *nearest));
    } else {
      finding.help = message::kind_has(std::string{schema_.kind}, {keys.begin(), keys.end()});
    }
    resolution_.sink.report(std::move(finding));
  }

  Resolution& resolution_;
  const BlockSchema& schema_;
  std::span<const AttributeSchema> more_;
  std::unordered_map<std::string_view, Span> seen_;
  CheckedBlock result_;
};

}  // namespace

const model::Attribute* CheckedBlock::find(std::string_view key) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const auto& each) { return each.key == key; });
  return found == attributes.end() ? nullptr : &*found;
}

bool CheckedBlock::is_wrong(std::string_view key) const {
  return std::find(wrong.begin(), wrong.end(), key) != wrong.end();
}

model::Localized CheckedBlock::localized(std::string_view key) const {
  model::Localized result;
  for (const model::Attribute& attribute : attributes) {
    if (attribute.key != key) continue;
    const auto& content = std::get<std::string>(attribute.values.front());
    if (attribute.language.empty())
      result.text = content;
    else
      result.by_language.emplace_back(attribute.language, content);
  }
  return result;
}

CheckedBlock check_block(Resolution& resolution, const BlockSchema& schema, const syntax::Block* block,
                         std::span<const AttributeSchema> more) {
  return block == nullptr ? CheckedBlock{} : BlockReader(resolution, schema, more).read(*block);
}

model::Localized read_reasons(Resolution& resolution, const syntax::LocalizedStrings& texts) {
  model::Localized result;
  for (const syntax::LocalizedString& each : texts) {
    if (each.language.empty())
      result.text = each.text.text;
    else if (check_known_language(resolution, each.language, each.text.span))
      result.by_language.emplace_back(each.language, each.text.text);
  }
  std::sort(result.by_language.begin(), result.by_language.end());
  return result;
}

}  // namespace farol::sema
