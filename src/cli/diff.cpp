#include "driver/diff.h"
#include "diag/messages_cli.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "cli/input.h"
#include "cli/lookup.h"
#include "cli/output.h"
#include "compare/edit_cards.h"
#include "diag/snippet.h"
#include "git/sides.h"

namespace farol::cli {
namespace {

constexpr std::size_t largest_document = std::size_t{256} << 20;

// `--fail-on`.
struct FailOn {
  bool any = false, widening = false;
  std::string tier;  // empty: widening of whatever
};

// One side, or why there is none: then it has been said.
struct Opened {
  std::optional<driver::DiffSide> side;
  ExitCode code = ExitCode::done;
};

bool is_document(std::string_view path) { return path.ends_with(".json"); }

class Diff {
 public:
  explicit Diff(Context& context) : context_(context), request_(context.request) {}

  ExitCode run() {
    if (!read_fail_on()) return ExitCode::usage_error;
    if (request_.has(OptionId::each)) return run_each();
    if (request_.has(OptionId::stat) && (request_.has(OptionId::format) || error_format(context_) != "text"))
      return usage_error(context_, "`--stat` is a form of its own: one line");
    const auto sides = sides_of(request_.arguments);
    if (const auto* error = std::get_if<base::FileError>(&sides)) return usage_error(context_, error->reason);
    const auto& [before, after] = std::get<git::Sides>(sides);
    // The later policy says which day it is today.
    Opened opened = open(after, context_.settings.as_of);
    const auto& [now, old] = context_.keep(
        std::pair{std::move(opened), open(before, context_.settings.as_of_before.value_or(context_.settings.as_of))});
    if (!old.side || !now.side) return worse(old.code, now.code);
    const compare::Review review = driver::review(*old.side, *now.side);
    const auto is_failed = fails(review, now.side->compilation.model);
    if (!is_failed) return ExitCode::usage_error;
    const std::string text = document(review, *old.side, *now.side);
    return worse(worse(now.code, write(context_, text, form_of_findings(context_))),
                 *is_failed ? ExitCode::failed : ExitCode::done);
  }

 private:
  std::string document(const compare::Review& review, const driver::DiffSide& before, const driver::DiffSide& after) {
    const std::string findings = error_format(context_);
    if (request_.has(OptionId::stat)) return compare::summary_of(review, context_.settings.language);
    if (findings == "text")
      return driver::render(review, format(), context_.settings.language, colors_output(context_));
    const diag::Sink sink = driver::as_findings(review, before, after, context_.settings.language);
    if (findings == "github") return annotations(context_, after.compilation.sources, sink);
    diag::SarifLog log{sarif_options(context_)};
    log.add(after.compilation.sources, sink, true, context_.settings.language);
    return log.document();
  }

  bool read_fail_on() {
    const std::string* wanted = request_.find(OptionId::fail_on);
    if (wanted == nullptr) return true;
    constexpr std::string_view widening = "widening:";
    fail_on_.any = *wanted == "any";
    fail_on_.widening = *wanted == "widening" || wanted->starts_with(widening);
    if (wanted->starts_with(widening)) fail_on_.tier = wanted->substr(widening.size());
    if (fail_on_.any || (fail_on_.widening && *wanted != widening)) return true;
    usage_error(context_, "`--fail-on` takes `any`, `widening` or `widening:TIER`, such as widening:confidential");
    return false;
  }

  // Nothing: the tier is not one of the policy's, which has been said.
  std::optional<bool> fails(const compare::Review& review, const model::Model& model) {
    // What is only solved needs nobody's approval.
    if (fail_on_.any) return !review.empty() && !is_only_solved(review);
    if (!fail_on_.widening) return false;
    const compare::Difference& difference = review.difference;
    // A weaker safeguard guards data of every tier.
    const bool is_weaker = difference.weaker_safeguards() > 0;
    if (fail_on_.tier.empty()) return is_weaker || review.count(compare::Direction::widening) > 0;
    model::TierId least;
    const auto found = look_up_tier(model, fail_on_.tier);
    if (const auto* error = std::get_if<UsageError>(&found)) {
      usage_error(context_, error->message);
      return std::nullopt;
    }
    const auto& tiers = difference.vocabulary.model.tiers;
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      if (tiers[i].name == fail_on_.tier) least = model::TierId{i};
    }
    return is_weaker ||
           std::any_of(difference.changes.begin(), difference.changes.end(), [&](const compare::Change& change) {
             return change.direction == compare::Direction::widening && reaches(difference, change, least);
           });
  }

