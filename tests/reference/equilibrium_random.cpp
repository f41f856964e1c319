// SPDX-License-Identifier: Apache-2.0
#include "reference/equilibrium_random.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace linchpin::reference::trade {
namespace {

bool chance(Rng& rng, double probability) { return rng.uniform() < probability; }
double between(Rng& rng, double low, double high) { return low + (high - low) * rng.uniform(); }
double log_between(Rng& rng, double low, double high) {
  return std::exp(between(rng, std::log(low), std::log(high)));
}

void normalise(Vector& shares) {
  double sum = 0;
  for (double const share : shares) sum += share;
  for (double& share : shares) share /= sum;
}

Vector random_shares(Rng& rng, std::size_t count, double zeros) {
  Vector result(count);
  for (double& share : result) share = chance(rng, zeros) ? 0 : between(rng, 0.05, 1);
  if (*std::max_element(result.begin(), result.end()) == 0) result[rng.below(count)] = 1;
  normalise(result);
  return result;
}

/// Transfers of up to 40 % of income, and the world around them.
void give_deficits(Rng& rng, World& w) {
  double sum = 0;
  for (std::size_t n = 0; n < w.regions; ++n) {
    w.deficit[n] = between(rng, -0.4, 0.4) * w.income[n];
    sum += w.deficit[n];
  }
  // The largest region, the one that can bear it, takes the remainder.
  auto const largest = static_cast<std::size_t>(std::max_element(w.income.begin(), w.income.end()) -
                                                w.income.begin());
  w.deficit[largest] -= sum;
  if (!complete(w)) throw std::logic_error("random world without a solution");
}

}  // namespace

World random_world(Rng& rng, std::size_t regions, std::size_t sectors, Hardness hardness) {
  bool const hard = hardness == Hardness::hard;
  std::size_t const N = regions, J = sectors;
  World w;
  w.regions = N;
  w.sectors = J;
  w.share = w.tariff = cube(J, N, N, 0);
  w.value_added = w.final_share = matrix(N, J, 0);
  w.materials = cube(N, J, J, 0);
  w.deficit = Vector(N, 0);
  for (std::size_t j = 0; j < J; ++j) {
    double theta = log_between(rng, 2, 12);
    if (hard && chance(rng, 0.3)) theta = log_between(rng, 0.3, 64.85);
    if (hard && chance(rng, 0.1)) theta = chance(rng, 0.5) ? 0.3 : 64.85;
    w.theta.push_back(theta);
  }
  Vector size(N);
  for (double& s : size) {
    s = log_between(rng, 0.2, 5);
    if (hard && chance(rng, 0.15)) s *= 1e-5;
  }
  double const zeros = hard && chance(rng, 0.5) ? 0.3 : 0;
  double const home = chance(rng, 0.3) ? 1 : log_between(rng, 2, 30);
  for (std::size_t j = 0; j < J; ++j) {
    Vector ability(N);
    for (double& a : ability) a = log_between(rng, 0.3, 3);
    if (hard && chance(rng, 0.15)) ability[rng.below(N)] *= 1e4;  // nearly a monopoly
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        double s = size[i] * ability[i] * log_between(rng, 0.5, 2);
        if (i == n) s *= home;
        if (chance(rng, zeros)) s = 0;
        if (j == 0 && i == (n + 1) % N) s = std::max(s, 0.01 * size[i]);  // the ring
        w.share[j][n][i] = s;
      }
      Vector& shares = w.share[j][n];
      if (*std::max_element(shares.begin(), shares.end()) == 0) shares[rng.below(N)] = 1;
      normalise(shares);
    }
  }
  int const tariffs = static_cast<int>(rng.below(3));  // none, everywhere, some
  for (std::size_t j = 0; j < J; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        if (n == i || tariffs == 0 || (tariffs == 2 && chance(rng, 0.5))) continue;
        w.tariff[j][n][i] = between(rng, 0, 0.3);
        if (hard && chance(rng, 0.03)) w.tariff[j][n][i] = 3;
      }
    }
  }
  for (std::size_t n = 0; n < N; ++n) {
    w.final_share[n] = random_shares(rng, J, 0.1);
    if (w.final_share[n][0] == 0) {  // the ring's good is bought everywhere
      w.final_share[n][0] = 0.2;
      normalise(w.final_share[n]);
    }
    for (std::size_t j = 0; j < J; ++j) {
      w.value_added[n][j] = chance(rng, 0.1) ? 1 : between(rng, hard ? 0.1 : 0.25, 0.9);
      w.materials[n][j] = random_shares(rng, J, 0.2);
    }
  }
  if (!complete(w)) throw std::logic_error("random world without a solution");
  if (N > 1 && chance(rng, 0.5)) give_deficits(rng, w);
  return w;
}

