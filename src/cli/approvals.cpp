#include "cli/approvals.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "cli/history.h"
#include "cli/input.h"
#include "diag/snippet.h"

namespace farol::cli {
namespace {

using base::Phrase;

constexpr std::size_t most_commits = 1000;

class Approvals {
 public:
  Approvals(Context& context, std::string path) : context_(context), history_(context, std::move(path)) {}

  base::FileResult<std::vector<query::Approval>> run(const model::Model& model) {
    auto head = history_.describe("HEAD");
    if (const auto* error = std::get_if<base::FileError>(&head)) return *error;
    std::vector<query::Approval> approvals;
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < model.rules.size(); ++i) {
      approvals.push_back({model::RuleId{i}, {}, {}});
      open.push_back(i);
    }
    git::CommitInfo commit = std::get<git::CommitInfo>(head);
    std::erase_if(open, [&](std::size_t i) { return !has(commit, model.rules[i].text); });
    for (std::size_t steps = 0; steps < most_commits && !open.empty(); ++steps) {
      const auto parent = parent_of(commit, 0);
      std::erase_if(open, [&](std::size_t i) {
        const std::string& rule = model.rules[i].text;
        if (parent && has(*parent, rule)) return false;
        approvals[i].commit = in_words(commit);
        if (const auto written = written_in(commit, rule))
          approvals[i].written = base::fill(Phrase::written_in, context_.settings.language, {in_words(*written)});
        return true;
      });
      if (!parent) break;
      commit = *parent;
    }
    return approvals;
  }

 private:
  [[nodiscard]] std::optional<git::CommitInfo> parent_of(const git::CommitInfo& commit, std::size_t which) const {
    if (commit.parents.size() <= which) return std::nullopt;
    auto described = history_.describe(commit.parents[which]);
    auto* parent = std::get_if<git::CommitInfo>(&described);
    return parent == nullptr ? std::nullopt : std::optional(std::move(*parent));
  }

  // Nothing: the commit is no merge, or what it brought in does not have the rule either.
  [[nodiscard]] std::optional<git::CommitInfo> written_in(const git::CommitInfo& merge, const std::string& rule) {
    auto commit = parent_of(merge, 1);
    if (!commit || !has(*commit, rule)) return std::nullopt;
    for (std::size_t steps = 0; steps < most_commits; ++steps) {
      const auto parent = parent_of(*commit, 0);
      if (!parent || !has(*parent, rule)) break;
      commit = parent;
    }
    return commit;
  }

  [[nodiscard]] bool has(const git::CommitInfo& commit, const std::string& rule) {
    const auto [entry, fresh] = rules_.try_emplace(commit.content);
    if (fresh) {
      if (const driver::DiffSide* side = history_.at(commit)) {
        for (const model::Rule& each : side->compilation.model.rules) entry->second.insert(each.text);
      }
    }
    return entry->second.contains(rule);
  }

  [[nodiscard]] std::string in_words(const git::CommitInfo& commit) const {
    const compare::Commit told = commit_of(commit);
    return base::fill(Phrase::log_commit, context_.settings.language,
                      {told.id, base::to_string(told.date), told.author, diag::printable_text(commit.subject)});
  }

  Context& context_;
  History history_;
  std::map<std::string, std::set<std::string>> rules_;  // by content
};

}  // namespace

base::FileResult<std::vector<query::Approval>> find_approvals(Context& context, const model::Model& model) {
  const std::vector<std::string>& arguments = context.request.arguments;
  return Approvals(context, arguments.size() > 1 ? arguments[1] : ".").run(model);
}

}  // namespace farol::cli
