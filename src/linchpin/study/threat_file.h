// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "linchpin/core/error.h"
#include "linchpin/study/bargain_run.h"
#include "linchpin/study/signal_run.h"

namespace linchpin::study {

/// True if `name` is that of a file with numbers, not of a world.
[[nodiscard]] bool is_threat_file(std::string_view name);

/// Reads the [bargain] or [signal] table of a document (docs/formats/game.md): all problems at
/// once, each with its line. A range counts with its middle.
///
/// \param source  name of the document for messages
/// \error bad_format, unknown_key, bad_value, missing_value
[[nodiscard]] Result<BargainFile> read_bargain(std::string_view text, std::string const& source);
[[nodiscard]] Result<SignalFile> read_signal(std::string_view text, std::string const& source);

}  // namespace linchpin::study
