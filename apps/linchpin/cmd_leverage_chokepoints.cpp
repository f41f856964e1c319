// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/results/leverage_json.h"
#include "linchpin/study/chokepoint_run.h"
#include "linchpin/table/files/csv.h"

namespace linchpin::app {
namespace {

struct ChokepointCommand {
  LeverageOptions common;
  study::ChokepointRequest request;
  study::SupplyTreeRequest tree;  ///< with a technology: that is asked, not a world
  ProductLinkOptions products;    ///< with files: those are asked, not a world
};

std::string losses_of(std::vector<Labelled> const& losses) {
  std::vector<std::string> words;
  for (auto const& [region, loss] : losses)
    words.push_back(fmt::format("{} {:.3f} %", region, loss));
  return fmt::format("{}", fmt::join(words, ", "));
}

void print_sets(char const* title, LinkSearch const& search) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& set : search.sets) {
    rows.push_back({shortened(fmt::format("{}", fmt::join(set.links, " ")), 60),
                    fmt::format("{:.3f} %", set.loss_pct) +
                        (set.band_pct.size() == 3
                             ? fmt::format(" [{:.3f}, {:.3f}]", set.band_pct[0], set.band_pct[2])
                             : ""),
                    shortened(losses_of(set.sender_loss_pct), 60)});
  }
  print_line();
  print(text_table({title, "target loses", "senders lose"}, rows));
}

void print_monopolies(LinkSearch const& search) {
  for (std::size_t m = 0; m < std::min<std::size_t>(search.monopolies.size(), 3); ++m) {
    print(
        wrap(fmt::format("Not in the list, for the loss is no number: without {} the target has no "
                         "seller left of something.",
                         fmt::join(search.monopolies[m], ", "))));
  }
}

void print_bounds(ChokepointsAnswer const& answer) {
  auto const& prices = answer.prices;
  if (answer.settled.bound_pct) {
    print(wrap("Once trade has settled no set does more than the first: all were tried."));
  } else {
    print(
        wrap(dim(fmt::format("Once trade has settled: the best of {} sets solved in full; not "
                             "proven to be the best.",
                             answer.settled.evaluations))));
  }
  if (prices.sets.empty() || !prices.bound_pct) return;
  auto const best = prices.sets.front().loss_pct;
  print(wrap(fmt::format(
      "At unchanged wages{} the worst set costs {:.3f} % ({}); {}.",
      answer.sender_limit_pct ? " and without the limit on senders" : "", best,
      fmt::join(prices.sets.front().links, ", "),
      prices.optimal ? "proven to be the worst"
                     : fmt::format("proven: no set costs more than {:.3f} %, a gap of {:.1f} %",
                                   *prices.bound_pct,
                                   best > 0 ? 100 * (*prices.bound_pct / best - 1) : 0.0))));
}

