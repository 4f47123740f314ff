#include "cli/explain_words.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"
#include "document/document.h"
#include "document/words.h"
#include "sema/schemas.h"
#include "syntax/foreign_words.h"
#include "syntax/token.h"

namespace farol::cli {
namespace {

using base::Phrase;

struct WordField {
  std::string key;
  Phrase title;
  std::vector<std::string> lines;
};

// A word may be several things: `data` is a statement, `contract` a ground and a category.
struct WordPage {
  std::string kind;
  std::vector<WordField> fields;
};

// The kinds of blocks that have attributes: declarations and facts.
std::vector<const sema::BlockSchema*> all_blocks() {
  std::vector<const sema::BlockSchema*> blocks;
  for (const std::string_view kind : {"policy", "data", "store", "app", "group", "place", "department", "role",
                                      "feature", "context", "control", "tiers"}) {
    const sema::BlockSchema& schema = sema::schema_of(kind);
    if (schema.kind == kind) blocks.push_back(&schema);
  }
  for (const sema::BlockSchema& schema : sema::fact_schemas()) blocks.push_back(&schema);
  return blocks;
}

class WordReader {
 public:
  WordReader(const driver::Compilation& libraries, const model::Model& model, std::string word, base::Language language)
      : libraries_(libraries), model_(model), word_(std::move(word)), language_(language) {}

  std::vector<WordPage> pages() {
    add_word_of_language();
    add_fact_kind();
    add_values();
    add_context_values();
    add_attribute();
    add_library();
    return std::move(pages_);
  }

 private:
  [[nodiscard]] std::string say(Phrase phrase) const { return std::string(base::text(phrase, language_)); }
  [[nodiscard]] std::string fill(Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, language_, arguments);
  }
  [[nodiscard]] std::string listed(const std::vector<std::string>& parts) const {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : say(Phrase::list_comma)) + part;
    return text;
  }

  void add_word_of_language() {
    std::string word = word_;
    if (word.ends_with(".*")) word = "wildcard";
    if (const auto phrase = base::find_phrase("glossary_" + word))
      pages_.push_back({say(Phrase::explain_word_of_language),
                        {{"means", Phrase::explain_field_means, {say(*phrase)}},
                         {"more", Phrase::explain_field_more, {"docs/language.md"}}}});
    for (const bool statement : {true, false}) {
      const auto meant = pages_.empty() ? syntax::find_foreign_keyword(word_, statement) : std::nullopt;
      if (!meant) continue;
      const std::string keyword(syntax::text_of_keyword(*meant));
      const auto meaning = base::find_phrase("glossary_" + keyword);
      if (!meaning) continue;
      pages_.push_back({say(Phrase::explain_word_of_language),
                        {{"write", Phrase::explain_field_write, {"`" + keyword + "`"}},
                         {"means", Phrase::explain_field_means, {say(*meaning)}}}});
      return;
    }
  }

  void add_fact_kind() {
    for (const sema::BlockSchema& schema : sema::fact_schemas()) {
      if (schema.kind != word_) continue;
      std::vector<std::string> keys;
      for (const sema::AttributeSchema& attribute : schema.attributes) keys.emplace_back(attribute.key);
      pages_.push_back(
          {say(Phrase::explain_kind_of_fact), {{"attributes", Phrase::explain_field_attributes, {listed(keys)}}}});
    }
  }

  // Of which attributes, in which blocks, the word is a value.
  void add_values() {
    std::map<std::string, std::vector<std::string>> places;  // attribute to blocks
    for (const sema::BlockSchema* schema : all_blocks()) {
      for (const sema::AttributeSchema& attribute : schema->attributes) {
        if (std::find(attribute.words.begin(), attribute.words.end(), word_) != attribute.words.end())
          places[std::string(attribute.key)].emplace_back(schema->kind);
      }
    }
    const std::string title = document::word(word_, language_);
    for (const auto& [key, blocks] : places) {
      WordPage page{fill(Phrase::explain_value_of_key, {"`" + key + "`", listed(blocks)}), {}};
      if (title != word_) page.fields.push_back({"means", Phrase::explain_field_means, {title}});
      page.fields.push_back({"write", Phrase::explain_field_write, {"`" + key + ": " + word_ + "`"}});
      pages_.push_back(std::move(page));
    }
  }

