// Permissions of folders and knowledge bases: one node of the platform for a class of data. A node has one of four
// roles for each member, and each role has what the ones below it have.
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

constexpr std::array<std::string_view, 4> file_roles = {"READER", "DOWNLOADER", "EDITOR", "MANAGER"};
constexpr std::size_t editor = 3;  // the highest that everybody can have

// 1 to 4; 0 is no role.
std::size_t rank_of(const Enforcement& enforcement) {
  const std::string_view name = enforcement.options.empty() ? std::string_view{} : enforcement.options.front().key;
  const auto found = std::find(file_roles.begin(), file_roles.end(), name);
  return found == file_roles.end() ? 0 : static_cast<std::size_t>(found - file_roles.begin()) + 1;
}

struct Levels {
  std::vector<std::size_t> by_role;   // whoever holds no role last
  std::vector<std::size_t> by_known;  // of the people who are known to hold several roles
  bool operator==(const Levels&) const = default;
  bool operator<(const Levels& other) const {
    return std::tie(by_role, by_known) < std::tie(other.by_role, other.by_known);
  }
};

// A folder or knowledge base, by the key of its id.
struct FileNode {
  std::string key;
  std::vector<ObjectId> objects;
  Levels levels;
};

class Files {
 public:
  Files(ConfigBuilder& builder, const std::vector<FeatureId>& features, bool is_folder)
      : builder_(builder), model_(builder.model), is_folder_(is_folder), features_(features) {}

  void run() {
    std::map<std::string, std::vector<ObjectId>> by_store;
    for (const ObjectId object : builder_.objects_of(features_)) place(object, by_store);
    for (const auto& [key, objects] : by_store) add_nodes(key, objects);
    for (const FileNode& node : nodes_) lower(node);
  }

 private:
  // Adds an object to the store that has its data; if no request reaches the data, sets what is said of them.
  void place(ObjectId object, std::map<std::string, std::vector<ObjectId>>& by_store) {
    const model::Object& data = model_[object];
    if (!says_who_opens(object)) {
      leave_to_owners(object);
      return;
    }
    if (builder_.bindings.is_bound("data." + data.name) && data.kind == model::ActsOn::data) {
      if (has_own_node(object)) {
        by_store["data." + data.name].push_back(object);
      } else {
        leave_to_owners(object);
      }
      return;
    }
    const auto stores = data.kind == model::ActsOn::data ? words_of(data, "store") : std::vector<std::string_view>{};
    bool on_platform = false;
    bool is_placed = false;
    for (const std::string_view name : stores) {
      const model::Entity* store = store_on_platform(name);
      if (store == nullptr) continue;
      on_platform = true;
      if (!fits(*store)) continue;
      is_placed = true;
      by_store["store." + std::string(name)].push_back(object);
    }
    if (is_placed) return;
    if (!stores.empty() && !on_platform) {
      Setting elsewhere;
      elsewhere.missing = Reason::elsewhere;
      for (const FeatureId feature : features_) {
        if (builder_.has_to_set(feature, object)) builder_.set(feature, object, elsewhere);
      }
      return;
    }
    leave_to_owners(object);
  }

  void leave_to_owners(ObjectId object) {
    for (const FeatureId feature : features_) {
      if (builder_.has_to_set(feature, object)) dingtalk::leave_to_owners(builder_, feature, {object});
    }
  }

  // A list of members says who opens the node, too: there is none for a policy that leaves this open.
  [[nodiscard]] bool says_who_opens(ObjectId object) const {
    return std::any_of(features_.begin(), features_.end(), [&](FeatureId feature) {
      return rank_of(builder_.enforcement(feature)) == 1 && builder_.has_to_set(feature, object);
    });
  }

  [[nodiscard]] const model::Entity* store_on_platform(std::string_view name) const {
    const auto entity = std::find_if(model_.entities.begin(), model_.entities.end(), [&](const model::Entity& each) {
      return each.kind == "store" && each.name == name;
    });
    if (entity == model_.entities.end()) return nullptr;
    const std::string_view on = word_of(*entity, "on");
    return on.empty() || on == "dingtalk" ? &*entity : nullptr;
  }

  [[nodiscard]] bool fits(const model::Entity& store) const {
    const std::string_view kind = word_of(store, "kind");
    return is_folder_ ? kind.empty() || kind == "folder" : kind == "space" || kind == "document";
  }

