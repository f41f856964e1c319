// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "linchpin/table/table.h"

namespace linchpin {

/// True if `label` is a kind of final demand as one of the publishers we know writes it
/// (WIOD, OECD, Eora, FIGARO), in any case.
[[nodiscard]] bool is_known_category(std::string_view label);

/// Name and `inventory_change` flag of a final-demand label; an unknown one is a recurrent use
/// named after itself.
[[nodiscard]] CategoryLabel describe_category(std::string const& label);

}  // namespace linchpin
