#include "target/dingtalk/tenant_export.h"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/replies.h"
#include "target/dingtalk/tenant_fields.h"

namespace farol::dingtalk {
namespace {

using Kind = Node::Kind;

// Values as the calls document them. What is wrong is kept, and reading goes on.
class Values {
 public:
  explicit Values(std::vector<Fault>& faults) : faults_(faults) {}

  void fail(const Node& at, std::string reason) const {
    if (faults_.size() < max_faults) faults_.push_back({at.offset, std::move(reason)});
  }

  // The member of an object; null where there is none or it is null.
  static const Node* member(const Node& object, std::string_view key) {
    const Node* found = object.find(key);
    return found == nullptr || found->kind == Kind::null ? nullptr : found;
  }

  bool is(const Node& node, Kind kind, std::string_view what) const {
    if (node.kind == kind) return true;
    fail(node, fmt::format("{} is {} here, and not {}", what, to_string(node.kind), to_string(kind)));
    return false;
  }

  // The items of a list; none where there is no list.
  const std::vector<Node>& items(const Node& object, std::string_view key) const {
    static const std::vector<Node> none;
    const Node* found = member(object, key);
    return found != nullptr && is(*found, Kind::list, quoted(key)) ? found->items : none;
  }

  // The items of a list that has to be there: an answer without it shows nothing.
  const std::vector<Node>& needed_items(const Node& object, std::string_view key) const {
    if (member(object, key) == nullptr) fail(object, fmt::format("it has no list {}", quoted(key)));
    return items(object, key);
  }

  std::string text(const Node& object, std::string_view key) const {
    const Node* found = member(object, key);
    return found != nullptr && is(*found, Kind::text, quoted(key)) ? found->text : std::string{};
  }

  bool flag(const Node& object, std::string_view key) const {
    const Node* found = member(object, key);
    return found != nullptr && is(*found, Kind::boolean, quoted(key)) && found->text == "true";
  }

