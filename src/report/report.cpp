#include "report/report.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/digest.h"
#include "report/wording.h"

namespace farol::report {
namespace {

using base::Phrase;
using checks::Thing;
using model::Declared;

constexpr std::array<std::string_view, 11> names = {"assessment", "deletion", "evidence",     "inventory",
                                                    "metadata",   "notice",   "notification", "review",
                                                    "risk",       "training", "usage"};
constexpr std::array<std::string_view, 3> severities = {"error", "warning", "note"};

class Maker {
 public:
  Maker(const model::Model& model, const analysis::Decisions& decisions, const Inputs& inputs, base::Language language)
      : model_(model), decisions_(decisions), inputs_(inputs), findings_(inputs.findings), say_(model, language) {
    document_.language = language;
    for (const Thing thing : say_.things().of_kind("data")) {
      std::vector<checks::Item> personal;
      say_.things().append(thing, "personal", personal);
      if (personal.front() == checks::Item{true}) personal_.push_back(thing);
    }
  }

  Document make(Kind kind) {
    switch (kind) {
      case Kind::assessment: assessment(); break;
      case Kind::deletion: deletion(); break;
      case Kind::evidence: evidence(); break;
      case Kind::inventory: inventory(); break;
      case Kind::metadata: metadata(); break;
      case Kind::notice: notice(); break;
      case Kind::notification: notification(); break;
      case Kind::review: review(); break;
      case Kind::risk: risk(); break;
      case Kind::training: training(); break;
      case Kind::usage: usage(); break;
    }
    document_.foot.push_back(say_(Phrase::report_foot));
    document_.foot.push_back(say_(Phrase::pair, {say_(Phrase::report_digest), digest()}));
    return std::move(document_);
  }

 private:
  using Key = std::string_view;
  struct Column {
    Phrase head;
    Key key;  // of the attribute; empty: the thing itself
  };

  void begin(Phrase title) {
    document_.title = say_(title);
    document_.lead.push_back(say_(Phrase::pair, {say_(Phrase::controller), controller()}));
    document_.lead.push_back(say_(Phrase::as_of, {base::to_string(decisions_.as_of)}));
  }

  [[nodiscard]] std::string controller() const {
    const std::string stated = say_.stated(model_.policy, "controller");
    return stated.empty() ? say_.label(model_.policy) : stated;
  }

  [[nodiscard]] std::string digest() const {
    std::string all;
    for (const std::string& statement : model_.canonical) all.append(statement).append("\n");
    return base::sha256_hex(all);
  }

  Section& section(Phrase heading) {
    document_.sections.push_back({say_(heading), {}, {}, {}});
    return document_.sections.back();
  }

  // One row for each thing; "not stated" in words where there is none at all.
  void add_table(Section& section, const std::vector<Thing>& things, const std::vector<Column>& columns) {
    Table table;
    for (const Column& column : columns) table.head.push_back(say_(column.head));
    for (const Thing thing : things) {
      std::vector<std::string> row;
      for (const Column& column : columns) row.push_back(cell(thing, column.key));
      table.rows.push_back(std::move(row));
    }
    if (table.rows.empty()) section.paragraphs.push_back(say_(Phrase::not_stated));
    section.tables.push_back(std::move(table));
  }

  [[nodiscard]] std::string cell(Thing thing, Key key) const {
    const Declared& declared = say_.things().declared(thing);
    if (key.empty()) return say_.label(declared);
    if (key == "tier") return tier_of(thing);
    if (key == "region" || key == "encryption") return by_store(thing, key);
    if (key == "retention" || key == "after" || key == "then") return kept(thing, key);
    if (key == "reach") return reach(thing);
    return say_.attribute(declared, key);
  }

  [[nodiscard]] std::string tier_of(Thing thing) const {
    std::vector<checks::Item> tier;
    say_.things().append(thing, "tier", tier);
    return tier.empty() ? say_(Phrase::not_stated) : say_.label(say_.things().declared(std::get<Thing>(tier.front())));
  }

  // What the stores of a data class say; of a store or a processor its own.
  [[nodiscard]] std::string by_store(Thing thing, Key key) const {
    if (thing.table != Thing::Table::object) return say_.attribute(say_.things().declared(thing), key);
    std::vector<checks::Item> stores;
    say_.things().append(thing, "store", stores);
    std::vector<std::string> parts;
    for (const checks::Item& store : stores) {
      std::string part = say_.attribute(say_.things().declared(std::get<Thing>(store)), key);
      if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
    }
    return say_.list(parts);
  }

