// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "linchpin/disrupt/model.h"
#include "linchpin/study/autonomy_market.h"
#include "linchpin/study/autonomy_world.h"
#include "linchpin/table/nowcast/split.h"

namespace linchpin::study {
namespace {

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
  auto const line = std::find(labels.begin(), labels.end(), autonomy_line) - labels.begin();
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

/// What final users of a region buy of the line from others, over all they use.
double bought_abroad(Economy const& economy, std::size_t home) {
  auto const& rows = economy.table().labels.industries;
  auto const labels = economy.space().sector_labels();
  auto const line = static_cast<std::size_t>(
      std::find(labels.begin(), labels.end(), autonomy_line) - labels.begin());
  double abroad = 0, all = 0;
  for (std::size_t i = 0; i < economy.size(); ++i) {
    auto const used = economy.final_by_region()(IndustryId{i}, RegionId{home});
    all += used;
    if (rows[i].sector.index() == line && rows[i].region.index() != home) abroad += used;
  }
  return all > 0 ? abroad / all : 0;
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
    split.line = autonomy_line;
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
        std::find(labels.begin(), labels.end(), autonomy_line) - labels.begin())});
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
    table.most.push_back(bought_abroad(*world, ground.home));
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
  table.most.push_back(0);
  return table;
}

std::vector<std::string> first_year_remarks(AutonomyGround const& ground) {
  constexpr double tolerance = 0.05;
  auto const& table = ground.first_year;
  std::vector<std::string> remarks;
  if (!ground.asked->final_use_only()) return remarks;
  double const lowest = ground.asked->numbers[number_place("home_share")].low;
  for (std::size_t k = 0; k < table.most.size(); ++k) {
    if (k + 1 < table.share.size() && table.share[k + 1] <= lowest) continue;  // never read
    if (table.loss[k] <= (1 + tolerance) * table.most[k] + 1e-9) continue;
    remarks.push_back(fmt::format(
        "First year of a cut-off with {:.0f} % of {} made at home: the inventory model loses "
        "{:.3g} "
        "% of real final use, though only {:.3g} % is bought abroad of it; losses of the first "
        "year are too high.",
        100 * table.share[k], ground.technology.title, 100 * table.loss[k], 100 * table.most[k]));
  }
  return remarks;
}

}  // namespace linchpin::study
