// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::study {

/// Technologies that are shipped, sorted: folders of data/parameters/technologies.
[[nodiscard]] std::vector<std::string> const& shipped_technologies();

/// What to say where the files of a technology cannot be read: one that is not shipped is an
/// unknown name, with the nearest of those that are; any other error, and one of a folder of the
/// user's own, stays what it is.
[[nodiscard]] Error unknown_technology(std::string const& name, std::string const& where,
                                       Error const& read);

}  // namespace linchpin::study