  // Privileged features reach whatever they like, and one that the policy no longer governs is for anybody.
  static bool reaches(const compare::Difference& difference, const compare::Change& change, model::TierId least) {
    const model::Model& model = difference.vocabulary.model;
    const compare::Answer& now = change.after;
    return (now.effect == decide::Effect::none && !now.governed) ||
           std::any_of(change.features.begin(), change.features.end(),
                       [&](model::FeatureId feature) { return model[feature].privileged; }) ||
           std::any_of(change.objects.begin(), change.objects.end(), [&](model::ObjectId object) {
             const model::TierId tier = model[object].tier;
             return !tier.is_none() && tier >= least;
           });
  }

  static bool is_only_solved(const compare::Review& review) {
    const compare::Difference& difference = review.difference;
    return difference.empty() && difference.edits.empty() && difference.things.empty() &&
           difference.vocabulary.renames.empty() && difference.unseen == compare::Difference::Unseen::nothing &&
           review.steps.empty() && review.count(compare::FindingChange::Kind::solved) == review.findings.size();
  }

  // What changes between two days needs no second policy.
  base::FileResult<git::Sides> sides_of(const std::vector<std::string>& words) const {
    const bool alone = words.empty() || (words.size() == 1 && !git::names_revision(words.front()));
    if (alone && context_.settings.as_of_before) {
      const std::string path = words.empty() ? "." : words.front();
      return git::Sides{{std::nullopt, path}, {std::nullopt, path}};
    }
    if (!words.empty()) return git::parse_sides(words);
    // As `git diff` has it.
    const git::Revision last{"HEAD"};
    const auto revision = open_revision(context_, last);
    if (const auto* error = std::get_if<base::FileError>(&revision))
      return base::FileError{"what is to be compared? farol diff OLD NEW, or farol diff git:REV; " + error->reason};
    return git::Sides{{last, "."}, {std::nullopt, "."}};
  }

  [[nodiscard]] driver::DiffFormat format() const {
    using driver::DiffFormat;
    const std::string_view format = request_.format(request_.find(OptionId::output), "text");
    if (format == "md") return DiffFormat::markdown;
    if (format == "html") return DiffFormat::html;
    if (format == "chat") return DiffFormat::chat;
    return format == "json" ? DiffFormat::json : DiffFormat::text;
  }

  Opened open(const git::Side& side, base::Date day) {
    base::FileSystem* files = &context_.files();
    std::optional<git::OpenRevision> revision;
    std::optional<driver::DiffSide::Revision> told;
    if (side.revision) {
      auto opened = open_revision(context_, *side.revision);
      if (const auto* error = std::get_if<base::FileError>(&opened))
        return {std::nullopt, usage_error(context_, error->reason)};
      revision = std::move(std::get<git::OpenRevision>(opened));
      files = revision->files.get();
      told = driver::DiffSide::Revision{side.revision->name, side.revision->branch, {}};
      if (revision->about) told->commit = commit_of(*revision->about);
    }
    const std::string path = side.path == "-" ? side.path : located(context_, side.path);
    const std::string name = side.revision ? git::to_string(side) : name_of(context_, {path});
    if (is_document(path)) {
      Opened document = open_document(*files, path, name);
      if (document.side) document.side->revision = std::move(told);
      return document;
    }
    driver::Options options = compile_options(context_, {path});
    options.as_of = day;
    options.repairs = false;
    Opened result;
    driver::Compilation compiled = driver::compile(*files, options);
    if (follows_language_) follow_language(context_, compiled);
    follows_language_ = false;
    result.side = driver::diff_side(name, std::move(compiled), context_.settings.language);
    result.side->revision = std::move(told);
    const driver::Compilation& compilation = result.side->compilation;
    context_.settings.is_today = false;
    if (options.is_today) context_.settings.as_of = compilation.decisions.as_of;
    if (!can_be_compared(*result.side)) {
      result.code = compilation.unreadable ? ExitCode::usage_error : ExitCode::failed;
      report_errors(context_, compilation);
      info(context_, message::errors_are_in(name));
      result.side.reset();
    } else if (!compilation.may_write()) {
      result.code = ExitCode::failed;  // a conflict and the like: what is new is shown among the findings
    }
    return result;
  }