std::string members_of(JoinAnswer const& join) {
  std::vector<std::string> words;
  for (auto const& [region, loss] : join.members) {
    words.push_back(loss ? fmt::format("{} {:.3f} %", region, *loss) : region);
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

void print_join_failures(JoinAnswer const& join) {
  if (join.failed == 0) return;
  print(wrap(
      dim(fmt::format("For {} of the coalitions tried the model has no answer.", join.failed))));
}

void print_join(JoinAnswer const& join) {
  auto const* what = join.goods_only ? "all goods they sell" : "all they sell of what was asked";
  if (!join.reached) {
    auto const who = join.all_asked ? fmt::format("None of its {} suppliers", join.suppliers)
                                    : fmt::format("None of the {} largest of its {} suppliers",
                                                  join.candidates, join.suppliers);
    auto text =
        fmt::format("{} {} it {:g} % by {}, alone or together: {}.", who,
                    join.failed > 0 ? "was found to cost" : "can cost", join.wanted_pct, what,
                    join.no_answer ? std::string{"for all of those the model has no answer"}
                                   : fmt::format("all of those cost it {:.3f} %", join.loss_pct));
    if (join.all_loss_pct) {
      text += *join.all_loss_pct >= join.wanted_pct
                  ? fmt::format(
                        " With the smaller ones too it is {:.3f} %; which of them are needed "
                        "was not asked.",
                        *join.all_loss_pct)
                  : fmt::format(" With the smaller ones too it is {:.3f} %.", *join.all_loss_pct);
    }
    print(wrap(text));
    print_join_failures(join);
    return;
  }
  print(wrap(fmt::format(
      "Who must join to cost it {:g} %: {}{}.{}", join.wanted_pct, members_of(join),
      join.lost ? " (it is then left without something it cannot do without)"
                : fmt::format(", {}, {:.3f} % together", what, join.loss_pct),
      join.smallest ? fmt::format(" No smaller coalition of {} {} suppliers does.",
                                  join.all_asked ? "its" : "its largest", join.candidates)
                    : " Not proven to be the smallest.")));
  print_join_failures(join);
}

void print_odds(ChokepointsAnswer const& answer) {
  if (answer.links.empty()) return;
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : answer.links) {
    if (rows.size() == 10) break;
    rows.push_back({each.link,
                    each.best_set_share ? fmt::format("{:.0f} %", 100 * *each.best_set_share) : "-",
                    fmt::format("{:.0f} %", 100 * each.top_share),
                    fmt::format("{:g} [{:g}, {:g}]", each.rank_p50, each.rank_p05, each.rank_p95)});
  }
  print_line();
  print(
      text_table({fmt::format("of {} draws ({} with sets)", answer.draws, answer.set_draws),
                  "in the best set", fmt::format("alone in the first {}", answer.k), "rank alone"},
                 rows));
}

void print_first_order(ChokepointsAnswer const& answer) {
  if (answer.cut >= 1 || answer.settled.sets.empty()) return;
  auto const& first = answer.settled.sets.front();
  print(wrap(dim(fmt::format(
      "Links were screened by first-order effects in general equilibrium, which take the first set "
      "for {:.3f} %; they see no two sellers together.",
      first.first_order_pct.value_or(0)))));
}

void print_chokepoints(ChokepointsAnswer const& answer) {
  if (answer.settled.sets.empty()) {
    print(wrap(fmt::format("Nothing that can be denied to {} {}.", answer.target,
                           answer.settled.over_limit > 0 ? "keeps within the limit on senders"
                                                         : "costs it a number")));
  } else {
    auto const& first = answer.settled.sets.front();
    print(wrap(fmt::format(
        "Where {} can be hurt most with {} link{}: without {}{} it loses {:.3f} % of its real "
        "final spending once trade has settled. They must agree, and lose: {}.",
        answer.target, answer.k, answer.k == 1 ? "" : "s",
        answer.cut < 1 ? fmt::format("{:g} % of ", 100 * answer.cut) : std::string{},
        fmt::join(first.links, ", "), first.loss_pct, losses_of(first.sender_loss_pct))));
    print_sets(answer.cut < 1 ? "cut" : "denied", answer.settled);
  }
  print_first_order(answer);
  print_monopolies(answer.settled);
  print_bounds(answer);
  if (!answer.services) {
    print(wrap(dim("Goods only; --services adds services, whose elasticity is an assumption.")));
  } else if (!answer.theta_assumed.empty()) {
    print(wrap(dim(fmt::format("The elasticity of these links is an assumption: {}.",
                               fmt::join(first_of(answer.theta_assumed, 8), ", ")))));
  }
  if (answer.join) print_join(*answer.join);
  print_odds(answer);
  print_leverage_ending(answer.setting, answer.warnings);
}

/// What was given that does not go with `instead` of a world.
Result<void> check_no_world(ChokepointCommand const& command, char const* instead) {
  auto const& asked = command.request;
  std::vector<std::string> strange;
  if (!command.common.world.empty()) strange.push_back(command.common.world);
  if (command.common.horizon) strange.emplace_back("--horizon");
  if (!asked.senders.empty()) strange.emplace_back("--senders");
  if (!asked.sectors.empty()) strange.emplace_back("--sectors");
  if (asked.cut < 1) strange.emplace_back("--cut");
  if (asked.services) strange.emplace_back("--services");
  if (asked.products) strange.emplace_back("--products");
  if (asked.sender_limit_pct) strange.emplace_back("--sender-limit");
  if (asked.reach_pct) strange.emplace_back("--reach");
  if (strange.empty()) return {};
  return fail(ErrorCode::bad_usage,
              fmt::format("{} do{} not go with {}", fmt::join(strange, ", "),
                          strange.size() == 1 ? "es" : "", instead),
              "linchpin leverage chokepoints", "it is asked without a world");
}

Result<void> run_products(ChokepointCommand const& command, Context const& context) {
  if (auto const sound = check_no_world(command, "--product-trade"); !sound) return sound;
  if (!command.tree.technology.empty() || command.common.ensemble.draws ||
      !command.common.theta.empty()) {
    return fail(ErrorCode::bad_usage,
                "--technology, --theta and --draws do not go with --product-trade",
                "linchpin leverage chokepoints", "elasticities are those of --elasticities");
  }
  auto options = command.products;
  options.target = command.request.target;
  options.k = command.request.k;
  options.top = command.request.top;
  return run_leverage_products(options, context);
}

Result<void> run_tree(ChokepointCommand const& command, Context const& context) {
  if (auto const sound = check_no_world(command, "--technology"); !sound) return sound;
  if (auto const sound = check_target(command.request.target, "chokepoints"); !sound) return sound;
  if (auto const sound = check_ensemble_options(command.common.ensemble); !sound) return sound;
  auto request = command.tree;
  request.target = command.request.target;
  request.k = command.request.k;
  request.top = command.request.top;
  request.ensemble = draws_of(command.common);
  if (!command.common.theta.empty()) {
    double theta = 0;
    if (auto const fault = parse_number(command.common.theta, theta);
        fault != NumberFault::none || !(theta > 0)) {
      return fail(ErrorCode::bad_usage,
                  fmt::format("'{}' is no elasticity between makers", command.common.theta),
                  "--theta", "with --technology a number above 0");
    }
    request.theta = theta;
  }
  return run_leverage_tree(request, context);
}

Result<void> run_chokepoints(ChokepointCommand const& command, Context const& context) {
  auto const& tree = command.tree;
  auto const& products = command.products;
  if (!products.files.empty()) return run_products(command, context);
  if (!products.elasticities.empty() || !products.codes.empty() || products.year ||
      products.spending) {
    return fail(ErrorCode::bad_usage,
                "--elasticities, --codes, --year and --spending are of files of trade",
                "linchpin leverage chokepoints", "name them: --product-trade FILE");
  }
  if (!tree.technology.empty()) return run_tree(command, context);
  if (!tree.providers.empty() || !tree.gates.empty() || tree.needed) {
    return fail(ErrorCode::bad_usage, "--providers, --gates and --needed are of a technology",
                "linchpin leverage chokepoints", "name it: --technology ai-chips");
  }
  auto request = command.request;
  request.model = trade_model(command.common);
  request.ensemble = draws_of(command.common);
  LeverageQuestion<ChokepointsAnswer> const question{
      "chokepoints", request.target,
      [&](study::TradeGround const& ground, study::ParameterSource const& source) {
        return study::run_chokepoints(ground, request, source, run_control(context));
      },
      print_chokepoints, chokepoints_to_json};
  return answer_leverage(command.common, question,
                         {{"k", static_cast<std::int64_t>(request.k)},
                          {"cut", request.cut},
                          {"products", request.products},
                          {"services", request.services}},
                         context);
}

}  // namespace