  // A node of its own is of one kind: that of the first store of its data, or else a folder.
  [[nodiscard]] bool has_own_node(ObjectId object) const {
    for (const std::string_view name : words_of(model_[object], "store")) {
      if (const model::Entity* store = store_on_platform(name)) return fits(*store);
    }
    return is_folder_;
  }

  // Data with different permissions in one store need a folder each.
  void add_nodes(const std::string& key, const std::vector<ObjectId>& objects) {
    std::vector<Levels> levels;
    for (const ObjectId object : objects) levels.push_back(levels_of(object));
    const bool equal =
        std::all_of(levels.begin(), levels.end(), [&](const Levels& each) { return each == levels.front(); });
    if (equal) {
      nodes_.push_back({key, objects, levels.front()});
      return;
    }
    for (std::size_t i = 0; i < objects.size(); ++i) {
      if (!has_own_node(objects[i])) {
        leave_to_owners(objects[i]);
        continue;
      }
      const std::string own = "data." + model_[objects[i]].name;
      const auto known =
          std::find_if(nodes_.begin(), nodes_.end(), [&](const FileNode& node) { return node.key == own; });
      if (known == nodes_.end()) nodes_.push_back({own, {objects[i]}, levels[i]});
    }
  }

  // The highest role that gives nothing that the policy does not allow.
  [[nodiscard]] Levels levels_of(ObjectId object) {
    Levels levels;
    for (std::size_t i = 0; i <= model_.roles.size(); ++i) levels.by_role.push_back(level_of(RoleId{i}, object));
    for (const ConfigBuilder::Known& known : builder_.known()) {
      levels.by_known.push_back(level_of(*known.together, object));
      // A higher level would give with it what the policy does not allow them.
      for (const FeatureId feature : features_) {
        if (rank_of(builder_.enforcement(feature)) > levels.by_known.back() && builder_.has_to_set(feature, object) &&
            builder_.is_allowed(*known.together, feature, object))
          builder_.keep_from(*known.together, feature, object);
      }
    }
    // People with a role also have what everybody has.
    const std::size_t least = *std::min_element(levels.by_role.begin(), levels.by_role.end());
    levels.by_role.back() = std::min(least, editor);
    return levels;
  }

  // Of a role, or of people with several.
  template <class Who>
  [[nodiscard]] std::size_t level_of(const Who& who, ObjectId object) {
    std::size_t level = 0;
    for (std::size_t rank = 1; rank <= file_roles.size(); ++rank) {
      bool is_stated = false;
      bool is_refused = false;
      for (const FeatureId feature : features_) {
        if (rank_of(builder_.enforcement(feature)) != rank || !builder_.has_to_set(feature, object)) continue;
        is_stated = true;
        is_refused = is_refused || !builder_.is_allowed(who, feature, object);
      }
      if (is_refused) break;
      if (is_stated) level = rank;
    }
    return level;
  }

  // Somebody is a member once, with the level that the policy decides for all of their roles together.
  [[nodiscard]] Apart apart_at(const FileNode& node, std::size_t level) const {
    Apart apart;
    const auto& known = builder_.known();
    for (std::size_t i = 0; i < known.size(); ++i) {
      const auto& held = known[i].together->held;
      const bool here = std::any_of(held.begin(), held.end(),
                                    [&](RoleId role) { return node.levels.by_role[role.index()] == level; });
      if (here && node.levels.by_known[i] != level) apart.out.push_back(known[i].id);
      if (!here && node.levels.by_known[i] == level) apart.in.push_back(known[i].id);
    }
    return apart;
  }

  void lower(const FileNode& node) {
    std::vector<StepIndex> steps;
    std::vector<StepIndex> first;
    // The root of a knowledge base inherits nothing.
    if (is_folder_) {
      first.push_back(add_break(node));
      steps.push_back(first.front());
    }
    for (std::size_t level = 1; level <= file_roles.size(); ++level) add_grants(node, level, first, steps);
    for (const FeatureId feature : features_) {
      const std::size_t rank = rank_of(builder_.enforcement(feature));
      Setting setting = by_request(builder_, feature, {});
      setting.if_off = Reason::implied;
      for (std::size_t i = 0; i < node.levels.by_role.size(); ++i) {
        if (node.levels.by_role[i] >= rank) setting.on.emplace_back(i);
      }
      setting.steps = steps;
      // There is nothing to send to a knowledge base that nobody may open: its list of members is looked at.
      if (steps.empty()) setting.steps.push_back(add_look(node));
      std::vector<ObjectId> objects = node.objects;
      std::erase_if(objects, [&](ObjectId object) { return !builder_.has_to_set(feature, object); });
      builder_.set(feature, objects, setting);
    }
  }

