// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// What the page template holds exactly once, in the place where the results go.
inline constexpr std::string_view results_token = "LINCHPIN_RESULTS_JSON";

/// The page built from web/src/report and embedded when the library was built.
[[nodiscard]] std::string_view embedded_template() noexcept;

/// JSON that may stand inside a <script> element: < > & and the line separators U+2028 and U+2029
/// are written as \uXXXX, so that no label can end the element or the statement.
[[nodiscard]] std::string json_for_script(std::string_view json);

/// One self-contained HTML page that shows `results` (tables with in_report only). Computes
/// nothing: every number on the page stands in the results.
///
/// \error internal  the template does not hold the token exactly once
[[nodiscard]] Result<std::string> render_report(ResultSet const& results);
[[nodiscard]] Result<std::string> render_report(ResultSet const& results,
                                                std::string_view page_template);

}  // namespace linchpin
