#include "target/dingtalk/work_order.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace farol::dingtalk {

using base::Phrase;

namespace {

bool is_telling(const Step& step, std::string_view whom) { return step.target.starts_with(whom); }

// Steps with one key are one task.
std::string task_key(const Step& step) {
  if (step.kind == StepKind::api) return "requests";
  if (step.kind == StepKind::people) {
    if (is_telling(step, "owners ")) return "owners";
    // Those in charge; whom a rule names is told apart.
    const bool named = is_telling(step, "people ") && step.target.find(' ', sizeof "people") != std::string::npos;
    if (!named && (is_telling(step, "control ") || is_telling(step, "people "))) return "in charge";
    return "people " + step.target;
  }
  // The codes of the app, and those of them that are authorised besides.
  if (step.target == "permission codes" || step.target == "sensitive permission codes") return "codes";
  return "console " + step.menu;
}

Texts task_title(const model::Model& model, const std::string& key, const std::vector<const Step*>& steps) {
  std::vector<Texts> names;
  for (const Step* step : steps) {
    std::vector<Texts> of_step;
    for (const model::FeatureId feature : step->features) of_step.push_back(label(model[feature]));
    for (const model::ControlId control : step->controls) of_step.push_back(label(model[control]));
    names.push_back(of_step.empty() ? step->title : list(of_step));
  }
  if (steps.size() > 1 && key == "owners") return texts(Phrase::step_owners, {list(names)});
  if (steps.size() > 1 && key == "in charge") return texts(Phrase::step_people, {list(names)});
  names.clear();
  for (const Step* step : steps) names.push_back(step->title);
  return list(names);
}

}  // namespace

std::string id_of_card(const Task& task, std::size_t number) {
  return task.steps.size() == 1 ? task.steps.front()->id : "task-" + std::to_string(number);
}

std::vector<Task> tasks_of(const model::Model& model, const AdminConfig& config) {
  std::vector<std::pair<std::string, Task>> made;
  for (const StepKind kind : {StepKind::console, StepKind::people, StepKind::api}) {
    for (const Step& step : config.steps) {
      if (step.kind != kind || step.only_reads) continue;
      const std::string key = task_key(step);
      auto found = std::find_if(made.begin(), made.end(), [&](const auto& each) { return each.first == key; });
      if (found == made.end()) found = made.insert(found, {key, Task{kind, {}, {}}});
      found->second.steps.push_back(&step);
    }
  }
  std::vector<Task> tasks;
  for (auto& [key, task] : made) {
    if (task.kind == StepKind::api) {
      std::vector<Texts> titles;
      for (RequestRow& row : rows_of(task)) titles.push_back(std::move(row.title));
      const Texts send =
          texts(Phrase::name_in_brackets, {texts(Phrase::checklist_send), same(std::to_string(task.steps.size()))});
      task.title = texts(Phrase::pair, {send, list(titles)});
    } else {
      task.title = task_title(model, key, task.steps);
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

std::vector<RequestRow> rows_of(const Task& task) {
  const auto is_making = [](const Step& step) {
    return step.request->call == Call::role_add || step.request->call == Call::role_group_add;
  };
  const auto is_of_folder = [](const Step& step) {
    return step.request->call == Call::file_inherit || step.request->call == Call::file_grant;
  };
  std::vector<RequestRow> rows;
  std::vector<Texts> roles;
  for (const Step* step : task.steps) {
    const auto belongs = [&](const RequestRow& row) {
      const Step& first = *row.steps.front();
      if (is_making(first) || is_making(*step)) return is_making(first) && is_making(*step);
      const bool same_place =
          is_of_folder(first) == is_of_folder(*step) && first.about == step->about && !first.about.front().empty();
      return same_place && (is_of_folder(first) || first.request->call == step->request->call);
    };
    const auto found = std::find_if(rows.begin(), rows.end(), belongs);
    if (step->request->call == Call::role_add) roles.push_back(step->about);
    if (found == rows.end()) {
      const bool by_thing = is_of_folder(*step) && !step->about.front().empty();
      rows.push_back({{step}, by_thing ? step->about : step->title});
    } else {
      found->steps.push_back(step);
    }
  }
  for (RequestRow& row : rows) {
    if (is_making(*row.steps.front()) && !roles.empty())
      row.title = texts(Phrase::pair, {texts(Phrase::checklist_make_roles), list(roles)});
  }
  return rows;
}

}  // namespace farol::dingtalk
