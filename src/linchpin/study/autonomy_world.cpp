// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/autonomy_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "linchpin/core/contracts.h"
#include "linchpin/core/nearest.h"
#include "linchpin/disrupt/model.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/localize/bill.h"
#include "linchpin/localize/carve.h"
#include "linchpin/table/nowcast/split.h"

namespace linchpin::study {
namespace {

constexpr char const* line_label = "TECHNOLOGY";
constexpr std::array stage_parameters{"learning_rate", "quality_growth", "lead_time",
                                      "capital_cost", "minimum_quality"};

std::size_t number_place(std::string_view name) {
  for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
    if (autonomy_number_kinds[k].name == name) return k;
  }
  LINCHPIN_EXPECTS(false);
  return 0;
}

/// Values of the technology file at these positions in its ranges.
std::vector<double> file_values(parameters::Technology const& technology,
                                std::span<double const> positions) {
  auto values = technology.values();
  for (std::size_t k = 0; k < values.size(); ++k) {
    auto const& number = technology.numbers[k];
    auto const name = number.key.substr(0, number.key.find('.'));
    for (std::size_t p = 0; p < stage_parameters.size(); ++p) {
      if (name != stage_parameters[p]) continue;
      auto const end = positions[p] < 0 ? number.low : number.high;
      values[k] += std::abs(positions[p]) * (end - number.value);
    }
  }
  return values;
}

/// Units of every stage in one unit of the product.
void count_units(parameters::Technology const& technology, std::span<double const> values,
                 std::size_t stage, double amount, std::vector<double>& units) {
  units[stage] += amount;
  for (auto const& input : technology.stages[stage].inputs) {
    count_units(technology, values, input.stage, amount * values[input.amount], units);
  }
}

/// Who finally buys a line of `sector`: investors alone, or final users by what each category buys
/// of the sector in its region (what stocks gave up counts as nothing).
std::vector<SplitSpec::User> final_users(Table const& table, std::string_view sector,
                                         bool investors_alone) {
  auto const& labels = table.labels;
  std::vector<SplitSpec::User> users;
  for (std::size_t c = 0; c < labels.categories.size(); ++c) {
    auto const& category = labels.categories[c].label;
    if (investors_alone) {
      if (category == "GFCF") users.push_back({"", category, 1});
      continue;
    }
    for (std::size_t r = 0; r < labels.regions.size(); ++r) {
      auto const column = labels.final_column(RegionId{r}, CategoryId{c}).index();
      double bought = 0;
      for (std::size_t i = 0; i < labels.industries.size(); ++i) {
        if (labels.sectors[labels.industries[i].sector.index()].label != sector) continue;
        bought += std::max(table.Y(i, column), 0.0);
      }
      if (bought > 0) users.push_back({labels.regions[r].label, category, bought});
    }
  }
  return users;
}

/// Whether industries of a region buy of the line: where investment has no room for all of it, the
/// rest goes to them, and a model in which inputs are needed would stop them all for want of it.
bool used_by_industries(Economy const& economy, std::size_t home) {
  auto const& space = economy.space();
  auto const labels = space.sector_labels();
  auto const& rows = economy.table().labels.industries;
  auto const line = std::find(labels.begin(), labels.end(), line_label) - labels.begin();
  double to_industries = 0, to_final = 0;
  for (std::size_t i = 0; i < economy.size(); ++i) {
    if (rows[i].sector.index() != static_cast<std::size_t>(line)) continue;
    for (std::size_t k = 0; k < economy.size(); ++k) {
      if (rows[k].region.index() == home) {
        to_industries += economy.flows()(IndustryId{i}, IndustryId{k});
      }
    }
    to_final += economy.final_by_region()(IndustryId{i}, RegionId{home});
  }
  return to_industries > 1e-6 * to_final;
}

/// The stages as one maker.
struct Together {
  double learning_rate = 0, quality_growth = 0, lead_time = 0;
  double capital_cost = 0;  ///< over unit cost
};

Together together(parameters::Technology const& technology, std::span<double const> values) {
  std::vector<double> units(technology.stages.size(), 0.0);
  count_units(technology, values, technology.product, 1, units);
  Together sum;
  double cost = 0;
  for (std::size_t s = 0; s < technology.stages.size(); ++s) {
    auto const& stage = technology.stages[s];
    auto const part = units[s] * values[stage.own_cost];
    cost += part;
    sum.learning_rate += part * values[stage.learning_rate];
    sum.quality_growth += part * values[stage.quality_growth];
    sum.lead_time += part * values[stage.lead_time];
    sum.capital_cost += units[s] * values[stage.capital_cost];
  }
  if (cost <= 0) return sum;
  sum.learning_rate /= cost;
  sum.quality_growth /= cost;
  sum.lead_time /= cost;
  sum.capital_cost /= cost;
  return sum;
}

/// Beta distribution on 0 … 1 with mean and variance of the uses.
localize::Thresholds thresholds_of(parameters::Technology const& technology,
                                   std::span<double const> values) {
  double weight = 0, mean = 0, square = 0;
  for (auto const& use : technology.uses) {
    auto const share = values[use.share];
    auto const least = std::clamp(values[use.minimum_quality], 0.0, 1.0);
    weight += share;
    mean += share * least;
    square += share * least * least;
  }
  localize::Thresholds result;
  if (weight <= 0) return result;
  mean = std::clamp(mean / weight, 0.02, 0.98);
  auto const most = mean * (1 - mean);
  auto const variance = std::clamp(square / weight - mean * mean, 0.01 * most, 0.9 * most);
  auto const size = most / variance - 1;
  result.alpha = mean * size;
  result.beta = (1 - mean) * size;
  return result;
}

/// Where the cost of a unit arises, by region of the accounts; regions the world does not show are
/// its rest.
std::vector<double> suppliers_of(parameters::Technology const& technology,
                                 std::span<double const> values,
                                 std::vector<std::string> const& regions) {
  std::vector<double> result(regions.size(), 0.0);
  auto const bill = localize::bill_of(technology, values);
  auto const cost = localize::roll_up(bill);
  if (!cost) return result;
  auto const place = [&](std::string const& label) {
    return static_cast<std::size_t>(std::find(regions.begin(), regions.end(), label) -
                                    regions.begin());
  };
  auto const rest = std::min(place("ROW"), regions.size() - 1);
  double named = 0;
  for (std::size_t r = 0; r < bill.regions.size(); ++r) {
    auto const share = cost->origin[technology.product][r];
    auto const at = place(bill.regions[r]);
    result[at < regions.size() ? at : rest] += share;
    named += share;
  }
  result[rest] += std::max(1 - named, 0.0);
  return result;
}

localize::MarketOutline market_of(AutonomyGround const& ground, std::span<double const> values,
                                  std::span<double const> of_file) {
  localize::MarketOutline market;
  market.world_sales = values[number_place("world_sales")];
  market.home = ground.home;
  market.home_buys = values[number_place("home_buys")];
  market.home_share = values[number_place("home_share")];
  market.suppliers = suppliers_of(ground.technology, of_file, ground.accounts.regions);
  // Others buy finished goods of the region, not what its parts are worth in theirs: the bill says
  // the latter.
  double elsewhere = 0;
  for (std::size_t r = 0; r < market.suppliers.size(); ++r) {
    if (r != ground.home) elsewhere += market.suppliers[r];
  }
  auto const sold = values[number_place("share_abroad")];
  market.suppliers[ground.home] = sold / (1 - sold) * elsewhere;
  return market;
}

localize::Maker maker_of(std::span<double const> values, Together const& stages,
                         localize::Thresholds const& thresholds) {
  auto const of = [&](std::string_view name) { return values[number_place(name)]; };
  localize::Maker maker;
  maker.markup = of("markup");
  maker.research_share = of("research_share");
  maker.cost.first_cost = of("relative_cost") / (1 + maker.markup);
  maker.cost.floor = std::min(of("cost_floor") / (1 + maker.markup), maker.cost.first_cost);
  maker.cost.learning_rate = stages.learning_rate;
  maker.cost.tool_penalty = of("tool_penalty");
  maker.spillovers = {of("spillover_home"), of("spillover_abroad")};
  maker.catch_up.absorption.base_speed = of("catch_up_speed");
  maker.catch_up.own_growth = of("own_growth");
  maker.catch_up.frontier_growth = stages.quality_growth;
  maker.catch_up.control_effect = of("control_effect");
  maker.quality_learning = of("quality_learning");
  maker.capacity.lead_time = stages.lead_time;
  maker.capacity.scrapping = of("scrapping");
  maker.capacity.capital_cost = stages.capital_cost * maker.cost.first_cost;
  maker.choice.quality_coefficient = of("quality_weight");
  maker.choice.fear = of("fear");
  maker.choice.thresholds = thresholds;
  maker.diffusion = localize::Diffusion{of("switching"), of("imitation")};
  // What capacity has to earn to be worth building, before any markup.
  auto const capital = maker.capacity.capital_cost;
  auto const per_margin =
      localize::investment_value(maker.capacity, 1, maker.discount_rate) + capital;
  // The rounding goes up, so that plants of makers without a markup are just worth their money.
  // They never cost more than most of what a unit does.
  constexpr double rounded_up = 1 + 1e-9, most = 0.95;
  maker.capital_share = std::min(rounded_up * capital / per_margin / maker.cost.first_cost, most);
  maker.capacity.capital_cost =
      std::min(capital, most * maker.cost.first_cost * per_margin / rounded_up);
  return maker;
}

/// What the technology does for the sectors of a world; itself it does not help.
Result<localize::ComputeUse> compute_use(AutonomyDiffusion const& diffusion,
                                         std::span<double const> values,
                                         std::vector<std::string> const& sectors) {
  auto const of = [&](std::string_view name) {
    for (std::size_t k = 0; k < diffusion_number_kinds.size(); ++k) {
      if (diffusion_number_kinds[k].name == name) return values[k];
    }
    LINCHPIN_EXPECTS(false);
    return 0.0;
  };
  localize::ComputeUse use;
  use.gain = {.most = of("most"), .half_compute = of("half_stock"), .lag = of("lag")};
  use.lifetime = of("lifetime");
  use.adoption = of("adoption");
  use.adoption_speed = of("adoption_speed");
  use.exposure.assign(sectors.size() + 1, of("exposure_of_others"));
  use.exposure.back() = 0;
  ErrorList errors;
  for (auto const& each : diffusion.exposed) {
    auto const found = std::find(sectors.begin(), sectors.end(), each.value);
    if (found != sectors.end()) {
      use.exposure[static_cast<std::size_t>(found - sectors.begin())] = 1;
      continue;
    }
    errors.add(ErrorCode::unknown_label, fmt::format("the world has no sector '{}'", each.value),
               each.where, did_you_mean(each.value, sectors, "name a sector of the world"));
  }
  if (!errors.empty()) return fail(errors.joined());
  return use;
}

/// The shares made at home at which the first year is computed. Where a capital good would not fit
/// into investment at the lowest of them, the lowest at which it does is looked for, so that little
/// is left to reading the table beyond its end.
template <class WorldAt>
Result<std::vector<double>> shares_of_table(AutonomyGround const& ground, WorldAt const& world_at) {
  std::vector<double> const all{0.05, 0.2, 0.4, 0.6, 0.8, 0.95};
  if (!ground.asked->capital_good) return all;
  auto const fits = [&](double share) -> Result<bool> {
    auto const world = world_at(share);
    if (!world) return fail(world.error());
    return !used_by_industries(*world, ground.home);
  };
  std::vector<double> shares;
  std::optional<double> misfit;
  for (double const share : all) {
    auto const fine = fits(share);
    if (!fine) return fail(fine.error());
    if (*fine) {
      shares.push_back(share);
    } else if (shares.empty()) {
      misfit = share;
    }
  }
  if (!misfit || shares.empty()) return shares;
  constexpr int halvings = 5;
  double low = *misfit, high = shares.front();
  for (int step = 0; step < halvings; ++step) {
    auto const middle = (low + high) / 2;
    auto const fine = fits(middle);
    if (!fine) return fail(fine.error());
    (*fine ? high : low) = middle;
  }
  if (high < shares.front()) shares.insert(shares.begin(), high);
  return shares;
}

}  // namespace

