// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/options.h"

#include <fmt/format.h>

#include <cmath>

namespace linchpin::disrupt {
namespace {

constexpr int most_days = 36'500;

void check_inventory_days(IndustrySpace const& space, DenseVector const& days, ErrorList& errors) {
  if (days.size() != space.sectors()) {
    errors.add(ErrorCode::size_mismatch,
               fmt::format("{} values for {} sectors", days.size(), space.sectors()),
               "inventory_days", "give one number of days per sector of the world");
    return;
  }
  for (std::size_t p = 0; p < days.size(); ++p) {
    if (days[p] >= 1) continue;  // +infinity too: stocks of the product never run out
    errors.add(ErrorCode::bad_value, fmt::format("{} days of stock", days[p]),
               "inventory_days of " + space.label(SectorId{p}),
               "one step is one day: at least 1, or inf for a product that never runs out");
  }
}

void check_options(ModelOptions const& options, ErrorList& errors) {
  auto const require = [&](bool holds, double value, char const* name, char const* hint) {
    if (!holds) errors.add(ErrorCode::bad_value, fmt::format("the value is {}", value), name, hint);
  };
  auto const finite_from = [](double value, double least) {
    return value >= least && std::isfinite(value);
  };
  require(options.psi >= 0 && options.psi <= 1, options.psi, "psi", "a share from 0 to 1");
  require(finite_from(options.tau_inventory_days, 1), options.tau_inventory_days,
          "tau_inventory_days", "one step is one day: at least 1");
  require(finite_from(options.tau_overproduction_days, 1), options.tau_overproduction_days,
          "tau_overproduction_days", "one step is one day: at least 1");
  require(finite_from(options.overproduction_max, 1), options.overproduction_max,
          "overproduction_max", "a multiple of capacity, at least 1 (1: no overproduction)");
  require(options.recovery_threshold > 0 && options.recovery_threshold <= 1,
          options.recovery_threshold, "recovery_threshold", "a share above 0, at most 1");
  require(options.days >= 1 && options.days <= most_days, options.days, "days",
          "from 1 to 36500 days");
}

void check_course(Course const& course, std::string const& where, ErrorList& errors) {
  if (!(course.share >= 0 && course.share <= 1)) {
    errors.add(ErrorCode::bad_value, fmt::format("the share is {}", course.share), where,
               "a share from 0 to 1 (0.3 is 30 %)");
  }
  if (course.from_day < 0) {
    errors.add(ErrorCode::bad_value, fmt::format("starts on day {}", course.from_day), where,
               "days are counted from 0");
  }
  if (course.to_day >= 0 && course.to_day <= course.from_day) {
    errors.add(ErrorCode::bad_value,
               fmt::format("ends on day {} but starts on day {}", course.to_day, course.from_day),
               where, "to_day is the first day without effect; leave it out for no end");
  }
  if (course.to_day < -1) {
    errors.add(ErrorCode::bad_value, fmt::format("ends on day {}", course.to_day), where,
               "days are counted from 0");
  }
  if (course.ramp_days < 0) {
    errors.add(ErrorCode::bad_value, fmt::format("the ramp takes {} days", course.ramp_days), where,
               "0 (full strength at once) or more");
  }
}

/// A path keeps every industry and every final use on every day: too long a run of too large a
/// world is refused before it fills the memory.
void check_size(IndustrySpace const& space, ModelOptions const& options, ErrorList& errors) {
  double const bytes = path_bytes(space, options.days);
  if (bytes <= most_path_bytes) return;
  errors.add(ErrorCode::too_large,
             fmt::format("{} days of {} industries would need {:.1f} GB of memory", options.days,
                         space.size(), bytes / 1e9),
             "days", "simulate fewer days, or aggregate the table (`linchpin table aggregate`)");
}

}  // namespace

double path_bytes(IndustrySpace const& space, int days) {
  auto const rows = static_cast<double>(space.size() + space.regions() * (space.sectors() + 3));
  return rows * days * sizeof(double);
}

Result<void> check_request(IndustrySpace const& space, Scenario const& scenario,
                           ModelOptions const& options) {
  ErrorList errors;
  check_options(options, errors);
  check_inventory_days(space, options.inventory_days, errors);
  check_size(space, options, errors);
  for (std::size_t e = 0; e < scenario.cuts.size(); ++e) {
    check_course(scenario.cuts[e].course, fmt::format("cut {}", e + 1), errors);
  }
  for (std::size_t e = 0; e < scenario.capacity_losses.size(); ++e) {
    check_course(scenario.capacity_losses[e].course, fmt::format("capacity loss {}", e + 1),
                 errors);
  }
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace linchpin::disrupt
