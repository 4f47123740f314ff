#include <algorithm>

#include "base/text.h"
#include "decide/boxes.h"
#include "document/words.h"
#include "people/report.h"

namespace farol::people {
namespace {

using base::Phrase;
using decide::Disagreement;
using decide::PersonChange;

// Of one group; the rest is counted.
constexpr std::size_t max_points = 20;

class TextRenderer {
 public:
  TextRenderer(const Report& report, const model::Model& model, const source::SourceMap& sources,
               const RenderOptions& options)
      : report_(report), model_(model), sources_(sources), words_(model, options.language), color_(options.color) {
    for (const Phrase field : {Phrase::roster_people, Phrase::roster_roles, Phrase::field_rule, Phrase::roster_gains,
                               Phrase::roster_loses, Phrase::roster_controls, Phrase::roster_denied,
                               Phrase::roster_cause, Phrase::roster_alone, Phrase::roster_reason})
      width_ = std::max(width_, base::display_width(words_.text(field)));
  }

  std::string run(base::Date as_of) {
    write_bold(words_(Phrase::roster_title, {words_.name_of_policy()}));
    out_ += words_(Phrase::as_of, {base::to_string(as_of)}) + "\n\n";
    write_counts();
    write_separations();
    write_disagreements();
    if (report_.compares) write_moves();
    write_group(Phrase::roster_without_role, without_role());
    write_group(Phrase::roster_two_names, report_.census.two_names);
    write_unknown();
    return std::move(out_);
  }

 private:
  static std::string number(std::uint64_t value) { return std::to_string(value); }

  void write_counts() {
    const Census& census = report_.census;
    const std::uint64_t without = without_role().count;
    out_ +=
        words_(Phrase::roster_count, {number(census.people), number(census.by_roles.size()), number(without)}) + '\n';
    if (report_.compares) out_ += words_(Phrase::roster_count_before, {number(census.people_before)}) + '\n';
    if (census.several_lines > 0) out_ += words_(Phrase::roster_several_lines, {number(census.several_lines)}) + '\n';
    if (census.undated > 0) out_ += words_(Phrase::roster_undated, {number(census.undated)}) + '\n';
  }

  [[nodiscard]] Group without_role() const {
    const auto found = report_.census.by_roles.find({});
    return found == report_.census.by_roles.end() ? Group{} : found->second;
  }

  void write_separations() {
    if (model_.separations.empty()) return;
    write_heading(Phrase::roster_separations);
    if (report_.violating.empty()) out_ += words_(Phrase::roster_kept) + '\n';
    std::size_t last = model_.separations.size();
    for (const Violating& each : report_.violating) {
      const model::Separation& separation = model_.separations[each.violation.separation];
      if (each.violation.separation != last) {
        out_ += at_place(without_reason(separation.text, separation.label), separation.span) + '\n';
        if (!separation.because.empty()) write_field(Phrase::roster_reason, words_.quoted(separation.because));
        last = each.violation.separation;
      }
      std::vector<std::string> held;
      for (const auto role : each.violation.roles) held.push_back(words_.title_and_name(model_[role]));
      for (const auto feature : each.violation.features) held.push_back(words_.title_and_name(model_[feature]));
      write_field(Phrase::roster_people, people(each.who));
      write_field(each.violation.roles.empty() ? Phrase::roster_may : Phrase::roster_roles, words_.list(held));
    }
  }

  void write_disagreements() {
    write_heading(Phrase::roster_disagreements);
    if (report_.disagreeing.empty()) out_ += words_(Phrase::roster_agree) + '\n';
    bool first = true;
    for (const Disagreeing& each : report_.disagreeing) {
      if (!std::exchange(first, false)) out_ += '\n';
      out_ += roles(each.roles) + '\n';
      write_field(Phrase::roster_people, people(each.who));
      for (const Disagreement& point : each.points) {
        write_points(Phrase::roster_denied, point.places);
        write_field(Phrase::roster_cause, words_.text(cause(point)), 2);
        if (!point.allowed.empty()) write_field(Phrase::roster_alone, roles(point.allowed), 2);
        for (const model::RuleId rule : point.rules) write_rule(model_[rule]);
      }
    }
  }

  static Phrase cause(const Disagreement& point) {
    switch (point.kind) {
      case Disagreement::Kind::roles_disagree: return Phrase::roster_rules_disagree;
      case Disagreement::Kind::none_alone: return Phrase::roster_none_alone;
      case Disagreement::Kind::taken: break;
    }
    return point.rules.empty() ? Phrase::roster_unreached : Phrase::roster_refused;
  }

  void write_moves() {
    write_heading(Phrase::roster_changes);
    if (report_.moved.empty()) out_ += words_(Phrase::roster_no_changes) + '\n';
    bool first = true;
    for (const Moved& each : report_.moved) {
      if (!std::exchange(first, false)) out_ += '\n';
      if (!each.before) {
        out_ += words_(Phrase::roster_joined, {roles(*each.after)});
      } else if (!each.after) {
        out_ += words_(Phrase::roster_left, {roles(*each.before)});
      } else {
        out_ += roles(*each.before) + " → " + roles(*each.after);
      }
      out_ += '\n';
      write_field(Phrase::roster_people, people(each.who));
      for (const PersonChange& change : each.changes) {
        write_points(change.kind == PersonChange::Kind::gains   ? Phrase::roster_gains
                     : change.kind == PersonChange::Kind::loses ? Phrase::roster_loses
                                                                : Phrase::roster_controls,
                     change.places);
      }
    }
  }

