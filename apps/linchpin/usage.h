// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::app {

/// What is wrong with a command line, in the form of all other errors: the first command or option
/// that does not exist, with the nearest one that does, or else what the parser says.
[[nodiscard]] Error usage_error(CLI::App const& app, std::vector<std::string> const& arguments,
                                CLI::ParseError const& problem);

/// A number that is neither NaN nor infinite.
[[nodiscard]] CLI::Validator finite_number();

}  // namespace linchpin::app
