// The calls of the platform that Farol uses, and what is known about each: calls.def as a table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace farol::dingtalk {

// `api.dingtalk.com`, with the token in a header, and `oapi.dingtalk.com`, with the token in the query.
enum class Host : std::uint8_t { api, oapi };
// Where an organisation is served: international accounts have hosts of their own, which end in `.io`.
enum class Region : std::uint8_t { mainland, international };
[[nodiscard]] std::string_view address_of(Host host, Region region);

// What a call answers where it was done: JSON, or 200 with an empty body.
enum class Reply : std::uint8_t { data, nothing };

// A: documented. B: in an official client only; never sent unless that is asked for.
enum class Tier : std::uint8_t { A, B };

// A call that reads changes nothing in the tenant.
enum class CallEffect : std::uint8_t { change, read };

// How a reply tells that there is another page, and how that page is asked for.
enum class Pages : std::uint8_t {
  none,         // the reply is whole
  offset,       // `offset` and `size` in the body; `result.hasMore` or `result.has_more`
  token,        // `nextToken` and `maxResults` in the query; `hasMore` and `nextToken`
  next_cursor,  // as `token`, but the reply says `nextCursor`, and the first page is -1
  option,       // `option.nextToken` and `option.maxResults` in the body; `nextToken`
  cursor,       // `cursor` and `size` in the body; `result.has_more` and `result.next_cursor`
  number        // `pageNumber` and `pageSize` in the body; `total`
};

enum class Call : std::uint8_t {
#define FAROL_CALL(identifier, effect, method, host, tier, quota, pages, size, about, reply, path, code, page, client) \
  identifier,
#define FAROL_PAGE(call, lacks, day, sentence)
#include "target/dingtalk/calls.def"
#undef FAROL_PAGE
#undef FAROL_CALL
};

struct CallInfo {
  Call call;
  std::string_view identifier;
  CallEffect effect;
  std::string_view method;  // of HTTP
  Host host;
  Tier tier;
  bool counted;  // against the calls of a month
  Pages pages;
  std::size_t page_size;   // the most items of a page; 0 if there are no pages
  std::string_view about;  // the parameter that says what a reply is about; empty: the organisation
  Reply reply;
  std::string_view path;             // with a parameter in braces
  std::string_view permission_code;  // empty if no documentation names one
  std::string_view page;             // of open.dingtalk.com/document/development/; empty if there is none
  std::string_view client;           // `contact_1_0.listSeniorSettings`; empty if the vendor's client cannot be used

  // Where `about` is, if it is not in the path.
  [[nodiscard]] bool asks_in_query() const { return method == "GET" || call == Call::control_hits; }
  // The two parts of `client`.
  [[nodiscard]] std::string_view package() const { return client.substr(0, client.find('.')); }
  [[nodiscard]] std::string_view function() const { return client.substr(client.find('.') + 1); }
};
[[nodiscard]] const std::vector<CallInfo>& all_calls();
[[nodiscard]] const CallInfo& info(Call call);
// The address of the page; empty if there is none.
[[nodiscard]] std::string address_of_page(const CallInfo& call);

// What was read of a call, or of a part of its body, that the vendor's client lacks.
struct PageSays {
  Call call;
  std::string_view lacks;  // a path in the body; empty: the call
  std::string_view day;    // on which the page had the sentence
  std::string_view sentence;
};
[[nodiscard]] const std::vector<PageSays>& all_pages();

// A call that reads, and the value of the parameter of its path: the node of `…/dentries/NODE/permissions/query`.
struct ReadCall {
  Call call{};
  std::string parameter;
};
// Returns nullopt if no call that reads has the method and path.
[[nodiscard]] std::optional<ReadCall> find_read(std::string_view method, std::string_view path);

}  // namespace farol::dingtalk
