// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <httplib.h>

#include <chrono>
#include <cstddef>
#include <string>

namespace linchpin::serve {

/// One connection with limits that httplib 0.11 does not have: a time for the whole head, the whole
/// body and the whole answer (its own timeouts start again with every byte), and a size of the
/// head.
class HttpStream : public httplib::Stream {
 public:
  explicit HttpStream(socket_t socket);

  /// The head has been read: what follows is a body of at most `bytes` within `seconds`.
  void expect_body(std::size_t bytes, int seconds);
  /// The answer is a stream without end: only each piece has a time.
  void allow_endless_answer() { endless_ = true; }

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* bytes, size_t size) override;
  ssize_t write(char const* bytes, size_t size) override;
  /// Of IPv6 the network, with zeros for the rest; the port is not told.
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }

  /// Says that nothing more comes and takes in what the client still sends, a little and for a
  /// moment: closing on unread bytes would throw away the answer.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] bool wait_for(short event, Clock::time_point until) const;

  socket_t socket_;
  Clock::time_point read_until_;
  Clock::time_point write_until_;
  bool writing_ = false;
  bool endless_ = false;
  std::size_t left_to_read_;
  std::string buffer_;  ///< read, not yet asked for
  std::size_t taken_ = 0;
};

}  // namespace linchpin::serve