  Opened open_document(const base::FileSystem& files, const std::string& path, const std::string& name) {
    const auto text = files.read(path, largest_document);
    if (const auto* error = std::get_if<base::FileError>(&text))
      return {std::nullopt, usage_error(context_, message::cannot_read(name, message::verbatim(error->reason)))};
    // The steps are in a file of their own, which nobody has to keep.
    const auto beside = files.read(path.substr(0, path.rfind('/') + 1) + "steps.json", largest_document);
    const auto* steps = std::get_if<std::string>(&beside);
    auto side = driver::diff_side(name, std::get<std::string>(text),
                                  steps == nullptr ? std::nullopt : std::optional<std::string_view>{*steps},
                                  context_.settings.language);
    if (const auto* problems = std::get_if<std::vector<std::string>>(&side)) {
      for (const std::string& problem : *problems) error(context_, "`" + name + "`: " + problem);
      return {std::nullopt, ExitCode::usage_error};
    }
    return {std::move(std::get<driver::DiffSide>(side)), ExitCode::done};
  }

  // Every path behind a revision, or every file of two folders, each a policy of its own.
  ExitCode run_each() {
    const driver::DiffFormat wanted = format();
    if (wanted == driver::DiffFormat::chat || request_.has(OptionId::stat) || error_format(context_) != "text")
      return usage_error(context_, "`--each` writes one table, as text, md, html or json");
    std::vector<std::pair<std::string, git::Sides>> pairs;
    const auto& words = request_.arguments;
    if (!words.empty() && git::names_revision(words.front())) {
      for (std::size_t i = 1; i < words.size(); ++i) {
        const auto sides = git::parse_sides({words.front(), words[i]});
        if (const auto* error = std::get_if<base::FileError>(&sides)) return usage_error(context_, error->reason);
        pairs.emplace_back(words[i], std::get<git::Sides>(sides));
      }
    } else if (words.size() == 2) {
      std::set<std::string> names;
      for (const std::string& folder : words) {
        const auto listed = context_.files().list(located(context_, folder));
        if (const auto* error = std::get_if<base::FileError>(&listed))
          return usage_error(context_, message::cannot_read(folder, message::verbatim(error->reason)));
        for (const std::string& name : std::get<std::vector<std::string>>(listed)) {
          if (name.ends_with(".farol")) names.insert(name);
        }
      }
      for (const std::string& name : names)
        pairs.push_back(
            {name, {{std::nullopt, base::join_path(words[0], name)}, {std::nullopt, base::join_path(words[1], name)}}});
    }
    if (pairs.empty())
      return usage_error(
          context_, "which policies? farol diff --each git:REV PATHS, or farol diff --each OLD NEW with two folders");
    follows_language_ = false;  // one table of many policies
    std::vector<compare::TableRow> rows;
    ExitCode worst = ExitCode::done;
    for (const auto& [name, sides] : pairs) worst = worse(worst, add_row(name, sides, rows));
    return worse(worst, write(context_, driver::render(rows, format(), context_.settings.language, std::move(pages_))));
  }

  [[nodiscard]] bool is_there(const git::Side& side) const {
    const std::string path = located(context_, side.path);
    if (!side.revision) return context_.files().exists(path);
    const auto revision = open_revision(context_, *side.revision);
    const auto* opened = std::get_if<git::OpenRevision>(&revision);
    return opened == nullptr || opened->files->exists(path);
  }

  ExitCode add_row(const std::string& name, const git::Sides& sides, std::vector<compare::TableRow>& rows) {
    compare::TableRow row{diag::printable_text(name)};
    pages_.emplace_back();
    const bool was = is_there(sides.before), is = is_there(sides.after);
    if (was != is) {
      row.state = is ? compare::TableRow::State::is_new : compare::TableRow::State::is_gone;
      rows.push_back(std::move(row));
      return fail_on_.any ? ExitCode::failed : ExitCode::done;
    }
    const Settings asked = context_.settings;
    const Opened now = open(sides.after, context_.settings.as_of);
    const Opened old = open(sides.before, context_.settings.as_of_before.value_or(context_.settings.as_of));
    context_.settings = asked;
    if (!old.side || !now.side) {
      row.state = compare::TableRow::State::has_errors;
      rows.push_back(std::move(row));
      return worse(old.code, now.code);
    }
    const compare::Review review = driver::review(*old.side, *now.side);
    const auto is_failed = fails(review, now.side->compilation.model);
    rows.push_back(compare::row_of(row.name, review));
    if (format() == driver::DiffFormat::html) {
      document::Page alone;  // the page of many counts for itself
      pages_.back() = compare::web_document_of(review, context_.settings.language, alone);
    }
    return is_failed ? worse(now.code, *is_failed ? ExitCode::failed : ExitCode::done) : ExitCode::usage_error;
  }

  Context& context_;
  const Request& request_;
  FailOn fail_on_;
  bool follows_language_ = true;             // that of the later policy, which is read first
  std::vector<document::Document> pages_{};  // of `--each`, one for each row
};

}  // namespace

ExitCode diff(Context& context) { return Diff{context}.run(); }

}  // namespace farol::cli
