#include "compare/edit_lines.h"

#include <algorithm>
#include <set>

#include "base/sorted.h"
#include "source/place.h"

namespace farol::compare {
namespace {

using Guard = Edit::Guard;
using base::Phrase;
using document::Item;
using document::Line;
using document::Mark;
using document::Words;

// Texts of more tokens than these are marked as a whole between what they have in common at both ends.
constexpr std::size_t max_tokens = 400;
constexpr std::size_t max_classes = 12;

// Names and words, strings, and what stands between them.
std::vector<std::string_view> tokens_of(std::string_view text) {
  const auto is_word = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || c == '_' || c == '-' || c == '.' || c == '*';
  };
  std::vector<std::string_view> tokens;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    if (is_word(text[at])) {
      while (end < text.size() && is_word(text[end])) ++end;
    }
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

struct Marked {
  std::string text;
  bool only_here = false;
};

// The text in parts, of which some the other text does not have.
std::vector<Marked> marked(const std::vector<std::string_view>& own, const std::vector<bool>& common) {
  std::vector<Marked> parts;
  for (std::size_t i = 0; i < own.size(); ++i) {
    // A blank between two words that are new is new.
    const bool blank = own[i] == " " && i > 0 && i + 1 < own.size() && !common[i - 1] && !common[i + 1];
    const bool only_here = !common[i] || blank;
    if (parts.empty() || parts.back().only_here != only_here) parts.push_back({{}, only_here});
    parts.back().text += own[i];
  }
  return parts;
}

// Which tokens of both are a longest common part of both.
void find_common(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b,
                 std::vector<bool>& in_a, std::vector<bool>& in_b) {
  in_a.assign(a.size(), false);
  in_b.assign(b.size(), false);
  std::size_t first = 0, last_a = a.size(), last_b = b.size();
  while (first < last_a && first < last_b && a[first] == b[first]) in_a[first] = in_b[first] = true, ++first;
  while (last_a > first && last_b > first && a[last_a - 1] == b[last_b - 1]) in_a[--last_a] = in_b[--last_b] = true;
  const std::size_t rows = last_a - first, columns = last_b - first;
  if (rows > max_tokens || columns > max_tokens) return;
  std::vector<std::vector<std::size_t>> longest(rows + 1, std::vector<std::size_t>(columns + 1));
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t k = columns; k-- > 0;)
      longest[i][k] =
          a[first + i] == b[first + k] ? longest[i + 1][k + 1] + 1 : std::max(longest[i + 1][k], longest[i][k + 1]);
  }
  for (std::size_t i = 0, k = 0; i < rows && k < columns;) {
    if (a[first + i] == b[first + k]) {
      in_a[first + i++] = in_b[first + k++] = true;
    } else {
      (longest[i + 1][k] >= longest[i][k + 1] ? i : k) += 1;
    }
  }
}

// What the phrase says around its argument, and the argument in parts; what is only here in brackets.
Line line_of(Mark mark, const std::string& phrase_with_hole, const std::vector<Marked>& parts) {
  const std::size_t hole = phrase_with_hole.find('\x01');
  Line line;
  line.mark = mark;
  line.add(phrase_with_hole.substr(0, hole));
  for (const Marked& part : parts) {
    if (!part.only_here) {
      line.add(part.text);
      continue;
    }
    // Blanks at the ends stay outside.
    const std::size_t first = std::min(part.text.find_first_not_of(' '), part.text.size());
    const std::size_t last = std::min(part.text.find_last_not_of(' ') + 1, part.text.size());
    line.add(part.text.substr(0, first));
    if (first < last) line.add("[" + part.text.substr(first, last - first) + "]");
    if (last < part.text.size()) line.add(part.text.substr(std::max(first, last)));
  }
  if (hole != std::string::npos && hole + 1 < phrase_with_hole.size()) line.add(phrase_with_hole.substr(hole + 1));
  return line;
}

Mark mark_of(const Review& review, const Edit& edit) {
  bool narrows = false;
  for (const std::size_t i : edit.changes) {
    const Direction direction = review.difference.changes[i].direction;
    if (direction == Direction::widening) return Mark::widening;
    narrows = narrows || direction == Direction::narrowing;
  }
  if (narrows) return Mark::narrowing;
  if (!edit.changes.empty() || edit.kind == Edit::Kind::edited) return Mark::mixed;
  return edit.kind == Edit::Kind::added ? Mark::widening : Mark::narrowing;
}

