// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/summary.h"

#include <fmt/format.h>

#include <cmath>

#include "linchpin/results/loss_measures.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/uncertainty/disrupt_parameters.h"

namespace linchpin::uncertainty {
namespace {

LossMeasure const& measure_called(std::string const& name) {
  for (auto const& each : loss_measures) {
    if (name == each.name) return each;
  }
  return loss_measures[0];
}

void add_losses(EnsembleSummary& summary, IndustrySpace const& space, disrupt::Path const& central,
                Ensemble const& ensemble) {
  for (std::size_t m = 0; m < std::size(ensemble_measures); ++m) {
    auto const& measure = measure_called(ensemble_measures[m]);
    for (std::size_t r = 0; r <= space.regions(); ++r) {
      auto const& spread = ensemble.scalars[scalar_place(m, r, space.regions())];
      auto const loss = loss_of(central, measure, r);
      summary.losses.push_back({r < space.regions() ? space.label(RegionId{r}) : "WORLD",
                                measure.name, loss.has_value(), loss.value_or(0.0), spread.p05,
                                spread.p50, spread.p95, spread.mean, spread.standard_deviation});
    }
  }
}

void add_parameters(EnsembleSummary& summary, Ensemble const& ensemble) {
  for (auto const& each : ensemble.uncertain) {
    auto const& d = each.distribution;
    summary.parameters.push_back({each.parameter, parameter_words(each.parameter),
                                  sampling::to_string(d.kind), d.low, d.high, d.mode,
                                  each.correlation_group});
  }
}

void add_sensitivity(EnsembleSummary& summary, Ensemble const& ensemble) {
  if (!ensemble.sensitivity || ensemble.sensitivity->factors.empty()) {
    summary.no_sensitivity = summary.ledger;
    if (!ensemble.sensitivity) return;
  }
  summary.groups = ensemble.sensitivity->groups;
  summary.groups_dropped = ensemble.sensitivity->dropped;
  auto const& indices = ensemble.sensitivity->factors;
  for (std::size_t f = 0; f < indices.size(); ++f) {
    EnsembleSensitivity row;
    row.parameter = ensemble.factors[f].name;
    for (auto const member : ensemble.factors[f].members) {
      row.members.push_back(ensemble.uncertain[member].parameter);
    }
    row.first = indices[f].first.value;
    row.total = indices[f].total.value;
    row.first_interval = {indices[f].first.low, indices[f].first.high};
    row.total_interval = {indices[f].total.low, indices[f].total.high};
    summary.sensitivity.push_back(std::move(row));
  }
}

std::vector<double> row_of(DenseMatrix const& band, std::size_t row) {
  auto const values = band.row(row);
  return {values.begin(), values.end()};
}

void add_bands(EnsembleSummary& summary, Ensemble const& ensemble) {
  if (!ensemble.has_quantiles) return;
  summary.band_resolution = sampling::Histogram::width;
  for (std::size_t s = 0; s < ensemble.band_p50.rows(); ++s) {
    summary.bands.push_back({summary.focus, ensemble_series[s], row_of(ensemble.band_p05, s),
                             row_of(ensemble.band_p50, s), row_of(ensemble.band_p95, s)});
  }
}

}  // namespace

EnsembleSummary summarise(IndustrySpace const& space, std::string const& scenario,
                          disrupt::Path const& central, DisruptEnsembleRequest const& request,
                          Ensemble const& ensemble) {
  EnsembleSummary summary;
  summary.scenario = scenario;
  summary.focus = space.label(request.focus);
  summary.design = sampling::to_string(ensemble.design);
  summary.seed = request.seed.value();
  summary.draws = ensemble.draws;
  summary.independent = ensemble.independent;
  summary.failed = ensemble.failed;
  for (auto const& each : ensemble.failures) summary.failures.emplace_back(each.draw, each.reason);
  summary.has_quantiles = ensemble.has_quantiles;
  summary.assumed = request.uncertain.empty();
  summary.ledger = ledger_sentence(ensemble);
  summary.warnings = ensemble.warnings;
  double const beyond = ensemble.scalars[threshold_place(space.regions())].mean;
  summary.beyond_threshold =
      static_cast<std::size_t>(std::lround(beyond * static_cast<double>(ensemble.independent)));
  if (summary.beyond_threshold > 0) {
    summary.warnings.push_back(fmt::format(
        "In {} of {} independent draws shortages feed on themselves: world output loses more than "
        "five times what the events touch. That is a threshold of the model, not a forecast: upper "
        "quantiles then say that something breaks, not how much.",
        summary.beyond_threshold, ensemble.independent));
  }
  add_losses(summary, space, central, ensemble);
  add_parameters(summary, ensemble);
  add_sensitivity(summary, ensemble);
  add_bands(summary, ensemble);
  return summary;
}

}  // namespace linchpin::uncertainty
