// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "linchpin/core/error.h"
#include "linchpin/results/json.h"
#include "linchpin/results/run_clock.h"

namespace linchpin {

/// The member `origin` of an answer that no world went into.
[[nodiscard]] Json origin_without_world(Origin const& origin);

/// The same, after `clock` has filled in what no question knows.
/// \error unreadable_file  an input cannot be hashed
[[nodiscard]] Result<Json> origin_without_world(RunClock const& clock, Origin origin,
                                                std::vector<std::filesystem::path> const& inputs);

}  // namespace linchpin
