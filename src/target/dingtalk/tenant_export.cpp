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
#include "target/dingtalk/refusals.h"
#include "target/dingtalk/replies.h"
#include "target/dingtalk/reply_values.h"
#include "target/dingtalk/tenant_fields.h"

namespace farol::dingtalk {
namespace {

using Kind = Node::Kind;

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
    const Node* query = ReplyValues::member(call, "query");
    const Node* body = ReplyValues::member(call, "body");
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
    } else if (const auto refusal = refusal_in(*response)) {
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
    const Node& part = call.asks_in_query() ? query : body;
    if (part.find(call.about) == nullptr) {
      if (call.about == "dept_id") return "1";  // the root
      if (call.about == "platform") return {};
    }
    return values_.id(part, call.about);
  }

  // Returns the text at a path of keys with dots between them; an empty text if there is none.
  static std::string word(const Node& object, std::string_view path) {
    const std::size_t dot = path.find('.');
    const Node* found = ReplyValues::member(object, path.substr(0, dot));
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
    const Node* found = ReplyValues::member(at, key);
    if (dot != std::string_view::npos) {
      if (found == nullptr) {
        if (field.kind == FieldKind::id)
          values_.fail(at, fmt::format("an id is missing here: {}", ReplyValues::quoted(key)));
      } else if (found->kind == Kind::list) {
        for (const Node& each : found->items) take_field(field, each, path.substr(dot + 1), record);
      } else if (values_.is(*found, Kind::object, ReplyValues::quoted(key))) {
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
    const Node* found = ReplyValues::member(answer, key);
    if (found == nullptr) values_.fail(answer, fmt::format("it has no {}", ReplyValues::quoted(key)));
    return found != nullptr && values_.is(*found, Kind::object, ReplyValues::quoted(key)) ? found : nullptr;
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
  ReplyValues values_{faults_};
  std::map<Key, std::vector<Page>> pages_;
  std::map<Key, Note> refused_;
  Tenant tenant_;
};

}  // namespace

bool looks_like_export(std::string_view text) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

std::variant<Tenant, std::vector<Fault>> read_export(std::string_view text) { return Reader{}.run(text); }

}  // namespace farol::dingtalk
