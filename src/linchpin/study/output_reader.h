// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/results/outputs.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads [output]: the formats a run writes.
[[nodiscard]] OutputFormats read_formats(TomlReader reader);

}  // namespace linchpin::study
