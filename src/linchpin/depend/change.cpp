// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/change.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <optional>

#include "linchpin/depend/lu.h"

namespace linchpin::depend {

std::array<std::string_view, change_factors> const change_factor_names = {
    "value_added_share", "technology", "input_sourcing", "final_sourcing", "final_demand"};

namespace {

/// Which year each factor is taken from.
using State = std::array<bool, change_factors>;  // true: the second year

bool of(State const& state, ChangeFactor factor) {
  return state[static_cast<std::size_t>(factor)];
}

/// A column of purchases, n entries, split by product: totals (sectors) and shares of the sellers.
class Purchases {
 public:
  explicit Purchases(IndustrySpace const& space) : space_(space), amount_(space.sectors()) {}

  /// How much of each product is bought, and whether all its cells are >= 0.
  void measure(std::span<double const> column) {
    std::fill(amount_.begin(), amount_.end(), 0.0);
    splittable_.assign(amount_.size(), true);
    for (std::size_t i = 0; i < column.size(); ++i) {
      auto const product = space_.sector_of(IndustryId{i}).index();
      amount_[product] += column[i];
      if (column[i] < 0) splittable_[product] = false;
    }
  }
  [[nodiscard]] double amount(std::size_t product) const { return amount_[product]; }
  [[nodiscard]] bool splittable(std::size_t product) const { return splittable_[product]; }

 private:
  IndustrySpace const& space_;
  DenseVector amount_;
  std::vector<bool> splittable_;
};

/// `amounts` of one year bought with the sourcing of the other, into `result`.
void mix(IndustrySpace const& space, std::span<double const> amounts,
         std::span<double const> sourcing, Purchases& wanted, Purchases& source,
         std::span<double> result) {
  wanted.measure(amounts);
  source.measure(sourcing);
  for (std::size_t i = 0; i < result.size(); ++i) {
    auto const product = space.sector_of(IndustryId{i}).index();
    bool const split = wanted.splittable(product) && source.splittable(product) &&
                       wanted.amount(product) > 0 && source.amount(product) > 0;
    result[i] = split ? wanted.amount(product) * (sourcing[i] / source.amount(product)) : amounts[i];
  }
}

/// Columns of `amounts` with the sourcing of `sourcing`, both n x k.
DenseMatrix mixed(IndustrySpace const& space, DenseMatrix const& amounts,
                  DenseMatrix const& sourcing) {
  auto const n = amounts.rows(), k = amounts.columns();
  DenseMatrix result(n, k);
  Purchases wanted(space), source(space);
  DenseVector from(n), shares(n), to(n);
  for (std::size_t c = 0; c < k; ++c) {
    for (std::size_t i = 0; i < n; ++i) {
      from[i] = amounts(i, c);
      shares[i] = sourcing(i, c);
    }
    mix(space, from, shares, wanted, source, to);
    for (std::size_t i = 0; i < n; ++i) result(i, c) = to[i];
  }
  return result;
}

DenseMatrix coefficients(LeontiefSystem const& system) {
  auto const n = system.size();
  DenseMatrix A(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) A(i, j) = system.coefficient(IndustryId{i}, IndustryId{j});
  }
  return A;
}

DenseMatrix final_demand(LeontiefSystem const& system) {
  auto const n = system.size(), G = system.space().regions();
  DenseMatrix Y(n, G);
  std::copy_n(system.final_use().raw(), n * G, Y.data());
  return Y;
}

/// I - A of mixed years, factorised.
Result<DenseMatrix> factors_of_mix(IndustrySpace const& space, DenseMatrix A,
                                   RunControl const& control) {
  for (std::size_t i = 0; i < A.rows(); ++i) {
    for (double& value : A.row(i)) value = -value;
    A(i, i) += 1.0;
  }
  auto const bad = factorise(A, control);
  if (!bad) return fail(bad.error());
  if (bad->has_value()) {
    return fail(ErrorCode::unproductive_table,
                "technology of one year with the sourcing of the other needs more than it makes",
                space.label(IndustryId{**bad}), "look for negative value added in both tables");
  }
  return A;
}

/// Evaluates V L Y summed over industries for any mix of the two years.
class Mixer {
 public:
  Mixer(LeontiefSystem const& before, LeontiefSystem const& after)
      : systems_{before, after} {
    auto const& space = before.space();
    Y_[0][0] = final_demand(before);
    Y_[1][1] = final_demand(after);
    Y_[1][0] = mixed(space, Y_[0][0], Y_[1][1]);  // [sourcing][amounts]
    Y_[0][1] = mixed(space, Y_[1][1], Y_[0][0]);
  }