void add_leverage_chokepoints(CLI::App& leverage, Context& context, Action& action) {
  auto const command = std::make_shared<ChokepointCommand>();
  auto& request = command->request;
  auto& app = add_table_command(
      leverage, context, action, "chokepoints", "Links whose denial hurts a target most",
      [command](Context const& each) { return run_chokepoints(*command, each); });
  add_leverage_options(app, command->common, true);
  app.add_option("--target", request.target, "Region that is denied something");
  app.add_option("--k", request.k, "Links at most")->check(CLI::Range(1, 20));
  app.add_option("--senders", request.senders, "Regions that may deny (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--sectors", request.sectors, "Sectors that may be denied (default: goods)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--cut", request.cut,
                 "Share of each purchase that is denied; below 1 links are screened by first-order "
                 "effects")
      ->check(CLI::Range(1e-6, 1.0));
  app.add_flag("--services", request.services,
               "Services may be denied, too; their elasticity is an assumption");
  app.add_option("--sender-limit", request.sender_limit_pct,
                 "No sender loses more than this, per cent of its real final spending")
      ->check(CLI::Range(-100.0, 100.0));
  app.add_flag("--products", request.products, "Deny sectors, all foreign sellers at once");
  app.add_option("--reach", request.reach_pct,
                 "Who must join, so that the target loses this many per cent?")
      ->check(CLI::Range(1e-9, 100.0));
  app.add_option("--technology", command->tree.technology,
                 "Instead of a world: makers in the supply tree of a technology (ai-chips)");
  app.add_option(
      "--providers", command->tree.providers,
      "File of its makers: stage,firm,country,share (default: countries by its numbers)");
  app.add_option("--gates", command->tree.gates,
                 "Stages without enough of which it is not made at all, besides the tools of the "
                 "technology; none: not even those")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--needed", command->tree.needed,
                 "Share of such a stage that must be left (default: its gate_access, else 0.5)")
      ->check(CLI::Range(0.0, 1.0));
  auto& products = command->products;
  app.add_option("--product-trade", products.files,
                 "Instead of a world: files of trade by product, as `depend products` reads")
      ->allow_extra_args(false);
  app.add_option("--elasticities", products.elasticities,
                 "Trade elasticities by product: product,theta, or ProTEE's file");
  app.add_option("--codes", products.codes, "Labels of the country codes of these files");
  app.add_option("--year", products.year, "Year of these files (default: the last)")
      ->check(CLI::Range(1000, 9999));
  app.add_option("--spending", products.spending,
                 "All that the target spends, in the unit of these files: losses are of that")
      ->check(CLI::PositiveNumber);
  app.add_option("--top", request.top, "Sets shown")->check(CLI::Range(1, 1000));
}

}  // namespace linchpin::app
