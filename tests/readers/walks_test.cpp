// The way of a compliance officer who reads no English, from the first policy to a signed table: what the program says
// has no English word but keywords, names, codes and the names of files and products.
#include <algorithm>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/verbs.h"
#include "diag/diagnostic.h"
#include "driver/libraries.h"
#include "support/farol.h"
#include "support/findings.h"
#include "support/repository.h"

namespace farol::testing::walks_test {
namespace {

using Words = std::set<std::string>;

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

// The words in Latin letters, in lower case. One letter alone is no word.
std::vector<std::string> latin_words(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  std::size_t letters = 0;
  const auto take = [&] {
    if (letters > 1) words.push_back(base::fold_case(word));
    word.clear();
    letters = 0;
  };
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::decode(text, at);
    if (is_letter(point.value)) {
      word.append(text, at, point.size);
      ++letters;
    } else {
      take();
    }
    at += point.size;
  }
  take();
  return words;
}

void add_words(Words& words, const std::string& text) {
  for (const std::string& word : latin_words(text)) words.insert(word);
}

// What is the same in every language: the language of policies, and what has a name of its own.
Words names_of_everything() {
  Words words;
  const auto libraries = driver::compile_libraries(*base::parse_date(today), true);
  const model::Model& model = libraries.model;
  for (const auto& each : model.features) add_words(words, each.name);
  for (const auto& each : model.controls) add_words(words, each.name);
  for (const auto& each : model.checks) add_words(words, each.id + " " + each.pack);
  for (const auto& each : model.contexts) {
    add_words(words, each.name);
    for (const std::string& value : each.values) add_words(words, value);
  }
  for (const diag::CodeInfo& code : diag::all_codes()) add_words(words, std::string(code.name));
  for (const cli::Verb& verb : cli::verbs()) {
    add_words(words, std::string(verb.name) + " " + std::string(verb.arguments));
    for (const cli::Example& example : verb.examples) add_words(words, std::string(example.command));
    for (const std::string_view first : verb.first_words()) add_words(words, std::string(first));
    std::vector<cli::Option> options = verb.options;
    options.insert(options.end(), cli::policy_options().begin(), cli::policy_options().end());
    for (const cli::Option& option : options) {
      add_words(words, option.spelling() + " " + std::string(option.value));
      for (const std::string_view choice : option.choices) add_words(words, std::string(choice));
    }
  }
  // Keywords, attributes and the values of closed lists, as the language page has them in its code.
  const std::string page = read_repository("docs/language.md");
  const std::regex code("`([^`\n]+)`");
  for (std::sregex_iterator at(page.begin(), page.end(), code), none; at != none; ++at) add_words(words, (*at)[1]);
  // Products and standards, by which they are known everywhere: the platform and this program; the forms of files; the
  // authority of Macau, the mainland's laws, hashes, and the short names of places and languages.
  add_words(
      words,
      "farol dingtalk dws macau json csv html markdown md xlsx sarif junit svg ics graphviz dot mermaid sql cedar "
      "postgresql duckdb git github gitlab dspdp gpdp cn gba hk mo eu us tw sg pipl gdpr iso pci dss sha utf "
      "iana url api app ip id ai pdf excel ding hant hans zh pt en bash zsh fish vim lsp lcov aa mfa wi fi stdin "
      // Names of things: a protocol, a key, hooks of git.
      "language server protocol tab ctrl pre commit my policy dir verb rev javascript "
      // Of examples: a class of data, a reason, and how a page marks what fails.
      "wages keeps fails "
      // Values of a filing in the language.
      "simplified benefits");
  return words;
}

// English words that are no Portuguese ones: of all texts that have both.
Words english_words() {
  Words english, portuguese;
  const auto add_po = [&](const std::string& path) {
    std::istringstream lines(read_repository(path));
    bool is_english = true;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("#") || line.starts_with("msgctxt")) continue;
      if (line.starts_with("msgid")) is_english = true;
      if (line.starts_with("msgstr")) is_english = false;
      const std::size_t quote = line.find('"');
      if (quote == std::string::npos) continue;
      // Arguments have names in English everywhere, and what is in backticks is typed.
      static const std::regex typed("\\{[^}]*\\}|`[^`]*`|--[a-z-]+|[A-Z]{3,}|\\\\n");
      add_words(is_english ? english : portuguese, std::regex_replace(line.substr(quote), typed, " "));
    }
  };
  add_po("src/diag/messages/pt.po");
  add_po("src/cli/help/pt.po");
  for (const std::string& each : portuguese) english.erase(each);
  return english;
}

// Of a page what people see: no tags, styles or scripts.
std::string seen_of(std::string page) {
  for (const auto& [open, close] : {std::pair("<style", "</style>"), std::pair("<script", "</script>")}) {
    for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open)) {
      const std::size_t end = page.find(close, at);
      page.erase(at, end == std::string::npos ? std::string::npos : end - at);
    }
  }
  std::string seen;
  bool in_tag = false;
  for (std::size_t i = 0; i < page.size(); ++i) {
    if (page[i] == '<') in_tag = true;
    if (page[i] == '&') i = std::min(page.find(';', i), page.size() - 1);
    if (!in_tag && page[i] != ';') seen += page[i];
    if (page[i] == '>') in_tag = false;
    if (page[i] == '>') seen += ' ';
  }
  return seen;
}

