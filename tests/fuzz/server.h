// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "linchpin/serve/app.h"

namespace linchpin::fuzz {

/// A server at `localhost:80` with one small world, `leather`, the same for every input. Its runs
/// have a second and its history a mebibyte.
[[nodiscard]] serve::App& tiny_server();

/// Aborts unless `body`, which came with `status`, is what a client is promised.
void require_answer(int status, std::string_view body);

}  // namespace linchpin::fuzz
