// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/serve/message.h"
#include "linchpin/serve/site.h"

namespace linchpin::serve {

/// A page of links without any script: worlds, runs with their reports and results.
[[nodiscard]] Response index_page(Site& site);
[[nodiscard]] Response style_sheet();

}  // namespace linchpin::serve
