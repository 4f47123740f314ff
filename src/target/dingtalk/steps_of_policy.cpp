#include "target/dingtalk/steps_of_policy.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/phrases.h"
#include "model/digest.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using Steps = StepsDocument;

constexpr std::array steps_read_me = {Phrase::steps_read_me_order, Phrase::steps_read_me_send,
                                      Phrase::steps_read_me_state, Phrase::steps_read_me_places,
                                      Phrase::steps_read_me_ids};

class StepsFiller {
 public:
  StepsFiller(const model::Model& model, const AdminConfig& config, base::Language language)
      : model_(model), config_(config), bindings_(model), language_(language) {}

  Steps run(base::Date as_of, std::string_view version) && {
    for (const Phrase sentence : steps_read_me) document_.read_me.emplace_back(base::text(sentence, language_));
    document_.generator.version = version;
    document_.as_of = as_of;
    document_.language = language_;
    document_.policy = {model_.policy.label(base::tag(language_)), std::string(word_of(model_.policy, "account")),
                        std::string(word_of(model_.policy, "edition")), model::digest_of(model_)};
    add_tenant();
    const Requirements& from = config_.requirements;
    document_.requirements = {from.permission_codes, from.sensitive_permission_codes, from.editions, from.requests,
                              from.counted};
    document_.evidence = {text(Phrase::evidence_api), text(Phrase::evidence_console), text(Phrase::evidence_people)};
    for (const NeededId& needed : config_.ids) add_binding(needed);
    for (const Step& step : config_.steps) add_step(step);
    for (const CallInfo& call : all_calls()) {
      if (const auto used = used_.find(call.call); used != used_.end()) add_call(call, used->second);
    }
    return std::move(document_);
  }

 private:
  [[nodiscard]] std::string text(Phrase phrase) const { return std::string(base::text(phrase, language_)); }
  [[nodiscard]] const std::string& in_language(const Texts& texts) const {
    return texts[static_cast<std::size_t>(language_)];
  }
  template <class Id>
  [[nodiscard]] std::vector<std::string> names(const std::vector<Id>& ids) const {
    std::vector<std::string> result;
    for (const Id id : ids) result.push_back(model_[id].name);
    return result;
  }

  void add_tenant() {
    Steps::Tenant& tenant = document_.tenant;
    tenant.region = config_.region;
    tenant.corp = bindings_.text("tenant.corp");
    tenant.hosts.api = {std::string(address_of(Host::api, config_.region)), "header x-acs-dingtalk-access-token"};
    tenant.hosts.oapi = {std::string(address_of(Host::oapi, config_.region)), "query access_token"};
    tenant.limits = {limits::calls_a_second, limits::calls_a_month};
  }

  Steps::RequestOf request_of(const Request& request) {
    const PageSays*& page = used_[request.call];
    if (page == nullptr) page = page_in_place_of_client(request);
    return {std::string(info(request.call).identifier), request.path, request.query, request.body};
  }
  std::optional<Steps::RequestOf> request_of(const std::optional<Request>& request) {
    if (!request) return std::nullopt;
    return request_of(*request);
  }

  // How the id of the thing is found that a key stands for: by what the tenant calls it.
  std::optional<Steps::LookupBy> lookup_of(const std::string& key) {
    const std::size_t dot = key.find('.');
    const std::string kind = key.substr(0, dot);
    const Lookup* lookup = find_lookup(kind == "tenant" ? key : kind);
    if (lookup == nullptr) return std::nullopt;
    const std::string name = key.substr(dot + 1);
    Request about{lookup->call, {}, {}, {}};
    if (kind == "members") about.body.push_back({"role_id", bindings_.number("role." + name)});
    if (kind == "department") about.body.push_back({"dept_id", number(1)});
    return Steps::LookupBy{request_of(read_back(lookup->call, about)), std::string(lookup->items),
                           std::string(lookup->name), lookup->name.empty() ? std::string{} : name_of(kind, name),
                           std::string(lookup->id)};
  }

