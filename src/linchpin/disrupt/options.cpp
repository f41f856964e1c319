// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "linchpin/disrupt/final_use_shares.h"
#include "linchpin/disrupt/supplier_shares.h"
#include "linchpin/disrupt/transport.h"

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
  if (course.recovery_days < 0) {
    errors.add(ErrorCode::bad_value, fmt::format("recovers in {} days", course.recovery_days),
               where, "0 (over at once) or more");
  }
  if (course.ramp_days < 0) {
    errors.add(ErrorCode::bad_value, fmt::format("the ramp takes {} days", course.ramp_days), where,
               "0 (full strength at once) or more");
  }
}

void check_per_product(IndustrySpace const& space, DenseVector const& values, char const* name,
                       double least, char const* hint, ErrorList& errors) {
  if (values.empty()) return;
  if (values.size() != space.sectors()) {
    errors.add(ErrorCode::size_mismatch,
               fmt::format("{} values for {} sectors", values.size(), space.sectors()), name,
               "give one number per sector of the world, or none");
    return;
  }
  for (std::size_t p = 0; p < values.size(); ++p) {
    if (values[p] >= least && std::isfinite(values[p])) continue;
    errors.add(ErrorCode::bad_value, fmt::format("the value is {}", values[p]),
               fmt::format("{} of {}", name, space.label(SectorId{p})), hint);
  }
}

void check_criticality(IndustrySpace const& space, DenseMatrix const& ratings, ErrorList& errors) {
  if (ratings.empty()) return;
  if (ratings.rows() != space.sectors() || ratings.columns() != space.sectors()) {
    errors.add(ErrorCode::size_mismatch,
               fmt::format("{} x {} ratings for {} sectors", ratings.rows(), ratings.columns(),
                           space.sectors()),
               "criticality", "one row per product, one column per using sector");
    return;
  }
  for (std::size_t p = 0; p < ratings.rows(); ++p) {
    for (std::size_t q = 0; q < ratings.columns(); ++q) {
      double const rating = ratings(p, q);
      if (rating == 0 || rating == 0.5 || rating == 1) continue;
      errors.add(ErrorCode::bad_value, fmt::format("the rating is {}", ratings(p, q)),
                 fmt::format("criticality of {} for {}", space.label(SectorId{p}),
                             space.label(SectorId{q})),
                 "0 not critical, 0.5 important, 1 critical");
    }
  }
}

constexpr int longest_delay = 365;

void check_delays(IndustrySpace const& space, ModelOptions const& options, ErrorList& errors) {
  std::vector<bool> named(space.regions() * space.regions(), false);
  for (auto const& delay : options.delays) {
    auto const pair = space.label(delay.seller) + ">" + space.label(delay.buyer);
    if (delay.days < 0 || delay.days > longest_delay) {
      errors.add(ErrorCode::bad_value, fmt::format("{} days under way", delay.days),
                 "delay of " + pair, "from 0 to 365 days");
    }
    auto const place = delay.seller.index() * space.regions() + delay.buyer.index();
    if (named[place]) {
      errors.add(ErrorCode::duplicate_label, "the pair has two delays", "delay of " + pair,
                 "give each pair of seller and buyer once");
    }
    named[place] = true;
  }
}

void check_substitutions(IndustrySpace const& space, ModelOptions const& options,
                         ErrorList& errors) {
  std::vector<bool> named(space.sectors(), false);
  for (auto const& swap : options.substitutions) {
    auto const where =
        fmt::format("substitution of {} by {}", space.label(swap.product), space.label(swap.by));
    if (!(swap.share >= 0 && swap.share <= 1)) {
      errors.add(ErrorCode::bad_value, fmt::format("the share is {}", swap.share), where,
                 "a share from 0 to 1");
    }
    if (swap.product == swap.by) {
      errors.add(ErrorCode::bad_value, "a product cannot replace itself", where,
                 "name another product");
    }
    if (named[swap.product.index()]) {
      errors.add(ErrorCode::duplicate_label, "the product has two substitutes", where,
                 "give each product once");
    }
    named[swap.product.index()] = true;
  }
}

void check_extensions(IndustrySpace const& space, ModelOptions const& options, ErrorList& errors) {
  auto const require = [&](bool holds, double value, char const* name, char const* hint) {
    if (!holds) errors.add(ErrorCode::bad_value, fmt::format("the value is {}", value), name, hint);
  };
  check_per_product(space, options.overproduction_by_product, "overproduction", 1,
                    "a multiple of capacity, at least 1 (1: no overproduction)", errors);
  check_per_product(space, options.resourcing_elasticity, "resourcing_elasticity", 0,
                    "0 (shares stay) or more", errors);
  check_criticality(space, options.criticality, errors);
  check_delays(space, options, errors);
  check_substitutions(space, options, errors);
  require(options.switching_speed >= 0, options.switching_speed, "switching_speed",
          "a share of purchases per day, or inf");
  require(options.switching_cost >= 0 && std::isfinite(options.switching_cost),
          options.switching_cost, "switching_cost", "a share of the purchases moved, 0 or more");
  require(options.labour.hire_days >= 1, options.labour.hire_days, "labour.hire_days",
          "one step is one day: at least 1");
  require(options.labour.fire_days >= 1, options.labour.fire_days, "labour.fire_days",
          "one step is one day: at least 1");
  auto const& households = options.consumption;
  require(households.persistence >= 0 && households.persistence <= 1, households.persistence,
          "consumption.persistence", "a share from 0 to 1");
  require(households.replacement >= 0 && households.replacement <= 1, households.replacement,
          "consumption.replacement", "a share from 0 to 1");
  require(options.capital_per_value_added > 0 && std::isfinite(options.capital_per_value_added),
          options.capital_per_value_added, "capital_per_value_added", "years, above 0");
}

