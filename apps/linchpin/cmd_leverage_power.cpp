// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "apps/linchpin/leverage_commands.h"
#include "apps/linchpin/table_commands.h"
#include "apps/linchpin/terminal.h"
#include "apps/linchpin/world.h"
#include "linchpin/leverage/log_cost.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/results/leverage_json.h"
#include "linchpin/study/power_run.h"
#include "linchpin/table/store/trade_store.h"

namespace linchpin::app {
namespace {

struct PowerCommand {
  LeverageOptions common;
  study::PowerRequest request;
};

std::string name_of(PowerPair const& pair) {
  return fmt::format("{}", fmt::join(pair.senders, "+"));
}

std::string percent(std::optional<double> value) {
  return value ? fmt::format("{:.3f} %", *value) : "-";
}

/// "2.840 % [2.450, 21.940]".
std::string short_run_words(PowerPair const& pair) {
  auto text = percent(pair.short_run_pct);
  if (pair.short_run_low_pct && pair.short_run_high_pct) {
    text += fmt::format(" [{:.3f}, {:.3f}]", *pair.short_run_low_pct, *pair.short_run_high_pct);
  }
  return text;
}

std::optional<double> largest(std::vector<Labelled> const& losses) {
  std::optional<double> most;
  for (auto const& [region, loss] : losses) most = std::max(most.value_or(loss), loss);
  return most;
}

/// Words about one pair: what would happen, by every measure.
std::string words_of(PowerPair const& pair, PowerAnswer const& answer) {
  auto const sender = name_of(pair);
  if (pair.same) return fmt::format("{} over {}: nothing is asked.", sender, pair.target);
  if (!pair.trade) {
    return fmt::format("{} sells {} nothing of what would be withheld: no power.", sender,
                       pair.target);
  }
  auto const monopoly = pair.monopoly.empty() ? std::string{}
                                              : fmt::format(" and leave it without {}, a monopoly,",
                                                            fmt::join(pair.monopoly, ", "));
  auto text = fmt::format(
      "{} over {}: withholding all it sells{} would make living in {} {:.2f} % dearer{} at "
      "unchanged "
      "wages",
      sender, pair.target, answer.withheld.empty() ? "" : " of these sectors", pair.target,
      leverage::dearer_pct(pair.cost_index), monopoly);
  if (pair.short_run_pct) {
    text += fmt::format(", costs {:.2f} % of final use over the first {} days", *pair.short_run_pct,
                        answer.days);
  }
  if (pair.target_loss_pct) {
    text += fmt::format("{} {:.2f} % of real final spending once trade has settled; ",
                        pair.short_run_pct ? " and" : " and costs", *pair.target_loss_pct);
    auto const own = largest(pair.sender_loss_pct).value_or(0);
    text += pair.costless ? "the sender has nothing to lose by it"
                          : fmt::format("the sender then loses {:.2f} % itself", own);
  } else if (!pair.lost.empty()) {
    text += fmt::format("; once trade has settled it is left without something: {}", pair.lost);
  } else if (!pair.failed.empty()) {
    text += fmt::format("; settled trade has no answer: {}", pair.failed);
  }
  return text + ".";
}

/// The first pairs by what living would cost.
std::vector<PowerPair const*> by_cost(PowerAnswer const& answer) {
  std::vector<PowerPair const*> order;
  for (auto const& pair : answer.pairs) order.push_back(&pair);
  std::stable_sort(order.begin(), order.end(),
                   [](auto const* a, auto const* b) { return a->cost_index > b->cost_index; });
  if (order.size() > answer.top) order.resize(answer.top);
  return order;
}

void print_ranking(PowerAnswer const& answer) {
  auto const order = by_cost(answer);
  if (!order.empty()) print(wrap(words_of(*order.front(), answer)));
  print_line();
  std::vector<std::string> header{"who over whom", "dearer",        "direct",
                                  "Liu-Yang net",  "loss, settled", "sender's loss",
                                  "ratio",         "short run",     "monopoly"};
  if (answer.draws > 0) header.emplace_back(fmt::format("in top {}", answer.top));
  std::vector<std::vector<std::string>> rows;
  for (auto const* pair : order) {
    std::vector<std::string> row{
        shortened(name_of(*pair), 24) + " > " + pair->target,
        fmt::format("{:.3f} %", leverage::dearer_pct(pair->cost_index)),
        fmt::format("{:.3f} %", leverage::dearer_pct(pair->cost_index_direct)),
        fmt::format("{:+.5f}", pair->liu_yang_target - pair->liu_yang_sender),
        percent(pair->target_loss_pct),
        percent(largest(pair->sender_loss_pct)),
        pair->ratio ? fmt::format("{:.2f}", *pair->ratio) : (pair->costless ? "costless" : "-"),
        short_run_words(*pair),
        shortened(fmt::format("{}", fmt::join(pair->monopoly, ",")), 16)};
    if (pair->rank) row.push_back(fmt::format("{:.0f} %", 100 * pair->rank->top_share));
    rows.push_back(std::move(row));
  }
  print(text_table(header, rows));
  if (answer.pairs.size() > rows.size()) {
    print_line(dim(fmt::format("The first {} of {} pairs by cost; --top shows more, --json all.",
                               rows.size(), answer.pairs.size())));
  }
}

std::string band_of(std::optional<PairDraws> const& draws) {
  if (!draws) return "-";
  auto text = draws->p05 ? fmt::format("[{:.3f}, {:.3f}] %", *draws->p05, *draws->p95)
                         : std::string{"none"};
  if (draws->lost > 0) text += fmt::format(", {} lost", draws->lost);
  if (draws->failed > 0) text += fmt::format(", {} failed", draws->failed);
  return text;
}

/// Bands of all four measures, for the first pairs of the ranking.
void print_bands(PowerAnswer const& answer) {
  if (answer.draws == 0) return;
  std::vector<std::vector<std::string>> rows;
  for (auto const* pair : by_cost(answer)) {
    if (!pair->rank) continue;
    auto const& rank = *pair->rank;
    auto const& settled = pair->settled_draws;
    rows.push_back(
        {shortened(name_of(*pair), 24) + " > " + pair->target,
         fmt::format("[{:.3f}, {:.3f}] %", leverage::dearer_pct(rank.p05),
                     leverage::dearer_pct(rank.p95)),
         fmt::format("[{:+.5f}, {:+.5f}]", rank.liu_yang_p05, rank.liu_yang_p95), band_of(settled),
         settled && settled->rank_p50 ? fmt::format("{:g} [{:g}, {:g}]", *settled->rank_p50,
                                                    *settled->rank_p05, *settled->rank_p95)
                                      : std::string{"-"},
         band_of(pair->short_run_draws)});
  }
  if (rows.empty()) return;
  print_line();
  print(text_table(
      {"nine draws of ten", "dearer", "Liu-Yang net", "loss, settled", "rank by that", "short run"},
      rows));
}

/// Every measure by sector, for the first pairs of the ranking.
void print_by_sector(PowerAnswer const& answer) {
  std::vector<std::vector<std::string>> rows;
  auto const order = by_cost(answer);
  for (auto const* pair : order) {
    for (auto const& each : pair->by_sector) {
      rows.push_back({shortened(name_of(*pair), 24) + " > " + pair->target,
                      shortened(each.sector, 16),
                      fmt::format("{:.3f} %", leverage::dearer_pct(each.cost_index)),
                      fmt::format("{:.3f} %", leverage::dearer_pct(each.cost_index_direct)),
                      fmt::format("{:+.5f}", each.liu_yang_target - each.liu_yang_sender),
                      percent(each.target_loss_pct), percent(each.sender_loss_pct),
                      percent(each.short_run_pct), each.monopoly ? "yes" : ""});
    }
  }
  if (rows.empty()) return;
  print_line();
  print(text_table({"who over whom", "sector alone", "dearer", "direct", "Liu-Yang net",
                    "loss, settled", "sender's loss", "short run", "monopoly"},
                   rows));
}

/// The set of a file of several, else the file without its folders.
std::string set_name(std::string const& name) {
  return name.substr(name.find_last_of(name.find(".csv:") == std::string::npos ? "/" : ":") + 1);
}

void print_agreement(RankAgreement const& agreement) {
  auto const matrix = [&](char const* title, std::vector<std::vector<double>> const& tau) {
    std::vector<std::string> header{title};
    std::vector<std::vector<std::string>> rows;
    for (std::size_t s = 0; s < tau.size(); ++s) {
      header.push_back(shortened(set_name(agreement.sets[s]), 30));
      std::vector<std::string> row{shortened(set_name(agreement.sets[s]), 40)};
      for (double const each : tau[s]) row.push_back(fmt::format("{:.3f}", each));
      rows.push_back(std::move(row));
    }
    print_line();
    print(text_table(header, rows));
  };
  matrix("Kendall's tau, by cost", agreement.cost_index);
  matrix("Kendall's tau, by settled loss", agreement.equilibrium);
}

void print_power(PowerAnswer const& answer) {
  if (answer.pairs.empty()) print_line("No pair of regions is asked about.");
  if (!answer.pairs.empty()) print_ranking(answer);
  print_bands(answer);
  print_by_sector(answer);
  if (answer.agreement) print_agreement(*answer.agreement);
  print_line();
  if (!answer.short_run_model.empty()) {
    print(wrap(dim(fmt::format("Short run: {}.", answer.short_run_model))));
  }
  if (!answer.short_run_reason.empty()) {
    print(wrap(fmt::format("No short run: {}.", answer.short_run_reason)));
  }
  print_leverage_ending(answer.setting, answer.warnings);
}

Result<bool> is_calibration(std::string const& name) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(name, failure)) return false;
  return is_trade_calibration(name);
}

