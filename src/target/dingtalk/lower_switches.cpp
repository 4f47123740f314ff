// Switches of one group, one attendance group or one scheduled meeting: on or off for all who are in it. One request
// for each thing that the policy names, with all of its switches. And trusted devices, one request for each.
#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

// Returns what an option says to refuse, or its opposite. `disable|enable` has both.
Value value_of(const ConfigBuilder& builder, const Option& option, bool refuses) {
  if (const std::size_t bar = option.value.find('|'); bar != std::string::npos)
    return text(refuses ? option.value.substr(0, bar) : option.value.substr(bar + 1));
  if (option.value == "true" || option.value == "false") return boolean((option.value == "true") == refuses);
  if (option.value == "0" || option.value == "1") return number((option.value == "1") == refuses ? 1 : 0);
  return builder.bindings.text(option.value.substr(1));  // `$tenant.corp`
}

// The switches of one thing.
struct Options {
  Value::Object values;
  std::vector<Texts> closed, open;  // titles of features
  std::vector<FeatureId> features;
  std::vector<Wanted> besides;  // what is no switch
};

void add_feature(ConfigBuilder& builder, FeatureId feature, bool everybody, Options& options) {
  const auto& words = builder.enforcement(feature).options;
  options.features.push_back(feature);
  (everybody ? options.open : options.closed).push_back(label(builder.model[feature]));
  if (everybody) {
    // The last option is the switch; the options before it are only needed to refuse.
    if (!words.empty() && !words.back().value.starts_with("$"))
      set(options.values, words.back().key, value_of(builder, words.back(), false));
    return;
  }
  for (const Option& option : words) set(options.values, option.key, value_of(builder, option, true));
}

Texts value_texts(const Options& options) {
  std::vector<Texts> parts;
  if (!options.closed.empty())
    parts.push_back(texts(Phrase::pair, {list(options.closed), texts(Phrase::step_off_for_all)}));
  if (!options.open.empty()) parts.push_back(texts(Phrase::pair, {list(options.open), texts(Phrase::step_on_for_all)}));
  return lines(parts);
}

// The same as data: each switch is within the scope of the thing that the step is about.
std::vector<Wanted> wanted_in(const Options& options) {
  std::vector<Wanted> wanted;
  if (!options.closed.empty())
    wanted.push_back({Wanted::Whom::everybody, {}, {}, texts(Phrase::step_off), list(options.closed)});
  if (!options.open.empty())
    wanted.push_back({Wanted::Whom::everybody, {}, {}, texts(Phrase::step_on), list(options.open)});
  wanted.insert(wanted.end(), options.besides.begin(), options.besides.end());
  return wanted;
}

Setting setting_for(ConfigBuilder& builder, FeatureId feature, ObjectId object, std::vector<StepIndex> steps) {
  Setting setting;
  setting.keeper = builder.enforcement(feature).kept_by;
  const auto& allowed = builder.allowed(feature, object);
  if (builder.is_everybody(allowed)) setting.on = allowed;
  setting.steps = std::move(steps);
  return setting;
}

// Returns true if a switch is off for everybody though the policy allows it to some.
bool closes_to_some(ConfigBuilder& builder, const Options& options, ObjectId object) {
  return std::any_of(options.features.begin(), options.features.end(), [&](FeatureId feature) {
    const ObjectId about =
        builder.model[feature].acts_on == model::ActsOn::nothing ? builder.objects_of(feature).front() : object;
    const auto& allowed = builder.allowed(feature, about);
    return !allowed.empty() && !builder.is_everybody(allowed);
  });
}

// The step that sets the switches of one thing.
Step option_step(ConfigBuilder& builder, const std::string& target, Request request, const Texts& title,
                 const Texts& value, const Options& options, ObjectId about) {
  Step step = request_step(target, std::move(request), title, value);
  step.wanted = wanted_in(options);
  if (closes_to_some(builder, options, about)) step.note = lines({step.note, texts(Phrase::step_closed_to_all)});
  return step;
}

// The features that have a setting for an object.
std::vector<FeatureId> set_on(const ConfigBuilder& builder, std::vector<FeatureId> features, ObjectId object) {
  std::erase_if(features, [&](FeatureId feature) { return !builder.has_to_set(feature, object); });
  return features;
}

void leave_others_to_owners(ConfigBuilder& builder, const std::vector<FeatureId>& features,
                            const std::vector<ObjectId>& others, Phrase note) {
  for (const FeatureId feature : features) {
    std::vector<ObjectId> some = others;
    std::erase_if(some, [&](ObjectId object) { return !builder.has_to_set(feature, object); });
    leave_to_owners(builder, feature, some, note);
  }
}

}  // namespace

