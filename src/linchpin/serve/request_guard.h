// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/serve/message.h"

namespace linchpin::serve {

/// Who may talk to the server.
struct Guard {
  bool loopback = true;                 ///< bound to this machine only
  int port = 0;                         ///< the port that was bound
  std::vector<std::string> names = {};  ///< names it may be called by, besides addresses
  /// Origins of a TLS proxy in front, "https://analysis.example", lower case, without a path.
  std::vector<std::string> origins = {};
  std::string token = {};  ///< empty: none is asked for
};

/// True for 127.0.0.1, ::1 and localhost: what only this machine can reach.
[[nodiscard]] bool is_loopback(std::string_view host) noexcept;

/// Refuses what a browser may have been tricked into sending, and what has no token.
///
/// - Host: exactly one, with the port of the server. On loopback a loopback name; else an address
///   (a page cannot make an address mean another machine, as it can with a name) or an allowed
///   name; anywhere that of an allowed origin, as it is. This is what stops DNS rebinding.
/// - Origin, where there is one, is this server or an allowed one; Sec-Fetch-Site says the same
/// site, but for plain
///   navigation with GET (a link).
/// - The token, as `Authorization: Bearer` or as the cookie that `/?token=` and the form of
///   login_page() set.
[[nodiscard]] std::optional<Response> refuse(Guard const& guard, Request const& request);

/// The token that `request` brings, as a header, a cookie or `/?token=`; empty: none.
[[nodiscard]] std::string token_in(Guard const& guard, Request const& request);

/// 429: too many wrong tokens came from there.
[[nodiscard]] Response too_many_tokens();

/// Whom wrong tokens are counted for: the client, or whom a proxy on this machine names last in
/// X-Forwarded-For, where the request came by an allowed origin.
[[nodiscard]] std::string guesser(Guard const& guard, Request const& request);

/// refuse() but for the token.
[[nodiscard]] std::optional<Response> refuse_place(Guard const& guard, Request const& request);

/// Cookies are shared by all ports of a host, so the name tells servers apart.
[[nodiscard]] std::string cookie_name(Guard const& guard);

/// True if `request` brings the token as `?token=` to a page: the answer is then a cookie.
[[nodiscard]] bool brings_token(Guard const& guard, Request const& request);

/// True if `request` came to an allowed https origin: its cookie must not travel without TLS.
[[nodiscard]] bool came_by_tls(Guard const& guard, Request const& request);

/// True if `text` is an origin as browsers send it: a scheme, a host, perhaps a port.
[[nodiscard]] bool is_origin(std::string_view text);

/// Refuses a body that has no length, too great a length, or an encoding that hides its length.
/// `rule.most_bytes` 0: the request may bring no body.
[[nodiscard]] std::optional<Response> refuse_body(BodyRule const& rule, Request const& request);

/// Equal in content, in a time that tells nothing about where they differ.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b) noexcept;

}  // namespace linchpin::serve
