#include <algorithm>

#include "base/text.h"
#include "decide/boxes.h"
#include "document/words.h"
#include "people/report.h"
#include "query/statements.h"
#include "source/place.h"

namespace farol::people {
namespace {

using base::Phrase;
using decide::Disagreement;
using decide::PersonChange;
using document::Field;
using document::Fields;

// A group shows no more points than these; the rest is counted.
constexpr std::size_t max_points = 20;

class DocumentMaker {
 public:
  DocumentMaker(const Report& report, const model::Model& model, const source::SourceMap& sources,
                base::Language language)
      : report_(report), model_(model), sources_(sources), words_(model, language) {}

  document::Document run(base::Language language, base::Date as_of) {
    const std::string title = model_.policy.name.empty() ? words_(Phrase::policy) : words_.title(model_.policy);
    document_.language = language;
    document_.title = words_(Phrase::roster_title, {title});
    document_.lead.push_back(words_(Phrase::as_of, {base::to_string(as_of)}));
    add_counts();
    add_separations();
    add_disagreements();
    if (report_.compares != Compares::nothing) add_moves();
    add_group(Phrase::roster_leavers, report_.census.left);
    add_group(Phrase::roster_shared, report_.census.shared);
    add_group(Phrase::roster_without_role, without_role());
    add_group(Phrase::roster_two_names, report_.census.two_names);
    add_unknown();
    return std::move(document_);
  }

 private:
  static std::string number(std::uint64_t value) { return std::to_string(value); }

  void add_counts() {
    const Census& census = report_.census;
    document::Section& section = document_.add_section();
    section.add(words_(Phrase::roster_count,
                       {number(census.people), number(census.by_roles.size()), number(without_role().count)}));
    if (report_.compares != Compares::nothing)
      section.add(
          words_(report_.compares == Compares::earlier ? Phrase::roster_count_before : Phrase::roster_count_there,
                 {number(census.people_before)}));
    if (census.several_lines > 0) section.add(words_(Phrase::roster_several_lines, {number(census.several_lines)}));
    if (census.undated > 0) section.add(words_(Phrase::roster_undated, {number(census.undated)}));
  }

  [[nodiscard]] Group without_role() const {
    const auto found = report_.census.by_roles.find({});
    return found == report_.census.by_roles.end() ? Group{} : found->second;
  }

  void add_separations() {
    if (model_.separations.empty()) return;
    document::Section& section = document_.add_section(words_.text(Phrase::roster_separations));
    if (report_.violating.empty()) section.add(words_.text(Phrase::roster_kept));
    std::size_t last = model_.separations.size();
    document::Section* broken = nullptr;  // the separation that the people break
    for (const Violating& each : report_.violating) {
      const model::Separation& separation = model_.separations[each.violation.separation];
      Fields fields;
      if (each.violation.separation != last) {
        broken = &section.add_section(at_place(without_reason(separation.text, separation.label), separation.span));
        if (!separation.because.empty()) fields.push_back(field(Phrase::roster_reason, quoted(separation.because)));
        last = each.violation.separation;
      }
      std::vector<std::string> held;
      for (const auto role : each.violation.roles) held.push_back(words_.title_and_name(model_[role]));
      for (const auto feature : each.violation.features) held.push_back(words_.title_and_name(model_[feature]));
      fields.push_back(field(Phrase::roster_people, people(each.who)));
      fields.push_back(
          field(each.violation.roles.empty() ? Phrase::roster_may : Phrase::roster_roles, words_.list(held)));
      broken->add(std::move(fields));
    }
  }