void lower_groups(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  std::vector<ObjectId> others;
  for (const ObjectId group : builder.objects_of(features)) {
    // The request is for groups that the app which sends it has made from its template.
    const model::Attribute* made = builder.model[group].find("made_by_app");
    const bool is_reached = made != nullptr && std::get<bool>(made->values.front());
    if (builder.model[group].other || !is_reached) {
      others.push_back(group);
      continue;
    }
    const std::string& name = builder.model[group].name;
    Options options;
    const std::vector<FeatureId> here = set_on(builder, features, group);
    for (const FeatureId feature : here)
      add_feature(builder, feature, builder.is_everybody(builder.allowed(feature, group)), options);
    Request request = with_body(Call::group_update, {{"open_conversation_id", builder.bindings.text("group." + name)},
                                                     {"management_options", object(options.values)}});
    const StepIndex index =
        builder.add_request(option_step(builder, "group " + name, std::move(request), label(builder.model, group),
                                        value_texts(options), options, group));
    for (const FeatureId feature : here) builder.set(feature, group, setting_for(builder, feature, group, {index}));
  }
  leave_others_to_owners(builder, features, others, Phrase::step_group_note);
}

namespace {

// One attendance group: the places that are bound to the same id.
struct AttendanceGroup {
  std::vector<ObjectId> places;
  Value id;
};

std::vector<AttendanceGroup> attendance_groups(const ConfigBuilder& builder) {
  std::map<std::string, AttendanceGroup> by_id;
  for (const ObjectId place : builder.model.objects_of(model::ActsOn::place)) {
    if (builder.model[place].other) continue;
    const std::string key = "place." + builder.model[place].name;
    const std::string id = builder.bindings.is_bound(key) ? builder.bindings.ids(key).front() : key;
    AttendanceGroup& group = by_id[id];
    group.places.push_back(place);
    group.id = builder.bindings.number(key);
  }
  std::vector<AttendanceGroup> groups;
  for (auto& [id, group] : by_id) groups.push_back(std::move(group));
  return groups;
}

// Returns the places where people may check in, as far as the policy says where they are.
Value::List positions_of(ConfigBuilder& builder, const AttendanceGroup& group, FeatureId feature) {
  Value::List positions;
  for (const ObjectId place : group.places) {
    const model::Object& declared = builder.model[place];
    if (builder.allowed(feature, place).empty()) continue;
    const std::string_view latitude = word_of(declared, "latitude");
    const std::string_view longitude = word_of(declared, "longitude");
    if (latitude.empty() || longitude.empty()) continue;
    const std::string& title = declared.title.text.empty() ? declared.name : declared.title.text;
    std::string_view address = word_of(declared, "address");
    Value::Object position{{"title", text(title)},
                           {"address", text(std::string(address.empty() ? std::string_view{title} : address))},
                           {"latitude", text(std::string(latitude))},
                           {"longitude", text(std::string(longitude))}};
    const std::string_view radius = word_of(declared, "radius");
    std::int64_t metres = 0;
    if (std::from_chars(radius.data(), radius.data() + radius.size(), metres).ptr == radius.data() + radius.size() &&
        metres > 0)
      position.push_back({"offset", number(metres)});
    positions.push_back(object(std::move(position)));
  }
  return positions;
}

// The request reaches the groups that the policy names; that there is no other one is for a person to see.
StepIndex add_no_other_group(ConfigBuilder& builder, const std::vector<ObjectId>& places) {
  Enforcement by_hand;
  by_hand.menu = "工作台 > 考勤打卡 > 考勤组";
  by_hand.setting = "考勤组";
  Step step =
      console_step("attendance groups", by_hand, texts(Phrase::step_attendance_all, {labels(builder.model, places)}),
                   labels(builder.model, places));
  return builder.add(Phase::console, std::move(step));
}

// The step that sets the switches and places of one attendance group; nullopt if there is nothing to set.
std::optional<StepIndex> add_attendance_step(ConfigBuilder& builder, const AttendanceGroup& group,
                                             const std::vector<FeatureId>& switches,
                                             const std::vector<FeatureId>& check_ins) {
  Options options;
  for (const FeatureId feature : switches)
    add_feature(builder, feature, builder.is_everybody(builder.allowed(feature, builder.objects_of(feature).front())),
                options);
  for (const FeatureId feature : check_ins) {
    Value::List positions = positions_of(builder, group, feature);
    if (!positions.empty()) set(options.values, "positions", list(std::move(positions)));
  }
  if (options.values.empty()) return std::nullopt;
  set(options.values, "id", group.id);
  Request request = with_body(Call::attendance_modify, {{"op_user_id", builder.bindings.text("tenant.operator_user")},
                                                        {"top_group", object(options.values)}});
  const Texts places = labels(builder.model, group.places);
  const Texts value = options.features.empty() ? places : lines({value_texts(options), places});
  Step step = option_step(builder, "attendance " + builder.model[group.places.front()].name, std::move(request), places,
                          value, options, group.places.front());
  step.note = lines({step.note, texts(Phrase::step_shift_note)});
  return builder.add_request(std::move(step));
}

}  // namespace

