// An HTTP server on loopback, for what talks with the platform. One connection at a time is enough for a client that
// sends one request at a time.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <thread>

namespace farol::testing {

struct HttpRequest {
  std::string method, path;                           // without the query
  std::map<std::string, std::string> query, headers;  // names of headers in small letters
  std::string body;
};

struct HttpReply {
  int status = 200;
  std::string body;
  // Of the reply, so many bytes are sent and the connection is cut; negative: all of it.
  long cut = -1;
};

class HttpServer {
 public:
  explicit HttpServer(std::function<HttpReply(const HttpRequest&)> answer);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  ~HttpServer();

  [[nodiscard]] std::string address() const;

 private:
  void serve();
  void serve_connection(int connection);

  std::function<HttpReply(const HttpRequest&)> answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ends_ = false;
  std::thread thread_;
};

}  // namespace farol::testing
