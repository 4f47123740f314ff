#include "cli/verbs.h"

#include <algorithm>
#include <string>

namespace farol::cli {
namespace {

// Options that mean the same for every verb that has them.
const Option directory{OptionId::directory, "C", "", "DIR", {}, "work as if started in DIR"};
const Option root{OptionId::root, "", "root",
                  "DIR",          {}, "files of the policy may lie anywhere in DIR, not just in its own folder"};
const Option as_of{OptionId::as_of, "", "as-of",
                   "DATE",          {}, "the day to decide for, such as 2026-11-23; today if left out"};
const Option each{
    OptionId::each, "", "each", "", {}, "every path is a policy of its own: one line for each, worst exit code"};
const Option in{OptionId::in, "", "in", "PATH", {}, "the policy: a file or folder; may be given several times", true};
const Option output{OptionId::output, "o", "output", "FILE", {}, "write to FILE instead of the terminal"};
const Option lang{
    OptionId::lang, "", "lang", "LANG", {"en", "zh-Hant", "zh-Hans", "pt"}, "language of titles and texts"};
const Option color{OptionId::color,
                   "",
                   "color",
                   "WHEN",
                   {"auto", "always", "never"},
                   "colours; auto: in a terminal, unless NO_COLOR is set"};
const Option quiet{OptionId::quiet, "q", "quiet", "", {}, "say nothing but errors"};
const Option verbose{
    OptionId::verbose, "v", "verbose", "", {}, "say which files were read, for which day, and what is waived"};
const Option error{OptionId::error, "", "error", "FINDING", {}, "count this kind of finding as an error", true};
const Option warn{OptionId::warn, "", "warn", "FINDING", {}, "count it as a warning", true};
const Option off{OptionId::off, "", "off", "FINDING", {}, "do not report it, and say so", true};
const Option confirmations{OptionId::confirmations,
                           "",
                           "confirmations",
                           "FILE",
                           {},
                           "what is confirmed already; confirmations.csv beside the policy, if it is there"};
const Option help{OptionId::help, "h", "help", "", {}, "this page"};

Option format(std::vector<std::string_view> choices, std::string_view text) {
  return {OptionId::format, "", "format", "FORMAT", std::move(choices), text};
}
Option error_format(std::vector<std::string_view> choices) {
  return {OptionId::error_format, "",
          "error-format",         "FORMAT",
          std::move(choices),     "how findings are written: sarif is for code scanning, github for annotations"};
}
const Option text_or_json = format({"text", "json"}, "text for people, json for programs");

// What every verb that reads a policy ends with.
std::vector<Option> with_common(std::vector<Option> own) {
  own.insert(own.end(), {lang, as_of, root, directory, error, warn, off, color, quiet, verbose, help});
  return own;
}

Verb check_verb() {
  return {"check",
          "[PATHS]",
          "find what is wrong in a policy",
          {{"farol check", "the policy in this folder"},
           {"farol check examples/clinic", "the policy in another folder"},
           {"farol check --each clients/*", "many policies, one line for each"},
           {"cat policy.farol | farol check -", "what another program prints"}},
          "Findings are in English, those of packs in the language asked for, and go to standard error; one line on\n"
          "standard output says that all is well.\n"
          "With --error-format json, one JSON document on standard output has all of it.",
          Arguments::paths,
          {},
          with_common({each, error_format({"text", "json", "sarif", "github"}), output}),
          check};
}

Verb compile_verb() {
  return {
      "compile",
      "[PATHS] -o DIR",
      "write the configuration, the checklist and the matrix of a policy",
      {{"farol compile examples/clinic -o out", "out/permissions.json, matrix.md, checklist.md and .html"},
       {"farol compile -o out --lang zh-Hant", "matrix and checklist in Chinese"},
       {"farol compile -o out --emit dws", "and dws.sh, the requests for the vendor's command line"},
       {"farol compile -o out --as-of 2027-01-01", "as it will stand on that day"}},
      "With an error in the policy nothing is written. All files are written whole, or none is touched.",
      Arguments::paths,
      {},
      with_common({{OptionId::output, "o", "output", "DIR", {}, "the folder to write to; it is made if it is missing"},
                   {OptionId::emit, "", "emit", "TARGET", {"dws"}, "write the requests as a shell script too"},
                   {OptionId::allow_undocumented,
                    "",
                    "allow-undocumented",
                    "",
                    {},
                    "also make requests that the platform does not document, marked as such"},
                   confirmations,
                   each}),
      compile};
}

Verb matrix_verb() {
  return {
      "matrix",
      "[PATHS]",
      "show who may do what, as a table",
      {{"farol matrix examples/clinic", "the whole table"},
       {"farol matrix --role hr --feature drive", "one role, the features of one group"},
       {"farol matrix -o matrix.md", "as a document, for review"},
       {"farol matrix -o matrix.html", "as a page for a browser, with filters and reasons"},
       {"farol matrix --check matrix.md", "is that document still what the policy says?"}},
      "Where FORMAT is left out, the name of the file decides: .md, .csv or .html. A filter may be given several "
      "times,\n"
      "or with several names: --role hr,it_admin.",
      Arguments::paths,
      {},
      with_common(
          {format({"text", "md", "csv", "html"},
                  "text for a terminal, md for Markdown, csv for a spreadsheet, html for a browser"),
           output,
           {OptionId::check, "", "check", "FILE", {}, "exit code 1 where FILE is not what would be written"},
           {OptionId::role, "", "role", "ROLE", {}, "these roles only", true},
           {OptionId::feature, "", "feature", "FEATURE", {}, "these features, or all of a group such as meeting", true},
           {OptionId::tier, "", "tier", "TIER", {}, "these tiers only", true},
           {OptionId::data, "", "data", "DATA", {}, "these classes of data only", true}}),
      matrix};
}

Verb report_verb() {
  return {
      "report",
      "KIND [PATHS]",
      "write a paper that an administrator, an authority or an auditor asks for",
      {{"farol report checklist -o checklist.html",
        "what an administrator does, step by step, to be printed and signed"},
       {"farol report inventory examples/clinic", "which data there is, where, and who reaches it"},
       {"farol report notification --lang pt -o draft.html", "the items of article 23, for print"},
       {"farol report assessment examples/shop", "the same, and what the packs find open"},
       {"farol report review --since last-year -o sheet.csv", "who may see what, for its owners to decide on"},
       {"farol report review --read sheet.csv", "what they have decided, and which rules to change"}},
      "KIND is assessment, checklist, deletion, evidence, inventory, metadata, notice, notification, review, risk,\n"
      "training or usage. What the policy does not say stands there as “not stated”. Where FORMAT is left out, the "
      "name\n"
      "of the file decides: .html is HTML, which needs no network and prints on A4. With --read the exit code is 1\n"
      "where something is left to decide or to take away.",
      Arguments::words,
      {"assessment", "checklist", "deletion", "evidence", "inventory", "metadata", "notice", "notification", "review",
       "risk", "training", "usage"},
      with_common(
          {format({"md", "html", "csv"}, "md for Markdown, html to print, csv for a spreadsheet: of review only"),
           output,
           {OptionId::since,
            "",
            "since",
            "OLD",
            {},
            "of review: an earlier state to compare with: a path, or git:REV[:PATH]"},
           {OptionId::read, "", "read", "FILE", {}, "of review: a sheet that came back filled in", true},
           {OptionId::allow_undocumented,
            "",
            "allow-undocumented",
            "",
            {},
            "also requests that the platform does not document, marked as such"},
           confirmations}),
      report};
}

Verb confirm_verb() {
  return {
      "confirm",
      "[STEP…] [PATHS]",
      "sign that a step of the checklist was made",
      {{"farol confirm", "which steps there are, and what is confirmed of them"},
       {"farol confirm s-0f39c8aca428 --by \"Ana Wong\" --on 2026-11-23", "she made it on that day"},
       {"farol confirm s-0f39c8aca428 --by \"Ana Wong\" --on 2026-11-23 --evidence shot.png",
        "with a screenshot, whose digest is kept"}},
      "STEP is the id that the checklist shows. Requests can be confirmed as settings are. What is signed is added to\n"
      "confirmations.csv beside the policy. It counts until the step gets another value, or until the policy's next\n"
      "`review { every: … }`, six months where it has none. A path is told from a step by a slash or by its ending\n"
      ".farol; --in takes any path.",
      Arguments::names,
      {},
      with_common({{OptionId::by, "", "by", "NAME", {}, "who has made it"},
                   {OptionId::on, "", "on", "DATE", {}, "the day on which it was made, such as 2026-11-23"},
                   {OptionId::evidence, "", "evidence", "FILE", {}, "a screenshot or a reply; its SHA-256 is kept"},
                   {OptionId::confirmations, "", "file", "FILE", {}, "add to FILE instead of confirmations.csv"},
                   {OptionId::allow_undocumented,
                    "",
                    "allow-undocumented",
                    "",
                    {},
                    "the steps are those that this option makes"},
                   in,
                   output}),
      confirm};
}

Verb test_verb() {
  return {
      "test",
      "[PATHS]",
      "run the tests in a policy",
      {{"farol test examples/clinic", "every test, one line for each"},
       {"farol test --as-of 2027-01-01", "do they still hold on that day?"},
       {"farol test --coverage --min-coverage 80", "which rules does no test look at?"},
       {"farol test --format junit -o tests.xml", "for a build server"}},
      "A test that fails is shown with one case in which the policy says something else, and the rules behind it.\n"
      "A rule is covered if some expectation asks about a point that it decides or refuses.",
      Arguments::paths,
      {},
      with_common({each,
                   error_format({"text", "sarif", "github"}),
                   format({"text", "json", "junit"}, "text for people, json for programs, junit for build servers"),
                   output,
                   {OptionId::coverage, "", "coverage", "", {}, "say which rules no expectation looks at"},
                   {OptionId::lcov, "", "lcov", "FILE", {}, "write the coverage to FILE, as lcov and editors read it"},
                   {OptionId::min_coverage,
                    "",
                    "min-coverage",
                    "PERCENT",
                    {},
                    "exit code 1 where fewer of the rules are covered"}}),
      test};
}

Verb who_verb() {
  return {"who",
          "FEATURE [OBJECT] [PATHS]",
          "who may do something, and why",
          {{"farol who meeting.record", "whoever may record, for the policy in this folder"},
           {"farol who drive.read contracts --in examples/clinic", "whoever may read these files"},
           {"farol who can see contracts --in examples/clinic", "by whatever feature"}},
          "OBJECT is a tier, a class of data, an app, a group, a place or a department. After can stands one of see,\n"
          "change, send and administer. A path is told from a name by a slash or by its ending .farol: clinic/ or\n"
          "clinic.farol; --in takes any path.",
          Arguments::names,
          {},
          with_common({in, text_or_json, output}),
          who};
}

Verb what_verb() {
  return {
      "what",
      "ROLE [PATHS]",
      "all that a role may do, and why",
      {{"farol what executive", "for the policy in this folder"},
       {"farol what hr --in examples/clinic", "for another one"},
       {"farol what everyone --in examples/clinic", "what holds for people without any role"}},
      "A path is told from a name by a slash or by its ending .farol: clinic/ or clinic.farol; --in takes any path.",
      Arguments::names,
      {},
      with_common({in, text_or_json, output}),
      what};
}

Verb explain_verb() {
  return {
      "explain",
      "ROLE FEATURE [OBJECT] [PATHS], or NAME, or CODE",
      "why a role may or may not do something; what a name or a finding is",
      {{"farol explain executive meeting.record", "why, for the policy in this folder"},
       {"farol explain hr drive.read payroll --when \"device is personal\" --in examples/clinic", "in one case"},
       {"farol explain meeting.record", "what a feature is, and what enforces it"},
       {"farol explain F3001", "what a finding means, with an example; conflict, its name, does too"},
       {"farol explain MO-XFER-001", "what a check of a pack asks for, on what it rests, and what it finds"}},
      "NAME is anything that the policy or the catalogue declares, or the label of a statement. For people without\n"
      "any role, ROLE is everyone. A path is told from a name by a slash or by its ending .farol; --in takes any\n"
      "path.",
      Arguments::names,
      {},
      with_common({{OptionId::when, "", "when", "CONDITION", {}, "in this case only, as a rule would say it"},
                   in,
                   text_or_json,
                   output}),
      explain};
}

Verb list_verb() {
  return {
      "list",
      "KIND [PATHS]",
      "the words that a policy can use",
      {{"farol list features", "what rules can be about"},
       {"farol list roles examples/clinic", "the roles of a policy"},
       {"farol list findings", "everything that check can find"},
       {"farol list permissions out/permissions.json", "what a compiled policy decides, one permission a line"}},
      "KIND is features, roles, data, contexts, controls, packs, reports, findings or permissions. In a folder without "
      "a\n"
      "policy, features, contexts and controls are those of the newest DingTalk catalogue. permissions takes a\n"
      "permissions.json instead of a policy, and shows any other file as it is, so that git can use it as a textconv.",
      Arguments::words,
      {"features", "roles", "data", "contexts", "controls", "packs", "reports", "findings", "permissions"},
      with_common({output}),
      list};
}

Verb fmt_verb() {
  return {"fmt",
          "[PATHS]",
          "lay out policies in one way, with all their comments",
          {{"farol fmt", "the files of the policy in this folder"},
           {"farol fmt --check", "is everything laid out so? nothing is written"},
           {"farol fmt --diff examples/clinic", "what would change"},
           {"farol fmt - < policy.farol", "from standard input to standard output"}},
          "Only blanks and line ends change, and commas between attributes go. A statement with an error is left as it "
          "is;\n"
          "the exit code is then 1, and the rest is laid out. The lines of a `check` stay its author's.",
          Arguments::paths,
          {},
          {{OptionId::check, "", "check", "", {}, "write nothing; exit code 1 where a file would change"},
           {OptionId::diff, "", "diff", "", {}, "the same, and show what would change"},
           directory,
           color,
           quiet,
           help},
          fmt};
}

Verb diff_verb() {
  return {
      "diff",
      "[OLD [NEW]]",
      "show what a change of a policy means",
      {{"farol diff", "what has changed since the last commit in git"},
       {"farol diff git:main", "what has changed since main, up to the files here, committed or not"},
       {"farol diff git:main..topic policies", "the policy in a folder, on two branches"},
       {"farol diff before/ after/ -o review.html", "two folders, as a page to print"},
       {"farol diff old/permissions.json new/permissions.json", "two compiled policies"},
       {"farol diff --as-of 2026-11-24..2027-03-31", "what changes by itself between two days"},
       {"farol diff git:main... --format md --fail-on widening:confidential", "for a review, on a build server"}},
      "Both sides are decided and compared point by point: moving, splitting or relabelling rules is no change. Each\n"
      "side is a file or folder, a permissions.json, or git:REV[:PATH]; includes and libraries of a revision are "
      "those\n"
      "of that revision. What is new is compared with what it came from: a role with the roles it inherits, a data "
      "class\n"
      "with its tier.",
      Arguments::paths,
      {},
      with_common(
          {format({"text", "md", "html", "json"}, "text for a terminal, md for a comment in review, html to print"),
           error_format({"text", "sarif", "github"}),
           output,
           {OptionId::fail_on,
            "",
            "fail-on",
            "WHAT",
            {},
            "exit code 1 on any change, on any widening, or on widening:TIER, on data of TIER or above"},
           {OptionId::each,
            "",
            "each",
            "",
            {},
            "one table: every path behind a revision, or every file of two folders, is a policy"}}),
      diff};
}

Verb roster_verb() {
  return {"roster",
          "[PATHS] --users FILE",
          "check people and their roles against a policy",
          {{"farol roster --users people.csv", "who breaks a separation of duties, whose roles disagree"},
           {"farol roster --users people.csv --since last-month.csv", "and who gains and loses what"},
           {"farol roster examples/clinic --users people.json --format json", "for another program"}},
          "FILE is CSV with the columns id and roles, a JSON array, JSON lines, DingTalk's export of the address book\n"
          "saved as CSV UTF-8, or what its list calls answer. A file may hold millions of people. The exit code is 1 "
          "where\n"
          "somebody breaks a `separate`.",
          Arguments::paths,
          {},
          with_common({{OptionId::users, "", "users", "FILE", {}, "people and their roles; - is standard input"},
                       {OptionId::since, "", "since", "FILE", {}, "an earlier list, to compare with"},
                       text_or_json,
                       output}),
          roster};
}

Verb due_verb() {
  return {
      "due",
      "[PATHS]",
      "what expires or falls due, day by day",
      {{"farol due", "the next thirty days, and what is overdue"},
       {"farol due --within 6months", "further ahead"},
       {"farol due --within 1year --format ics -o due.ics", "for a calendar"}},
      "Rules and waivers that end, reviews and trainings that come round, and every other statement with a last day.\n"
      "The exit code is 1 where something is overdue.",
      Arguments::paths,
      {},
      with_common({{OptionId::within, "", "within", "TIME", {}, "how far ahead: 30d, 8w, 6m, 1y; 30d if left out"},
                   format({"text", "ics", "json"}, "text for people, ics for calendars, json for programs"),
                   confirmations,
                   output}),
      due};
}

Verb graph_verb() {
  return {
      "graph",
      "[PATHS]",
      "draw roles, features, and who is allowed what",
      {{"farol graph --format mermaid", "for a page in Markdown"},
       {"farol graph -o policy.dot", "for Graphviz"},
       {"farol graph --role hr --format svg -o hr.svg", "a picture; Graphviz draws it, where it is installed"}},
      "A role points at the roles that it inherits, and at the groups of features that something is allowed to it in;\n"
      "with --feature at the features themselves. What is separated is joined by a dashed line.",
      Arguments::paths,
      {},
      with_common(
          {format({"dot", "mermaid", "svg", "json"}, "dot for Graphviz, mermaid for Markdown, svg is a picture"),
           output,
           {OptionId::role, "", "role", "ROLE", {}, "these roles and what they inherit only", true},
           {OptionId::feature,
            "",
            "feature",
            "FEATURE",
            {},
            "these features, or all of a group such as meeting",
            true}}),
      graph};
}

Verb collect_verb() {
  return {
      "collect",
      "[PATHS]",
      "write the calls that show what the tenant has set",
      {{"farol collect examples/clinic -o collect.sh", "a script; `sh collect.sh` writes tenant-export.json"},
       {"farol collect --everything -o collect.sh", "without a policy, to make one with import"}},
      "The script needs the vendor's command line, dws, and changes nothing. It asks for what the steps of the policy "
      "set,\n"
      "and only for ids and names of people.",
      Arguments::paths,
      {},
      with_common({{OptionId::everything,
                    "",
                    "everything",
                    "",
                    {},
                    "without a policy: all that can be asked for without an id"},
                   {OptionId::emit, "", "emit", "FORM", {"sh"}, "a script for a POSIX shell, the only form there is"},
                   output}),
      collect};
}

Verb import_verb() {
  return {"import",
          "FILE",
          "make a policy from what a tenant has set, or from a table",
          {{"farol import tenant-export.json -o policy.farol", "roles, departments, ids, and rules by what is set"},
           {"farol import matrix.csv -o policy.farol", "roles and features from a table with ✔ and ✖"}},
          "FILE is what the script of `farol collect` wrote, DingTalk's export of the address book as CSV (roles and "
          "departments,\n"
          "no people), what `farol matrix --format csv` writes, or a table of roles and features in CSV.\n"
          "The policy compiles; what could not be read stands at its top as questions, and is never allowed.",
          Arguments::paths,
          {},
          {output, as_of, directory, quiet, help},
          import};
}

Verb drift_verb() {
  return {
      "drift",
      "[PATHS] --live FILE",
      "compare the tenant with the policy",
      {{"farol drift examples/clinic --live tenant-export.json", "what is set otherwise, and what nobody can see"},
       {"farol drift --live tenant-export.json --format json", "for another program"}},
      "FILE is what the script of `farol collect` wrote. The exit code is 1 where a step is set otherwise or the "
      "tenant has\n"
      "something on top; what no documented call shows is listed, and counts for nothing. -v lists what agrees, too.",
      Arguments::paths,
      {},
      with_common({{OptionId::live, "", "live", "FILE", {}, "the tenant's export; - is standard input"},
                   confirmations,
                   text_or_json,
                   output}),
      drift};
}

Verb init_verb() {
  return {
      "init",
      "DIR",
      "write a policy to start from",
      {{"farol init my-policy", "a small policy with comments that explain it"},
       {"farol init my-policy --lang pt", "the same, with comments in Portuguese"},
       {"farol init my-policy --like clinic", "a copy of a worked example"}},
      "What is written compiles as it is. Files that are there already are never overwritten.",
      Arguments::paths,
      {},
      {{OptionId::like,
        "",
        "like",
        "EXAMPLE",
        {"clinic", "construction", "bank", "shop", "library"},
        "copy this example instead"},
       {OptionId::lang, "", "lang", "LANG", {"en", "zh-Hant", "zh-Hans", "pt"}, "language of the comments and titles"},
       directory,
       quiet,
       help},
      init};
}

Verb version_verb() {
  return {"version",
          "",
          "the version of farol and of what is inside it",
          {{"farol version", ""}},
          "",
          Arguments::none,
          {},
          {help},
          version};
}

Verb completions_verb() {
  return {"completions",
          "bash|zsh|fish",
          "make the Tab key know farol",
          {{"source <(farol completions bash)", "for this terminal"},
           {"farol completions zsh > ~/.zfunc/_farol", "for good, where ~/.zfunc is in fpath"},
           {"farol completions fish > ~/.config/fish/completions/farol.fish", "for good"}},
          "",
          Arguments::words,
          {"bash", "zsh", "fish"},
          {output, directory, help},
          completions};
}

}  // namespace

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> table{
      check_verb(),   compile_verb(), matrix_verb(), report_verb(), confirm_verb(), test_verb(),    who_verb(),
      what_verb(),    explain_verb(), fmt_verb(),    diff_verb(),   roster_verb(),  due_verb(),     graph_verb(),
      collect_verb(), import_verb(),  drift_verb(),  list_verb(),   init_verb(),    version_verb(), completions_verb()};
  return table;
}

const Verb* find_verb(std::string_view name) {
  const auto found = std::find_if(verbs().begin(), verbs().end(), [&](const Verb& verb) { return verb.name == name; });
  return found == verbs().end() ? nullptr : &*found;
}

std::string spelling(const Option& option) {
  return option.name.empty() ? "-" + std::string(option.letter) : "--" + std::string(option.name);
}

}  // namespace farol::cli
