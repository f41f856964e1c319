// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/login.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace linchpin::serve {
namespace {

constexpr char const* page_policy =
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

constexpr std::string_view page = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Linchpin: token</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; }}
form {{ box-sizing: border-box; width: min(26rem, 100vw); padding: 1.5rem; display: grid; gap: 0.75rem; }}
h1 {{ margin: 0; font-size: 1.5rem; }}
p {{ margin: 0; }}
.wrong {{ border-inline-start: 0.25rem solid; padding-inline-start: 0.75rem; font-weight: 600; }}
code {{ white-space: nowrap; }}
input, button {{ font: inherit; padding: 0.5rem 0.75rem; }}
button {{ color: #fff; background: #1d4e89; border: 0.0625rem solid CanvasText; border-radius: 0.25rem; }}
</style>
<main>
<form method="post">
<h1>Linchpin</h1>
{}<p>This server asks for a token. Whoever started it has it, in the file named with <code>--token-file</code>.</p>
<label for="token">Token</label>
<input id="token" name="token" type="password" autocomplete="current-password" maxlength="200" required autofocus{}>
<button type="submit">Enter</button>
</form>
</main>
</html>
)";

/// What the form says for `name`, as it was sent: tokens hold nothing that a form writes otherwise.
std::string_view field_of(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    auto const stop = form.find('&');
    auto const one = form.substr(0, stop);
    if (one.starts_with(name) && one.substr(name.size()).starts_with('=')) {
      return one.substr(name.size() + 1);
    }
    form = stop == std::string_view::npos ? std::string_view{} : form.substr(stop + 1);
  }
  return {};
}

}  // namespace

bool is_login(Guard const& guard, Request const& request) {
  return !guard.token.empty() && request.method == "POST" && request.path == "/";
}

bool wants_page(Request const& request) {
  return (request.method == "GET" || request.method == "HEAD") && request.path == "/" &&
         request.header("accept").find("text/html") != std::string::npos;
}

Response login_page(bool wrong) {
  Response answer;
  answer.status = 401;
  answer.content_type = "text/html; charset=utf-8";
  answer.body = fmt::format(
      page,
      wrong ? "<p class=\"wrong\" id=\"wrong\" role=\"alert\">That is not the token.</p>\n" : "",
      wrong ? " aria-describedby=\"wrong\" aria-invalid=\"true\"" : "");
  answer.headers = {{"WWW-Authenticate", "Bearer"},
                    {"Content-Security-Policy", page_policy},
                    // Without any referrer a browser sends the form with `Origin: null`.
                    {"Referrer-Policy", "same-origin"}};
  return answer;
}

Response log_in(Guard const& guard, Request const& request) {
  return same_secret(field_of(request.body, "token"), guard.token)
             ? enter_with_cookie(guard, request)
             : login_page(true);
}

Response enter_with_cookie(Guard const& guard, Request const& request) {
  Response answer;
  answer.status = 303;
  answer.content_type = {};
  answer.headers.emplace_back("Location", "/");
  // Lax, so that a link from a mail or a wiki finds it; requests of other sites are refused by
  // their Origin and Sec-Fetch-Site.
  answer.headers.emplace_back(
      "Set-Cookie", fmt::format("{}={}; HttpOnly; SameSite=Lax; Path=/{}", cookie_name(guard),
                                guard.token, came_by_tls(guard, request) ? "; Secure" : ""));
  return answer;
}

}  // namespace linchpin::serve