  // An id that is there: a number of digits alone, or a text.
  std::string id(const Node& object, std::string_view key) const {
    const Node* found = member(object, key);
    if (found == nullptr) {
      fail(object, fmt::format("an id is missing here: {}", quoted(key)));
      return {};
    }
    return id_at(*found, quoted(key));
  }
  std::string id_at(const Node& node, std::string_view what) const {
    const bool is_number = node.kind == Kind::number;
    if (!is_number && node.kind != Kind::text) {
      fail(node, fmt::format("{} is {} here, and not an id", what, to_string(node.kind)));
      return {};
    }
    if (node.text.empty() || (is_number && node.text.find_first_not_of("-0123456789") != std::string::npos)) {
      fail(node, fmt::format("{} is no id: `{}`", what, node.text));
      return {};
    }
    if (std::any_of(node.text.begin(), node.text.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
      fail(node, fmt::format("{} has a control character in it, which no id has", what));
      return {};
    }
    return node.text;
  }
  std::set<std::string> ids(const Node& object, std::string_view key) const {
    std::set<std::string> made;
    for (const Node& each : items(object, key)) made.insert(id_at(each, fmt::format("an id of {}", quoted(key))));
    return made;
  }

  static std::string quoted(std::string_view key) { return fmt::format("`{}`", key); }

 private:
  std::vector<Fault>& faults_;
};

// Returns the codes in a text such as `"requiredScopes":["Contact.Org.Read"]`, which may be JSON inside of a text.
std::vector<std::string> scopes_in(std::string_view text) {
  std::vector<std::string> scopes;
  const std::size_t key = base::fold_case(text).find("requiredscopes");
  const std::size_t open = key == std::string_view::npos ? key : text.find('[', key);
  if (open == std::string_view::npos) return scopes;
  std::string word;
  for (const char c : text.substr(open + 1)) {
    const bool is_of_word =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '_';
    if (is_of_word) word += c;
    if (!is_of_word && !word.empty()) scopes.push_back(std::exchange(word, {}));
    if (c == ']') break;
  }
  return scopes;
}
// The permission codes that a refusal says are missing, wherever it says so.
void find_scopes(const Node& node, std::vector<std::string>& scopes) {
  if (node.kind == Kind::text) {
    for (std::string& each : scopes_in(node.text)) scopes.push_back(std::move(each));
  }
  for (const Node& each : node.items) find_scopes(each, scopes);
  for (const auto& [key, value] : node.members) {
    if (base::fold_case(key) == "requiredscopes") {
      if (value.kind == Kind::text) scopes.push_back(value.text);
      for (const Node& each : value.items) scopes.push_back(each.text);
    } else {
      find_scopes(value, scopes);
    }
  }
}

Note with_scopes(base::Phrase phrase, std::string why, const std::vector<std::string>& scopes) {
  if (scopes.empty()) return {phrase, {std::move(why)}};
  return {base::Phrase::drift_refused_scope, {std::move(why), fmt::format("{}", fmt::join(scopes, ", "))}};
}

// Old calls answer 200 whatever happened, and say in the answer what it was; new ones have a code and a message; and
// some say no more than that it was no success.
[[nodiscard]] std::optional<Note> refusal_of(const Node& response) {
  std::vector<std::string> words;
  const auto add = [&](std::string_view key) {
    const Node* found = Values::member(response, key);
    if (found != nullptr && !found->text.empty()) words.push_back(found->text);
  };
  const auto says_no = [&](std::string_view key) {
    const Node* found = Values::member(response, key);
    return found != nullptr && (found->kind == Kind::boolean || found->kind == Kind::text) && found->text == "false";
  };
  const auto has = [&](std::string_view key, std::initializer_list<std::string_view> good) {
    const Node* found = Values::member(response, key);
    return found != nullptr && std::find(good.begin(), good.end(), found->text) == good.end();
  };
  if (has("errcode", {"0"})) {
    add("errcode"), add("errmsg");
  } else if (has("code", {"0", "200", "OK", "ok", "success", "SUCCESS"})) {
    add("code"), add("message"), add("msg");
  } else if (const Node* error = Values::member(response, "error");
             error != nullptr && error->text != "false" && (!error->text.empty() || error->kind != Kind::text)) {
    words.emplace_back("error"), add("error"), add("message");
  } else if (says_no("success") || says_no("result")) {
    words.emplace_back(says_no("success") ? "success: false" : "result: false");
    add("errorMsg"), add("errmsg"), add("message");
  } else {
    return std::nullopt;
  }
  std::vector<std::string> scopes;
  find_scopes(response, scopes);
  return with_scopes(base::Phrase::drift_refused, fmt::format("{}", fmt::join(words, " ")), scopes);
}

// The path of a call, also where it is written as an address.
std::string_view path_in(std::string_view path) {
  for (const Region region : {Region::mainland, Region::international}) {
    for (const Host host : {Host::api, Host::oapi}) {
      const std::string address = "https://" + std::string(address_of(host, region));
      if (path.starts_with(address + "/")) return path.substr(address.size());
    }
  }
  return path;
}

// One reply, and its place in the list of pages.
struct Page {
  const Node* response = nullptr;  // null: it was refused
  std::string from, next;          // how it was asked for, and what comes behind it; empty: the first, and nothing
};

class Reader {
 public:
  std::variant<Tenant, std::vector<Fault>> run(std::string_view text) {
    if (const auto at = base::find_invalid_utf8(text)) return std::vector{Fault{*at, "it is not UTF-8 here"}};
    auto read = read_json_tree(text);
    if (auto* fault = std::get_if<Fault>(&read)) return std::vector{std::move(*fault)};
    root_ = std::move(std::get<Node>(read));
    read_envelope();
    read_answers();
    if (!faults_.empty()) return std::move(faults_);
    return std::move(tenant_);
  }

 private:
  using Key = std::pair<Call, std::string>;  // with what the call is about: a role, a node, a platform

