#include <algorithm>
#include <array>

#include "compare/edit_cards.h"
#include "compare/edit_lines.h"
#include "compare/page.h"
#include "document/words.h"

namespace farol::compare {
namespace {

using Account = Edit::Account;
using Guard = Edit::Guard;
using base::Phrase;
using document::Item;
using document::Mark;
using document::Words;

constexpr std::size_t max_causes = 8;
// With more sentences than these a comment folds them behind the statements that they come from.
constexpr std::size_t max_sentences = 10;
// A comment folds what a section has beyond these, and says so many lines of a value.
constexpr std::size_t max_shown = 10, max_findings = 5, max_steps = 5;
constexpr std::size_t max_value_lines = 3;

// Returns the lines of a text that another does not have: a setting may have a line for each class of data, of which
// one changes.
std::string lines_beyond(const std::string& text, const std::string& other) {
  std::string beyond;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    if (("\n" + other + "\n").find("\n" + line + "\n") == std::string::npos)
      beyond += (beyond.empty() ? "" : "\n") + line;
    at = end + 1;
  }
  return beyond;
}

// The first lines of a text, and how many more there are.
std::string first_lines(const std::string& text, std::size_t most, const Words& words) {
  std::size_t end = 0, lines = 0;
  while (end < text.size() && lines < most) {
    end = std::min(text.find('\n', end), text.size());
    if (++lines < most && end < text.size()) ++end;
  }
  if (end >= text.size()) return text;
  const auto more =
      static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(end), text.end(), '\n'));
  return text.substr(0, end) + "\n" + words(Phrase::diff_more, {std::to_string(more)});
}

// Fills the document section by section; a section without items is left out.
class DocumentMaker {
 public:
  DocumentMaker(const Review& review, base::Language language, const PageOptions& options)
      : review_(review),
        difference_(review.difference),
        options_(options),
        language_(language),
        words_(difference_.vocabulary.model, language) {}

  document::Document run() {
    document_.language = language_;
    add_head();
    if (is_page()) {
      if (document::Section cards = edit_cards(review_, words_); !cards.sections.empty())
        document_.sections.push_back(std::move(cards));
    } else {
      add_edits(Account::permissions, Phrase::diff_edits);
    }
    add_safeguards();
    if (options_.extent == Extent::chat) {
      document::Section none;
      add_changes(none, Direction::widening, Phrase::diff_wider, Mark::widening);
      std::move(none.sections.begin(), none.sections.end(), std::back_inserter(document_.sections));
      return std::move(document_);
    }
    add_permissions();
    add_edits(Account::fact, Phrase::diff_facts);
    add_section(Phrase::diff_notified, notified_items(review_, words_));
    add_edits(Account::nothing, Phrase::diff_same_statements);
    add_governed();
    add_names();
    name_last(add_findings(Phrase::diff_new_findings, {FindingChange::Kind::added}), findings_section);
    add_findings(Phrase::diff_silenced_findings,
                 {FindingChange::Kind::waived, FindingChange::Kind::switched_off, FindingChange::Kind::unasked});
    add_findings(Phrase::diff_solved_findings, {FindingChange::Kind::solved});
    add_steps();
    add_limits();
    return std::move(document_);
  }

 private:
  [[nodiscard]] bool is_page() const { return options_.cards; }

  void add_head() {
    const std::string sides =
        words_(Phrase::diff_sides, {in_words(review_.before, language_), in_words(review_.after, language_)});
    const std::string policy = difference_.vocabulary.model.policy.name;
    const bool named = !policy.empty() && review_.before.name != review_.after.name;
    document_.title =
        named ? words_(Phrase::diff_in_policy, {words_.name_of_policy()})
              : words_(Phrase::diff_title, {in_words(review_.before, language_), in_words(review_.after, language_)});
    const std::string then = base::to_string(review_.before.as_of), now = base::to_string(review_.after.as_of);
    document_.frame.date = words_(Phrase::as_of, {then == now ? now : words_(Phrase::diff_days, {then, now})});
    if (named) {
      document_.frame.firm = words_.name_of_policy();
      document_.lead.emplace_back(sides);
    }
    document_.lead.emplace_back(document_.frame.date);
    for (const std::string& line : headline(review_, language_)) document_.lead.emplace_back(line);
    if (!difference_.everywhere.empty() && !difference_.changes.empty())
      document_.lead.emplace_back(words_(Phrase::everywhere, {words_.controls(difference_.everywhere)}));
  }

