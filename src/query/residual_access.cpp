#include "query/residual_access.h"

#include <algorithm>

#include "decide/permission_json.h"
#include "document/words.h"
#include "query/answers.h"
#include "query/rule_json.h"

namespace farol::query {
namespace {

using base::Phrase;
using document::Words;
using model::Model;

const model::Entity* find_store(const Model& model, const std::string& name) {
  const auto found = std::find_if(model.entities.begin(), model.entities.end(), [&](const model::Entity& entity) {
    return entity.kind == "store" && entity.name == name;
  });
  return found == model.entities.end() ? nullptr : &*found;
}

bool administers(const model::Feature& feature) {
  const model::Attribute* attribute = feature.find("class");
  return feature.privileged && attribute != nullptr && !attribute->values.empty() &&
         attribute->values.front() == model::Value{model::Word{"administer"}};
}

// The first value of an attribute as its word, or nothing.
std::string word_of(const model::Entity& entity, std::string_view key) {
  const model::Attribute* attribute = entity.find(key);
  if (attribute == nullptr || attribute->values.empty()) return {};
  const auto* word = std::get_if<model::Word>(&attribute->values.front());
  return word == nullptr ? std::string{} : word->text;
}

std::optional<bool> flag_of(const model::Entity& entity, std::string_view key) {
  const model::Attribute* attribute = entity.find(key);
  if (attribute == nullptr || attribute->values.empty()) return std::nullopt;
  const auto* flag = std::get_if<bool>(&attribute->values.front());
  return flag == nullptr ? std::nullopt : std::optional{*flag};
}

std::string administrator_in_words(const Administrator& each, const Model& model, const Words& words) {
  const std::string role = words.name_of(each.role);
  std::vector<std::string> features;
  for (const model::FeatureId feature : each.features) features.push_back(words.title(model[feature]));
  if (features.empty()) return role;
  return words(Phrase::name_in_brackets, {role, words.list(features)});
}

std::string custody_in_words(const Custody& custody, const Words& words) {
  const std::string data = words.name_of(custody.object);
  if (custody.store == nullptr) return words(Phrase::beyond_no_store, {data});
  const std::string store = words.title(*custody.store);
  const auto encrypted = flag_of(*custody.store, "encryption");
  if (encrypted && !*encrypted) return words(Phrase::beyond_store_plain, {data, store});
  const auto holder = base::find_phrase("key_holder_" + word_of(*custody.store, "key_holder"));
  if (!encrypted || !holder) return words(Phrase::beyond_store_unstated, {data, store});
  return words(Phrase::beyond_store_key, {data, store, words.text(*holder)});
}

}  // namespace

ResidualAccess residual_access(const Model& model, const decide::Answers& answers,
                               const std::vector<model::ObjectId>& objects) {
  ResidualAccess residual;
  for (const model::RoleId role : decide::all_roles(model)) {
    Administrator administrator{role, role != model.nobody() && model[role].admin, {}};
    for (std::size_t i = 0; i < model.features.size(); ++i) {
      const model::FeatureId feature{i};
      if (administers(model[feature]) && allows(answers, role, feature)) administrator.features.push_back(feature);
    }
    if (administrator.admin || !administrator.features.empty())
      residual.administrators.push_back(std::move(administrator));
  }
  for (const model::ObjectId id : objects) {
    const model::Object& object = model[id];
    if (object.kind != model::ActsOn::data && object.kind != model::ActsOn::tier) continue;
    const model::Attribute* stores = object.find("store");
    const std::size_t before = residual.custody.size();
    for (std::size_t i = 0; stores != nullptr && i < stores->values.size(); ++i) {
      const auto* reference = std::get_if<model::Reference>(&stores->values[i]);
      const model::Entity* store = reference == nullptr ? nullptr : find_store(model, reference->name);
      if (store != nullptr) residual.custody.push_back({id, store});
    }
    if (residual.custody.size() == before) residual.custody.push_back({id, nullptr});
  }
  return residual;
}

document::Document residual_document(const ResidualAccess& residual, const Model& model, base::Language language) {
  const Words words{model, language};
  document::List list;
  if (residual.administrators.empty()) list.items.push_back({words.text(Phrase::beyond_no_admins)});
  std::vector<std::string> administrators;
  for (const Administrator& each : residual.administrators)
    administrators.push_back(administrator_in_words(each, model, words));
  if (!administrators.empty())
    list.items.push_back({words(Phrase::beyond_admins, {words.join(administrators, Phrase::list_semicolon)})});
  for (const Custody& custody : residual.custody) list.items.push_back({custody_in_words(custody, words)});
  document::Document document;
  document.language = language;
  document.add_section(words.text(Phrase::and_beyond)).add(std::move(list));
  return document;
}

void write_members(base::JsonWriter& json, const ResidualAccess& residual, const Model& model) {
  json.key("administrators").begin_array();
  for (const Administrator& each : residual.administrators) {
    json.begin_object();
    write_role(json.key("role"), model, each.role);
    json.key("admin").boolean(each.admin);
    json.key("features").begin_array(base::JsonWriter::Layout::line);
    for (const model::FeatureId feature : each.features) json.string(model[feature].name);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("custody").begin_array();
  for (const Custody& each : residual.custody) {
    json.begin_object();
    json.key("data").string(decide::name_in_documents(model, each.object));
    if (each.store == nullptr) {
      json.key("store").null();
    } else {
      const std::string holder = word_of(*each.store, "key_holder");
      const auto encrypted = flag_of(*each.store, "encryption");
      json.key("store").string(each.store->name);
      json.key("encryption");
      encrypted ? json.boolean(*encrypted) : json.null();
      json.key("key_holder");
      holder.empty() ? json.null() : json.string(holder);
    }
    json.end_object();
  }
  json.end_array();
}

}  // namespace farol::query
