#include "driver/diff.h"

#include <algorithm>
#include <array>
#include <set>

#include "cli/lookup.h"
#include "cli/session.h"
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
  ExitCode code = done;
};

bool is_document(std::string_view path) { return path.ends_with(".json"); }

class Diff {
 public:
  explicit Diff(Session& session) : session_(session), request_(session.request()) {}

  ExitCode run() {
    if (!read_fail_on()) return misused;
    if (request_.has(OptionId::each)) return run_each();
    const auto sides = sides_of(request_.arguments);
    if (const auto* error = std::get_if<base::FileError>(&sides)) return session_.refuse(error->reason);
    const auto& [before, after] = std::get<git::Sides>(sides);
    const Opened old = open(before, session_.as_of_before().value_or(session_.as_of()));
    const Opened now = open(after, session_.as_of());
    if (!old.side || !now.side) return worse(old.code, now.code);
    const compare::Review review = driver::review(*old.side, *now.side);
    const auto failed = fails(review, now.side->compilation.model);
    if (!failed) return misused;
    const std::string text = document(review, *old.side, *now.side);
    return worse(worse(now.code, session_.write(text)), *failed ? no : done);
  }

 private:
  std::string document(const compare::Review& review, const driver::DiffSide& before, const driver::DiffSide& after) {
    const std::string findings = session_.error_format();
    if (findings == "text") return driver::render(review, format(), session_.language(), session_.colors_output());
    const diag::Sink sink = driver::as_findings(review, before, after, session_.language());
    if (findings == "github") return session_.annotations(after.compilation.sources, sink);
    diag::SarifLog log{session_.sarif_options()};
    log.add(after.compilation.sources, sink, true);
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
    session_.refuse("`--fail-on` takes `any`, `widening` or `widening:TIER`, such as widening:confidential");
    return false;
  }

  // Nothing: the tier is not one of the policy's, which has been said.
  std::optional<bool> fails(const compare::Review& review, const model::Model& model) {
    if (fail_on_.any) return !review.empty();
    if (!fail_on_.widening) return false;
    const compare::Difference& difference = review.difference;
    if (fail_on_.tier.empty()) return review.count(compare::Direction::widening) > 0;
    model::TierId least;
    const auto found = look_up_tier(model, fail_on_.tier);
    if (const auto* error = std::get_if<UsageError>(&found)) {
      session_.refuse(error->message);
      return std::nullopt;
    }
    const auto& tiers = difference.vocabulary.model.tiers;
    for (std::size_t i = 0; i < tiers.size(); ++i) {
      if (tiers[i].name == fail_on_.tier) least = model::TierId{i};
    }
    return std::any_of(difference.changes.begin(), difference.changes.end(), [&](const compare::Change& change) {
      return change.direction == compare::Direction::widening &&
             std::any_of(change.objects.begin(), change.objects.end(), [&](model::ObjectId object) {
               const model::TierId tier = difference.vocabulary.model[object].tier;
               return !tier.is_none() && tier >= least;
             });
    });
  }

  // What changes between two days needs no second policy.
  base::FileResult<git::Sides> sides_of(const std::vector<std::string>& words) const {
    const bool alone = words.empty() || (words.size() == 1 && !git::names_revision(words.front()));
    if (alone && session_.as_of_before()) {
      const std::string path = words.empty() ? "." : words.front();
      return git::Sides{{std::nullopt, path}, {std::nullopt, path}};
    }
    if (!words.empty()) return git::parse_sides(words);
    // As `git diff` has it.
    const git::Revision last{"HEAD"};
    const auto revision = session_.open_revision(last);
    if (const auto* error = std::get_if<base::FileError>(&revision))
      return base::FileError{"what is to be compared? farol diff OLD NEW, or farol diff git:REV; " + error->reason};
    return git::Sides{{last, "."}, {std::nullopt, "."}};
  }

  // Where it is not said, the name of the output decides.
  [[nodiscard]] driver::DiffFormat format() const {
    using driver::DiffFormat;
    const std::string* wanted = request_.find(OptionId::format);
    if (wanted == nullptr) wanted = request_.find(OptionId::output);
    if (wanted == nullptr) return DiffFormat::text;
    const std::string ending = wanted->substr(wanted->rfind('.') + 1);
    if (ending == "md") return DiffFormat::markdown;
    if (ending == "html") return DiffFormat::html;
    return ending == "json" ? DiffFormat::json : DiffFormat::text;
  }

