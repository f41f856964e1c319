// SPDX-License-Identifier: Apache-2.0
#include "linchpin/results/leverage_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "linchpin/leverage/log_cost.h"
#include "linchpin/results/quantile_columns.h"
#include "linchpin/results/row_writer.h"

namespace linchpin {
namespace {

using leverage::dearer_pct;

constexpr char const* no_loss = "the target is left without something it cannot do without";

std::string flag_of(PowerPair const& pair) {
  if (pair.same) return "same";
  if (!pair.trade) return "no trade";
  if (!pair.lost.empty()) return "lost: " + pair.lost;
  if (!pair.failed.empty()) return "no answer: " + pair.failed;
  if (!pair.monopoly.empty()) return fmt::format("monopoly: {}", fmt::join(pair.monopoly, ", "));
  if (pair.costless) return "costless";
  return "";
}

ResultColumn dearer_column() {
  return number_column("cost_index_pct", "Dearer", "%",
                       "Rise of the cost of living at unchanged wages, through the network.");
}

/// A quantile over draws.
ResultColumn over_draws(char const* name, char const* title, char const* words = "Over draws.") {
  return number_column(name, title, "%", words, no_draws);
}

/// The rise of the cost of living, and its 5 % and 95 % quantile.
void write_dearer(RowWriter& row, PowerPair const& pair) {
  row << dearer_pct(pair.cost_index);
  if (!pair.rank) {
    row.leave_empty(2);
    return;
  }
  row << dearer_pct(pair.rank->p05) << dearer_pct(pair.rank->p95);
}

ResultTable power_table(std::span<PowerYear const> years) {
  auto const percent = [](char const* name, char const* title, char const* words) {
    return number_column(name, title, "%", words, "see the column flag");
  };
  auto const drawn_loss = [](char const* name, char const* title) {
    return number_column(name, title, "%", "Over the draws made for the strongest pairs.",
                         "no draws for this pair, or none has a loss");
  };
  auto const drawn_rank = [](char const* name, char const* title) {
    return number_column(name, title, "", "Among the pairs with such draws.",
                         "no draws for this pair, or none in which all pairs have an answer");
  };
  ResultTable table{
      "power",
      "Who could hurt whom",
      "A denial of all that is withheld, one way. Cost indices are at unchanged wages, 100·(P/P₀ − "
      "1); "
      "with a monopoly they are lower bounds. What would happen, not what did.",
      true,
      {text_column("world", "World", "Name of the world."),
       integer_column("year", "Year", "", "Year the world describes."),
       text_column("sender", "Sender", "Region, or regions that act together, joined by +."),
       text_column("target", "Target", "Region that is denied something."),
       percent("cost_index_pct", "Dearer",
               "Rise of the target's cost of living, through the network."),
       percent("cost_index_direct_pct", "Direct", "The same, final purchases alone."),
       number_column("liu_yang", "First order, net", "", "Liu-Yang power, antisymmetric."),
       number_column("liu_yang_over_target", "First order over the target", "", "Gross term."),
       number_column("liu_yang_over_sender", "First order over the sender", "", "Gross term."),
       percent("target_loss_pct", "Target loses", "Real final spending once trade has settled."),
       percent("sender_loss_pct", "Sender loses", "The same, the sender who loses most."),
       number_column("ratio", "Ratio", "", "Target's loss over the sender's.",
                     "costless, or no loss that is a number"),
       number_column("short_run_pct", "First months", "%",
                     "Target's loss of real final use over the days simulated.",
                     "not asked for this pair, or the world has no flows between industries"),
       number_column("short_run_low_pct", "First months, least", "%", "Over models of the range.",
                     "one model only"),
       number_column("short_run_high_pct", "First months, most", "%", "Over models of the range.",
                     "one model only"),
       number_column("cost_index_p05_pct", "Dearer, 5 %", "%", "Over draws of the elasticities.",
                     no_draws),
       number_column("cost_index_p95_pct", "Dearer, 95 %", "%", "Over draws of the elasticities.",
                     no_draws),
       number_column("rank", "Rank", "", "By the cost index within the world, 1 is the largest."),
       number_column("rank_p05", "Rank, 5 %", "", "Over draws.", no_draws),
       number_column("rank_p95", "Rank, 95 %", "", "Over draws.", no_draws),
       number_column("top_share", "Share in the first places", "",
                     "Share of draws in which the pair is among the first places.", no_draws),
       number_column("liu_yang_p05", "First order, net, 5 %", "", "Over draws.", no_draws),
       number_column("liu_yang_p95", "First order, net, 95 %", "", "Over draws.", no_draws),
       drawn_loss("target_loss_p05_pct", "Target loses, 5 %"),
       drawn_loss("target_loss_p95_pct", "Target loses, 95 %"),
       drawn_rank("settled_rank_p05", "Rank by that, 5 %"),
       drawn_rank("settled_rank_p95", "Rank by that, 95 %"),
       drawn_rank("settled_top_share", "Share in the first places by that"),
       integer_column("settled_draws", "Draws settled", "", "For the strongest pairs; else 0."),
       integer_column("settled_failed", "Of these failed", "", "Without an answer of the model."),
       integer_column("settled_lost", "Of these lost", "",
                      "That leave the target without something: worse than the band."),
       drawn_loss("short_run_p05_pct", "First months, 5 %"),
       drawn_loss("short_run_p95_pct", "First months, 95 %"),
       integer_column("sectors", "Sectors", "", "Of the world."),
       text_column("compares", "Compares",
                   "yes: same sectors as the first world; no: sums over other sectors, a line "
                   "between the two says nothing."),
       text_column("flag", "Flag", "costless, monopoly, no trade, same, or what is lost.")}};
  RowWriter row(table);
  for (auto const& year : years) {
    auto const& pairs = year.answer.pairs;
    for (auto const& pair : pairs) {
      auto const above = std::count_if(pairs.begin(), pairs.end(), [&](auto const& other) {
        return other.cost_index > pair.cost_index;
      });
      auto const drawn = [&](double PairRank::* number, bool log) -> std::optional<double> {
        if (!pair.rank) return std::nullopt;
        auto const value = (*pair.rank).*number;
        return log ? dearer_pct(value) : value;
      };
      row << year.world << year.year << fmt::format("{}", fmt::join(pair.senders, "+"))
          << pair.target << dearer_pct(pair.cost_index) << dearer_pct(pair.cost_index_direct)
          << pair.liu_yang_target - pair.liu_yang_sender << pair.liu_yang_target
          << pair.liu_yang_sender << pair.target_loss_pct << largest_loss(pair.sender_loss_pct)
          << pair.ratio << pair.short_run_pct << pair.short_run_low_pct << pair.short_run_high_pct
          << drawn(&PairRank::p05, true) << drawn(&PairRank::p95, true)
          << static_cast<double>(above + 1) << drawn(&PairRank::rank_p05, false)
          << drawn(&PairRank::rank_p95, false) << drawn(&PairRank::top_share, false)
          << drawn(&PairRank::liu_yang_p05, false) << drawn(&PairRank::liu_yang_p95, false);
      auto const settled = pair.settled_draws.value_or(PairDraws{});
      auto const months = pair.short_run_draws.value_or(PairDraws{});
      row << settled.p05 << settled.p95 << settled.rank_p05 << settled.rank_p95 << settled.top_share
          << settled.draws << settled.failed << settled.lost << months.p05 << months.p95
          << year.answer.sectors.size()
          << yes_no(year.answer.sectors == years.front().answer.sectors) << flag_of(pair);
    }
  }
  return table;
}

ResultTable stability_table(std::span<PowerYear const> years) {
  ResultTable table{
      "power_rank_stability",
      "How much rankings of pairs agree",
      "Kendall's tau_b between rankings under two sets of trade elasticities: 1 is the same order.",
      true,
      {text_column("world", "World", "Name of the world."),
       text_column("set", "Set", "Trade elasticities."),
       text_column("other_set", "Other set", "Trade elasticities it is compared with."),
       number_column("tau_cost_index", "By the cost index", "", "Through the network."),
       number_column("tau_settled_loss", "By the settled loss", "", "Pairs without one left out.",
                     "no pair has a loss under every set")}};
  RowWriter row(table);
  for (auto const& year : years) {
    if (!year.answer.agreement) continue;
    auto const& agreement = *year.answer.agreement;
    for (std::size_t a = 0; a < agreement.sets.size(); ++a) {
      for (std::size_t b = 0; b < agreement.sets.size(); ++b) {
        row << year.world << agreement.sets[a] << agreement.sets[b] << agreement.cost_index[a][b]
            << agreement.equilibrium[a][b];
      }
    }
  }
  return table;
}

}  // namespace

std::optional<double> largest_loss(std::vector<Labelled> const& losses) {
  std::optional<double> most;
  for (auto const& [region, loss] : losses) most = std::max(most.value_or(loss), loss);
  return most;
}

std::vector<ResultTable> power_tables(std::span<PowerYear const> years) {
  std::vector<ResultTable> tables;
  if (years.empty()) return tables;
  tables.push_back(power_table(years));
  bool const compared = std::any_of(years.begin(), years.end(), [](auto const& each) {
    return each.answer.agreement.has_value();
  });
  if (compared) tables.push_back(stability_table(years));
  return tables;
}

std::vector<ResultTable> after_tables(std::span<PowerAfter const> years) {
  if (years.empty()) return {};
  ResultTable table{
      "power_after",
      "Power along a path to making it at home",
      "A denial of the line by all others together, at the share made at home in that year and "
      "everything else as in the world of the study.",
      true,
      {text_column("region", "Region", "Region that makes more of the line itself."),
       text_column("line", "Line", "Product line that is denied."),
       integer_column("year", "Year", "", "Year of the path."),
       number_column("home_share", "Made at home", "", "Share of the region's purchases."),
       number_column("cost_pct", "Cost of the path", "%", "As the study gives or computes it.",
                     "not given"),
       number_column("relative_price", "Price", "", "At home over abroad, on the path.",
                     "the path is not computed"),
       number_column("relative_quality", "Quality", "", "At home over the frontier, on the path.",
                     "the path is not computed"),
       dearer_column(), over_draws("cost_index_p05_pct", "Dearer, 5 %"),
       over_draws("cost_index_p95_pct", "Dearer, 95 %"),
       number_column("target_loss_pct", "Region loses", "%",
                     "Real final spending once trade has settled.", no_loss),
       number_column("sender_loss_pct", "Others lose", "%", "The one who loses most.", no_loss),
       over_draws("target_loss_p05_pct", "Region loses, 5 %"),
       over_draws("target_loss_p95_pct", "Region loses, 95 %")}};
  RowWriter row(table);
  for (auto const& each : years) {
    auto const settled = each.power.settled_draws.value_or(PairDraws{});
    row << each.region << each.line << each.year << each.home_share << each.cost_pct
        << each.relative_price << each.relative_quality;
    write_dearer(row, each.power);
    row << each.power.target_loss_pct << largest_loss(each.power.sender_loss_pct) << settled.p05
        << settled.p95;
  }
  return {std::move(table)};
}

std::vector<ResultTable> power_path_tables(std::span<PowerAfter const> together,
                                           std::span<PowerAfter const> alone) {
  if (together.empty()) return {};
  ResultTable table{
      "power_path",
      "Who holds how much of it, along the path",
      "A denial of the line by each seller alone, and by all others together, at the share made at "
      "home in that year; the rest is divided among makers as before, as far as the host's trade "
      "has "
      "room.",
      true,
      {text_column("region", "Region", "Region that makes more of the line itself."),
       text_column("line", "Line", "Product line that is denied."),
       text_column("sender", "Sender", "Region, or all others."),
       integer_column("year", "Year", "", "Year of the path."),
       number_column("home_share", "Made at home", "", "Share of the region's purchases."),
       dearer_column(), over_draws("cost_index_p05_pct", "Dearer, 5 %"),
       over_draws("cost_index_p95_pct", "Dearer, 95 %"),
       number_column("target_loss_pct", "Region loses", "%",
                     "Real final spending once trade has settled.", no_loss),
       over_draws("target_loss_p05_pct", "Region loses, 5 %",
                  "Over draws, for the strongest senders."),
       over_draws("target_loss_p95_pct", "Region loses, 95 %",
                  "Over draws, for the strongest senders."),
       number_column("sender_loss_pct", "Sender loses", "%", "The one who loses most.", no_loss),
       text_column("flag", "Flag", "costless, monopoly, no trade, or what is lost.")}};
  RowWriter row(table);
  auto const write = [&](PowerAfter const& each, std::string sender) {
    auto const settled = each.power.settled_draws.value_or(PairDraws{});
    row << each.region << each.line << std::move(sender) << each.year << each.home_share;
    write_dearer(row, each.power);
    row << each.power.target_loss_pct << settled.p05 << settled.p95
        << largest_loss(each.power.sender_loss_pct) << flag_of(each.power);
  };
  for (auto const& each : together) {
    write(each, "all others");
    for (auto const& one : alone) {
      bool const here = one.region == each.region && one.line == each.line &&
                        one.year == each.year && one.home_share == each.home_share;
      if (here) write(one, one.power.senders.front());
    }
  }
  return {std::move(table)};
}

}  // namespace linchpin
