// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/ensemble_json.h"

#include <algorithm>
#include <numeric>

#include "linchpin/results/loss_measures.h"

namespace linchpin {
namespace {

constexpr char const* no_quantiles =
    "the points of a Stroud design give mean and standard deviation only";

Json quantiles_to_json(EnsembleSummary const& ensemble) {
  Json quantiles = Json::object();
  for (auto const& loss : ensemble.losses) {
    if (loss.measure != headline_measure) continue;
    if (!loss.defined) {
      quantiles[loss.region] = nullptr;
      quantiles[loss.region + "_reason"] = no_baseline;
      continue;
    }
    Json entry = Json::object();
    if (ensemble.has_quantiles) {
      entry = {{"p05", loss.p05}, {"p50", loss.p50}, {"p95", loss.p95}};
    } else {
      entry = {{"p05", nullptr},
               {"p50", nullptr},
               {"p95", nullptr},
               {"p05_reason", no_quantiles},
               {"p50_reason", no_quantiles},
               {"p95_reason", no_quantiles}};
    }
    entry["central"] = loss.central;
    entry["mean"] = loss.mean;
    entry["standard_deviation"] = loss.standard_deviation;
    quantiles[loss.region] = std::move(entry);
  }
  return quantiles;
}

Json sensitivity_to_json(EnsembleSummary const& ensemble) {
  Json list = Json::array();
  auto const interval = [](std::pair<double, double> const& ends) {
    return Json::array({ends.first, ends.second});
  };
  for (auto const& each : ensemble.sensitivity) {
    Json entry = {{"parameter", each.parameter},
                  {"first", each.first},
                  {"total", each.total},
                  {"interval", interval(each.total_interval)},
                  {"first_interval", interval(each.first_interval)}};
    if (each.members.size() > 1) entry["members"] = each.members;
    list.push_back(std::move(entry));
  }
  return list;
}

Json bands_to_json(EnsembleSummary const& ensemble) {
  Json bands = {{"region", ensemble.focus}, {"resolution", ensemble.band_resolution}};
  auto const steps = ensemble.bands.empty() ? 0 : ensemble.bands.front().p50.size();
  std::vector<std::size_t> days(steps);
  std::iota(days.begin(), days.end(), std::size_t{0});
  bands["days"] = std::move(days);
  for (auto const& each : ensemble.bands) {
    bands[each.series] = {{"p05", each.p05}, {"p50", each.p50}, {"p95", each.p95}};
  }
  return bands;
}

/// `value`, or null and the reason for it.
void set_or_reason(Json& document, std::string const& name, Json value, std::string const& reason) {
  document[name] = reason.empty() ? std::move(value) : Json(nullptr);
  if (!reason.empty()) document[name + "_reason"] = reason;
}

}  // namespace

Json uncertain_to_json(std::vector<EnsembleParameter> const& parameters, bool assumed) {
  Json list = Json::array();
  for (auto const& each : parameters) {
    Json entry = {{"parameter", each.name},
                  {"meaning", each.words},
                  {"distribution", each.distribution},
                  {"low", each.low},
                  {"high", each.high}};
    if (each.mode) entry["mode"] = *each.mode;
    if (!each.correlation_group.empty()) entry["correlation_group"] = each.correlation_group;
    entry["status"] = assumed ? "assumption" : "given";
    list.push_back(std::move(entry));
  }
  return list;
}

EnsembleLoss const* find_loss(EnsembleSummary const& summary, std::string const& region,
                              std::string const& measure) {
  auto const found = std::find_if(
      summary.losses.begin(), summary.losses.end(),
      [&](EnsembleLoss const& each) { return each.region == region && each.measure == measure; });
  return found == summary.losses.end() ? nullptr : &*found;
}

void add_ensemble(Json& document, EnsembleSummary const& ensemble) {
  document["draws"] = ensemble.draws;
  document["independent_draws"] = ensemble.independent;
  document["design"] = ensemble.design;
  document["uncertain"] = uncertain_to_json(ensemble.parameters, ensemble.assumed);
  document["quantiles_measure"] = headline_measure;
  document["quantiles"] = quantiles_to_json(ensemble);
  document["failed_draws"] = ensemble.failed;
  Json failures = Json::array();
  for (auto const& [draw, reason] : ensemble.failures) {
    failures.push_back({{"draw", draw}, {"reason", reason}});
  }
  document["failures"] = std::move(failures);
  document["draws_beyond_threshold"] = ensemble.beyond_threshold;
  document["sensitivity_of"] = {{"region", ensemble.focus}, {"measure", headline_measure}};
  set_or_reason(document, "sensitivity", sensitivity_to_json(ensemble), ensemble.no_sensitivity);
  set_or_reason(document, "bands", bands_to_json(ensemble),
                ensemble.has_quantiles ? "" : no_quantiles);
  document["ledger"] = ensemble.ledger;
}

}  // namespace linchpin