  document::Section* add_section(Phrase title, std::vector<Item> items, std::size_t shown = max_shown) {
    if (items.empty()) return nullptr;
    document::Section& section = document_.add_section(words_.text(title));
    fill(section, std::move(items), shown);
    return &section;
  }
  static void name_last(document::Section* section, std::string_view id) {
    if (section != nullptr) section->id = id;
  }
  void fill(document::Section& section, std::vector<Item> items, std::size_t shown) const {
    section.add(
        document::List{std::move(items), document::List::Kind::bullets, options_.extent == Extent::chat ? 0 : shown});
  }

  void add_edits(Account account, Phrase title) {
    std::vector<Item> items;
    for (const Edit& edit : difference_.edits) {
      if (edit.account == account) items.push_back(item_of(review_, edit, words_));
    }
    add_section(title, std::move(items));
  }

  // The weaker ones first. What changes permissions too is there a second time, so that nobody overlooks it.
  void add_safeguards() {
    std::vector<Item> items;
    for (const Guard guard : {Guard::weaker, Guard::unclear, Guard::stronger}) {
      if (options_.extent == Extent::chat && guard == Guard::stronger) continue;
      for (const Edit& edit : difference_.edits) {
        if (edit.guard == guard) items.push_back(safeguard_item_of(review_, edit, words_));
      }
    }
    name_last(add_section(Phrase::diff_safeguards, std::move(items)), safeguards_section);
  }

  // Every sentence is there, and a comment folds them where they are many.
  void add_permissions() {
    const std::size_t total = difference_.changes.size();
    const std::size_t edits = review_.count(Account::permissions);
    const bool has_edits = edits > 0;
    one_edit_ = edits == 1;
    left_ = std::min(options_.sentences, total);
    if (total == 0) return;
    document::Section section;
    if (has_edits && total > max_sentences && options_.extent == Extent::comment)
      section.fold = words_(Phrase::diff_fold, {words_.list(counts_of_changes(review_, words_))});
    add_changes(section, Direction::widening, Phrase::diff_wider, Mark::widening);
    add_changes(section, Direction::narrowing, Phrase::diff_narrower, Mark::narrowing);
    add_changes(section, Direction::mixed, Phrase::diff_otherwise, Mark::mixed);
    if (!section.fold.empty()) {
      document_.sections.push_back(std::move(section));
    } else {
      for (document::Section& each : section.sections) document_.sections.push_back(std::move(each));
    }
  }

  void add_changes(document::Section& into, Direction direction, Phrase title, Mark mark) {
    std::vector<Item> items;
    if (options_.extent == Extent::chat) left_ = options_.sentences;
    for (std::size_t i = 0; i < difference_.changes.size(); ++i) {
      const Change& change = difference_.changes[i];
      if (change.direction != direction || (is_page() && is_on_card(difference_, i))) continue;
      if (left_ == 0) break;
      --left_;
      Item item{{mark, sentence_of(difference_, change, language_, false)}};
      const bool said = !into.fold.empty() && one_edit_ && change.causes.size() == 1;
      if (options_.extent != Extent::chat && !said) add_causes(change, item);
      items.push_back(std::move(item));
    }
    if (items.empty()) return;
    document::Section& section = into.add_section(words_.text(title));
    fill(section, std::move(items), into.fold.empty() ? max_shown : 0);
  }

  void add_causes(const Change& change, Item& item) const {
    for (std::size_t i = 0; i < std::min(max_causes, change.causes.size()); ++i)
      item.items.push_back({sentence_of(review_, change.causes[i], language_)});
    if (change.causes.size() > max_causes)
      item.items.push_back({words_(Phrase::diff_more_causes, {std::to_string(change.causes.size() - max_causes)})});
  }

