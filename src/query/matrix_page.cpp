// The matrix as one page: the parts of src/query/page, and the data of the policy in every language.
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "base/html.h"
#include "base/json_writer.h"
#include "base/page_phrases.h"
#include "check/coverage.h"
#include "document/page.h"
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

// How many characters all names of the policy's files begin with, up to a folder: the page says the same from wherever
// the policy was called.
std::size_t shared_folder(const source::SourceMap& sources) {
  std::optional<std::string> shared;
  for (const source::SourceId id : sources.own()) {
    const std::string& name = sources.name(id);
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

// What no language changes of the cells, and of the rules behind them.
void write_cells(JsonWriter& json, const std::vector<const std::vector<CellEntry>*>& cells,
                 Numbered<model::RuleId>& rules) {
  write_array(json, "cells", cells, Layout::lines, [&](const std::vector<CellEntry>* cell) {
    json.begin_array(Layout::line);
    for (const CellEntry& entry : *cell) {
      json.begin_object();
      json.key("mark").string(name_of(entry.mark));
      write_array(json, "rules", entry.rules, Layout::lines, [&](auto rule) { json.number(rules.number_of(rule)); });
      write_array(json, "tiers", entry.tiers, Layout::lines,
                  [&](auto tier) { json.number(static_cast<std::int64_t>(tier.index())); });
      json.end_object();
    }
    json.end_array();
  });
}

// `tests` has the expectations that look at each rule.
void write_rules(JsonWriter& json, const model::Model& model, const std::vector<model::RuleId>& rules,
                 const source::SourceMap& sources, const std::vector<std::size_t>& tests) {
  const std::size_t shared = shared_folder(sources);
  write_array(json, "rules", rules, Layout::lines, [&](model::RuleId id) {
    const model::Rule& rule = model[id];
    json.begin_object(Layout::line);
    json.key("label").string(rule.label);
    json.key("text").string(document::name_of_statement({}, rule.text));
    json.key("place").string(source::place_of(sources, rule.spans.statement).substr(shared));
    json.key("tests").number(static_cast<std::int64_t>(tests[id.index()]));
    json.end_object();
  });
}

void write_interface(JsonWriter& json, const Words& words) {
  constexpr std::pair<std::string_view, Phrase> texts[] = {
      {"feature", Phrase::feature},
      {"kept_by", Phrase::kept_by},
      {"notes", Phrase::notes},
      {"role", Phrase::role},
      {"legend", Phrase::legend},
      {"everything", Phrase::everything},
      {"pair", Phrase::pair},
      {"tests", base::pages::page_tests},
      {"tested", base::pages::page_tested},
      {"tested_part", base::pages::page_tested_part},
      {"untested", base::pages::page_untested},
      {"test_count", base::pages::page_test_count},
      {"search", Phrase::page_search},
      {"group", Phrase::page_group},
      {"tier", Phrase::page_tier},
      {"mark", Phrase::page_mark},
      {"language", Phrase::page_language},
      {"all", Phrase::page_all},
      {"shown", Phrase::page_shown},
      {"hint", Phrase::page_hint},
      {"print", Phrase::page_print},
      {"close", Phrase::page_close},
      {"base", base::pages::page_base},
      {"differ", base::pages::page_differ},
      {"refusals", base::pages::page_refusals},
      {"unfold", base::pages::page_unfold},
      {"reset", base::pages::page_reset},
      {"filters", base::pages::page_filters},
      {"yes", base::pages::page_yes},
      {"no", base::pages::page_no},
      {"see_note", base::pages::page_see_note},
      {"also", base::pages::page_also},
      {"inherits", base::pages::page_inherits},
      {"as_role", base::pages::page_as_role},
      {"only_role", base::pages::page_only_role},
      {"ladder", base::pages::page_ladder},
      {"ladder_text", base::pages::page_ladder_text},
      {"roles_cut", base::pages::page_roles_cut},
      {"nothing", base::pages::page_nothing},
      {"platform", Phrase::diff_state_platform},
  };
  json.key("ui").begin_object();
  for (const auto& [key, phrase] : texts) json.key(key).string(words.text(phrase));
  json.end_object();
}

// What the page needs for one language. Cells and rules have their numbers; of each entry of a cell there is the number
// of its text and of its note.
void write_language(JsonWriter& json, const model::Model& model, const MatrixWords& matrix,
                    const std::vector<const std::vector<CellEntry>*>& cells, const std::vector<model::RuleId>& rules,
                    const Words& words) {
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
  write_array(json, "groups", matrix.groups, Layout::lines, [&](const FeatureGroup& group) {
    json.begin_object();
    json.key("title").string(group.title);
    write_array(json, "features", group.lines, Layout::lines, [&](const FeatureLine& line) {
      json.begin_object(Layout::line);
      json.key("title").string(line.title);
      json.key("kept_by").string(line.kept_by);
      json.end_object();
    });
    json.end_object();
  });
  Numbered<std::string> texts;
  write_array(json, "words", cells, Layout::lines, [&](const std::vector<CellEntry>* cell) {
    json.begin_array(Layout::line);
    for (const CellEntry& entry : *cell) {
      json.number(texts.number_of(entry.on));
      json.number(static_cast<std::int64_t>(entry.note));
    }
    json.end_array();
  });
  json.key("texts").strings(texts.all());
  write_array(json, "because", rules, Layout::lines, [&](model::RuleId id) {
    json.string(model[id].because.empty() ? std::string{} : words.quoted(model[id].because));
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

// The numbers of a role's cells, by line.
using CellNumbers = std::vector<std::uint32_t>;

// What no language changes: which roles there are and what they inherit, and for each role the numbers of its cells,
// those of equal roles once.
void write_columns(JsonWriter& json, const model::Model& model, const Rows& rows,
                   const std::vector<CellNumbers>& columns) {
  write_array(json, "roles", rows.roles, Layout::line,
              [&](model::RoleId role) { json.string(role == model.nobody() ? "everyone" : model[role].name); });
  write_array(json, "parents", rows.roles, Layout::line, [&](model::RoleId role) {
    json.begin_array(Layout::line);
    if (role != model.nobody()) {
      for (const model::RoleId parent : model[role].inherits) {
        const auto shown = std::find(rows.roles.begin(), rows.roles.end(), parent);
        if (shown != rows.roles.end()) json.number(shown - rows.roles.begin());
      }
    }
    json.end_array();
  });
  const auto is_before = [](const CellNumbers* a, const CellNumbers* b) { return *a < *b; };
  std::map<const CellNumbers*, std::size_t, decltype(is_before)> numbers(is_before);
  std::vector<const CellNumbers*> different;
  write_array(json, "column", columns, Layout::line, [&](const CellNumbers& column) {
    const auto [known, fresh] = numbers.try_emplace(&column, different.size());
    if (fresh) different.push_back(&column);
    json.number(static_cast<std::int64_t>(known->second));
  });
  write_array(json, "columns", different, Layout::lines, [&](const CellNumbers* column) {
    json.begin_array(Layout::line);
    for (const std::uint32_t cell : *column) json.number(cell);
    json.end_array();
  });
}

std::vector<const FeatureLine*> lines_of(const MatrixWords& matrix) {
  std::vector<const FeatureLine*> lines;
  for (const FeatureGroup& group : matrix.groups) {
    for (const FeatureLine& line : group.lines) lines.push_back(&line);
  }
  return lines;
}

// A cell is what it says in every language, so that one number stands for it in all of them.
struct Cells {
  std::vector<CellNumbers> columns;                               // by role
  std::vector<std::vector<const std::vector<CellEntry>*>> words;  // by language, by number
};

Cells number_cells(const std::vector<MatrixWords>& matrices, std::size_t roles) {
  std::vector<std::vector<const FeatureLine*>> lines;
  for (const MatrixWords& matrix : matrices) lines.push_back(lines_of(matrix));
  std::vector<std::map<std::vector<CellEntry>, std::int64_t>> known(matrices.size());
  Numbered<std::vector<std::int64_t>> numbers;
  Cells cells;
  cells.words.resize(matrices.size());
  // The words of a line are looked up once for all roles that have the same.
  std::vector<std::map<std::vector<std::uint32_t>, std::uint32_t>> in_line(lines.front().size());
  std::vector<std::uint32_t> same(matrices.size());
  for (std::size_t role = 0; role < roles; ++role) {
    CellNumbers& column = cells.columns.emplace_back();
    for (std::size_t line = 0; line < in_line.size(); ++line) {
      for (std::size_t i = 0; i < matrices.size(); ++i) same[i] = lines[i][line]->of_role[role];
      const auto [number, fresh] = in_line[line].try_emplace(same);
      if (fresh) {
        std::vector<std::int64_t> key;
        for (std::size_t i = 0; i < matrices.size(); ++i)
          key.push_back(known[i].try_emplace(lines[i][line]->of(role), known[i].size()).first->second);
        const std::size_t before = numbers.all().size();
        number->second = static_cast<std::uint32_t>(numbers.number_of(key));
        if (numbers.all().size() > before) {
          for (std::size_t i = 0; i < matrices.size(); ++i) cells.words[i].push_back(&lines[i][line]->of(role));
        }
      }
      column.push_back(number->second);
    }
  }
  return cells;
}

// The language that was asked for comes first.
std::string data_of(const model::Model& model, const decide::Decisions& decisions, const Rows& rows, base::Date day,
                    const source::SourceMap& sources, base::Language first) {
  std::vector<base::Language> languages(base::all_languages.begin(), base::all_languages.end());
  std::stable_partition(languages.begin(), languages.end(), [&](auto each) { return each == first; });
  std::vector<Words> words;
  std::vector<MatrixWords> matrices;
  for (const base::Language language : languages) {
    words.emplace_back(model, language);
    matrices.push_back(in_words(model, rows, day, words.back()));
  }
  const Cells cells = number_cells(matrices, rows.roles.size());
  JsonWriter json;
  json.begin_object();
  json.key("symbols").begin_object(Layout::line);
  for (const document::Mark mark : marks_of_answers) json.key(name_of(mark)).string(symbol(mark));
  json.end_object();
  write_columns(json, model, rows, cells.columns);
  write_array(json, "features", lines_of(matrices.front()), Layout::line,
              [&](const FeatureLine* line) { json.string(line->name.empty() ? line->title : line->name); });
  write_array(json, "acts", lines_of(matrices.front()), Layout::line,
              [&](const FeatureLine* line) { json.number(line->acts ? 1 : 0); });
  Numbered<model::RuleId> rules;
  write_cells(json, cells.words.front(), rules);
  write_rules(json, model, rules.all(), sources, check::count_expectations_by_rule(model, decisions));
  json.key("languages").begin_array(Layout::lines);
  for (std::size_t i = 0; i < languages.size(); ++i)
    write_language(json, model, matrices[i], cells.words[i], rules.all(), words[i]);
  json.end_array();
  json.end_object();
  return json_for_page(json.take());
}

}  // namespace

std::string matrix_page(const model::Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                        const source::SourceMap& sources, const MatrixOptions& options) {
  const Words words{model, options.language};
  const Rows rows = collect_rows(model, decisions, answers, options);
  const base::Date day = options.stated.value_or(decisions.as_of);
  const std::string title = words(Phrase::matrix_title, {words.name_of_policy()});
  const document::Frame frame = document::frame_of(model, options.language, day);
  const std::string style = "\n" + std::string(document::page_style()) + std::string(page_part("matrix.css")) +
                            document::page_frame(title, frame, true);
  const std::string script = "\n" + std::string(page_part("matrix.js"));
  return filled_page("matrix.html", {{"@LANGUAGE@", base::tag(options.language)},
                                     {"@SECURITY@", document::security_policy(style, script)},
                                     {"@TITLE@", base::escape_html(title)},
                                     {"@STYLE@", style},
                                     {"@NOSCRIPT@", base::escape_html(words.text(Phrase::page_needs_script))},
                                     {"@DATA@", data_of(model, decisions, rows, day, sources, options.language)},
                                     {"@SCRIPT@", script}});
}

}  // namespace farol::query
