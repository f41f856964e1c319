// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <span>
#include <string_view>
#include <vector>

#include "linchpin/table/table.h"

namespace linchpin::parameters {

/// A set of divisions of ISIC Rev. 4 (1 … 99), which NACE Rev. 2 shares.
using Divisions = std::bitset<100>;

/// The divisions a sector code stands for; empty if it is none we know:
///   - a section letter or two: "F", "R_S"; a division: "C26", "26", "C301" (a part of 30);
///   - ranges: "C10T12", "C10-C12", "C31_C32", "C17_18", "B05-09";
///   - WIOD 2013: c1 … c35 (NACE Rev. 1, by main activity);
///   - groups of the built-in worlds and concordances: "SERV" (all services), "UTIL", "ELEC" …;
///   - "*": everything.
[[nodiscard]] Divisions divisions_of(std::string_view code) noexcept;

/// The same for the sectors of one world. Labels that are numbers count only if all such labels have
/// two digits (as in describe_sectors): 1, 2, 3 … are no divisions.
[[nodiscard]] std::vector<Divisions> divisions_of_sectors(std::span<SectorLabel const> sectors);

}  // namespace linchpin::parameters