Result<void> run(PowerCommand const& command, Context const& context) {
  RunClock const clock;
  auto const& common = command.common;
  if (auto const sound = check_leverage_options(common, "power"); !sound) return sound;
  auto const input = open_trade_input(common.world, {}, {}, context);
  if (!input) return fail(input.error());
  auto const calibration = is_calibration(common.world);
  if (!calibration) return fail(calibration.error());
  std::optional<World> world;
  if (!*calibration) {
    auto opened = open_world(common.world, context);
    if (!opened) return fail(opened.error());
    world.emplace(*std::move(opened));
  }
  auto request = command.request;
  request.model = trade_model(common);
  request.ensemble = draws_of(common);
  std::vector<std::string> sets;
  if (!common.theta.empty()) sets.push_back(parameters::split_set_name(common.theta).file);
  for (auto const& each : request.compare) {
    if (each == "low" || each == "high" || each == "uniform") continue;
    sets.push_back(parameters::split_set_name(each).file);
  }
  ParameterFiles parameters({}, sets, context);
  auto const answer = study::run_power(input->ground, world ? &world->economy : nullptr, request,
                                       parameters.source(), run_control(context));
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!context.json) {
    print_power(*answer);
    return {};
  }
  auto origin = leverage_origin(common, *input, parameters, clock,
                                {{"theta", answer->setting.theta},
                                 {"horizon", answer->setting.horizon},
                                 {"days", static_cast<std::int64_t>(answer->days)},
                                 {"full_break", answer->full_break},
                                 {"outer_elasticity", answer->outer},
                                 {"together", request.together}});
  if (!origin) return fail(origin.error());
  print_line(to_text(power_to_json(*answer, *std::move(origin))));
  return {};
}

}  // namespace

