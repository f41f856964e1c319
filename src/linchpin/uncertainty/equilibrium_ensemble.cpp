// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/equilibrium_ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/parallel.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/uncertainty/equilibrium_parameters.h"

namespace linchpin::uncertainty {
namespace {

/// Everything the draws share.
struct Central {
  equilibrium::TradeBase const& base;
  equilibrium::TradePolicy const& policy;
  equilibrium::Closure const& closure;
  equilibrium::TradeState const& state;
  std::vector<EquilibriumParameter> const& parameters;
  std::vector<bool> const& outlier;

  [[nodiscard]] bool left_out(std::size_t region) const {
    return !outlier.empty() && outlier[region];
  }
};

Result<Outcome> solve_draw(Central const& central, std::span<double const> values,
                           RunControl const& control) {
  auto base = central.base;
  auto closure = central.closure;
  apply(central.parameters, values, base.theta, closure);
  auto const found = equilibrium::solve(base, central.policy, closure, {}, &central.state, control);
  if (!found) return fail(found.error());
  Outcome outcome;
  double gains = 0;
  double spending = 0;
  auto const all = equilibrium::outcomes(base, central.policy, *found);
  for (std::size_t n = 0; n < all.size(); ++n) {
    outcome.scalars.push_back(all[n].welfare_exact);
    if (central.left_out(n)) continue;
    gains += all[n].equivalent_variation;
    spending += base.final_spending(n);
  }
  outcome.scalars.push_back(spending > 0 ? 100 * gains / spending : 0.0);
  return outcome;
}

void add_parameters(Ensemble const& ensemble, EquilibriumBands& bands) {
  for (auto const& each : ensemble.uncertain) {
    auto const& d = each.distribution;
    bands.parameters.push_back({each.parameter, equilibrium_parameter_words(each.parameter),
                                sampling::to_string(d.kind), d.low, d.high, d.mode,
                                each.correlation_group});
  }
}

void add_sensitivity(Ensemble const& ensemble, EquilibriumBands& bands) {
  if (!ensemble.sensitivity || ensemble.sensitivity->factors.empty()) {
    bands.no_sensitivity =
        ensemble.sensitivity
            ? std::string{"none of the numbers taken to be uncertain moves this result"}
            : fmt::format("a {} design of {} draws does not tell which number moves it",
                          sampling::to_string(ensemble.design), ensemble.draws);
    return;
  }
  auto const& indices = ensemble.sensitivity->factors;
  for (std::size_t f = 0; f < indices.size(); ++f) {
    EnsembleSensitivity row;
    row.parameter = ensemble.factors[f].name;
    row.first = indices[f].first.value;
    row.total = indices[f].total.value;
    row.first_interval = {indices[f].first.low, indices[f].first.high};
    row.total_interval = {indices[f].total.low, indices[f].total.high};
    bands.sensitivity.push_back(std::move(row));
  }
}

}  // namespace

Result<EquilibriumBands> equilibrium_ensemble(equilibrium::TradeBase const& base,
                                              equilibrium::TradePolicy const& policy,
                                              equilibrium::Closure const& closure,
                                              equilibrium::Equilibrium const& central,
                                              std::vector<double> const& central_welfare,
                                              EquilibriumEnsembleRequest const& request,
                                              RunControl const& control) {
  auto const regions = base.grid.regions;
  LINCHPIN_EXPECTS(central_welfare.size() == regions + 1 && request.focus < regions);
  LINCHPIN_EXPECTS(request.outlier.empty() || request.outlier.size() == regions);
  bool const no_result =
      !request.outlier.empty() &&
      std::all_of(request.outlier.begin(), request.outlier.end(), [](bool each) { return each; });
  bool const assumed = request.uncertain.empty();
  EnsembleRequest const asked{
      .uncertain = assumed ? default_equilibrium_uncertain(closure) : request.uncertain,
      .design = request.design,
      .draws = request.draws,
      .seed = request.seed,
      .scalars = regions + 1,
      .headline = request.focus};
  auto const parameters = find_equilibrium_parameters(asked.uncertain, base.sectors);
  if (!parameters) return fail(parameters.error());
  Central const shared{base, policy, closure, central.state, *parameters, request.outlier};
  auto const evaluate = [&](DenseMatrix const& values,
                            RunControl const& inner) -> Result<std::vector<Result<Outcome>>> {
    std::vector<Result<Outcome>> outcomes(values.rows());
    RunControl const quiet{.threads = inner.threads, .cancel = inner.cancel, .progress = {}};
    auto const done = parallel_for(values.rows(), quiet, "drawing", [&](std::size_t k) {
      outcomes[k] = solve_draw(shared, values.row(k), quiet);
    });
    if (!done) return fail(done.error());
    return outcomes;
  };
  auto const ensemble = run_ensemble(asked, evaluate, control);
  if (!ensemble) return fail(ensemble.error());

  EquilibriumBands bands;
  bands.design = sampling::to_string(ensemble->design);
  bands.seed = request.seed.value();
  bands.draws = ensemble->draws;
  bands.independent = ensemble->independent;
  bands.failed = ensemble->failed;
  for (auto const& each : ensemble->failures) bands.failures.emplace_back(each.draw, each.reason);
  bands.has_quantiles = ensemble->has_quantiles;
  bands.assumed = assumed;
  if (!no_result) bands.focus = base.regions[request.focus];
  bands.warnings = ensemble->warnings;
  for (std::size_t n = 0; n <= regions; ++n) {
    bool const world = n == regions;
    if (world && no_result) break;
    auto const& spread = ensemble->scalars[n];
    bands.bands.push_back({world ? std::string{"WORLD"} : base.regions[n], welfare_measure,
                           central_welfare[n], spread.p05, spread.p50, spread.p95, spread.mean,
                           spread.standard_deviation, !world && shared.left_out(n)});
  }
  add_parameters(*ensemble, bands);
  if (no_result) {
    bands.no_sensitivity = "every region is an outlier, not a result";
  } else {
    add_sensitivity(*ensemble, bands);
  }
  return bands;
}

}  // namespace linchpin::uncertainty