struct Walk {
  std::string tag, conflicting, reasonless, facts, table;
};

class Walker {
 public:
  explicit Walker(Walk walk) : walk_(std::move(walk)), names_(names_of_everything()), english_(english_words()) {}

  Outcome run(std::vector<std::string> arguments, int exit, bool with_language = false) {
    if (with_language) arguments.insert(arguments.end(), {"--lang", walk_.tag});
    std::string command;
    for (const std::string& word : arguments) command += " " + word;
    INFO("farol", command);
    Outcome outcome = run_farol(files, arguments);
    CHECK_MESSAGE(outcome.exit == exit, outcome.out, outcome.err);
    look(command, outcome.out);
    look(command, outcome.err);
    for (const auto& [path, text] : outcome.wrote) look(command, text);
    ++commands_;
    return outcome;
  }

  // Whether the program has said anything that no reader of the language can read.
  void look(const std::string& command, const std::string& text) {
    Words own = names_;
    for (const auto& [path, content] : files.files) {
      add_words(own, path);
      if (path.ends_with(".farol")) add_words(own, content);
    }
    add_words(own, command);
    std::istringstream lines(text);
    // Addresses, files, numbers of steps and line ends of Markdown are no words.
    static const std::regex no_words("https?://[^ )|]+|docs/[a-z.]+|<br>|s-[0-9a-f]{12}");
    for (std::string line; std::getline(lines, line);) {
      for (const std::string& word : latin_words(std::regex_replace(line, no_words, " "))) {
        ++words_;
        if (own.contains(word)) continue;
        if (walk_.tag == "pt" && !english_.contains(word)) continue;
        if (said_.insert(word).second) FAIL_CHECK("farol", command, " says `", word, "`: ", line);
      }
    }
  }

  base::MemoryFileSystem files;

  void go() {
    run({"init", "firm"}, 0, true);
    // From here on the policy itself says in which language its readers are.
    const std::string first = files.files.at("firm/policy.farol");
    CHECK(first.find("language: " + walk_.tag) != std::string::npos);
    run({"check", "firm"}, 0);
    run({"test", "firm"}, 0);
    files.files["firm/new.farol"] = "farol 1\n\n" + walk_.conflicting + "\n";
    const Outcome conflict = run({"check", "firm"}, 1);
    CHECK(conflict.err.find("F3001") != std::string::npos);
    repair();
    files.files["firm/new.farol"] += walk_.reasonless + "\n";
    CHECK(run({"check", "firm"}, 1).err.find("F3002") != std::string::npos);
    run({"check", "--fix", "firm"}, 0);
    files.files["firm/new.farol"] += "use pack macau_pdpa 2026.11\n";
    const Outcome open = run({"check", "firm"}, 1);
    CHECK(open.err.find("MO-NOTIFY-001") != std::string::npos);
    run({"explain", "MO-NOTIFY-001", "--in", "firm"}, 0, true);
    run({"init", "--facts", "firm"}, 0);
    files.files["firm/new.farol"] += walk_.facts + "\n";
    files.files.erase("firm/facts.farol");
    CHECK(run({"check", "firm"}, 1).err.find("MO-NOTIFY-001") == std::string::npos);
    for (const char* format : {"text", "md", "csv", "html"}) look_at_document({"matrix", "firm", "--format", format});
    files.files["before/policy.farol"] = first;
    look_at_document({"diff", "before", "firm"});
    look_at_document({"diff", "before", "firm", "--format", "md"});
    // A table with what can be asked about: a condition in words, a mark that nobody knows, remarks, a row of notes.
    files.files["table.csv"] = walk_.table;
    CHECK(run({"import", "table.csv", "-o", "imported.farol"}, 0, true).wrote.contains("imported.farol"));
    run({"import", "nowhere.csv"}, 2, true);
    run({"check", "imported.farol"}, 0);
    for (const char* verb : {"init", "check", "test", "explain", "matrix", "diff", "import"})
      run({verb, "--help"}, 0, true);
    run({"help"}, 0, true);
    run({"who", "drive.delete", "contracts", "--in", "firm"}, 0);
    run({"what", "hr", "--in", "firm"}, 0);
    run({"explain", "staff", "drive.delete", "contracts", "--in", "firm"}, 0);
    for (const char* word : {"allow", "only", "tiers", "kept_by", "dingtalk", "hr", "drive.delete", "conflict"})
      run({"explain", word, "--in", "firm"}, 0);
    run({"due", "firm", "--within", "1y"}, 0);
    for (const char* kind : {"roles", "rules", "labels", "tests"}) run({"list", kind, "firm"}, 0);
    run({"matrix", "nowhere"}, 2, true);
    run({"explain", "nobody_is_called_so", "--in", "firm"}, 2, true);
    run({"list"}, 2, true);
    run({"chek"}, 2, true);
    fmt::print("NOTE: {}: {} commands, {} words in Latin letters looked at\n", walk_.tag, commands_, words_);
  }

