// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "apps/linchpin/equilibrium_commands.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
#include "linchpin/economy/trade_accounts_of.h"
#include "linchpin/table/store/trade_store.h"
#include "linchpin/table/trade/tariff_blocks.h"
#include "linchpin/table/trade/tariff_file.h"

namespace linchpin::app {
namespace {

std::string vintage_of(std::string const& name, int year) {
  return year == 0 ? name : fmt::format("{} ({})", name, year);
}

/// Rates the base of a world pays: those of a file of the base, or of a file of changes.
Result<DenseVector> base_rates(std::filesystem::path const& base,
                               std::filesystem::path const& changes,
                               std::vector<std::string> const& regions,
                               std::vector<std::string> const& sectors) {
  auto const& file = base.empty() ? changes : base;
  if (file.empty()) return DenseVector{};
  if (base.empty()) {
    auto const blocks = holds_tariff_blocks(file);
    if (!blocks) return fail(blocks.error());
    if (*blocks) return DenseVector{};  // says only what comes after
  }
  auto const cells = read_tariff_file(file, regions, sectors);
  if (!cells) return fail(cells.error());
  bool const none = std::all_of(cells->begin(), cells->end(),
                                [](TariffCell const& cell) { return cell.rate == 0; });
  if (none) return DenseVector{};
  return tariffs_of(*cells, regions.size(), sectors.size());
}

Result<TradeInput> open_calibration(std::string const& name,
                                    std::filesystem::path const& base_tariffs,
                                    Context const& context) {
  auto accounts =
      read_trade_calibration_isolated(name, context.reader_program, {}, run_control(context));
  finish_progress();
  if (!accounts) return fail(accounts.error());
  if (!base_tariffs.empty()) {
    auto const cells = read_tariff_file(base_tariffs, accounts->regions, accounts->sectors);
    if (!cells) return fail(cells.error());
    accounts->tariffs = tariffs_of(*cells, accounts->regions.size(), accounts->sectors.size());
  }
  Origin origin;
  origin.world_name = std::filesystem::path{name}.filename().string();
  origin.world.title = accounts->title;
  origin.world.source = accounts->source;
  origin.world.licence = accounts->licence;
  origin.world.year = accounts->year;
  origin.world.unit = accounts->unit;
  auto const year = accounts->year;
  auto ground = study::trade_ground(*std::move(accounts), vintage_of(origin.world_name, year));
  if (!ground) return fail(ground.error());
  return TradeInput{name, *std::move(ground), std::move(origin)};
}

}  // namespace

Result<TradeInput> open_trade_input(std::string const& name,
                                    std::filesystem::path const& base_tariffs,
                                    std::filesystem::path const& changes, Context const& context) {
  std::error_code failure;
  if (std::filesystem::is_regular_file(name, failure)) {
    auto const calibration = is_trade_calibration(name);
    if (!calibration) return fail(calibration.error());
    if (*calibration) return open_calibration(name, base_tariffs, context);
  }
  auto world = open_world(name, context);
  if (!world) return fail(world.error());
  auto const& space = world->economy.space();
  auto const rates =
      base_rates(base_tariffs, changes, space.region_labels(), space.sector_labels());
  if (!rates) return fail(rates.error());
  auto accounts = trade_accounts_of(world->economy, {.tariffs = *rates}, run_control(context));
  finish_progress();
  if (!accounts) return fail(accounts.error());
  auto full = study::trade_space(space.labels().regions, space.labels().sectors);
  if (!full) return fail(full.error());
  auto const year = world->origin.world.year;
  return TradeInput{
      world->path,
      {*std::move(accounts), *std::move(full), vintage_of(world->origin.world_name, year)},
      std::move(world->origin)};
}

}  // namespace linchpin::app