  void add_context_values() {
    for (const model::Context& context : model_.contexts) {
      for (std::size_t i = 0; i < context.values.size(); ++i) {
        if (context.values[i] != word_) continue;
        WordPage page{fill(Phrase::explain_value_of_context, {"`" + context.name + "`"}), {}};
        const model::Localized& title = context.value_titles[i];
        if (!title.empty())
          page.fields.push_back({"means", Phrase::explain_field_means, {title.in(base::tag(language_))}});
        page.fields.push_back({"write", Phrase::explain_field_write, {"`when " + context.name + " is " + word_ + "`"}});
        pages_.push_back(std::move(page));
      }
    }
  }

  // An attribute, its values or their type, and the blocks that have it.
  void add_attribute() {
    std::vector<std::string> blocks;
    std::set<std::string> values;
    for (const sema::BlockSchema* schema : all_blocks()) {
      for (const sema::AttributeSchema& attribute : schema->attributes) {
        if (attribute.key != word_) continue;
        blocks.emplace_back(schema->kind);
        values.insert(attribute.words.begin(), attribute.words.end());
      }
    }
    if (blocks.empty()) return;
    WordPage page{fill(Phrase::explain_key_of_blocks, {listed(blocks)}), {}};
    std::vector<std::string> lines;
    for (const std::string& value : values) {
      const std::string title = document::word(value, language_);
      lines.push_back(title == value ? value : fill(Phrase::name_in_brackets, {title, value}));
    }
    if (!lines.empty()) page.fields.push_back({"values", Phrase::explain_field_values, std::move(lines)});
    pages_.push_back(std::move(page));
  }

  void add_library() {
    for (const model::UsedLibrary& library : libraries_.model.libraries) {
      if (library.name != word_) continue;
      WordPage page{
          fill(library.pack ? Phrase::explain_pack_itself : Phrase::explain_library_itself, {library.version}), {}};
      page.fields.push_back(
          {"write",
           Phrase::explain_field_write,
           {"`use " + std::string(library.pack ? "pack " : "") + library.name + " " + library.version + "`"}});
      const auto checks = std::count_if(libraries_.model.checks.begin(), libraries_.model.checks.end(),
                                        [&](const model::Check& check) { return check.pack == library.name; });
      const auto features = std::count_if(libraries_.model.features.begin(), libraries_.model.features.end(),
                                          [](const auto& feature) { return feature.library; });
      page.fields.push_back(library.pack
                                ? WordField{"checks", Phrase::explain_field_checks, {std::to_string(checks)}}
                                : WordField{"features", Phrase::explain_field_features, {std::to_string(features)}});
      page.fields.push_back(
          {"more", Phrase::explain_field_more, {library.pack ? "`farol list checks`" : "`farol list features`"}});
      pages_.push_back(std::move(page));
    }
  }

  const driver::Compilation& libraries_;
  const model::Model& model_;
  std::string word_;
  base::Language language_;
  std::vector<WordPage> pages_;
};

std::string json_of(const std::string& word, const std::vector<WordPage>& pages) {
  base::JsonWriter json;
  json.begin_object();
  json.key("word").string(word);
  json.key("meanings").begin_array();
  for (const WordPage& page : pages) {
    json.begin_object();
    json.key("is").string(page.kind);
    for (const WordField& field : page.fields) json.key(field.key).strings(field.lines);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace

std::optional<std::string> render_word(const driver::Compilation& libraries, const model::Model& model,
                                       const std::string& word, const AnswerOptions& options) {
  const std::vector<WordPage> pages = WordReader(libraries, model, base::to_nfc(word), options.language).pages();
  if (pages.empty()) return std::nullopt;
  if (options.json) return json_of(word, pages);
  std::string text;
  for (const WordPage& page : pages) {
    document::Document document;
    document.language = options.language;
    document.title = base::fill(Phrase::pair, options.language, {word, page.kind});
    document::Fields fields;
    for (const WordField& field : page.fields) {
      std::vector<document::Line> lines(field.lines.begin(), field.lines.end());
      fields.push_back({std::string(base::text(field.title, options.language)), std::move(lines)});
    }
    document.sections.push_back({{}, {std::move(fields)}});
    text += (text.empty() ? "" : "\n") + document::render_text(document, {options.color, 0});
  }
  return text;
}

}  // namespace farol::cli
