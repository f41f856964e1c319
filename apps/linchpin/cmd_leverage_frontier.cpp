// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/threat_json.h"
#include "linchpin/study/frontier_run.h"
#include "linchpin/study/threat_words.h"
#include "linchpin/study/words.h"

namespace linchpin::app {
namespace {

constexpr std::size_t sectors_shown = 10;

struct FrontierCommand {
  LeverageOptions common;
  study::FrontierRequest request;
};

/// The sectors in which a plan changes most, of the first point that takes a quarter of the
/// exposure away, else of the last one.
void print_sectors(FrontierAnswer const& answer) {
  auto const found =
      std::find_if(answer.points.begin(), answer.points.end(),
                   [](auto const& point) { return point.mu > 0 && point.removed >= 0.25; });
  auto const& point = found == answer.points.end() ? answer.points.back() : *found;
  auto sectors = point.sectors;
  std::stable_sort(sectors.begin(), sectors.end(), [](auto const& a, auto const& b) {
    return a.private_exposure - a.exposure > b.private_exposure - b.exposure;
  });
  if (sectors.size() > sectors_shown) sectors.resize(sectors_shown);
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : sectors) {
    if (each.private_share <= 0) continue;
    rows.push_back({shortened(each.sector, 16), fmt::format("{:.2f} %", 100 * each.weight),
                    fmt::format("{:.2f} %", 100 * each.private_share),
                    each.captive ? "captive" : fmt::format("{:.2f} %", 100 * each.share),
                    fmt::format("{:.2f} %", 100 * each.wedge),
                    fmt::format("{:.2f} %", 100 * each.tariff)});
  }
  if (rows.empty()) return;
  print_line();
  print(text_table({fmt::format("sector, at a price of {:g}", point.mu), "weight",
                    "rivals' share, private", "planned", "wedge", "tariff"},
                   rows));
}

void print_frontier(FrontierAnswer const& answer, study::LabelNames const& name) {
  for (auto const& each : study::frontier_sentences(answer, name)) print(wrap(each));
  print_line();
  std::vector<std::vector<std::string>> rows;
  for (auto const& point : answer.points) {
    rows.push_back(
        {point.kind, fmt::format("{:g}", point.mu), fmt::format("{:.5f} %", point.cost_pct),
         fmt::format("{:.5f} %", point.exposure_pct), fmt::format("{:.1f} %", 100 * point.removed),
         fmt::format("{:.2f} %", 100 * point.rival_share), fmt::format("{:.1e}", point.residual)});
  }
  print(text_table({"point", "price of exposure", "dearer by the plan", "by a denial", "removed",
                    "rivals' share", "residual"},
                   rows));
  print_sectors(answer);
  print_line();
  print(wrap(dim(fmt::format(
      "The price of exposure is what is paid for it in the cost of living, as if a denial had that "
      "probability. Costs of sellers are unchanged; sectors weigh what they weigh {}.",
      answer.network ? "through the network" : "in final spending"))));
  if (!answer.services) {
    print(wrap(dim("Goods only; --services adds services, whose elasticity is an assumption.")));
  } else if (!answer.theta_assumed.empty()) {
    print(wrap(dim(fmt::format("The elasticity of these is an assumption: {}.",
                               fmt::join(first_of(answer.theta_assumed, 8), ", ")))));
  }
  print_leverage_ending(answer.setting, answer.warnings);
}

Result<void> run(FrontierCommand const& command, Context const& context) {
  RunClock const clock;
  auto const& common = command.common;
  if (auto const sound = check_leverage_options(common, "frontier"); !sound) return sound;
  if (command.request.buyer.empty()) {
    return fail(ErrorCode::bad_usage, "no buyer is named", "linchpin leverage frontier",
                "say whose purchases: --buyer USA");
  }
  auto request = command.request;
  request.model = trade_model(common);
  auto const input = open_trade_input(common.world, {}, {}, context);
  if (!input) return fail(input.error());
  ParameterFiles parameters({}, asked_sets(common), context);
  auto const answer =
      study::run_frontier(input->ground, request, parameters.source(), run_control(context));
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!context.json) {
    auto const& space = input->ground.space;
    print_frontier(*answer,
                   [&](std::string const& label) { return study::label_words(space, label); });
    return {};
  }
  auto origin = leverage_origin(common, *input, parameters, clock,
                                {{"theta", answer->setting.theta},
                                 {"horizon", answer->setting.horizon},
                                 {"buyer", request.buyer},
                                 {"rivals", fmt::format("{}", fmt::join(request.rivals, ","))},
                                 {"network", request.network}});
  if (!origin) return fail(origin.error());
  print_line(to_text(frontier_to_json(*answer, *std::move(origin))));
  return {};
}

}  // namespace

void add_leverage_frontier(CLI::App& leverage, Context& context, Action& action) {
  auto const command = std::make_shared<FrontierCommand>();
  auto& request = command->request;
  auto& app =
      add_table_command(leverage, context, action, "frontier",
                        "What less exposure to rivals costs a buyer, and which tariffs bring it",
                        [command](Context const& each) { return run(*command, each); });
  add_leverage_options(app, command->common, false);
  app.add_option("--buyer", request.buyer, "Region whose sourcing is planned");
  app.add_option("--rivals", request.rivals, "Regions that would withhold together")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--sectors", request.sectors,
                 "Sectors that are planned and withheld (default: goods)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_flag("--services", request.services,
               "Services, too; their elasticity is an assumption and they pay no tariffs");
  app.add_flag("--network", request.network,
               "Sectors weigh what they weigh through the network, not in final spending");
  app.add_option("--prices", request.prices,
                 "Prices of a log point of exposure in log points of cost (default: 0.01 to 10)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Range(0.0, 1e6));
  app.add_option("--limit", request.limit_pct,
                 "Also the cheapest plan with which a denial makes living at most this dearer, per "
                 "cent")
      ->check(CLI::Range(1e-9, 1e3));
}

}  // namespace linchpin::app
