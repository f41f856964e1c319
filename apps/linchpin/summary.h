// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "linchpin/results/result_set.h"

namespace linchpin::app {

/// What a run says on the terminal: title, headlines, losses of the regions hit most, warnings and
/// the files it wrote. `source` is one line on where the numbers come from.
void print_summary(ResultSet const& results, std::string const& source,
                   std::vector<std::filesystem::path> const& files);

}  // namespace linchpin::app
