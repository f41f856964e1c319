// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/http_server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <thread>
#include <utility>

#include "linchpin/core/lowercase.h"
#include "linchpin/serve/http_stream.h"
#include "linchpin/serve/worker_pool.h"

namespace linchpin::serve {
namespace {

constexpr std::size_t worker_threads = 24;  // eight of them may be held by event streams
constexpr std::size_t most_waiting = 512;
constexpr int backlog = 512;  // httplib compiles in 5

constexpr char const* data_policy =
    "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The connection that this thread is answering: httplib's handlers do not get to see it.
thread_local HttpStream* current = nullptr;

Request request_of(httplib::Request const& from) {
  Request request;
  request.method = from.method;
  request.path = from.path;
  if (current != nullptr) {
    int port = 0;
    current->get_remote_ip_and_port(request.client, port);
  }
  for (auto const& [name, value] : from.params) request.query.emplace_back(name, value);
  // httplib adds the address of the client in the dress of a header.
  for (auto const& [name, value] : from.headers) {
    auto lower = lowercase(name);
    if (lower == "remote_addr" || lower == "remote_port" || lower == "local_addr" ||
        lower == "local_port") {
      continue;
    }
    request.headers.emplace_back(std::move(lower), value);
  }
  return request;
}

/// Ranges are dropped: many of them in one request multiply the answer. So are encodings but gzip:
/// httplib would take Brotli at its slowest, a second for a megabyte.
void bound_answer(httplib::Request& request) {
  request.ranges.clear();
  bool const zip = takes_gzip(request.get_header_value("Accept-Encoding"));
  request.headers.erase("Accept-Encoding");
  if (zip) request.headers.emplace("Accept-Encoding", "gzip");
}

bool send_file(std::ifstream& stream, std::size_t offset, std::size_t length,
               httplib::DataSink& sink) {
  constexpr std::size_t piece = std::size_t{256} << 10;
  std::string bytes(std::min(piece, length), '\0');
  stream.seekg(static_cast<std::streamoff>(offset));
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  auto const got = static_cast<std::size_t>(stream.gcount());
  return got > 0 && sink.write(bytes.data(), got);
}

void put_file(Response const& from, httplib::Response& to) {
  std::error_code problem;
  auto const size = std::filesystem::file_size(from.file, problem);
  auto stream = std::make_shared<std::ifstream>(from.file, std::ios::binary);
  if (problem || !*stream) {
    auto const gone = error_response(
        {ErrorCode::file_not_found, "the file is gone", "run", "ask the question again"});
    to.status = gone.status;
    to.set_content(gone.body, gone.content_type);
    return;
  }
  to.set_content_provider(
      size, from.content_type,
      [stream](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
        return send_file(*stream, offset, length, sink);
      });
}

/// Straight from where the bytes are: httplib would copy and perhaps compress a body once more.
void put_fixed(Response const& from, httplib::Response& to) {
  to.set_content_provider(
      from.fixed.size(), from.content_type,
      [bytes = from.fixed](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
        return sink.write(bytes.data() + offset, std::min(length, bytes.size() - offset));
      });
}

void put_events(NextPiece const& next, httplib::Response& to) {
  if (current != nullptr) current->allow_endless_answer();
  to.set_chunked_content_provider("text/event-stream",
                                  [next](std::size_t, httplib::DataSink& sink) {
                                    std::string piece;
                                    bool const more = next(piece);
                                    if (!piece.empty() && !sink.write(piece.data(), piece.size()))
                                      return false;
                                    if (!more) sink.done();
                                    return true;
                                  });
}

void put(Response const& from, httplib::Response& to) {
  to.status = from.status;
  for (auto const& [name, value] : from.headers) to.set_header(name, value);
  auto const unless_said = [&](char const* name, char const* value) {
    if (!to.has_header(name)) to.set_header(name, value);
  };
  unless_said("Content-Security-Policy", data_policy);
  unless_said("Cache-Control", "no-store");
  to.set_header("X-Content-Type-Options", "nosniff");
  unless_said("Referrer-Policy", "no-referrer");
  unless_said("Cross-Origin-Opener-Policy", "same-origin");
  to.set_header("Cross-Origin-Resource-Policy", "same-origin");
  if (from.events) {
    put_events(from.events, to);
  } else if (!from.file.empty()) {
    put_file(from, to);
  } else if (!from.fixed.empty()) {
    put_fixed(from, to);
  } else if (!from.content_type.empty()) {
    to.set_content(from.body, from.content_type);
  }
}

Error body_cut_off() {
  return {ErrorCode::bad_usage, "the body did not come whole in time", "request body",
          "send it again, at once"};
}

}  // namespace

class HttpServer::Listener : public httplib::Server {
 public:
  explicit Listener(App& app) : app_(app) {
    new_task_queue = [] { return new WorkerPool(worker_threads, most_waiting); };
    set_socket_options([this](socket_t socket) {
      int const yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
      listening_ = socket;
    });
    set_tcp_nodelay(true);
    set_pre_routing_handler([this](httplib::Request const& request, httplib::Response& response) {
      return before_body(request, response);
    });
    Post(".*",
         [this](httplib::Request const& request, httplib::Response& response,
                httplib::ContentReader const& reader) { with_body(request, response, reader); });
    // What httplib itself refuses (a first line that is none, a path without end).
    set_error_handler([](httplib::Request const&, httplib::Response& response) {
      if (!response.body.empty() || response.status < 400) return;
      int const status = response.status;
      put(error_response(status, {ErrorCode::bad_usage, "the request cannot be understood",
                                  "request", "send an HTTP/1.1 request with a short path"}),
          response);
    });
  }