  void add_governed() {
    std::vector<Item> items;
    for (const GovernedChange& change : difference_.governed) {
      const std::string feature = words_.title_and_name(difference_.vocabulary.model[change.feature]);
      items.push_back({{change.now ? Mark::widening : Mark::narrowing,
                        words_(change.now ? Phrase::diff_now_governed : Phrase::diff_not_governed, {feature})}});
    }
    add_section(Phrase::diff_governed, std::move(items));
  }

  void add_names() {
    std::vector<Item> items;
    for (const Rename& rename : difference_.vocabulary.renames) {
      const Phrase phrase = rename.declared ? Phrase::diff_renamed
                            : rename.bound  ? Phrase::diff_bound_rename
                                            : Phrase::diff_seems_renamed;
      items.push_back({{Mark::mixed, words_(phrase, {rename.kind, rename.before, rename.after})}});
    }
    for (const VocabularyChange& thing : difference_.things) {
      switch (thing.kind) {
        case VocabularyChange::Kind::moved:
          items.push_back({{Mark::mixed, words_(Phrase::diff_moved, {thing.name, thing.compared_with, thing.now})}});
          break;
        case VocabularyChange::Kind::added:
        case VocabularyChange::Kind::removed: {
          const bool is_new = thing.kind == VocabularyChange::Kind::added;
          std::string text =
              words_(is_new ? Phrase::diff_new_thing : Phrase::diff_gone_thing, {thing.thing, thing.name});
          if (!thing.compared_with.empty())
            text = words_(Phrase::diff_with_aside, {text, words_(Phrase::diff_compared_with, {thing.compared_with})});
          items.push_back({{is_new ? Mark::widening : Mark::narrowing, text}});
          break;
        }
      }
    }
    add_section(Phrase::diff_names, std::move(items));
  }

  document::Section* add_findings(Phrase title, std::initializer_list<FindingChange::Kind> kinds) {
    std::vector<Item> items;
    for (const FindingChange& finding : review_.findings) {
      if (std::find(kinds.begin(), kinds.end(), finding.kind) == kinds.end()) continue;
      const std::string code = finding.code == finding.name ? finding.code : finding.code + " " + finding.name;
      const bool solved = finding.kind == FindingChange::Kind::solved;
      const bool added = finding.kind == FindingChange::Kind::added;
      Item item{{solved  ? Mark::narrowing
                 : added ? Mark::widening
                         : Mark::attention,
                 words_(Phrase::pair, {code, finding.message})}};
      if (const std::string why = reason_of(finding); !why.empty()) item.items.push_back({why});
      if (!finding.place.empty()) item.items.push_back({finding.place});
      items.push_back(std::move(item));
    }
    return add_section(title, std::move(items), max_findings);
  }

  [[nodiscard]] std::string reason_of(const FindingChange& finding) const {
    switch (finding.kind) {
      case FindingChange::Kind::waived:
        return finding.until.empty() ? words_(Phrase::diff_waived_for_good, {finding.by})
                                     : words_(Phrase::diff_waived, {finding.until, finding.by});
      case FindingChange::Kind::switched_off: return words_(Phrase::diff_switched_off);
      case FindingChange::Kind::unasked: return words_(Phrase::diff_not_checked);
      case FindingChange::Kind::added:
      case FindingChange::Kind::solved: break;
    }
    return {};
  }

  [[nodiscard]] std::string value(const std::string& text) const {
    return options_.extent == Extent::comment ? first_lines(text, max_value_lines, words_) : text;
  }

  void add_steps() {
    std::vector<Item> items;
    for (const StepChange& step : review_.steps) {
      const std::string text = words_(Phrase::name_in_brackets, {step.title, step.id});
      switch (step.kind) {
        case StepChange::Kind::added: items.push_back({{Mark::widening, text}, {{value(step.value)}}}); break;
        case StepChange::Kind::undone:
          items.push_back({{Mark::narrowing, words_(Phrase::diff_undo, {text})}, {{value(step.value)}}});
          break;
        case StepChange::Kind::altered: {
          const std::string now = lines_beyond(step.value, step.before), was = lines_beyond(step.before, step.value);
          const bool in_lines = !now.empty() && !was.empty();
          items.push_back({{Mark::mixed, text},
                           {{value(in_lines ? now : step.value)},
                            {words_(Phrase::diff_before, {value(in_lines ? was : step.before)})}}});
          break;
        }
      }
    }
    name_last(add_section(Phrase::diff_steps, std::move(items), max_steps), steps_section);
  }

