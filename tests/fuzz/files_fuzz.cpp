// Any bytes as a file beside a policy without errors, in each place where a command takes one. The first byte says
// which.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "fuzz/program.h"
#include "support/small_tenant.h"

namespace {

using namespace farol;

// With all that a file can be about.
std::string rich_policy() {
  return testing::small_policy() + R"(role sales_role { title: "销售" }
separate boss, sales_role because "They would approve their own bills"
allow sales_role to meeting.record on all until 2027-01-31
allow boss to meeting.record on all when network is office
bind role staff to 20001
review { every: 6 months }
)";
}

struct Place {
  std::string_view file;  // what the bytes are saved as
  std::vector<std::string_view> lines;
};
// The exit code of the first line says whether the file was accepted.
const std::vector<Place> places = {
    {"in.json", {"list permissions in.json", "matrix in.json", "diff in.json p --format md", "compile in.json -o out"}},
    {"in.csv", {"roster p --users in.csv", "what p --person u1 --users in.csv", "export tables p --users in.csv -o t"}},
    {"in.json", {"roster p --users in.json --format json", "report review p --users in.json"}},
    {"in.jsonl", {"roster p --users in.jsonl --against people.csv"}},
    {"in.ldif", {"roster p --users in.ldif", "roster p --users people.csv --since in.ldif"}},
    {"in.json",
     {"drift p --live in.json", "drift p --live in.json --format json", "import in.json -o made/i.farol",
      "report evidence p --read sheet.csv --live in.json"}},
    {"in.csv", {"import in.csv -o made/i.farol", "check made"}},
    {"in.md", {"import in.md -o made/i.farol", "check made", "matrix p --check in.md"}},
    {"in.csv", {"import in.csv --lang zh-Hant -o made/i.farol", "matrix p --check in.csv"}},
    {"p/confirmations.csv", {"confirm p", "due p", "compile p -o out", "report checklist p", "report evidence p"}},
    {"in.csv", {"report review p --read in.csv", "report evidence p --read in.csv"}},
    {"in.json", {"apply p --confirm in.json --tenant Tenant"}},
    {"p/farol-runs/ding1/run.jsonl", {"apply p --resume", "apply p --undo run"}},
    {"in.html", {"matrix p --check in.html"}},
    {"p/ids.farol", {"check p", "collect p"}},
    {"in.env", {"apply p --credentials in.env"}},
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  static const std::string policy = rich_policy();
  base::MemoryFileSystem files;
  files.files["p/policy.farol"] = policy;
  static const bool is_clean = fuzz::ask(files, "check p").exit == 0;
  fuzz::require(is_clean, "the policy beside the files has errors");
  files.files["people.csv"] = "id,roles\nu1,staff\nu2,\"boss, sales_role\"\n";
  files.files["sheet.csv"] = "permission,keep,decided by,decided on,remark\n";
  const std::size_t asked = fuzz::read_question(data, places.size() + 2);
  // A condition, and a whole command line, are read as well.
  if (asked == places.size()) {
    fuzz::count.add(data, size, fuzz::ask(files, {"matrix", "p", "--when", text}).exit == 0);
    return 0;
  }
  if (asked > places.size()) {
    std::vector<std::string> words;
    try {
      words = testing::split_command(text.substr(0, text.find('\n')));
    } catch (const std::invalid_argument&) {
      return 0;  // a quote that is not closed, which a shell refuses
    }
    words.emplace_back("p");
    fuzz::count.add(data, size, fuzz::ask(files, words).exit != 2);
    return 0;
  }
  const Place& place = places[asked];
  files.files[std::string(place.file)] = text;
  bool is_first = true;
  for (const std::string_view line : place.lines) {
    const testing::Outcome outcome = fuzz::ask(files, line);
    if (is_first) fuzz::count.add(data, size, outcome.exit != 2);
    is_first = false;
  }
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 1, fuzz::change_any);
}
