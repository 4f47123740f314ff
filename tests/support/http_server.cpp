#include "support/http_server.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace farol::testing {
namespace {

constexpr int milliseconds_to_look = 20;

// Waits for something to read, or for the end of the server. Returns false at the end.
bool wait_to_read(int file, const std::atomic<bool>& ends) {
  while (!ends) {
    pollfd wanted{file, POLLIN, 0};
    const int ready = ::poll(&wanted, 1, milliseconds_to_look);
    if (ready > 0) return true;
  }
  return false;
}

std::string unescaped(const std::string& text) {
  constexpr int hexadecimal = 16;
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      made += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, hexadecimal));
      i += 2;
    } else {
      made += text[i];
    }
  }
  return made;
}

HttpRequest parsed(const std::string& head) {
  HttpRequest request;
  const std::size_t line_end = head.find("\r\n");
  const std::string line = head.substr(0, line_end);
  const std::size_t blank = line.find(' ');
  request.method = line.substr(0, blank);
  std::string target = line.substr(blank + 1, line.rfind(' ') - blank - 1);
  const std::size_t end_of_path = target.find('?');
  std::string query = end_of_path == std::string::npos ? "" : target.substr(end_of_path + 1);
  request.path = unescaped(target.substr(0, end_of_path));
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string part = query.substr(0, end);
    const std::size_t equals = std::min(part.find('='), part.size());
    request.query[unescaped(part.substr(0, equals))] =
        equals < part.size() ? unescaped(part.substr(equals + 1)) : std::string{};
    query.erase(0, std::min(end + 1, query.size()));
  }
  for (std::size_t at = line_end + 2; at < head.size();) {
    const std::size_t end = head.find("\r\n", at);
    const std::string header = head.substr(at, end - at);
    at = end == std::string::npos ? head.size() : end + 2;
    const std::size_t colon = header.find(':');
    if (colon == std::string::npos) continue;
    std::string name = header.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::size_t value = header.find_first_not_of(' ', colon + 1);
    request.headers[name] = value == std::string::npos ? "" : header.substr(value);
  }
  return request;
}

}  // namespace

HttpServer::HttpServer(std::function<HttpReply(const HttpRequest&)> answer) : answer_(std::move(answer)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (listener_ < 0 || ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 16) != 0 || ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no server can be started");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer() {
  ends_ = true;
  thread_.join();
  ::close(listener_);
}

std::string HttpServer::address() const { return "http://127.0.0.1:" + std::to_string(port_); }

void HttpServer::serve() {
  while (wait_to_read(listener_, ends_)) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    // Each has its own thread: a client may keep one open that it uses no more.
    std::thread([this, connection] {
      serve_connection(connection);
      ::close(connection);
    }).detach();
  }
}

void HttpServer::serve_connection(int connection) {
  const int yes = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  std::string bytes;
  char buffer[16384];
  while (true) {
    std::size_t head_end = bytes.find("\r\n\r\n");
    std::size_t length = 0;
    HttpRequest request;
    if (head_end != std::string::npos) {
      request = parsed(bytes.substr(0, head_end + 2));
      const auto found = request.headers.find("content-length");
      if (found != request.headers.end()) length = std::stoul(found->second);
    }
    if (head_end == std::string::npos || bytes.size() < head_end + 4 + length) {
      if (!wait_to_read(connection, ends_)) return;
      const ssize_t count = ::recv(connection, buffer, sizeof buffer, 0);
      if (count <= 0) return;
      bytes.append(buffer, static_cast<std::size_t>(count));
      continue;
    }
    request.body = bytes.substr(head_end + 4, length);
    bytes.erase(0, head_end + 4 + length);
    const HttpReply reply = answer_(request);
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) +
                       " X\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(reply.body.size()) +
                       "\r\n\r\n" + reply.body;
    if (reply.cut >= 0) text.resize(std::min(text.size(), static_cast<std::size_t>(reply.cut)));
    for (std::size_t sent = 0; sent < text.size();) {
      const ssize_t count = ::send(connection, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
      if (count <= 0) return;
      sent += static_cast<std::size_t>(count);
    }
    if (reply.cut >= 0) return;
  }
}

}  // namespace farol::testing
