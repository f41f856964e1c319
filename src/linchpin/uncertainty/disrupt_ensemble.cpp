// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/disrupt_ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "linchpin/uncertainty/disrupt_parameters.h"

namespace linchpin::uncertainty {
namespace {

Outcome outcome_of(disrupt::Summary const& summary, DisruptEnsembleRequest const& request) {
  Outcome outcome;
  for (auto const* losses :
       {&summary.final_use_loss_pct, &summary.value_added_loss_pct, &summary.output_loss_pct}) {
    outcome.scalars.insert(outcome.scalars.end(), losses->begin(), losses->end());
  }
  outcome.scalars.push_back(summary.output_loss_pct.back() > request.threshold_pct ? 1.0 : 0.0);
  auto const days = summary.region_output.columns();
  outcome.series = DenseMatrix(std::size(ensemble_series), days);
  std::size_t row = 0;
  for (auto const* shares :
       {&summary.region_final_use, &summary.region_value_added, &summary.region_output}) {
    auto const values = shares->row(request.focus.index());
    std::copy(values.begin(), values.end(), outcome.series.row(row++).begin());
  }
  return outcome;
}

/// "how large stocks are (inventory_days)", or the members of a group.
std::string factor_words(Ensemble const& ensemble, std::size_t factor) {
  std::string words;
  for (auto const member : ensemble.factors[factor].members) {
    words += (words.empty() ? "" : " together with ") +
             parameter_words(ensemble.uncertain[member].parameter);
  }
  return words;
}

}  // namespace

double amplification_pct(Scenario const& scenario, disrupt::Path const& central) {
  constexpr double most_amplification = 5;
  constexpr double days_per_year = 365;
  auto const sum = [](auto const& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  double touched = (sum(central.reach.cuts) + sum(central.reach.capacity_losses)) / days_per_year;
  auto const add_output = [&](std::vector<IndustryId> const& industries) {
    for (auto const each : industries) touched += central.output_baseline[each.index()];
  };
  for (auto const& loss : scenario.capital_losses) add_output(loss.industries);
  for (auto const& shock : scenario.labour_shocks) add_output(shock.industries);
  for (auto const& shift : scenario.demand_shifts) {
    for (auto const each : shift.regions) {
      touched += central.region_final_use_baseline[each.index()];
    }
  }
  double const output = sum(central.output_baseline);
  bool const known = touched > 0 && output > 0;
  return known ? 100 * most_amplification * touched / output
               : std::numeric_limits<double>::infinity();
}

Result<Ensemble> disrupt_ensemble(Economy const& economy, Scenario const& scenario,
                                  disrupt::ModelOptions const& options,
                                  DisruptEnsembleRequest const& request,
                                  RunControl const& control) {
  auto const& space = economy.space();
  EnsembleRequest asked{
      .uncertain = request.uncertain.empty() ? default_uncertain(options) : request.uncertain,
      .design = request.design,
      .draws = request.draws,
      .seed = request.seed,
      .fingerprint = request.fingerprint,
      .checkpoint = request.checkpoint};
  auto const parameters = find_parameters(asked.uncertain, space, scenario, options);
  if (!parameters) return fail(parameters.error());
  auto const regions = space.regions();
  asked.scalars = threshold_place(regions) + 1;
  asked.headline = scalar_place(0, request.focus.index(), regions);
  asked.series = std::size(ensemble_series);
  asked.steps = static_cast<std::size_t>(options.days);
  asked.fingerprint.emplace_back("focus", space.label(request.focus));
  asked.fingerprint.emplace_back("threshold", fmt::to_string(request.threshold_pct));
  asked.fingerprint.emplace_back("days", fmt::to_string(options.days));

  auto const evaluate = [&](DenseMatrix const& values,
                            RunControl const& inner) -> Result<std::vector<Result<Outcome>>> {
    std::vector<Scenario> scenarios(values.rows(), scenario);
    std::vector<disrupt::ModelOptions> all(values.rows(), options);
    std::vector<disrupt::Run> runs;
    for (std::size_t k = 0; k < values.rows(); ++k) {
      apply(*parameters, values.row(k), space, scenarios[k], all[k]);
      runs.push_back({&scenarios[k], &all[k]});
    }
    auto const summaries = disrupt::simulate_block(economy, runs, inner);
    if (!summaries) return fail(summaries.error());
    std::vector<Result<Outcome>> outcomes;
    for (auto const& summary : *summaries) {
      if (summary) {
        outcomes.emplace_back(outcome_of(*summary, request));
      } else {
        outcomes.emplace_back(tl::unexpected(summary.error()));
      }
    }
    return outcomes;
  };
  return run_ensemble(asked, evaluate, control);
}

std::string ledger_sentence(Ensemble const& ensemble) {
  if (!ensemble.sensitivity) {
    auto const needed = sampling::fewest_groups * (ensemble.factors.size() + 2);
    if (ensemble.design == sampling::DesignKind::sobol && ensemble.draws < needed) {
      return fmt::format(
          "Which assumption moves this result most is not known from {} draws: that takes {}.",
          ensemble.draws, needed);
    }
    return fmt::format("A {} design does not tell which assumption moves this result most.",
                       sampling::to_string(ensemble.design));
  }
  auto const& factors = ensemble.sensitivity->factors;
  if (factors.empty()) {
    return "None of the numbers taken to be uncertain moves this result.";
  }
  std::vector<std::size_t> order(factors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return factors[a].total.value > factors[b].total.value;
  });
  constexpr std::size_t most = 3;
  if (order.size() > most) order.resize(most);
  std::string sentence;
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto const share =
        fmt::format("{:.0f} % of its variance{}", 100 * factors[order[i]].total.value,
                    i == 0 ? ", interactions included" : "");
    sentence +=
        fmt::format("{}{}: {}", i == 0 ? "" : "; ", factor_words(ensemble, order[i]), share);
  }
  return fmt::format("What moves this result most: {}.", sentence);
}

}  // namespace linchpin::uncertainty
