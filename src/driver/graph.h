// A policy as a picture.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/phrases.h"
#include "driver/driver.h"

namespace farol::driver {

struct GraphOptions {
  enum class Form : std::uint8_t { dot, mermaid, json };
  base::Language language = base::Language::en;
  Form form = Form::dot;
  std::vector<model::RoleId> roles;  // each list that is not empty narrows the graph to what it names
  std::vector<model::FeatureId> features;
};
[[nodiscard]] std::string render_graph(const Compilation& compilation, const GraphOptions& options);

}  // namespace farol::driver
