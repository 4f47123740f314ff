#include "apply/session.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/json_writer.h"
#include "target/dingtalk/refusals.h"

namespace farol::apply {

using dingtalk::CallEffect;
using dingtalk::Node;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t most_tries = 5;
// Of HTTP.
constexpr long first_redirection = 300, first_fault = 400, bad_token = 401, too_often = 429, first_failure = 500;

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// What the documentation calls these states, in the codes of both dialects.
bool is_too_often(std::string_view code) {
  return code == "90018" || code == "90002" || has_any(code, {"QpsLimit", "QpmLimit"});
}
bool is_used_up(std::string_view code) { return code == "90020" || has_any(code, {"ApiCountLimitForOrg"}); }
bool is_bad_token(std::string_view code) {
  return code == "40014" || code == "42001" || has_any(code, {"InvalidAuthentication", "invalidAuthentication"});
}

std::string code_in(const Node& tree) {
  for (const std::string_view key : {"errcode", "code"}) {
    const Node* found = tree.find(key);
    if (found != nullptr && found->text != "0") return found->text;
  }
  return {};
}

Message message_of(const dingtalk::Request& request, std::string token) {
  const dingtalk::CallInfo& call = info(request.call);
  Message message{std::string(call.method), call.host, path_of(request)};
  for (const dingtalk::Member& each : request.query) message.query.emplace_back(each.key, query_text(each.value));
  if (!request.body.empty()) message.body = to_json(dingtalk::object(request.body));
  message.token = std::move(token);
  message.reads = call.effect == CallEffect::read;
  return message;
}

}  // namespace

std::string query_text(const dingtalk::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
  return to_json(value);
}

std::string masked(std::string_view text) {
  constexpr std::size_t longest = 300;
  std::string made;
  for (const char c : text.substr(0, longest)) made += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  for (const std::string_view word : {"access_token=", "access_token\":\"", "client_secret\":\"", "appSecret\":\""}) {
    for (std::size_t at = made.find(word); at != std::string::npos; at = made.find(word, at + word.size())) {
      const std::size_t from = at + word.size();
      made.replace(from, made.find_first_of("\"& ", from) - from, "...");
    }
  }
  return made;
}

std::optional<std::string> Session::open() {
  if (transport_.has_credentials()) return std::nullopt;
  base::JsonWriter json;
  json.begin_object(base::JsonWriter::Layout::line);
  json.key("client_id").string(credentials_.app_key);
  json.key("client_secret").string(credentials_.app_secret);
  json.key("grant_type").string("client_credentials");
  json.end_object();
  Message message{"POST", dingtalk::Host::api, "/v1.0/oauth2/" + corp_ + "/token", {}, json.take()};
  for (std::size_t tries = 1;; ++tries) {
    keep_pace();
    ++calls_;
    const Answer answer = transport_.send(message);
    const auto read = base::read_json_tree(answer.body);
    const auto* tree = std::get_if<Node>(&read);
    const std::string code = tree == nullptr ? std::string{} : code_in(*tree);
    const bool comes_too_often = answer.status == too_often || is_too_often(code);
    const bool may_come_again =
        answer.kind == Answer::Kind::answered ? answer.status >= first_failure || comes_too_often : !answer.is_final;
    if (may_come_again && tries < most_tries) {
      back_off(tries);
      continue;
    }
    if (answer.kind != Answer::Kind::answered) return masked(answer.problem);
    const Node* token = tree == nullptr ? nullptr : tree->find("access_token");
    if (answer.status == 200 && token != nullptr && token->kind == Node::Kind::text && !token->text.empty()) {
      token_ = token->text;
      return std::nullopt;
    }
    const auto refusal = tree == nullptr ? std::nullopt : dingtalk::refusal_in(*tree);
    return "HTTP " + std::to_string(answer.status) + (refusal ? ": " + masked(refusal->details.front()) : "");
  }
}

void Session::keep_pace() {
  const milliseconds now = timing_.now();
  std::erase_if(recent_, [&](milliseconds each) { return now - each >= milliseconds{1000}; });
  if (recent_.size() >= dingtalk::limits::calls_a_second) timing_.sleep(milliseconds{1000} - (now - recent_.front()));
  recent_.push_back(timing_.now());
}

// The longer, the more often it was tried; and not at the same moment as whoever else was told to wait.
void Session::back_off(std::size_t tries) {
  constexpr std::uint32_t factor = 1664525, summand = 1013904223, spread = 500;
  jitter_ = jitter_ * factor + summand + static_cast<std::uint32_t>(timing_.now().count());
  timing_.sleep(milliseconds{(std::int64_t{500} << tries) + (jitter_ >> 8) % spread});
}

Reply Session::call(const dingtalk::Request& request) {
  bool is_renewed = false;
  for (std::size_t tries = 1;; ++tries) {
    Attempt attempt = once(request);
    if (attempt.is_bad_token && !is_renewed && !transport_.has_credentials()) {
      is_renewed = true;
      const auto problem = open();
      if (!problem) continue;
      attempt.reply.reason += "; " + *problem;
      return attempt.reply;
    }
    if (!attempt.may_come_again || tries >= most_tries) return attempt.reply;
    back_off(tries);
  }
}

Session::Attempt Session::once(const dingtalk::Request& request) {
  const dingtalk::CallInfo& call = info(request.call);
  const bool reads = call.effect == CallEffect::read;
  keep_pace();
  ++calls_;
  counted_ += call.counted ? 1 : 0;
  Answer answer = transport_.send(message_of(request, token_));
  if (answer.kind != Answer::Kind::answered) {
    const bool not_taken = answer.kind == Answer::Kind::not_sent;
    const auto kind = not_taken ? Reply::Kind::not_taken : Reply::Kind::unknown;
    return {{kind, {}, {}, masked(answer.problem), dingtalk::scopes_in(answer.problem)},
            (reads || not_taken) && !answer.is_final};
  }
  if (answer.status == 200 && answer.body.empty() && call.reply == dingtalk::Reply::nothing)
    return {{Reply::Kind::done}};
  auto read = base::read_json_tree(answer.body);
  auto* tree = std::get_if<Node>(&read);
  if (tree != nullptr && tree->kind != Node::Kind::object) tree = nullptr;
  const auto refusal = tree == nullptr ? std::nullopt : dingtalk::refusal_in(*tree);
  if (tree != nullptr && answer.status < first_redirection && !refusal)
    return {{Reply::Kind::done, std::move(answer.body), std::move(*tree)}};

  Attempt attempt{{Reply::Kind::refused, {}, {}, "HTTP " + std::to_string(answer.status)}};
  const std::string code = tree == nullptr ? std::string{} : code_in(*tree);
  if (refusal) attempt.reply.reason = masked(refusal->details.front());
  if (refusal && refusal->details.size() > 1) attempt.reply.scopes.push_back(refusal->details[1]);
  if (is_used_up(code)) {
    attempt.reply.kind = Reply::Kind::used_up;
  } else if (is_bad_token(code) || answer.status == bad_token) {
    attempt.reply.kind = Reply::Kind::not_taken;
    attempt.is_bad_token = true;
  } else if (is_too_often(code) || answer.status == too_often) {
    attempt.reply.kind = Reply::Kind::not_taken;
    attempt.may_come_again = true;
  } else if (answer.status < first_fault ? tree == nullptr : answer.status >= first_failure) {
    // Half an answer, or one of a server that has failed: what it has done before is not known.
    attempt.reply.kind = Reply::Kind::unknown;
    attempt.may_come_again = reads;
  }
  return attempt;
}

}  // namespace farol::apply