  void read_envelope() {
    if (!values_.is(root_, Kind::object, "an export")) return;
    const Node* format = root_.find("format");
    if (format == nullptr || format->text != export_format)
      return values_.fail(root_, fmt::format("it is no export: its first key is `format`, with `{}`", export_format));
    const Node* version = root_.find("version");
    if (version == nullptr || version->text != export_version)
      return values_.fail(version == nullptr ? root_ : *version,
                          fmt::format("this farol reads version {} of the export; the file has {}", export_version,
                                      version == nullptr ? "none" : "`" + version->text + "`"));
    tenant_.collected = values_.text(root_, "collected");
    const Node* calls = root_.find("calls");
    if (calls == nullptr) return values_.fail(root_, "it has no `calls`");
    if (!values_.is(*calls, Kind::list, "`calls`")) return;
    for (const auto& [key, value] : root_.members) {
      static constexpr std::string_view known[] = {"format", "version", "collected", "calls"};
      if (std::find(std::begin(known), std::end(known), key) == std::end(known))
        values_.fail(value, fmt::format("an export has no `{}`", key));
    }
    for (const Node& call : calls->items) read_call(call);
  }

  void read_call(const Node& call) {
    if (!values_.is(call, Kind::object, "a call")) return;
    for (const auto& [key, value] : call.members) {
      static constexpr std::string_view known[] = {"method", "path", "query", "body", "time", "response", "error"};
      if (std::find(std::begin(known), std::end(known), key) == std::end(known))
        values_.fail(value, fmt::format("a call has no `{}`", key));
    }
    const Node* response = call.find("response");
    const Node* error = call.find("error");
    if ((response == nullptr) == (error == nullptr))
      return values_.fail(call, "a call has either a `response` or an `error`");
    // What is odd about one call says nothing about the others: it is passed over.
    const std::size_t before = faults_.size();
    take_call(call, response, error);
    if (faults_.size() == before) return;
    tenant_.passed_over.push_back({base::Phrase::drift_passed_over, {faults_[before].reason}});
    faults_.resize(before);
  }

  void take_call(const Node& call, const Node* response, const Node* error) {
    const std::string method = values_.text(call, "method");
    const std::string path = values_.text(call, "path");
    const auto found = find_read(method, path_in(path));
    if (!found) return values_.fail(call, fmt::format("`{} {}` is no call that an export is made of", method, path));
    const Node none{Kind::object, call.offset};
    const Node* query = Values::member(call, "query");
    const Node* body = Values::member(call, "body");
    if (query != nullptr && !values_.is(*query, Kind::object, "`query`")) return;
    if (body != nullptr && !values_.is(*body, Kind::object, "`body`")) return;
    const Node& asked = query == nullptr ? none : *query;
    const Node& sent = body == nullptr ? none : *body;
    const std::size_t before = faults_.size();
    const std::string about = about_what(*found, asked, sent);
    if (asked.find("unionId") != nullptr) tenant_.operator_id = values_.id(asked, "unionId");
    if (faults_.size() > before) return;

    Page page;
    const Key key{found->call, about};
    if (error != nullptr) {
      const std::string why = values_.text(call, "error");
      refused_.emplace(key, with_scopes(base::Phrase::drift_failed, why, scopes_in(why)));
    } else if (response->kind != Kind::object) {
      refused_.emplace(
          key, Note{base::Phrase::drift_odd, {fmt::format("it is {}, and not an object", to_string(response->kind))}});
    } else if (const auto refusal = refusal_of(*response)) {
      refused_.emplace(key, *refusal);
    } else {
      page.response = response;
      set_place(info(found->call).pages, asked, sent, *response, page);
    }
    pages_[key].push_back(std::move(page));
  }

  [[nodiscard]] std::string about_what(const ReadCall& found, const Node& query, const Node& body) const {
    const CallInfo& call = info(found.call);
    if (call.about.empty() || !found.parameter.empty()) return found.parameter;
    const Node& part = call.method == "GET" ? query : body;
    if (part.find(call.about) == nullptr) {
      if (call.about == "dept_id") return "1";  // the root
      if (call.about == "platform") return {};
    }
    return values_.id(part, call.about);
  }

