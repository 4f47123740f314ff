// A policy from its text to its model, as the tests of `sema` see it.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/file_system.h"
#include "diag/sink.h"
#include "model/model.h"
#include "sema/resolve.h"
#include "source/source_map.h"
#include "syntax/loader.h"

namespace farol::testing {

class Policy {
 public:
  // Files by name; all are loaded.
  explicit Policy(const std::map<std::string, std::string>& files) {
    base::MemoryFileSystem disk;
    disk.files = files;
    syntax::LoadOptions options;
    for (const auto& [name, text] : files) options.paths.push_back(name);
    program_ = syntax::load(disk, options, sources, sink);
    model = sema::resolve(program_, sources, sink);
  }
  // One file, without its first line.
  explicit Policy(std::string_view text)
      : Policy(std::map<std::string, std::string>{{"p.farol", "farol 1\n" + std::string(text)}}) {}

  // Errors and warnings as `line: name: message`, in the order of the text; the first line of `text` is line 2.
  [[nodiscard]] std::vector<std::string> findings(diag::Severity least = diag::Severity::warning) const {
    std::vector<std::string> lines;
    for (const diag::Diagnostic& each : sink.sorted(sources)) {
      if (each.severity > least) continue;
      const auto line = each.span.is_none() ? 0 : sources.position(each.span.source, each.span.begin).line;
      lines.push_back(fmt::format("{}: {}: {}", line, diag::info(each.code).name, sentence(each.message)));
    }
    return lines;
  }
  [[nodiscard]] std::string finding() const { return fmt::format("{}", fmt::join(findings(), "\n")); }

  // The policy's text after the first fix of the first finding that has one.
  [[nodiscard]] std::string repaired() const {
    for (const diag::Diagnostic& each : sink.sorted(sources)) {
      if (each.fixes.empty()) continue;
      auto edits = each.fixes.front().edits;
      std::string text(sources.text(edits.front().span.source));
      std::sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.span.begin > b.span.begin; });
      for (const diag::Edit& edit : edits) text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
      return text.substr(text.find('\n') + 1);
    }
    return {};
  }

  [[nodiscard]] std::string text(source::Span span) const { return std::string(sources.text(span)); }
  [[nodiscard]] const model::Role& role(std::string_view name) const { return model[*model.find_role(name)]; }
  [[nodiscard]] const model::Feature& feature(std::string_view name) const { return model[*model.find_feature(name)]; }
  [[nodiscard]] const model::Object& object(std::string_view name) const { return model[*model.find_object(name)]; }

  // The members of all terms of a rule's lists, by name; `-` stands for nobody and what has no name.
  [[nodiscard]] std::string subjects(const model::Rule& rule) const {
    std::vector<std::string> names;
    for (const auto term : rule.area.subjects) {
      for (const model::RoleId id : members(model, model[term]))
        names.push_back(id == model.nobody() ? "-" : model[id].name);
    }
    return fmt::format("{}", fmt::join(names, " "));
  }
  [[nodiscard]] std::string features(const model::Rule& rule) const {
    std::vector<std::string> names;
    for (const auto term : rule.area.features) {
      for (const model::FeatureId id : members(model, model[term])) names.push_back(model[id].name);
    }
    return fmt::format("{}", fmt::join(names, " "));
  }
  [[nodiscard]] std::string objects(const model::Rule& rule) const {
    std::vector<std::string> names;
    for (const auto term : rule.area.objects) {
      for (const model::ObjectId id : members(model, model[term]))
        names.push_back(model[id].name.empty() ? "-" : model[id].name);
    }
    return fmt::format("{}", fmt::join(names, " "));
  }
  // The features about which nothing may be said.
  [[nodiscard]] std::string uncertain() const {
    std::vector<std::string_view> names;
    for (const model::Feature& each : model.features) {
      if (each.uncertain) names.push_back(each.name);
    }
    return fmt::format("{}", fmt::join(names, " "));
  }

  source::SourceMap sources;
  diag::Sink sink;
  model::Model model;

 private:
  syntax::Program program_;
};

// What every test of rules needs: three tiers, data, roles, features of several kinds.
inline constexpr std::string_view world =
    "tiers public < internal < confidential\n"        // 2
    "data contracts: confidential\n"                  // 3
    "data notes: internal\n"                          // 4
    "group talk\n"                                    // 5
    "role staff\n"                                    // 6
    "role manager inherits staff\n"                   // 7
    "role guest\n"                                    // 8
    "feature drive.read { acts_on: data }\n"          // 9
    "feature drive.write { acts_on: data }\n"         // 10
    "feature meeting.record { acts_on: tier }\n"      // 11
    "feature meeting.join\n"                          // 12
    "feature chat.post { acts_on: group }\n"          // 13
    "feature chat.send\n"                             // 14
    "control mfa { of: account }\n"                   // 15
    "control watermark\n"                             // 16
    "context device: managed | personal | unknown\n"  // 17
    "context network: office | vpn\n";                // 18

// The statements of a test begin at line 19.
[[nodiscard]] inline Policy in_world(std::string_view statements) {
  return Policy(std::string(world) + std::string(statements));
}

}  // namespace farol::testing
