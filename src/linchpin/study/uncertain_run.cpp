// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/uncertain_run.h"

#include <fmt/format.h>

#include <utility>

#include "linchpin/results/number_text.h"
#include "linchpin/study/headlines.h"
#include "linchpin/study/words.h"
#include "linchpin/uncertainty/disrupt_ensemble.h"
#include "linchpin/uncertainty/disrupt_swings.h"
#include "linchpin/uncertainty/summary.h"

namespace linchpin::study {

Result<std::vector<EnsembleSummary>> run_ensembles(ResolvedStudy const& study,
                                                   Economy const& economy,
                                                   std::span<ScenarioAnswer const> answers,
                                                   RunControl const& control,
                                                   DrawStore const& store) {
  std::vector<EnsembleSummary> summaries;
  if (!study.ensemble) return summaries;
  std::vector<std::pair<std::string, std::string>> fingerprint;
  if (store.fingerprint) {
    auto found = store.fingerprint();
    if (!found) return fail(found.error());
    fingerprint = *std::move(found);
  }
  for (std::size_t k = 0; k < answers.size(); ++k) {
    auto const& answer = answers[k];
    auto const& scenario = *answer.scenario;
    auto summary =
        scenario_ensemble(economy, scenario, answer.path, *study.ensemble, study.disrupt.focus,
                          control, fingerprint, store.sink ? store.sink(k) : nullptr);
    if (!summary) {
      auto error = summary.error();
      error.where = fmt::format("scenario '{}': {}", scenario.scenario.name, error.where);
      return fail(std::move(error));
    }
    summaries.push_back(*std::move(summary));
  }
  return summaries;
}

Result<EnsembleSummary> scenario_ensemble(
    Economy const& economy, ResolvedScenario const& scenario, disrupt::Path const& path,
    EnsembleSpec const& spec, std::optional<RegionId> focus, RunControl const& control,
    std::vector<std::pair<std::string, std::string>> fingerprint, sampling::CheckpointSink* sink) {
  uncertainty::DisruptEnsembleRequest const request{
      .uncertain = scenario.uncertain,
      .design = spec.design,
      .draws = spec.draws,
      .seed = Seed{spec.seed},
      .threshold_pct = uncertainty::amplification_pct(scenario.scenario, path),
      .focus = headline_region(scenario, economy.space(), focus).value_or(RegionId{0}),
      .fingerprint = std::move(fingerprint),
      .checkpoint = sink};
  auto const ensemble = uncertainty::disrupt_ensemble(economy, scenario.scenario, scenario.options,
                                                      request, control);
  if (!ensemble) return fail(ensemble.error());
  return uncertainty::summarise(economy.space(), scenario.scenario.name, path, request, *ensemble);
}

Result<SwingSummary> scenario_swings(Economy const& economy, ResolvedScenario const& scenario,
                                     disrupt::Path const& path, std::optional<RegionId> focus,
                                     RunControl const& control) {
  return uncertainty::disrupt_swings(
      economy, scenario.scenario, scenario.options, scenario.uncertain,
      headline_region(scenario, economy.space(), focus), path, control);
}

bool has_ledger(EnsembleSummary const& ensemble) { return !ensemble.sensitivity.empty(); }

std::string ensemble_headline(EnsembleSummary const& ensemble, IndustrySpace const& space,
                              int days) {
  auto const* loss = find_loss(ensemble, ensemble.focus, headline_measure);
  auto const region = space.find_region(ensemble.focus, "");
  if (loss == nullptr || !loss->defined || !region) return ensemble.ledger;
  auto const draws = count_words(ensemble.draws, "draw", "draws");
  auto const who = possessive(region_words(space, *region));
  auto const words =
      ensemble.has_quantiles
          ? fmt::format(
                "the loss of {} final use over {} days lies between {} and {} in nine draws "
                "of ten (median {}, central run {})",
                who, days, percent_words(loss->p05), percent_words(loss->p95),
                percent_words(loss->p50), percent_words(loss->central))
          : fmt::format(
                "the loss of {} final use over {} days is {} on average, with a standard "
                "deviation of {} (central run {})",
                who, days, percent_words(loss->mean), percent_words(loss->standard_deviation),
                percent_words(loss->central));
  return fmt::format("Over {} of what is uncertain, {}. {}", draws, words, ensemble.ledger);
}

ResultNote ensemble_note(EnsembleSummary const& ensemble) {
  auto text = fmt::format("{} of a {} design with seed {} in scenario '{}'. ",
                          count_words(ensemble.draws, "draw", "draws"), ensemble.design,
                          ensemble.seed, ensemble.scenario);
  text += ensemble.assumed
              ? "The study does not say what is uncertain; these ranges are Linchpin's assumptions:"
              : "The study says what is uncertain:";
  char const* separator = " ";
  for (auto const& each : ensemble.parameters) {
    text += fmt::format("{}{}, {} {} to {}", separator, each.words, each.distribution, each.low,
                        each.high);
    separator = "; ";
  }
  text += ". Quantiles say what follows from these ranges, not how likely the ranges are.";
  return {NoteKind::assumption, "Uncertain numbers", std::move(text)};
}

}  // namespace linchpin::study
