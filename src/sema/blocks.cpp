#include "sema/blocks.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/canonical.h"

namespace farol::sema {
namespace {

using diag::Code;

bool check_known_language(Resolution& resolution, std::string_view language, Span span) {
  if (std::find(languages().begin(), languages().end(), language) != languages().end()) return true;
  auto finding = diag::make(Code::bad_attribute, span, message::no_language(std::string{language}));
  finding.help = message::known_are({languages().begin(), languages().end()});
  const auto nearest = base::find_nearest(language, languages());
  if (nearest && resolution.sources.text(span).ends_with(language)) {
    const auto size = static_cast<std::uint32_t>(language.size());
    finding.fixes.push_back(did_you_mean_word({span.source, span.end - size, span.end}, *nearest));
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
    auto finding =
        diag::make(Code::bad_attribute, value.span, message::has_no_value(std::string{schema_.key}, value.text));
    if (const auto nearest = base::find_nearest(value.text, schema_.words)) {
      finding.fixes.push_back(did_you_mean_word(value.span, *nearest));
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
    for (const syntax::Attribute& attribute : block.attributes) read(attribute);
    std::stable_sort(result_.attributes.begin(), result_.attributes.end(), [](const auto& a, const auto& b) {
      return std::tie(a.key, a.language) < std::tie(b.key, b.language);
    });
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
