// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/request_guard.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "linchpin/core/lowercase.h"

namespace linchpin::serve {
namespace {

struct HostAndPort {
  std::string host;  ///< lower case, without brackets
  int port = 80;
};

std::optional<int> number(std::string_view text) {
  int value = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const whole = problem == std::errc{} && end == text.data() + text.size();
  return whole && value >= 0 ? std::optional{value} : std::nullopt;
}

std::optional<HostAndPort> split_host(std::string_view text) {
  HostAndPort result;
  auto rest = text;
  if (text.starts_with('[')) {
    auto const close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    result.host = text.substr(1, close - 1);
    rest = text.substr(close + 1);
    if (!rest.empty() && !rest.starts_with(':')) return std::nullopt;
  } else {
    auto const colon = text.find(':');
    result.host = text.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view{} : text.substr(colon);
  }
  if (!rest.empty()) {
    auto const port = number(rest.substr(1));
    if (!port || *port > 65535) return std::nullopt;
    result.port = *port;
  }
  result.host = lowercase(result.host);
  if (result.host.empty()) return std::nullopt;
  return result;
}

bool is_address(std::string const& host) {
  std::array<unsigned char, 16> bytes{};
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

constexpr std::string_view secure_scheme = "https://";
constexpr std::string_view plain_scheme = "http://";

/// Host and port of an origin, as a Host header gives them.
std::string_view authority_of(std::string_view origin) {
  return origin.substr(origin.find("://") + 3);
}

bool host_allowed(Guard const& guard, std::string const& text) {
  auto const proxied = [&](std::string const& origin) {
    return authority_of(origin) == lowercase(text);
  };
  if (std::any_of(guard.origins.begin(), guard.origins.end(), proxied)) return true;
  auto const host = split_host(text);
  if (!host || host->port != guard.port) return false;
  if (is_loopback(host->host)) return true;
  bool const named =
      std::find(guard.names.begin(), guard.names.end(), host->host) != guard.names.end();
  return named || (!guard.loopback && is_address(host->host));
}

std::string token_of(Guard const& guard, Request const& request) {
  auto const authorization = request.header("authorization");
  constexpr std::string_view bearer = "Bearer ";
  if (authorization.starts_with(bearer)) return authorization.substr(bearer.size());
  auto const cookies = request.header("cookie");
  auto const mine = cookie_name(guard) + "=";
  std::size_t start = 0;
  while (start < cookies.size()) {
    auto const stop = std::min(cookies.find(';', start), cookies.size());
    auto one = std::string_view{cookies}.substr(start, stop - start);
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(mine)) return std::string{one.substr(mine.size())};
    start = stop + 1;
  }
  return {};
}

bool origin_allowed(Guard const& guard, Request const& request) {
  auto const origin = lowercase(request.header("origin"));
  if (origin.empty()) return true;
  if (std::find(guard.origins.begin(), guard.origins.end(), origin) != guard.origins.end()) {
    return true;
  }
  return origin == "http://" + lowercase(request.header("host"));
}

std::optional<Response> refuse_origin(Guard const& guard, Request const& request) {
  if (!origin_allowed(guard, request)) {
    return error_response(
        403, {ErrorCode::bad_usage, "the request comes from a page of another site", "Origin",
              "open the server's own page, or use a program that sends no Origin"});
  }
  auto const site = request.header("sec-fetch-site");
  bool const own = site.empty() || site == "same-origin" || site == "none";
  bool const link = (request.method == "GET" || request.method == "HEAD") &&
                    request.header("sec-fetch-mode") == "navigate" &&
                    request.header("sec-fetch-dest") == "document";
  if (own || link) return std::nullopt;
  return error_response(403, {ErrorCode::bad_usage, "the request comes from another site",
                              "Sec-Fetch-Site", "open the server's own page"});
}

}  // namespace

bool is_loopback(std::string_view host) noexcept {
  return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

bool is_origin(std::string_view text) {
  auto const scheme = text.starts_with(secure_scheme)  ? secure_scheme
                      : text.starts_with(plain_scheme) ? plain_scheme
                                                       : std::string_view{};
  if (scheme.empty()) return false;
  auto const rest = text.substr(scheme.size());
  bool const plain = std::all_of(rest.begin(), rest.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == ':' || c == '[' || c == ']';
  });
  return plain && split_host(rest).has_value();
}

bool came_by_tls(Guard const& guard, Request const& request) {
  auto const host = lowercase(request.header("host"));
  return std::any_of(guard.origins.begin(), guard.origins.end(), [&](std::string const& origin) {
    return origin.starts_with(secure_scheme) && authority_of(origin) == host;
  });
}

std::string token_in(Guard const& guard, Request const& request) {
  if (request.method == "GET" && request.path == "/") {
    if (auto given = request.parameter("token"); !given.empty()) return given;
  }
  return token_of(guard, request);
}

Response too_many_tokens() {
  auto answer = error_response(
      429, {ErrorCode::bad_usage, "too many wrong tokens came from this address", "Authorization",
            "wait a few seconds; the right one is not looked at before"});
  answer.headers.emplace_back("Retry-After", "1");
  return answer;
}

std::string guesser(Guard const& guard, Request const& request) {
  bool const proxied = std::any_of(
      guard.origins.begin(), guard.origins.end(),
      [&](auto const& each) { return authority_of(each) == lowercase(request.header("host")); });
  if (!proxied || !is_loopback(request.client)) return request.client;
  // What stands before the last was said by who sent it.
  auto named = request.header("x-forwarded-for");
  named.erase(0, named.rfind(',') == std::string::npos ? 0 : named.rfind(',') + 1);
  std::erase(named, ' ');
  return is_address(named) ? named : request.client;
}

bool same_secret(std::string_view a, std::string_view b) noexcept {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t k = 0; k < a.size(); ++k) {
    auto const other = b.empty() ? '\0' : b[k % b.size()];
    difference |= static_cast<unsigned char>(a[k]) ^ static_cast<unsigned char>(other);
  }
  return difference == 0;
}