  // Of the data class itself, or of the `retention` that covers it.
  [[nodiscard]] std::string kept(Thing thing, Key key) const {
    const Declared& declared = say_.things().declared(thing);
    std::string own = say_.stated(declared, key);
    if (!own.empty()) return own;
    for (const Thing rule : covering("retention", thing)) {
      std::string text = say_.stated(say_.things().declared(rule), key == "retention" ? "keep" : key);
      if (!text.empty()) return text;
    }
    return say_(Phrase::not_stated);
  }

  [[nodiscard]] std::vector<Thing> covering(std::string_view kind, Thing data) const {
    std::vector<Thing> found;
    for (const Thing fact : say_.things().of_kind(kind)) {
      std::vector<checks::Item> covered;
      say_.things().append(fact, "data", covered);
      if (std::find(covered.begin(), covered.end(), checks::Item{data}) != covered.end()) found.push_back(fact);
    }
    return found;
  }

  // The roles that may see the data or change it, by some feature and in some context.
  [[nodiscard]] std::string reach(Thing thing) const {
    const model::ObjectId object{thing.index};
    std::vector<std::string> roles;
    for (std::size_t r = 0; r < model_.roles.size(); ++r) {
      const bool may = [&] {
        for (std::size_t f = 0; f < model_.features.size(); ++f) {
          if (model_.features[f].acts_on != model::ActsOn::data) continue;
          const auto& cell = decisions_.cell(model_, model::RoleId{r}, model::FeatureId{f}, object);
          for (const analysis::Segment& segment : cell.segments) {
            if (segment.effect == analysis::Effect::allow) return true;
          }
        }
        return false;
      }();
      if (may) roles.push_back(say_.label(model_.roles[r]));
    }
    return roles.empty() ? say_(Phrase::nobody_reaches) : say_.list(roles);
  }

  // --- The papers ---

  void inventory() {
    begin(Phrase::report_inventory);
    add_table(section(Phrase::people_and_data), say_.things().of_kind("data"),
              {{Phrase::data_class, ""},
               {Phrase::tier, "tier"},
               {Phrase::category, "category"},
               {Phrase::people, "subjects"},
               {Phrase::purpose, "purpose"},
               {Phrase::ground, "ground"},
               {Phrase::stored_in, "store"},
               {Phrase::retention, "retention"},
               {Phrase::owner, "owner"},
               {Phrase::who_reaches, "reach"}});
    add_table(section(Phrase::stored_in), say_.things().of_kind("store"),
              {{Phrase::stored_in, ""},
               {Phrase::region, "region"},
               {Phrase::encrypted, "encryption"},
               {Phrase::processors, "processor"}});
  }

  void deletion() {
    begin(Phrase::report_deletion);
    add_table(section(Phrase::retention), personal_,
              {{Phrase::data_class, ""},
               {Phrase::category, "category"},
               {Phrase::retention, "retention"},
               {Phrase::counted_from, "after"},
               {Phrase::and_then, "then"},
               {Phrase::masked, "mask"},
               {Phrase::owner, "owner"}});
  }

  void metadata() {
    begin(Phrase::report_metadata);
    add_table(section(Phrase::item), say_.things().of_kind("metadata"),
              {{Phrase::item, "item"},
               {Phrase::handling, "handling"},
               {Phrase::purpose, "purpose"},
               {Phrase::retention, "retention"},
               {Phrase::when_collected, "when"},
               {Phrase::readers, "readers"},
               {Phrase::audited, "audited"}});
  }

  void risk() {
    begin(Phrase::report_risk);
    add_table(section(Phrase::report_risk), say_.things().of_kind("risk"),
              {{Phrase::department, "department"},
               {Phrase::data_class, "data"},
               {Phrase::likelihood, "likelihood"},
               {Phrase::impact, "impact"},
               {Phrase::treatment, "treatment"},
               {Phrase::measures, "measures"},
               {Phrase::owner, "owner"},
               {Phrase::date, "date"}});
    // Personal data without an entry is what the register is read for.
    std::vector<Thing> open;
    for (const Thing data : personal_) {
      if (covering("risk", data).empty()) open.push_back(data);
    }
    if (!open.empty())
      add_table(section(Phrase::report_gaps), open,
                {{Phrase::data_class, ""}, {Phrase::category, "category"}, {Phrase::owner, "owner"}});
  }

