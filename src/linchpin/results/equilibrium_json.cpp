// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/equilibrium_json.h"

#include <cmath>
#include <utility>

#include "linchpin/results/ensemble_json.h"
#include "linchpin/results/json_members.h"

namespace linchpin {
namespace {

constexpr char const* no_log = "a flow of the region ends, and its log is not finite";
constexpr char const* no_imports = "no such imports in the base";
constexpr char const* no_wage = "no factor moves between the industries of a region";
constexpr char const* no_world = "every region is an outlier, not a result";
constexpr char const* no_quantiles =
    "the points of a Stroud design give mean and standard deviation only";

/// As set_number; a number that is not finite is none.
void set(Json& object, std::string const& name, std::optional<double> value, char const* reason) {
  bool const defined = value && std::isfinite(*value);
  set_number(object, name, defined ? value : std::nullopt, reason);
}

Json setting_to_json(EquilibriumSetting const& setting) {
  return {{"model", setting.model},       {"closure", setting.closure},
          {"theta", setting.theta},       {"horizon", setting.horizon},
          {"deficits", setting.deficits}, {"tariffs_of_the_base", setting.tariffs},
          {"vintage", setting.vintage},   {"imports_of", setting.imports}};
}

Json measures_to_json(EquilibriumSetting const& setting) {
  return {
      {"welfare_exact_pct",
       "exact change of final spending over the price index of final spending"},
      {"welfare_log_pct", "100 times the log of the same"},
      {"equivalent_variation", "welfare_exact_pct of final spending of the base, money per year"},
      {"welfare_first_order_pct",
       "first order at the weights of the base with changes in per cent, the published convention; "
       "terms of trade plus volume of trade, without what bans and trade costs themselves cost; "
       "differs from the exact change where changes are "
       "large"},
      {"welfare_first_order_log_pct", "the same with logs of changes"},
      {"terms_of_trade_pct", "terms-of-trade part of welfare_first_order_pct"},
      {"volume_of_trade_pct", "volume-of-trade part of welfare_first_order_pct"},
      {"real_wage_pct", "wage of the first mobile factor over consumer prices"},
      {"imports_change_pct",
       "change of the value at the border of deliveries from " + setting.imports}};
}

Json parts_to_json(equilibrium::WelfareParts const& parts) {
  return {{"terms_of_trade_pct", parts.terms_of_trade},
          {"volume_of_trade_pct", parts.volume_of_trade},
          {"trade_costs_pct", parts.trade_costs},
          {"technology_pct", parts.technology},
          {"variety_pct", parts.variety},
          {"subsidies_pct", parts.subsidies},
          {"employment_pct", parts.employment},
          {"transfers_pct", parts.transfers},
          {"total_log_pct", parts.total},
          {"rest_pct", parts.rest}};
}

Json region_to_json(RegionEffect const& effect, EquilibriumSetting const& setting) {
  auto const& found = effect.outcome;
  Json region = {{"region", effect.region},
                 {"welfare_exact_pct", found.welfare_exact},
                 {"welfare_first_order_pct", found.welfare_first_order},
                 {"terms_of_trade_pct", found.terms_of_trade},
                 {"volume_of_trade_pct", found.volume_of_trade}};
  set(region, "real_wage_pct", setting.has_wage ? std::optional{found.real_wage} : std::nullopt,
      no_wage);
  set(region, "imports_change_pct", effect.imports_change_pct, no_imports);
  region["welfare_log_pct"] = found.welfare_log;
  region["equivalent_variation"] = found.equivalent_variation;
  set(region, "welfare_first_order_log_pct", found.welfare_first_order_log, no_log);
  set(region, "terms_of_trade_log_pct", found.terms_of_trade_log, no_log);
  set(region, "volume_of_trade_log_pct", found.volume_of_trade_log, no_log);
  region["consumer_prices_pct"] = found.consumer_prices;
  region["all_imports_change_pct"] = found.imports;
  region["all_exports_change_pct"] = found.exports;
  region["employment_pct"] = found.employment;
  region["tariff_revenue"] = found.tariff_revenue;
  region["tariff_revenue_base"] = found.tariff_revenue_base;
  region["export_revenue"] = found.export_revenue;
  region["subsidies"] = found.subsidies;
  region["outlier"] = !effect.outlier.empty();
  if (!effect.outlier.empty()) region["outlier_reason"] = effect.outlier;
  if (effect.parts) region["parts"] = parts_to_json(*effect.parts);
  return region;
}

Json sectors_to_json(std::vector<SectorEffect> const& sectors) {
  Json rows = Json::array();
  for (auto const& each : sectors) {
    Json row = {
        {"region", each.region}, {"sector", each.sector}, {"output_before", each.output_before}};
    set(row, "real_output_pct", each.real_output_pct, "nothing is made in the base");
    set(row, "cost_pct", each.cost_pct, "it cannot be made any more");
    set(row, "price_pct", each.price_pct, "it is not to be had");
    row["share_abroad_before"] = each.share_abroad_before;
    row["share_abroad_after"] = each.share_abroad_after;
    rows.push_back(std::move(row));
  }
  return rows;
}

Json flows_to_json(std::vector<FlowEffect> const& flows) {
  Json rows = Json::array();
  for (auto const& each : flows) {
    Json row = {{"exporter", each.exporter}, {"importer", each.importer}};
    if (!each.sector.empty()) row["sector"] = each.sector;
    row["before"] = each.before;
    row["after"] = each.after;
    rows.push_back(std::move(row));
  }
  return rows;
}

Json bands_to_json(EquilibriumBands const& bands) {
  Json quantiles = Json::object();
  for (auto const& each : bands.bands) {
    Json entry = Json::object();
    for (auto const& [name, value] :
         {std::pair{"p05", each.p05}, {"p50", each.p50}, {"p95", each.p95}}) {
      set(entry, name, bands.has_quantiles ? std::optional{value} : std::nullopt, no_quantiles);
    }
    entry["central"] = each.central;
    entry["mean"] = each.mean;
    entry["standard_deviation"] = each.standard_deviation;
    if (each.outlier) entry["outlier"] = true;
    quantiles[each.region] = std::move(entry);
  }
  return quantiles;
}

void add_bands(Json& document, EquilibriumBands const& bands) {
  document["draws"] = bands.draws;
  document["independent_draws"] = bands.independent;
  document["design"] = bands.design;
  document["uncertain"] = uncertain_to_json(bands.parameters, bands.assumed);
  document["quantiles_measure"] = welfare_measure;
  document["quantiles"] = bands_to_json(bands);
  document["failed_draws"] = bands.failed;
  Json failures = Json::array();
  for (auto const& [draw, reason] : bands.failures) {
    failures.push_back({{"draw", draw}, {"reason", reason}});
  }
  document["failures"] = std::move(failures);
  document["sensitivity_of"] = {{"region", bands.focus.empty() ? Json(nullptr) : Json(bands.focus)},
                                {"measure", welfare_measure}};
  if (!bands.no_sensitivity.empty()) {
    document["sensitivity"] = nullptr;
    document["sensitivity_reason"] = bands.no_sensitivity;
    return;
  }
  Json list = Json::array();
  for (auto const& each : bands.sensitivity) {
    list.push_back({{"parameter", each.parameter},
                    {"first", each.first},
                    {"total", each.total},
                    {"interval", {each.total_interval.first, each.total_interval.second}}});
  }
  document["sensitivity"] = std::move(list);
}

Json derivatives_to_json(std::vector<WelfareDerivative> const& derivatives, char const* share) {
  Json rows = Json::array();
  for (auto const& each : derivatives) {
    Json row = {{"exporter", each.exporter}};
    if (!each.importer.empty()) row["importer"] = each.importer;
    row["sector"] = each.sector;
    row["pct_per_pct"] = each.value;
    row[share] = each.share;
    rows.push_back(std::move(row));
  }
  return rows;
}

Json gradient_to_json(WelfareGradient const& gradient) {
  return {{"region", gradient.region},
          {"measure",
           "welfare_log_pct at the solution, per 1 % of the trade cost, of one plus the "
           "tariff, of productivity"},
          {"trade_cost", derivatives_to_json(gradient.trade_cost, "share_of_spending")},
          {"tariff", derivatives_to_json(gradient.tariff, "share_of_spending")},
          {"productivity", derivatives_to_json(gradient.productivity, "share_of_world_output")}};
}

}  // namespace

Json equilibrium_to_json(EquilibriumAnswer const& answer, Json origin) {
  Json document = {{"schema", json_schema("linchpin.equilibrium")}};
  bool const solved = answer.lost.empty() && answer.lost_words.empty();
  document["answer"] = solved ? "solved" : "essential input lost";
  if (!answer.scenario.empty()) document["scenario"] = answer.scenario;
  document["policies"] = answer.policies;
  document["setting"] = setting_to_json(answer.setting);
  document["measures"] = measures_to_json(answer.setting);
  if (!solved) {
    document["lost"] = answer.lost;
    document["lost_words"] = answer.lost_words;
  }
  if (answer.parts_steps > 0) {
    document["measures"]["parts"] =
        "parts of welfare_log_pct, summed along the path on which the policy grows "
        "from nothing; they add up to total_log_pct";
    document["parts_steps"] = answer.parts_steps;
  }
  document["regions"] = Json::array();
  for (auto const& each : answer.regions) {
    document["regions"].push_back(region_to_json(each, answer.setting));
  }
  if (solved) {
    document["world"] = Json::object();
    set(document["world"], "welfare_exact_pct", answer.world_welfare_pct, no_world);
    document["sectors"] = sectors_to_json(answer.sectors);
    document["flows"] = flows_to_json(answer.flows);
    document["top_flows"] = flows_to_json(answer.top_flows);
    document["solver"] = {{"residual", answer.solver.residual},
                          {"iterations", answer.solver.iterations},
                          {"sweeps", answer.solver.sweeps},
                          {"path_points", answer.solver.path_points},
                          {"tolerance", answer.tolerance}};
  }
  document["unit"] = answer.unit;
  if (answer.bands) add_bands(document, *answer.bands);
  if (answer.gradient) document["gradient"] = gradient_to_json(*answer.gradient);
  document["adjustments"] = answer.adjustments;
  document["warnings"] = answer.warnings;
  document["notes"] = answer.notes;
  origin["duration_s"] = origin.value("duration_seconds", 0.0);
  document["origin"] = std::move(origin);
  return document;
}

}  // namespace linchpin