/// Whether the table says which final use is governments'.
void check_government(IndustrySpace const& space, ModelOptions const& options, ErrorList& errors) {
  if (options.rationing != Rationing::government_first) return;
  auto const known = government_categories(space.labels());
  if (std::any_of(known.begin(), known.end(), [](bool each) { return each; })) return;
  errors.add(
      ErrorCode::missing_value,
      "no category of final use is called a government's, so none can be served first",
      "rationing = government_first",
      "use a table with such a category (`linchpin table info` lists them), or another rule");
}

void check_events(IndustrySpace const& space, Scenario const& scenario, ErrorList& errors) {
  auto const courses = [&](auto const& events, char const* kind) {
    for (std::size_t e = 0; e < events.size(); ++e) {
      check_course(events[e].course, fmt::format("{} {}", kind, e + 1), errors);
    }
  };
  courses(scenario.cuts, "cut");
  courses(scenario.capacity_losses, "capacity loss");
  courses(scenario.demand_shifts, "demand shift");
  courses(scenario.labour_shocks, "labour shock");
  for (std::size_t e = 0; e < scenario.cuts.size(); ++e) {
    for (auto const& exemption : scenario.cuts[e].exemptions) {
      if (exemption.share >= 0 && exemption.share <= 1) continue;
      errors.add(ErrorCode::bad_value, fmt::format("a licence for {}", exemption.share),
                 fmt::format("cut {}", e + 1), "a share from 0 to 1");
    }
  }
  for (std::size_t e = 0; e < scenario.capital_losses.size(); ++e) {
    auto const& loss = scenario.capital_losses[e];
    auto const where = fmt::format("capital loss {}", e + 1);
    if (!(loss.share >= 0 && loss.share <= 1)) {
      errors.add(ErrorCode::bad_value, fmt::format("the share is {}", loss.share), where,
                 "a share from 0 to 1 (0.3 is 30 %)");
    }
    if (!(loss.rebuild_days >= 1) || !std::isfinite(loss.rebuild_days)) {
      errors.add(ErrorCode::bad_value, fmt::format("rebuilt over {} days", loss.rebuild_days),
                 where, "one step is one day: at least 1");
    }
    if (loss.day < 0) {
      errors.add(ErrorCode::bad_value, fmt::format("happens on day {}", loss.day), where,
                 "days are counted from 0");
    }
  }
  for (std::size_t e = 0; e < scenario.reserves.size(); ++e) {
    auto const& reserve = scenario.reserves[e];
    auto const where = fmt::format("reserve {} ({} in {})", e + 1, space.label(reserve.sector),
                                   space.label(reserve.region));
    if (!(reserve.days >= 0) || !std::isfinite(reserve.days)) {
      errors.add(ErrorCode::bad_value, fmt::format("{} days of use", reserve.days), where,
                 "0 or more days");
    }
    if (!(reserve.release_per_day >= 0)) {
      errors.add(ErrorCode::bad_value, fmt::format("{} released a day", reserve.release_per_day),
                 where, "days of use a day, 0 or more");
    }
  }
}

/// A path keeps every industry and every final use on every day, and some options keep pairs: what
/// would fill the memory is refused before it does.
void check_size(IndustrySpace const& space, ModelOptions const& options, ErrorList& errors) {
  double const path = path_bytes(space, options.days);
  if (path > most_path_bytes) {
    errors.add(ErrorCode::too_large,
               fmt::format("{} days of {} industries would need {:.1f} GB of memory", options.days,
                           space.size(), path / 1e9),
               "days", "simulate fewer days, or aggregate the table (`linchpin table aggregate`)");
  }
  double const pairs = pair_bytes(space, options, 1);
  if (pairs > most_path_bytes) {
    errors.add(ErrorCode::too_large,
               fmt::format("delays and slow switching of {} industries would need {:.1f} GB of "
                           "memory",
                           space.size(), pairs / 1e9),
               "delays, switching_speed",
               "shorten the longest delay, leave out switching_speed, or aggregate the table");
  }
}

}  // namespace

double path_bytes(IndustrySpace const& space, int days) {
  auto const rows = static_cast<double>(space.size() + space.regions() * (space.sectors() + 3));
  return rows * days * sizeof(double);
}

double pair_bytes(IndustrySpace const& space, ModelOptions const& options, std::size_t lanes) {
  int longest = 0;
  for (auto const& delay : options.delays) longest = std::max(longest, delay.days);
  double const shares = std::isinf(options.switching_speed) ? 0 : SupplierShares::bytes(space);
  return Transport::bytes(space, longest, lanes) + shares;
}

Result<void> check_request(IndustrySpace const& space, Scenario const& scenario,
                           ModelOptions const& options) {
  ErrorList errors;
  check_options(options, errors);
  check_inventory_days(space, options.inventory_days, errors);
  check_size(space, options, errors);
  check_extensions(space, options, errors);
  check_government(space, options, errors);
  check_events(space, scenario, errors);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace linchpin::disrupt
