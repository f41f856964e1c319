// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/leverage_json.h"
#include "linchpin/study/flow_run.h"

namespace linchpin::app {
namespace {

constexpr std::size_t most_rows = 10;

struct FlowsCommand {
  LeverageOptions common;
  study::FlowsRequest request;
};

void print_flows(FlowsAnswer const& answer) {
  if (answer.most <= 0) {
    print_line(fmt::format("{} buys nothing of this from abroad.", answer.target));
    return;
  }
  print(wrap(
      fmt::format("{:.4g} {} a year can reach {} from abroad with today's flows as capacities; "
                  "quantities only, nothing is substituted.",
                  answer.most, answer.unit, answer.target)));
  std::vector<std::vector<std::string>> rows;
  for (std::size_t k = 0; k < std::min(most_rows, answer.lost_share.size()); ++k) {
    auto const& [region, share] = answer.lost_share[k];
    auto const between = std::find_if(answer.betweenness.begin(), answer.betweenness.end(),
                                      [&](auto const& each) { return each.first == region; });
    rows.push_back({region, fmt::format("{:.1f} %", 100 * share),
                    between == answer.betweenness.end()
                        ? std::string{"-"}
                        : fmt::format("{:.1f} %", 100 * between->second)});
  }
  print_line();
  print(text_table({"without", "supply lost", "shortest ways through it"}, rows));
  rows.clear();
  for (std::size_t k = 0; k < std::min(most_rows, answer.cut.size()); ++k) {
    rows.push_back({answer.cut[k].first, fmt::format("{:.4g}", answer.cut[k].second)});
  }
  for (auto const& [region, supply] : answer.cut_suppliers) {
    rows.push_back({region + " (all it makes)", fmt::format("{:.4g}", supply)});
  }
  print_line();
  print(text_table({"bottleneck (a minimum cut)", answer.unit}, rows));
  if (answer.reached) {
    print(wrap(fmt::format("A ban of {} removes {:.1f} % of it{}.", fmt::join(answer.banned, ", "),
                           100 * answer.banned_lost_share,
                           answer.smallest ? "; no smaller set of regions removes as much as asked"
                                           : "; not proven to be the smallest set")));
  } else {
    print_line(fmt::format("No set of regions removes {:g} % of it.", 100 * answer.wanted_share));
  }
  print(wrap(dim(answer.vintage + ".")));
}

Result<void> run_flows(FlowsCommand const& command, Context const& context) {
  RunClock const clock;
  auto const& common = command.common;
  if (auto const sound = check_leverage_options(common, "flows"); !sound) return sound;
  if (command.request.target.empty()) {
    return fail(ErrorCode::bad_usage, "no target is named", "linchpin leverage flows",
                "say whom: --target CHN");
  }
  auto const input = open_trade_input(common.world, {}, {}, context);
  if (!input) return fail(input.error());
  auto const answer = study::run_flows(input->ground, command.request);
  if (!answer) return fail(answer.error());
  if (!context.json) {
    print_flows(*answer);
    return {};
  }
  ParameterFiles const parameters({}, {}, context);
  auto origin =
      leverage_origin(common, *input, parameters, clock,
                      {{"target", command.request.target}, {"share", command.request.share}});
  if (!origin) return fail(origin.error());
  print_line(to_text(flows_to_json(*answer, *std::move(origin))));
  return {};
}

}  // namespace

void add_leverage_flows(CLI::App& leverage, Context& context, Action& action) {
  auto const command = std::make_shared<FlowsCommand>();
  auto& request = command->request;
  auto& app =
      add_table_command(leverage, context, action, "flows",
                        "Bottlenecks of what reaches a target, by quantities alone",
                        [command](Context const& each) { return run_flows(*command, each); });
  app.add_option("world", command->common.world, "Built-in world, table file or trade calibration");
  app.add_option("--target", request.target, "Region that is supplied");
  app.add_option("--sectors", request.sectors, "Whose trade is added up (default: all goods)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--share", request.share, "Part of the supply that a joint ban shall remove")
      ->check(CLI::Range(1e-6, 1.0));
}

}  // namespace linchpin::app