// The statement, and of one that was edited both texts.
Item statement_item(const Review& review, const Edit& edit, Mark mark, std::string_view guard, const Words& words) {
  const bool later = edit.kind != Edit::Kind::removed;
  const source::SourceMap* sources = later ? review.after.sources : review.before.sources;
  const source::Span span = later ? edit.after_span : edit.before_span;
  const std::string place = sources == nullptr ? std::string{} : source::place_of(*sources, span);
  std::string hole = "\x01";
  if (!place.empty()) hole = words(Phrase::name_in_brackets, {hole, place});
  const Phrase phrase = edit.kind == Edit::Kind::added     ? Phrase::cause_added
                        : edit.kind == Edit::Kind::removed ? Phrase::cause_removed
                                                           : Phrase::cause_edited;
  hole = words(phrase, {hole});
  if (!guard.empty()) hole = words(Phrase::pair, {guard, hole});
  if (edit.kind != Edit::Kind::edited) return {line_of(mark, hole, {{later ? edit.after : edit.before, false}})};
  const auto now = tokens_of(edit.after), was = tokens_of(edit.before);
  std::vector<bool> in_now, in_was;
  find_common(now, was, in_now, in_was);
  Item item{line_of(mark, hole, marked(now, in_now))};
  item.items.push_back({line_of(Mark::unmarked, words(Phrase::diff_before, {"\x01"}), marked(was, in_was))});
  return item;
}

// "confidential includes Payroll, Employment contracts": the classes of data on a tier that somebody may now reach.
void add_classes(const Review& review, const Edit& edit, const Words& words, Item& item) {
  const Model& model = review.difference.vocabulary.model;
  std::set<ObjectId> reached;
  for (const std::size_t i : edit.changes) {
    const Change& change = review.difference.changes[i];
    if (change.direction == Direction::widening) reached.insert(change.objects.begin(), change.objects.end());
  }
  for (std::size_t t = model.tiers.size(); t-- > 0;) {
    const ObjectId tier{t};
    if (!reached.contains(tier) || model.tiers[t].name.empty()) continue;
    std::vector<std::string> classes;
    for (const ObjectId object : reached) {
      if (model[object].kind == model::ActsOn::data && model[object].tier == TierId{t})
        classes.push_back(words.name_of(object));
    }
    if (!classes.empty())
      item.items.push_back(
          {words(Phrase::diff_tier_includes, {words.name_of(tier), words.list(classes, max_classes)})});
  }
}

std::string reach_of(const Edit& edit, const Words& words) {
  const Edit::Reach& reach = edit.reach;
  const std::string text = words(Phrase::diff_reach, {std::to_string(reach.roles), std::to_string(reach.features),
                                                      std::to_string(reach.objects), std::to_string(reach.points)});
  if (reach.already.value_or(0) == 0) return text;
  return words(Phrase::diff_already, {text, std::to_string(*reach.already)});
}

}  // namespace

Item item_of(const Review& review, const Edit& edit, const Words& words) {
  Item item = statement_item(review, edit, mark_of(review, edit), {}, words);
  if (edit.changes.empty()) return item;
  item.items.push_back({reach_of(edit, words)});
  add_classes(review, edit, words, item);
  return item;
}

Item safeguard_item_of(const Review& review, const Edit& edit, const Words& words) {
  const bool stronger = edit.guard == Guard::stronger;
  const Phrase guard = edit.guard == Guard::weaker    ? Phrase::guard_weaker
                       : edit.guard == Guard::unclear ? Phrase::guard_unclear
                                                      : Phrase::guard_stronger;
  Item item = statement_item(review, edit, stronger ? Mark::mixed : Mark::attention, words.text(guard), words);
  if (edit.checks_gone > 0) item.items.push_back({words(Phrase::diff_checks_gone, {std::to_string(edit.checks_gone)})});
  return item;
}

std::string in_words(const Source& source, base::Language language) {
  if (!source.commit) return source.name;
  std::string name = source.revision;
  if (!source.branch.empty()) name = base::fill(Phrase::diff_parting, language, {source.revision, source.branch});
  return base::fill(Phrase::diff_commit, language,
                    {name, source.commit->id, base::to_string(source.commit->date), source.commit->author});
}

