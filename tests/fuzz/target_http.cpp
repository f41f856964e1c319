// SPDX-License-Identifier: Apache-2.0
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <memory>
#include <string>
#include <thread>

#include "fuzz/server.h"
#include "fuzz/support.h"
#include "linchpin/core/lowercase.h"
#include "linchpin/serve/http_server.h"

namespace linchpin::fuzz {
namespace {

serve::HttpServer& server() {
  static auto const made = serve::HttpServer::without_port(tiny_server());
  return *made;
}

/// Says `input`, then nothing more, and hears what is answered.
std::string talk(int socket, Bytes input) {
  auto const* rest = input.data();
  auto left = input.size();
  while (left > 0) {
    auto const sent = ::send(socket, rest, left, MSG_NOSIGNAL);
    if (sent <= 0) break;  // refused before it was read
    rest += sent;
    left -= static_cast<std::size_t>(sent);
  }
  ::shutdown(socket, SHUT_WR);
  std::string heard;
  std::array<char, 65536> piece{};
  for (auto got = ::recv(socket, piece.data(), piece.size(), 0); got > 0;
       got = ::recv(socket, piece.data(), piece.size(), 0)) {
    heard.append(piece.data(), static_cast<std::size_t>(got));
  }
  return heard;
}

bool has_header(std::string const& head, std::string_view line) {
  return head.find("\r\n" + std::string{line}) != std::string::npos;
}

void require_sound_answer(std::string const& heard) {
  if (heard.empty()) return;  // not even a request: closed
  auto const end = heard.find("\r\n\r\n");
  require(end != std::string::npos, "a head ends");
  if (heard.starts_with("HTTP/1.1 100 ")) return require_sound_answer(heard.substr(end + 4));
  auto const head = lowercase(heard.substr(0, end));
  require(head.starts_with("http/1.1 ") && head.size() > 12, "an answer has a status");
  int status = 0;
  std::from_chars(head.data() + 9, head.data() + 12, status);
  for (auto const* line :
       {"x-content-type-options: nosniff", "content-security-policy: default-src"}) {
    require(has_header(head, line) || has_header(head, "content-security-policy: sandbox"),
            "every answer is guarded");
  }
  auto const body = std::string_view{heard}.substr(end + 4);
  // Compressed, in pieces, or the answer to HEAD: what it says cannot be read here.
  bool const plain = has_header(head, "content-type: application/json") &&
                     !has_header(head, "content-encoding:") &&
                     !has_header(head, "transfer-encoding:") && !body.empty();
  if (plain) {
    require_answer(status, body);
  } else {
    require(status >= 200 && status < 600 && status != 500, "no request makes a bug");
  }
}

}  // namespace

void http(Bytes input) {
  std::array<int, 2> ends{};
  require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0,
          "the system gives a connection");
  std::string heard;
  std::thread client([&] { heard = talk(ends[0], input); });
  server().answer_one(ends[1]);
  client.join();
  ::close(ends[0]);
  require_sound_answer(heard);
}

}  // namespace linchpin::fuzz
