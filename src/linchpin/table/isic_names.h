// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace linchpin {

/// Name of a division of ISIC Rev. 4 / NACE Rev. 2 (1 … 99); empty if there is none of this number.
[[nodiscard]] std::string_view isic_division_name(int division) noexcept;

/// Name of a group of divisions, or of a part of one, as the OECD's tables write its code: "C10T12",
/// "C301", also with the number alone ("10T12"); empty if unknown.
[[nodiscard]] std::string_view isic_group_name(std::string_view code) noexcept;

}  // namespace linchpin