std::vector<AutonomyParameter> autonomy_parameters(AutonomyGround const& ground) {
  std::vector<AutonomyParameter> list;
  for (std::size_t k = 0; k < autonomy_number_kinds.size(); ++k) {
    auto const& number = ground.asked->numbers[k];
    list.push_back(
        {std::string{autonomy_number_kinds[k].name}, number.value, number.low, number.high});
  }
  for (char const* name : stage_parameters) {
    list.push_back({fmt::format("{} (all stages)", name), 0, -1, 1});
  }
  auto const host =
      static_cast<std::size_t>(std::find(ground.accounts.sectors.begin(),
                                         ground.accounts.sectors.end(), ground.technology.sector) -
                               ground.accounts.sectors.begin());
  list.push_back({"theta", ground.theta[host], ground.theta_low, ground.theta_high});
  if (auto const& diffusion = ground.asked->diffusion) {
    for (std::size_t k = 0; k < diffusion_number_kinds.size(); ++k) {
      auto const& number = diffusion->numbers[k];
      list.push_back({fmt::format("diffusion.{}", diffusion_number_kinds[k].name), number.value,
                      number.low, number.high});
    }
  }
  return list;
}

Result<localize::AutonomyCase> autonomy_case(AutonomyGround const& ground,
                                             std::span<double const> values) {
  constexpr auto own = autonomy_number_kinds.size();
  constexpr auto theta = own + stage_parameters.size();
  LINCHPIN_EXPECTS(values.size() ==
                   theta + 1 + (ground.asked->diffusion ? diffusion_number_kinds.size() : 0));
  auto const of_file = file_values(ground.technology, values.subspan(own));
  auto const flows = localize::line_flows(ground.accounts, ground.technology.sector,
                                          market_of(ground, values, of_file));
  if (!flows) return fail(flows.error());
  auto accounts = ground.accounts;
  accounts.theta = ground.theta;
  auto const carved = localize::carve(accounts, {.host = ground.technology.sector,
                                                 .line = line_label,
                                                 .flows = flows->flows,
                                                 .theta = values[theta],
                                                 .final_use_only = ground.asked->final_use_only()});
  if (!carved) return fail(carved.error());
  auto const raw = equilibrium::calibrate(*carved);
  if (!raw) return fail(raw.error());
  auto base = equilibrium::consistent_base(*raw, equilibrium::DeficitRule::zero);
  if (!base) return fail(base.error());
  localize::CoupledCase technology;
  technology.base = *std::move(base);
  technology.line = technology.base.sectors.size() - 1;
  technology.home = ground.home;
  technology.maker = maker_of(values, together(ground.technology, of_file),
                              thresholds_of(ground.technology, of_file));
  technology.start.tools = {{"tools", 1, 0}};
  technology.demand_growth = values[number_place("demand_growth")];
  if (ground.asked->diffusion) {
    auto use =
        compute_use(*ground.asked->diffusion, values.subspan(theta + 1), ground.accounts.sectors);
    if (!use) return fail(use.error());
    technology.compute = *std::move(use);
  }
  auto ready = localize::calibrated(std::move(technology), values[number_place("relative_quality")],
                                    values[number_place("years_of_experience")]);
  if (!ready) return fail(ready.error());
  localize::AutonomyCase result;
  result.technology = *std::move(ready);
  auto const& study = *ground.study;
  result.first_year = study.first_year;
  result.years = study.years;
  result.cut_off = study.cut_off;
  result.cut_off.horizon = ground.profile;
  if (!ground.first_year.share.empty()) {
    // The table is that of the central market; what is lost grows with what is bought.
    auto const bought = [](auto const& number_at) {
      return number_at(number_place("world_sales")) * number_at(number_place("home_buys"));
    };
    auto const size = bought([&](std::size_t k) { return values[k]; }) /
                      bought([&](std::size_t k) { return ground.asked->numbers[k].value; });
    result.cut_off.first_year_loss = [&table = ground.first_year, size](double share) {
      return std::min(size * table.at(share), 1.0);
    };
  }
  for (auto const& policy : study.policies) {
    if (!policy.technology.empty() && policy.technology != ground.asked->name.value) continue;
    (policy.programme ? result.programme : result.baseline).push_back(policy.instrument);
  }
  return result;
}

