#include "points_of_policy.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/csv.h"
#include "base/file_system.h"
#include "base/ids.h"
#include "decide/explain.h"
#include "driver/driver.h"
#include "driver/people.h"

namespace warehouse {

namespace {

using namespace farol;
using base::CsvWriter;
using model::ContextId;
using model::FeatureId;
using model::ObjectId;
using model::RoleId;

using Point = std::map<ContextId, std::uint32_t>;  // a value for each context on which an answer depends

bool holds(const std::vector<decide::Box>& boxes, const Point& point) {
  return std::any_of(boxes.begin(), boxes.end(), [&](const decide::Box& box) {
    return std::all_of(box.begin(), box.end(), [&](const auto& choice) {
      return std::binary_search(choice.second.begin(), choice.second.end(), point.at(choice.first));
    });
  });
}

void note_contexts(const std::vector<decide::Box>& boxes, std::set<ContextId>& contexts) {
  for (const decide::Box& box : boxes) {
    for (const auto& [context, values] : box) contexts.insert(context);
  }
}

class Points {
 public:
  Points(const driver::Compilation& compilation) : compilation_(compilation), model_(compilation.model) {}

  void write_to(const std::filesystem::path& folder) {
    add_person("nobody", {});
    for (const RoleId role : base::ids(model_.roles)) add_person("only " + model_[role].name, {role});
    const std::vector<std::vector<RoleId>> several = combinations();
    const auto decided = driver::decide_people(compilation_, several);
    for (const decide::Person& person : std::get<std::vector<decide::Person>>(decided)) add_people(person);
    std::string names;
    for (const model::Context& context : model_.contexts) names += "," + context.name;
    write(folder / "people.csv", "id,roles\n" + listed_.take());
    write(folder / "roles.csv", roles_.take());
    write(folder / "points.csv", points_.take());
    write(folder / "contexts", names);
  }

 private:
  // Twos that stand beside each other in the policy, and beside the fourth after; threes of every other.
  [[nodiscard]] std::vector<std::vector<RoleId>> combinations() const {
    std::set<std::vector<RoleId>> all;
    const std::size_t count = model_.roles.size();
    const auto add = [&](std::set<RoleId> roles) {
      all.insert(decide::counting(model_, {roles.begin(), roles.end()}));
    };
    for (std::size_t i = 0; i < count; ++i) {
      const auto beside = [&](std::size_t step) { return RoleId{(i + step) % count}; };
      add({RoleId{i}, beside(1)});
      add({RoleId{i}, beside(4)});
      add({RoleId{i}, beside(2), beside(4)});
    }
    std::vector<std::vector<RoleId>> several;
    for (const auto& roles : all) {
      if (roles.size() > 1) several.push_back(roles);
    }
    return several;
  }

  [[nodiscard]] const std::vector<decide::ExplainedAnswer>& explained(RoleId role, FeatureId feature) {
    const auto [known, fresh] = explained_.try_emplace({role, feature});
    if (fresh)
      known->second =
          explain(model_, compilation_.decisions, compilation_.answers, {role, feature, {}, std::nullopt}).answers;
    return known->second;
  }

  [[nodiscard]] decide::Effect effect(RoleId role, FeatureId feature, ObjectId object, const Point& point) {
    for (const decide::ExplainedAnswer& answer : explained(role, feature)) {
      if (std::binary_search(answer.objects.begin(), answer.objects.end(), object) && holds(answer.when, point))
        return answer.effect;
    }
    return decide::Effect::none;
  }

  void note_roles(const std::string& id, const std::vector<RoleId>& roles) {
    std::vector<std::string_view> names;
    for (const RoleId role : roles) {
      names.push_back(model_[role].name);
      roles_.row({id, model_[role].name});
    }
    listed_.row({id, fmt::format("{}", fmt::join(names, ";"))});
    if (!roles.empty()) return;
    roles_.cell(id);
    roles_.no_value();
    roles_.end_row();
  }

