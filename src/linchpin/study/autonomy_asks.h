// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/autonomy_study.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads preset, presets, [subsidies], [drivers] and [optimal] into `study.asks`; policies and
/// years are read already.
void read_asks(TomlReader& reader, AutonomyStudy& study);

}  // namespace linchpin::study
