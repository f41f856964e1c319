// SPDX-License-Identifier: Apache-2.0
// `linchpin leverage chokepoints --technology NAME`: makers in a technology's supply tree.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "apps/linchpin/leverage_commands.h"
#include "linchpin/results/supply_tree.h"
#include "linchpin/results/worldless_origin.h"

namespace linchpin::app {
namespace {

std::string percent_or_stops(std::optional<double> value) {
  return value ? fmt::format("{:.2f} %", *value) : "stops";
}

std::string band_of(TreeLinkSet const& set) {
  if (set.band_pct.size() != 3) return {};
  return fmt::format(" [{:.2f}, {:.2f}]", set.band_pct[0], set.band_pct[2]);
}

void print_tree_sets(SupplyTreeAnswer const& answer) {
  if (answer.sets.empty()) {
    print(
        wrap(fmt::format("Nobody outside {} makes anything of {} that could be denied at a "
                         "price.",
                         answer.target, answer.title)));
    return;
  }
  auto const& first = answer.sets.front();
  print(wrap(fmt::format(
      "{} for {}, at most {} maker{} denied: without {} a unit costs {:.2f} % more; {}.",
      answer.title, answer.target, answer.k, answer.k == 1 ? "" : "s", fmt::join(first.links, ", "),
      first.cost_pct,
      answer.optimal ? "proven to be the worst of what leaves it possible"
      : answer.bound_pct
          ? fmt::format("proven: no set that leaves it possible costs more than {:.2f} %",
                        *answer.bound_pct)
          : "not proven to be the worst")));
  std::vector<std::vector<std::string>> rows;
  for (auto const& set : answer.sets) {
    std::vector<std::string> senders;
    for (auto const& [country, value] : set.value_pct) {
      senders.push_back(fmt::format("{} {:.2f} %", country, value));
    }
    rows.push_back({shortened(fmt::format("{}", fmt::join(set.links, " ")), 70),
                    fmt::format("{:.2f} %", set.cost_pct) + band_of(set),
                    shortened(fmt::format("{}", fmt::join(senders, ", ")), 40)});
  }
  print_line();
  print(text_table({"denied", "dearer", "arises there"}, rows));
}

void print_stops(SupplyTreeAnswer const& answer) {
  auto const say = [](char const* what, std::vector<TreeCutRow> const& cuts) {
    if (cuts.empty()) {
      print(wrap(fmt::format("No number of {} stops it.", what)));
      return;
    }
    std::vector<std::string> words;
    for (auto const& cut : cuts) {
      // All of the smallest: each is a way to stop it.
      if (words.size() >= 3 && cut.members.size() > cuts.front().members.size()) break;
      words.push_back(fmt::format("{} ({})", fmt::join(cut.members, " and "), cut.stage));
    }
    print(wrap(fmt::format("Fewest {} without which it is not made at all: {}.", what,
                           fmt::join(words, "; "))));
  };
  say("links", answer.link_cuts);
  say("countries", answer.country_cuts);
}

void print_tree_stages(SupplyTreeAnswer const& answer) {
  std::vector<std::vector<std::string>> rows;
  for (auto const& each : answer.stages) {
    rows.push_back(
        {each.stage + (each.gates ? " (gates)" : ""), fmt::format("{:.1f} %", each.cost_share_pct),
         fmt::format("{:.1f} %", each.home_share_pct),
         each.largest.empty() ? std::string{"-"}
                              : fmt::format("{} {:.1f} %", each.largest, each.largest_share_pct),
         percent_or_stops(each.cost_pct)});
  }
  print_line();
  print(text_table({"stage", "of the cost", "at home", "largest abroad", "dearer without"}, rows));
  rows.clear();
  for (auto const& each : answer.actors) {
    if (rows.size() == 10) break;
    rows.push_back({each.firm ? fmt::format("{} ({})", each.name, each.country) : each.name,
                    percent_or_stops(each.cost_pct), fmt::format("{:.2f} %", each.value_pct),
                    shortened(fmt::format("{}", fmt::join(each.stopped, ", ")), 40)});
  }
  print_line();
  print(text_table({"alone, with all it makes", "dearer", "arises there", "stops"}, rows));
}

void print_tree(SupplyTreeAnswer const& answer) {
  print_tree_sets(answer);
  print_stops(answer);
  print_tree_stages(answer);
  if (!answer.link_shares.empty()) {
    std::vector<std::string> words;
    for (auto const& [link, share] : answer.link_shares) {
      if (words.size() == 8) break;
      words.push_back(fmt::format("{} {:.0f} %", link, 100 * share));
    }
    print(wrap(fmt::format("In the worst set in so many of {} draws: {}.",
                           answer.draws - answer.failed_draws, fmt::join(words, ", "))));
  }
  if (answer.failed_draws > 0) {
    print(wrap(fmt::format("{} draws have no answer.", answer.failed_draws)));
  }
  for (auto const& each : answer.warnings) print(wrap(each));
  print(wrap(dim(fmt::format(
      "Makers: {}. Shares are the world's: {} is taken to buy as the world does, and a denial to "
      "reach what others build in for it. Makers of a stage replace each other with an elasticity "
      "of {:g} ({}); amounts of inputs are fixed; no new makers, no stocks.",
      answer.makers_words, answer.target, answer.theta, answer.theta_words))));
}

}  // namespace

Result<void> run_leverage_tree(study::SupplyTreeRequest const& request, Context const& context) {
  RunClock const clock;
  std::vector<std::string> asked;
  if (!request.providers.empty()) asked.push_back(request.providers);
  ParameterFiles parameters({}, std::move(asked), context);
  auto const answer = study::run_supply_tree(request, parameters.source(), run_control(context));
  finish_progress();
  if (!answer) return fail(answer.error());
  if (!context.json) {
    print_tree(*answer);
    return {};
  }
  Origin origin;
  if (request.ensemble) origin.seed = request.ensemble->seed;
  origin.options = {{"technology", request.technology},
                    {"target", request.target},
                    {"k", static_cast<std::int64_t>(request.k)},
                    {"theta", answer->theta},
                    {"needed", answer->needed}};
  if (request.ensemble) {
    origin.options.emplace_back("draws", static_cast<std::int64_t>(request.ensemble->draws));
  }
  auto described = origin_without_world(clock, std::move(origin), parameters.with({}));
  if (!described) return fail(described.error());
  print_line(to_text(supply_tree_to_json(*answer, *std::move(described))));
  return {};
}

}  // namespace linchpin::app
