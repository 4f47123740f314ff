#include "https/https.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <curl/curl.h>
#include <dlfcn.h>

#include "https/client.h"
#include "target/dingtalk/calls.h"

namespace farol::https {
namespace {

constexpr long seconds_to_connect = 15;
constexpr long seconds_for_answer = 60;
constexpr std::size_t most_bytes = std::size_t{64} << 20;

// The functions of libcurl, which is looked for here and not when the program starts.
struct Curl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_setopt) easy_setopt = nullptr;
  decltype(&curl_easy_perform) easy_perform = nullptr;
  decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_easy_reset) easy_reset = nullptr;
  decltype(&curl_easy_strerror) easy_strerror = nullptr;
  decltype(&curl_slist_append) slist_append = nullptr;
  decltype(&curl_slist_free_all) slist_free_all = nullptr;
};

template <class Function>
bool load(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

// Null where libcurl is not installed.
const Curl* find_curl() {
  static const Curl* found = []() -> const Curl* {
    void* library = nullptr;
    for (const char* name : {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib"}) {
      if (library == nullptr) library = ::dlopen(name, RTLD_NOW | RTLD_LOCAL);
    }
    if (library == nullptr) return nullptr;
    static Curl curl;
    const bool is_whole =
        load(library, "curl_global_init", curl.global_init) && load(library, "curl_easy_init", curl.easy_init) &&
        load(library, "curl_easy_setopt", curl.easy_setopt) && load(library, "curl_easy_perform", curl.easy_perform) &&
        load(library, "curl_easy_getinfo", curl.easy_getinfo) &&
        load(library, "curl_easy_cleanup", curl.easy_cleanup) && load(library, "curl_easy_reset", curl.easy_reset) &&
        load(library, "curl_easy_strerror", curl.easy_strerror) &&
        load(library, "curl_slist_append", curl.slist_append) &&
        load(library, "curl_slist_free_all", curl.slist_free_all);
    return is_whole && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? &curl : nullptr;
  }();
  return found;
}

std::string escaped(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string made;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                          std::string_view("-._~").find(c) != std::string_view::npos;
    if (is_plain) {
      made += c;
    } else {
      made += '%';
      made += digits[byte >> 4U];
      made += digits[byte & 0xFU];
    }
  }
  return made;
}

// A server in the place of the platform is one on this machine: a secret goes nowhere else without TLS.
bool is_on_this_machine(std::string_view server) {
  for (const std::string_view begin : {"http://127.0.0.1:", "http://localhost:", "http://[::1]:"}) {
    if (!server.starts_with(begin)) continue;
    const std::string_view rest = server.substr(begin.size());
    const std::string_view port = rest.substr(0, rest.find('/'));
    return !port.empty() && port.find_first_not_of("0123456789") == std::string_view::npos;
  }
  return false;
}

std::size_t take(char* data, std::size_t size, std::size_t count, void* into) {
  auto& body = *static_cast<std::string*>(into);
  if (body.size() + size * count > most_bytes) return 0;
  body.append(data, size * count);
  return size * count;
}

// Nothing of the request has left this machine.
bool is_not_sent(CURLcode code) {
  constexpr std::array codes = {CURLE_UNSUPPORTED_PROTOCOL,     CURLE_URL_MALFORMAT,      CURLE_COULDNT_RESOLVE_PROXY,
                                CURLE_COULDNT_RESOLVE_HOST,     CURLE_COULDNT_CONNECT,    CURLE_SSL_CONNECT_ERROR,
                                CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_PROXY};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

// And it will not leave it another time.
bool is_final(CURLcode code) {
  constexpr std::array codes = {CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_PEER_FAILED_VERIFICATION,
                                CURLE_SSL_CACERT_BADFILE};
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

class Https final : public apply::Transport {
 public:
  Https(const Curl& curl, apply::Connection connection)
      : curl_(curl), connection_(std::move(connection)), handle_(curl.easy_init()) {}
  Https(const Https&) = delete;
  Https& operator=(const Https&) = delete;
  ~Https() override { curl_.easy_cleanup(handle_); }

  [[nodiscard]] apply::Answer send(const apply::Message& message) override {
    curl_.easy_reset(handle_);
    apply::Answer answer;
    const std::string address = address_of(message);
    curl_slist* headers = nullptr;
    const auto add_header = [&](const std::string& line) { headers = curl_.slist_append(headers, line.c_str()); };
    if (message.host == dingtalk::Host::api && !message.token.empty())
      add_header("x-acs-dingtalk-access-token: " + message.token);
    if (!message.body.empty()) add_header("Content-Type: application/json");
    add_header("Expect:");
    set(CURLOPT_URL, address.c_str());
    set(CURLOPT_CUSTOMREQUEST, message.method.c_str());
    set(CURLOPT_HTTPHEADER, headers);
    if (!message.body.empty()) {
      set(CURLOPT_POSTFIELDS, message.body.c_str());
      set(CURLOPT_POSTFIELDSIZE, static_cast<long>(message.body.size()));
    } else if (message.method == "POST") {
      set(CURLOPT_POSTFIELDS, "");
      set(CURLOPT_POSTFIELDSIZE, 0L);
    }
    // A request on a connection that was used before is sent once more by libcurl where the server closes it.
    if (!message.reads) set(CURLOPT_FRESH_CONNECT, 1L), set(CURLOPT_FORBID_REUSE, 1L);
    set_common(answer.body);
    const CURLcode code = curl_.easy_perform(handle_);
    curl_.slist_free_all(headers);
    if (code != CURLE_OK) {
      answer.kind = is_not_sent(code) ? apply::Answer::Kind::not_sent : apply::Answer::Kind::unknown;
      answer.problem = curl_.easy_strerror(code);
      answer.is_final = is_final(code);
      answer.body.clear();
      return answer;
    }
    answer.kind = apply::Answer::Kind::answered;
    curl_.easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_.easy_setopt(handle_, option, value);
  }

  void set_common(std::string& body) {
    set(CURLOPT_WRITEFUNCTION, &take);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&body));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_CONNECTTIMEOUT, seconds_to_connect);
    set(CURLOPT_TIMEOUT, seconds_for_answer);
    set(CURLOPT_USERAGENT, "farol");
    if (connection_.server.empty()) {
      set(CURLOPT_PROTOCOLS_STR, "https");
    } else {
      set(CURLOPT_PROTOCOLS_STR, "http");
      set(CURLOPT_NOPROXY, "*");
    }
    if (!connection_.authority.empty()) set(CURLOPT_CAINFO, connection_.authority.c_str());
  }

  [[nodiscard]] std::string address_of(const apply::Message& message) const {
    std::string address = connection_.server;
    if (address.empty()) address = "https://" + std::string(dingtalk::address_of(message.host, connection_.region));
    address += message.path;
    char separator = '?';
    const auto add = [&](std::string_view key, std::string_view value) {
      address += std::exchange(separator, '&');
      address += escaped(key) + "=" + escaped(value);
    };
    for (const auto& [key, value] : message.query) add(key, value);
    if (message.host == dingtalk::Host::oapi && !message.token.empty()) add("access_token", message.token);
    return address;
  }

  const Curl& curl_;
  apply::Connection connection_;
  CURL* handle_;
};

}  // namespace

std::variant<std::unique_ptr<apply::Transport>, std::string> connect(const apply::Connection& connection,
                                                                     const RunProgram& run_program) {
  if (connection.by_client) {
    if (connection.region == dingtalk::Region::international || !connection.server.empty())
      return "the vendor's client reaches api.dingtalk.com and oapi.dingtalk.com only";
    return through_client(run_program);
  }
  if (!connection.server.empty() && !is_on_this_machine(connection.server))
    return "a server in the place of the platform is one on this machine, such as http://127.0.0.1:8080";
  const Curl* curl = find_curl();
  if (curl == nullptr) return "libcurl is not installed (Debian: libcurl4)";
  return std::make_unique<Https>(*curl, connection);
}

}  // namespace farol::https