  void training() {
    begin(Phrase::report_training);
    add_table(section(Phrase::report_training), say_.things().of_kind("training"),
              {{Phrase::topic, "topic"},
               {Phrase::roles, "roles"},
               {Phrase::date, "last"},
               {Phrase::attended, "attended"},
               {Phrase::every, "every"},
               {Phrase::evidence, "evidence"}});
  }

  void notice() {
    begin(Phrase::report_notice);
    for (const Thing thing : say_.things().of_kind("notice")) {
      const Declared& each = say_.things().declared(thing);
      document_.sections.push_back({say_.attribute(each, "data"), {}, {}, {}});
      Section& part = document_.sections.back();
      const std::pair<Phrase, Key> lines[] = {{Phrase::purpose, "purpose"},
                                              {Phrase::recipients, "recipients"},
                                              {Phrase::obligatory, "obligatory"},
                                              {Phrase::rights_title, "rights"},
                                              {Phrase::contact, "contact"}};
      for (const auto& [head, key] : lines)
        part.items.push_back(say_(Phrase::pair, {say_(head), say_.attribute(each, key)}));
    }
    if (document_.sections.empty()) section(Phrase::purpose).paragraphs.push_back(say_(Phrase::not_stated));
  }

  // The ten items of article 23 of Law 8/2005.
  void article_23() {
    const Declared& policy = model_.policy;
    Section& who = section(Phrase::controller);
    who.items = {say_(Phrase::pair, {say_(Phrase::controller), controller()}),
                 say_(Phrase::pair, {say_(Phrase::address), say_.attribute(policy, "address")}),
                 say_(Phrase::pair, {say_(Phrase::contact), say_.attribute(policy, "contact")}),
                 say_(Phrase::pair, {say_(Phrase::registration), say_.attribute(policy, "registration")})};
    add_table(section(Phrase::purposes), personal_,
              {{Phrase::data_class, ""}, {Phrase::purpose, "purpose"}, {Phrase::ground, "ground"}});
    add_table(section(Phrase::people_and_data), personal_,
              {{Phrase::data_class, ""}, {Phrase::people, "subjects"}, {Phrase::category, "category"}});
    add_table(section(Phrase::recipients), say_.things().of_kind("notice"),
              {{Phrase::data_class, "data"}, {Phrase::recipients, "recipients"}});
    add_table(section(Phrase::processors), say_.things().of_kind("processor"),
              {{Phrase::processors, ""},
               {Phrase::service, "service"},
               {Phrase::region, "region"},
               {Phrase::contract, "contract"}});
    Section& combined = section(Phrase::combinations);
    std::vector<Thing> joined;
    for (const Thing data : personal_) {
      if (say_.things().declared(data).find("combined") != nullptr) joined.push_back(data);
    }
    add_table(combined, joined, {{Phrase::data_class, ""}, {Phrase::combinations, "combined"}});
    add_table(section(Phrase::retention), personal_,
              {{Phrase::data_class, ""}, {Phrase::retention, "retention"}, {Phrase::counted_from, "after"}});
    add_table(section(Phrase::how_rights), say_.things().of_kind("rights"),
              {{Phrase::owner, "owner"}, {Phrase::contact, "contact"}, {Phrase::within, "within"}});
    add_table(section(Phrase::transfers), say_.things().of_kind("transfer"),
              {{Phrase::data_class, "data"},
               {Phrase::destination, "to"},
               {Phrase::recipients, "recipient"},
               {Phrase::purpose, "purpose"},
               {Phrase::basis, "basis"},
               {Phrase::filing, "filing"}});
    measures(section(Phrase::measures));
    for (std::size_t i = 0; i < document_.sections.size(); ++i)
      document_.sections[i].heading = std::to_string(i + 1) + ". " + document_.sections[i].heading;
  }