bool brings_token(Guard const& guard, Request const& request) {
  return !guard.token.empty() && request.method == "GET" && request.path == "/" &&
         same_secret(request.parameter("token"), guard.token);
}

std::string cookie_name(Guard const& guard) { return fmt::format("linchpin_token_{}", guard.port); }

std::optional<Response> refuse_place(Guard const& guard, Request const& request) {
  if (request.count("host") != 1 || !host_allowed(guard, request.header("host"))) {
    return error_response(
        421, {ErrorCode::bad_usage, "the request names another host than this server", "Host",
              "use the address that `linchpin serve` printed; --allow-host lets a name in, "
              "--allow-origin a TLS proxy"});
  }
  return refuse_origin(guard, request);
}

std::optional<Response> refuse(Guard const& guard, Request const& request) {
  if (auto refused = refuse_place(guard, request)) return refused;
  if (guard.token.empty() || brings_token(guard, request)) return std::nullopt;
  if (same_secret(token_of(guard, request), guard.token)) return std::nullopt;
  auto answer = error_response(
      401, {ErrorCode::bad_usage, "the token is missing or wrong", "Authorization",
            "send `Authorization: Bearer TOKEN`, or open the address of the server in a browser"});
  answer.headers.emplace_back("WWW-Authenticate", "Bearer");
  return answer;
}

std::optional<Response> refuse_body(BodyRule const& rule, Request const& request) {
  if (request.count("transfer-encoding") > 0 ||
      (rule.most_bytes > 0 && request.count("content-length") == 0)) {
    return error_response(411, {ErrorCode::bad_usage, "the body has no length", "Content-Length",
                                "send the body whole, with its length"});
  }
  auto const encoding = request.header("content-encoding");
  if (!encoding.empty() && encoding != "identity") {
    return error_response(415, {ErrorCode::bad_usage, "compressed bodies are not taken",
                                "Content-Encoding", "send the body as it is"});
  }
  if (request.count("content-length") == 0) return std::nullopt;
  auto const text = request.header("content-length");
  std::uint64_t length = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), length);
  bool const whole = end == text.data() + text.size() && !text.empty();
  if (request.count("content-length") > 1 || !whole || problem == std::errc::invalid_argument) {
    return error_response(400, {ErrorCode::bad_usage, "the length of the body is no number",
                                "Content-Length", "send it once, in digits"});
  }
  if (problem == std::errc{} && length <= rule.most_bytes) return std::nullopt;
  return error_response(
      413,
      {ErrorCode::too_large,
       rule.most_bytes == 0 ? std::string{"this request takes no body"}
                            : fmt::format("a body of {} bytes is more than the {} that are taken",
                                          text, rule.most_bytes),
       "Content-Length", "send less; large tables go in with `linchpin table import`"});
}

}  // namespace linchpin::serve
