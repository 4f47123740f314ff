#include "lsp/server.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/version.h"
#include "lsp/answers.h"
#include "lsp/connection.h"
#include "lsp/inbox.h"
#include "lsp/reach.h"
#include "lsp/renaming.h"
#include "lsp/told.h"
#include "lsp/workspace.h"

namespace farol::lsp {
namespace {

// Error codes of JSON-RPC and of the protocol.
constexpr int parse_error = -32700, invalid_request = -32600, method_not_found = -32601, invalid_params = -32602,
              not_initialised = -32002, request_cancelled = -32800, request_failed = -32803;

// Nobody types for so long who looks at what is said.
constexpr std::chrono::milliseconds pause_before_advice{200};

// A request that cannot be answered; `serve` makes an error of it.
struct Refusal {
  int code = invalid_params;
  std::string message;
};

}  // namespace

class Server {
 public:
  Server(std::istream& in, std::ostream& out, const base::FileSystem& disk, base::Date today, base::Language language,
         FindCommitted find_committed)
      : connection_(in, out), workspace_(disk, today, language, std::move(find_committed)), language_(language) {}

  bool run() {
    Inbox inbox(connection_);
    while (!exit_) {
      // Work that the next message makes void can wait.
      if (inbox.is_empty()) say_what_changed();
      if (is_advice_due_ && !inbox.wait(pause_before_advice)) say_advice();
      const auto received = inbox.next();
      if (!received) break;
      take(*received);
    }
    return shut_down_;
  }

  void say_what_changed() {
    if (is_changed_) publish(is_typed_ ? Extent::soon : Extent::whole);
  }
  void say_advice() {
    if (is_advice_due_) publish(Extent::whole);
  }
  void take(const Received& received) {
    const Json& message = received.message;
    if (received.is_too_long) return reply_error(nullptr, {invalid_request, "the message is longer than 64 MiB"});
    if (message.is_discarded()) return reply_error(nullptr, {parse_error, "the message is not JSON"});
    if (!message.is_object()) return reply_error(nullptr, {invalid_request, "the message is no object"});
    const Json id = message.value("id", Json(nullptr));
    if (received.is_taken_back) return reply_error(id, {request_cancelled, "taken back"});
    if (!message.contains("method")) {
      // An answer to a request of the server; it makes none.
      if (!message.contains("result") && !message.contains("error")) reply_error(id, {invalid_request, "no method"});
      return;
    }
    if (!message["method"].is_string()) return reply_error(id, {invalid_request, "the method is no text"});
    const std::string method = message["method"];
    const Json params = message.value("params", Json::object());
    try {
      if (message.contains("id"))
        answer(id, method, params);
      else
        note(method, params);
    } catch (const Json::exception& problem) {
      // A member is missing or of another type; what the client sent decides it, so it is no fault of ours.
      if (message.contains("id")) reply_error(id, {invalid_params, problem.what()});
    }
  }