  // A general description, from what the policy really decides and requires.
  void measures(Section& part) {
    part.items.push_back(
        say_(Phrase::access_measure, {std::to_string(model_.roles.size()), std::to_string(model_.rules.size())}));
    std::set<std::uint32_t> required;
    for (const model::Rule& rule : model_.rules) {
      for (const model::ControlId control : rule.controls) required.insert(control.value);
    }
    for (const model::Guardrail& guardrail : model_.guardrails) {
      for (const model::ControlId control : guardrail.controls) required.insert(control.value);
    }
    std::vector<std::string> controls, stores;
    for (const std::uint32_t control : required) controls.push_back(say_.label(model_.controls[control]));
    part.items.push_back(say_(Phrase::control_measure, {say_.list(controls)}));
    for (const Thing store : say_.things().of_kind("store")) {
      std::vector<checks::Item> encrypted;
      say_.things().append(store, "encryption", encrypted);
      if (!encrypted.empty() && encrypted.front() == checks::Item{true})
        stores.push_back(say_.label(say_.things().declared(store)));
    }
    part.items.push_back(say_(Phrase::encryption_measure, {say_.list(stores)}));
    for (const Thing review : say_.things().of_kind("review")) {
      const Declared& each = say_.things().declared(review);
      part.items.push_back(say_(Phrase::review_measure, {say_.attribute(each, "every"), say_.attribute(each, "last")}));
    }
    for (const Thing training : say_.things().of_kind("training"))
      part.items.push_back(say_(Phrase::training_measure, {say_.attribute(say_.things().declared(training), "last")}));
  }

  void notification() {
    begin(Phrase::report_notification);
    document_.lead.push_back(say_(Phrase::filing_language));
    article_23();
  }

  void assessment() {
    begin(Phrase::report_assessment);
    article_23();
    Section& gaps = section(Phrase::report_gaps);
    if (model_.checks.empty()) {
      gaps.paragraphs.push_back(say_(Phrase::report_no_packs));
    } else if (findings_.list.empty()) {
      gaps.paragraphs.push_back(say_(Phrase::report_no_gaps));
    }
    const std::string_view language = base::tag(say_.language());
    Table table{{say_(Phrase::finding), say_(Phrase::severity), say_(Phrase::remedy), say_(Phrase::source)}, {}};
    for (const checks::Finding& finding : findings_.list) {
      const model::Check& check = model_.checks[finding.check];
      std::string source = check.id;
      for (const model::Citation& citation : check.citations) {
        source += "\n" + cited(citation);
      }
      table.rows.push_back({checks::render(model_, finding, check.message, language),
                            say_.word(severities[static_cast<std::size_t>(check.severity)]),
                            checks::render(model_, finding, check.remedy, language), std::move(source)});
    }
    gaps.tables.push_back(std::move(table));
  }

  [[nodiscard]] std::string cited(const model::Citation& citation) const {
    const std::string& law = citation.law.in(base::tag(say_.language()));
    return citation.article.empty() ? law : say_(Phrase::law_and_place, {law, citation.article});
  }

  // What a role may do to an object, by the titles of the features.
  [[nodiscard]] std::vector<std::string> allowed(model::RoleId role, model::ObjectId object) const {
    std::vector<std::string> titles;
    for (std::size_t f = 0; f < model_.features.size(); ++f) {
      const auto& possible = model_.objects_of(model_.features[f].acts_on);
      if (std::find(possible.begin(), possible.end(), object) == possible.end()) continue;
      if (may(decisions_.cell(model_, role, model::FeatureId{f}, object)))
        titles.push_back(say_.label(model_.features[f]));
    }
    return titles;
  }

  [[nodiscard]] static bool may(const analysis::Cell& cell) {
    return std::any_of(cell.segments.begin(), cell.segments.end(),
                       [](const analysis::Segment& segment) { return segment.effect == analysis::Effect::allow; });
  }

