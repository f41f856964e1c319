// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/leverage_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads [[bargain]], [[signal]], [[frontier]] and [defend] (one table or a list of them) of a
/// [leverage] table. Labels of the world are not looked up here.
[[nodiscard]] ThreatSpec read_threats(TomlReader& reader);

}  // namespace linchpin::study