  void write_group(Phrase heading, const Group& group) {
    if (group.count == 0) return;
    write_heading(heading);
    write_field(Phrase::roster_people, people(group));
  }

  void write_unknown() {
    const Census& census = report_.census;
    if (census.unknown.empty()) return;
    write_heading(Phrase::roster_unknown);
    for (const UnknownRole& role : census.unknown) {
      out_ += words_(Phrase::roster_unknown_name, {role.name, number(role.lines), number(role.first)});
      const std::string nearest = nearest_role(model_, role.name);
      if (!nearest.empty()) out_ += words_(Phrase::roster_nearest, {nearest});
      out_ += '\n';
    }
    if (census.more_unknown > 0) out_ += words_(Phrase::roster_more_unknown, {number(census.more_unknown)}) + '\n';
  }

  // `Record a meeting (meeting.record); up to confidential; Device: a managed device`, one line each.
  void write_points(Phrase field, const std::vector<decide::Place>& places) {
    for (std::size_t i = 0; i < std::min(places.size(), max_points); ++i) {
      const decide::Place& place = places[i];
      std::vector<std::string> parts{words_.title_and_name(model_[place.feature])};
      auto objects = place.objects;
      std::sort(objects.begin(), objects.end());
      parts.push_back(words_.objects(objects, model_[place.feature].acts_on));
      parts.push_back(words_.condition(decide::boxes_of(model_, place.contexts, place.where)));
      std::erase(parts, std::string{});
      write_field(field, words_.join(parts, Phrase::list_semicolon));
    }
    if (places.size() > max_points)
      write_field(field, words_(Phrase::roster_more, {number(places.size() - max_points)}));
  }

  void write_rule(const model::Rule& rule) {
    std::string text = at_place(words_.rule(rule), rule.spans.statement);
    if (!rule.because.empty()) text = words_.join({text, words_.quoted(rule.because)}, Phrase::list_semicolon);
    write_field(Phrase::field_rule, text, 2);
  }

  // `separate hr, it_admin (policy.farol:7)`
  [[nodiscard]] std::string at_place(const std::string& text, source::Span span) const {
    if (span.is_none()) return text;
    const std::string line = std::to_string(sources_.position(span.source, span.begin).line);
    return words_(Phrase::name_in_brackets, {text, sources_.name(span.source) + ":" + line});
  }

  static std::string without_reason(const std::string& text, const std::string& label) {
    return label.empty() ? text.substr(0, text.find(" because")) : label;
  }

  [[nodiscard]] std::string roles(const Roles& roles) const {
    if (roles.empty()) return words_(Phrase::no_role);
    std::vector<std::string> names;
    for (const auto role : roles) names.push_back(words_.title_and_name(model_[role]));
    std::string joined;
    for (const std::string& name : names) joined += (joined.empty() ? "" : " + ") + name;
    return joined;
  }

  // `2: Ana Lam (u1), u2`
  [[nodiscard]] std::string people(const Group& group) const {
    std::vector<std::string> names;
    for (const NamedPerson& person : group.named) {
      const std::string id = printable(person.id);
      names.push_back(person.name.empty() ? id : words_(Phrase::name_in_brackets, {printable(person.name), id}));
    }
    std::string text = words_(Phrase::pair, {number(group.count), words_.list(names)});
    if (group.count > group.named.size())
      text += words_(Phrase::list_comma) + words_(Phrase::roster_more, {number(group.count - group.named.size())});
    return text;
  }

  // On one line, and nothing that a terminal would obey.
  static std::string printable(std::string_view text) {
    std::string shown;
    for (std::size_t at = 0; at < text.size();) {
      const base::CodePoint point = base::decode(text, at);
      if (point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0) || base::is_hidden(point.value)) {
        shown += ' ';
      } else {
        shown.append(text.substr(at, point.size));
      }
      at += point.size;
    }
    return shown;
  }

  void write_heading(Phrase phrase) {
    out_ += '\n';
    write_bold(words_.text(phrase));
  }
  void write_bold(std::string_view text) {
    if (color_) out_ += "\x1b[1m";
    out_ += text;
    if (color_) out_ += "\x1b[0m";
    out_ += '\n';
  }
  void write_field(Phrase field, std::string_view value, std::size_t deeper = 0) {
    const std::string_view name = words_.text(field);
    out_.append(2 + deeper, ' ').append(name);
    out_.append(width_ - base::display_width(name) + 2, ' ').append(value) += '\n';
  }

  const Report& report_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  document::Words words_;
  bool color_;
  std::size_t width_ = 0;
  std::string out_;
};

}  // namespace

std::string render_text(const Report& report, const model::Model& model, const decide::Decisions& decisions,
                        const source::SourceMap& sources, const RenderOptions& options) {
  return TextRenderer{report, model, sources, options}.run(decisions.as_of);
}

}  // namespace farol::people