  // A sheet for each owner of data, with columns to fill in by hand.
  void review() {
    begin(Phrase::report_review);
    if (!inputs_.since.empty()) document_.lead.push_back(inputs_.since);
    std::vector<std::string> owners;
    for (const Thing data : say_.things().of_kind("data")) owners.push_back(cell(data, "owner"));
    for (const AccessChange& change : inputs_.changes) owners.push_back(change.owner);
    std::sort(owners.begin(), owners.end());
    owners.erase(std::unique(owners.begin(), owners.end()), owners.end());
    if (owners.empty()) section(Phrase::owner).paragraphs.push_back(say_(Phrase::not_stated));
    for (const std::string& owner : owners) {
      document_.sections.push_back({say_(Phrase::pair, {say_(Phrase::owner), owner}), {}, {}, {}});
      Table table{{say_(Phrase::data_class), say_(Phrase::role), say_(Phrase::features_of_data),
                   say_(Phrase::keep_grant), say_(Phrase::decided_by), say_(Phrase::decided_on)},
                  {}};
      for (const Thing data : say_.things().of_kind("data")) {
        if (cell(data, "owner") != owner) continue;
        for (std::size_t r = 0; r < model_.roles.size(); ++r) {
          const auto features = allowed(model::RoleId{r}, model::ObjectId{data.index});
          if (features.empty()) continue;
          table.rows.push_back({cell(data, ""), say_.label(model_.roles[r]), say_.list(features), "", "", ""});
        }
      }
      if (table.rows.empty()) document_.sections.back().paragraphs.push_back(say_(Phrase::nobody_reaches));
      document_.sections.back().tables.push_back(std::move(table));
      if (!inputs_.since.empty()) add_changes(owner);
    }
  }

  void add_changes(const std::string& owner) {
    Table table{{say_(Phrase::since_review), say_(Phrase::data_class), say_(Phrase::role), say_(Phrase::features_of_data),
                 say_(Phrase::review_terms)},
                {}};
    for (const AccessChange& each : inputs_.changes) {
      if (each.owner == owner) table.rows.push_back({each.change, each.data, each.role, each.feature, each.terms});
    }
    document_.sections.push_back({say_(Phrase::pair, {owner, say_(Phrase::since_review)}), {}, {}, {}});
    if (table.rows.empty()) document_.sections.back().paragraphs.push_back(say_(Phrase::review_same));
    document_.sections.back().tables.push_back(std::move(table));
  }

  // What people are told: reasons of what is refused, safeguards, and what each role may do.
  void usage() {
    begin(Phrase::report_usage);
    Section& never = section(Phrase::never_heading);
    for (const model::Rule& rule : model_.rules) {
      const bool refuses = rule.verb == model::Verb::forbid || rule.verb == model::Verb::only;
      if (!refuses || !rule.is_live(decisions_.as_of)) continue;
      const std::string& because = rule.because.in(base::tag(say_.language()));
      const std::string& line = because.empty() ? rule.text : because;
      if (std::find(never.items.begin(), never.items.end(), line) == never.items.end()) never.items.push_back(line);
    }
    if (never.items.empty()) never.paragraphs.push_back(say_(Phrase::not_stated));
    measures(section(Phrase::safeguards_heading));
    for (std::size_t r = 0; r < model_.roles.size(); ++r) {
      document_.sections.push_back({say_(Phrase::may_heading, {say_.label(model_.roles[r])}), {}, {}, {}});
      auto& items = document_.sections.back().items;
      for (std::size_t f = 0; f < model_.features.size(); ++f) {
        const auto& objects = model_.objects_of(model_.features[f].acts_on);
        const bool some = std::any_of(objects.begin(), objects.end(), [&](model::ObjectId object) {
          return may(decisions_.cell(model_, model::RoleId{r}, model::FeatureId{f}, object));
        });
        if (some) items.push_back(say_.label(model_.features[f]));
      }
      if (items.empty()) document_.sections.back().paragraphs.push_back(say_(Phrase::may_nothing));
    }
  }

  // What was checked, with which result, and what the other papers were on that day.
  void evidence() {
    begin(Phrase::report_evidence);
    Section& libraries = section(Phrase::packs_used);
    Table used{{say_(Phrase::packs_used), say_(Phrase::version_heading)}, {}};
    for (const model::UsedLibrary& library : model_.libraries) used.rows.push_back({library.name, library.version});
    if (used.rows.empty()) libraries.paragraphs.push_back(say_(Phrase::not_stated));
    libraries.tables.push_back(std::move(used));
    add_results(section(Phrase::checks_run));
    Section& waived = section(Phrase::waivers);
    Table table{{say_(Phrase::finding), say_(Phrase::until), say_(Phrase::reason), say_(Phrase::approved_by)}, {}};
    for (const model::Waiver& waiver : model_.waivers) {
      table.rows.push_back({waiver.finding, waiver.until ? base::to_string(*waiver.until) : say_(Phrase::not_stated),
                            waiver.because.in(base::tag(say_.language())),
                            waiver.by.empty() ? say_(Phrase::not_stated) : waiver.by});
    }
    if (table.rows.empty()) waived.paragraphs.push_back(say_(Phrase::word_none));
    waived.tables.push_back(std::move(table));
    add_confirmations(section(Phrase::confirmations));
    Table papers{{say_(Phrase::papers), say_(Phrase::sha256)}, {}};
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (static_cast<Kind>(i) == Kind::evidence) continue;
      const Document paper = report::make(static_cast<Kind>(i), model_, decisions_, inputs_, say_.language());
      papers.rows.push_back({paper.title, base::sha256_hex(render_markdown(paper))});
    }
    section(Phrase::papers).tables.push_back(std::move(papers));
  }