  [[nodiscard]] Request request(const FileNode& node, Call call, Value::Object body) const {
    return {call,
            {{"dentryUuid", builder_.bindings.text(node.key)}},
            {{"unionId", builder_.bindings.text("tenant.operator")}},
            std::move(body)};
  }

  StepIndex add_break(const FileNode& node) {
    const auto inherit = [&](std::string_view how) {
      return request(node, Call::file_inherit, {{"inheritance", text(std::string(how))}});
    };
    Step step = request_step("files " + node.key + " inheritance", inherit("BREAK"),
                             texts(Phrase::step_break, {labels(model_, node.objects)}), same("BREAK"));
    step.about = labels(model_, node.objects);
    step.undo_request = inherit("PASS_ON");
    return builder_.add_request(std::move(step));
  }

  StepIndex add_look(const FileNode& node) {
    Step step =
        request_step("files " + node.key + " nobody", read_back(Call::file_list, request(node, Call::file_list, {})),
                     texts(Phrase::step_grant, {labels(model_, node.objects), texts(Phrase::step_nobody)}),
                     texts(Phrase::step_nobody));
    step.about = labels(model_, node.objects);
    step.wanted = wanted_of(builder_, {});
    return builder_.add_request(std::move(step));
  }

  void add_grants(const FileNode& node, std::size_t level, const std::vector<StepIndex>& first,
                  std::vector<StepIndex>& steps) {
    std::vector<RoleId> roles;
    for (std::size_t i = 0; i < node.levels.by_role.size(); ++i) {
      if (node.levels.by_role[i] == level) roles.emplace_back(i);
    }
    const Apart apart = apart_at(node, level);
    if (roles.empty() && apart.in.empty()) return;
    const bool everybody = !roles.empty() && roles.back() == model_.nobody();
    const Subjects subjects = subjects_of(builder_, roles, false, apart);
    Value::List members;
    const auto add_member = [&](std::string_view type, Value id) {
      Value::Object member{{"type", text(std::string(type))}, {"id", std::move(id)}};
      if (type == "DEPT") member.push_back({"corpId", builder_.bindings.text("tenant.corp")});
      members.push_back(object(std::move(member)));
    };
    if (everybody) {
      // Named as such: no list is left empty to mean it.
      add_member("ORG", builder_.bindings.text("tenant.corp"));
    }
    for (const Value& id : subjects.departments) add_member("DEPT", as_text(id));
    for (const Value& id : subjects.users) add_member("USER", id);

    const std::string role{file_roles[level - 1]};
    std::vector<Texts> notes;
    if (everybody) notes.push_back(texts(Phrase::step_grant_everybody_note));
    if (subjects.is_snapshot) notes.push_back(texts(Phrase::step_snapshot));
    if (level == file_roles.size()) notes.push_back(texts(Phrase::step_manager_note));
    for (std::size_t from = 0, batch = 1; from < members.size(); from += limits::file_members, ++batch) {
      Value::List some = part(members, from, limits::file_members);
      Step step = request_step(
          "files " + node.key + " " + role,
          request(node, Call::file_grant, {{"roleId", text(role)}, {"members", list(std::move(some))}}),
          texts(Phrase::step_grant, {labels(model_, node.objects), who_is_granted(roles, apart)}), same(role));
      step.note = lines(notes);
      step.about = labels(model_, node.objects);
      step.wanted = {wanted_by(roles, apart.in, same(role))};
      if (everybody) step.wanted.front() = {Wanted::Whom::everybody, {}, {}, same(role), {}};
      steps.push_back(builder_.add_request(std::move(step), first, batch));
    }
  }

  [[nodiscard]] Texts who_is_granted(const std::vector<RoleId>& roles, const Apart& apart) const {
    std::vector<Texts> who;
    if (!roles.empty()) who.push_back(labels(model_, roles));
    for (const std::string& id : apart.in) who.push_back(same(id));
    return list(who);
  }

  // Ids of departments are texts here, though numbers elsewhere.
  static Value as_text(const Value& id) {
    const auto* number = std::get_if<std::int64_t>(&id.data);
    return number == nullptr ? id : text(std::to_string(*number));
  }

  ConfigBuilder& builder_;
  const model::Model& model_;
  bool is_folder_;
  std::vector<FeatureId> features_;
  std::vector<FileNode> nodes_;
};

}  // namespace

void lower_folders(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  Files{builder, features, true}.run();
}
void lower_spaces(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  Files{builder, features, false}.run();
}

}  // namespace farol::dingtalk
