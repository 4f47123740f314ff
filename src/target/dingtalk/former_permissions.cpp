#include "target/dingtalk/former_permissions.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/sorted.h"
#include "model/localized_json.h"
#include "target/dingtalk/document_words.h"
#include "target/dingtalk/value_json.h"

namespace farol::dingtalk {
namespace {

using base::LanguageTexts;
using model::Localized;
using Now = PermissionsDocument;

// What the former form had otherwise. What it had in common with this one is read by the tables of this one.
struct FormerTitle {
  std::string name;
  Localized title;
  std::string doc;
};
struct FormerTier : FormerTitle {};
struct FormerData : FormerTitle {
  std::string tier;
};
struct FormerThing : FormerTitle {
  model::ActsOn kind = model::ActsOn::app;
};
struct FormerFeature : FormerTitle {
  model::ActsOn acts_on = model::ActsOn::nothing;
  bool governed = false;
};
struct FormerValue {
  std::string name;
  Localized title;
};
struct FormerContext : FormerTitle {
  std::vector<FormerValue> values;
};
struct FormerSubject {
  Now::SubjectKind kind = Now::SubjectKind::role;
  std::string name;
};
struct FormerRole : FormerTitle {
  std::vector<std::string> inherits;
  std::vector<FormerSubject> subjects;
  std::string clearance;
  bool admin = false;
};
struct FormerPermission {
  std::string role, feature;
  std::vector<std::string> objects;
  Now::Effect effect = Now::Effect::deny;
  Now::When when;
  std::vector<std::string> controls;
  std::optional<base::Date> expires;
  std::vector<Localized> because;
  std::vector<std::string> rules;
  model::KeptBy kept_by = model::KeptBy::nobody;
};
struct FormerRequest {
  Value::Object path_parameters, query, body;
};
struct FormerApi {
  FormerRequest request;
  bool only_reads = false;
};
struct FormerConsole {
  std::string menu, setting;
};
struct FormerStep {
  std::string id, target;
  StepKind kind = StepKind::people;
  LanguageTexts title, value;
  std::optional<FormerApi> api;
  std::optional<FormerConsole> console;
  LanguageTexts undo;
};
struct FormerUnsupported {
  std::string feature;
  Reason reason = Reason::nothing;
  LanguageTexts why;
};
struct FormerGap {
  std::string check;
  std::vector<std::string> things;
  Localized message;
};
struct FormerLibrary {
  std::string name;
  bool pack = false;
  std::string version;
};
struct FormerPolicy {
  Localized title;
  std::string digest;
  std::vector<FormerLibrary> libraries;
};
struct Former {
  base::Date as_of;
  FormerPolicy policy;
  std::vector<FormerTier> tiers;
  std::vector<FormerData> data;
  std::vector<FormerThing> things;
  std::vector<FormerFeature> features;
  std::vector<FormerContext> contexts;
  std::vector<FormerTitle> controls;
  std::vector<FormerRole> roles;
  std::vector<FormerPermission> permissions;
  std::vector<std::string> ungoverned;
  std::vector<FormerStep> steps;
  std::vector<FormerUnsupported> unsupported;
  std::vector<FormerGap> gaps;
};

constexpr auto former_lines = base::JsonWriter::Layout::lines;
constexpr base::JsonRules former_some{.min_items = 1};
constexpr base::JsonRules former_step_id{.text = &step_id_form};

template <class... Members>
constexpr auto former_object(Members... members) {
  using It = FormerTitle;
  return json_object("", former_lines, field("name", &It::name), field("title", &It::title),
                     field("doc", &It::doc, any_text_or_null), members...);
}
constexpr auto json_fields(const FormerTitle*) { return former_object(); }
constexpr auto json_fields(const FormerTier*) { return former_object(); }
constexpr auto json_fields(const FormerData*) { return former_object(field("tier", &FormerData::tier, or_null)); }
constexpr auto json_fields(const FormerThing*) { return former_object(field("kind", &FormerThing::kind)); }
constexpr auto json_fields(const FormerFeature*) {
  return former_object(field("acts_on", &FormerFeature::acts_on), field("governed", &FormerFeature::governed));
}
constexpr auto json_fields(const FormerValue*) {
  return json_object("", former_lines, field("name", &FormerValue::name), field("title", &FormerValue::title));
}
constexpr auto json_fields(const FormerContext*) {
  return former_object(field("values", &FormerContext::values, former_some));
}
constexpr auto json_fields(const FormerSubject*) {
  return json_object("", former_lines, field("kind", &FormerSubject::kind),
                     field("name", &FormerSubject::name, any_text_or_null));
}
constexpr auto json_fields(const FormerRole*) {
  using It = FormerRole;
  return former_object(field("inherits", &It::inherits), field("subjects", &It::subjects, former_some),
                       field("clearance", &It::clearance, or_null), field("admin", &It::admin));
}
constexpr auto json_fields(const FormerPermission*) {
  using It = FormerPermission;
  return json_object("", former_lines, field("role", &It::role, or_null), field("feature", &It::feature),
                     field("objects", &It::objects), field("effect", &It::effect),
                     field("when", &It::when, former_some), field("controls", &It::controls),
                     field("expires", &It::expires), field("because", &It::because),
                     field("rules", &It::rules, former_some), field("kept_by", &It::kept_by));
}
constexpr auto json_fields(const FormerRequest*) {
  using It = FormerRequest;
  return json_object("", former_lines, field("path_parameters", &It::path_parameters), field("query", &It::query),
                     field("body", &It::body, or_null));
}
constexpr auto json_fields(const FormerApi*) {
  return json_object("", former_lines, field("request", &FormerApi::request),
                     field("only_reads", &FormerApi::only_reads));
}
constexpr auto json_fields(const FormerConsole*) {
  return json_object("", former_lines, field("menu", &FormerConsole::menu, or_null),
                     field("setting", &FormerConsole::setting, or_null));
}
constexpr auto json_fields(const FormerStep*) {
  using It = FormerStep;
  return json_object("", former_lines, field("id", &It::id, former_step_id), field("target", &It::target),
                     field("kind", &It::kind), field("title", &It::title), field("value", &It::value, or_null),
                     base::part("kind", "api", &It::api), base::part("kind", "console", &It::console),
                     field("undo", &It::undo));
}
constexpr auto json_fields(const FormerUnsupported*) {
  using It = FormerUnsupported;
  return json_object("", former_lines, field("feature", &It::feature), field("reason", &It::reason),
                     field("why", &It::why));
}
constexpr auto json_fields(const FormerGap*) {
  using It = FormerGap;
  return json_object("", former_lines, field("check", &It::check), field("things", &It::things),
                     field("message", &It::message, or_null));
}
constexpr auto json_fields(const FormerLibrary*) {
  using It = FormerLibrary;
  return json_object("", former_lines, field("name", &It::name), field("pack", &It::pack),
                     field("version", &It::version, {.text = &base::json_any_text}));
}
constexpr auto json_fields(const FormerPolicy*) {
  using It = FormerPolicy;
  return json_object("", former_lines, field("title", &It::title), field("digest", &It::digest, {.text = &digest_form}),
                     field("libraries", &It::libraries));
}
constexpr auto json_fields(const Former*) {
  using It = Former;
  return json_object(
      "", former_lines, field("as_of", &It::as_of), field("policy", &It::policy), field("tiers", &It::tiers),
      field("data", &It::data), field("things", &It::things), field("features", &It::features),
      field("contexts", &It::contexts), field("controls", &It::controls), field("roles", &It::roles),
      field("permissions", &It::permissions), field("ungoverned", &It::ungoverned), field("steps", &It::steps),
      field("unsupported", &It::unsupported), field("gaps", &It::gaps, {.may_be_absent = true}));
}

class Converter {
 public:
  Converter(const Former& former, base::Language language) : former_(former), language_(language) {}

