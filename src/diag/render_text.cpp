#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "diag/fix_preview.h"
#include "diag/messages_diag.h"
#include "diag/reading_order.h"
#include "diag/render.h"
#include "diag/snippet.h"
#include "source/place.h"

namespace farol::diag {
namespace {

constexpr std::array severities = {Severity::error, Severity::warning, Severity::note};

Style style_of(Severity severity) {
  switch (severity) {
    case Severity::error: return Style::error;
    case Severity::warning: return Style::warning;
    case Severity::note: return Style::note;
  }
  return Style::bold;
}

// The marks of one file, in the order in which the files are first named; that of the finding itself comes first.
std::vector<std::vector<Mark>> marks_by_file(const Diagnostic& diagnostic, base::Language language) {
  std::vector<std::vector<Mark>> files;
  const auto add = [&files](Mark mark) {
    if (mark.span.is_none()) return;
    const auto found = std::find_if(files.begin(), files.end(), [&mark](const std::vector<Mark>& file) {
      return file.front().span.source == mark.span.source;
    });
    (found == files.end() ? files.emplace_back() : *found).push_back(std::move(mark));
  };
  add({diagnostic.span, "", true});
  for (const Label& label : diagnostic.labels) add({label.span, sentence(label.text, language), false});
  return files;
}

// The width of the largest line number that will be shown.
std::size_t gutter_width(const source::SourceMap& sources, const Diagnostic& diagnostic) {
  std::uint32_t largest = 1;
  const auto look_at = [&](source::Span span) {
    if (!span.is_none()) largest = std::max(largest, sources.position(span.source, span.end).line);
  };
  look_at(diagnostic.span);
  for (const Label& label : diagnostic.labels) look_at(label.span);
  for (const Fix& fix : diagnostic.fixes) {
    for (const Edit& edit : fix.edits) look_at(edit.span);
  }
  return std::to_string(largest).size();
}

// The example, unless the message or the only line says it already.
std::string example_of(const Diagnostic& diagnostic, base::Language language) {
  if (!diagnostic.witness) return "";
  const Text point = point_of(*diagnostic.witness);
  const auto& said = diagnostic.message.arguments;
  const bool in_message = std::any_of(said.begin(), said.end(), [&](const Argument& each) {
    const auto* text = std::get_if<Text>(&each.value);
    return text != nullptr && *text == point;
  });
  const bool in_line = diagnostic.details.size() == 1 && diagnostic.details.front() == point;
  return in_message || in_line ? "" : sentence(message::for_example(point), language);
}

void write_diagnostic(std::string& out, const source::SourceMap& sources, const Painter& paint,
                      const Diagnostic& diagnostic, base::Language language) {
  const CodeInfo& code = info(diagnostic.code);
  const Style style = style_of(diagnostic.severity);
  const std::string severity = sentence(in_words(diagnostic.severity), language);
  out += paint(style, severity + "[" + std::string(code_text(diagnostic)) + "]") +
         (diagnostic.check.empty() ? " " + paint(style, code.name) : "") + ": " +
         paint(Style::bold, printable_text(sentence(diagnostic.message, language))) + "\n";

  const SnippetWriter writer(sources, paint, gutter_width(sources, diagnostic), style);
  const auto files = marks_by_file(diagnostic, language);
  for (const std::vector<Mark>& marks : files) {
    if (&marks != &files.front()) writer.write_edge(out);
    writer.write_place(out, &marks == &files.front() ? "-->" : ":::", marks.front().span);
    writer.write_edge(out);
    writer.write_marks(out, marks);
  }
  if (diagnostic.span.is_none() && !diagnostic.file.empty())
    out += paint(Style::frame, " -->") + " " + printable_text(diagnostic.file) + "\n";
  const std::string example = example_of(diagnostic, language);
  const bool more = !diagnostic.details.empty() || !diagnostic.grounds.empty() || !example.empty() ||
                    !diagnostic.help.empty() || !diagnostic.fixes.empty();
  if (!files.empty() && more) writer.write_edge(out);

  for (const std::string& detail : sentences(diagnostic.details, language)) writer.write_note(out, "=", detail);
  for (const std::string& ground : sentences(diagnostic.grounds, language)) writer.write_note(out, "=", ground);
  if (!example.empty()) writer.write_note(out, "=", example);
  if (!diagnostic.help.empty())
    writer.write_note(out, sentence(message::help_mark(), language), sentence(diagnostic.help, language));
  for (std::size_t i = 0; i < diagnostic.fixes.size(); ++i) {
    const Fix& fix = diagnostic.fixes[i];
    writer.write_note(out, sentence(message::fix_mark(i + 1), language), sentence(title_of(fix), language));
    write_fix_preview(out, sources, writer, fix, diagnostic.span.source);
  }
}

// As many places as are named where there are more.
constexpr std::size_t places_named = 5;

std::vector<Text> first_places(const source::SourceMap& sources, const std::vector<source::Span>& spans) {
  std::vector<Text> places;
  for (std::size_t i = 0; i < std::min(places_named, spans.size()); ++i)
    places.push_back(message::verbatim(source::place_of(sources, spans[i])));
  return places;
}

// The finding, with the other places in which it is the same.
Diagnostic with_places(const source::SourceMap& sources, const Repeated& group) {
  Diagnostic finding = group.first;
  if (group.others.empty()) return finding;
  std::vector<Text> places = first_places(sources, group.others);
  finding.details.push_back(group.others.size() > places_named
                                ? message::same_in_more_places_of(group.others.size(), std::move(places))
                                : message::same_in_more_places(group.others.size(), std::move(places)));
  return finding;
}

// Of one kind of advice the first few are shown whole; of the others one line says where they are, unless there is one
// only.
class Advice {
 public:
  explicit Advice(const std::vector<Diagnostic>& all) {
    for (const Diagnostic& each : all) ++kinds_[{each.code, each.severity}].in_all;
  }

