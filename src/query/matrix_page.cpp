// The matrix as one page: the parts of src/query/page, and the data of the policy in every language.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "base/html.h"
#include "base/json_writer.h"
#include "query/matrix.h"
#include "query/matrix_words.h"
#include "query/page.h"
#include "source/place.h"

namespace farol::query {
namespace {

using base::JsonWriter;
using base::Phrase;
using document::Words;
using Layout = JsonWriter::Layout;

std::string_view part(std::string_view name) {
  const auto parts = page_parts();
  return std::find_if(parts.begin(), parts.end(), [&](const PagePart& each) { return each.name == name; })->text;
}

// How many characters all names of the policy's files begin with, up to a folder: the page says the same from wherever
// the policy was called.
std::size_t shared_folder(const source::SourceMap& sources) {
  std::optional<std::string> shared;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources.is_library(source::SourceId{i})) continue;
    const std::string& name = sources.name(source::SourceId{i});
    const std::string folder = name.substr(0, name.rfind('/') + 1);
    if (!shared) shared = folder;
    const auto differ = std::mismatch(shared->begin(), shared->end(), folder.begin(), folder.end());
    shared->resize(static_cast<std::size_t>(differ.first - shared->begin()));
    shared->resize(shared->rfind('/') + 1);
  }
  return shared ? shared->size() : 0;
}

// Things in the order in which they were first asked for; each is written once, and referred to by its number.
template <class Key>
class Numbered {
 public:
  std::int64_t number_of(const Key& key) {
    const auto [known, fresh] = numbers_.try_emplace(key, keys_.size());
    if (fresh) keys_.push_back(key);
    return static_cast<std::int64_t>(known->second);
  }
  [[nodiscard]] const std::vector<Key>& all() const { return keys_; }

 private:
  std::map<Key, std::size_t> numbers_;
  std::vector<Key> keys_;
};

template <class Items, class Write>
void write_array(JsonWriter& json, std::string_view key, const Items& items, Layout layout, const Write& write) {
  json.key(key).begin_array(layout);
  for (const auto& item : items) write(item);
  json.end_array();
}

void write_entry(JsonWriter& json, const CellEntry& entry, Numbered<model::RuleId>& rules) {
  json.begin_object();
  json.key("mark").string(name_of(entry.mark));
  json.key("on").string(entry.on);
  json.key("note").number(static_cast<std::int64_t>(entry.note));
  write_array(json, "rules", entry.rules, Layout::lines, [&](auto rule) { json.number(rules.number_of(rule)); });
  write_array(json, "tiers", entry.tiers, Layout::lines,
              [&](auto tier) { json.number(static_cast<std::int64_t>(tier.index())); });
  json.end_object();
}

void write_interface(JsonWriter& json, const Words& words) {
  constexpr std::pair<std::string_view, Phrase> texts[] = {
      {"feature", Phrase::feature},  {"kept_by", Phrase::kept_by},    {"notes", Phrase::notes},
      {"role", Phrase::role},        {"search", Phrase::page_search}, {"group", Phrase::page_group},
      {"tier", Phrase::page_tier},   {"mark", Phrase::page_mark},     {"language", Phrase::page_language},
      {"all", Phrase::page_all},     {"shown", Phrase::page_shown},   {"hint", Phrase::page_hint},
      {"print", Phrase::page_print}, {"close", Phrase::page_close},
  };
  json.key("ui").begin_object();
  for (const auto& [key, phrase] : texts) json.key(key).string(words.text(phrase));
  json.end_object();
}

void write_groups(JsonWriter& json, const MatrixWords& matrix, Numbered<std::vector<CellEntry>>& cells) {
  write_array(json, "groups", matrix.groups, Layout::lines, [&](const FeatureGroup& group) {
    json.begin_object();
    json.key("title").string(group.title);
    write_array(json, "features", group.lines, Layout::lines, [&](const FeatureLine& line) {
      json.begin_object(Layout::line);
      json.key("title").string(line.title);
      json.key("name").string(line.name);
      json.key("kept_by").string(line.kept_by);
      write_array(json, "cells", line.cells, Layout::line,
                  [&](const std::vector<CellEntry>& cell) { json.number(cells.number_of(cell)); });
      json.end_object();
    });
    json.end_object();
  });
}

