// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "apps/linchpin/context.h"

namespace linchpin::app {

/// Adds `backtests` to `localize`.
void add_localize_backtests(CLI::App& localize, Context& context, Action& action);

}  // namespace linchpin::app
