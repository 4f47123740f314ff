// What the client was told of its files, while somebody types.
#pragma once

#include <map>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "lsp/answers.h"
#include "lsp/positions.h"

namespace farol::lsp {

// Advice (codes F4001 to F4999) needs what keeps each answer, which takes most of the time of a large policy. What was
// said before moves along with the text until it is said anew; what stands where something is typed is left out.
class Told {
 public:
  Told() = default;
  // The findings of each file, by its URI: `[Diagnostic]`.
  explicit Told(std::map<std::string, Json> findings) : findings_(std::move(findings)) {}
  [[nodiscard]] bool knows(const std::string& uri) const { return findings_.contains(uri); }
  [[nodiscard]] bool has(const std::string& uri, const Json& findings) const;
  [[nodiscard]] const std::map<std::string, Json>& all() const { return findings_; }

  // A range of a file, `{start, end}`, was replaced by a text that ends at `end`.
  void move(const std::string& uri, const Json& range, Position end);
  // All of a file was replaced: there is no telling what moved where.
  void lose_advice(const std::string& uri);
  // Puts the advice that is known of a file in the place of the one among these findings.
  [[nodiscard]] Json with_known_advice(const std::string& uri, const Json& findings) const;

 private:
  std::map<std::string, Json> findings_;
};

}  // namespace farol::lsp
