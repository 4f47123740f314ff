// Any bytes as a policy, and everything that can be asked about it. The first byte says what is asked.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "fuzz/program.h"

namespace {

using namespace farol;

// FEATURE and ROLE are names of the policy, or what stands where it should have one.
const std::vector<std::vector<std::string_view>> questions = {
    {"compile p -o out --emit dws --allow-undocumented", "list permissions out/permissions.json",
     "diff p out/permissions.json --fail-on any", "matrix out/permissions.json -o m.md"},
    {"matrix p", "matrix p --format html", "matrix p --rows --format csv", "matrix p -o m.csv",
     "matrix p --check m.csv", "import m.csv -o made/made.farol"},
    {"matrix p -o m.xlsx", "import m.xlsx", "site p -o site"},
    {"compile p -o out --lang zh-Hant", "compile p -o out --lang pt", "report checklist p -o c.html"},
    {"report inventory p", "report assessment p --lang pt", "report notification p --format html", "report notice p"},
    {"report review p -o sheet.csv", "report review p --read sheet.csv", "report evidence p -o e.html",
     "report risk p"},
    {"report approvals p", "report deletion p", "report incidents p", "report metadata p", "report processors p",
     "report requests p", "report training p", "report usage p", "report applicability p"},
    {"due p --within 1year", "due p --within 1year --format ics", "due p --format json"},
    {"list roles p", "list features p --format json", "list data p", "list apps p", "list places p", "list rules p",
     "list labels p", "list tests p", "list values p --format json", "list contexts p", "list reports p"},
    {"graph p", "graph p --format mermaid", "graph p --format html", "graph p --role ROLE --feature FEATURE"},
    {"export tables p -o tables", "export cedar p -o cedar"},
    {"test p --coverage --lcov l.info", "test p --format junit", "test p --format json"},
    {"who FEATURE p", "what ROLE p", "explain ROLE FEATURE p --format json", "explain FEATURE p", "explain ROLE p"},
    {"check p --error-format sarif", "check p --error-format github", "check p --error-format json --lang zh-Hans"},
    {"check p --fix", "update p --diff", "update p"},
    {"debug tokens p", "debug tree p", "debug model p", "debug decisions p", "debug answers p"},
    {"diff before p --format md --as-of 2026-11-24..2027-11-24", "diff before p --format html",
     "diff before p --format json", "diff p before --stat"},
    {"collect p", "collect p -o collect.sh", "apply p", "confirm p", "drift p --live live.json"},
};

// The word behind the first of another one.
std::string behind(const std::string& text, std::string_view word, const char* otherwise) {
  const std::size_t at = text.find(word);
  if (at == std::string::npos) return otherwise;
  const std::size_t begin = at + word.size();
  const std::string found = text.substr(begin, text.find_first_of(" \n{,", begin) - begin);
  return found.empty() ? otherwise : found;
}

std::string without_first_rule(const std::string& text) {
  const std::size_t at = text.find("\nallow ");
  if (at == std::string::npos) return text;
  const std::size_t end = text.find('\n', at + 1);
  return text.substr(0, at) + (end == std::string::npos ? "" : text.substr(end));
}

void check_layout(base::MemoryFileSystem& files, bool is_clean) {
  const int laid_out = fuzz::ask(files, "fmt p").exit;
  if (!is_clean) return;
  fuzz::require(laid_out == 0, "a policy without errors cannot be laid out");
  fuzz::require(fuzz::ask(files, "fmt --check p").exit == 0, "a policy that was laid out is laid out again");
  fuzz::require(fuzz::ask(files, "check -q p").exit == 0, "a policy has errors once it is laid out");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  base::MemoryFileSystem files;
  files.files["p/policy.farol"] = text;
  const bool is_clean = fuzz::ask(files, "check p").exit == 0;
  fuzz::count.add(data, size, is_clean);
  const std::size_t question = fuzz::read_question(data, questions.size() + 1);
  if (question == questions.size()) {
    check_layout(files, is_clean);
    return 0;
  }
  files.files["before/policy.farol"] = without_first_rule(text);
  files.files["live.json"] = R"({"tenant": "t", "calls": []})";
  for (const std::string_view line : questions[question]) {
    std::vector<std::string> words = testing::split_command(line);
    for (std::string& word : words) {
      if (word == "FEATURE") word = behind(text, " to ", "meeting.record");
      if (word == "ROLE") word = behind(text, "role ", "staff");
    }
    const testing::Outcome outcome = fuzz::ask(files, words);
    if (is_clean && words[0] == "diff" && words[2] == "out/permissions.json")
      fuzz::require(outcome.exit == 0, "what is compiled is not what the policy says");
    if (is_clean && words.size() > 2 && words[2] == "--check")
      fuzz::require(outcome.exit == 0, "a matrix that was just made is not up to date");
    if (words[0] == "check" && words[2] == "--fix" && is_clean)
      fuzz::require(outcome.exit == 0, "a repair brings an error");
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  size = fuzz::mutate(data, size, most, seed, 1, fuzz::change_policy);
  if (size > 0 && seed % 8 == 0) data[0] = static_cast<std::uint8_t>('a' + seed / 8 % (questions.size() + 1));
  return size;
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size,
                                                 const std::uint8_t* other, std::size_t other_size, std::uint8_t* out,
                                                 std::size_t most, unsigned seed) {
  fuzz::Random random(seed);
  const std::string crossed = fuzz::cross_policies({reinterpret_cast<const char*>(one), one_size},
                                                   {reinterpret_cast<const char*>(other), other_size}, random);
  const std::size_t length = std::min(crossed.size(), most);
  std::copy_n(crossed.data(), length, out);
  return length;
}
