// Lists of people: the same whatever their form, however the bytes arrive, and however little memory there is.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/json_reader.h"
#include "base/process.h"
#include "document/document.h"
#include "driver/driver.h"
#include "people/census.h"
#include "people/lines.h"

namespace roster_test {

using namespace farol;

namespace {

// Hands out a byte at a time.
class Trickle final : public base::ByteStream {
 public:
  explicit Trickle(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] base::FileResult<std::size_t> read(char* buffer, std::size_t size) override {
    if (size == 0 || at_ == text_.size()) return std::size_t{0};
    buffer[0] = text_[at_++];
    return std::size_t{1};
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

// `3 u1 [Ana] hr<end>`, one for each line; what is wrong stands last.
std::vector<std::string> read(base::ByteStream& bytes) {
  std::vector<std::string> lines;
  const auto problem = people::read_lines(bytes, [&](const people::Line& line) {
    lines.push_back(std::to_string(line.number) + " " + line.id + " [" + line.name + "] " + line.roles);
  });
  if (problem) lines.push_back(*problem);
  return lines;
}
std::vector<std::string> read(const std::string& text) {
  const auto whole = base::stream_of(text);
  auto lines = read(*whole);
  Trickle trickle{text};
  CHECK(read(trickle) == lines);
  return lines;
}

model::Model model_of(const std::string& policy) {
  base::MemoryFileSystem disk;
  disk.files["p.farol"] = policy;
  driver::Options options;
  options.load.paths = {"p.farol"};
  auto compilation = driver::compile(disk, options);
  REQUIRE(compilation.may_write());
  return std::move(compilation.model);
}

people::List list_of(const std::string& text) {
  return {"list", [text]() -> base::FileResult<std::unique_ptr<base::ByteStream>> { return base::stream_of(text); }};
}

std::string described(const people::Census& census) {
  std::string text = std::to_string(census.people) + " " + std::to_string(census.people_before) + " " +
                     std::to_string(census.several_lines) + " " + std::to_string(census.two_names.count) + "\n";
  const auto add = [&](const people::Group& group) {
    text += std::to_string(group.count);
    for (const auto& person : group.named) text += " " + person.id + "@" + std::to_string(person.line);
    text += "\n";
  };
  const auto roles = [&](const std::optional<people::Roles>& held) {
    if (!held) text += "- ";
    for (const auto role : held.value_or(people::Roles{})) text += std::to_string(role.value) + " ";
    text += ": ";
  };
  for (const auto& [held, who] : census.by_roles) {
    roles(held);
    add(who);
  }
  for (const auto& [move, who] : census.moves) {
    roles(move.before);
    roles(move.after);
    add(who);
  }
  return text;
}

}  // namespace

TEST_CASE("CSV: quotes, line ends inside of them, any line end, empty rows") {
  CHECK(read("id,name,roles\r\nu1,\"Ana, \"\"A\"\"\r\nLam\",hr\r\n\r\nu2,,\r\n") ==
        std::vector<std::string>{"2 u1 [Ana, \"A\"\r\nLam] hr", "4 u2 [] "});
  CHECK(read("\xEF\xBB\xBFid\troles\nu1\thr, staff") == std::vector<std::string>{"2 u1 [] hr, staff"});
  CHECK(read("id;roles\ru1;a\r") == std::vector<std::string>{"2 u1 [] a"});
  CHECK(read("Title,,\nid,name,roles,more\nu1,Ana\n") == std::vector<std::string>{"3 u1 [Ana] "});
  CHECK(read("ID,Roles\n\"u1\" ,x\n") == std::vector<std::string>{"2 u1 [] x"});
}

TEST_CASE("CSV that cannot be read says where") {
  CHECK(read("id,roles\nu1,\"hr\n").back() == "row 2: the file ends inside of quotes: a part of it is missing");
  CHECK(read("id,roles\nu1,h\"r\n").back().starts_with("row 2: a quote is not allowed here"));
  CHECK(
      read("id,roles\nu1," + std::string(base::max_csv_cell_bytes + 200, 'x')).back().starts_with("row 2: a cell is"));
  CHECK(read("").back().starts_with("no row says"));
  CHECK(read("a,b\n1,2\n").back().starts_with("no row says"));
}

TEST_CASE("JSON: an array, lines, and what list calls answer") {
  const std::string end(1, people::Line::role_end), other(1, people::Line::other_name);
  CHECK(read(R"([{"id": "u1", "roles": ["hr", "staff"], "name": "Ana"}, {"userid": 7}])") ==
        std::vector<std::string>{"1 u1 [Ana] hr" + end + "staff" + end, "2 7 [] " + end});
  CHECK(read("{\"id\":\"u1\",\"role\":\"hr\"}\n{\"id\":\"u2\"}\n") ==
        std::vector<std::string>{"1 u1 [] hr" + end, "2 u2 [] " + end});
  CHECK(read(R"({"errcode": 0, "result": {"list": [{"userid": "u1", "role_list": [{"name": "HR", "id": 5}]}]}})") ==
        std::vector<std::string>{"1 u1 [] 5" + other + "HR" + end});
  CHECK(read(R"({"role_id": 5, "result": {"list": [{"userid": "u1", "manageScopes": [{"id": 1}]}]}})") ==
        std::vector<std::string>{"1 u1 [] 5" + end});
  CHECK(read(R"([{"name": "Ana"}])").back() == "person 1 has no id: expected the key `id` or `userid`");
  CHECK(read("[1]").back() == "person 1 is no object with an id and roles");
  CHECK(read(std::string(500, '[')).back() == "line 1, column 65: the values are nested deeper than 64 levels");
  CHECK(read("[{\"id\": \"" + std::string(base::max_json_text_bytes * 2, 'x')).back() ==
        "line 1, column 9: a text is longer than 1024 KiB, or its quote is not closed");
}

TEST_CASE("SCIM: users with their groups, and groups with their members") {
  const std::string user = R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"u1","userName":"ana",
    "name":{"formatted":"Ana L."},"displayName":"Ana","emails":[{"value":"a@x","type":"work"}],"active":true,
    "groups":[{"value":"g1","$ref":"x","display":"HR"},{"value":"g2"}],"meta":{"resourceType":"User"}})";
  CHECK(read(R"({"totalResults":1,"Resources":[)" + user + "]}") ==
        std::vector<std::string>{"1 u1 [Ana] g1\x1eHR\x1fg2\x1f"});
  CHECK(read(R"({"Resources":[{"id":"g1","displayName":"HR","members":[{"value":"u1","display":"Ana"},{"value":"u2"}]},
    {"id":"g2","displayName":"Empty","members":[]}]})") ==
        std::vector<std::string>{"1 u1 [Ana] g1\x1eHR\x1f", "2 u2 [] g1\x1eHR\x1f"});
  CHECK(read(R"({"id":20000,"name":"HR","members":[{"userid":"u1"}]})") ==
        std::vector<std::string>{"1 u1 [] 20000\x1eHR\x1f"});
  CHECK(read(R"({"tagname":"HR","userlist":[{"userid":"u1","name":"Ana"}]})") ==
        std::vector<std::string>{"1 u1 [Ana] HR\x1f"});
  CHECK(read(R"([{"members":[{"value":"u1"}],"displayName":"HR"}])").back() ==
        "the members of the group `HR` stand before its name, so that it is not known who has it");
}

