#include "driver/people.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "sema/canonical.h"
#include "sema/resolve.h"

namespace farol::driver {
namespace {

using decide::Person;
using model::RoleId;

bool mentions(const source::SourceMap& sources, std::string_view word) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (base::fold_case(sources.text(source::SourceId{i})).find(word) != std::string::npos) return true;
  }
  return false;
}

class Decider {
 public:
  Decider(const base::FileSystem& disk, const Options& options, const Compilation& before)
      : options_(options), before_(before) {
    program_ = syntax::load(disk, options.load, sources_, sink_);
    program_.files.emplace_back();
    // No text of the policy has it, so no such name is declared already.
    while (mentions(before.sources, prefix_)) prefix_ += "-of";
  }

  [[nodiscard]] bool must_part() const { return mentions(before_.sources, "except"); }

  // Adds what is decided of combinations of several roles, all declared at once. False: see `problem`.
  bool decide(const std::vector<std::vector<RoleId>>& combinations, std::vector<Person>& people) {
    std::string text = "farol 1\n";
    for (std::size_t i = 0; i < combinations.size(); ++i) {
      text += fmt::format("role {}-{} inherits ", prefix_, i);
      for (std::size_t k = 0; k < combinations[i].size(); ++k)
        text.append(k == 0 ? "" : ", ").append(sema::written_name(before_.model[combinations[i][k]].name));
      text += '\n';
    }
    source::SourceMap sources = sources_;
    diag::Sink sink;
    program_.files.back() = syntax::parse(sources, sources.add("<people>", std::move(text)), sink);
    const model::Model model = sema::resolve(program_, sources, sink);
    const decide::Decisions decisions = decide::decide(model, options_.as_of);
    if (!decisions.too_large.empty()) return fail("what people with several roles may do is too large to be decided");
    if (model.roles.size() != before_.model.roles.size() + combinations.size() ||
        model.features.size() != before_.model.features.size() || model.rules.size() != before_.model.rules.size())
      return fail("the policy has changed meanwhile");
    for (std::size_t i = 0; i < combinations.size(); ++i) {
      const auto joined = model.find_role(fmt::format("{}-{}", prefix_, i));
      if (!joined) return fail("the policy has changed meanwhile");
      people.push_back(person_of(decisions, *joined, combinations[i]));
    }
    return true;
  }

  std::string problem;

 private:
  bool fail(std::string_view what) {
    problem = what;
    return false;
  }

  const Options& options_;
  const Compilation& before_;
  source::SourceMap sources_;
  diag::Sink sink_;
  syntax::Program program_;
  std::string prefix_ = "holder";
};

}  // namespace

std::variant<std::vector<Person>, std::string> decide_people(const base::FileSystem& disk, const Options& options,
                                                             const Compilation& before,
                                                             const std::vector<std::vector<RoleId>>& combinations) {
  std::vector<std::vector<RoleId>> several;
  std::vector<std::vector<RoleId>> counting;
  for (const auto& roles : combinations) {
    counting.push_back(decide::counting(before.model, roles));
    if (counting.back().size() > 1) several.push_back(counting.back());
  }
  std::vector<Person> joined;
  if (!several.empty()) {
    Decider decider{disk, options, before};
    if (!decider.must_part()) {
      if (!decider.decide(several, joined)) return decider.problem;
    } else {
      for (const auto& roles : several) {
        if (!decider.decide({roles}, joined)) return decider.problem;
      }
    }
  }
  std::vector<Person> people;
  auto next = joined.begin();
  for (auto& roles : counting) {
    if (roles.size() > 1) {
      people.push_back(std::move(*next++));
    } else {
      const RoleId role = roles.empty() ? before.model.nobody() : roles.front();
      people.push_back(person_of(before.decisions, role, std::move(roles)));
    }
  }
  return people;
}

}  // namespace farol::driver
