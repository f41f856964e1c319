// SPDX-License-Identifier: Apache-2.0
#include "linchpin/disrupt/static_output.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "linchpin/core/random.h"
#include "linchpin/disrupt/linear_programme.h"

namespace linchpin::disrupt {
namespace {

constexpr int most_rounds = 10'000;
/// Final use that moves less than this share of its cap in a round has settled.
constexpr double settled_within = 1e-13;
/// Deliveries beyond output, as a share of the first orders, that are rounding.
constexpr double overdrawn = 1e-11;

void check_caps(DenseVector const& caps, char const* name, bool finite, ErrorList& errors) {
  for (std::size_t i = 0; i < caps.size(); ++i) {
    if (caps[i] >= 0 && (!finite || std::isfinite(caps[i]))) continue;
    errors.add(ErrorCode::bad_value, fmt::format("the cap is {}", caps[i]),
               fmt::format("{} of industry {}", name, i), "caps are at least 0");
  }
}

Result<void> check(StaticSystem const& system) {
  ErrorList errors;
  auto const& A = system.coefficients;
  auto const n = A.rows();
  if (A.columns() != n || system.most_final.size() != n || system.most_output.size() != n) {
    errors.add(ErrorCode::size_mismatch,
               fmt::format("A is {} x {}, with {} caps of final use and {} of output", n,
                           A.columns(), system.most_final.size(), system.most_output.size()),
               "static system", "give a square A and one cap of each kind per industry");
    return fail(errors.joined());
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (A(i, j) >= 0 && std::isfinite(A(i, j))) continue;
      errors.add(ErrorCode::bad_value, fmt::format("the coefficient is {}", A(i, j)),
                 fmt::format("A({}, {})", i, j), "coefficients are at least 0");
    }
  }
  check_caps(system.most_final, "final use", true, errors);
  check_caps(system.most_output, "output", false, errors);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// Share of what `clients` order that each gets when they are served one after the other.
void serve_in_order(std::vector<std::size_t> const& clients, DenseVector const& orders,
                    double supply, DenseVector& served) {
  for (auto const j : clients) {
    double const share = orders[j] > supply ? supply / orders[j] : 1.0;
    served[j] = std::min(served[j], share);
    supply = std::max(0.0, supply - orders[j]);
  }
}

/// One industry per turn, all in an order drawn from stream `seller`.
std::vector<std::size_t> drawn_order(std::size_t count, std::uint64_t seed, std::size_t seller) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Rng rng(Seed{seed}, seller);
  for (std::size_t k = count; k > 1; --k) std::swap(order[k - 1], order[rng.below(k)]);
  return order;
}

/// Share of its orders that each industry gets of the input it gets least of, if sellers can make
/// `caps`.
DenseVector bottlenecks(StaticSystem const& system, DenseVector const& caps,
                        DenseVector const& demand, StaticRationing rationing, std::uint64_t seed) {
  auto const n = demand.size();
  DenseVector served(n, 1.0);
  DenseVector orders(n);
  for (std::size_t i = 0; i < n; ++i) {
    double total = 0;
    for (std::size_t j = 0; j < n; ++j) {
      orders[j] = system.coefficients(i, j) * demand[j];
      total += orders[j];
    }
    double const supply = caps[i];
    if (rationing == StaticRationing::proportional) total = demand[i];
    if (total <= supply) continue;
    std::vector<std::size_t> clients;
    if (rationing == StaticRationing::random) {
      clients = drawn_order(n, seed, i);
    } else {
      clients.resize(n);
      std::iota(clients.begin(), clients.end(), std::size_t{0});
    }
    std::erase_if(clients, [&](std::size_t j) { return system.coefficients(i, j) <= 0; });
    if (rationing == StaticRationing::proportional ||
        rationing == StaticRationing::industries_first) {
      for (auto const j : clients) served[j] = std::min(served[j], supply / total);
      continue;
    }
    if (rationing == StaticRationing::largest_first) {
      std::stable_sort(clients.begin(), clients.end(),
                       [&](std::size_t a, std::size_t b) { return orders[a] > orders[b]; });
    }
    serve_in_order(clients, orders, supply, served);
  }
  return served;
}

}  // namespace

