// SPDX-License-Identifier: Apache-2.0
#include "reference/plain_world.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <string>

namespace linchpin::reference {
namespace {

bool has(auto const& ids, auto id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

std::string small_letters(std::string text) {
  for (char& letter : text) {
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return text;
}

bool names_government(CategoryLabel const& category) {
  return small_letters(category.name).find("government") != std::string::npos;
}

/// True for "Final consumption expenditure by households", whatever its capitals, and not for that
/// of "non-profit institutions serving households".
bool names_households(CategoryLabel const& category) {
  auto const text = small_letters(category.name);
  auto const says = [&](char const* word) { return text.find(word) != std::string::npos; };
  return says("household") && !says("non-profit") && !says("serving");
}

/// Part of an effect that is left when the part u of its recovery is over.
double left_of(RecoveryCurve curve, double u) {
  if (u >= 1) return 0;
  if (curve == RecoveryCurve::linear) return 1 - u;
  if (curve == RecoveryCurve::convex) return (1 - u) * (1 - u);
  if (curve == RecoveryCurve::concave) return 1 - u * u;
  return std::exp(-5 * u);
}

double rising(Course const& course, int day) {
  if (course.ramp_days == 0) return course.share;
  double const rise = static_cast<double>(day - course.from_day + 1) / course.ramp_days;
  return rise < 1 ? course.share * rise : course.share;
}

/// Share of a course in force on `day`: nothing, the rise, the full share, the recovery.
double share_on(Course const& course, int day) {
  if (day < course.from_day) return 0;
  if (course.to_day < 0 || day < course.to_day) return rising(course, day);
  if (course.recovery_days == 0) return 0;
  double const u = static_cast<double>(day - course.to_day + 1) / course.recovery_days;
  return rising(course, course.to_day - 1) * left_of(course.recovery, u);
}

}  // namespace

Matrix zeros(std::size_t rows, std::size_t columns) { return Matrix(rows, Vector(columns, 0.0)); }

PlainWorld::PlainWorld(Economy const& economy)
    : space(&economy.space()),
      n(space->size()),
      products(space->sectors()),
      regions(space->regions()),
      Z(zeros(n, n)),
      y(zeros(n, regions)),
      x0(n, 0.0),
      value_added(n, 0.0),
      R(zeros(products, n)),
      government(zeros(n, regions)),
      household(zeros(n, regions)) {
  auto const& labels = economy.table().labels;
  bool any_households = false;
  for (auto const& category : labels.categories) {
    any_households = any_households || names_households(category);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      Z[i][j] = economy.flows()(IndustryId{i}, IndustryId{j});
      R[product(i)][j] += Z[i][j];
      x0[i] += Z[i][j];
    }
    for (std::size_t r = 0; r < regions; ++r) {
      for (std::size_t c = 0; c < labels.categories.size(); ++c) {
        auto const& category = labels.categories[c];
        auto const column = labels.final_column(RegionId{r}, CategoryId{c});
        double const cell = economy.final_demand()(IndustryId{i}, column);
        if (category.inventory_change || cell <= 0) continue;
        y[i][r] += cell;
        if (!any_households || names_households(category)) household[i][r] += cell;
        if (names_government(category)) government[i][r] += cell;
      }
      x0[i] += y[i][r];
      if (y[i][r] > 0) household[i][r] /= y[i][r];
      if (y[i][r] > 0) government[i][r] /= y[i][r];
    }
  }
  for (std::size_t f = 0; f < n; ++f) {
    value_added[f] = x0[f];
    for (std::size_t i = 0; i < n; ++i) value_added[f] -= Z[i][f];
  }
}

std::size_t PlainWorld::product(std::size_t i) const {
  return space->sector_of(IndustryId{i}).index();
}

std::size_t PlainWorld::region(std::size_t i) const {
  return space->region_of(IndustryId{i}).index();
}

double PlainEvents::cut(std::size_t seller, std::size_t buyer, int day) const {
  auto const home = world_.region(seller);
  auto const buyer_region = world_.region(buyer);
  if (home == buyer_region) return 0;
  double left = 1;
  for (auto const& cut : scenario_.cuts) {
    if (!cut.intermediate || !has(cut.sellers, RegionId{home})) continue;
    if (!cut.sectors.empty() && !has(cut.sectors, SectorId{world_.product(seller)})) continue;
    if (!has(cut.buyers, RegionId{buyer_region}) && !has(cut.buyer_industries, IndustryId{buyer})) {
      continue;
    }
    double goes_on = 0;
    for (auto const& exemption : cut.exemptions) {
      if (!covers(exemption, *world_.space, IndustryId{seller}, IndustryId{buyer})) continue;
      goes_on = std::max(goes_on, exemption.share);
    }
    left *= 1 - share_on(cut.course, day) * (1 - goes_on);
  }
  return 1 - left;
}

double PlainEvents::final_cut(std::size_t seller, std::size_t region, int day) const {
  auto const home = world_.region(seller);
  if (home == region) return 0;
  double left = 1;
  for (auto const& cut : scenario_.cuts) {
    if (!cut.final_use || !has(cut.sellers, RegionId{home})) continue;
    if (!cut.sectors.empty() && !has(cut.sectors, SectorId{world_.product(seller)})) continue;
    if (!has(cut.buyers, RegionId{region})) continue;
    double goes_on = 0;
    for (auto const& exemption : cut.exemptions) {
      if (!covers(exemption, *world_.space, IndustryId{seller}, RegionId{region})) continue;
      goes_on = std::max(goes_on, exemption.share);
    }
    left *= 1 - share_on(cut.course, day) * (1 - goes_on);
  }
  return 1 - left;
}

double PlainEvents::capacity_left(std::size_t f, int day) const {
  double left = 1;
  for (auto const& loss : scenario_.capacity_losses) {
    if (has(loss.industries, IndustryId{f})) left *= 1 - share_on(loss.course, day);
  }
  return left;
}

double PlainEvents::workers_left(std::size_t f, int day) const {
  double left = 1;
  for (auto const& shock : scenario_.labour_shocks) {
    if (has(shock.industries, IndustryId{f})) left *= 1 - share_on(shock.course, day);
  }
  return left;
}

double PlainEvents::demand_factor(std::size_t p, std::size_t r, int day) const {
  double factor = 1;
  for (auto const& shift : scenario_.demand_shifts) {
    if (!has(shift.regions, RegionId{r})) continue;
    if (!shift.sectors.empty() && !has(shift.sectors, SectorId{p})) continue;
    factor *= 1 + (shift.rises ? 1 : -1) * share_on(shift.course, day);
  }
  return factor;
}

Vector PlainEvents::rebuilders(CapitalLoss const& loss) const {
  Vector share(world_.n, 0.0);
  double total = 0;
  for (std::size_t i = 0; i < world_.n; ++i) {
    if (!loss.rebuilding_sectors.empty() &&
        !has(loss.rebuilding_sectors, SectorId{world_.product(i)})) {
      continue;
    }
    if (!loss.rebuilding_regions.empty() &&
        !has(loss.rebuilding_regions, RegionId{world_.region(i)})) {
      continue;
    }
    for (std::size_t r = 0; r < world_.regions; ++r) {
      bool damaged = false;
      for (auto const industry : loss.industries) {
        damaged = damaged || world_.region(industry.index()) == r;
      }
      if (damaged) share[i] += world_.y[i][r];
    }
    total += share[i];
  }
  for (double& each : share) each = total > 0 ? each / total : 0;
  return share;
}

}  // namespace linchpin::reference
