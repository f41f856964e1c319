// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/serve/message.h"
#include "linchpin/serve/request_guard.h"

namespace linchpin::serve {

/// The form of login_page() is no larger.
inline constexpr BodyRule login_body{.most_bytes = 4096, .seconds = 10};

/// True for what the form of login_page() sends: POST / of a server that asks a token.
[[nodiscard]] bool is_login(Guard const& guard, Request const& request);

/// True for a browser that opens the application: it is shown a page where programs get JSON.
[[nodiscard]] bool wants_page(Request const& request);

/// 401 with a page that asks for the token, without any script. It sends its form to the address it
/// was opened at, so that what stands behind `#` there is still there afterwards.
/// \param wrong  one was sent, and it is not the token
[[nodiscard]] Response login_page(bool wrong);

/// Lets in whoever sent the right token as `token=…` in a form, and shows login_page() to others.
[[nodiscard]] Response log_in(Guard const& guard, Request const& request);

/// 303 to the application, with the token as a cookie.
[[nodiscard]] Response enter_with_cookie(Guard const& guard, Request const& request);

}  // namespace linchpin::serve