 private:
  void reply(const Json& id, Json result) { write({{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}}); }
  void reply_error(const Json& id, const Refusal& refusal) {
    write({{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", refusal.code}, {"message", refusal.message}}}});
  }
  void notify(std::string_view method, Json params) {
    write({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
  }
  void write(const Json& message) { connection_.write(message.dump(-1, ' ', false, Json::error_handler_t::replace)); }

  void answer(const Json& id, const std::string& method, const Json& params) {
    if (method == "initialize") return reply(id, initialise(params));
    if (!initialised_) return reply_error(id, {not_initialised, "`initialize` comes first"});
    if (shut_down_) return reply_error(id, {invalid_request, "the server was shut down"});
    if (method == "shutdown") {
      shut_down_ = true;
      return reply(id, nullptr);
    }
    const auto found = requests().find(method);
    const bool is_rename = method == "textDocument/rename", is_lens = method == "textDocument/codeLens";
    if (found == requests().end() && !is_rename && !is_lens)
      return reply_error(id, {method_not_found, "`" + method + "` is not known here"});
    const std::string path = path_of(params.at("textDocument").at("uri").get<std::string>());
    if (path.empty()) return reply_error(id, {invalid_params, "the document is no file"});
    const driver::Compilation& compilation = workspace_.compiled(path);
    const auto source = workspace_.find(compilation, workspace_.canonical(path));
    if (!source) return reply_error(id, {invalid_params, "no policy reads `" + path + "`"});
    const File file{compilation, *source, encoding_, language_};
    if (is_lens) return reply(id, code_lenses(file, workspace_.committed(path)));
    if (!is_rename) return reply(id, found->second(file, params));
    const auto renamed = rename(file, offset_of(file, params.at("position")), params.at("newName").get<std::string>(),
                                [&](const auto& texts) { return workspace_.compile_with(path, texts); });
    if (const auto* refusal = std::get_if<std::string>(&renamed)) return reply_error(id, {request_failed, *refusal});
    reply(id, std::get<Json>(renamed));
  }

  void note(const std::string& method, const Json& params) {
    if (method == "exit") exit_ = true;
    if (!initialised_ || shut_down_) return;
    if (method == "textDocument/didOpen") {
      set(params.at("textDocument").at("uri"), params.at("textDocument").at("text"));
    } else if (method == "textDocument/didChange") {
      change(params);
    } else if (method == "textDocument/didClose") {
      workspace_.close(path_of(params.at("textDocument").at("uri").get<std::string>()));
      is_changed_ = true;
    } else if (method == "workspace/didChangeWorkspaceFolders") {
      const Json& event = params.at("event");
      for (const Json& folder : event.at("removed"))
        workspace_.remove_folder(path_of(folder.at("uri").get<std::string>()));
      for (const Json& folder : event.at("added")) workspace_.add_folder(path_of(folder.at("uri").get<std::string>()));
      is_changed_ = true;
    } else if (method == "textDocument/didSave" || method == "workspace/didChangeWatchedFiles") {
      workspace_.forget();
      is_changed_ = true;
    }
  }

  void set(const std::string& uri, std::string text) {
    const std::string path = path_of(uri);
    if (path.empty()) return;
    if (base::find_invalid_utf8(text)) return;
    workspace_.set(path, std::move(text));
    is_changed_ = true;
  }

  void change(const Json& params) {
    const std::string uri = params.at("textDocument").at("uri");
    const std::string* known = workspace_.text_of(path_of(uri));
    if (known == nullptr) return;
    std::string text = *known;
    for (const Json& edit : params.at("contentChanges")) {
      const std::string with = edit.at("text");
      if (!edit.contains("range")) {
        text = with;
        told_.lose_advice(uri);
        continue;
      }
      const Lines lines{text, encoding_};
      const std::uint32_t begin = lines.offset_of(position(edit.at("range").at("start")));
      const std::uint32_t end = lines.offset_of(position(edit.at("range").at("end")));
      text.replace(begin, end < begin ? 0 : end - begin, with);
      told_.move(uri, edit.at("range"),
                 Lines{text, encoding_}.position_of(begin + static_cast<std::uint32_t>(with.size())));
    }
    is_typed_ = true;
    set(uri, std::move(text));
  }

  static Position position(const Json& place) {
    return {place.at("line").get<std::uint32_t>(), place.at("character").get<std::uint32_t>()};
  }

  Json initialise(const Json& params) {
    initialised_ = true;
    const Json encodings = params.value("capabilities", Json::object())
                               .value("general", Json::object())
                               .value("positionEncodings", Json::array());
    const auto offers = [&](std::string_view name) {
      return std::find(encodings.begin(), encodings.end(), name) != encodings.end();
    };
    encoding_ = offers("utf-8") ? Encoding::utf8 : offers("utf-32") ? Encoding::utf32 : Encoding::utf16;
    if (const auto root = params.find("rootUri"); root != params.end() && root->is_string())
      workspace_.add_folder(path_of(root->get<std::string>()));
    if (const auto folders = params.find("workspaceFolders"); folders != params.end() && folders->is_array()) {
      for (const Json& folder : *folders) workspace_.add_folder(path_of(folder.at("uri").get<std::string>()));
    }
    const Json options = params.value("initializationOptions", Json::object());
    if (options.is_object() && options.contains("language") && options["language"].is_string()) {
      if (const auto language = base::parse_language(options["language"].get<std::string>())) {
        language_ = *language;
        workspace_.set_language(*language);
      }
    }
    constexpr std::string_view names[] = {"utf-8", "utf-16", "utf-32"};
    return {{"capabilities",
             {{"positionEncoding", names[static_cast<std::size_t>(encoding_)]},
              {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", true}}},
              {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}},
              {"hoverProvider", true},
              {"definitionProvider", true},
              {"referencesProvider", true},
              {"renameProvider", {{"prepareProvider", true}}},
              {"inlayHintProvider", true},
              {"codeLensProvider", Json::object()},
              {"completionProvider", {{"triggerCharacters", Json::array({".", ","})}}},
              {"documentSymbolProvider", true},
              {"foldingRangeProvider", true},
              {"documentFormattingProvider", true},
              {"codeActionProvider", {{"codeActionKinds", Json::array({"quickfix"})}}},
              {"semanticTokensProvider",
               {{"legend", {{"tokenTypes", token_types()}, {"tokenModifiers", Json::array()}}}, {"full", true}}}}},
            {"serverInfo", {{"name", "farol"}, {"version", base::version}}}};
  }

  static std::uint32_t offset_of(const File& file, const Json& place) {
    return Lines{file.compilation.sources.text(file.source), file.encoding}.offset_of(position(place));
  }

  using Answer = std::function<Json(const File&, const Json& params)>;
  static const std::map<std::string, Answer>& requests() {
    const auto at = [](const File& file, const Json& place) { return offset_of(file, place); };
    static const std::map<std::string, Answer> all{
        {"textDocument/hover", [at](const File& f, const Json& p) { return hover(f, at(f, p.at("position"))); }},
        {"textDocument/definition",
         [at](const File& f, const Json& p) { return definition(f, at(f, p.at("position"))); }},
        {"textDocument/completion",
         [at](const File& f, const Json& p) { return completion(f, at(f, p.at("position"))); }},
        {"textDocument/codeAction",
         [at](const File& f, const Json& p) {
           return code_actions(f, at(f, p.at("range").at("start")), at(f, p.at("range").at("end")));
         }},
        {"textDocument/references",
         [at](const File& f, const Json& p) {
           const bool with_declaration = p.value("context", Json::object()).value("includeDeclaration", false);
           return references(f, at(f, p.at("position")), with_declaration);
         }},
        {"textDocument/prepareRename",
         [at](const File& f, const Json& p) { return prepare_rename(f, at(f, p.at("position"))); }},
        {"textDocument/inlayHint",
         [at](const File& f, const Json& p) {
           return inlay_hints(f, at(f, p.at("range").at("start")), at(f, p.at("range").at("end")));
         }},
        {"textDocument/documentSymbol", [](const File& f, const Json&) { return symbols(f); }},
        {"textDocument/foldingRange", [](const File& f, const Json&) { return folding(f); }},
        {"textDocument/formatting", [](const File& f, const Json&) { return formatting(f); }},
        {"textDocument/semanticTokens/full", [](const File& f, const Json&) { return semantic_tokens(f); }},
    };
    return all;
  }

  enum class Extent : std::uint8_t {
    soon,  // of a large policy without its advice: that comes when nobody types
    whole,
  };
  // Sends the findings of every policy with open files, and empty lists where there were some.
  void publish(Extent extent) {
    const bool is_answer = std::exchange(is_changed_, false);  // to what the client has sent
    is_typed_ = is_advice_due_ = false;
    std::map<std::string, Json> now;
    for (const std::string& path : workspace_.policies()) {
      const bool is_soon = extent == Extent::soon && workspace_.is_large(path);
      const auto& compilation = is_soon ? workspace_.decided(path) : workspace_.compiled(path);
      Json by_file = diagnostics(compilation, encoding_, language_);
      for (auto& [uri, findings] : by_file.items()) {
        if (is_soon) findings = told_.with_known_advice(uri, findings);
        if (findings.empty() && !told_.knows(uri) && workspace_.text_of(path_of(uri)) == nullptr) continue;
        now.try_emplace(uri, std::move(findings));
      }
      is_advice_due_ = is_advice_due_ || is_soon;
    }
    for (const auto& [uri, findings] : told_.all()) {
      if (!now.contains(uri)) send_findings(uri, Json::array());
    }
    for (const auto& [uri, findings] : now) {
      if (is_answer || !told_.has(uri, findings)) send_findings(uri, findings);
    }
    told_ = Told{std::move(now)};
  }
  void send_findings(const std::string& uri, const Json& findings) {
    notify("textDocument/publishDiagnostics", {{"uri", uri}, {"diagnostics", findings}});
  }

  Connection connection_;
  Workspace workspace_;
  base::Language language_;
  Encoding encoding_ = Encoding::utf16;
  bool initialised_ = false, shut_down_ = false, exit_ = false;
  bool is_changed_ = false;     // since the findings were sent
  bool is_typed_ = false;       // what has changed is a text in the editor
  bool is_advice_due_ = false;  // it was left out when the findings were sent
  Told told_;
};

bool serve(std::istream& in, std::ostream& out, const base::FileSystem& disk, base::Date today, base::Language language,
           FindCommitted find_committed) {
  // `std::cin` flushes `std::cout` before it reads. The thread that reads would do so while this one writes, and a
  // client would wait for ever for what got lost between the two.
  in.tie(nullptr);
  return Server{in, out, disk, today, language, std::move(find_committed)}.run();
}

struct Session::State {
  State(std::ostream& out, const base::FileSystem& disk, base::Date today, base::Language language)
      : server(nothing, out, disk, today, language, {}) {}

  std::istringstream nothing;  // to read from
  Server server;
};

Session::Session(std::ostream& out, const base::FileSystem& disk, base::Date today, base::Language language)
    : state_(std::make_unique<State>(out, disk, today, language)) {}
Session::~Session() = default;

void Session::take(std::string_view message) {
  state_->server.take({Json::parse(message, nullptr, false)});
  state_->server.say_what_changed();
}

void Session::rest() { state_->server.say_advice(); }

}  // namespace farol::lsp
