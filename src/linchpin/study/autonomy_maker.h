// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "linchpin/core/error.h"
#include "linchpin/localize/coupled_year.h"
#include "linchpin/parameters/technology.h"
#include "linchpin/study/autonomy_study.h"

namespace linchpin::study {

/// The technology file with what the study says about tools, for makers of `region`.
/// \error unknown_label  tools that the file does not have
/// \error missing_value  tools without one of their numbers for makers there; all at once
[[nodiscard]] Result<parameters::Technology> with_tools(parameters::Technology technology,
                                                        AutonomyTechnology const& asked,
                                                        std::string const& region);

/// Makers of a technology at home and abroad, and tools, by the numbers of a draw (values) and of
/// the technology file. The rest of the case stays.
///
/// Stages are put together by their share in the cost of a unit; minimum qualities of uses become a
/// beta distribution of the same mean and variance. Tools and steps of the ladder are those of the
/// file; without steps one tool stands for all. Cost of the first year is that with its tools.
/// Capacity earns the technology's own rate at first prices; who builds it discounts at
/// `investor_rate` where the user gives one.
/// Precondition: a technology of with_tools() for the region.
void put_makers(parameters::Technology const& technology, std::string const& region,
                std::span<double const> values, std::span<double const> of_file,
                std::optional<double> investor_rate, localize::CoupledCase& each);

}  // namespace linchpin::study
