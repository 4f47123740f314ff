// What a change means, on small policies: renamings, points that flip, steps, documents.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <vector>

#include "driver/diff.h"
#include "driver/documents.h"
#include "support/farol.h"

namespace diff_test {

using namespace farol;

namespace {

driver::DiffSide side(const std::string& text) {
  return driver::diff_side("policy", testing::compile_text(text), base::Language::en);
}
driver::DiffSide document(const std::string& text) {
  const auto compiled = testing::compile_text(text);
  const std::string steps = driver::steps_json(compiled);
  auto read = driver::diff_side("permissions.json", driver::permissions_json(compiled), steps, base::Language::en);
  REQUIRE(std::holds_alternative<driver::DiffSide>(read));
  return std::move(std::get<driver::DiffSide>(read));
}

std::string sentences(const compare::Review& review) {
  std::vector<std::string> result;
  for (const compare::Change& change : review.difference.changes)
    result.push_back(compare::sentence_of(review.difference, change, base::Language::en));
  return fmt::format("{}", fmt::join(result, "; "));
}

std::string causes(const compare::Review& review) {
  std::vector<std::string> result;
  for (const compare::Change& change : review.difference.changes) {
    for (const compare::Cause& cause : change.causes)
      result.push_back(fmt::format("{} {}{}", to_string(cause.kind), cause.statement,
                                   cause.other.empty() ? "" : " | " + cause.other));
  }
  return fmt::format("{}", fmt::join(result, "; "));
}

std::string renames(const compare::Review& review) {
  std::string result;
  for (const compare::Rename& rename : review.difference.vocabulary.renames)
    result += fmt::format("{} {} {}{}; ", rename.kind, rename.before, rename.after, rename.declared ? "" : "?");
  return result;
}

constexpr std::string_view tiered = "farol 1\ntiers public < internal < secret\n";

}  // namespace

TEST_CASE("a role that `was` another is that role") {
  const auto before = side("farol 1\nrole clerk\nfeature f\nallow clerk to f\n");
  const auto after = side("farol 1\nrole officer { was: clerk }\nfeature f\nfeature g\nallow officer to f, g\n");
  const auto review = driver::review(before, after);
  CHECK(renames(review) == "role clerk officer; ");
  CHECK(
      sentences(review) ==
      "officer may now use g (before: left to the platform); Whoever holds no role may not use g: the policy now says "
      "who may (before: left to the platform)");
  CHECK(causes(review) == "edited allow officer to f, g; edited allow officer to f, g");
}

TEST_CASE("a role that is gone and one that is new are one where nothing else tells them apart") {
  const auto before = side("farol 1\nrole clerk\nrole boss\nfeature f\nallow clerk to f\n");
  const auto after = side("farol 1\nrole officer\nrole boss\nfeature f\nallow officer to f\n");
  const auto review = driver::review(before, after);
  CHECK(renames(review) == "role clerk officer?; ");
  CHECK(review.difference.changes.empty());
  const auto two = driver::review(before, side("farol 1\nrole a\nrole b\nrole boss\nfeature f\nallow a, b to f\n"));
  CHECK(renames(two).empty());
  CHECK(two.difference.changes.size() == 2);
}

TEST_CASE("a feature and a tier that were renamed") {
  const auto before = side(
      "farol 1\ntiers low < secret\nrole clerk\nfeature paper.read { acts_on: data }\nallow clerk to paper.read on "
      "secret\n");
  const auto after = side(
      "farol 1\ntiers low < private\nrole clerk\nfeature file.read { acts_on: data }\nallow clerk to file.read on "
      "private\n");
  const auto review = driver::review(before, after);
  CHECK(renames(review) == "feature paper.read file.read?; tier secret private?; ");
  CHECK(review.difference.changes.empty());
}

TEST_CASE("a point that flips though no rule was edited says so") {
  const std::string rules =
      "role x inherits clerk, staff\nfeature f\na: allow clerk to f because \"r\"\nd: deny staff to f\n";
  const auto before = side("farol 1\nrole staff\nrole clerk inherits staff\n" + rules);
  const auto after = side("farol 1\nrole staff\nrole clerk\n" + rules);
  const auto review = driver::review(before, after);
  REQUIRE(sentences(review) == "x may no longer use f (now: undecided, rules conflict)");
  CHECK(causes(review) == "outside a | d");
  const auto back = driver::review(after, before);
  CHECK(causes(back) == "inside a | d");
}

TEST_CASE("a rule that decides where something changes is behind the change, of whichever of its features it speaks") {
  const std::string names = "farol 1\nrole lead\nrole boss inherits lead\nfeature a.x\nfeature a.y\nfeature b\n";
  const auto before = side(names +
                           "allow lead to a.x because \"needed\"\nallow lead to a.y because \"needed\"\n"
                           "allow lead to b because \"needed\"\ndeny boss to a.*\n");
  const auto after = side(names + "allow lead to a.x\nallow lead to a.y\nallow lead to b\n");
  const auto review = driver::review(before, after);
  REQUIRE(review.difference.changes.size() == 1);
  CHECK(review.difference.changes.front().features.size() == 2);
  std::vector<std::string> accounts;
  for (const compare::Edit& edit : review.difference.edits)
    accounts.push_back(fmt::format("{}{}: {}", edit.before, edit.after, to_string(edit.account)));
  std::sort(accounts.begin(), accounts.end());
  CHECK(accounts == std::vector<std::string>{"allow lead to a.x because \"needed\"allow lead to a.x: permissions",
                                             "allow lead to a.y because \"needed\"allow lead to a.y: permissions",
                                             "allow lead to b because \"needed\"allow lead to b: fact",
                                             "deny boss to a.*: permissions"});
}

TEST_CASE("a data class at another tier, and a named list that grew") {
  const std::string rest = "role clerk\nrole aide\nfeature read { acts_on: data }\nallow team to read on secret\n";
  const auto before = side(std::string{tiered} + "data d: internal\nroles team = clerk\n" + rest);
  const auto moved = driver::review(before, side(std::string{tiered} + "data d: secret\nroles team = clerk\n" + rest));
  CHECK(sentences(moved) == "clerk may now use read on d (before: not permitted, no rule allows it)");
  CHECK(causes(moved) == "edited data d: secret");
  const auto grown =
      driver::review(before, side(std::string{tiered} + "data d: internal\nroles team = clerk, aide\n" + rest));
  CHECK(sentences(grown) == "aide may now use read on secret (before: not permitted, no rule allows it)");
  CHECK(causes(grown) == "edited roles team = clerk, aide");
}

TEST_CASE("what begins and ends later is compared on its days") {
  const auto before = side("farol 1\nrole clerk\nfeature f\nl: allow clerk to f from 2026-12-01\n");
  const auto after = side("farol 1\nrole clerk\nfeature f\nl: allow clerk to f from 2026-11-28 until 2027-01-31\n");
  const auto review = driver::review(before, after);
  CHECK(sentences(review) ==
        "clerk may now use f, from 2026-11-28, until 2026-11-30 (before: not permitted, no rule allows it); clerk may "
        "no longer use f, from 2027-02-01 (now: not permitted, no rule allows it)");
  CHECK(causes(review) == "edited l; edited l");
}

TEST_CASE("a change of the policy is a change of its steps, and of no others") {
  const std::string tenant =
      "farol 1\nuse dingtalk 2026.12\ntiers public < secret\nstore files { on: dingtalk kind: folder }\n"
      "data contracts: secret { store: files }\nrole hr\nrole clerk\nbind store files to \"NODE\"\n"
      "bind tenant operator to \"UNION\"\n";
  const auto before = side(tenant + "allow hr to drive.read on contracts\nallow clerk to audit.read\n");
  const auto after = side(
      tenant +
      "allow hr to drive.read, drive.download on contracts\nallow hr to audit.read\nallow hr to contacts.export\n");
  CHECK(driver::review(before, before).empty());
  std::vector<std::string> targets;
  const auto steps = compare::compare(before.steps, after.steps);
  for (const compare::StepChange& change : steps) {
    const auto& from = change.kind == compare::StepChange::Kind::undone ? before.steps : after.steps;
    for (const compare::Step& step : from) {
      constexpr std::string_view marks = "+~-";
      if (step.id == change.id) targets.push_back(marks[static_cast<std::size_t>(change.kind)] + step.target);
    }
  }
  CHECK(fmt::format("{}", fmt::join(targets, "; ")) ==
        "+files store.files DOWNLOADER #1; ~console audit.read; +console contacts.export; +owners drive.download; "
        "-files store.files READER #1");
}

TEST_CASE("a step that sets the same for others says for whom it was") {
  const compare::Step old{"s-1", "folder", "api", "readers: HR", "READER", "", false};
  const compare::Step now{"s-2", "folder", "api", "readers: HR, IT", "READER", "", false};
  const auto changes = compare::compare({old}, {now});
  REQUIRE(changes.size() == 1);
  CHECK(changes.front().before == "readers: HR");
  const compare::Step other{"s-3", "folder", "api", "readers: HR", "EDITOR", "", false};
  CHECK(compare::compare({old}, {other}).front().before == "READER");
}

TEST_CASE("a document says what its policy says, for what a document holds") {
  const std::string text = std::string{tiered} +
                           "data d: secret\nrole clerk { title: \"Clerks\" }\nrole aide inherits clerk\ncontrol "
                           "mfa\ncontext device: own | office\n"
                           "app crm\nfeature read { acts_on: data }\nfeature open { acts_on: app }\nfeature f\n"
                           "allow clerk to read on internal or above when device is office requiring mfa until "
                           "2026-12-31\nforbid aide to read on d\n"
                           "allow clerk to open on all\nforbid clerk to open on crm\nallow aide to f\n";
  CHECK(driver::review(side(text), document(text)).difference.empty());
  CHECK(driver::review(document(text), side(text)).difference.empty());
  const auto later = driver::review(document(text), side(text + "allow clerk to f\n"));
  CHECK(sentences(later) == "Clerks may now use f (before: not permitted, no rule allows it)");
  CHECK(causes(later) == "added allow clerk to f");
}

TEST_CASE("what is no permissions.json is refused with its places") {
  const auto problems = [](std::string_view text) {
    auto read = driver::diff_side("x", text, std::nullopt, base::Language::en);
    const auto* wrong = std::get_if<std::vector<std::string>>(&read);
    return wrong == nullptr ? std::string{} : fmt::format("{}", fmt::join(*wrong, "; "));
  };
  const std::string_view no_json = "not a JSON document that `farol compile` writes: line 1: ";
  CHECK(problems("").starts_with(no_json));
  CHECK(problems(std::string(100'000, '[')).starts_with(no_json));
  const std::string no_schema =
      "`schema` is neither `farol-permissions-2` nor `farol-permissions-1`: not a permissions.json of this version or "
      "the former one";
  CHECK(problems("[1]") == no_schema);
  CHECK(problems("{}") == no_schema);
  const std::string whole =
      driver::permissions_json(testing::compile_text("farol 1\nrole a\nrole b inherits a\nfeature f\ncontrol seal { "
                                                     "kept_by: people }\nallow b to f requiring seal\n"));
  REQUIRE(problems(whole).empty());
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string changed = whole;
    const std::size_t at = changed.find(from);
    REQUIRE(at != std::string::npos);
    return problems(changed.replace(at, from.size(), to));
  };
  CHECK(with(R"("inherits": ["a"])", R"("inherits": ["c"])") == "roles: there is no role `c`");
  CHECK(with(R"("inherits": [])", R"("inherits": ["b"])") == "roles: `a` inherits itself");
  CHECK(with(R"("inherits": [])", R"("inherits": 3)") == "roles[0].inherits: expected a list, not a number");
  CHECK(with(R"("effect": "allow")", R"("effect": "maybe")") == "decisions[0].effect: expected one of `allow`, `deny`");
  CHECK(with(R"("objects": [])", R"("objects": ["x"])") == "decisions[0].answers[0]: there is no object `x`");
  CHECK(with(R"("controls": ["seal"])", R"("controls": ["x"])") == "decisions[0]: there is no control `x`");
  CHECK(with(R"("as_of": ")", R"("as_of": "on )") == "as_of: expected a day, written 2026-11-23");
  CHECK(with(R"("unsupported")", R"("wants")") == "unsupported: it is missing");
  CHECK(with(R"("default": "none")", R"("default": "allow")") == "default: expected `none`");
}

TEST_CASE("a comment is never longer than a comment may be, and says its counts first") {
  // Hundreds of statements, each longer than a line, and all of them changed.
  const auto policy = [](std::string_view word) {
    std::string text = "farol 1\n";
    const std::string title(400, 'x');
    for (int i = 0; i < 300; ++i) {
      text += fmt::format("role r{0} {{ title: \"{1} {0}\" }}\nfeature f{0}\n", i, title);
      text += fmt::format("allow r{0} to f{1} because \"{2} {3}\"\n", i, word == "old" ? i : 299 - i, word, title);
    }
    return text;
  };
  const auto before = side(policy("old")), after = side(policy("new"));
  const auto review = driver::review(before, after);
  const std::string whole = driver::render(review, driver::DiffFormat::text, base::Language::en, false);
  CHECK(whole.size() > 500'000);
  const std::string comment = compare::comment_of(review, base::Language::en);
  CHECK(comment.size() <= 65'536);
  const auto counts = comment.find("wider: ");
  REQUIRE(counts != std::string::npos);
  CHECK(counts < 300);
  CHECK(comment.find("Left out") != std::string::npos);
  CHECK(std::count(comment.begin(), comment.end(), '\n') > 10);
  const std::string chat = driver::render(review, driver::DiffFormat::chat, base::Language::en, false);
  CHECK(chat.size() < 10'000);
  CHECK(chat.find("<details>") == std::string::npos);
  CHECK(compare::summary_of(review, base::Language::en).find('\n') ==
        compare::summary_of(review, base::Language::en).size() - 1);
}

TEST_CASE("a document says nothing of separations, and its digest that there is something to say") {
  const std::string text = "farol 1\nrole a\nrole b { admin: yes }\nfeature f\nallow a, b to f\n";
  const std::string separated = text + "separate a, b because \"r\"\n";
  const auto same = driver::review(document(text), side(text));
  CHECK(same.empty());
  const auto gone = driver::review(document(separated), side(text));
  CHECK_FALSE(gone.empty());
  CHECK(gone.difference.unseen == compare::Difference::Unseen::something);
  CHECK(compare::summary_of(gone, base::Language::en).find("the policies are not the same") != std::string::npos);
  const auto admin = driver::review(document(text), side("farol 1\nrole a\nrole b\nfeature f\nallow a, b to f\n"));
  REQUIRE(admin.difference.edits.size() == 1);
  CHECK(admin.difference.edits.front().before == "role b: admin yes");
  CHECK(admin.difference.weaker_safeguards() == 1);
}

TEST_CASE("what is bound to one id is one role, whatever else changes with its name") {
  const auto before = side(
      "farol 1\nrole clerk\nrole boss\nfeature f\nfeature g\nbind role clerk to 300\nbind role boss "
      "to 301\nallow clerk to f\nallow boss to g\n");
  const auto after = side(
      "farol 1\nrole officer\nrole chief\nfeature f\nfeature g\nbind role officer to 300\nbind role "
      "chief to 301\nallow officer to f, g\nallow chief to g\n");
  const auto review = driver::review(before, after);
  CHECK(renames(review) == "role boss chief?; role clerk officer?; ");
  CHECK(sentences(review) == "officer may now use g (before: not permitted, no rule allows it)");
  CHECK(causes(review) == "edited allow officer to f, g");
  // Each has another title in the tenant from now on, and nothing else is to be done there.
  REQUIRE(review.steps.size() == 2);
  CHECK(review.steps.front().value == "POST /role/update_role\nroleId: 301\nroleName: chief");
}

TEST_CASE("a new name needs no steps, and is no finding, wherever it comes in the order of names") {
  const auto policy = [](const std::string& name) {
    return "farol 1\nuse dingtalk 2026.12\ntiers public < secret\nstore files { on: dingtalk kind: folder }\n"
           "data contracts: secret { store: files }\nrole " +
           name + " { title: \"Reception\" }\nrole nurse { title: \"Nurses\" }\nbind role " + name +
           " to 300\nbind role nurse to 301\nbind store files to \"NODE\"\nbind tenant operator to \"UNION\"\nallow " +
           name + ", nurse to drive.read on contracts\nallow nurse, " + name + " to audit.read, contacts.export\n";
  };
  const auto before = side(policy("desk")), after = side(policy("zeta"));
  CHECK(before.steps.size() > 2);
  const auto review = driver::review(before, after);
  CHECK(review.steps.empty());
  CHECK(review.findings.empty());
  CHECK(driver::review(after, before).steps.empty());
}

}  // namespace diff_test