  void add_limits() {
    std::vector<Item> items;
    const auto add = [&](std::string_view text) { items.push_back({{Mark::attention, text}}); };
    for (const std::string& feature : difference_.too_large) add(words_(Phrase::diff_too_large, {feature}));
    if (difference_.not_beyond) add(words_(Phrase::diff_not_beyond, {base::to_string(*difference_.not_beyond)}));
    if (!review_.steps_compared)
      add(review_.why_no_steps.empty() ? words_.text(Phrase::diff_no_steps) : review_.why_no_steps);
    if (!review_.findings_compared) {
      add(words_.text(Phrase::diff_documents));
      if (difference_.unseen != Difference::Unseen::nothing) add(words_.text(Phrase::diff_not_held));
    }
    if (const std::size_t all = difference_.changes.size(); options_.sentences < all) {
      const std::string count =
          words_(Phrase::diff_left_out, {std::to_string(all - options_.sentences), std::to_string(all)});
      add(words_(Phrase::diff_cut, {count}));
    }
    add_section(Phrase::diff_limits, std::move(items));
  }

  const Review& review_;
  const Difference& difference_;
  const PageOptions& options_;
  base::Language language_;
  Words words_;
  document::Document document_;
  bool one_edit_ = false;  // a sentence need not say which one
  std::size_t left_ = 0;   // how many sentences may still be said
};

// A list keeps so many items, a text so many characters.
void shorten(document::Line& line, std::size_t most) {
  for (document::Run& run : line.runs) {
    if (run.text.size() <= most) continue;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(run.text[end]) & 0xC0U) == 0x80U) --end;
    run.text = run.text.substr(0, end) + "…";
  }
}
void shorten(std::vector<Item>& items, std::size_t most_items, std::size_t most_text, const Words& words) {
  const std::size_t count = items.size();
  if (count > most_items) {
    items.resize(most_items);
    items.push_back({document::Line(words(Phrase::diff_more, {std::to_string(count - most_items)}))});
  }
  for (Item& item : items) {
    shorten(item.line, most_text);
    shorten(item.items, most_items, most_text, words);
  }
}
void shorten(std::vector<document::Section>& sections, std::size_t most_items, std::size_t most_text,
             const Words& words) {
  for (document::Section& section : sections) {
    for (document::Block& block : section.blocks) {
      if (auto* list = std::get_if<document::List>(&block)) shorten(list->items, most_items, most_text, words);
    }
    shorten(section.sections, most_items, most_text, words);
  }
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

document::Document page_of(const Review& review, base::Language language, const PageOptions& options) {
  document::Document document = DocumentMaker{review, language, options}.run();
  if (options.items != SIZE_MAX || options.text != SIZE_MAX) {
    const Words words{review.difference.vocabulary.model, language};
    for (document::Line& line : document.lead) shorten(line, options.text);
    if (document.title.size() > options.text) document.title = words(Phrase::diff_in_policy, {"…"});
    shorten(document.sections, options.items, options.text, words);
  }
  return document;
}

document::Document document_of(const Review& review, base::Language language, Extent extent) {
  PageOptions options{extent};
  if (extent == Extent::chat) options = {extent, 5, 5, 200};
  return page_of(review, language, options);
}

// Sentences go first, since all that they say follows from the statements; then what the other lists have beyond their
// first items. The last of these pages has a bounded number of lists, items and characters.
std::string comment_of(const Review& review, base::Language language) {
  PageOptions options{Extent::comment};
  const auto render = [&] { return document::render_markdown(page_of(review, language, options), {2}); };
  std::string text = render();
  options.sentences = review.difference.changes.size();
  while (characters(text) > max_comment && options.sentences > 0) {
    options.sentences = options.sentences * std::min<std::size_t>(80, 90 * max_comment / characters(text)) / 100;
    text = render();
  }
  for (const auto& [items, length] : {std::pair<std::size_t, std::size_t>{100, 2000}, {20, 500}, {5, 200}}) {
    if (characters(text) <= max_comment) break;
    options.items = items;
    options.text = length;
    text = render();
  }
  return text;
}

}  // namespace farol::compare
