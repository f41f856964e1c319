// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/results/leverage_json.h"
#include "linchpin/study/chokepoint_run.h"

namespace linchpin::app {
namespace {

struct ChokepointCommand {
  LeverageOptions common;
  study::ChokepointRequest request;
};

struct DefendCommand {
  LeverageOptions common;
  study::DefendRequest request;
};

Result<void> check_target(std::string const& target, char const* command) {
  if (!target.empty()) return {};
  return fail(ErrorCode::bad_usage, "no target is named",
              fmt::format("linchpin leverage {}", command), "say whom: --target CHN");
}

std::vector<std::string> asked_sets(LeverageOptions const& common) {
  if (common.theta.empty()) return {};
  return {parameters::split_set_name(common.theta).file};
}

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

std::vector<std::string> first_of(std::vector<std::string> const& list, std::size_t most) {
  std::vector<std::string> words(
      list.begin(), list.begin() + static_cast<std::ptrdiff_t>(std::min(most, list.size())));
  if (list.size() > most) words.push_back(fmt::format("{} more", list.size() - most));
  return words;
}

void print_chokepoints(ChokepointsAnswer const& answer) {
  if (answer.settled.sets.empty()) {
    print(wrap(fmt::format("Nothing that can be denied to {} {}.", answer.target,
                           answer.settled.over_limit > 0 ? "keeps within the limit on senders"
                                                         : "costs it a number")));
  } else {
    auto const& first = answer.settled.sets.front();
    print(wrap(fmt::format(
        "Where {} can be hurt most with {} link{}: without {} it loses {:.3f} % of its real final "
        "spending once trade has settled. They must agree, and lose: {}.",
        answer.target, answer.k, answer.k == 1 ? "" : "s", fmt::join(first.links, ", "),
        first.loss_pct, losses_of(first.sender_loss_pct))));
    print_sets("denied", answer.settled);
  }
  print_monopolies(answer.settled);
  print_bounds(answer);
  if (!answer.services) {
    print(wrap(dim("Goods only; --services adds services, whose elasticity is an assumption.")));
  } else if (!answer.theta_assumed.empty()) {
    print(wrap(dim(fmt::format("The elasticity of these links is an assumption: {}.",
                               fmt::join(first_of(answer.theta_assumed, 8), ", ")))));
  }
  if (answer.join) print_join(*answer.join);
  if (!answer.top_share.empty()) {
    std::vector<std::string> words;
    for (auto const& [link, share] : answer.top_share) {
      if (words.size() == 10) break;
      words.push_back(fmt::format("{} {:.0f} %", link, 100 * share));
    }
    print(wrap(fmt::format("Among the {} most harmful links in so many of {} draws: {}.", answer.k,
                           answer.draws, fmt::join(words, ", "))));
  }
  print_leverage_ending(answer.setting, answer.warnings);
}

Result<void> run_chokepoints(ChokepointCommand const& command, Context const& context) {
  RunClock const clock;
  auto const& common = command.common;
  if (auto const sound = check_leverage_options(common, "chokepoints"); !sound) return sound;
  auto request = command.request;
  if (auto const sound = check_target(request.target, "chokepoints"); !sound) return sound;
  auto const input = open_trade_input(common.world, {}, {}, context);
  if (!input) return fail(input.error());
  request.model = trade_model(common);
  request.ensemble = draws_of(common);
  ParameterFiles parameters({}, asked_sets(common), context);
  auto const answer =
      study::run_chokepoints(input->ground, request, parameters.source(), run_control(context));
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!context.json) {
    print_chokepoints(*answer);
    return {};
  }
  auto origin = leverage_origin(common, *input, parameters, clock,
                                {{"theta", answer->setting.theta},
                                 {"horizon", answer->setting.horizon},
                                 {"target", request.target},
                                 {"k", static_cast<std::int64_t>(request.k)},
                                 {"products", request.products},
                                 {"services", request.services}});
  if (!origin) return fail(origin.error());
  print_line(to_text(chokepoints_to_json(*answer, *std::move(origin))));
  return {};
}

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
                     : fmt::format("A heuristic: with all measures at once the worst denial found "
                                   "still costs {:.3f} %.",
                                   answer.least_possible_pct))));
  if (!answer.services) {
    print(wrap(dim("Goods only; --services adds services, whose elasticity is an assumption.")));
  } else if (!answer.theta_assumed.empty()) {
    print(wrap(dim(fmt::format("The elasticity of these is an assumption: {}.",
                               fmt::join(first_of(answer.theta_assumed, 8), ", ")))));
  }
  print_leverage_ending(answer.setting, answer.warnings);
}

Result<void> run_defend(DefendCommand const& command, Context const& context) {
  RunClock const clock;
  auto const& common = command.common;
  if (auto const sound = check_leverage_options(common, "defend"); !sound) return sound;
  auto request = command.request;
  if (auto const sound = check_target(request.target, "defend"); !sound) return sound;
  auto const input = open_trade_input(common.world, {}, {}, context);
  if (!input) return fail(input.error());
  request.model = trade_model(common);
  ParameterFiles parameters({}, asked_sets(common), context);
  auto const answer =
      study::run_defend(input->ground, request, parameters.source(), run_control(context));
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!context.json) {
    print_defend(*answer);
    return {};
  }
  auto origin = leverage_origin(common, *input, parameters, clock,
                                {{"theta", answer->setting.theta},
                                 {"horizon", answer->setting.horizon},
                                 {"target", request.target},
                                 {"k", static_cast<std::int64_t>(request.k)},
                                 {"services", request.services}});
  if (!origin) return fail(origin.error());
  print_line(to_text(defend_to_json(*answer, *std::move(origin))));
  return {};
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
  app.add_flag("--services", request.services,
               "Services may be denied, too; their elasticity is an assumption");
  app.add_option("--sender-limit", request.sender_limit_pct,
                 "No sender loses more than this, per cent of its real final spending")
      ->check(CLI::Range(-100.0, 100.0));
  app.add_flag("--products", request.products, "Deny sectors, all foreign sellers at once");
  app.add_option("--reach", request.reach_pct,
                 "Who must join, so that the target loses this many per cent?")
      ->check(CLI::Range(1e-9, 100.0));
  app.add_option("--top", request.top, "Sets shown")->check(CLI::Range(1, 1000));
}

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
