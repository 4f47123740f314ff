// `log`: what each commit changed.
#include "cli/history.h"
#include "cli/input.h"
#include "cli/output.h"
#include "compare/edit_lines.h"
#include "diag/snippet.h"
#include "document/document.h"

namespace farol::cli {
namespace {

using base::Phrase;
using document::Item;

// Along the first parents.
constexpr std::size_t longest_log = 1000;

class Log {
 public:
  explicit Log(Context& context)
      : context_(context),
        path_(context.request.arguments.empty() ? "." : context.request.arguments.front()),
        history_(context, path_) {}

  ExitCode run() {
    if (context_.request.arguments.size() > 1) return usage_error(context_, "one policy has one log: farol log [PATH]");
    std::string next = "HEAD";
    std::size_t looked_at = 0;
    while (!next.empty() && looked_at < longest_log) {
      const auto described = history_.describe(next);
      if (const auto* error = std::get_if<base::FileError>(&described)) {
        if (looked_at == 0) return usage_error(context_, error->reason);
        break;  // a shallow clone ends here
      }
      const auto& commit = std::get<git::CommitInfo>(described);
      ++looked_at;
      next = commit.parents.empty() ? std::string{} : commit.parents.front();
      add(commit);
    }
    return write(context_, text(looked_at, !next.empty()));
  }

 private:
  void add(const git::CommitInfo& commit) {
    git::CommitInfo parent;
    if (!commit.parents.empty()) {
      const auto described = history_.describe(commit.parents.front());
      if (const auto* found = std::get_if<git::CommitInfo>(&described)) parent = *found;
    }
    if (commit.content == parent.content) return;
    const driver::DiffSide* after = history_.at(commit);
    const compare::Commit told = commit_of(commit);
    Item item{{base::fill(Phrase::log_commit, language(),
                          {told.id, base::to_string(told.date), told.author, diag::printable_text(commit.subject)})}};
    if (parent.content.empty()) {
      item.items.push_back({base::text(Phrase::log_first, language())});
    } else {
      const driver::DiffSide* before = history_.at(parent);
      if (before == nullptr || after == nullptr) {
        item.items.push_back({base::text(Phrase::log_errors, language())});
      } else if (!add_changes(driver::review(*before, *after), item)) {
        return;
      }
    }
    items_.push_back(std::move(item));
  }

  // Returns false if nothing differs.
  bool add_changes(const compare::Review& review, Item& item) const {
    if (review.empty()) return false;
    for (const std::string& line : compare::headline(review, language())) item.items.push_back({line});
    const document::Words words{review.difference.vocabulary.model, language()};
    for (const compare::Edit& edit : review.difference.edits) {
      const bool weaker = edit.guard == compare::Edit::Guard::weaker || edit.guard == compare::Edit::Guard::unclear;
      if (weaker) {
        item.items.push_back(compare::safeguard_item_of(review, edit, words));
      } else if (edit.account == compare::Edit::Account::permissions) {
        item.items.push_back(compare::item_of(review, edit, words));
      }
    }
    return true;
  }

  [[nodiscard]] std::string text(std::size_t looked_at, bool more) {
    document::Document document;
    document.language = language();
    document.title = base::text(Phrase::log_title, language());
    if (items_.empty()) document.lead.emplace_back(base::text(Phrase::log_none, language()));
    if (!items_.empty()) document.add_section().add(document::List{std::move(items_)});
    if (more && looked_at == longest_log)
      document.foot.emplace_back(base::fill(Phrase::log_more, language(), {std::to_string(looked_at)}));
    if (context_.request.format(context_.request.find(OptionId::output), "text") == "md")
      return document::render_markdown(document);
    return document::render_text(document, {colors_output(context_), 0});
  }

  [[nodiscard]] base::Language language() const { return context_.settings.language; }

  Context& context_;
  std::string path_;
  History history_;
  std::vector<Item> items_;
};

}  // namespace

ExitCode log(Context& context) { return Log{context}.run(); }

}  // namespace farol::cli
