// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linchpin/core/error.h"

namespace linchpin::parameters {

/// Somebody who makes a stage of a technology.
struct Provider {
  std::string stage;
  std::string firm;     ///< empty: all makers of the country together
  std::string country;  ///< ISO 3166 code of three letters
  double share = 0;     ///< of world supply of the stage, 0…1
  std::string where;    ///< "makers.csv:3"
};

/// Reads who makes which stage: a CSV file with the columns stage, firm, country, share in any
/// order, `firm` optional, its cells may be empty (docs/formats/providers.md).
///
/// \param stages  that exist
/// \error bad_format, bad_value, missing_value, unknown_key, unknown_label, duplicate_label  all
///        problems at once, with their lines: unknown stages, shares outside 0…1 or above 1 in sum,
///        codes that are not three capital letters, makers named twice
[[nodiscard]] Result<std::vector<Provider>> read_providers(std::string_view text,
                                                           std::string const& name,
                                                           std::span<std::string const> stages);

}  // namespace linchpin::parameters
