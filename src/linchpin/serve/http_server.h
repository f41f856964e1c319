// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/core/run_control.h"
#include "linchpin/serve/app.h"

namespace linchpin::serve {

/// Sockets and HTTP around an App (cpp-httplib). One request per connection: a refused body then
/// cannot be taken for the next request, and no idle connection holds a thread.
class HttpServer {
 public:
  /// \param port  0: any that is free
  /// \error bad_usage  the address cannot be bound
  [[nodiscard]] static Result<std::unique_ptr<HttpServer>> bind(App& app, std::string const& host,
                                                                int port);
  /// Listens nowhere; for answer_one(). `app` has been told its port.
  [[nodiscard]] static std::unique_ptr<HttpServer> without_port(App& app);
  ~HttpServer();
  HttpServer(HttpServer const&) = delete;
  HttpServer& operator=(HttpServer const&) = delete;

  [[nodiscard]] int port() const noexcept;
  /// Serves until `stop` is cancelled, then ends runs and streams and closes.
  void run(CancelToken const& stop);
  /// Answers the one request that comes in over `socket`, a connected one, and closes it.
  void answer_one(int socket);

 private:
  class Listener;
  explicit HttpServer(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace linchpin::serve
