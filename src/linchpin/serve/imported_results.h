// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/serve/catalogue.h"

namespace linchpin::serve {

/// How the request hash of an imported run begins: it never goes on its own.
inline constexpr std::string_view imported_mark = "imported:";

/// Puts the results that `linchpin run` wrote into `from` into the history, as a run that is done;
/// the same results once only.
///
/// \param runs  the folder of all runs; the copy is made there as a whole or not at all
/// \error file_not_found  `from` holds no results.json
/// \error bad_format      it is not the document of a study
/// \error unwritable_output
[[nodiscard]] Result<void> import_results(std::filesystem::path const& from,
                                          std::filesystem::path const& runs, Catalogue& catalogue);

/// True if the run came from import_results(): nobody posted it.
[[nodiscard]] bool is_imported(RunRecord const& record);

}  // namespace linchpin::serve
