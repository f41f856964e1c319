// SPDX-License-Identifier: Apache-2.0
#include "linchpin/equilibrium/policy.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

namespace linchpin::equilibrium {
namespace {

struct Range {
  double least;
  double most;
  bool open = false;  ///< the least itself is not allowed
};

class PolicyCheck {
 public:
  explicit PolicyCheck(TradeBase const& base) : base_(base) {}

  void pairs(std::string_view name, DenseVector const& array, Range range) {
    if (!sized(name, array, base_.grid.pairs())) return;
    auto const& grid = base_.grid;
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      for (std::size_t n = 0; n < grid.regions; ++n) {
        for (std::size_t i = 0; i < grid.regions; ++i) {
          if (inside(array[grid.pair(j, n, i)], range)) continue;
          add(name, array[grid.pair(j, n, i)], range,
              fmt::format("{}, {} > {}", base_.sectors[j], base_.regions[i], base_.regions[n]));
        }
      }
    }
  }
  void goods(std::string_view name, DenseVector const& array, Range range) {
    if (!sized(name, array, base_.grid.goods())) return;
    auto const& grid = base_.grid;
    for (std::size_t j = 0; j < grid.sectors; ++j) {
      for (std::size_t n = 0; n < grid.regions; ++n) {
        if (inside(array[grid.good(j, n)], range)) continue;
        add(name, array[grid.good(j, n)], range,
            fmt::format("{}:{}", base_.regions[n], base_.sectors[j]));
      }
    }
  }
  void number(std::string_view name, double value, Range range, std::string const& where) {
    if (!inside(value, range)) add(name, value, range, where);
  }
  void places(std::string_view name, std::size_t sector, std::size_t a, std::size_t b,
              std::size_t c) {
    auto const& grid = base_.grid;
    if (sector < grid.sectors && a < grid.regions && b < grid.regions && c < grid.regions) return;
    errors_.add(ErrorCode::unknown_label, fmt::format("a {} names no region or sector here", name),
                std::string{name}, "use places of the base");
  }
  [[nodiscard]] Result<void> result() const {
    if (!errors_.empty()) return fail(errors_.joined());
    return {};
  }

 private:
  [[nodiscard]] bool sized(std::string_view name, DenseVector const& array, std::size_t size) {
    if (array.empty()) return false;
    if (array.size() == size) return true;
    errors_.add(ErrorCode::size_mismatch,
                fmt::format("{} has {} numbers instead of {}", name, array.size(), size),
                std::string{name}, "fill it for the grid of this base");
    return false;
  }
  [[nodiscard]] static bool inside(double value, Range range) {
    return std::isfinite(value) && value <= range.most &&
           (range.open ? value > range.least : value >= range.least);
  }
  void add(std::string_view name, double value, Range range, std::string const& where) {
    if (errors_.size() >= most_errors) return;
    errors_.add(ErrorCode::bad_value,
                fmt::format("{} of {:.6g} is outside {}{}…{}", name, value,
                            range.open ? "above " : "", range.least, range.most),
                where, "choose a number in the range");
  }

  static constexpr std::size_t most_errors = 20;
  TradeBase const& base_;
  ErrorList errors_;
};

void scale_logs(DenseVector& array, double part) {
  for (auto& value : array) value = value > 0 ? std::pow(value, part) : value;
}

}  // namespace

void fill_pairs(DenseVector& array, Grid const& grid, double value) {
  if (array.empty()) array.assign(grid.pairs(), value);
}

void fill_goods(DenseVector& array, Grid const& grid, double value) {
  if (array.empty()) array.assign(grid.goods(), value);
}

void fill_tariffs(TradePolicy& policy, TradeBase const& base) {
  if (!policy.tariff.empty()) return;
  if (base.tariff.empty()) {
    policy.tariff.assign(base.grid.pairs(), 0.0);
  } else {
    policy.tariff = base.tariff;
  }
}

Result<void> check(TradePolicy const& policy, TradeBase const& base) {
  PolicyCheck check{base};
  check.pairs("tariff", policy.tariff, {-1, 1e6, true});
  check.pairs("export tax", policy.export_tax, {-1, 1e6, true});
  check.pairs("iceberg factor", policy.iceberg, {0, 1e9, true});
  check.pairs("availability", policy.availability, {0, 1});
  check.goods("productivity", policy.productivity, {0, 1e9, true});
  check.goods("quality", policy.quality, {0, 1e9, true});
  check.goods("subsidy", policy.subsidy, {-1e3, 0.99});
  for (auto const& quota : policy.quotas) {
    check.places("quota", quota.sector, quota.importer, quota.exporter, 0);
    check.number("quota", quota.limit, {0, 1e9, true}, "quota");
  }
  for (auto const& route : policy.routes) {
    check.places("route", route.sector, route.importer, route.exporter, route.via);
    check.number("cost of a detour", route.cost, {1, 1e9}, "route");
    check.number("share of a detour", route.share, {0, 1}, "route");
  }
  return check.result();
}

TradePolicy part_of(TradePolicy const& policy, TradeBase const& base, double part) {
  TradePolicy moved = policy;
  for (std::size_t k = 0; k < moved.tariff.size(); ++k) {
    auto const from = std::log1p(base.tariff_at(k));
    moved.tariff[k] = std::expm1(from + part * (std::log1p(policy.tariff[k]) - from));
  }
  for (auto& tax : moved.export_tax) tax = std::expm1(part * std::log1p(tax));
  for (auto& available : moved.availability) available = 1 + part * (available - 1);
  scale_logs(moved.iceberg, part);
  scale_logs(moved.productivity, part);
  scale_logs(moved.quality, part);
  for (auto& subsidy : moved.subsidy) subsidy *= part;
  for (auto& route : moved.routes) {
    route.share *= part;
    route.cost = std::pow(route.cost, part);
  }
  // Limits below 1 bind at once at a part of 0; above 1 they are loose there.
  for (auto& quota : moved.quotas) quota.limit = std::pow(quota.limit, part);
  return moved;
}

}  // namespace linchpin::equilibrium