std::vector<std::string> counts_of_changes(const Review& review, const Words& words) {
  std::vector<std::string> parts;
  const auto count = [&](Direction direction, Phrase phrase) {
    const std::size_t number = review.count(direction);
    if (number > 0) parts.push_back(words(phrase, {std::to_string(number)}));
  };
  count(Direction::widening, Phrase::diff_count_wider);
  count(Direction::narrowing, Phrase::diff_count_narrower);
  count(Direction::mixed, Phrase::diff_count_otherwise);
  return parts;
}

std::vector<std::string> headline(const Review& review, base::Language language) {
  const Difference& difference = review.difference;
  const Words words{difference.vocabulary.model, language};
  if (review.empty()) return {words(Phrase::diff_nothing)};
  std::vector<std::string> lines, parts = counts_of_changes(review, words);
  const auto count = [&](std::size_t number, Phrase phrase) {
    if (number > 0) parts.push_back(words(phrase, {std::to_string(number)}));
  };
  const std::size_t weaker = difference.weaker_safeguards();
  if (!parts.empty()) {
    count(weaker, Phrase::diff_count_weaker);
  } else if (weaker == 1) {
    const auto edit = std::find_if(difference.edits.begin(), difference.edits.end(), [](const Edit& each) {
      return each.guard == Guard::weaker || each.guard == Guard::unclear;
    });
    const bool gone = edit->kind == Edit::Kind::removed;
    lines.push_back(
        words(gone ? Phrase::diff_safeguard_gone : Phrase::diff_safeguard_weaker, {gone ? edit->before : edit->after}));
  } else if (weaker > 1) {
    lines.push_back(words(Phrase::diff_safeguards_weaker, {std::to_string(weaker)}));
  } else {
    parts.emplace_back(words.text(Phrase::diff_no_permission));
  }
  if (difference.unseen == Difference::Unseen::something) lines.emplace_back(words.text(Phrase::diff_unseen));
  count(review.count(Edit::Account::safeguard), Phrase::diff_count_stronger);
  count(review.count(Edit::Account::fact), Phrase::diff_count_facts);
  count(review.count(Edit::Account::nothing), Phrase::diff_count_same);
  count(difference.things.size() + difference.vocabulary.renames.size(), Phrase::diff_count_names);
  using Kind = FindingChange::Kind;
  count(review.count(Kind::added), Phrase::diff_count_new);
  count(review.count(Kind::waived) + review.count(Kind::switched_off) + review.count(Kind::unasked),
        Phrase::diff_count_silenced);
  count(review.count(Kind::solved), Phrase::diff_count_solved);
  count(review.steps.size(), Phrase::diff_count_steps);
  if (!parts.empty()) lines.push_back(words.list(parts));
  return lines;
}

std::string summary_of(const Review& review, base::Language language) {
  const Words words{review.difference.vocabulary.model, language};
  const std::string sides =
      words(Phrase::diff_sides, {in_words(review.before, language), in_words(review.after, language)});
  std::string text;
  for (const std::string& line : headline(review, language)) text += (text.empty() ? "" : "; ") + line;
  return words(Phrase::pair, {sides, text}) + "\n";
}

std::size_t Review::count(Direction direction) const {
  return static_cast<std::size_t>(std::count_if(difference.changes.begin(), difference.changes.end(),
                                                [&](const Change& change) { return change.direction == direction; }));
}

std::size_t Review::count(FindingChange::Kind kind) const {
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(),
                                                [&](const FindingChange& finding) { return finding.kind == kind; }));
}

std::size_t Review::count(Edit::Account account) const {
  return static_cast<std::size_t>(
      std::count_if(difference.edits.begin(), difference.edits.end(), [&](const Edit& edit) {
        if (account == Edit::Account::safeguard) return edit.account == account && edit.guard == Guard::stronger;
        return edit.account == account;
      }));
}

std::vector<Item> notified_items(const Review& review, const document::Words& words) {
  std::vector<Item> items;
  for (const query::Amendment& each : review.notified)
    items.push_back({{Mark::attention, words(Phrase::pair, {each.title, words.list(each.items)})}});
  if (!items.empty()) items.front().items.push_back({words(Phrase::diff_amend, {review.before.name})});
  return items;
}

}  // namespace farol::compare