  PermissionsFile run() && {
    now_.as_of = former_.as_of;
    now_.language = language_;
    now_.policy.title = former_.policy.title.in(base::tag(language_));
    now_.policy.digest = former_.policy.digest;
    for (const FormerLibrary& library : former_.policy.libraries)
      now_.policy.libraries.push_back({library.name, library.pack, library.version});
    add_vocabulary();
    for (const FormerPermission& permission : former_.permissions) add(permission);
    now_.summary.permissions = former_.permissions.size();
    now_.ungoverned = former_.ungoverned;
    add_open_ends();
    StepsDocument steps;
    for (const FormerStep& step : former_.steps) steps.steps.push_back(converted(step));
    return {std::move(now_), std::move(steps)};
  }

 private:
  [[nodiscard]] const std::string& in_language(const LanguageTexts& texts) const {
    return texts[static_cast<std::size_t>(language_)];
  }
  template <class Thing>
  [[nodiscard]] Thing declared(const FormerTitle& from) const {
    Thing thing;
    thing.name = from.name;
    thing.title = from.title.in(base::tag(language_));
    thing.doc = from.doc;
    return thing;
  }

  void add_vocabulary() {
    for (const FormerTier& tier : former_.tiers) now_.tiers.push_back(declared<Now::Tier>(tier));
    for (const FormerData& data : former_.data) now_.data.emplace_back(declared<Now::Data>(data)).tier = data.tier;
    for (const FormerThing& thing : former_.things)
      now_.things.emplace_back(declared<Now::Thing>(thing)).kind = thing.kind;
    for (const FormerFeature& from : former_.features) {
      Now::Feature& feature = now_.features.emplace_back(declared<Now::Feature>(from));
      feature.acts_on = from.acts_on;
      feature.governed = from.governed;
    }
    for (const FormerContext& from : former_.contexts) {
      Now::Context& context = now_.contexts.emplace_back(declared<Now::Context>(from));
      for (const FormerValue& value : from.values)
        context.values.push_back({value.name, value.title.in(base::tag(language_))});
    }
    for (const FormerTitle& control : former_.controls) now_.controls.push_back(declared<Now::Control>(control));
    for (const FormerRole& from : former_.roles) {
      Now::Role& role = now_.roles.emplace_back(declared<Now::Role>(from));
      role.inherits = from.inherits;
      role.clearance = from.clearance;
      role.admin = from.admin;
      for (const FormerSubject& subject : from.subjects) role.subjects.push_back({subject.kind, subject.name});
    }
  }