// What the page needs for one language.
void write_language(JsonWriter& json, const model::Model& model, const MatrixWords& matrix,
                    const source::SourceMap& sources, const Words& words) {
  json.begin_object();
  json.key("tag").string(base::tag(words.language()));
  json.key("name").string(words.text(Phrase::language_name));
  json.key("title").string(matrix.title);
  json.key("as_of").string(matrix.as_of);
  json.key("everywhere").string(matrix.everywhere);
  json.key("marks").begin_object(Layout::line);
  for (const document::Mark mark : matrix.marks) json.key(name_of(mark)).string(words.text(meaning_of(mark)));
  json.end_object();
  const bool has_tiers = !model.tiers.front().name.empty();
  write_array(json, "tiers", has_tiers ? model.tiers : std::vector<model::Tier>{}, Layout::line,
              [&](const model::Tier& tier) { json.string(words.title(tier)); });
  json.key("roles").strings(matrix.roles);
  Numbered<std::vector<CellEntry>> cells;
  Numbered<model::RuleId> rules;
  write_groups(json, matrix, cells);
  write_array(json, "cells", cells.all(), Layout::lines, [&](const std::vector<CellEntry>& cell) {
    json.begin_array(Layout::line);
    for (const CellEntry& entry : cell) write_entry(json, entry, rules);
    json.end_array();
  });
  write_array(json, "rules", rules.all(), Layout::lines, [&](model::RuleId id) {
    const model::Rule& rule = model[id];
    const std::string text = document::name_of_statement({}, rule.text);
    json.begin_object(Layout::line);
    json.key("text").string(rule.label.empty() ? text : words(Phrase::pair, {rule.label, text}));
    json.key("place").string(source::place_of(sources, rule.spans.statement).substr(shared_folder(sources)));
    json.key("because").string(rule.because.empty() ? std::string{} : words.quoted(rule.because));
    json.end_object();
  });
  json.key("notes").strings(matrix.notes);
  write_array(json, "sections", matrix.below, Layout::lines, [&](const Explanations& section) {
    json.begin_object();
    json.key("title").string(section.title);
    json.key("text").string(section.text);
    json.key("items").strings(section.items);
    json.end_object();
  });
  write_interface(json, words);
  json.end_object();
}

// The language that was asked for comes first.
std::string data_of(const model::Model& model, const Rows& rows, base::Date day, const source::SourceMap& sources,
                    base::Language first) {
  std::vector<base::Language> languages(base::all_languages.begin(), base::all_languages.end());
  std::stable_partition(languages.begin(), languages.end(), [&](auto each) { return each == first; });
  JsonWriter json;
  json.begin_object();
  json.key("symbols").begin_object(Layout::line);
  for (const document::Mark mark : marks_of_answers) json.key(name_of(mark)).string(symbol(mark));
  json.end_object();
  write_array(json, "languages", languages, Layout::lines, [&](base::Language language) {
    const Words words{model, language};
    write_language(json, model, in_words(model, rows, day, words), sources, words);
  });
  json.end_object();
  // Nothing in it can end the element that holds it.
  std::string safe;
  for (const char c : json.take()) c == '<' ? safe += "\\u003c" : safe += c;
  return safe;
}

}  // namespace

std::string matrix_page(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                        const source::SourceMap& sources, const MatrixOptions& options) {
  const Words words{model, options.language};
  const Rows rows = collect_rows(model, decisions, answers, options);
  std::string page{part("matrix.html")};
  const auto put = [&](std::string_view mark, std::string_view text) {
    page.replace(page.find(mark), mark.size(), text);
  };
  put("@LANGUAGE@", base::tag(options.language));
  put("@TITLE@", base::escape_html(words(Phrase::matrix_title, {words.name_of_policy()})));
  put("@STYLE@", part("matrix.css"));
  put("@NOSCRIPT@", base::escape_html(words.text(Phrase::page_needs_script)));
  put("@SCRIPT@", part("matrix.js"));
  put("@DATA@", data_of(model, rows, options.stated.value_or(decisions.as_of), sources, options.language));
  return page;
}

}  // namespace farol::query
