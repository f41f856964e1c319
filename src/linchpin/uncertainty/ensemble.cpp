// SPDX-License-Identifier: Apache-2.0
#include "linchpin/uncertainty/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>

#include "linchpin/core/contracts.h"
#include "linchpin/sampling/quantiles.h"
#include "linchpin/uncertainty/ensemble_state.h"

namespace linchpin::uncertainty {
namespace {

using sampling::Design;
using sampling::DesignKind;

constexpr char const* progress_name = "draws";

/// Values of the draws [first, first + count): one row per draw, one column per uncertain number.
DenseMatrix values_of(Design const& design, EnsembleRequest const& request,
                      std::vector<Factor> const& factors, std::size_t first, std::size_t count) {
  DenseMatrix values(count, request.uncertain.size());
  std::vector<double> point(factors.size());
  for (std::size_t k = 0; k < count; ++k) {
    design.point(first + k, point);
    for (std::size_t f = 0; f < factors.size(); ++f) {
      for (auto const member : factors[f].members) {
        auto const& distribution = request.uncertain[member].distribution;
        values(k, member) = design.standardised() ? distribution.standardised(point[f])
                                                  : distribution.quantile(point[f]);
      }
    }
  }
  return values;
}

/// Progress inside a batch as progress of the whole, so that the time left moves.
RunControl inside(RunControl const& control, std::size_t done, std::size_t count,
                  std::size_t draws) {
  RunControl own{control.threads, control.cancel, {}};
  if (!control.progress) return own;
  own.progress = [&control, done, count, draws](std::string_view, std::size_t part,
                                                std::size_t whole) {
    constexpr std::size_t fine = 1000;
    auto const within = whole == 0 ? 0 : fine * count * part / whole;
    control.report(progress_name, fine * done + within, fine * draws);
  };
  return own;
}

Error stopped(EnsembleRequest const& request, std::size_t done) {
  bool const kept = request.checkpoint != nullptr;
  return {ErrorCode::cancelled, fmt::format("stopped after {} of {} draws", done, request.draws),
          kept ? request.checkpoint->name() : "ensemble",
          kept ? "run it again with the same checkpoint to go on from here"
               : "run it again; with a checkpoint it would go on from where it stopped"};
}

Spread spread_of(EnsembleState const& state, Design const& design, std::size_t scalar) {
  std::vector<double> values;
  for (std::size_t k = 0; k < design.draws(); ++k) {
    if (design.independent(k) && !state.failed(k)) values.push_back(state.scalar(k, scalar));
  }
  Spread spread;
  std::sort(values.begin(), values.end());
  double const count = static_cast<double>(values.size());
  for (double const value : values) spread.mean += value / count;
  double squares = 0;
  for (double const value : values) squares += (value - spread.mean) * (value - spread.mean);
  // Stroud's points stand for the whole distribution; other draws are a sample of it.
  double const divisor = design.standardised() ? count : std::max(count - 1, 1.0);
  spread.standard_deviation = std::sqrt(squares / divisor);
  spread.p05 = sampling::sorted_quantile(values, 0.05);
  spread.p50 = sampling::sorted_quantile(values, 0.5);
  spread.p95 = sampling::sorted_quantile(values, 0.95);
  return spread;
}

sampling::Indices indices_of(EnsembleState const& state, Design const& design,
                             EnsembleRequest const& request) {
  auto const size = design.factors() + 2;
  DenseMatrix values(design.groups(), size);
  std::vector<bool> complete(design.groups(), true);
  for (std::size_t g = 0; g < design.groups(); ++g) {
    for (std::size_t m = 0; m < size; ++m) {
      auto const draw = g * size + m;
      values(g, m) = state.scalar(draw, request.headline);
      if (state.failed(draw)) complete[g] = false;
    }
  }
  return sampling::sensitivity_indices(values, complete, request.seed);
}

void fill_bands(Ensemble& ensemble, EnsembleState const& state) {
  auto const& from = state.state();
  struct Level {
    DenseMatrix* band;
    double p;
  };
  for (auto const [band, p] : {Level{&ensemble.band_p05, 0.05}, Level{&ensemble.band_p50, 0.5},
                               Level{&ensemble.band_p95, 0.95}}) {
    *band = DenseMatrix(from.series, from.steps);
    auto const cells = band->values();
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = from.bands[i].quantile(p);
  }
}

KeptDraws kept_of(EnsembleState const& state, Design const& design, EnsembleRequest const& request,
                  std::vector<Factor> const& factors) {
  KeptDraws kept;
  kept.points = values_of(design, request, factors, 0, design.draws());
  kept.scalars = DenseMatrix(design.draws(), request.scalars);
  for (std::size_t k = 0; k < design.draws(); ++k) {
    kept.usable.push_back(design.independent(k) && !state.failed(k));
    if (state.failed(k)) continue;
    for (std::size_t s = 0; s < request.scalars; ++s) kept.scalars(k, s) = state.scalar(k, s);
  }
  return kept;
}

Result<Ensemble> summary_of(EnsembleState const& state, Design const& design,
                            EnsembleRequest const& request, std::vector<Factor> factors) {
  Ensemble result;
  result.uncertain = request.uncertain;
  result.factors = std::move(factors);
  result.design = design.kind();
  result.draws = design.draws();
  result.has_quantiles = !design.standardised();
  result.failed = state.failures();
  result.failures = state.state().failures;
  for (std::size_t k = 0; k < design.draws(); ++k) {
    if (design.independent(k) && !state.failed(k)) ++result.independent;
  }
  auto const first_reason =
      result.failures.empty() ? std::string{} : result.failures.front().reason;
  if (result.independent == 0) {
    return fail(ErrorCode::bad_value, "every draw failed: " + first_reason, "ensemble",
                "narrow the ranges of the uncertain numbers");
  }
  for (std::size_t s = 0; s < request.scalars; ++s) {
    result.scalars.push_back(spread_of(state, design, s));
  }
  if (request.series > 0) fill_bands(result, state);
  if (request.keep_draws) result.kept = kept_of(state, design, request, result.factors);
  if (design.groups() > 0) result.sensitivity = indices_of(state, design, request);
  double const share = static_cast<double>(result.failed) / static_cast<double>(result.draws);
  if (share > most_failed) {
    result.warnings.push_back(fmt::format(
        "{} of {} draws failed, so the quantiles leave out a part of the ranges (first reason: {})",
        result.failed, result.draws, first_reason));
  }
  return result;
}

Result<void> check_size(EnsembleRequest const& request) {
  double const scalars =
      sizeof(double) * static_cast<double>(request.draws) * static_cast<double>(request.scalars);
  if (scalars > most_answer_bytes) {
    return fail(ErrorCode::too_large,
                fmt::format("the answers of {} draws would need {:.1f} GB of memory", request.draws,
                            scalars / 1e9),
                "ensemble", "make fewer draws");
  }
  double const bands = sizeof(std::uint32_t) / sampling::Histogram::width *
                       static_cast<double>(request.series) * static_cast<double>(request.steps);
  if (bands > most_answer_bytes) {
    return fail(ErrorCode::too_large,
                fmt::format("bands over {} days could need {:.1f} GB of memory", request.steps,
                            bands / 1e9),
                "ensemble", "simulate fewer days");
  }
  return {};
}

}  // namespace

std::vector<Factor> factors_of(std::vector<Uncertain> const& uncertain) {
  std::vector<Factor> factors;
  for (std::size_t i = 0; i < uncertain.size(); ++i) {
    auto const& group = uncertain[i].correlation_group;
    auto const same = std::find_if(factors.begin(), factors.end(), [&](Factor const& factor) {
      return !group.empty() && uncertain[factor.members.front()].correlation_group == group;
    });
    if (same != factors.end()) {
      same->members.push_back(i);
      same->name = group;
    } else {
      factors.push_back({uncertain[i].parameter, {i}});
    }
  }
  return factors;
}

Result<Ensemble> run_ensemble(EnsembleRequest const& request, Evaluate const& evaluate,
                              RunControl const& control) {
  LINCHPIN_EXPECTS(request.headline < request.scalars && request.batch > 0);
  auto factors = factors_of(request.uncertain);
  auto const kind = request.design.value_or(sampling::best_design(request.draws, factors.size()));
  auto const design = Design::make(kind, request.draws, factors.size(), request.seed);
  if (!design) return fail(design.error());
  if (auto const fits = check_size(request); !fits) return fail(fits.error());
  EnsembleState state(request, *design);
  if (auto const resumed = state.resume(); !resumed) return fail(resumed.error());
  control.report(progress_name, state.done(), request.draws);
  while (state.done() < request.draws) {
    auto const first = state.done();
    auto const count = std::min(request.batch, request.draws - first);
    bool cancelled = control.cancel.cancelled();
    if (!cancelled) {
      auto const values = values_of(*design, request, factors, first, count);
      auto const outcomes = evaluate(values, inside(control, first, count, request.draws));
      cancelled = !outcomes && outcomes.error().code == ErrorCode::cancelled;
      if (!outcomes && !cancelled) return fail(outcomes.error());
      if (outcomes) {
        LINCHPIN_EXPECTS(outcomes->size() == count);
        state.add(*outcomes);
      }
    }
    if (auto const saved = state.save(cancelled); !saved) return fail(saved.error());
    if (cancelled) return fail(stopped(request, state.done()));
  }
  return summary_of(state, *design, request, std::move(factors));
}

}  // namespace linchpin::uncertainty