TEST_CASE("SCIM in pages: all of them make a list, and what is missing is said") {
  const auto page = [](int total, int start, const std::string& people) {
    return R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": )" +
           std::to_string(total) + R"(, "startIndex": )" + std::to_string(start) + R"(, "Resources": [)" + people +
           "]}";
  };
  const std::string two = R"({"userName": "a", "id": "u1", "groups": [{"value": "1"}]}, {"id": "u2"})";
  const std::string third = R"({"id": "u3", "groups": [{"value": "2"}]})";
  CHECK(read(page(3, 1, two) + "\n" + page(3, 3, third)) ==
        std::vector<std::string>{"1 u1 [] 1\x1f", "2 u2 [] \x1f", "3 u3 [] 2\x1f"});
  CHECK(read("[" + page(3, 1, two) + "," + page(3, 3, third) + "]").size() == 3);
  CHECK(read(page(3, 1, two)).back() ==
        "it has 2 of 3 (totalResults): ask for the other pages, and put them behind it");
  CHECK(read(page(4, 1, two) + page(4, 4, third)).back() == "it has a page that begins at 4, but only 2 before it");
  CHECK(read(page(3, 1, two) + page(3, 1, two)).back().starts_with("it has 2 of 3"));
  // Groups are a list of their own, and a page may come without any person.
  const std::string groups = R"({"id": "1", "displayName": "HR", "members": [{"value": "u1"}, {"value": "u2"}]})";
  CHECK(read(page(2, 1, two) + page(1, 1, groups)).size() == 4);
  CHECK(read(page(2, 1, two) + page(2, 1, groups)).back().starts_with("it has 1 of 2"));
  CHECK(read(page(0, 1, "")).empty());
  const auto at_cursor = [](const std::string& cursor, const std::string& people) {
    return R"({"totalResults": 3, )" + cursor + R"("Resources": [)" + people + "]}";
  };
  CHECK(read(at_cursor(R"("nextCursor": "x", )", two) + at_cursor("", third)).size() == 3);
  CHECK(read(at_cursor(R"("nextCursor": "x", )", two)).back().starts_with("it is a page of a longer list"));
  CHECK(read(R"({"errcode": 0, "next_cursor": "", "userlist": [{"userid": "u1"}]})").size() == 1);
  CHECK(
      read(R"({"errcode": 0, "next_cursor": "x", "userlist": [{"userid": "u1"}]})").back().starts_with("it is a page"));
}