  // Returns the text at a path of keys with dots between them; an empty text if there is none.
  static std::string word(const Node& object, std::string_view path) {
    const std::size_t dot = path.find('.');
    const Node* found = Values::member(object, path.substr(0, dot));
    if (found == nullptr) return {};
    return dot == std::string_view::npos ? found->text : word(*found, path.substr(dot + 1));
  }

  // Where a request says which page it asks for, and where the reply says which one is next.
  struct PageKeys {
    Pages pages;
    bool in_query;
    std::string_view from, first;  // the key of the page, and its value for the first page
    std::string_view more, next;   // `more` is empty if there is more whenever there is a next page
  };
  static constexpr PageKeys page_keys[] = {
      {Pages::token, true, "nextToken", "", "hasMore", "nextToken"},
      {Pages::next_cursor, true, "nextToken", "-1", "hasMore", "nextCursor"},
      {Pages::option, false, "option.nextToken", "", "", "nextToken"},
      {Pages::cursor, false, "cursor", "0", "result.has_more", "result.next_cursor"},
  };

  void set_place(Pages pages, const Node& query, const Node& body, const Node& response, Page& page) const {
    if (pages == Pages::offset) {
      const std::uint64_t at = number(word(body, "offset"), 0);
      if (at > 0) page.from = std::to_string(at);
      if (word(response, "result.hasMore") == "true" || word(response, "result.has_more") == "true")
        page.next = std::to_string(at + number(word(body, "size"), 20));
    } else if (pages == Pages::number) {
      const std::uint64_t at = number(word(body, "pageNumber"), 1);
      if (at > 1) page.from = std::to_string(at);
      if (at * number(word(body, "pageSize"), 1) < number(word(response, "total"), 0))
        page.next = std::to_string(at + 1);
    }
    for (const PageKeys& keys : page_keys) {
      if (keys.pages != pages) continue;
      page.from = word(keys.in_query ? query : body, keys.from);
      if (page.from == keys.first) page.from.clear();
      if (keys.more.empty() || word(response, keys.more) == "true") page.next = word(response, keys.next);
    }
  }

  static std::uint64_t number(const std::string& text, std::uint64_t otherwise) {
    constexpr std::size_t digits = 15;
    if (text.empty() || text.size() > digits || text.find_first_not_of("0123456789") != std::string::npos)
      return otherwise;
    return std::stoull(text);
  }

  // The answers of one list, one behind the other from the first to the last; or why it is not whole.
  std::variant<std::vector<const Node*>, Note> whole(const Key& key) const {
    const auto pages = pages_.find(key);
    if (pages == pages_.end()) return Note{base::Phrase::drift_not_called};
    if (const auto refused = refused_.find(key); refused != refused_.end()) return refused->second;
    std::map<std::string_view, const Page*> by_place;
    for (const Page& page : pages->second) by_place[page.from] = &page;
    std::vector<const Node*> responses;
    std::set<std::string_view> visited;
    for (std::string_view place;;) {
      const auto page = by_place.find(place);
      if (page == by_place.end() || !visited.insert(place).second) return Note{base::Phrase::drift_incomplete};
      if (page->second->response == nullptr) return Note{base::Phrase::drift_incomplete};
      responses.push_back(page->second->response);
      place = page->second->next;
      if (place.empty()) return responses;
    }
  }

  template <class T, class Take>
  Seen<T> read(const Key& key, Take take) {
    const auto responses = whole(key);
    if (const auto* why = std::get_if<Note>(&responses)) return {{}, *why};
    T value{};
    const std::size_t before = faults_.size();
    for (const Node* response : std::get<std::vector<const Node*>>(responses)) take(*response, value);
    if (auto odd = odd_since(before)) return {{}, std::move(odd)};
    return {std::move(value), {}};
  }

  // What is wrong in one answer makes that answer unseen, and no other.
  std::optional<Note> odd_since(std::size_t before) {
    if (faults_.size() == before) return std::nullopt;
    Note odd{base::Phrase::drift_odd, {faults_[before].reason}};
    faults_.resize(before);
    return odd;
  }

