#include "lsp/told.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

namespace farol::lsp {
namespace {

bool is_advice(const Json& finding) { return finding.value("code", std::string{}).starts_with("F4"); }

std::pair<std::uint32_t, std::uint32_t> position_in(const Json& position) {
  return {position.at("line").get<std::uint32_t>(), position.at("character").get<std::uint32_t>()};
}

// An edit, as the protocol has it.
class Replacement {
 public:
  Replacement(const std::string& uri, const Json& range, Position end)
      : uri_(uri),
        from_(position_in(range.at("start"))),
        to_(position_in(range.at("end"))),
        now_(end.line, end.character) {}

  // Returns false if the range touches what was replaced.
  bool move(Json& range) const {
    if (position_in(range.at("end")) < from_) return true;
    if (position_in(range.at("start")) < to_) return false;
    move_position(range.at("start"));
    move_position(range.at("end"));
    return true;
  }
  bool move_finding(Json& finding) const {
    if (!move(finding.at("range"))) return false;
    if (!finding.contains("relatedInformation")) return true;
    Json& related = finding.at("relatedInformation");
    for (auto each = related.begin(); each != related.end();) {
      const bool is_here = each->at("location").at("uri") == uri_;
      each = !is_here || move(each->at("location").at("range")) ? std::next(each) : related.erase(each);
    }
    return true;
  }

 private:
  void move_position(Json& position) const {
    auto [line, character] = position_in(position);
    if (line == to_.first) character = character - to_.second + now_.second;
    position = {{"line", line - to_.first + now_.first}, {"character", character}};
  }

  const std::string& uri_;
  std::pair<std::uint32_t, std::uint32_t> from_, to_, now_;  // `to_` before the edit is `now_` after it
};

}  // namespace

bool Told::has(const std::string& uri, const Json& findings) const {
  const auto known = findings_.find(uri);
  return known != findings_.end() && known->second == findings;
}

void Told::move(const std::string& uri, const Json& range, Position end) {
  const auto known = findings_.find(uri);
  if (known == findings_.end()) return;
  const Replacement edit{uri, range, end};
  Json left = Json::array();
  for (Json& finding : known->second) {
    if (edit.move_finding(finding)) left.push_back(std::move(finding));
  }
  known->second = std::move(left);
}

void Told::lose_advice(const std::string& uri) {
  const auto known = findings_.find(uri);
  if (known != findings_.end()) known->second = Json::array();
}

Json Told::with_known_advice(const std::string& uri, const Json& findings) const {
  Json all = Json::array();
  for (const Json& finding : findings) {
    if (!is_advice(finding)) all.push_back(finding);
  }
  if (const auto known = findings_.find(uri); known != findings_.end()) {
    for (const Json& finding : known->second) {
      if (is_advice(finding)) all.push_back(finding);
    }
  }
  return all;
}

}  // namespace farol::lsp