void lower_attendance(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  std::vector<FeatureId> switches, check_ins;
  for (const FeatureId feature : features)
    (builder.enforcement(feature).request == "attendance_option" ? switches : check_ins).push_back(feature);
  std::map<ObjectId, std::vector<StepIndex>> steps_of_place;
  std::vector<StepIndex> all_steps;
  std::vector<ObjectId> all_places;
  for (const AttendanceGroup& group : attendance_groups(builder)) {
    all_places.insert(all_places.end(), group.places.begin(), group.places.end());
    const auto step = add_attendance_step(builder, group, switches, check_ins);
    if (!step) continue;
    all_steps.push_back(*step);
    for (const ObjectId place : group.places) steps_of_place[place].push_back(*step);
  }
  for (const FeatureId feature : switches) {
    const ObjectId object = builder.objects_of(feature).front();
    if (all_places.empty()) {
      leave_to_owners(builder, feature, {object});
      continue;
    }
    std::vector<StepIndex> steps = all_steps;
    steps.push_back(add_no_other_group(builder, all_places));
    Setting setting = setting_for(builder, feature, object, std::move(steps));
    // Requests for the groups that are named, and a look by hand that these are all.
    setting.keeper = model::KeptBy::console;
    builder.set(feature, object, setting);
  }
  for (const FeatureId feature : check_ins) {
    for (const ObjectId place : builder.objects_of(feature)) {
      Setting setting = by_hand(builder, feature, {place});
      const auto& requests = steps_of_place[place];
      setting.steps.insert(setting.steps.begin(), requests.begin(), requests.end());
      builder.set(feature, place, setting);
    }
  }
}

namespace {

// The scheduled meeting that a class of data is about: a store of the kind `meeting`.
std::string meeting_of(const ConfigBuilder& builder, ObjectId object) {
  const model::Object& data = builder.model[object];
  if (data.kind != model::ActsOn::data) return {};
  for (const std::string_view name : words_of(data, "store")) {
    for (const model::Entity& entity : builder.model.entities) {
      if (entity.kind != "store" || entity.name != name || word_of(entity, "kind") != "meeting") continue;
      const std::string_view on = word_of(entity, "on");
      if (on.empty() || on == "dingtalk") return std::string(name);
    }
  }
  return {};
}

Setting somebody_always_owns() {
  Setting setting;
  setting.missing = Reason::nothing;
  return setting;
}

// One scheduled meeting. Several classes of data may be about it: a switch is open only where all of them are.
class Meeting {
 public:
  Meeting(ConfigBuilder& builder, const std::string& store, const std::vector<ObjectId>& objects,
          const std::vector<FeatureId>& features)
      : builder_(builder), store_(store), objects_(objects) {
    for (const FeatureId feature : features)
      (builder.enforcement(feature).request == "meeting_owner" ? owners_ : switches_).push_back(feature);
  }

  void lower() {
    Options options;
    std::vector<Texts> value;
    for (const FeatureId feature : switches_) add_feature(builder_, feature, is_open(feature), options);
    if (!switches_.empty()) value.push_back(value_texts(options));
    for (const FeatureId feature : owners_) add_owner(feature, options, value);
    if (value.empty()) {
      for (const FeatureId feature : owners_) builder_.set(feature, objects_, somebody_always_owns());
      return;
    }
    Step step = option_step(builder_, "meeting " + store_, request(options), labels(builder_.model, objects_),
                            lines(value), options, objects_.front());
    step.note = lines({step.note, texts(Phrase::step_meeting_note)});
    const StepIndex index = builder_.add_request(std::move(step));
    for (const ObjectId about : objects_) {
      for (const FeatureId feature : switches_) {
        Setting setting = setting_for(builder_, feature, about, {index});
        if (!is_open(feature)) setting.on.clear();
        builder_.set(feature, about, setting);
      }
      for (const FeatureId feature : owners_) {
        Setting setting = setting_for(builder_, feature, about, {index});
        setting.on = builder_.allowed(feature, about);
        if (builder_.allowed(feature, objects_.front()).empty()) setting.missing = somebody_always_owns().missing;
        builder_.set(feature, about, setting);
      }
    }
  }