namespace {

enum class Change {
  tariffs,
  trade_war,
  free_trade,
  iceberg,
  bans,
  cut_off,
  export_taxes,
  subsidies,
  productivity,
  quality,
  quotas,
  count
};

/// The flow's change, or one, with the given spread about one.
double around_one(Rng& rng, bool hard) {
  return hard ? log_between(rng, 0.4, 3) : between(rng, 0.92, 1.1);
}

void change_flows(Rng& rng, World const& w, Policy& p, Change change, bool hard) {
  std::size_t const N = w.regions;
  double const coverage = chance(rng, 0.3) ? 1 : between(rng, 0.1, 0.7);
  std::size_t const alone = rng.below(N);
  double const war = hard ? log_between(rng, 0.05, 10) : 0.1;
  for (std::size_t j = 0; j < w.sectors; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        if (change == Change::quality && chance(rng, coverage)) {
          p.quality[j][n][i] = around_one(rng, hard);
        }
        if (n == i) continue;
        if (change == Change::cut_off && (n == alone || i == alone)) p.mask[j][n][i] = 0;
        if (change == Change::free_trade) p.tariff[j][n][i] = 0;
        if (!chance(rng, coverage)) continue;
        switch (change) {
          case Change::tariffs:
            p.tariff[j][n][i] = between(rng, 0, hard ? 0.8 : 0.1);
            if (hard && chance(rng, 0.05)) p.tariff[j][n][i] = 10;
            break;
          case Change::trade_war:
            p.tariff[j][n][i] += war;
            break;
          case Change::iceberg:
            p.iceberg[j][n][i] = around_one(rng, hard);
            break;
          case Change::bans:
            p.mask[j][n][i] = chance(rng, 0.5) ? 0 : rng.uniform();
            break;
          case Change::export_taxes:
            p.export_tax[j][n][i] = between(rng, hard ? -0.2 : 0, hard ? 1 : 0.1);
            break;
          default:
            break;
        }
      }
    }
  }
}

void change_makers(Rng& rng, World const& w, Policy& p, Change change, bool hard) {
  for (std::size_t n = 0; n < w.regions; ++n) {
    for (std::size_t j = 0; j < w.sectors; ++j) {
      if (chance(rng, 0.5)) continue;
      if (change == Change::subsidies) {
        p.subsidy[n][j] = between(rng, hard ? -0.5 : -0.1, hard ? 0.3 : 0.1);
      } else {
        p.productivity[n][j] = around_one(rng, hard);
        if (hard && chance(rng, 0.1)) p.productivity[n][j] = chance(rng, 0.7) ? 100 : 0.01;
      }
    }
  }
}

/// Subsidies no larger than a quarter of income at base output: larger ones have no budget.
void limit_subsidies(World const& w, Policy& p) {
  for (std::size_t n = 0; n < w.regions; ++n) {
    double cost = 0;
    for (std::size_t j = 0; j < w.sectors; ++j) {
      double const s = p.subsidy[n][j];
      if (s > 0) cost += s / (1 - s) * w.output[n][j];
    }
    for (double& s : p.subsidy[n]) {
      if (s > 0) s *= std::min(1.0, 0.25 * w.income[n] / cost);
    }
  }
}

void add_quotas(Rng& rng, World const& w, Policy& p) {
  auto const count = 1 + rng.below(3);
  for (std::uint64_t k = 0; k < count; ++k) {
    Quota quota;
    quota.sector = rng.below(w.sectors);
    quota.buyer = rng.below(w.regions);
    quota.seller = (quota.buyer + 1 + rng.below(w.regions - 1)) % w.regions;
    quota.limit = chance(rng, 0.2) ? 1.5 : log_between(rng, 0.05, 1.1);
    quota.rents = std::vector{Rents::exporter, Rents::importer, Rents::nobody}[rng.below(3)];
    bool const twice = std::any_of(p.quotas.begin(), p.quotas.end(), [&](Quota const& other) {
      return other.sector == quota.sector && other.buyer == quota.buyer &&
             other.seller == quota.seller;
    });
    if (!twice && w.share[quota.sector][quota.buyer][quota.seller] > 0) p.quotas.push_back(quota);
  }
}

}  // namespace