  // What somebody has signed, and how many steps nobody has.
  void add_confirmations(Section& part) {
    const auto standing = [](evidence::Standing wanted) {
      return [wanted](const evidence::SignedStep& step) { return step.status.standing == wanted; };
    };
    const auto& steps = inputs_.steps;
    if (steps.empty()) {
      part.paragraphs.push_back(say_(Phrase::word_none));
      return;
    }
    const auto current = std::count_if(steps.begin(), steps.end(), standing(evidence::Standing::current));
    const auto gone = std::count_if(steps.begin(), steps.end(), standing(evidence::Standing::withdrawn));
    part.paragraphs.push_back(say_(Phrase::checklist_progress,
                                   {std::to_string(current), std::to_string(static_cast<long>(steps.size()) - gone)}));
    Table table{{say_(Phrase::step), say_(Phrase::value), say_(Phrase::standing), say_(Phrase::confirmed),
                 say_(Phrase::evidence), say_(Phrase::file_digest)},
                {}};
    for (const evidence::SignedStep& step : steps) {
      const evidence::Confirmation* last = step.status.last;
      if (last == nullptr) continue;
      table.rows.push_back({step.title + "\n" + step.id, step.value, say_(evidence::phrase_of(step.status.standing)),
                            evidence::in_words(step.status, say_.language()),
                            last->evidence.empty() ? say_(Phrase::word_none) : last->evidence, last->digest});
    }
    part.tables.push_back(std::move(table));
  }

  void add_results(Section& part) {
    if (model_.checks.empty()) part.paragraphs.push_back(say_(Phrase::report_no_packs));
    Table table{{say_(Phrase::check_id), say_(Phrase::severity), say_(Phrase::result), say_(Phrase::source)}, {}};
    const auto stands_in = [](const std::vector<std::size_t>& list, std::size_t check) {
      return std::find(list.begin(), list.end(), check) != list.end();
    };
    for (std::size_t i = 0; i < model_.checks.size(); ++i) {
      const model::Check& check = model_.checks[i];
      auto open = static_cast<std::size_t>(std::count_if(findings_.list.begin(), findings_.list.end(),
                                                         [i](const auto& each) { return each.check == i; }));
      for (const auto& [more, count] : findings_.more) open += more == i ? count : 0;
      std::string result = say_(Phrase::result_met);
      if (open > 0) result = say_(Phrase::result_open, {std::to_string(open)});
      if (stands_in(findings_.too_large, i) || stands_in(findings_.waiting, i)) result = say_(Phrase::result_not_run);
      std::vector<std::string> sources;
      for (const model::Citation& citation : check.citations)
        sources.push_back(cited(citation));
      std::string source;
      for (const std::string& each : sources) source += (source.empty() ? "" : "\n") + each;
      table.rows.push_back({check.id, say_.word(severities[static_cast<std::size_t>(check.severity)]),
                            std::move(result), std::move(source)});
    }
    part.tables.push_back(std::move(table));
  }

  const model::Model& model_;
  const analysis::Decisions& decisions_;
  const Inputs& inputs_;
  const checks::Findings& findings_;
  Wording say_;
  std::vector<Thing> personal_;
  Document document_;
};

}  // namespace

std::span<const std::string_view> kinds() { return names; }

std::optional<Kind> find_kind(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional(static_cast<Kind>(found - names.begin()));
}

Document make(Kind kind, const model::Model& model, const analysis::Decisions& decisions,
              const Inputs& inputs, base::Language language) {
  return Maker(model, decisions, inputs, language).make(kind);
}

}  // namespace farol::report