TEST_CASE("the export of Lark's console, in both languages: User ID before Employee ID") {
  const std::vector<std::string> expected{"2 ou_1 [Ana] HR", "3 ou_2 [Bo] IT"};
  CHECK(read("Name,Employee ID,User ID,Department,User group\nAna,0007,ou_1,Sales,HR\nBo,,ou_2,Sales,IT\n") ==
        expected);
  CHECK(read("*姓名,工号,员工 ID,用户 ID,*部门,用户组\nAna,7,8,ou_1,销售,HR\nBo,,,ou_2,销售,IT\n") == expected);
  CHECK(read("Name,Employee ID,Roles\nAna,0007,HR\n") == std::vector<std::string>{"2 0007 [Ana] HR"});
  CHECK(read(R"([{"employee_id": "7", "user_id": "ou_1", "roles": "HR"}])") ==
        std::vector<std::string>{"1 ou_1 [] HR\x1f"});
  CHECK(read(R"([{"user_id": "ou_1", "employee_id": "7", "roles": "HR"}])") ==
        std::vector<std::string>{"1 ou_1 [] HR\x1f"});
  CHECK(read(R"([{"employee_id": "7", "roles": "HR"}])") == std::vector<std::string>{"1 7 [] HR\x1f"});
}

TEST_CASE("a workbook is read as the same table in CSV") {
  document::Document document;
  document::Table table;
  for (const char* head : {"姓名", "用户 ID", "用户组"}) table.head.push_back(document::Cell{head});
  table.rows.push_back({document::Cell{"Ana, \"A\""}, document::Cell{"-ou_1"}, document::Cell{"HR"}});
  table.rows.push_back({document::Cell{"=Bo"}, document::Cell{"ou_2"}, document::Cell{"IT; HR"}});
  document.add_section().add(table);
  const std::string workbook = document::render_xlsx({{"成员", document}}, *base::parse_date("2026-11-24"));
  REQUIRE(workbook.starts_with("PK"));
  CHECK(read(workbook) == read("姓名,用户 ID,用户组\n\"Ana, \"\"A\"\"\",-ou_1,HR\n=Bo,ou_2,IT; HR\n"));
  CHECK(read(workbook.substr(0, workbook.size() / 2)).size() == 1);
}

