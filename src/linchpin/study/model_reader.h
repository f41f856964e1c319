// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "linchpin/study/model_spec.h"
#include "linchpin/study/toml_reader.h"

namespace linchpin::study {

/// Reads a [model] table.
[[nodiscard]] ModelSpec read_model(TomlReader reader);

/// Reads the keys of a [model] that a variant may change: psi, the times, overproduction_max,
/// production, rationing and its seed, orders, order_rule. Unknown keys are left to the caller.
[[nodiscard]] ModelSpec read_model_keys(TomlReader& reader);

}  // namespace linchpin::study
