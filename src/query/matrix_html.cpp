// The matrix as one page: the parts of src/query/page, and the data of the policy in every language.
#include <algorithm>
#include <map>
#include <optional>

#include "base/html.h"
#include "base/json_writer.h"
#include "document/words.h"
#include "query/fields.h"
#include "query/matrix.h"
#include "query/page.h"
#include "source/place.h"

namespace farol::query {
namespace {

using base::JsonWriter;
using base::Phrase;
using Layout = JsonWriter::Layout;

std::string_view name_of(Mark mark) {
  switch (mark) {
    case Mark::allow: return "allow";
    case Mark::deny: return "deny";
    case Mark::none: return "none";
    case Mark::platform: break;
  }
  return "platform";
}

std::string_view part(std::string_view name) {
  const auto parts = page_parts();
  return std::find_if(parts.begin(), parts.end(), [&](const PagePart& each) { return each.name == name; })->text;
}

// What one language needs. Cells that are alike are written once.
class LanguageWriter {
 public:
  LanguageWriter(JsonWriter& json, const Matrix& matrix, const model::Model& model, const source::SourceMap& sources,
                 base::Language language)
      : json_(json),
        matrix_(matrix),
        model_(model),
        sources_(sources),
        words_(model, language),
        language_(language),
        shared_folder_(shared_folder(sources)) {}

  void run() {
    json_.begin_object();
    json_.key("tag").string(base::tag(language_));
    json_.key("name").string(words_.text(Phrase::language_name));
    json_.key("title").string(matrix_.title);
    json_.key("as_of").string(matrix_.as_of);
    json_.key("everywhere").string(matrix_.everywhere);
    json_.key("marks").begin_object(Layout::line);
    for (const auto& [mark, meaning] : matrix_.legend) json_.key(name_of(mark)).string(meaning);
    json_.end_object();
    json_.key("tiers").begin_array(Layout::line);
    if (!model_.tiers.front().name.empty()) {
      for (const model::Tier& tier : model_.tiers) json_.string(words_.title(tier));
    }
    json_.end_array();
    write_roles();
    write_groups();
    write_cells();
    write_rules();
    json_.key("notes").strings(matrix_.notes.items);
    write_sections();
    write_interface();
    json_.end_object();
  }