TEST_CASE("LDIF: people with their groups, groups with their members, long and encoded lines") {
  CHECK(read("version: 1\n\ndn: ou=people,o=x\nobjectClass: organizationalUnit\n\n# Ana\ndn: uid=u1,ou=people,o=x\n"
             "cn:: 6Zmz\nuid: u1\nmemberOf: cn=hr,ou=groups\n ,o=x\nmemberOf: CN=Fire\\, wardens,o=x\n\n"
             "dn: uid=u2,o=x\r\nuid: u2\r\ndisplayName: Bo\r\n") == std::vector<std::string>{"1 u1 [\u9673] hr\x1f"
                                                                                             "Fire, wardens\x1f",
                                                                                             "2 u2 [Bo] \x1f"});
  CHECK(
      read("dn: cn=hr,o=x\nobjectClass: groupOfNames\ncn: hr\nmember: uid=u1,o=x\nmember: uid=u\\2C2,o=x\n\n"
           "dn: cn=it,o=x\nobjectClass: posixGroup\ncn: it\nmemberUid: u1\n\ndn: cn=none,o=x\nobjectClass: group\n") ==
      std::vector<std::string>{"1 u1 [] hr\x1f", "2 u,2 [] hr\x1f", "3 u1 [] it\x1f"});
  // A group without members has one without a name; what is escaped in a name is looked at, too.
  CHECK(read("dn: cn=a\nmember:\nmember::\nmember: uid=\n").empty());
  CHECK(read("dn: cn=a\nmember: uid=\\ff\n").back() == "line 2: the value is no UTF-8");
  CHECK(read("dn: cn=a\\1f\nmember: uid=u1\n\n").back() == "line 3: the value has a control character");
  CHECK(read("dn: cn=,o=x\nmemberOf: cn=a\n\n").back() == "line 3: the person before has no id");
  CHECK(read("dn: cn=,o=x\nmember: uid=u1\n\n").back() == "line 3: the group before has no name");
  CHECK(read("dn: ou=\\ff,o=x\nobjectClass: organizationalUnit\n\n").empty());
  CHECK(read("dn: uid=u1\nuid:: ***\n").back() == "line 2: the value is no base64");
  CHECK(read("dn: uid=u1\nuid: u1\ndn: uid=u2\n").back() == "line 3: the entry before has no blank line behind it");
  CHECK(read("dn: uid=u1\nchangetype: delete\n").back() == "line 2: it is a list of changes, not of people");
  CHECK(read("dn: uid=u1\nwhat is this\n").back() == "line 2: expected `name: value`");
}

TEST_CASE("a census in little memory is the same census") {
  const model::Model model = model_of("farol 1\nrole a\nrole b inherits a\nrole c\n");
  std::string now = "id,name,roles\n", before = "id,roles\n";
  constexpr std::size_t people = 3000;
  const std::vector<std::string> roles{"a", "b", "c", "a;c", "b;c", ""};
  // Each person on two lines far apart, in two orders.
  for (std::size_t i = 0; i < people; ++i) now += "u" + std::to_string(i * 7 % people) + ",N," + roles[i % 6] + "\n";
  for (std::size_t i = 0; i < people; i += 2)
    now += "u" + std::to_string(i) + (i % 10 == 0 ? ",M," : ",N,") + roles[i / 6 % 6] + "\n";
  for (std::size_t i = 500; i < people + 500; ++i) before += "u" + std::to_string(i) + "," + roles[i % 5] + "\n";
  const auto first = list_of(now), earlier = list_of(before);
  const auto whole = people::take_census(model, {}, first, &earlier);
  REQUIRE(std::holds_alternative<people::Census>(whole));
  const auto& census = std::get<people::Census>(whole);
  CHECK(census.people == people);
  CHECK(census.people_before == people);
  CHECK(census.several_lines == people / 2);
  CHECK(census.two_names.count == people / 10);
  for (const std::size_t slots : std::initializer_list<std::size_t>{16, 100, 1000}) {
    CAPTURE(slots);
    const auto little = people::take_census(model, {}, first, &earlier, slots);
    REQUIRE(std::holds_alternative<people::Census>(little));
    CHECK(described(std::get<people::Census>(little)) == described(census));
  }
}

TEST_CASE("another program is called without a shell") {
  const std::string input(200'000, 'x');
  const auto copied = base::run_program({"cat"}, input);
  REQUIRE(std::holds_alternative<std::string>(copied));
  CHECK(std::get<std::string>(copied) == input);
  CHECK(std::holds_alternative<base::FileError>(base::run_program({"no-such-program-here"}, "")));
  CHECK(std::holds_alternative<base::FileError>(base::run_program({"false"}, "")));
  const auto words = base::run_program({"echo", "$HOME; ls"}, "");
  REQUIRE(std::holds_alternative<std::string>(words));
  CHECK(std::get<std::string>(words) == "$HOME; ls\n");
}

}  // namespace roster_test