  void add_person(const std::string& id, const std::vector<RoleId>& roles) {
    note_roles(id, roles);
    const RoleId role = roles.empty() ? model_.nobody() : roles.front();
    for (const FeatureId feature : base::ids(model_.features)) {
      std::set<ContextId> contexts;
      for (const auto& answer : explained(role, feature)) note_contexts(answer.when, contexts);
      each_point(feature, contexts, [&](ObjectId object, const Point& point) {
        const decide::Effect it = effect(role, feature, object, point);
        const std::string_view open = model_[feature].governed ? "not permitted" : "left to the platform";
        add(id, feature, object, point,
            it == decide::Effect::allow  ? "allowed"
            : it == decide::Effect::none ? open
                                         : "refused");
      });
    }
  }

  void add_people(const decide::Person& person) {
    std::string id;
    for (const RoleId role : person.roles) id += (id.empty() ? "" : " + ") + model_[role].name;
    note_roles(id, person.roles);
    std::map<FeatureId, std::vector<std::pair<decide::Place, std::vector<decide::Box>>>> denied;
    for (const decide::Disagreement& found : find_disagreements(model_, compilation_.decisions, person)) {
      for (const decide::Place& place : found.places)
        denied[place.feature].emplace_back(place, decide::boxes_of(model_, place.contexts, place.where));
    }
    for (const FeatureId feature : base::ids(model_.features)) {
      std::set<ContextId> contexts;
      for (const RoleId role : person.roles) {
        for (const auto& answer : explained(role, feature)) note_contexts(answer.when, contexts);
      }
      for (const auto& [place, boxes] : denied[feature]) note_contexts(boxes, contexts);
      each_point(feature, contexts, [&](ObjectId object, const Point& point) {
        const bool alone = std::any_of(person.roles.begin(), person.roles.end(), [&](RoleId role) {
          return effect(role, feature, object, point) == decide::Effect::allow;
        });
        const bool refused = std::any_of(denied[feature].begin(), denied[feature].end(), [&](const auto& each) {
          const auto& objects = each.first.objects;
          return std::find(objects.begin(), objects.end(), object) != objects.end() && holds(each.second, point);
        });
        add(id, feature, object, point, alone && !refused ? "allowed" : "not allowed");
      });
    }
  }

  template <class Take>
  void each_point(FeatureId feature, const std::set<ContextId>& contexts, const Take& take) {
    std::vector<Point> points{{}};
    for (const ContextId context : contexts) {
      std::vector<Point> wider;
      for (const Point& point : points) {
        for (std::uint32_t value = 0; value < model_[context].values.size(); ++value) {
          wider.push_back(point);
          wider.back()[context] = value;
        }
      }
      points = std::move(wider);
    }
    for (const ObjectId object : model_.objects_of(model_[feature].acts_on)) {
      for (const Point& point : points) take(object, point);
    }
  }

  // Contexts on which no answer depends have some value, another one each time, and sometimes none.
  void add(const std::string& id, FeatureId feature, ObjectId object, const Point& point, std::string_view verdict) {
    points_.cell(id);
    points_.cell(model_[feature].name);
    if (model_[object].name.empty())
      points_.no_value();
    else
      points_.cell(model_[object].name);
    for (const ContextId context : base::ids(model_.contexts)) {
      const auto set = point.find(context);
      const std::size_t value = set == point.end() ? ++any_ % (model_[context].values.size() + 1) : set->second;
      if (value == model_[context].values.size())
        points_.no_value();
      else
        points_.cell(model_[context].values[value]);
    }
    points_.cell(verdict);
    points_.end_row();
  }

  const driver::Compilation& compilation_;
  const model::Model& model_;
  std::map<std::pair<RoleId, FeatureId>, std::vector<decide::ExplainedAnswer>> explained_;
  CsvWriter listed_{base::CsvReader::program}, roles_{base::CsvReader::program}, points_{base::CsvReader::program};
  std::size_t any_ = 0;
};

}  // namespace

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

bool write_points_of_policy(const std::filesystem::path& folder, const std::string& path, const std::string& day) {
  const base::DiskFileSystem disk;
  driver::Options options;
  options.as_of = *base::parse_date(day);
  options.load.paths = {path};
  options.repairs = false;
  const driver::Compilation compilation = driver::compile(disk, options);
  if (!compilation.may_write()) return false;
  std::filesystem::create_directories(folder);
  Points{compilation}.write_to(folder);
  return true;
}

}  // namespace warehouse