  Opened open(const git::Side& side, base::Date day) {
    base::FileSystem* files = &session_.files();
    std::optional<git::OpenRevision> revision;
    if (side.revision) {
      auto opened = session_.open_revision(*side.revision);
      if (const auto* error = std::get_if<base::FileError>(&opened))
        return {std::nullopt, session_.refuse(error->reason)};
      revision = std::move(std::get<git::OpenRevision>(opened));
      files = revision->files.get();
    }
    const std::string path = side.path == "-" ? side.path : session_.located(side.path);
    const std::string name = side.revision ? git::to_string(side) : session_.name_of({path});
    if (is_document(path)) return open_document(*files, path, name);
    driver::Options options = session_.options({path});
    options.as_of = day;
    options.repairs = false;
    Opened result;
    result.side = driver::diff_side(name, driver::compile(*files, options), session_.language());
    const driver::Compilation& compilation = result.side->compilation;
    if (!can_be_compared(*result.side)) {
      result.code = compilation.unreadable ? misused : no;
      session_.report_errors(compilation);
      session_.note("these are errors in " + name);
      result.side.reset();
    } else if (!compilation.may_write()) {
      result.code = no;  // a conflict and the like: what is new is shown among the findings
    }
    return result;
  }

  Opened open_document(const base::FileSystem& files, const std::string& path, const std::string& name) {
    const auto text = files.read(path, largest_document);
    if (const auto* error = std::get_if<base::FileError>(&text))
      return {std::nullopt, session_.refuse("cannot read `" + name + "`: " + error->reason)};
    auto side = driver::diff_side(name, std::get<std::string>(text), session_.language());
    if (const auto* problems = std::get_if<std::vector<std::string>>(&side)) {
      for (const std::string& problem : *problems) session_.complain("`" + name + "`: " + problem);
      return {std::nullopt, misused};
    }
    return {std::move(std::get<driver::DiffSide>(side)), done};
  }

  // Every path behind a revision, or every file of two folders, each a policy of its own.
  ExitCode run_each() {
    std::vector<std::pair<std::string, git::Sides>> pairs;
    const auto& words = request_.arguments;
    if (!words.empty() && git::names_revision(words.front())) {
      for (std::size_t i = 1; i < words.size(); ++i) {
        const auto sides = git::parse_sides({words.front(), words[i]});
        if (const auto* error = std::get_if<base::FileError>(&sides)) return session_.refuse(error->reason);
        pairs.emplace_back(words[i], std::get<git::Sides>(sides));
      }
    } else if (words.size() == 2) {
      std::set<std::string> names;
      for (const std::string& folder : words) {
        const auto listed = session_.files().list(session_.located(folder));
        if (const auto* error = std::get_if<base::FileError>(&listed))
          return session_.refuse("cannot read `" + folder + "`: " + error->reason);
        for (const std::string& name : std::get<std::vector<std::string>>(listed)) {
          if (name.ends_with(".farol")) names.insert(name);
        }
      }
      for (const std::string& name : names)
        pairs.push_back(
            {name, {{std::nullopt, base::join_path(words[0], name)}, {std::nullopt, base::join_path(words[1], name)}}});
    }
    if (pairs.empty())
      return session_.refuse(
          "which policies? farol diff --each git:REV PATHS, or farol diff --each OLD NEW with two folders");
    std::vector<compare::TableRow> rows;
    ExitCode worst = done;
    for (const auto& [name, sides] : pairs) worst = worse(worst, add_row(name, sides, rows));
    return worse(worst, session_.write(driver::render(rows, format(), session_.language())));
  }

  [[nodiscard]] bool is_there(const git::Side& side) const {
    const std::string path = session_.located(side.path);
    if (!side.revision) return session_.files().exists(path);
    const auto revision = session_.open_revision(*side.revision);
    const auto* opened = std::get_if<git::OpenRevision>(&revision);
    return opened == nullptr || opened->files->exists(path);
  }

  ExitCode add_row(const std::string& name, const git::Sides& sides, std::vector<compare::TableRow>& rows) {
    compare::TableRow row{diag::printable_text(name)};
    const bool was = is_there(sides.before), is = is_there(sides.after);
    if (was != is) {
      row.state = is ? compare::TableRow::State::is_new : compare::TableRow::State::is_gone;
      rows.push_back(std::move(row));
      return fail_on_.any ? no : done;
    }
    const Opened old = open(sides.before, session_.as_of_before().value_or(session_.as_of()));
    const Opened now = open(sides.after, session_.as_of());
    if (!old.side || !now.side) {
      row.state = compare::TableRow::State::has_errors;
      rows.push_back(std::move(row));
      return worse(old.code, now.code);
    }
    const compare::Review review = driver::review(*old.side, *now.side);
    const auto failed = fails(review, now.side->compilation.model);
    rows.push_back(compare::row_of(row.name, review));
    return failed ? worse(now.code, *failed ? no : done) : misused;
  }

  Session& session_;
  const Request& request_;
  FailOn fail_on_;
};

}  // namespace

int diff(Session& session) { return Diff{session}.run(); }

}  // namespace farol::cli