  // Returns true for a finding that is shown whole, and notes the places of one that is not.
  bool shows(const Repeated& group) {
    const Diagnostic& finding = group.first;
    constexpr std::size_t shown_whole = 3;
    if (finding.severity == Severity::error || finding.span.is_none()) return true;
    Kind& kind = kinds_[{finding.code, finding.severity}];
    if (++kind.shown <= shown_whole || kind.in_all <= shown_whole + 1) return true;
    kind.others.push_back(finding.span);
    kind.others.insert(kind.others.end(), group.others.begin(), group.others.end());
    return false;
  }

  void write_others(std::string& out, const source::SourceMap& sources, base::Language language) const {
    for (const auto& [of, kind] : kinds_) {
      if (kind.others.empty()) continue;
      const std::string name(info(of.first).name);
      std::vector<Text> places = first_places(sources, kind.others);
      const Text others = kind.others.size() > places_named
                              ? message::more_of_kind_at_some(kind.others.size(), name, std::move(places))
                              : message::more_of_kind_at(kind.others.size(), name, std::move(places));
      out += sentence(others, language) + "\n";
    }
  }

 private:
  struct Kind {
    std::size_t in_all = 0, shown = 0;
    std::vector<source::Span> others;  // of those that are not shown
  };
  std::map<std::pair<Code, Severity>, Kind> kinds_;
};

// Shorter than a finding that counts: where it is, and why it does not.
void write_waived(std::string& out, const source::SourceMap& sources, const Painter& paint, const Waived& waived,
                  base::Language language) {
  const Diagnostic& finding = waived.finding;
  const std::string severity = sentence(message::severity_waived(), language);
  out += paint(Style::bold, severity + "[" + std::string(code_text(finding)) + "]") +
         (finding.check.empty() ? " " + std::string(finding.kind()) : "") + ": " +
         printable_text(sentence(finding.message, language)) + "\n";
  const SnippetWriter writer(sources, paint, 1, Style::bold);
  if (!finding.span.is_none()) writer.write_place(out, "-->", finding.span);
  for (const Waiver& waiver : waived.waivers) {
    writer.write_place(out, ":::", waiver.span);
    const Text why = waiver.by.empty() ? message::waived_until(waiver.until, waiver.because)
                                       : message::waived_until_by(waiver.until, waiver.by, waiver.because);
    writer.write_note(out, "=", sentence(why, language));
    if (!waiver.instead.empty())
      writer.write_note(out, "=", sentence(message::waived_instead(waiver.instead), language));
  }
}

// What one check met, together: its title and the things, or the one message, and the first place.
struct Fold {
  const Diagnostic* first;
  std::vector<Text> subjects;
  std::size_t count = 0;
};

// Returns true for advice that is one line each: notes, and what there is more than once.
bool is_short(const std::vector<Diagnostic>& all, const Diagnostic& diagnostic) {
  if (diagnostic.severity == Severity::note) return true;
  constexpr std::ptrdiff_t many = 2;
  const auto alike =
      std::count_if(all.begin(), all.end(), [&](const Diagnostic& each) { return each.code == diagnostic.code; });
  return diagnostic.severity == Severity::warning && alike >= many;
}

void write_short(std::string& out, const source::SourceMap& sources, const Painter& paint, const Diagnostic& diagnostic,
                 base::Language language) {
  const Style style = style_of(diagnostic.severity);
  const std::string severity = sentence(in_words(diagnostic.severity), language);
  out += paint(style, severity + "[" + std::string(code_text(diagnostic)) + "]") + " " +
         paint(style, info(diagnostic.code).name) + ": " +
         paint(Style::bold, printable_text(sentence(diagnostic.message, language)));
  if (!diagnostic.span.is_none())
    out += " " + paint(Style::frame, "--> " + printable_text(place_of(sources, diagnostic.span)));
  out += '\n';
}

// The failed checks among the findings, the most severe first, each with all that it met.
std::vector<Fold> fold_checks(const std::vector<Diagnostic>& sorted) {
  std::vector<Fold> folds;
  for (const Diagnostic& diagnostic : sorted) {
    if (diagnostic.check.empty()) continue;
    auto fold = std::find_if(folds.begin(), folds.end(), [&](const Fold& each) {
      return each.first->check == diagnostic.check && each.first->severity == diagnostic.severity;
    });
    if (fold == folds.end()) fold = folds.insert(folds.end(), Fold{&diagnostic, {}, 0});
    ++fold->count;
    if (diagnostic.subject.empty()) continue;
    const Text subject = message::verbatim(diagnostic.subject);
    if (std::find(fold->subjects.begin(), fold->subjects.end(), subject) == fold->subjects.end())
      fold->subjects.push_back(subject);
  }
  const auto rank = [](const Fold& fold) {
    return std::find(severities.begin(), severities.end(), fold.first->severity) - severities.begin();
  };
  std::stable_sort(folds.begin(), folds.end(), [&](const Fold& a, const Fold& b) { return rank(a) < rank(b); });
  return folds;
}

void write_folds(std::string& out, const source::SourceMap& sources, const Painter& paint,
                 const std::vector<Fold>& folds, base::Language language) {
  for (const Fold& fold : folds) {
    const Diagnostic& first = *fold.first;
    const Style style = style_of(first.severity);
    const bool alone = fold.count == 1 || fold.subjects.empty();
    const Text said = alone ? first.message : message::check_met(first.title, fold.subjects);
    out += paint(style, sentence(in_words(first.severity), language) + "[" + first.check + "]") + ": " +
           paint(Style::bold, printable_text(sentence(said, language)));
    if (!first.span.is_none()) out += " " + paint(Style::frame, "--> " + printable_text(place_of(sources, first.span)));
    out += '\n';
  }
  if (!folds.empty()) out += sentence(message::checks_in_full(folds.front().first->check), language) + "\n\n";
}

}  // namespace

Text in_words(Severity severity) {
  switch (severity) {
    case Severity::error: return message::severity_error();
    case Severity::warning: return message::severity_warning();
    case Severity::note: return message::severity_note();
  }
  return {};
}

Text title_of(const Fix& fix) {
  return fix.effect.empty() ? fix.title : message::fix_with_effect(fix.title, fix.effect);
}

std::string summary(const Sink& sink, base::Language language) {
  std::vector<Text> counts;
  if (const std::size_t errors = sink.count(Severity::error)) counts.push_back(message::counted_errors(errors));
  if (const std::size_t warnings = sink.count(Severity::warning)) counts.push_back(message::counted_warnings(warnings));
  if (const std::size_t notes = sink.count(Severity::note)) counts.push_back(message::counted_notes(notes));
  if (const std::size_t waived = sink.count_waived()) counts.push_back(message::counted_waived(waived));
  return sentence(message::counts(std::move(counts)), language);
}

std::string whole_message(const Diagnostic& finding, base::Language language) {
  std::string text = sentence(finding.message, language);
  for (const std::string& detail : sentences(finding.details, language)) text += "\n" + detail;
  for (const std::string& ground : sentences(finding.grounds, language)) text += "\n" + ground;
  if (const std::string example = example_of(finding, language); !example.empty()) text += "\n" + example;
  if (!finding.help.empty())
    text += "\n" + sentence(message::help_mark(), language) + " " + sentence(finding.help, language);
  return text;
}

std::string path_from(std::string_view folder, std::string_view name) {
  if (!folder.empty() && name.starts_with(folder)) {
    const std::string_view rest = name.substr(folder.size());
    if (folder.ends_with('/')) return std::string(rest);
    if (rest.starts_with('/')) return std::string(rest.substr(1));
  }
  return std::string(name);
}

std::string switched_off(const Sink& sink, base::Language language) {
  std::vector<Text> kinds;
  for (const auto& [kind, count] : sink.off()) kinds.push_back(message::kind_switched_off(printable_text(kind), count));
  return kinds.empty() ? "" : sentence(message::switched_off(std::move(kinds)), language);
}

std::string render_text(const source::SourceMap& sources, const Sink& sink, const TextOptions& options) {
  const Painter paint(options.color);
  std::string out;
  const std::vector<Diagnostic> sorted = sink.sorted(sources);
  const std::vector<Fold> folds = options.brief ? fold_checks(sorted) : std::vector<Fold>{};
  // What waits until errors are gone is no finding of its own: it is said at the end. Where checks fill the screen,
  // advice of the language that is of one kind gives way.
  // While there are errors, what is no error is one line each: one thing at a time.
  const bool has_errors = options.brief && std::any_of(sorted.begin(), sorted.end(), [](const Diagnostic& each) {
                            return each.severity == Severity::error && each.check.empty();
                          });
  const auto is_one_line = [&](const Diagnostic& each) {
    return (has_errors && each.severity != Severity::error) || (!folds.empty() && is_short(sorted, each));
  };
  std::vector<Text> waiting;
  bool some_short = false;
  Advice advice(sorted);
  for (const Repeated& group : in_reading_order(sorted)) {
    if (options.brief && !group.first.check.empty()) continue;
    if (group.first.code == Code::not_evaluated) {
      waiting.push_back(group.first.message);
      continue;
    }
    if (is_one_line(group.first)) {
      some_short = true;
      continue;
    }
    if (options.brief && !advice.shows(group)) continue;
    write_diagnostic(out, sources, paint, with_places(sources, group), options.language);
    out += '\n';
  }
  advice.write_others(out, sources, options.language);
  if (some_short) {
    for (const Diagnostic& diagnostic : sorted) {
      if (diagnostic.check.empty() && diagnostic.code != Code::not_evaluated && is_one_line(diagnostic))
        write_short(out, sources, paint, diagnostic, options.language);
    }
    if (has_errors) out += sentence(message::advice_in_full(), options.language) + "\n";
    out += '\n';
  }
  write_folds(out, sources, paint, folds, options.language);
  for (const auto& [code, count] : sink.dropped())
    out += sentence(message::more_of_kind(count, std::string(info(code).name)), options.language) + "\n";
  if (options.waived) {
    for (const Waived& waived : sink.waived(sources)) {
      write_waived(out, sources, paint, waived, options.language);
      out += '\n';
    }
  }
  const std::string off = options.off ? switched_off(sink, options.language) : "";
  if (!off.empty()) out += off + "\n";
  for (const Text& text : waiting) out += sentence(text, options.language) + "\n";
  // What is waived is summed up beside what counts, or where it is listed.
  const bool anything =
      std::any_of(severities.begin(), severities.end(), [&](Severity severity) { return sink.count(severity) > 0; });
  const std::string total = summary(sink, options.language);
  if (anything || (options.waived && !total.empty())) out += paint(Style::bold, total) + "\n";
  return out;
}

}  // namespace farol::diag
