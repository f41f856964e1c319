// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/http_stream.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace linchpin::serve {
namespace {

constexpr std::size_t largest_head = std::size_t{32} << 10;
constexpr std::size_t piece = std::size_t{16} << 10;
constexpr auto time_for_head = std::chrono::seconds(5);
constexpr auto time_for_answer = std::chrono::seconds(300);
constexpr auto time_for_piece = std::chrono::seconds(10);

}  // namespace

HttpStream::HttpStream(socket_t socket)
    : socket_(socket), read_until_(Clock::now() + time_for_head), left_to_read_(largest_head) {}

void HttpStream::expect_body(std::size_t bytes, int seconds) {
  left_to_read_ = bytes;
  read_until_ = Clock::now() + std::chrono::seconds(seconds);
}

bool HttpStream::wait_for(short event, Clock::time_point until) const {
  for (;;) {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0) return false;
    pollfd wanted{socket_, event, 0};
    int const found = ::poll(&wanted, 1, static_cast<int>(left.count()) + 1);
    if (found > 0) return true;
    if (found == 0 || errno != EINTR) return false;
  }
}

bool HttpStream::is_readable() const {
  return taken_ < buffer_.size() || wait_for(POLLIN, read_until_);
}

bool HttpStream::is_writable() const {
  pollfd wanted{socket_, POLLOUT, 0};
  if (::poll(&wanted, 1, 10000) <= 0) return false;
  return (wanted.revents & (POLLERR | POLLHUP)) == 0;
}

ssize_t HttpStream::read(char* bytes, size_t size) {
  if (left_to_read_ == 0 || size == 0) return left_to_read_ == 0 ? -1 : 0;
  if (taken_ == buffer_.size()) {
    buffer_.resize(piece);
    taken_ = 0;
    ssize_t got = -1;
    while (got < 0 && wait_for(POLLIN, read_until_)) {
      got = ::recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
      if (got < 0 && errno != EINTR && errno != EAGAIN) break;
    }
    buffer_.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    if (got <= 0) return got;
  }
  auto const given = std::min({size, buffer_.size() - taken_, left_to_read_});
  std::memcpy(bytes, buffer_.data() + taken_, given);
  taken_ += given;
  left_to_read_ -= given;
  return static_cast<ssize_t>(given);
}

ssize_t HttpStream::write(char const* bytes, size_t size) {
  if (!writing_) {
    writing_ = true;
    write_until_ = Clock::now() + time_for_answer;
  }
  auto until = Clock::now() + time_for_piece;
  if (!endless_) until = std::min(until, write_until_);
  while (wait_for(POLLOUT, until)) {
    auto const sent = ::send(socket_, bytes, size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) return sent;
    if (errno != EINTR && errno != EAGAIN) return -1;
  }
  return -1;
}

void HttpStream::get_remote_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  if (::getpeername(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0) return;
  std::array<char, INET6_ADDRSTRLEN> text{};
  void const* bytes = nullptr;
  if (address.ss_family == AF_INET) {
    bytes = &reinterpret_cast<sockaddr_in const*>(&address)->sin_addr;
  } else if (address.ss_family == AF_INET6) {
    auto& whole = reinterpret_cast<sockaddr_in6*>(&address)->sin6_addr;
    // Who has one address of a network has all of its lower half.
    if (!IN6_IS_ADDR_V4MAPPED(&whole) && !IN6_IS_ADDR_LOOPBACK(&whole)) {
      std::fill(whole.s6_addr + 8, whole.s6_addr + 16, std::uint8_t{0});
    }
    bytes = &whole;
  }
  if (bytes == nullptr) return;
  if (::inet_ntop(address.ss_family, bytes, text.data(), text.size()) != nullptr) ip = text.data();
}

void HttpStream::get_local_ip_and_port(std::string& ip, int& port) const {
  ip.clear();
  port = 0;
}

void HttpStream::finish() {
  ::shutdown(socket_, SHUT_WR);
  constexpr std::size_t most = std::size_t{1} << 20;
  auto const until = Clock::now() + std::chrono::seconds(1);
  std::array<char, 4096> rest;
  for (std::size_t sum = 0; sum < most && wait_for(POLLIN, until);) {
    auto const got = ::recv(socket_, rest.data(), rest.size(), MSG_DONTWAIT);
    if (got <= 0) return;
    sum += static_cast<std::size_t>(got);
  }
}

}  // namespace linchpin::serve
