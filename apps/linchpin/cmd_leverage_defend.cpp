// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <memory>

#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/leverage_json.h"
#include "linchpin/study/chokepoint_run.h"

namespace linchpin::app {
namespace {

struct DefendCommand {
  LeverageOptions common;
  study::DefendRequest request;
};

std::string best_words(DefendAnswer const& answer) {
  auto const& best = answer.best;
  if (best.measures.empty()) return "No measure that was looked at lowers that.";
  if (answer.priced) {
    return fmt::format("With {} it is {:.3f} %, at a cost of {:.4f} % of all it spends per year.",
                       fmt::join(best.measures, ", "), best.loss_pct, best.cost_pct);
  }
  return fmt::format(
      "Buying less through {} beforehand lowers it to {:.3f} %; that moves {:.3f} % of all it "
      "spends to other sellers.",
      fmt::join(best.measures, ", "), best.loss_pct, best.cost_pct);
}

void print_defend(DefendAnswer const& answer) {
  print(wrap(fmt::format("The worst denial of {} link{} costs {} {:.3f} % at unchanged wages. {}",
                         answer.attack_links, answer.attack_links == 1 ? "" : "s", answer.target,
                         answer.undefended_pct, best_words(answer))));
  if (!answer.best_per_cost.measures.empty()) {
    print(wrap(fmt::format("Most for its cost: {} ({:.3f} %, cost {:.3f} %).",
                           fmt::join(answer.best_per_cost.measures, ", "),
                           answer.best_per_cost.loss_pct, answer.best_per_cost.cost_pct)));
  }
  std::vector<std::vector<std::string>> rows;
  for (auto const& plan : answer.ladder) {
    rows.push_back({shortened(fmt::format("{}", fmt::join(plan.measures, " ")), 60),
                    fmt::format("{:.3f} %", plan.loss_pct),
                    plan.bound_pct ? fmt::format("{:.3f} %", *plan.bound_pct) : "-",
                    answer.priced ? fmt::format("{:.4f} %", plan.cost_pct)
                                  : fmt::format("{:.3f} %", plan.cost_pct)});
  }
  print_line();
  print(text_table({"what to fix first", "worst denial", "at most",
                    answer.priced ? "cost per year" : "spending moved"},
                   rows));
  print(wrap(dim(answer.exhaustive
                     ? fmt::format("All plans of at most {} measures were tried.", answer.k)
                     : fmt::format("A heuristic: that no plan does better is not proven. With all "
                                   "measures at once the worst denial found costs {:.3f} %.",
                                   answer.all_at_once_pct.value_or(0)))));
  if (!answer.services) {
    print(wrap(dim("Goods only; --services adds services, whose elasticity is an assumption.")));
  } else if (!answer.theta_assumed.empty()) {
    print(wrap(dim(fmt::format("The elasticity of these is an assumption: {}.",
                               fmt::join(first_of(answer.theta_assumed, 8), ", ")))));
  }
  print_leverage_ending(answer.setting, answer.warnings);
}

Result<void> run_defend(DefendCommand const& command, Context const& context) {
  auto request = command.request;
  request.model = trade_model(command.common);
  LeverageQuestion<DefendAnswer> const question{
      "defend", request.target,
      [&](study::TradeGround const& ground, study::ParameterSource const& source) {
        return study::run_defend(ground, request, source, run_control(context));
      },
      print_defend, defend_to_json};
  return answer_leverage(
      command.common, question,
      {{"k", static_cast<std::int64_t>(request.k)}, {"services", request.services}}, context);
}

}  // namespace

void add_leverage_defend(CLI::App& leverage, Context& context, Action& action) {
  auto const command = std::make_shared<DefendCommand>();
  auto& request = command->request;
  auto& app = add_table_command(
      leverage, context, action, "defend", "What a target should fix first against denials",
      [command](Context const& each) { return run_defend(*command, each); });
  add_leverage_options(app, command->common, false);
  app.add_option("--target", request.target, "Region that defends itself");
  app.add_option("--k", request.k, "Measures at most")->check(CLI::Range(1, 20));
  app.add_option("--attack-links", request.attack_links, "Links a denial takes away at most")
      ->check(CLI::Range(1, 20));
  app.add_option("--measures", request.measures, "Links that can be diversified, the worst ones")
      ->check(CLI::Range(1, 40));
  app.add_option("--sectors", request.sectors, "Sectors of these links (default: goods)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_flag("--services", request.services,
               "Links of services, too; their elasticity is an assumption");
  app.add_option("--options", request.options,
                 "What can be done about a link: diversify, localise, stockpile (default: "
                 "diversify, at the cost of what is moved)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--stock-days", request.stock_days, "Days of purchases held in stock")
      ->check(CLI::Range(1, 365));
  app.add_option("--keep", request.kept_share,
                 "Part of what is bought through a link that stays there")
      ->check(CLI::Range(0.0, 1.0));
}

}  // namespace linchpin::app