Result<localize::LossTable> first_year_losses(AutonomyGround const& ground, Economy const& economy,
                                              RunControl const& control) {
  std::vector<double> values;
  for (auto const& number : ground.asked->numbers) values.push_back(number.value);
  auto const of_file = ground.technology.values();
  auto const& regions = ground.accounts.regions;
  auto const world_at = [&](double share) -> Result<Economy> {
    values[number_place("home_share")] = share;
    auto const flows = localize::line_flows(ground.accounts, ground.technology.sector,
                                            market_of(ground, values, of_file));
    if (!flows) return fail(flows.error());
    SplitSpec split;
    split.sector = ground.technology.sector;
    split.line = line_label;
    for (std::size_t i = 0; i < regions.size(); ++i) {
      double output = 0;
      for (std::size_t n = 0; n < regions.size(); ++n) {
        auto const value = flows->flows[n * regions.size() + i];
        if (value > 0) split.flows.push_back({regions[i], regions[n], value});
        output += value;
      }
      if (output > 0) split.outputs.push_back({regions[i], output});
    }
    if (ground.asked->final_use_only()) {
      split.users = final_users(economy.table(), split.sector, ground.asked->capital_good);
    }
    auto divided = split_sector(economy.table(), split);
    if (!divided) return fail(divided.error());
    return Economy::make(*std::move(divided));
  };
  auto const shares = shares_of_table(ground, world_at);
  if (!shares) return fail(shares.error());
  localize::LossTable table;
  for (double const share : *shares) {
    auto const world = world_at(share);
    if (!world) return fail(world.error());
    auto const& space = world->space();
    Cut cut;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      (r == ground.home ? cut.buyers : cut.sellers).push_back(RegionId{r});
    }
    auto const labels = space.sector_labels();
    cut.sectors.push_back(SectorId{static_cast<std::size_t>(
        std::find(labels.begin(), labels.end(), line_label) - labels.begin())});
    Scenario scenario;
    scenario.cuts.push_back(cut);
    disrupt::ModelOptions options;
    options.inventory_days = disrupt::default_inventory_days(space);
    if (ground.asked->final_good) {
      // What final users have no room for falls to industries; they buy it as equipment, and none
      // stops for want of it.
      options.production = disrupt::Production::strongly_critical;
      options.criticality = DenseMatrix(labels.size(), labels.size());
      for (std::size_t p = 0; p < labels.size(); ++p) {
        double const needed = p == cut.sectors.front().index() ? 0 : 1;
        for (std::size_t q = 0; q < labels.size(); ++q) options.criticality(p, q) = needed;
      }
    }
    auto const path = disrupt::simulate(*world, scenario, options, control);
    if (!path) return fail(path.error());
    table.share.push_back(share);
    table.loss.push_back(std::max(path->region_final_use_loss_pct[ground.home] / 100, 0.0));
  }
  if (table.share.empty()) {
    return fail(
        Error{ErrorCode::bad_value,
              fmt::format("the world's final users do not buy as much of {} from abroad",
                          ground.technology.sector),
              ground.asked->name.where,
              "lower world_sales or home_buys, or set capital_good = false (final_good = true)"});
  }
  table.share.push_back(1);
  table.loss.push_back(0);
  return table;
}

}  // namespace linchpin::study