 private:
  [[nodiscard]] bool is_open(FeatureId feature) const {
    return std::all_of(objects_.begin(), objects_.end(),
                       [&](ObjectId object) { return builder_.is_everybody(builder_.allowed(feature, object)); });
  }

  void add_owner(FeatureId feature, Options& options, std::vector<Texts>& value) const {
    const auto& allowed = builder_.allowed(feature, objects_.front());
    const auto& words = builder_.enforcement(feature).options;
    if (allowed.empty() || words.empty()) return;
    set(options.values, words.front().key, builder_.bindings.text("tenant.recording_owner"));
    options.besides.push_back(wanted_by(allowed, {}, {}, label(builder_.model[feature])));
    value.push_back(texts(Phrase::pair, {label(builder_.model[feature]),
                                         texts(Phrase::step_one_person, {labels(builder_.model, allowed)})}));
  }

  // With nothing to set, the request reads what is set.
  [[nodiscard]] Request request(const Options& options) const {
    const Value id = builder_.bindings.text("store." + store_);
    Request request = with_body(Call::meeting_update, {{"creatorUnionId", builder_.bindings.text("creator." + store_)},
                                                       {"scheduleConferenceId", id},
                                                       {"scheduleConfSettingModel", object(options.values)}});
    return options.values.empty() ? read_back(Call::meeting_read, request) : request;
  }

  ConfigBuilder& builder_;
  const std::string& store_;
  const std::vector<ObjectId>& objects_;
  std::vector<FeatureId> switches_, owners_;
};

}  // namespace

void lower_meetings(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  std::map<std::string, std::vector<ObjectId>> by_meeting;
  std::vector<ObjectId> others;
  for (const ObjectId object : builder.objects_of(features)) {
    const std::string store = meeting_of(builder, object);
    (store.empty() ? others : by_meeting[store]).push_back(object);
  }
  for (const auto& [store, objects] : by_meeting) {
    // What is said of some data of a meeting only is no switch of the meeting.
    std::vector<FeatureId> common = features;
    for (const FeatureId feature : features) {
      std::vector<ObjectId> said = objects;
      std::erase_if(said, [&](ObjectId object) { return !builder.has_to_set(feature, object); });
      if (said.size() == objects.size()) continue;
      std::erase(common, feature);
      leave_to_owners(builder, feature, said);
    }
    if (!common.empty()) Meeting{builder, store, objects, common}.lower();
  }
  // A sentence about all meetings is no request for each.
  leave_others_to_owners(builder, features, others, Phrase::step_owners_note);
}

void lower_devices(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  for (const FeatureId feature : features) {
    const ObjectId object = builder.objects_of(feature).front();
    Setting setting = by_hand(builder, feature, {object});
    if (setting.missing) {
      builder.set(feature, object, setting);
      continue;
    }
    std::vector<StepIndex> registers;
    for (const auto& [list_key, platform] :
         {std::pair{"tenant.devices_mac", "Mac"}, std::pair{"tenant.devices_win", "Win"}}) {
      // Registered for everybody's use: the policy knows devices, not whose they are.
      Request request = with_body(Call::device_trust, {{"macAddress", {Unbound{list_key}}},
                                                       {"platform", text(platform)},
                                                       {"status", number(2)},
                                                       {"title", text("farol")},
                                                       {"userId", text("0")}});
      Step step =
          request_step("devices " + std::string(platform), std::move(request),
                       texts(Phrase::pair, {label(builder.model[feature]), texts(Phrase::id_devices)}), same(platform));
      step.for_each = list_key;
      step.edition = builder.enforcement(feature).edition;
      registers.push_back(builder.add_request(std::move(step)));
    }
    for (const StepIndex enforced : setting.steps)
      builder[enforced].after.insert(builder[enforced].after.end(), registers.begin(), registers.end());
    setting.steps.insert(setting.steps.begin(), registers.begin(), registers.end());
    builder.set(feature, object, setting);
  }
}

}  // namespace farol::dingtalk
