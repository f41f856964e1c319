// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apps/linchpin/context.h"

namespace linchpin::app {

/// Text in a style, only where stdout is a terminal (and NO_COLOR is not set).
[[nodiscard]] std::string bold(std::string_view text);
[[nodiscard]] std::string dim(std::string_view text);

/// A table of text for the terminal: first column left, others right aligned, header underlined.
[[nodiscard]] std::string text_table(std::vector<std::string> const& header,
                                     std::vector<std::vector<std::string>> const& rows);

/// Wraps `text` at `width` columns, each line after `indent`.
[[nodiscard]] std::string wrap(std::string_view text, std::string_view indent = "",
                               std::size_t width = 96);

/// `text` in at most `width` columns; "…" at the end shows that something is missing.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);

/// Prints to stdout. Labels come from files: control characters are shown as '?'.
void print(std::string_view text);
void print_line(std::string_view text = {});

enum class Output {
  written,
  reader_gone,  ///< the other end of the pipe has read enough
  lost,         ///< disk full or the like
};
/// Writes out what print() has buffered; to be called once, at the end.
[[nodiscard]] Output flush_output();

/// Prints `error` and everything in `error.further` to stderr, as text or as one JSON document.
void print_error(Error const& error, Context const& context);

/// Run control with the context's threads and cancel flag, and a progress bar on stderr with the
/// time left for anything over a second; no bar when piped, quiet or in JSON mode.
[[nodiscard]] RunControl run_control(Context const& context);

/// Ends the line of a progress bar that is still standing.
void finish_progress();

}  // namespace linchpin::app