  void add(const FormerPermission& permission) {
    Now::Decision& decision = now_.decisions.emplace_back();
    decision.rules = permission.rules;
    for (const Localized& because : permission.because) decision.because.push_back(because.in(base::tag(language_)));
    decision.effect = permission.effect;
    decision.when = permission.when;
    decision.controls = permission.controls;
    decision.expires = permission.expires;
    decision.answers.push_back(
        {{{permission.role}}, {permission.feature}, permission.objects, permission.kept_by, std::nullopt, {}});
  }

  void add_open_ends() {
    std::map<Reason, Now::Unsupported> by_reason;
    for (const FormerUnsupported& entry : former_.unsupported) {
      Now::Unsupported& made = by_reason[entry.reason];
      made.reason = entry.reason;
      made.why = in_language(entry.why);
      made.features.push_back(entry.feature);
    }
    for (auto& [reason, entry] : by_reason) {
      base::sort_unique(entry.features);
      now_.unsupported.push_back(std::move(entry));
    }
    for (const FormerGap& from : former_.gaps) {
      Now::Gap& gap = now_.gaps.emplace_back();
      gap.check = from.check;
      gap.things = from.things;
      gap.message = from.message.in(base::tag(language_));
    }
  }

  [[nodiscard]] StepsDocument::Step converted(const FormerStep& from) const {
    StepsDocument::Step step;
    step.id = from.id;
    step.target = from.target;
    step.kind = from.kind;
    step.title = in_language(from.title);
    step.value = in_language(from.value);
    step.undo = in_language(from.undo);
    if (from.api) {
      StepsDocument::ApiPart& api = step.api.emplace(StepsDocument::ApiPart{});
      api.request = {{}, from.api->request.path_parameters, from.api->request.query, from.api->request.body};
      api.only_reads = from.api->only_reads;
    }
    if (from.console) {
      StepsDocument::ConsolePart& console = step.console.emplace(StepsDocument::ConsolePart{});
      console.menu = from.console->menu;
      console.setting = from.console->setting;
    }
    return step;
  }

  const Former& former_;
  base::Language language_;
  Now now_;
};

}  // namespace

std::variant<PermissionsFile, NotPermissions> read_former_permissions(const base::JsonNode& root,
                                                                      base::Language language) {
  Former former;
  JsonReading reading;
  base::read_json(root, former, reading);
  if (!reading.problems().empty()) return NotPermissions{reading.problems()};
  return Converter{former, language}.run();
}

}  // namespace farol::dingtalk