Result<StaticOutput> most_possible(StaticSystem const& system, StaticObjective objective) {
  if (auto const checked = check(system); !checked) return fail(checked.error());
  auto const n = system.most_final.size();
  LinearProgramme programme;
  for (std::size_t i = 0; i < n; ++i) {
    static_cast<void>(programme.add_column(system.most_output[i]));
    static_cast<void>(programme.add_row(0, system.most_final[i]));
  }
  DenseVector goal(n, 1.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double const net = (i == j ? 1.0 : 0.0) - system.coefficients(i, j);
      programme.set(i, j, net);
      if (objective == StaticObjective::final_use) goal[j] -= system.coefficients(i, j);
    }
  }
  auto output = maximise(programme, {goal});
  if (!output) return fail(output.error());
  StaticOutput result{*std::move(output), DenseVector(n, 0.0), 0};
  for (auto const& entry : programme.entries) {
    result.final_use[entry.row] += entry.value * result.output[entry.column];
  }
  for (std::size_t i = 0; i < n; ++i) {
    result.final_use[i] = std::clamp(result.final_use[i], 0.0, system.most_final[i]);
  }
  return result;
}

Result<StaticOutput> rationed(StaticSystem const& system, StaticRationing rationing,
                              std::uint64_t seed) {
  if (auto const checked = check(system); !checked) return fail(checked.error());
  auto const n = system.most_final.size();
  auto const size = static_cast<Eigen::Index>(n);
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::Map<RowMajor const> const A(system.coefficients.data(), size, size);
  Eigen::PartialPivLU<Eigen::MatrixXd> const leontief(Eigen::MatrixXd::Identity(size, size) - A);
  StaticOutput result{DenseVector(n, 0.0), system.most_final, 0};
  auto& f = result.final_use;
  auto caps = system.most_output;
  DenseVector demand(n), used(n), reference;
  for (int round = 1; round <= most_rounds; ++round) {
    Eigen::Map<Eigen::VectorXd>(demand.data(), size) =
        leontief.solve(Eigen::Map<Eigen::VectorXd const>(f.data(), size));
    for (std::size_t i = 0; i < n; ++i) {
      bool const sound = std::isfinite(demand[i]) && demand[i] >= -1e-9 * (1 + f[i]);
      if (!sound) {
        return fail(ErrorCode::unproductive_table,
                    fmt::format("orders of {} from industry {}", demand[i], i), "static system",
                    "I - A needs a non-negative inverse: every industry makes more than it uses");
      }
      demand[i] = std::max(0.0, demand[i]);
    }
    if (round == 1) reference = demand;
    auto const served = bottlenecks(system, caps, demand, rationing, seed);
    for (std::size_t i = 0; i < n; ++i) {
      used[i] = served[i] * demand[i];
      result.output[i] = std::min(caps[i], used[i]);
    }
    bool settled = true;
    for (std::size_t i = 0; i < n; ++i) {
      double left = result.output[i];
      for (std::size_t j = 0; j < n; ++j) left -= system.coefficients(i, j) * used[j];
      // Short of inputs, it cannot make even what industries order: from now on that is its cap.
      if (left < -overdrawn * reference[i]) {
        caps[i] = result.output[i];
        settled = false;
      }
      double const next = std::max(0.0, std::min(f[i], left));
      settled = settled && f[i] - next <= settled_within * system.most_final[i];
      f[i] = next;
    }
    result.rounds = round;
    if (settled) return result;
  }
  return fail(ErrorCode::not_converged,
              fmt::format("final use still falls after {} rounds of rationing", most_rounds),
              "static system", "caps very close to zero shrink the system for ever: set them to 0");
}

}  // namespace linchpin::disrupt