void add_leverage_power(CLI::App& leverage, Context& context, Action& action) {
  auto const command = std::make_shared<PowerCommand>();
  auto& request = command->request;
  auto& app = add_table_command(leverage, context, action, "power",
                                "Power of regions over each other, by four measures",
                                [command](Context const& each) { return run(*command, each); });
  add_leverage_options(app, command->common, true);
  app.add_option("--senders", request.senders, "Regions that withhold (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--targets", request.targets, "Regions they withhold from (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_option("--sectors", request.sectors, "What is withheld (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false);
  app.add_flag("--together", request.together, "The senders act as one coalition");
  app.add_flag("--full-break", request.full_break,
               "The target's sales to the senders stop, too (equilibrium and short run)");
  app.add_option("--outer-elasticity", request.outer,
                 "Elasticity between sectors of final demand, of the cost indices (default: 1)")
      ->check(CLI::Range(0.0, 100.0));
  app.add_option("--compare", request.compare,
                 "Another set of trade elasticities, to compare ranks with: FILE:SET, low, high, "
                 "uniform (repeatable)")
      ->allow_extra_args(false);
  app.add_flag("--by-sector", request.by_sector, "Every measure for each sector alone, too");
  app.add_flag("--short-run-range", request.short_run_range,
               "The short run by six models, as a range (six times the work)");
  app.add_option("--days", request.days, "Days of the short run")->check(CLI::Range(1, 3650));
  auto const some = CLI::Range(std::size_t{0}, std::size_t{100'000});
  app.add_option("--settled-draws", request.settled_draws,
                 "Draws at most in which trade is settled, for the strongest pairs (default: 100)")
      ->check(some);
  app.add_option("--short-run-draws", request.short_run_draws,
                 "Draws at most of the first months, for the strongest pairs (default: 20)")
      ->check(some);
  app.add_option("--top", request.top, "Pairs shown, and first places that ranks are about")
      ->check(CLI::Range(1, 1'000'000));
}

}  // namespace linchpin::app