  Result<void> factorise_mixes(RunControl const& control) {
    auto const& space = systems_[0].space();
    auto const A0 = coefficients(systems_[0]), A1 = coefficients(systems_[1]);
    for (int sourcing = 0; sourcing < 2; ++sourcing) {
      auto factors = factors_of_mix(space, sourcing == 1 ? mixed(space, A0, A1) : mixed(space, A1, A0),
                                    control);
      if (!factors) return fail(factors.error());
      mixes_[sourcing] = *std::move(factors);
    }
    return {};
  }

  [[nodiscard]] DenseMatrix evaluate(State const& state, RunControl const& control) const {
    using enum ChangeFactor;
    auto X = Y_[of(state, final_sourcing) ? 1 : 0][of(state, final_demand) ? 1 : 0];
    bool const technology_after = of(state, technology), sourcing_after = of(state, input_sourcing);
    if (technology_after == sourcing_after) {
      systems_[technology_after ? 1 : 0].solve(X, control);
    } else {
      solve_factorised(mixes_[sourcing_after ? 1 : 0], X, control.threads);
    }
    auto const share = systems_[of(state, value_added_share) ? 1 : 0].value_added_share();
    auto const& space = systems_[0].space();
    DenseMatrix result(space.regions(), space.regions());
    for (std::size_t i = 0; i < X.rows(); ++i) {
      auto const to = result.row(space.region_of(IndustryId{i}).index());
      for (std::size_t s = 0; s < to.size(); ++s) to[s] += share[IndustryId{i}] * X(i, s);
    }
    return result;
  }

 private:
  std::array<LeontiefSystem, 2> systems_;
  std::array<std::array<DenseMatrix, 2>, 2> Y_;
  std::array<DenseMatrix, 2> mixes_;  // factors, by the year of the sourcing
};

std::vector<std::string> industries(IndustrySpace const& space) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < space.size(); ++i) labels.push_back(space.label(IndustryId{i}));
  return labels;
}

}  // namespace

namespace {

Result<StructuralChange> decompose(LeontiefSystem const& before, LeontiefSystem const& after,
                                   RunControl const& control) {
  if (industries(before.space()) != industries(after.space())) {
    return fail(ErrorCode::size_mismatch, "the tables have different industries", "change",
                "bring both to one list with `linchpin table aggregate --regions --sectors`");
  }
  if (!(before.economy().info().unit == after.economy().info().unit)) {
    return fail(ErrorCode::size_mismatch,
                "the tables are in " + to_string(before.economy().info().unit) + " and " +
                    to_string(after.economy().info().unit),
                "change", "convert one of them, or compare tables of one publisher");
  }
  Mixer mixer(before, after);
  if (auto const done = mixer.factorise_mixes(control); !done) return fail(done.error());
  StructuralChange change;
  auto const G = before.space().regions();
  for (auto& effect : change.effects) effect = DenseMatrix(G, G);
  for (bool const reversed : {false, true}) {
    // Not reversed: the first factors are of the second year; reversed: the last ones.
    State state{};
    auto value = mixer.evaluate(state, control);
    if (!reversed) change.before = value;
    for (std::size_t step = 0; step < change_factors; ++step) {
      auto const factor = reversed ? change_factors - 1 - step : step;
      state[factor] = true;
      if (control.cancel.cancelled()) {
        return fail(ErrorCode::cancelled, "stopped on request", "change", "run it again");
      }
      auto const next = mixer.evaluate(state, control);
      auto const effect = change.effects[factor].values();
      for (std::size_t k = 0; k < effect.size(); ++k) {
        effect[k] += 0.5 * (next.values()[k] - value.values()[k]);
      }
      value = next;
      control.report("change", step + 1 + (reversed ? change_factors : 0), 2 * change_factors);
    }
    change.after = value;
  }
  return change;
}

}  // namespace

Result<StructuralChange> structural_change(LeontiefSystem const& before,
                                           LeontiefSystem const& after, RunControl const& control) {
  try {
    return decompose(before, after, control);
  } catch (std::bad_alloc const&) {
    auto const n = static_cast<double>(before.size());
    return fail(ErrorCode::too_large,
                fmt::format("the mixes of two years of {} industries take about {:.1f} GB",
                            before.size(), 6 * n * n * sizeof(double) / 1e9),
                "change", "aggregate both tables");
  }
}

}  // namespace linchpin::depend
