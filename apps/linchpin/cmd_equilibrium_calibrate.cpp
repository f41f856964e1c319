// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <memory>

#include "apps/linchpin/equilibrium_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/results/json.h"
#include "linchpin/table/nowcast/concordance_folder.h"
#include "linchpin/table/store/trade_store.h"
#include "linchpin/table/trade/caliendo_parro.h"
#include "linchpin/table/trade/production_shares.h"

namespace linchpin::app {
namespace {

struct CalibrateOptions {
  std::string folder;                           ///< of Caliendo & Parro
  std::string world;                            ///< or a world
  std::filesystem::path cube;                   ///< or a cube of trade, with production of …
  std::string donor;                            ///< … a world
  std::filesystem::path shares;                 ///< … or a file
  std::filesystem::path concordances, tariffs;  ///< tariffs: of the base of a world
  bool cube_tariffs = false;
  std::filesystem::path output;
  bool zero_deficits = false;
  int trade_year = 1993;
  int tariff_year = 1993;
};

Result<TradeAccounts> accounts_of_cube(CalibrateOptions const& options, Context const& context) {
  auto const cube =
      read_trade_cube(options.cube, {.tariffs = options.cube_tariffs}, run_control(context));
  finish_progress();
  if (!cube) return fail(cube.error());
  if (!options.shares.empty()) {
    auto const shares = read_production_shares(options.shares, cube->regions, cube->sectors);
    if (!shares) return fail(shares.error());
    return trade_accounts_of(*cube, *shares);
  }
  auto const donor = open_trade_input(options.donor, {}, {}, context);
  if (!donor) return fail(donor.error());
  auto const folder = ConcordanceFolder::open(
      options.concordances.empty() ? context.data_dir / "concordance" : options.concordances);
  if (!folder) return fail(folder.error());
  auto const& accounts = donor->ground.accounts;
  auto const concordance =
      folder->find(cube->sectors, accounts.sectors, "sectors of " + options.cube.string());
  if (!concordance) return fail(concordance.error());
  auto const shares = production_shares_of(accounts, *cube, **concordance);
  if (!shares) return fail(shares.error());
  return trade_accounts_of(*cube, *shares);
}

Result<TradeAccounts> read_accounts(CalibrateOptions const& options, Context const& context) {
  int const named = (options.folder.empty() ? 0 : 1) + (options.world.empty() ? 0 : 1) +
                    (options.cube.empty() ? 0 : 1);
  if (named != 1) {
    return fail(ErrorCode::bad_usage,
                named == 0 ? "no data are named" : "several sources of data are named",
                "linchpin equilibrium calibrate",
                "name one of --caliendo-parro DIR, --world WORLD and --cube FILE");
  }
  if (!options.cube.empty() && options.shares.empty() == options.donor.empty()) {
    return fail(ErrorCode::bad_usage, "a cube has trade, but no production", "--cube",
                "say where that comes from: either --donor WORLD or --shares FILE");
  }
  if (!options.folder.empty()) {
    return read_caliendo_parro(
        options.folder, {.trade_year = options.trade_year, .tariff_year = options.tariff_year});
  }
  if (!options.cube.empty()) return accounts_of_cube(options, context);
  auto input = open_trade_input(options.world, options.tariffs, {}, context);
  if (!input) return fail(input.error());
  return std::move(input->ground.accounts);
}

/// The accounts of the equilibrium without trade deficits.
Result<TradeAccounts> without_deficits(TradeAccounts const& accounts) {
  auto const base = equilibrium::calibrate(accounts);
  if (!base) return fail(base.error());
  auto const consistent = equilibrium::consistent_base(*base, equilibrium::DeficitRule::zero);
  if (!consistent) return fail(consistent.error());
  auto stored = equilibrium::accounts_of(*consistent);
  stored.licence = accounts.licence;
  stored.adjustments.emplace_back(
      "Trade deficits were removed: shares and values are those of the equilibrium without them.");
  return stored;
}

Result<void> run_calibrate(CalibrateOptions const& options, Context const& context) {
  auto const inputs = {options.folder, options.world, options.cube.string(), options.donor};
  if (auto const fits = check_output(options.output, inputs, true); !fits) return fits;
  auto accounts = read_accounts(options, context);
  if (!accounts) return fail(accounts.error());
  auto const stored = options.zero_deficits ? without_deficits(*accounts) : std::move(accounts);
  if (!stored) return fail(stored.error());
  if (auto const written = write_trade_calibration(*stored, options.output); !written) {
    return fail(written.error());
  }
  if (context.json) {
    Json document = {{"schema", json_schema("linchpin.equilibrium-calibrate")},
                     {"output", options.output.string()},
                     {"regions", stored->regions.size()},
                     {"sectors", stored->sectors.size()},
                     {"year", stored->year},
                     {"zero_deficits", options.zero_deficits},
                     {"adjustments", stored->adjustments}};
    print_line(to_text(document));
    return {};
  }
  if (context.quiet) return {};
  for (auto const& adjustment : stored->adjustments) print(wrap("* " + adjustment, "  "));
  print_line(fmt::format("wrote {} ({} regions, {} sectors{})", options.output.string(),
                         stored->regions.size(), stored->sectors.size(),
                         options.zero_deficits ? ", without trade deficits" : ""));
  return {};
}

}  // namespace

void add_equilibrium_calibrate(CLI::App& equilibrium, Context& context, Action& action) {
  auto options = std::make_shared<CalibrateOptions>();
  auto& command = add_table_command(
      equilibrium, context, action, "calibrate", "Make a trade calibration from published data",
      [options](Context const& each) { return run_calibrate(*options, each); });
  command.add_option("--caliendo-parro", options->folder,
                     "Folder of the data of Caliendo & Parro (2015)");
  command.add_option("--world", options->world, "Built-in world or table file");
  command.add_option("--tariffs", options->tariffs,
                     "With --world: CSV of tariffs the base pays (importer,exporter,sector,rate)");
  command.add_option("--cube", options->cube, "Cube of trade, with --donor or --shares");
  command.add_option("--donor", options->donor, "World whose industries the cube's take after");
  command.add_option("--concordances", options->concordances,
                     "With --donor: folder of concordances instead of the shipped ones");
  command.add_option(
      "--shares", options->shares,
      "CSV of shares of output of the cube's industries (region,sector,input,share)");
  command.add_flag("--cube-tariffs", options->cube_tariffs, "Take the cube's own tariffs");
  command.add_flag("--zero-deficits", options->zero_deficits,
                   "Store the equilibrium without trade deficits");
  command.add_option("--trade-year", options->trade_year, "Year of trade (1993 or 2005)");
  command.add_option("--tariff-year", options->tariff_year, "Year of tariffs (1993 or 2005)");
  command.add_option("-o,--output", options->output, "Calibration to write (.nc)")->required();
}

}  // namespace linchpin::app