 private:
  // How many characters all names of the policy's files begin with, up to a folder: the page says the same wherever
  // the policy was called from.
  [[nodiscard]] static std::size_t shared_folder(const source::SourceMap& sources) {
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

  void write_roles() {
    json_.key("roles").begin_array(Layout::line);
    if (!matrix_.tables.empty()) {
      const auto& columns = matrix_.tables.front().columns;  // the last one is what keeps it
      for (std::size_t i = 0; i + 1 < columns.size(); ++i) json_.string(columns[i].title);
    }
    json_.end_array();
  }

  void write_groups() {
    json_.key("groups").begin_array();
    for (const Table& table : matrix_.tables) {
      json_.begin_object();
      json_.key("title").string(table.title);
      json_.key("features").begin_array();
      for (const Line& line : table.lines) write_line(line);
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  void write_line(const Line& line) {
    json_.begin_object(Layout::line);
    json_.key("title").string(line.heading.title);
    json_.key("name").string(line.heading.name);
    json_.key("kept_by").string(line.cells.back().words);
    json_.key("cells").begin_array(Layout::line);
    for (std::size_t i = 0; i + 1 < line.cells.size(); ++i)
      json_.number(static_cast<std::int64_t>(number_of(line.cells[i])));
    json_.end_array();
    json_.end_object();
  }

  std::size_t number_of(const Cell& cell) {
    std::string key;
    for (const Entry& entry : cell.entries) {
      key += entry.text() + '\n';
      for (const model::RuleId rule : entry.rules) key += std::to_string(rule.index()) + ' ';
      for (const model::TierId tier : entry.tiers) key += 't' + std::to_string(tier.index());
      key += '\n';
    }
    const auto [known, fresh] = numbers_.try_emplace(std::move(key), cells_.size());
    if (fresh) cells_.push_back(&cell);
    return known->second;
  }

  void write_cells() {
    json_.key("cells").begin_array();
    for (const Cell* cell : cells_) {
      json_.begin_array(Layout::line);
      for (const Entry& entry : cell->entries) {
        json_.begin_object();
        json_.key("mark").string(name_of(entry.mark));
        json_.key("on").string(entry.on);
        json_.key("note").number(static_cast<std::int64_t>(entry.note));
        json_.key("rules").begin_array();
        for (const model::RuleId rule : entry.rules) {
          const auto [known, fresh] = rule_numbers_.try_emplace(rule, rules_.size());
          if (fresh) rules_.push_back(rule);
          json_.number(static_cast<std::int64_t>(known->second));
        }
        json_.end_array();
        json_.key("tiers").begin_array();
        for (const model::TierId tier : entry.tiers) json_.number(static_cast<std::int64_t>(tier.index()));
        json_.end_array();
        json_.end_object();
      }
      json_.end_array();
    }
    json_.end_array();
  }

  void write_rules() {
    json_.key("rules").begin_array();
    for (const model::RuleId id : rules_) {
      const model::Rule& rule = model_[id];
      json_.begin_object(Layout::line);
      const std::string text = rule.text.substr(0, rule.text.find(" because"));
      json_.key("text").string(rule.label.empty() ? text : words_(Phrase::pair, {rule.label, text}));
      json_.key("place").string(source::place_of(sources_, rule.spans.statement).substr(shared_folder_));
      json_.key("because").string(rule.because.empty() ? std::string{} : words_.quoted(rule.because));
      json_.end_object();
    }
    json_.end_array();
  }

  void write_sections() {
    json_.key("sections").begin_array();
    for (const Section& section : matrix_.sections) {
      json_.begin_object();
      json_.key("title").string(section.title);
      json_.key("text").string(section.text);
      json_.key("items").strings(section.items);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_interface() {
    json_.key("ui").begin_object();
    const auto say = [&](std::string_view key, Phrase phrase) { json_.key(key).string(words_.text(phrase)); };
    say("feature", Phrase::feature);
    say("kept_by", Phrase::kept_by);
    say("notes", Phrase::notes);
    say("role", Phrase::role);
    say("search", Phrase::page_search);
    say("group", Phrase::page_group);
    say("tier", Phrase::page_tier);
    say("mark", Phrase::page_mark);
    say("language", Phrase::page_language);
    say("all", Phrase::page_all);
    say("shown", Phrase::page_shown);
    say("hint", Phrase::page_hint);
    say("print", Phrase::page_print);
    say("close", Phrase::page_close);
    json_.end_object();
  }

  JsonWriter& json_;
  const Matrix& matrix_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  document::Words words_;
  base::Language language_;
  std::size_t shared_folder_ = 0;
  std::map<std::string, std::size_t> numbers_;
  std::vector<const Cell*> cells_;
  std::map<model::RuleId, std::size_t> rule_numbers_;
  std::vector<model::RuleId> rules_;
};

// The language that was asked for comes first.
std::string data_of(const model::Model& model, const decide::Decisions& decisions, const decide::Keeping& keeping,
                    const source::SourceMap& sources, MatrixOptions options) {
  std::vector<base::Language> languages(base::all_languages.begin(), base::all_languages.end());
  std::stable_partition(languages.begin(), languages.end(), [&](auto each) { return each == options.language; });
  JsonWriter json;
  json.begin_object();
  json.key("symbols").begin_object(Layout::line);
  for (const Mark mark : {Mark::allow, Mark::deny, Mark::none, Mark::platform})
    json.key(name_of(mark)).string(symbol(mark));
  json.end_object();
  json.key("languages").begin_array();
  for (const base::Language language : languages) {
    options.language = language;
    const Matrix matrix = build_matrix(model, decisions, keeping, options);
    LanguageWriter{json, matrix, model, sources, language}.run();
  }
  json.end_array();
  json.end_object();
  // Nothing in it can end the element that it stands in.
  std::string safe;
  for (const char c : json.take()) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

}  // namespace

std::string render_html(const model::Model& model, const decide::Decisions& decisions, const decide::Keeping& keeping,
                        const source::SourceMap& sources, MatrixOptions options) {
  const base::Language language = options.language;
  const std::string policy = document::Words{model, language}.title(model.policy);
  const std::string title =
      base::escape_html(base::fill(Phrase::matrix_title, language,
                                   {policy.empty() ? base::text(Phrase::policy, language) : std::string_view{policy}}));
  std::string page{part("matrix.html")};
  const auto put = [&](std::string_view mark, std::string_view text) {
    page.replace(page.find(mark), mark.size(), text);
  };
  put("@LANGUAGE@", base::tag(language));
  put("@TITLE@", title);
  put("@STYLE@", part("matrix.css"));
  put("@NOSCRIPT@", base::escape_html(base::text(Phrase::page_needs_script, language)));
  put("@SCRIPT@", part("matrix.js"));
  put("@DATA@", data_of(model, decisions, keeping, sources, std::move(options)));
  return page;
}

}  // namespace farol::query
