#include "query/removals.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <variant>

#include "base/sorted.h"
#include "base/text.h"
#include "query/sheet.h"

namespace farol::query {
namespace {

using base::Language;
using base::Phrase;

// What a permission is about, in the policy of today.
struct Subject {
  model::RoleId role;
  model::FeatureId feature;
  std::vector<model::ObjectId> objects;
};

std::vector<std::string_view> parts_of(std::string_view text, char between) {
  std::vector<std::string_view> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(between, from), text.size());
    parts.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

// Reads a permission as ReviewedGrant writes it, without its terms. Returns the first name that the policy does not
// have.
std::variant<Subject, std::string> subject_of(const model::Model& model, std::string_view permission) {
  const auto words = parts_of(permission, ' ');
  const bool everyone = words[0] == "everyone";
  const auto role = everyone ? std::optional(model.nobody()) : model.find_role(words[0]);
  if (!role) return std::string(words[0]);
  const std::string_view name = words.size() > 1 ? words[1] : std::string_view{};
  const auto feature = model.find_feature(name);
  if (!feature) return std::string(name);
  Subject subject{*role, *feature, {}};
  const auto& all = model.objects_of(model[*feature].acts_on);
  const bool is_bare = words.size() < 3 || words[2] == "when" || words[2] == "requiring" || words[2] == "until";
  if (is_bare) {
    subject.objects = all;
    return subject;
  }
  for (const std::string_view wanted : parts_of(words[2], ',')) {
    const auto found = std::find_if(all.begin(), all.end(), [&](model::ObjectId object) {
      return model[object].name == (wanted == "others" ? std::string_view{} : wanted);
    });
    if (found == all.end()) return std::string(wanted);
    subject.objects.push_back(*found);
  }
  base::sort_unique(subject.objects);
  return subject;
}

bool is_left_open(const model::Model& model, const decide::Decisions& decisions, const Subject& subject) {
  if (model[subject.feature].governed) return false;
  return std::any_of(subject.objects.begin(), subject.objects.end(), [&](model::ObjectId object) {
    const auto& segments = decisions.cell(model, subject.role, subject.feature, object).segments;
    return std::any_of(segments.begin(), segments.end(),
                       [](const auto& segment) { return segment.effect == decide::Effect::none; });
  });
}

template <class T>
bool meet(const std::vector<T>& some, const std::vector<T>& others) {
  return std::find_first_of(some.begin(), some.end(), others.begin(), others.end()) != some.end();
}

// The steps that set the feature on the objects, and whether they keep it from the role.
struct Setting {
  bool is_whole = true;            // something is said of each object
  bool keeps = true;               // the role does not have it all the same
  std::vector<std::size_t> steps;  // sorted
};

Setting setting_of(const decide::Answers& answers, const Subject& subject) {
  Setting setting;
  const auto own = answers.of(subject.role, subject.feature);
  for (const model::ObjectId object : subject.objects) {
    std::vector<const decide::Answer*> about;
    const auto add = [&](const decide::Answer& answer) {
      if (std::binary_search(answer.objects.begin(), answer.objects.end(), object)) about.push_back(&answer);
    };
    for (const decide::Answer* answer : own) add(*answer);
    // What no rule says to a role is set with what the rules say to others.
    if (about.empty()) {
      for (const decide::Answer& answer : answers.of(subject.feature)) add(answer);
    }
    setting.is_whole = setting.is_whole && !about.empty();
    for (const decide::Answer* answer : about) {
      const decide::Enforcement& kept = answer->enforcement;
      setting.steps.insert(setting.steps.end(), kept.steps.begin(), kept.steps.end());
      // That a setting knows no conditions does not open it to others.
      if (kept.kept_by == model::KeptBy::nobody && kept.shortfall != decide::Shortfall::condition)
        setting.keeps = false;
    }
  }
  base::sort_unique(setting.steps);
  // What the role has of others of its things by the same setting, it has of these as well.
  for (const decide::Answer* answer : own) {
    if (answer->enforcement.kept_by != model::KeptBy::nobody) continue;
    if (meet(answer->objects, subject.objects) || meet(answer->enforcement.steps, setting.steps)) setting.keeps = false;
  }
  // So do several roles together.
  for (const decide::AddedUp& added : answers.added_up()) {
    if (!added.gives || !std::binary_search(added.held.begin(), added.held.end(), subject.role)) continue;
    for (const auto& [feature, objects] : added.what) {
      if (feature == subject.feature && meet(objects, subject.objects)) setting.keeps = false;
    }
  }
  return setting;
}

void look_for(Removal& removal, const ReadTenant& tenant, const Setting& setting, const dingtalk::AdminConfig& config) {
  using Tenant = Removal::Tenant;
  // As text, days come in their order.
  const auto& on = removal.answer->on;
  if (tenant.collected.empty() || (on && tenant.collected < base::to_string(*on))) {
    removal.tenant = Tenant::too_old;
    return;
  }
  if (!setting.is_whole || (setting.keeps && setting.steps.empty())) {
    removal.tenant = Tenant::no_step;
    return;
  }
  if (!setting.keeps) {
    removal.tenant = Tenant::not_kept;
    return;
  }
  const auto with = [&](dingtalk::Verdict verdict) {
    removal.findings.clear();
    for (const dingtalk::Finding& finding : tenant.drift.findings) {
      if (finding.step == nullptr || finding.verdict != verdict) continue;
      const auto place = static_cast<std::size_t>(finding.step - config.steps.data());
      if (std::binary_search(setting.steps.begin(), setting.steps.end(), place)) removal.findings.push_back(&finding);
    }
    return !removal.findings.empty();
  };
  const auto& extras = tenant.drift.extras;
  removal.beyond = static_cast<std::size_t>(
      std::count_if(extras.begin(), extras.end(), [](const dingtalk::Extra& extra) { return extra.counts; }));
  if (with(dingtalk::Verdict::differs)) {
    removal.tenant = Tenant::differs;
  } else if (removal.beyond > 0) {
    removal.tenant = Tenant::beyond;
  } else if (with(dingtalk::Verdict::unseen)) {
    removal.tenant = Tenant::unseen;
  } else if (with(dingtalk::Verdict::agrees)) {
    removal.tenant = Tenant::agrees;
  }
}

std::string in_words(const Removal& removal, Language language) {
  using Policy = Removal::Policy;
  switch (removal.policy) {
    case Policy::allows: return std::string(base::text(Phrase::review_still_there, language));
    case Policy::allows_otherwise: return std::string(base::text(Phrase::removal_allowed_otherwise, language));
    case Policy::leaves_open: return std::string(base::text(Phrase::removal_left_open, language));
    case Policy::unknown: return base::fill(Phrase::removal_unknown, language, {removal.name});
    case Policy::refuses: break;
  }
  return std::string(base::text(Phrase::review_taken_away, language));
}

// A step, and where no call shows it, who has confirmed it.
std::string in_words(const dingtalk::Finding& finding, Language language) {
  if (finding.verdict != dingtalk::Verdict::unseen) return finding.step->id;
  if (!finding.confirmed)
    return base::fill(Phrase::name_in_brackets, language,
                      {finding.step->id, base::text(Phrase::drift_never, language)});
  const Phrase phrase = finding.confirmed->stale ? Phrase::drift_stale : Phrase::drift_confirmed;
  return base::fill(
      Phrase::name_in_brackets, language,
      {finding.step->id, base::fill(phrase, language, {finding.confirmed->on, base::one_line(finding.confirmed->by)})});
}

std::string in_tenant(const Removal& removal, Language language) {
  using Tenant = Removal::Tenant;
  std::string steps;
  for (const dingtalk::Finding* finding : removal.findings)
    steps +=
        (steps.empty() ? "" : std::string(base::text(Phrase::list_comma, language))) + in_words(*finding, language);
  switch (removal.tenant) {
    case Tenant::not_read: return std::string(base::text(Phrase::removal_not_read, language));
    case Tenant::too_old: return std::string(base::text(Phrase::removal_too_old, language));
    case Tenant::no_step: return std::string(base::text(Phrase::removal_no_step, language));
    case Tenant::not_kept: return std::string(base::text(Phrase::removal_not_kept, language));
    case Tenant::differs: return base::fill(Phrase::removal_differs, language, {steps});
    case Tenant::beyond: return base::fill(Phrase::removal_beyond, language, {std::to_string(removal.beyond)});
    case Tenant::unseen: return base::fill(Phrase::removal_unseen, language, {steps});
    case Tenant::agrees: break;
  }
  return base::fill(Phrase::removal_agrees, language, {steps});
}

// What stands in backticks is code.
document::Line with_code(std::string_view text) {
  document::Line line;
  bool is_code = false;
  for (const std::string_view part : parts_of(text, '`')) {
    if (!part.empty()) line.add(part, is_code ? document::Look::code : document::Look::plain);
    is_code = !is_code;
  }
  return line;
}

}  // namespace

bool Removal::is_open() const {
  const bool by_policy = policy != Policy::refuses && policy != Policy::unknown;
  return by_policy || tenant == Tenant::differs || tenant == Tenant::beyond;
}

std::vector<Removal> removals_of(const Result& result, const model::Model& model, const decide::Decisions& decisions) {
  std::vector<Removal> removals;
  for (const Result::Line& line : result.refused) removals.push_back({line.answer, Removal::Policy::allows});
  std::set<const ReviewAnswer*> altered;
  for (const Result::Line& line : result.altered) {
    const bool is_new = line.answer->keep && !*line.answer->keep && altered.insert(line.answer).second;
    if (is_new) removals.push_back({line.answer, Removal::Policy::allows_otherwise});
  }
  for (const ReviewAnswer* answer : result.gone) {
    if (!answer->keep || *answer->keep) continue;
    Removal removal{answer};
    const auto subject = subject_of(model, answer->permission);
    if (const auto* name = std::get_if<std::string>(&subject)) {
      removal.policy = Removal::Policy::unknown;
      removal.name = *name;
    } else if (is_left_open(model, decisions, std::get<Subject>(subject))) {
      removal.policy = Removal::Policy::leaves_open;
    }
    removals.push_back(std::move(removal));
  }
  return removals;
}

void look_for(std::vector<Removal>& removals, const ReadTenant& tenant, const model::Model& model,
              const decide::Answers& answers, const dingtalk::AdminConfig& config) {
  for (Removal& removal : removals) {
    // What the policy does not refuse, no step of it takes away.
    if (removal.policy != Removal::Policy::refuses) continue;
    const auto subject = subject_of(model, removal.answer->permission);
    look_for(removal, tenant, setting_of(answers, std::get<Subject>(subject)), config);
  }
}

void add_removals(document::Section& section, const std::vector<Removal>& removals, const ReadTenant* tenant,
                  Language language) {
  if (removals.empty()) return;
  const auto say = [&](Phrase phrase) { return std::string(base::text(phrase, language)); };
  if (tenant != nullptr) {
    document::Table read{{say(Phrase::removal_export), say(Phrase::removal_read_on), say(Phrase::file_digest)}, {}};
    read.rows.push_back({tenant->name, tenant->collected.empty() ? say(Phrase::not_stated) : tenant->collected,
                         document::Line().add(tenant->digest, document::Look::code)});
    section.add(std::move(read));
  }
  document::Table table{{say(Phrase::review_to_remove), say(Phrase::decided_by), say(Phrase::decided_on),
                         say(Phrase::removal_policy), say(Phrase::removal_tenant)},
                        {}};
  for (const Removal& removal : removals) {
    const ReviewAnswer& answer = *removal.answer;
    table.rows.push_back({document::Line().add(answer.permission, document::Look::code), answer.by,
                          answer.on ? base::to_string(*answer.on) : "", with_code(in_words(removal, language)),
                          with_code(in_tenant(removal, language))});
  }
  section.add(std::move(table));
  if (tenant == nullptr) section.add(with_code(say(Phrase::removal_how_to_read)));
}

}  // namespace farol::query