 private:
  void repair() {
    const auto findings =
        read_findings(run_farol(files, {"check", "firm", "--error-format", "json", "--lang", walk_.tag}).out);
    const auto conflict = std::find_if(findings.begin(), findings.end(),
                                       [](const Finding& finding) { return finding.name == "conflict"; });
    REQUIRE(conflict != findings.end());
    REQUIRE(!conflict->fixes.empty());
    for (const FoundFix& fix : conflict->fixes) look("", fix.title + " " + fix.effect);
    apply(conflict->fixes.front(), files);
    run({"check", "firm"}, 0);
  }

  // A document is in the language that is asked for on the command line.
  void look_at_document(std::vector<std::string> arguments) {
    INFO(arguments.front());
    arguments.insert(arguments.end(), {"--lang", walk_.tag});
    const Outcome outcome = run_farol(files, arguments);
    CHECK_MESSAGE(outcome.exit <= 1, outcome.err);
    const std::string text = outcome.out.starts_with("<!") ? seen_of(outcome.out) : outcome.out;
    std::string command;
    for (const std::string& word : arguments) command += " " + word;
    look(command, text);
    look(command, outcome.err);
    ++commands_;
  }

  Walk walk_;
  Words names_, english_, said_;
  std::size_t commands_ = 0, words_ = 0;
};

}  // namespace

TEST_CASE("a walk in Chinese says no English word") {
  Walker walker(
      {"zh-Hant", "allow it_admin to meeting.* on internal because \"測試設備\"",
       "deny staff to drive.delete on all\nallow hr to drive.delete on contracts",
       "filing staff_filing { kind: notification  authority: DSPDP  data: handbook, contracts, payroll  "
       "date: 2026-11-02  reference: \"0001/2026\" }",
       "權限表\n功能,店主,店員,備註\n錄製會議,√,✔（僅本店）,須先告知\n庫存盤點,是,△,\n刪除檔案,否,否,\n合計,,,\n"});
  walker.go();
}

TEST_CASE("a walk in Portuguese says no English word") {
  Walker walker({"pt", "allow it_admin to meeting.* on internal because \"Testes de equipamento\"",
                 "deny staff to drive.delete on all\nallow hr to drive.delete on contracts",
                 "filing staff_filing { kind: notification  authority: DSPDP  data: handbook, contracts, payroll  "
                 "date: 2026-11-02  reference: \"0001/2026\" }",
                 "Permissões\nFuncionalidade;Gestor;Operador;Notas\nGravar uma reunião;Sim;Sim (só na loja);avisar\n"
                 "Contar o armazém;Sim;△;\nApagar ficheiros;Não;Não;\nTotal;;;\n"});
  walker.go();
}

TEST_CASE("the language of what is said is that of the command line, or else that of the policy") {
  const std::string policy =
      "farol 1\npolicy \"x\" { language: pt }\nuse dingtalk 2026.12\nrole staff\nallow staf to chat.send\n";
  base::MemoryFileSystem files;
  files.files["p.farol"] = policy;
  CHECK(run_farol(files, {"check", "p.farol"}).err.find("não existe") != std::string::npos);
  CHECK(run_farol(files, {"check", "p.farol", "--lang", "zh-Hant"}).err.find("沒有名為") != std::string::npos);
  CHECK(run_farol(files, {"check", "p.farol", "--lang", "en"}).err.find("unknown role") != std::string::npos);
}

TEST_CASE("where neither says so, answers on the screen are in the language of the locale, and documents are not") {
  base::MemoryFileSystem files;
  files.files["p.farol"] = "farol 1\npolicy \"x\" { }\nuse dingtalk 2026.12\nrole staff\nallow staf to chat.send\n";
  Circumstances circumstances;
  circumstances.language = base::Language::zh_hant;
  CHECK(run_farol(files, {"check", "p.farol"}, circumstances).err.find("沒有名為") != std::string::npos);
  files.files["p.farol"] = "farol 1\npolicy \"x\" { }\nuse dingtalk 2026.12\nrole staff\nallow staff to chat.send\n";
  const auto made_of = [&](const Outcome& outcome) {
    CHECK(outcome.exit == 0);
    files.files.erase("who.txt");
    return outcome.wrote.empty() ? outcome.out : outcome.wrote.at("who.txt");
  };
  const auto out = [&](const std::vector<std::string>& arguments) {
    return made_of(run_farol(files, arguments, circumstances));
  };
  for (const std::vector<std::string>& answer :
       {std::vector<std::string>{"who", "chat.send", "p.farol"}, {"what", "staff", "p.farol"}, {"due", "p.farol"}}) {
    CHECK(out(answer).find("2026-11-24") != std::string::npos);
    CHECK(out(answer).find("As of") == std::string::npos);
  }
  for (const std::vector<std::string>& document : {std::vector<std::string>{"matrix", "p.farol", "--format", "text"},
                                                   {"who", "chat.send", "p.farol", "-o", "who.txt"},
                                                   {"who", "chat.send", "p.farol", "--format", "json"}})
    CHECK(out(document) == made_of(run_farol(files, document)));
}

}  // namespace farol::testing::walks_test