  // What the tenant calls it.
  [[nodiscard]] std::string name_of(const std::string& kind, const std::string& name) const {
    if (kind == "tenant") return model_.policy.title.text.empty() ? "Farol" : model_.policy.title.text;
    if (kind == "role") {
      const auto role = model_.find_role(name);
      return role ? model_[*role].label({}) : name;
    }
    const auto object = model_.find_object(name);
    return object ? model_[*object].label({}) : name;
  }

  void add_binding(const NeededId& needed) {
    document_.bindings.push_back({needed.key,
                                  in_language(needed.title),
                                  {needed.ids, needed.is_list},
                                  needed.bind,
                                  needed.lookup,
                                  std::nullopt});
    // A role that is a department there is found among these.
    const IdKind* kind = find_id_kind(needed.key);
    if (kind != nullptr && kind->lookup == needed.lookup) document_.bindings.back().lookup = lookup_of(needed.key);
  }

  // `page` has what the vendor's client lacks for one of the requests.
  void add_call(const CallInfo& call, const PageSays* page) {
    Steps::CallOf made;
    made.name = call.identifier;
    made.method = call.method;
    made.host = call.host;
    made.path = call.path;
    made.permission_code = call.permission_code;
    made.only_reads = call.effect == CallEffect::read;
    made.documented = call.tier == Tier::A;
    made.counted = call.counted;
    made.reply = call.reply;
    for (const Sign& sign : signs_of(call.call)) made.signs.push_back({std::string(sign.pointer), sign.must_be_zero});
    made.shown_at = shown_at(call.call);
    for (const TenantField& shown : all_fields()) {
      if (shown.read != call.call || !shown.set_by || !used_.contains(*shown.set_by)) continue;
      made.shows.push_back({std::string(shown.shown), std::string(info(*shown.set_by).identifier),
                            std::string(shown.wanted), shown.match});
    }
    if (page == nullptr) made.client = {std::string(call.package()), std::string(call.function())};
    made.source = address_of_page(call);
    if (page != nullptr) made.page_says = {*base::parse_date(page->day), std::string(page->sentence)};
    document_.calls.push_back(std::move(made));
  }

  // Which id the reply to a request gives to which binding.
  static std::optional<Steps::ProducedBy> produced_by(const Step& step) {
    const Produced* produced = find_produced(step.request->call);
    if (produced == nullptr) return std::nullopt;
    return Steps::ProducedBy{step.makes.empty() ? std::string(produced->kind) : step.makes,
                             std::string(produced->pointer)};
  }

  void add_step(const Step& step) {
    Steps::Step& added = document_.steps.emplace_back();
    added.id = step.id;
    added.target = step.target;
    added.kind = step.kind;
    added.after = step.after;
    added.title = in_language(step.title);
    added.value = in_language(step.value);
    added.note = in_language(step.note);
    for (const model::RuleId rule : step.rules) added.why.push_back(model_[rule].reference());
    added.features = names(step.features);
    added.controls = names(step.controls);
    if (step.kind == StepKind::api && step.request) {
      Steps::ApiPart& api = added.api.emplace(Steps::ApiPart{});
      api.request = request_of(*step.request);
      api.for_each = step.for_each;
      api.only_reads = step.only_reads;
      api.produces = produced_by(step);
      api.check = request_of(step.check);
      api.undo_request = request_of(step.undo_request);
    } else if (step.kind == StepKind::console) {
      using Confidence = PermissionsDocument::Confidence;
      added.console = {step.menu, step.menu_documented ? Confidence::documented : Confidence::low, step.setting,
                       step.source};
    }
    added.verify = in_language(step.verify);
    added.undo = in_language(step.undo);
    added.edition = step.edition;
  }

  const model::Model& model_;
  const AdminConfig& config_;
  const Bindings bindings_;
  base::Language language_;
  std::map<Call, const PageSays*> used_;  // each with the page on which what the client lacks of it rests
  Steps document_;
};

}  // namespace

StepsDocument steps_of(const model::Model& model, const decide::Decisions& decisions, const AdminConfig& config,
                       base::Language language, std::string_view version) {
  return StepsFiller{model, config, language}.run(decisions.as_of, version);
}

}  // namespace farol::dingtalk