  void read_answers() {
    tenant_.roles =
        read<Roles>({Call::role_list, {}}, [&](const Node& answer, Roles& roles) { take_roles(answer, roles); });
    for (const auto& [key, pages] : pages_) {
      const auto& [call, about] = key;
      if (call == Call::role_members_list || call == Call::department_users_list) {
        auto& people = call == Call::role_members_list ? tenant_.members : tenant_.users;
        people[about] = read<std::vector<TenantPerson>>(
            key, [&](const Node& answer, auto& members) { take_members(answer, members); });
      } else if (call != Call::role_list && call != Call::department_list) {
        tenant_.records[call][about] = read<Records>(
            key, [&, call = call](const Node& answer, Records& records) { take_records(call, answer, records); });
      }
    }
    read_departments();
  }

  void take_records(Call call, const Node& answer, Records& records) {
    const Shape& shape = shape_of(call);
    const Node* whole = shape.within.empty() ? &answer : object_in(answer, shape.within);
    if (whole == nullptr) return;
    if (shape.list.empty()) {
      take_record(call, *whole, records);
      if (records.back().fields.empty()) values_.fail(*whole, "it has nothing of what the call shows");
      return;
    }
    for (const Node& item : values_.needed_items(*whole, shape.list)) {
      if (!values_.is(item, Kind::object, "an item of the list")) return;
      take_record(call, item, records);
    }
  }

  void take_record(Call call, const Node& item, Records& records) {
    Record& record = records.emplace_back();
    for (const TenantField& field : all_fields()) {
      if (field.read == call) take_field(field, item, field.shown, record);
    }
    if (const std::string& corp = record.one("member.corpId"); !corp.empty()) tenant_.corp = corp;
  }

  // Follows the path through objects and the items of lists.
  void take_field(const TenantField& field, const Node& at, std::string_view path, Record& record) const {
    const std::size_t dot = path.find('.');
    const std::string_view key = path.substr(0, dot);
    const Node* found = Values::member(at, key);
    if (dot != std::string_view::npos) {
      if (found == nullptr) {
        if (field.kind == FieldKind::id)
          values_.fail(at, fmt::format("an id is missing here: {}", Values::quoted(key)));
      } else if (found->kind == Kind::list) {
        for (const Node& each : found->items) take_field(field, each, path.substr(dot + 1), record);
      } else if (values_.is(*found, Kind::object, Values::quoted(key))) {
        take_field(field, *found, path.substr(dot + 1), record);
      }
      return;
    }
    const bool is_any = found != nullptr && found->kind != Kind::list && found->kind != Kind::object;
    if (field.kind == FieldKind::any ? !is_any : found == nullptr && field.kind != FieldKind::id) return;
    Ids& values = record.fields[std::string(field.shown)];
    switch (field.kind) {
      case FieldKind::id: values.insert(values_.id(at, key)); break;
      case FieldKind::ids:
        if (found->kind == Kind::list) {
          values.merge(values_.ids(at, key));
        } else {
          values.insert(values_.id(at, key));
        }
        break;
      case FieldKind::text: values.insert(values_.text(at, key)); break;
      case FieldKind::flag: values.insert(values_.flag(at, key) ? "true" : "false"); break;
      case FieldKind::any: values.insert(found->text); break;
    }
  }

  // The object under a key, which has to be there.
  const Node* object_in(const Node& answer, std::string_view key) const {
    const Node* found = Values::member(answer, key);
    if (found == nullptr) values_.fail(answer, fmt::format("it has no {}", Values::quoted(key)));
    return found != nullptr && values_.is(*found, Kind::object, Values::quoted(key)) ? found : nullptr;
  }

