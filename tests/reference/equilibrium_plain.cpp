// SPDX-License-Identifier: Apache-2.0
#include "reference/equilibrium_plain.h"

#include <algorithm>
#include <cmath>

#include "reference/equilibrium_plain_system.h"

namespace linchpin::reference::trade {
namespace {

double as_double(Real value) { return static_cast<double>(value); }

Vector as_double(Reals const& values) {
  Vector result;
  for (Real const value : values) result.push_back(as_double(value));
  return result;
}

template <class NestedT>
auto as_double(std::vector<NestedT> const& values) {
  std::vector<decltype(as_double(values.front()))> result;
  for (auto const& value : values) result.push_back(as_double(value));
  return result;
}

/// The part `s` of a change, geometric where it can be.
struct Part {
  World world;
  Policy policy;
  Model model;
};

Part part_of(World const& world, Policy const& policy, Model const& model, double s) {
  Part part{world, policy, model};
  for (std::size_t j = 0; j < world.sectors; ++j) {
    for (std::size_t n = 0; n < world.regions; ++n) {
      for (std::size_t i = 0; i < world.regions; ++i) {
        double const before = 1 + world.tariff[j][n][i], after = 1 + policy.tariff[j][n][i];
        part.policy.tariff[j][n][i] = std::pow(before, 1 - s) * std::pow(after, s) - 1;
        part.policy.export_tax[j][n][i] = std::pow(1 + policy.export_tax[j][n][i], s) - 1;
        part.policy.iceberg[j][n][i] = std::pow(policy.iceberg[j][n][i], s);
        part.policy.quality[j][n][i] = std::pow(policy.quality[j][n][i], s);
        double const mask = policy.mask[j][n][i];
        part.policy.mask[j][n][i] = mask > 0 ? std::pow(mask, s) : 1 - s;
      }
      part.policy.subsidy[n][j] = 1 - std::pow(1 - policy.subsidy[n][j], s);
      part.policy.productivity[n][j] = std::pow(policy.productivity[n][j], s);
    }
  }
  for (Quota& quota : part.policy.quotas) quota.limit = std::pow(quota.limit, s);
  for (double& floor : part.model.wage_floor) {
    if (floor > 0) floor = std::pow(floor, s);
  }
  if (model.deficits == Deficits::zero && s < 1) {
    part.model.deficits = Deficits::keep;
    for (double& deficit : part.world.deficit) deficit *= 1 - s;
  }
  return part;
}

/// ToT and VoT with d ln x = difference(x̂). Terms of flows that are zero in the base, and of goods
/// nobody can make any more, are left out.
template <class DifferenceT>
FirstOrder first_order(World const& w, Point const& p, Policy const& policy,
                       DifferenceT difference) {
  std::size_t const N = w.regions;
  FirstOrder result{Vector(N, 0), Vector(N, 0), Vector(N, 0)};
  for (std::size_t n = 0; n < N; ++n) {
    Real terms = 0, volume = 0;
    for (std::size_t j = 0; j < w.sectors; ++j) {
      auto const imports = [&](std::size_t buyer, std::size_t seller) {
        return Real{w.share[j][buyer][seller]} * w.spending[buyer][j] /
               (1 + Real{w.tariff[j][buyer][seller]});
      };
      for (std::size_t i = 0; i < N; ++i) {
        if (i != n && std::isfinite(p.cost[n][j])) {
          terms += imports(i, n) * difference(p.cost[n][j]);
        }
        Real const before = imports(n, i);
        if (before == 0 || !std::isfinite(p.cost[i][j])) continue;
        if (i != n) terms -= before * difference(p.cost[i][j]);
        if (w.tariff[j][n][i] == 0) continue;
        Real const after = p.share[j][n][i] * p.spending[n][j] / (1 + Real{policy.tariff[j][n][i]});
        volume +=
            w.tariff[j][n][i] * before * (difference(after / before) - difference(p.cost[i][j]));
      }
    }
    result.terms_of_trade[n] = as_double(terms / w.income[n]);
    result.volume_of_trade[n] = as_double(volume / w.income[n]);
    result.welfare[n] = as_double((terms + volume) / w.income[n]);
  }
  return result;
}

Outcome outcome_of(World const& w, Policy const& policy, System const& system, Point const& p,
                   Reals const& unknowns) {
  std::size_t const N = w.regions, J = w.sectors;
  Outcome o;
  o.status = Status::solved;
  o.wage = as_double(p.wage);
  o.employment = as_double(p.employment);
  o.specific_return = as_double(p.specific);
  o.value_added = as_double(p.factor_income);
  o.unit_cost = as_double(p.cost);
  o.price = as_double(p.price);
  o.final_price = as_double(p.final_price);
  o.share = as_double(p.share);
  o.spending = as_double(p.spending);
  o.output = as_double(p.output);
  o.value_added_share = as_double(p.value_added_share);
  o.materials = as_double(p.materials);
  o.final_share = as_double(p.final_share);
  o.income = as_double(p.income);
  o.deficit = as_double(p.deficit);
  o.tariff_revenue = as_double(p.tariffs);
  o.export_tax_revenue = as_double(p.export_taxes);
  o.rents = as_double(p.rents);
  o.subsidies = as_double(p.subsidies);
  o.real_output = matrix(N, J, 1);
  for (std::size_t n = 0; n < N; ++n) {
    for (std::size_t j = 0; j < J; ++j) {
      if (w.output[n][j] == 0) continue;
      Real const price = p.cost[n][j] * (1 - Real{policy.subsidy[n][j]});
      o.real_output[n][j] = as_double(p.output[n][j] / w.output[n][j] / price);
    }
  }
  o.base_exports = o.base_imports = o.exports = o.imports = Vector(N, 0);
  o.flow = cube(J, N, N, 0);
  for (std::size_t j = 0; j < J; ++j) {
    for (std::size_t n = 0; n < N; ++n) {
      for (std::size_t i = 0; i < N; ++i) {
        double const before = w.share[j][n][i] * w.spending[n][j] / (1 + w.tariff[j][n][i]);
        Real crossing =
            p.seller_part[j][n][i] * p.spending[n][j] * (1 + Real{policy.export_tax[j][n][i]});
        for (Quota const& quota : policy.quotas) {
          if (quota.sector != j || quota.buyer != n || quota.seller != i) continue;
          if (quota.rents != Rents::exporter) continue;
          crossing = p.share[j][n][i] * p.spending[n][j] / (1 + Real{policy.tariff[j][n][i]});
        }
        o.flow[j][n][i] = as_double(crossing);
        if (i == n) continue;
        o.base_exports[i] += before;
        o.base_imports[n] += before;
        o.exports[i] += o.flow[j][n][i];
        o.imports[n] += o.flow[j][n][i];
      }
    }
  }
  for (std::size_t q = 0; q < policy.quotas.size(); ++q) {
    o.quota_wedge.push_back(as_double(std::expm1(std::max(Real{0}, unknowns[N + N * J + q]))));
    o.quota_quantity.push_back(as_double(system.quantity(p, policy.quotas[q])));
  }
  for (std::size_t n = 0; n < N; ++n) {
    Real const log = std::log(p.income[n] / w.income[n] / p.final_price[n]);
    o.log_welfare.push_back(log);
    o.welfare.push_back(as_double(std::exp(log)));
  }
  o.percent = first_order(w, p, policy, [](Real x) { return x - 1; });
  o.logs = first_order(w, p, policy, [](Real x) { return std::log(x); });
  return o;
}

}  // namespace

Matrix matrix(std::size_t rows, std::size_t columns, double value) {
  return Matrix(rows, Vector(columns, value));
}

Cube cube(std::size_t a, std::size_t b, std::size_t c, double value) {
  return Cube(a, matrix(b, c, value));
}

Policy no_change(World const& world) {
  std::size_t const N = world.regions, J = world.sectors;
  Policy policy;
  policy.tariff = world.tariff;
  policy.export_tax = cube(J, N, N, 0);
  policy.iceberg = policy.mask = policy.quality = cube(J, N, N, 1);
  policy.subsidy = matrix(N, J, 0);
  policy.productivity = matrix(N, J, 1);
  return policy;
}

Model cobb_douglas(World const& world) {
  Model model;
  model.sigma_value_added = model.sigma_materials = Vector(world.sectors, 1);
  model.specific_share = matrix(world.regions, world.sectors, 0);
  model.wage_floor = Vector(world.regions, 0);
  return model;
}

Outcome solve(World const& world, Policy const& policy, Model const& model, std::size_t effort) {
  Real const tolerance = 1e-12L;
  System const system(world, policy, model);
  Outcome failed;
  failed.lost = system.lost();
  if (!failed.lost.empty()) {
    failed.status = Status::essential_lost;
    return failed;
  }
  if (!system.balanced()) {
    failed.status = Status::unbalanced;
    return failed;
  }
  if (!system.productive()) {
    failed.status = Status::unproductive;
    return failed;
  }
  auto const improved = [](System const& s, Reals const& x) {
    return newton([&](Reals const& at) { return s.residual(at); }, x);
  };
  Root const direct = improved(system, system.start());
  Reals x = direct.x;
  Real excess = std::max(system.excess(x), direct.residual);
  if (!(excess <= tolerance)) {  // the change in parts, as large as they can be followed
    Reals from = system.start();
    double done = 0, step = 0.25;
    std::size_t spent = system.prices_solved();
    while (!(excess <= tolerance) && step > 1e-4 && spent < effort) {
      double const next = std::min(1.0, done + step);
      Part const part = part_of(world, policy, model, next);
      System const on_the_way(part.world, next < 1 ? part.policy : policy,
                              next < 1 ? part.model : model);
      Root const root = improved(on_the_way, from);
      spent += on_the_way.prices_solved();
      if (!(root.residual <= 1e-10L)) {
        step /= 2;
        continue;
      }
      from = root.x;
      done = next;
      step *= 1.5;
      if (done < 1) continue;
      x = from;
      excess = std::max(system.excess(x), root.residual);
      break;
    }
  }
  if (!(excess <= tolerance)) {
    failed.status = Status::not_converged;
    failed.residual = as_double(excess);
    return failed;
  }
  Outcome result = outcome_of(world, policy, system, *system.point(x), x);
  result.residual = as_double(excess);
  return result;
}

}  // namespace linchpin::reference::trade