Policy random_policy(Rng& rng, World const& world, Hardness hardness) {
  bool const hard = hardness == Hardness::hard;
  Policy policy = no_change(world);
  auto const changes = 1 + rng.below(3);
  for (std::uint64_t k = 0; k < changes; ++k) {
    auto const change = static_cast<Change>(rng.below(static_cast<std::uint64_t>(Change::count)));
    bool const extreme =
        change == Change::bans || change == Change::cut_off || change == Change::quotas;
    if (extreme && !hard) continue;
    if (change == Change::cut_off && chance(rng, 0.5)) continue;
    if (change == Change::subsidies || change == Change::productivity) {
      change_makers(rng, world, policy, change, hard);
    } else if (change == Change::quotas) {
      if (world.regions > 1) add_quotas(rng, world, policy);
    } else {
      change_flows(rng, world, policy, change, hard);
    }
  }
  limit_subsidies(world, policy);
  return policy;
}

Model random_model(Rng& rng, World const& world, Hardness hardness) {
  bool const hard = hardness == Hardness::hard;
  Model model = cobb_douglas(world);
  bool const nested = chance(rng, 0.7);
  auto const sigma = [&] {
    if (!nested || chance(rng, 0.2)) return 1.0;
    if (hard && chance(rng, 0.05)) return 0.0;
    return hard ? log_between(rng, 0.1, 4) : between(rng, 0.5, 2);
  };
  for (double& s : model.sigma_value_added) s = sigma();
  for (double& s : model.sigma_materials) s = sigma();
  model.sigma_final = sigma();
  auto const rule = rng.below(3);
  model.deficits = rule == 0   ? Deficits::keep
                   : rule == 1 ? Deficits::scale_to_world_income
                               : Deficits::zero;
  if (!hard) return model;
  auto const factors = rng.below(4);  // mobile, mobile, specific, both
  for (std::size_t n = 0; n < world.regions; ++n) {
    for (double& share : model.specific_share[n]) {
      if (factors == 2) share = 1;
      if (factors == 3) share = between(rng, 0.1, 0.7);
    }
    if (factors != 2 && chance(rng, 0.15)) model.wage_floor[n] = between(rng, 0.85, 1.02);
  }
  return model;
}

namespace {

using Order = std::vector<std::size_t>;

template <class T>
std::vector<T> picked(std::vector<T> const& values, Order const& order) {
  std::vector<T> result;
  for (std::size_t const k : order) result.push_back(values[k]);
  return result;
}

Matrix picked(Matrix const& values, Order const& rows, Order const& columns) {
  Matrix result;
  for (std::size_t const r : rows) result.push_back(picked(values[r], columns));
  return result;
}

Cube picked(Cube const& values, Order const& a, Order const& b, Order const& c) {
  Cube result;
  for (std::size_t const k : a) result.push_back(picked(values[k], b, c));
  return result;
}

}  // namespace

World relabelled(World const& w, Order const& regions, Order const& sectors) {
  World result = w;
  result.share = picked(w.share, sectors, regions, regions);
  result.tariff = picked(w.tariff, sectors, regions, regions);
  result.value_added = picked(w.value_added, regions, sectors);
  result.materials = picked(w.materials, regions, sectors, sectors);
  result.final_share = picked(w.final_share, regions, sectors);
  result.deficit = picked(w.deficit, regions);
  result.theta = picked(w.theta, sectors);
  result.spending = picked(w.spending, regions, sectors);
  result.output = picked(w.output, regions, sectors);
  result.wages = picked(w.wages, regions);
  result.income = picked(w.income, regions);
  return result;
}

Policy relabelled(Policy const& p, Order const& regions, Order const& sectors) {
  Policy result;
  result.tariff = picked(p.tariff, sectors, regions, regions);
  result.export_tax = picked(p.export_tax, sectors, regions, regions);
  result.iceberg = picked(p.iceberg, sectors, regions, regions);
  result.mask = picked(p.mask, sectors, regions, regions);
  result.quality = picked(p.quality, sectors, regions, regions);
  result.subsidy = picked(p.subsidy, regions, sectors);
  result.productivity = picked(p.productivity, regions, sectors);
  auto const place = [](Order const& order, std::size_t old) {
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), old) - order.begin());
  };
  for (Quota quota : p.quotas) {
    quota.sector = place(sectors, quota.sector);
    quota.buyer = place(regions, quota.buyer);
    quota.seller = place(regions, quota.seller);
    result.quotas.push_back(quota);
  }
  return result;
}

Model relabelled(Model const& m, Order const& regions, Order const& sectors) {
  Model result = m;
  result.sigma_value_added = picked(m.sigma_value_added, sectors);
  result.sigma_materials = picked(m.sigma_materials, sectors);
  result.specific_share = picked(m.specific_share, regions, sectors);
  result.wage_floor = picked(m.wage_floor, regions);
  return result;
}

}  // namespace linchpin::reference::trade