  void take_roles(const Node& answer, Roles& roles) const {
    const Node* result = object_in(answer, "result");
    if (result == nullptr) return;
    for (const Node& group : values_.needed_items(*result, "list")) {
      const std::string name = values_.text(group, "name");
      roles.groups.push_back({values_.id(group, "groupId"), name});
      for (const Node& role : values_.items(group, "roles"))
        roles.roles.push_back({values_.id(role, "id"), values_.text(role, "name"), name});
    }
    std::sort(roles.roles.begin(), roles.roles.end(), [](const Role& a, const Role& b) { return a.id < b.id; });
    roles.roles.erase(
        std::unique(roles.roles.begin(), roles.roles.end(), [](const Role& a, const Role& b) { return a.id == b.id; }),
        roles.roles.end());
    // A page may bring roles that stand before those of earlier pages.
    roles.by_name.clear();
    for (std::size_t i = 0; i < roles.roles.size(); ++i) roles.by_name.try_emplace(roles.roles[i].name, i);
  }

  void take_members(const Node& answer, std::vector<TenantPerson>& members) const {
    const Node* result = object_in(answer, "result");
    if (result == nullptr) return;
    for (const Node& each : values_.needed_items(*result, "list")) {
      TenantPerson member{values_.id(each, "userid"), values_.text(each, "name"), {}};
      for (const Node& scope : values_.items(each, "manageScopes")) member.manages.insert(values_.id(scope, "dept_id"));
      members.push_back(std::move(member));
    }
  }

  // The list is one of each department; it is whole where every department that was found was asked for those below it.
  void read_departments() {
    std::map<std::string, Department> found;
    std::optional<Note> why_not;
    std::vector<std::string> open{"1"};
    while (!open.empty()) {
      const std::string at = std::move(open.back());
      open.pop_back();
      const auto pages = whole({Call::department_list, at});
      if (const auto* why = std::get_if<Note>(&pages)) {
        if (!why_not) why_not = *why;
        continue;
      }
      const std::size_t before = faults_.size();
      for (const Node* answer : std::get<std::vector<const Node*>>(pages)) {
        for (const Node& each : values_.needed_items(*answer, "result")) {
          Department department{values_.id(each, "dept_id"), values_.text(each, "name"), at};
          if (department.id.empty()) continue;
          const auto [place, is_new] = found.emplace(department.id, department);
          if (is_new && department.id != "1") open.push_back(department.id);
        }
      }
      if (auto odd = odd_since(before); odd && !why_not) why_not = std::move(odd);
    }
    // Those that were found are there, also where the list is not whole.
    tenant_.departments.why_not = why_not;
    if (why_not && found.empty()) return;
    tenant_.departments.value.emplace();
    for (auto& [id, department] : found) tenant_.departments.value->push_back(std::move(department));
  }

  Node root_;
  std::vector<Fault> faults_;
  Values values_{faults_};
  std::map<Key, std::vector<Page>> pages_;
  std::map<Key, Note> refused_;
  Tenant tenant_;
};

}  // namespace

const Role* Roles::find(const std::string& id) const {
  const auto found = std::lower_bound(roles.begin(), roles.end(), id,
                                      [](const Role& role, const std::string& wanted) { return role.id < wanted; });
  return found == roles.end() || found->id != id ? nullptr : &*found;
}

const Role* Roles::find_named(const std::string& name) const {
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : &roles[found->second];
}

const Ids& Record::all(std::string_view path) const {
  static const Ids none;
  const auto found = fields.find(path);
  return found == fields.end() ? none : found->second;
}

const std::string& Record::one(std::string_view path) const {
  static const std::string none;
  const Ids& values = all(path);
  return values.empty() ? none : *values.begin();
}

const Seen<Records>& Tenant::records_of(Call call, const std::string& about) const {
  static const Seen<Records> not_called{{}, Note{base::Phrase::drift_not_called}};
  const auto of_call = records.find(call);
  if (of_call == records.end()) return not_called;
  const auto found = of_call->second.find(about);
  return found == of_call->second.end() ? not_called : found->second;
}

bool looks_like_export(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

std::variant<Tenant, std::vector<Fault>> read_export(std::string_view text) { return Reader{}.run(text); }

std::optional<Note> refusal_in(const Node& answer) { return refusal_of(answer); }

}  // namespace farol::dingtalk