  void add_disagreements() {
    document::Section& section = document_.add_section(words_.text(Phrase::roster_disagreements));
    if (report_.disagreeing.empty()) section.add(words_.text(Phrase::roster_agree));
    for (const Disagreeing& each : report_.disagreeing) {
      Fields fields{field(Phrase::roster_people, people(each.who))};
      for (const Disagreement& point : each.points) {
        fields.push_back(field(Phrase::roster_denied, points(point.places)));
        Fields& below = fields.back().fields;
        below.push_back(field(Phrase::roster_cause, words_.text(cause(point))));
        if (!point.allowed.empty()) below.push_back(field(Phrase::roster_alone, roles(point.allowed)));
        for (const model::RuleId rule : point.rules)
          below.push_back(field(Phrase::field_rule, query::rule_in_full(model_[rule], sources_, words_)));
      }
      section.add_section(roles(each.roles)).add(std::move(fields));
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

  void add_moves() {
    const bool earlier = report_.compares == Compares::earlier;
    document::Section& section =
        document_.add_section(words_.text(earlier ? Phrase::roster_changes : Phrase::roster_population));
    if (report_.moved.empty()) section.add(words_.text(earlier ? Phrase::roster_no_changes : Phrase::roster_complete));
    for (const Moved& each : report_.moved) {
      Fields fields{field(Phrase::roster_people, people(each.who))};
      for (const PersonChange& change : each.changes)
        fields.push_back(field(name_of(change.kind), points(change.places)));
      section.add_section(move(each)).add(std::move(fields));
    }
  }

  [[nodiscard]] std::string move(const Moved& each) const {
    const bool earlier = report_.compares == Compares::earlier;
    if (!each.before) return words_(earlier ? Phrase::roster_joined : Phrase::roster_only_here, {roles(*each.after)});
    if (!each.after) return words_(earlier ? Phrase::roster_left : Phrase::roster_only_there, {roles(*each.before)});
    if (!earlier) return words_(Phrase::roster_here_and_there, {roles(*each.after), roles(*each.before)});
    return roles(*each.before) + " → " + roles(*each.after);
  }

  static Phrase name_of(PersonChange::Kind kind) {
    if (kind == PersonChange::Kind::gains) return Phrase::roster_gains;
    return kind == PersonChange::Kind::loses ? Phrase::roster_loses : Phrase::roster_controls;
  }

  void add_group(Phrase heading, const Group& group) {
    if (group.count == 0) return;
    document_.add_section(words_.text(heading)).add(Fields{field(Phrase::roster_people, people(group))});
  }

  void add_unknown() {
    const Census& census = report_.census;
    if (census.unknown.empty()) return;
    document::Section& section = document_.add_section(words_.text(Phrase::roster_unknown));
    for (const UnknownRole& role : census.unknown) {
      std::string line = words_(Phrase::roster_unknown_name, {role.name, number(role.lines), number(role.first)});
      const std::string nearest = nearest_role(model_, role.name);
      if (!nearest.empty()) line += words_(Phrase::roster_nearest, {nearest});
      section.add(line);
    }
    if (census.more_unknown > 0) section.add(words_(Phrase::roster_more_unknown, {number(census.more_unknown)}));
  }

  // `Record a meeting (meeting.record); up to confidential; Device: a managed device`, one line each.
  [[nodiscard]] document::Cell points(const std::vector<decide::Place>& places) const {
    document::Cell cell;
    for (std::size_t i = 0; i < std::min(places.size(), max_points); ++i) {
      const decide::Place& place = places[i];
      std::vector<std::string> parts{words_.title_and_name(model_[place.feature])};
      auto objects = place.objects;
      std::sort(objects.begin(), objects.end());
      parts.push_back(words_.objects(objects, model_[place.feature].acts_on));
      parts.push_back(words_.condition(decide::boxes_of(model_, place.contexts, place.where)));
      std::erase(parts, std::string{});
      cell.lines.emplace_back(words_.join(parts, Phrase::list_semicolon));
    }
    if (places.size() > max_points)
      cell.lines.emplace_back(words_(Phrase::roster_more, {number(places.size() - max_points)}));
    return cell;
  }

  [[nodiscard]] std::string quoted(const model::Localized& text) const { return words_.quoted(text); }

  // `separate hr, it_admin (policy.farol:7)`
  [[nodiscard]] std::string at_place(const std::string& text, source::Span span) const {
    const std::string place = source::place_of(sources_, span);
    return place.empty() ? text : words_(Phrase::name_in_brackets, {text, place});
  }

  static std::string without_reason(const std::string& text, const std::string& label) {
    return label.empty() ? text.substr(0, text.find(" because")) : label;
  }

  [[nodiscard]] std::string roles(const Roles& roles) const {
    if (roles.empty()) return words_(Phrase::no_role);
    std::string joined;
    for (const auto role : roles) joined += (joined.empty() ? "" : " + ") + words_.title_and_name(model_[role]);
    return joined;
  }

  // `2: Ana Lam (u1), u2`
  [[nodiscard]] std::string people(const Group& group) const {
    std::vector<std::string> names;
    for (const NamedPerson& person : group.named) {
      const std::string id = base::one_line(person.id);
      names.push_back(person.name.empty() ? id : words_(Phrase::name_in_brackets, {base::one_line(person.name), id}));
    }
    if (group.count > group.named.size())
      names.push_back(words_(Phrase::roster_more, {number(group.count - group.named.size())}));
    return words_(Phrase::pair, {number(group.count), words_.list(names)});
  }

  [[nodiscard]] Field field(Phrase name, document::Cell value) const { return {words_(name), std::move(value)}; }

  const Report& report_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  document::Words words_;
  document::Document document_;
};

}  // namespace

document::Document document_of(const Report& report, const model::Model& model, const decide::Decisions& decisions,
                               const source::SourceMap& sources, base::Language language) {
  return DocumentMaker{report, model, sources, language}.run(language, decisions.as_of);
}

}  // namespace farol::people