  /// Longer than the five connections that httplib compiles in.
  void lengthen_backlog() const { ::listen(listening_, backlog); }
  int port = 0;

  App& app() { return app_; }

  bool process_and_close_socket(socket_t socket) override {
    if (!WorkerPool::overloaded()) {
      HttpStream stream(socket);
      current = &stream;
      bool closed = false;
      process_request(stream, true, closed, bound_answer);
      current = nullptr;
      stream.finish();
    }
    ::close(socket);
    return true;
  }

 private:
  HandlerResponse before_body(httplib::Request const& from, httplib::Response& to) {
    auto const request = request_of(from);
    BodyRule rule;
    if (auto const refused = app_.refuse_head(request, rule)) {
      put(*refused, to);
      return HandlerResponse::Handled;
    }
    if (rule.most_bytes > 0) {
      if (current != nullptr) current->expect_body(rule.most_bytes, rule.seconds);
      return HandlerResponse::Unhandled;
    }
    put(app_.answer(request), to);
    return HandlerResponse::Handled;
  }

  void with_body(httplib::Request const& from, httplib::Response& to,
                 httplib::ContentReader const& reader) {
    auto request = request_of(from);
    BodyRule rule;
    if (auto const refused = app_.refuse_head(request, rule)) return put(*refused, to);
    if (from.is_multipart_form_data()) {
      return put(error_response(415, {ErrorCode::bad_usage, "forms are not taken", "Content-Type",
                                      "send the JSON or the file itself as the body"}),
                 to);
    }
    if (rule.to_file) return with_upload(std::move(request), to, rule, reader);
    bool const whole = reader([&](char const* bytes, std::size_t size) {
      if (request.body.size() + size > rule.most_bytes) return false;
      request.body.append(bytes, size);
      return true;
    });
    put(whole ? app_.answer(request) : error_response(408, body_cut_off()), to);
  }

  void with_upload(Request request, httplib::Response& to, BodyRule const& rule,
                   httplib::ContentReader const& reader) {
    auto const file = app_.take_upload_file();
    if (!file) {
      auto busy = error_response(
          429, {ErrorCode::too_large, "other uploads are coming in", "upload", "wait a little"});
      busy.headers.emplace_back("Retry-After", "10");
      return put(busy, to);
    }
    request.body_file = *file;
    std::size_t sum = 0;
    std::ofstream stream(*file, std::ios::binary);
    bool const whole = reader([&](char const* bytes, std::size_t size) {
      sum += size;
      stream.write(bytes, static_cast<std::streamsize>(size));
      return sum <= rule.most_bytes && stream.good();
    });
    stream.close();
    if (!stream) {
      put(error_response({ErrorCode::unwritable_output, "the upload cannot be stored", "upload",
                          "free some space"}),
          to);
    } else {
      put(whole ? app_.answer(request) : error_response(408, body_cut_off()), to);
    }
    app_.give_back(*file);
  }

  App& app_;
  socket_t listening_ = INVALID_SOCKET;
};

HttpServer::HttpServer(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::bind(App& app, std::string const& host, int port) {
  auto listener = std::make_unique<Listener>(app);
  errno = 0;
  int const bound = port == 0                            ? listener->bind_to_any_port(host)
                    : listener->bind_to_port(host, port) ? port
                                                         : -1;
  if (bound <= 0) {
    return fail(
        ErrorCode::bad_usage,
        fmt::format("the address cannot be bound: {}",
                    errno == 0 ? "no such address" : std::generic_category().message(errno)),
        fmt::format("{}:{}", host, port),
        "take another --port (0 takes any that is free), or stop what uses it");
  }
  listener->lengthen_backlog();
  listener->port = bound;
  app.set_port(bound);
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(listener)));
}

std::unique_ptr<HttpServer> HttpServer::without_port(App& app) {
  return std::unique_ptr<HttpServer>(new HttpServer(std::make_unique<Listener>(app)));
}

void HttpServer::answer_one(int socket) { listener_->process_and_close_socket(socket); }

int HttpServer::port() const noexcept { return listener_->port; }

void HttpServer::run(CancelToken const& stop) {
  std::atomic<bool> ended = false;
  std::thread serving([this, &ended] {
    listener_->listen_after_bind();
    ended = true;
  });
  while (!stop.cancelled() && !ended) ::poll(nullptr, 0, 200);  // a signal wakes it at once
  listener_->app().stop();
  // Again and again, because httplib ignores a stop that comes before it has begun to listen.
  for (; !ended; ::poll(nullptr, 0, 20)) listener_->stop();
  serving.join();
}

}  // namespace linchpin::serve
