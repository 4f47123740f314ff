// The steps as a person makes them: what stands in one place of the console is done in one go, and so is what the same
// people are told, and so are the requests.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "target/dingtalk/admin_config.h"

namespace farol::dingtalk {

struct Task {
  StepKind kind = StepKind::console;
  std::vector<const Step*> steps;  // of the configuration, in their order
  Texts title;
};

// By hand first, then what people are told, then the requests as one task. Steps that only look are none: nothing is
// done by them.
[[nodiscard]] std::vector<Task> tasks_of(const model::Model& model, const AdminConfig& config);

// How the checklist calls the card of the task that is number `number`, from 1: a page signs it by this name.
[[nodiscard]] std::string id_of_card(const Task& task, std::size_t number);

// The requests as rows: all roles that are made are one, and so are the parts of a long list and the permissions of one
// folder.
struct RequestRow {
  std::vector<const Step*> steps;
  Texts title;
};
[[nodiscard]] std::vector<RequestRow> rows_of(const Task& task);

}  // namespace farol::dingtalk
